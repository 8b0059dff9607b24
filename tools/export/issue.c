#include "export/issue.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "export/lines.h"
#include "store.h"

/* What is read is written down as it comes, for the issue's SHA-256. */
struct reader {
    const struct archive *archive;
    struct export_issue *issue;
    struct bi_text said;
    struct bi_error *err;
};

/* A part as it is read, while articles and pages still move. */
struct placed {
    size_t article;
    int page_number;
    struct bi_box box;
};

static int begin(struct reader *reader, const char *sql, sqlite3_stmt **read)
{
    return bi_store_prepare(reader->archive->db, sql, read, reader->err) < 0 ||
                   bi_store_bind(*read, reader->err, "l", reader->issue->issue_id) < 0
               ? -1
               : 0;
}

static int next(struct reader *reader, sqlite3_stmt *read)
{
    int row = bi_store_step(read, reader->err);
    if (row > 0)
        export_lines_say(&reader->said, read);
    return row;
}

static const char *text(struct reader *reader, sqlite3_stmt *read, int column)
{
    return bi_arena_strdup(&reader->issue->arena, bi_store_text(read, column));
}

/* A number that is not negative where there is one, for columns that are NULL where it is unknown. */
static double share(sqlite3_stmt *read, int column)
{
    return sqlite3_column_type(read, column) == SQLITE_NULL ? -1 : sqlite3_column_double(read, column);
}

static const char *path(struct reader *reader, const char *stored)
{
    return *stored ? archive_path(&reader->issue->arena, reader->archive, stored) : NULL;
}

static int read_facts(struct reader *reader)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct export_issue *issue = reader->issue;
    if (begin(reader,
              "SELECT title, name, ifnull(paper, title), issue_date, weekday_printed, issue_number, "
              "total_number,"
              " page_count, (SELECT folder FROM issue AS i WHERE i.issue_id = archive_issue.issue_id) "
              "FROM archive_issue WHERE issue_id = ?",
              &read) < 0)
        return -1;
    int row = next(reader, read);
    if (row <= 0)
        return row < 0 ? -1
                       : bi_error_set(reader->err, BI_EXIT_INPUT, "%s: has no issue %lld",
                                      reader->archive->path, issue->issue_id);
    issue->title = text(reader, read, 0);
    issue->name = text(reader, read, 1);
    issue->paper = text(reader, read, 2);
    issue->date = text(reader, read, 3);
    issue->weekday = text(reader, read, 4);
    issue->issue_number = sqlite3_column_int(read, 5);
    issue->total_number = sqlite3_column_int(read, 6);
    issue->page_count = sqlite3_column_int(read, 7);
    issue->folder = path(reader, text(reader, read, 8));
    return 0;
}

static bool wanted(const long long *articles, size_t count, long long id)
{
    for (size_t i = 0; i < count; i++)
        if (articles[i] == id)
            return true;
    return count == 0;
}

static int read_articles(struct reader *reader, const long long *articles, size_t count)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct export_issue *issue = reader->issue;
    size_t room = 0;
    int row;
    if (begin(
            reader,
            "SELECT article_id, ordinal, kind, section, kicker, headline, subhead, byline, body, confidence,"
            " version, changed FROM archive_article WHERE issue_id = ? ORDER BY ordinal, article_id",
            &read) < 0)
        return -1;
    while ((row = next(reader, read)) > 0) {
        if (!wanted(articles, count, sqlite3_column_int64(read, 0)))
            continue;
        issue->articles = bi_arena_grow(&issue->arena, issue->articles, issue->article_count, &room,
                                        sizeof *issue->articles);
        issue->articles[issue->article_count++] = (struct export_article){
            .article_id = sqlite3_column_int64(read, 0),
            .ordinal = sqlite3_column_int(read, 1),
            .kind = text(reader, read, 2),
            .section = text(reader, read, 3),
            .kicker = text(reader, read, 4),
            .headline = text(reader, read, 5),
            .subhead = text(reader, read, 6),
            .byline = text(reader, read, 7),
            .body = text(reader, read, 8),
            .confidence = share(read, 9),
            .version = sqlite3_column_int(read, 10),
            .changed = text(reader, read, 11),
        };
    }
    if (row == 0 && issue->article_count < count)
        return bi_error_set(reader->err, BI_EXIT_INPUT, "%s: %s/%s: has not all of these articles",
                            reader->archive->path, issue->title, issue->name);
    return row;
}

