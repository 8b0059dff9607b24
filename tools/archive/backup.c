#include "archive/backup.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/check.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "store.h"

/* Pages between two looks at the clock; some megabytes. */
#define STEP_PAGES 2000

int archive_backup_clear_of_logs(const char *path, struct bi_error *err)
{
    static const char *const ENDINGS[] = {"-wal", "-journal"};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        const char *log = bi_arena_printf(&arena, "%s%s", path, ENDINGS[i]);
        struct stat status;
        if (lstat(log, &status) == 0)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: is in the way, it would be taken for a part of %s",
                                log, path);
    }
    return 0;
}

/* True in *all if every issue of the other archive is in this one, under the same id and not loaded later. */
static int holds_issues(const struct archive *archive, sqlite3 *other, bool *all, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *list = NULL, *find = NULL;
    if (bi_store_prepare(other, "SELECT issue_id, title, name, loaded FROM archive_issue", &list, err) < 0 ||
        bi_store_prepare(
            archive->db,
            "SELECT 1 FROM archive_issue WHERE issue_id = ? AND title = ? AND name = ? AND loaded >= ?",
            &find, err) < 0)
        return -1;
    *all = true;
    int row = 0;
    while (*all && (row = bi_store_step(list, err)) > 0) {
        if (bi_store_bind(find, err, "lttt", sqlite3_column_int64(list, 0), bi_store_text(list, 1),
                          bi_store_text(list, 2), bi_store_text(list, 3)) < 0 ||
            (row = bi_store_step(find, err)) < 0)
            return -1;
        *all = row > 0;
        sqlite3_reset(find);
    }
    return *all ? row : 0;
}

/* Whether what is at the place of the backup may be replaced; *old is true if it is an earlier backup. */
static int check_place(const struct archive *archive, const char *path, bool *old, struct bi_error *err)
{
    struct stat status, own;
    *old = false;
    if (stat(path, &status) < 0)
        return errno == ENOENT ? archive_backup_clear_of_logs(path, err)
                               : bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
    if (S_ISREG(status.st_mode) && status.st_size == 0)
        return archive_backup_clear_of_logs(path, err);
    if (stat(archive->path, &own) == 0 && own.st_dev == status.st_dev && own.st_ino == status.st_ino)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is the archive itself", path);

    BI_CLEANUP(bi_store_closep) sqlite3 *there = NULL;
    struct bi_error why;
    bool all;
    if (bi_store_open(path, BI_STORE_READ, &there, &why) < 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s; it is left as it is", why.text);
    if (holds_issues(archive, there, &all, err) < 0)
        return -1;
    if (!all)
        return bi_error_set(
            err, BI_EXIT_INPUT,
            "%s: holds issues that %s does not hold, or of another load, so it is no backup of it", path,
            archive->path);
    *old = true;
    return 0;
}

/* Takes the write-ahead log of the earlier backup, which would be taken for that of the new one. */
static int remove_log(const char *path, struct bi_error *err)
{
    BI_CLEANUP(bi_store_closep) sqlite3 *old = NULL;
    struct bi_error why;
    if (bi_store_open(path, BI_STORE_WRITE, &old, err) < 0)
        return -1;
    sqlite3_busy_timeout(old, 0);
    if (bi_store_exec(old, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE", &why) < 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is in use", path);
    bi_store_closep(&old);
    return archive_backup_clear_of_logs(path, err);
}

static int copy_pages(const struct archive *archive, sqlite3 *copy, struct bi_progress *progress,
                      struct bi_error *err)
{
    /* A snapshot that is held: the copy begins anew otherwise whenever somebody commits. */
    if (bi_store_exec(archive->db, "BEGIN; SELECT count(*) FROM archive_issue", err) < 0)
        return -1;
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", archive->db, "main");
    int result = backup ? SQLITE_OK : SQLITE_ERROR;
    while (result == SQLITE_OK) {
        result = sqlite3_backup_step(backup, STEP_PAGES);
        if (progress && result == SQLITE_OK)
            bi_progress_status(
                progress, "%s: copying, %d %% done", archive->path,
                100 - (int)(100.0 * sqlite3_backup_remaining(backup) / sqlite3_backup_pagecount(backup)));
    }
    if (backup)
        sqlite3_backup_finish(backup);
    sqlite3_exec(archive->db, "ROLLBACK", NULL, NULL, NULL);
    return result == SQLITE_DONE ? 0 : bi_store_fail(copy, err);
}

static void keep_fault(void *context, const char *fault)
{
    struct bi_error *first = context;
    if (first->kind == BI_EXIT_DONE)
        bi_error_set(first, BI_EXIT_INPUT, "%s", fault);
}

static int check_copy(const struct archive *archive, struct bi_progress *progress, struct bi_error *err)
{
    struct archive_checks checks;
    struct bi_error first = {.kind = BI_EXIT_DONE};
    if (archive_check(archive, false, progress, keep_fault, &first, &checks, err) < 0)
        return -1;
    return checks.faults
               ? bi_error_set(err, BI_EXIT_INPUT, "the copy has %zu fault%s, of which the first: %s",
                              checks.faults, checks.faults == 1 ? "" : "s", first.text)
               : 0;
}

static int count(sqlite3 *db, const char *sql, size_t *number, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    if (bi_store_prepare(db, sql, &ask, err) < 0 || bi_store_step(ask, err) < 0)
        return -1;
    *number = (size_t)sqlite3_column_int64(ask, 0);
    return 0;
}

/* Fills the file under its temporary name. */
static int fill(const struct archive *archive, char *temporary, struct bi_progress *progress,
                struct archive_backup *backup, struct bi_error *err)
{
    BI_CLEANUP(bi_store_closep) sqlite3 *raw = NULL, *copy = NULL;
    if (sqlite3_open_v2(temporary, &raw, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        return bi_store_fail(raw, err);
    /* Without the write-ahead log: the backup is one file, which can be read where nothing can be written. */
    if (copy_pages(archive, raw, progress, err) < 0 ||
        bi_store_exec(raw, "PRAGMA journal_mode = DELETE", err) < 0)
        return -1;
    bi_store_closep(&raw);
    if (bi_store_open(temporary, BI_STORE_READ, &copy, err) < 0)
        return -1;
    struct archive checked = {.db = copy, .path = archive->path, .folder = archive->folder};
    struct stat status;
    if (stat(temporary, &status) < 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s", temporary);
    backup->bytes = status.st_size;
    if (check_copy(&checked, progress, err) < 0 ||
        count(copy, "SELECT count(*) FROM archive_issue", &backup->issues, err) < 0)
        return -1;
    return count(copy, "SELECT count(*) FROM archive_article", &backup->articles, err);
}

int archive_backup_make(const struct archive *archive, const char *path, struct bi_progress *progress,
                        struct archive_backup *backup, struct bi_error *err)
{
    BI_CLEANUP(bi_output_discard) struct bi_output out = {0};
    struct bi_error why;
    bool old;
    if (check_place(archive, path, &old, err) < 0 || bi_output_open(&out, path, err) < 0)
        return -1;
    if (fill(archive, out.temporary, progress, backup, &why) < 0)
        return bi_error_set(err, why.kind, "%s: the backup cannot be made: %s", path, why.text);
    if (old && remove_log(path, err) < 0)
        return -1;
    return bi_output_commit(&out, err);
}
