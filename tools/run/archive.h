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

/* Looks into the archive once. A file that is missing or has no views yet holds nothing; one that cannot be
 * read or is not SQLite is BI_EXIT_MACHINE, as no issue could be loaded. */
int run_archive_look(struct bi_arena *arena, const char *path, struct run_archive *archive,
                     struct bi_error *err);
/* True if the issue stitched at that moment (struct run_record, started) is there. */
bool run_archive_holds(const struct run_archive *archive, const char *stitched);

#endif