static struct export_article *find_article(const struct export_issue *issue, long long id)
{
    for (size_t i = 0; i < issue->article_count; i++)
        if (issue->articles[i].article_id == id)
            return &issue->articles[i];
    return NULL;
}

static int read_parts(struct reader *reader, struct placed **parts, size_t *count)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct export_issue *issue = reader->issue;
    size_t room = 0;
    int row;
    *parts = NULL;
    *count = 0;
    if (begin(reader,
              "SELECT article_id, page_number, x, y, w, h FROM archive_article_page WHERE issue_id = ? "
              "ORDER BY article_id, part_order",
              &read) < 0)
        return -1;
    while ((row = next(reader, read)) > 0) {
        struct export_article *article = find_article(issue, sqlite3_column_int64(read, 0));
        if (!article)
            continue;
        *parts = bi_arena_grow(&issue->arena, *parts, *count, &room, sizeof **parts);
        (*parts)[(*count)++] = (struct placed){
            (size_t)(article - issue->articles),
            sqlite3_column_int(read, 1),
            {sqlite3_column_int(read, 2), sqlite3_column_int(read, 3), sqlite3_column_int(read, 4),
             sqlite3_column_int(read, 5)},
        };
    }
    return row;
}

static int read_pages(struct reader *reader, const struct placed *parts, size_t part_count)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct export_issue *issue = reader->issue;
    size_t room = 0;
    int row;
    if (begin(reader,
              "SELECT page_id, page_number, frame, section, scan_path, image_path, scan_sha256, image_sha256,"
              " scan_index, scan_size, width, height, dpi, skew_degrees, orientation_degrees, transform, "
              "confidence,"
              " status FROM archive_page WHERE issue_id = ? ORDER BY frame",
              &read) < 0)
        return -1;
    while ((row = next(reader, read)) > 0) {
        bool needed = !issue->partial;
        for (size_t i = 0; i < part_count && !needed; i++)
            needed = parts[i].page_number == sqlite3_column_int(read, 1);
        if (!needed)
            continue;
        issue->pages =
            bi_arena_grow(&issue->arena, issue->pages, issue->page_total, &room, sizeof *issue->pages);
        struct export_page *page = &issue->pages[issue->page_total++];
        *page = (struct export_page){
            .page_id = sqlite3_column_int64(read, 0),
            .number = sqlite3_column_int(read, 1),
            .frame = sqlite3_column_int(read, 2),
            .section = text(reader, read, 3),
            .scan_stored = text(reader, read, 4),
            .image_stored = text(reader, read, 5),
            .scan_sha256 = text(reader, read, 6),
            .image_sha256 = text(reader, read, 7),
            .scan_index = sqlite3_column_int(read, 8),
            .scan_size = sqlite3_column_int64(read, 9),
            .width = sqlite3_column_int(read, 10),
            .height = sqlite3_column_int(read, 11),
            .dpi = sqlite3_column_int(read, 12),
            .skew_degrees = sqlite3_column_double(read, 13),
            .orientation_degrees = sqlite3_column_int(read, 14),
            .transform = text(reader, read, 15),
            .confidence = share(read, 16),
            .status = text(reader, read, 17),
        };
        page->scan_path = path(reader, page->scan_stored);
        page->image_path = path(reader, page->image_stored);
    }
    return row;
}

static void place_parts(struct export_issue *issue, const struct placed *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        issue->articles[parts[i].article].part_count++;
    for (size_t i = 0; i < issue->article_count; i++) {
        struct export_article *article = &issue->articles[i];
        article->parts = bi_arena_array(&issue->arena, article->part_count, sizeof *article->parts);
        article->part_count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        struct export_article *article = &issue->articles[parts[i].article];
        article->parts[article->part_count++] =
            (struct export_part){export_issue_page(issue, parts[i].page_number), parts[i].box};
    }
}

