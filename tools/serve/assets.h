/* The files of the interface: style, scripts, and what they need. Read once; only these names are served. */
#ifndef SERVE_ASSETS_H
#define SERVE_ASSETS_H

#include <stddef.h>

#include "base/error.h"

struct serve_asset {
    const char *name, *type;
    char *data;
    size_t size;
};

/* Reads them all from the folder of the installation (bi_data_path). BI_EXIT_MACHINE if one is missing. */
int serve_assets_read(struct bi_error *err);
void serve_assets_release(void);
/* NULL if there is none of that name. */
const struct serve_asset *serve_assets_find(const char *name);

#endif
