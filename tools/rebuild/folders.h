/* What lies in a work folder and can be loaded as it is: the issues that were stitched, each with the very
 * files its articles were made of. */
#ifndef REBUILD_FOLDERS_H
#define REBUILD_FOLDERS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

struct rebuild_issue {
    char *name;   /* "linjiang 2025-07-04", for people */
    char *folder; /* work/<title>/<date> */
    char *issue, *articles;
    char *runs;   /* NULL if there is no journal */
    char **pages; /* PAGE-XML, as recognised or corrected by hand */
    size_t page_count;
};

/* All issues below a work folder, in natural order, from the arena. Folders without a stitch that went well
 * are passed over: they were never loaded as they are. BI_EXIT_INPUT if the folder cannot be read, holds no
 * issue, or a file is missing or is not the one that the articles were made of; a run mends that. */
int rebuild_find_issues(struct bi_arena *arena, const char *work, struct rebuild_issue **issues,
                        size_t *count, struct bi_error *err);

#endif
