#include "run/archive.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "run/stage.h"

#define BUSY_MILLISECONDS 10000

static void closep(sqlite3 **db)
{
    sqlite3_close(*db);
}

static void finalizep(sqlite3_stmt **statement)
{
    sqlite3_finalize(*statement);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int fail(sqlite3 *db, const char *path, struct bi_error *err)
{
    if (sqlite3_errcode(db) == SQLITE_NOTADB)
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: is not an SQLite archive", path);
    return bi_error_set(err, BI_EXIT_MACHINE, "%s: cannot be read as an archive: %s", path,
                        sqlite3_errmsg(db));
}

int run_archive_look(struct bi_arena *arena, const char *path, struct run_archive *archive,
                     struct bi_error *err)
{
    *archive = (struct run_archive){0};
    if (access(path, F_OK) != 0) {
        if (errno == ENOENT)
            return 0;
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be read", path);
    }
    BI_CLEANUP(closep) sqlite3 *db = NULL;
    /* Not read-only: only a connection that may write removes the write-ahead log of the last one. */
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        return fail(db, path, err);
    sqlite3_busy_timeout(db, BUSY_MILLISECONDS);
    BI_CLEANUP(finalizep) sqlite3_stmt *views = NULL;
    if (sqlite3_prepare_v2(db,
                           "SELECT count(*) FROM sqlite_schema WHERE type = 'view' AND name IN "
                           "('archive_issue', 'archive_run')",
                           -1, &views, NULL) != SQLITE_OK ||
        sqlite3_step(views) != SQLITE_ROW)
        return fail(db, path, err);
    if (sqlite3_column_int(views, 0) < 2)
        return 0;
    BI_CLEANUP(finalizep) sqlite3_stmt *runs = NULL;
    if (sqlite3_prepare_v2(db,
                           "SELECT started FROM archive_run WHERE stage = ?1 AND started IS NOT NULL "
                           "AND issue_id IN (SELECT issue_id FROM archive_issue) ORDER BY started",
                           -1, &runs, NULL) != SQLITE_OK)
        return fail(db, path, err);
    sqlite3_bind_text(runs, 1, run_stage_names(RUN_STITCH)->name, -1, SQLITE_STATIC);
    size_t capacity = 0;
    int result;
    while ((result = sqlite3_step(runs)) == SQLITE_ROW) {
        archive->stitched =
            bi_arena_grow(arena, archive->stitched, archive->count, &capacity, sizeof *archive->stitched);
        archive->stitched[archive->count++] =
            bi_arena_strdup(arena, (const char *)sqlite3_column_text(runs, 0));
    }
    if (result != SQLITE_DONE)
        return fail(db, path, err);
    return 0;
}

bool run_archive_holds(const struct run_archive *archive, const char *stitched)
{
    char *key = (char *)(uintptr_t)stitched; /* bsearch compares only */
    return archive->count > 0 &&
           bsearch(&key, archive->stitched, archive->count, sizeof *archive->stitched, compare) != NULL;
}
