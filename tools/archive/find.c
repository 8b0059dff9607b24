/* Two steps: the best ids first, with nothing but what ranks and filters them, then the texts of those few.
 * In one statement SQLite would make a snippet of every match before it sorts. */
#include "archive/find.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "store.h"

/* FTS5 makes snippets of at most 64 tokens, which are characters here. */
#define SNIPPET_CHARACTERS 48
enum { COLUMN_HEADLINE = 0, COLUMN_BODY = 4, COLUMN_BEST = -1 };

/* Appends the conditions; their parameters are numbered from ?2 on, ?1 is the expression. */
static void add_conditions(struct bi_text *sql, const struct archive_filter *filter)
{
    bi_text_add(sql, " FROM article_fts");
    if (filter->paper || filter->from || filter->to || filter->kind || filter->section || filter->page)
        bi_text_add(sql,
                    " JOIN article ON article.article_id = article_fts.rowid JOIN issue USING (issue_id)");
    bi_text_add(sql, " WHERE article_fts MATCH ?1");
    if (filter->paper)
        bi_text_add(sql, " AND ?2 IN (paper, title)");
    if (filter->from)
        bi_text_add(sql, " AND issue_date >= ?3");
    if (filter->to) /* '~' sorts after '-' and every digit, so that a month ends with its last day */
        bi_text_add(sql, " AND issue_date <= ?4 || '~'");
    if (filter->kind)
        bi_text_add(sql, " AND kind = ?5");
    if (filter->section)
        bi_text_add(sql, " AND article.section = ?6");
    if (filter->page)
        bi_text_add(sql, " AND EXISTS (SELECT 1 FROM article_part JOIN page USING (page_id)"
                         " WHERE article_part.article_id = article.article_id AND page_number = ?7)");
}

/* Binds what the statement has a parameter for. */
static int bind_filter(sqlite3_stmt *statement, const char *expression, const struct archive_filter *filter,
                       struct bi_error *err)
{
    const char *texts[] = {expression, filter->paper, filter->from,
                           filter->to, filter->kind,  filter->section};
    int have = sqlite3_bind_parameter_count(statement);
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts) && i < have; i++)
        if (sqlite3_bind_text(statement, i + 1, texts[i], -1, SQLITE_STATIC) != SQLITE_OK)
            return bi_store_fail(sqlite3_db_handle(statement), err);
    if (have >= 7 && sqlite3_bind_int(statement, 7, filter->page) != SQLITE_OK)
        return bi_store_fail(sqlite3_db_handle(statement), err);
    return 0;
}

static int find_ids(const struct archive *archive, const char *expression,
                    const struct archive_filter *filter, long limit, long offset, struct bi_arena *arena,
                    struct archive_hit **hits, size_t *count, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text sql = {0};
    bi_text_add(&sql, "SELECT article_fts.rowid, article_fts.rank");
    add_conditions(&sql, filter);
    bi_text_printf(&sql, " ORDER BY article_fts.rank, article_fts.rowid LIMIT %ld OFFSET %ld", limit, offset);
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *find = NULL;
    if (bi_store_prepare(archive->db, sql.data, &find, err) < 0 ||
        bind_filter(find, expression, filter, err) < 0)
        return -1;
    size_t room = 0;
    int row;
    while ((row = bi_store_step(find, err)) > 0) {
        *hits = bi_arena_grow(arena, *hits, *count, &room, sizeof **hits);
        (*hits)[(*count)++] = (struct archive_hit){
            .article_id = sqlite3_column_int64(find, 0),
            .score = -sqlite3_column_double(find, 1),
        };
    }
    return row;
}

static bool is_marked(const char *text)
{
    return strchr(text, ARCHIVE_MARK_START) != NULL;
}

int archive_find(const struct archive *archive, const char *expression, const struct archive_filter *filter,
                 long limit, long offset, struct bi_arena *arena, struct archive_hit **hits, size_t *count,
                 struct bi_error *err)
{
    struct archive_hit *found = NULL;
    size_t n = 0;
    if (find_ids(archive, expression, filter, limit, offset, arena, &found, &n, err) < 0)
        return -1;

    BI_CLEANUP(bi_text_release) struct bi_text sql = {0};
    bi_text_printf(
        &sql,
        "SELECT paper, title, issue_date, article.kind, article.section,"
        " (SELECT group_concat(page_number, ', ') FROM (SELECT page_number FROM article_part"
        "  JOIN page USING (page_id) WHERE article_part.article_id = article.article_id"
        "  ORDER BY part_order)),"
        " highlight(article_fts, %d, char(%d), char(%d)),"
        " snippet(article_fts, %d, char(%d), char(%d), '…', %d),"
        " snippet(article_fts, %d, char(%d), char(%d), '…', %d) "
        "FROM article_fts JOIN article ON article.article_id = article_fts.rowid JOIN issue USING (issue_id) "
        "WHERE article_fts MATCH ?1 AND article_fts.rowid = ?2",
        COLUMN_HEADLINE, ARCHIVE_MARK_START, ARCHIVE_MARK_END, COLUMN_BODY, ARCHIVE_MARK_START,
        ARCHIVE_MARK_END, SNIPPET_CHARACTERS, COLUMN_BEST, ARCHIVE_MARK_START, ARCHIVE_MARK_END,
        SNIPPET_CHARACTERS);
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db, sql.data, &read, err) < 0)
        return -1;
    for (size_t i = 0; i < n; i++) {
        struct archive_hit *hit = &found[i];
        if (bi_store_bind(read, err, "tl", expression, hit->article_id) < 0)
            return -1;
        int row = bi_store_step(read, err);
        if (row <= 0)
            return row < 0 ? -1
                           : bi_error_set(err, BI_EXIT_INTERNAL, "article %lld vanished", hit->article_id);
        const char *paper = bi_store_text(read, 0);
        hit->paper = bi_arena_strdup(arena, *paper ? paper : bi_store_text(read, 1));
        hit->date = bi_arena_strdup(arena, bi_store_text(read, 2));
        hit->kind = bi_arena_strdup(arena, bi_store_text(read, 3));
        hit->section = bi_arena_strdup(arena, bi_store_text(read, 4));
        hit->pages = bi_arena_strdup(arena, bi_store_text(read, 5));
        hit->headline = bi_arena_strdup(arena, bi_store_text(read, 6));
        bool in_body = is_marked(bi_store_text(read, 7)) || is_marked(hit->headline);
        hit->snippet = bi_arena_strdup(arena, bi_store_text(read, in_body ? 7 : 8));
    }
    *hits = found;
    *count = n;
    return 0;
}

int archive_count(const struct archive *archive, const char *expression, const struct archive_filter *filter,
                  long *count, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text sql = {0};
    bi_text_add(&sql, "SELECT count(*)");
    add_conditions(&sql, filter);
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    if (bi_store_prepare(archive->db, sql.data, &ask, err) < 0 ||
        bind_filter(ask, expression, filter, err) < 0 || bi_store_step(ask, err) < 0)
        return -1;
    *count = (long)sqlite3_column_int64(ask, 0);
    return 0;
}
