#include "run/archive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "run/stage.h"
#include "store.h"

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int read_stitched(struct bi_arena *arena, sqlite3 *db, struct run_archive *archive,
                         struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *runs = NULL;
    if (bi_store_prepare(db,
                         "SELECT started FROM archive_run WHERE stage = ? AND started IS NOT NULL "
                         "AND issue_id IN (SELECT issue_id FROM archive_issue) ORDER BY started",
                         &runs, err) < 0 ||
        bi_store_bind(runs, err, "t", run_stage_names(RUN_STITCH)->name) < 0)
        return -1;
    size_t capacity = 0;
    int row;
    while ((row = bi_store_step(runs, err)) > 0) {
        archive->stitched =
            bi_arena_grow(arena, archive->stitched, archive->count, &capacity, sizeof *archive->stitched);
        archive->stitched[archive->count++] = bi_arena_strdup(arena, bi_store_text(runs, 0));
    }
    return row;
}

int run_archive_look(struct bi_arena *arena, const char *path, bool to_write, struct run_archive *archive,
                     struct bi_error *err)
{
    *archive = (struct run_archive){0};
    struct stat status;
    if (stat(path, &status) != 0)
        return errno == ENOENT ? 0 : bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be read", path);
    if (S_ISREG(status.st_mode) && status.st_size == 0)
        return 0; /* load makes an archive of it */
    BI_CLEANUP(bi_store_closep) sqlite3 *db = NULL;
    if (bi_store_open(path, to_write ? BI_STORE_WRITE : BI_STORE_READ, &db, err) == 0 &&
        read_stitched(arena, db, archive, err) == 0)
        return 0;
    if (err && err->kind == BI_EXIT_INPUT)
        err->kind = BI_EXIT_MACHINE; /* no issue could be loaded */
    return -1;
}

bool run_archive_holds(const struct run_archive *archive, const char *stitched)
{
    char *key = (char *)(uintptr_t)stitched; /* bsearch compares only */
    return archive->count > 0 &&
           bsearch(&key, archive->stitched, archive->count, sizeof *archive->stitched, compare) != NULL;
}
