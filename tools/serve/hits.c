#include "serve/hits.h"

#include <jansson.h>
#include <string.h>

#include "archive/excerpt.h"
#include "archive/text.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "page/json.h"
#include "store.h"

struct line {
    struct serve_hit place; /* without its box */
    const char *text;
    const char *extents; /* "" if the line's characters have no places */
    size_t start;        /* byte in the text of all lines */
};

struct lines {
    struct line *lines;
    size_t count, room;
    struct bi_text text; /* of all lines, one after the other */
};

static int read_lines(const struct archive *archive, long long article_id, long long page_id,
                      struct bi_arena *arena, struct lines *lines, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    /* Parts come in their order, so that a word that goes on behind a jump is found. */
    static const char OF_ARTICLE[] = "SELECT l.page_id, page_number, l.line_order, vertical, l.x, l.y, l.w, "
                                     "l.h, text, extents FROM line AS l "
                                     "JOIN page USING (page_id) LEFT JOIN line_glyphs AS g ON g.page_id = "
                                     "l.page_id AND g.line_order = l.line_order "
                                     "WHERE l.article_id = ?1 ORDER BY (SELECT min(part_order) FROM "
                                     "article_part AS p WHERE p.article_id = ?1"
                                     " AND p.page_id = l.page_id), l.page_id, l.line_order";
    static const char OF_PAGE[] = "SELECT l.page_id, page_number, l.line_order, vertical, l.x, l.y, l.w, "
                                  "l.h, text, extents FROM line AS l "
                                  "JOIN page USING (page_id) LEFT JOIN line_glyphs AS g ON g.page_id = "
                                  "l.page_id AND g.line_order = l.line_order "
                                  "WHERE l.page_id = ?1 ORDER BY l.line_order";
    if (bi_store_prepare(archive->db, article_id ? OF_ARTICLE : OF_PAGE, &read, err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)(article_id ? article_id : page_id)) < 0)
        return -1;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        lines->lines = bi_arena_grow(arena, lines->lines, lines->count, &lines->room, sizeof *lines->lines);
        lines->lines[lines->count++] = (struct line){
            .place = {.page_id = sqlite3_column_int64(read, 0),
                      .page_number = sqlite3_column_int(read, 1),
                      .line_order = sqlite3_column_int(read, 2),
                      .vertical = sqlite3_column_int(read, 3),
                      .line = {sqlite3_column_int(read, 4), sqlite3_column_int(read, 5),
                               sqlite3_column_int(read, 6), sqlite3_column_int(read, 7)}},
            .text = bi_arena_strdup(arena, bi_store_text(read, 8)),
            .extents = bi_arena_strdup(arena, bi_store_text(read, 9)),
            .start = lines->text.length,
        };
        bi_text_add(&lines->text, bi_store_text(read, 8));
    }
    return row;
}

/* How many characters that are no white space stand before a byte. */
static size_t glyphs_before(const char *text, size_t bytes)
{
    size_t count = 0;
    for (const char *s = text; *s && (size_t)(s - text) < bytes;)
        count += !bi_rune_is_space(bi_rune_next(&s));
    return count;
}

/* The box of a line's characters from byte to byte; the whole line where they have no places. */
static struct bi_box box_of(const struct line *line, size_t from, size_t to)
{
    struct bi_box box = line->place.line;
    size_t first = glyphs_before(line->text, from), end = glyphs_before(line->text, to);
    BI_CLEANUP(bi_json_decrefp) json_t *extents = json_loads(line->extents, 0, NULL);
    if (end <= first || json_array_size(extents) != 3 * glyphs_before(line->text, SIZE_MAX))
        return box;
    int start = (int)json_integer_value(json_array_get(extents, 3 * first));
    int last = (int)(json_integer_value(json_array_get(extents, 3 * end - 3)) +
                     json_integer_value(json_array_get(extents, 3 * end - 2)));
    return line->place.vertical ? (struct bi_box){box.x, box.y + start, box.w, last - start}
                                : (struct bi_box){box.x + start, box.y, last - start, box.h};
}

static void add_pieces(const struct lines *lines, size_t from, size_t to, size_t limit,
                       struct bi_arena *arena, struct serve_hit **hits, size_t *count, size_t *room)
{
    for (size_t i = 0; i < lines->count && *count < limit; i++) {
        const struct line *line = &lines->lines[i];
        size_t length = strlen(line->text), end = line->start + length;
        if (end <= from || line->start >= to)
            continue;
        *hits = bi_arena_grow(arena, *hits, *count, room, sizeof **hits);
        struct serve_hit *hit = &(*hits)[(*count)++];
        *hit = line->place;
        hit->box =
            box_of(line, from > line->start ? from - line->start : 0, to < end ? to - line->start : length);
    }
}

int serve_hits_find(const struct archive *archive, long long article_id, long long page_id,
                    const struct archive_query *query, size_t limit, struct bi_arena *arena,
                    struct serve_hit **hits, size_t *count, struct bi_error *err)
{
    struct lines lines = {0};
    *hits = NULL;
    *count = 0;
    if (read_lines(archive, article_id, page_id, arena, &lines, err) < 0) {
        bi_text_release(&lines.text);
        return -1;
    }
    BI_CLEANUP(archive_folded_release) struct archive_folded folded = {0};
    struct archive_spans spans = {0};
    archive_fold(&folded, bi_text_get(&lines.text), lines.text.length);
    archive_spans_find(&folded, query, arena, &spans);
    size_t room = 0;
    for (size_t i = 0; i < spans.count && *count < limit; i++)
        add_pieces(&lines, folded.starts[spans.spans[i].start], folded.ends[spans.spans[i].end - 1], limit,
                   arena, hits, count, &room);
    bi_text_release(&lines.text);
    return 0;
}
