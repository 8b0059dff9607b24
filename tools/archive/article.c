#include "archive/article.h"

#include "base/cleanup.h"
#include "store.h"

static const char *column(struct bi_arena *arena, sqlite3_stmt *read, int index)
{
    return bi_arena_strdup(arena, bi_store_text(read, index));
}

static int read_parts(const struct archive *archive, struct bi_arena *arena, struct archive_article *article,
                      struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db,
                         "SELECT page_number, x, y, w, h FROM archive_article_page WHERE article_id = ? "
                         "ORDER BY part_order",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "l", article->article_id) < 0)
        return -1;
    size_t room = 0;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        article->parts =
            bi_arena_grow(arena, article->parts, article->part_count, &room, sizeof *article->parts);
        article->parts[article->part_count++] = (struct archive_part){
            sqlite3_column_int(read, 0), sqlite3_column_int(read, 1), sqlite3_column_int(read, 2),
            sqlite3_column_int(read, 3), sqlite3_column_int(read, 4),
        };
    }
    return row;
}

static int read_links(const struct archive *archive, struct bi_arena *arena, struct archive_article *article,
                      struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(
            archive->db,
            "SELECT kind, marker_text, status, reason, source_page, target_page, source_article_id,"
            " target_article_id, score FROM archive_link "
            "WHERE ?1 IN (source_article_id, target_article_id) AND issue_id = ?2 ORDER BY link_id",
            &read, err) < 0 ||
        bi_store_bind(read, err, "ll", article->article_id, article->issue_id) < 0)
        return -1;
    size_t room = 0;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        article->links =
            bi_arena_grow(arena, article->links, article->link_count, &room, sizeof *article->links);
        article->links[article->link_count++] = (struct archive_link){
            .kind = column(arena, read, 0),
            .marker = column(arena, read, 1),
            .status = column(arena, read, 2),
            .reason = column(arena, read, 3),
            .source_page = sqlite3_column_int(read, 4),
            .target_page = sqlite3_column_int(read, 5),
            .source_article = sqlite3_column_int64(read, 6),
            .target_article = sqlite3_column_int64(read, 7),
            .score = sqlite3_column_double(read, 8),
        };
    }
    return row;
}

int archive_article_read(const struct archive *archive, sqlite3_int64 article_id, struct bi_arena *arena,
                         struct archive_article *article, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db,
                         "SELECT issue_id, ifnull(paper, title), issue_date, kind, section, issue_number,"
                         " total_number, kicker, headline, subhead, byline, body, ifnull(confidence, -1) "
                         "FROM archive_article JOIN archive_issue USING (issue_id) WHERE article_id = ?",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "l", article_id) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row < 0)
        return -1;
    if (row == 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has no article %lld", archive->path, article_id);
    *article = (struct archive_article){
        .article_id = article_id,
        .issue_id = sqlite3_column_int64(read, 0),
        .paper = column(arena, read, 1),
        .date = column(arena, read, 2),
        .kind = column(arena, read, 3),
        .section = column(arena, read, 4),
        .issue_number = sqlite3_column_int(read, 5),
        .total_number = sqlite3_column_int(read, 6),
        .kicker = column(arena, read, 7),
        .headline = column(arena, read, 8),
        .subhead = column(arena, read, 9),
        .byline = column(arena, read, 10),
        .body = column(arena, read, 11),
        .confidence = sqlite3_column_double(read, 12),
    };
    if (read_parts(archive, arena, article, err) < 0)
        return -1;
    return read_links(archive, arena, article, err);
}
