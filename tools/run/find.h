/* Finding the issues below a folder of scans: scans/<title>/<date>/images. */
#ifndef RUN_FIND_H
#define RUN_FIND_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "run/range.h"

struct run_place {
    char *folder; /* absolute, without symbolic links */
    char *title;  /* name of the folder above it */
    char *date;   /* name of the folder itself, a date or not */
    int images;   /* files that look like images by their names; 0: the folder holds none, intake shall say so
                   */
    struct run_range *pages; /* those that are wanted, NULL for all */
    size_t page_count;
};

/* A place by its folder. */
struct run_place run_place_of(struct bi_arena *arena, char *folder, int images);

/* The issues in the given folders, each a root of scans, a title or an issue: every folder with image files
 * is an issue, and so is a folder with neither image files nor folders, so that a delivery that is missing is
 * noticed. Names that begin with '.' are skipped. In natural order, an issue given twice once. BI_EXIT_INPUT
 * if a folder is not there, or there is no issue at all; BI_EXIT_USAGE if two different issues have the same
 * title and date, as they would share a work folder. */
int run_find(struct bi_arena *arena, char *const *scans, size_t scan_count, struct run_place **places,
             size_t *count, struct bi_error *err);

#endif
