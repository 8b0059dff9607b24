#include "archive/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "page/dropped.h"
#include "store.h"

struct check {
    const struct archive *archive;
    archive_fault *tell;
    void *context;
    struct archive_checks *checks;
    struct bi_progress *progress; /* may be NULL */
};

__attribute__((format(printf, 2, 3))) static void show_status(struct check *check, const char *format, ...)
{
    if (!check->progress)
        return;
    char text[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    bi_progress_status(check->progress, "%s: %s", check->archive->path, text);
}

__attribute__((format(printf, 2, 3))) static void report(struct check *check, const char *format, ...)
{
    struct bi_text line = {0};
    va_list arguments;
    va_start(arguments, format);
    char text[2048];
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    bi_text_add(&line, text);
    check->checks->faults++;
    if (check->progress)
        bi_progress_clear(check->progress);
    check->tell(check->context, line.data);
    bi_text_release(&line);
}

/* A statement whose rows are all faults, or one row "ok". */
static int check_pragma(struct check *check, const char *pragma, const char *what, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(check->archive->db, pragma, &read, err) < 0)
        return -1;
    int row;
    while ((row = bi_store_step(read, err)) > 0)
        if (strcmp(bi_store_text(read, 0), "ok") != 0)
            report(check, "%s: %s", what, bi_store_text(read, 0));
    return row;
}

static int check_references(struct check *check, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(check->archive->db, "PRAGMA foreign_key_check", &read, err) < 0)
        return -1;
    int row;
    while ((row = bi_store_step(read, err)) > 0)
        report(check, "a row of table %s refers to a row of table %s that is not there",
               bi_store_text(read, 0), bi_store_text(read, 2));
    return row;
}

static int check_index(struct check *check, struct bi_error *err)
{
    sqlite3 *db = check->archive->db;
    if (sqlite3_db_readonly(db, "main")) {
        check->checks->index_unchecked = true;
        return 0;
    }
    int result = sqlite3_exec(db, "INSERT INTO article_fts (article_fts, rank) VALUES ('integrity-check', 1)",
                              NULL, NULL, NULL);
    if ((result & 0xFF) == SQLITE_CORRUPT)
        report(check, "the full-text index does not agree with the articles");
    else if (result != SQLITE_OK)
        return bi_store_fail(db, err);
    return 0;
}

static int check_view(struct check *check, const char *view, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text sql = {0};
    bi_text_printf(&sql, "SELECT * FROM %s", view);
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct bi_error why;
    int row = bi_store_prepare(check->archive->db, sql.data, &read, &why);
    while (row == 0 && (row = bi_store_step(read, &why)) > 0) {
        if (check->checks->rows++ % 1000 == 0)
            show_status(check, "reading %s, %zu rows", view, check->checks->rows);
        for (int i = 0; i < sqlite3_column_count(read); i++)
            if (sqlite3_column_type(read, i) == SQLITE_TEXT &&
                !bi_utf8_valid(bi_store_text(read, i), (size_t)sqlite3_column_bytes(read, i)))
                report(check, "view %s, column %s: holds text that is no UTF-8", view,
                       sqlite3_column_name(read, i));
        row = 0;
    }
    if (row < 0 && why.kind == BI_EXIT_INTERNAL)
        return bi_error_set(err, why.kind, "%s", why.text);
    if (row < 0)
        report(check, "view %s cannot be read: %s", view, why.text);
    return 0;
}

static void check_file(struct check *check, struct bi_arena *arena, const char *issue, int page,
                       const char *what, const char *stored, const char *expected)
{
    if (!*stored)
        return;
    struct bi_error err;
    char sha256[BI_SHA256_HEX];
    check->checks->files++;
    const char *path = archive_path(arena, check->archive, stored);
    /* A page image that was dropped to save room can be made again. */
    if (bi_sha256_file(path, sha256, &err) < 0 && bi_dropped_read(path, sha256) < 0)
        report(check, "%s, page %d, %s: %s", issue, page, what, err.text);
    else if (*expected && strcmp(sha256, expected) != 0)
        report(check, "%s, page %d, %s: %s: has changed, its SHA-256 is another", issue, page, what, path);
}

static int count_pages(struct check *check, size_t *count, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    if (bi_store_prepare(check->archive->db, "SELECT count(*) FROM archive_page", &ask, err) < 0 ||
        bi_store_step(ask, err) < 0)
        return -1;
    *count = (size_t)sqlite3_column_int64(ask, 0);
    return 0;
}

static int check_files(struct check *check, struct bi_error *err)
{
    size_t count, seen = 0;
    if (count_pages(check, &count, err) < 0)
        return -1;
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(
            check->archive->db,
            "SELECT title || ' ' || name, page_number, scan_path, ifnull(scan_sha256, ''), image_path,"
            " ifnull(image_sha256, '') FROM archive_page JOIN archive_issue USING (issue_id) "
            "ORDER BY title, name, page_number",
            &read, err) < 0)
        return -1;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
        const char *issue = bi_store_text(read, 0);
        show_status(check, "hashing scans and page images, page %zu of %zu", ++seen, count);
        int page = sqlite3_column_int(read, 1);
        check_file(check, &arena, issue, page, "scan", bi_store_text(read, 2), bi_store_text(read, 3));
        check_file(check, &arena, issue, page, "page image", bi_store_text(read, 4), bi_store_text(read, 5));
    }
    return row;
}

int archive_check(const struct archive *archive, bool with_files, struct bi_progress *progress,
                  archive_fault *tell, void *context, struct archive_checks *checks, struct bi_error *err)
{
    static const char *const VIEWS[] = {
        "archive_issue", "archive_page",    "archive_article", "archive_article_page", "archive_line",
        "archive_link",  "archive_problem", "archive_run",     "archive_version",      "archive_article_run"};
    *checks = (struct archive_checks){0};
    struct check check = {
        .archive = archive, .tell = tell, .context = context, .checks = checks, .progress = progress};
    show_status(&check, "checking its structure");
    if (check_pragma(&check, "PRAGMA quick_check", "structure", err) < 0)
        return -1;
    if (checks->faults) /* what else is asked of a damaged file means nothing */
        return 0;
    show_status(&check, "checking references");
    if (check_references(&check, err) < 0)
        return -1;
    show_status(&check, "checking the full-text index");
    if (check_index(&check, err) < 0)
        return -1;
    for (size_t i = 0; i < sizeof VIEWS / sizeof *VIEWS; i++)
        if (check_view(&check, VIEWS[i], err) < 0)
            return -1;
    return with_files ? check_files(&check, err) : 0;
}
