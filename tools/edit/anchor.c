#include "edit/anchor.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "store.h"

/* A stretch of so many characters is seldom printed twice on a page. */
#define ENOUGH_RUNES 24u
#define MOST_RUNES 60u

/* The lines of one part of an article in reading order: running heads and pointers are not its own words. */
static const char SELECT_LINES[] =
    "SELECT page_number, line_order, text, l.x, l.y, l.w, l.h FROM article_part AS a "
    "JOIN page USING (page_id) JOIN line AS l ON l.page_id = a.page_id AND l.article_id = a.article_id "
    "WHERE a.article_id = ?1 AND a.part_order = ?2 AND text <> '' AND role NOT IN ('jump', 'header') "
    "AND l.x + l.w / 2 BETWEEN a.x AND a.x + a.w AND l.y + l.h / 2 BETWEEN a.y AND a.y + a.h "
    "AND line_order >= ?3 ORDER BY line_order";

static void set_place(sqlite3_stmt *read, struct bi_anchor *anchor)
{
    *anchor = (struct bi_anchor){
        .page_number = sqlite3_column_int(read, 0),
        .pointed = true,
        .point = {sqlite3_column_int(read, 3) + sqlite3_column_int(read, 5) / 2,
                  sqlite3_column_int(read, 4) + sqlite3_column_int(read, 6) / 2},
    };
}

static char *first_runes(struct bi_arena *arena, const char *text, size_t most)
{
    const char *end = text;
    for (size_t i = 0; i < most && *end; i++)
        bi_rune_next(&end);
    return bi_arena_strndup(arena, text, (size_t)(end - text));
}

static int read_lines(const struct archive *archive, long long article, int part, int from,
                      sqlite3_stmt **read, struct bi_error *err)
{
    if (bi_store_prepare(archive->db, SELECT_LINES, read, err) < 0)
        return -1;
    return bi_store_bind(*read, err, "lii", (sqlite3_int64)article, part, from);
}

/* What is printed from the first line on. */
static int from_line(const struct archive *archive, long long article, int part, int line,
                     struct bi_arena *arena, struct bi_anchor *anchor, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    int row, count = 0;
    if (read_lines(archive, article, part, line, &read, err) < 0)
        return -1;
    while (bi_rune_count(bi_text_get(&text)) < ENOUGH_RUNES && (row = bi_store_step(read, err)) != 0) {
        if (row < 0)
            return -1;
        if (count++ == 0)
            set_place(read, anchor);
        bi_text_add(&text, bi_store_text(read, 2));
    }
    if (count)
        anchor->text = first_runes(arena, bi_text_get(&text), MOST_RUNES);
    return count > 0;
}

static int longest_line(const struct archive *archive, long long article, int part, struct bi_arena *arena,
                        struct bi_anchor *anchor, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    size_t longest = 0;
    int row;
    if (read_lines(archive, article, part, 0, &read, err) < 0)
        return -1;
    while ((row = bi_store_step(read, err)) > 0) {
        size_t length = bi_rune_count(bi_store_text(read, 2));
        if (length <= longest)
            continue;
        longest = length;
        set_place(read, anchor);
        anchor->text = first_runes(arena, bi_store_text(read, 2), MOST_RUNES);
    }
    return row < 0 ? -1 : longest > 0;
}

static int last_part(const struct archive *archive, long long article, int *part, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db, "SELECT max(part_order) FROM article_part WHERE article_id = ?", &read,
                         err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)article) < 0 || bi_store_step(read, err) < 0)
        return -1;
    *part = sqlite3_column_int(read, 0);
    return 0;
}

int edit_anchor_article(const struct archive *archive, long long article, enum edit_share share,
                        struct bi_arena *arena, struct bi_anchor *anchor, struct bi_error *err)
{
    int part = 0;
    if (share == EDIT_LAST_PART && last_part(archive, article, &part, err) < 0)
        return -1;
    return longest_line(archive, article, part, arena, anchor, err);
}

int edit_anchor_part(const struct archive *archive, long long article, int part, struct bi_arena *arena,
                     struct bi_anchor *anchor, struct bi_error *err)
{
    return from_line(archive, article, part, 0, arena, anchor, err);
}

int edit_anchor_line(const struct archive *archive, long long article, long long page, int line_order,
                     struct bi_arena *arena, struct bi_anchor *anchor, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    /* Of several parts on one page, the one in which the line lies. */
    if (bi_store_prepare(archive->db,
                         "SELECT part_order FROM article_part AS a JOIN line AS l USING (article_id, page_id)"
                         " WHERE article_id = ? AND page_id = ? AND line_order = ?"
                         " AND l.x + l.w / 2 BETWEEN a.x AND a.x + a.w"
                         " AND l.y + l.h / 2 BETWEEN a.y AND a.y + a.h ORDER BY 1 LIMIT 1",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "lli", (sqlite3_int64)article, (sqlite3_int64)page, line_order) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row <= 0)
        return row;
    return from_line(archive, article, sqlite3_column_int(read, 0), line_order, arena, anchor, err);
}
