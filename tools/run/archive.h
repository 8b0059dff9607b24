/* What the driver asks of the archive, through its public views. */
#ifndef RUN_ARCHIVE_H
#define RUN_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

/* The stitch runs whose issues the archive holds, by their start, which no two have in common. */
struct run_archive {
    char **stitched; /* in order */
    size_t count;
};

/* Looks into the archive once, to see what it holds and whether it can be used: a run would only find out
 * after hours of reading pages. A file that is missing or empty holds nothing. BI_EXIT_MACHINE for one that
 * is no archive, of a newer schema, damaged, or with `to_write` cannot be written; with it, one of an earlier
 * schema is brought to the present one. */
int run_archive_look(struct bi_arena *arena, const char *path, bool to_write, struct run_archive *archive,
                     struct bi_error *err);
/* True if the issue stitched at that moment (struct run_record, started) is there. */
bool run_archive_holds(const struct run_archive *archive, const char *stitched);

#endif
