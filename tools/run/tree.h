/* Going through a work folder: every <title>/<date> in it. */
#ifndef RUN_TREE_H
#define RUN_TREE_H

#include <stdint.h>

#include "base/error.h"

/* Calls `each` for every issue's folder in natural order, with its name for people ("linjiang 2025-07-04").
 * Hidden folders are none. Stops at a call that returns -1. BI_EXIT_INPUT if the folder cannot be read. */
int run_tree_each(const char *work, int (*each)(void *data, const char *folder, const char *name), void *data,
                  struct bi_error *err);
/* Bytes on the disk of everything in a folder, or of a file; what cannot be read counts nothing. */
uint64_t run_tree_bytes(const char *path);

#endif