static int read_links(struct reader *reader)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct export_issue *issue = reader->issue;
    size_t room = 0;
    int row;
    if (begin(reader,
              "SELECT kind, marker_text, status, reason, source_page, target_page, score, source_article_id,"
              " target_article_id FROM archive_link WHERE issue_id = ? ORDER BY link_id",
              &read) < 0)
        return -1;
    while ((row = next(reader, read)) > 0) {
        struct export_article *source = find_article(issue, sqlite3_column_int64(read, 7));
        struct export_article *target = find_article(issue, sqlite3_column_int64(read, 8));
        if (issue->partial && !source && !target)
            continue;
        issue->links =
            bi_arena_grow(&issue->arena, issue->links, issue->link_count, &room, sizeof *issue->links);
        issue->links[issue->link_count++] = (struct export_link){
            .kind = text(reader, read, 0),
            .marker = text(reader, read, 1),
            .status = text(reader, read, 2),
            .reason = text(reader, read, 3),
            .source_page = sqlite3_column_int(read, 4),
            .target_page = sqlite3_column_int(read, 5),
            .score = sqlite3_column_double(read, 6),
            .source = source,
            .target = target,
        };
    }
    return row;
}

static int read_runs(struct reader *reader)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct export_issue *issue = reader->issue;
    size_t room = 0;
    int row;
    /* Loads are not of the text: each only says that it was loaded again. */
    if (begin(reader,
              "SELECT stage, program_version, parameters, model_sha256, started, message, seconds, "
              "exit_code, frame "
              "FROM archive_run WHERE issue_id = ? AND stage <> '6-load' ORDER BY started, stage, frame, "
              "run_id",
              &read) < 0)
        return -1;
    while ((row = next(reader, read)) > 0) {
        issue->runs = bi_arena_grow(&issue->arena, issue->runs, issue->run_count, &room, sizeof *issue->runs);
        issue->runs[issue->run_count++] = (struct export_run){
            .stage = text(reader, read, 0),
            .version = text(reader, read, 1),
            .parameters = text(reader, read, 2),
            .models = text(reader, read, 3),
            .started = text(reader, read, 4),
            .message = text(reader, read, 5),
            .seconds = share(read, 6),
            .exit_code = sqlite3_column_int(read, 7),
            .frame = sqlite3_column_int(read, 8),
        };
    }
    return row;
}

static int read_all(struct reader *reader, const long long *articles, size_t count)
{
    struct export_issue *issue = reader->issue;
    struct placed *parts;
    size_t part_count;
    if (read_facts(reader) < 0 || read_articles(reader, articles, count) < 0 ||
        read_parts(reader, &parts, &part_count) < 0 || read_pages(reader, parts, part_count) < 0)
        return -1;
    place_parts(issue, parts, part_count);
    for (size_t i = 0; i < issue->page_total; i++)
        if (export_lines_read(reader->archive, issue, &issue->pages[i], &reader->said, reader->err) < 0)
            return -1;
    export_lines_to_articles(issue);
    if (read_links(reader) < 0 || read_runs(reader) < 0)
        return -1;
    bi_sha256_bytes(bi_text_get(&reader->said), reader->said.length, issue->sha256);
    return 0;
}

int export_issue_read(const struct archive *archive, long long issue_id, const long long *articles,
                      size_t article_count, struct export_issue *issue, struct bi_error *err)
{
    *issue = (struct export_issue){.issue_id = issue_id, .partial = article_count > 0};
    struct reader reader = {.archive = archive, .issue = issue, .err = err};
    int status = read_all(&reader, articles, article_count);
    bi_text_release(&reader.said);
    if (status < 0)
        export_issue_release(issue);
    return status;
}

void export_issue_release(struct export_issue *issue)
{
    bi_arena_release(&issue->arena);
    *issue = (struct export_issue){0};
}

struct export_page *export_issue_page(const struct export_issue *issue, int number)
{
    for (size_t i = 0; i < issue->page_total; i++)
        if (issue->pages[i].number == number)
            return &issue->pages[i];
    return NULL;
}
