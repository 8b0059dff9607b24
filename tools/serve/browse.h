/* What the pages of the reading room that lead through an archive share. */
#ifndef SERVE_BROWSE_H
#define SERVE_BROWSE_H

#include "serve/request.h"

struct serve_paper {
    const char *title; /* of its folder */
    const char *name;  /* as printed latest */
    long issues;
    const char *first, *last; /* dates; "" if unknown */
};

/* All papers, by name; from the request's arena. */
int serve_papers_read(struct serve_request *request, struct serve_paper **papers, size_t *count,
                      struct bi_error *err);

#endif
