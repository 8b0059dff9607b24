#include "export/lines.h"

#include <jansson.h>
#include <string.h>

#include "base/cleanup.h"
#include "page/json.h"
#include "store.h"

void export_lines_say(struct bi_text *said, sqlite3_stmt *row)
{
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        bi_text_add(said, bi_store_text(row, i));
        bi_text_add_bytes(said, "\x1f", 1);
    }
    bi_text_add_bytes(said, "\x1e", 1);
}

/* The characters of a line's text that are no white space, as glyphs without a place. */
static size_t take_characters(struct bi_arena *arena, struct export_line *line)
{
    line->glyphs = bi_arena_array(arena, bi_rune_count(line->text), sizeof *line->glyphs);
    size_t count = 0;
    for (const char *s = line->text, *end = s; *s; s = end) {
        uint32_t rune = bi_rune_next(&end);
        if (!bi_rune_is_space(rune))
            line->glyphs[count++].text = bi_arena_strndup(arena, s, (size_t)(end - s));
    }
    return count;
}

static void place_glyph(struct export_glyph *glyph, const struct export_line *line, const json_t *extents,
                        size_t index)
{
    int start = (int)json_integer_value(json_array_get(extents, 3 * index));
    int length = (int)json_integer_value(json_array_get(extents, 3 * index + 1));
    const struct bi_box *box = &line->box;
    glyph->box = line->vertical ? (struct bi_box){box->x, box->y + start, box->w, length}
                                : (struct bi_box){box->x + start, box->y, length, box->h};
    glyph->confidence = (double)json_integer_value(json_array_get(extents, 3 * index + 2)) / 100;
}

static void add_reading(struct bi_arena *arena, struct export_line *line, const json_t *alternative)
{
    size_t index = (size_t)json_integer_value(json_array_get(alternative, 0));
    const char *text = json_string_value(json_array_get(alternative, 1));
    if (index >= line->glyph_count || !text)
        return;
    struct export_glyph *glyph = &line->glyphs[index];
    struct export_reading *others = bi_arena_array(arena, glyph->other_count + 1, sizeof *others);
    if (glyph->other_count)
        memcpy(others, glyph->others, glyph->other_count * sizeof *others);
    others[glyph->other_count++] = (struct export_reading){
        bi_arena_strdup(arena, text),
        (double)json_integer_value(json_array_get(alternative, 2)) / 100,
    };
    glyph->others = others;
}

/* Glyphs count only where there is one for each character; else the line has none. */
static void read_glyphs(struct bi_arena *arena, struct export_line *line, const char *extents,
                        const char *alternatives)
{
    BI_CLEANUP(bi_json_decrefp) json_t *places = json_loads(extents, 0, NULL);
    BI_CLEANUP(bi_json_decrefp) json_t *others = json_loads(alternatives, 0, NULL);
    size_t count = take_characters(arena, line);
    if (json_array_size(places) != 3 * count) {
        line->glyphs = NULL;
        return;
    }
    line->glyph_count = count;
    for (size_t i = 0; i < count; i++)
        place_glyph(&line->glyphs[i], line, places, i);
    for (size_t i = 0; i < json_array_size(others); i++)
        add_reading(arena, line, json_array_get(others, i));
}

static struct export_article *article_of(struct export_issue *issue, long long id)
{
    for (size_t i = 0; id && i < issue->article_count; i++)
        if (issue->articles[i].article_id == id)
            return &issue->articles[i];
    return NULL;
}

static void take_line(struct export_issue *issue, struct export_page *page, sqlite3_stmt *read, size_t *room)
{
    struct bi_arena *arena = &issue->arena;
    page->lines = bi_arena_grow(arena, page->lines, page->line_count, room, sizeof *page->lines);
    struct export_line *line = &page->lines[page->line_count++];
    *line = (struct export_line){
        .order = sqlite3_column_int(read, 0),
        .region_id = bi_arena_strdup(arena, bi_store_text(read, 1)),
        .line_id = bi_arena_strdup(arena, bi_store_text(read, 2)),
        .role = bi_arena_strdup(arena, bi_store_text(read, 3)),
        .crosshead = sqlite3_column_int(read, 4),
        .vertical = sqlite3_column_int(read, 5),
        .text = bi_arena_strdup(arena, bi_store_text(read, 6)),
        .confidence = sqlite3_column_type(read, 7) == SQLITE_NULL ? -1 : sqlite3_column_double(read, 7),
        .box = {sqlite3_column_int(read, 8), sqlite3_column_int(read, 9), sqlite3_column_int(read, 10),
                sqlite3_column_int(read, 11)},
        .page = page,
        .article = article_of(issue, sqlite3_column_int64(read, 12)),
    };
    read_glyphs(arena, line, bi_store_text(read, 13), bi_store_text(read, 14));
}

int export_lines_read(const struct archive *archive, struct export_issue *issue, struct export_page *page,
                      struct bi_text *said, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(
            archive->db,
            "SELECT l.line_order, region_id, line_id, role, crosshead, vertical, text, confidence,"
            " x, y, w, h, article_id, extents, alternatives FROM archive_line AS l "
            "LEFT JOIN line_glyphs AS g ON g.page_id = ?3 AND g.line_order = l.line_order "
            "WHERE l.issue_id = ?1 AND l.page_number = ?2 ORDER BY l.line_order",
            &read, err) < 0 ||
        bi_store_bind(read, err, "lil", issue->issue_id, page->number, page->page_id) < 0)
        return -1;
    size_t room = 0;
    int row;
    while ((row = bi_store_step(read, err)) > 0) {
        export_lines_say(said, read);
        take_line(issue, page, read, &room);
    }
    return row;
}

static void add_lines_of_page(struct export_article *article, struct export_page *page)
{
    for (size_t i = 0; i < page->line_count; i++)
        if (page->lines[i].article == article)
            article->lines[article->line_count++] = &page->lines[i];
}

static bool is_on_page(const struct export_article *article, const struct export_page *page, size_t parts)
{
    for (size_t i = 0; i < parts; i++)
        if (article->parts[i].page == page)
            return true;
    return false;
}

void export_lines_to_articles(struct export_issue *issue)
{
    for (size_t i = 0; i < issue->page_total; i++)
        for (size_t k = 0; k < issue->pages[i].line_count; k++)
            if (issue->pages[i].lines[k].article)
                issue->pages[i].lines[k].article->line_count++;
    for (size_t i = 0; i < issue->article_count; i++) {
        struct export_article *article = &issue->articles[i];
        article->lines = bi_arena_array(&issue->arena, article->line_count, sizeof(struct export_line *));
        article->line_count = 0;
        for (size_t k = 0; k < article->part_count; k++)
            if (!is_on_page(article, article->parts[k].page, k))
                add_lines_of_page(article, article->parts[k].page);
        for (size_t k = 0; k < issue->page_total; k++)
            if (!is_on_page(article, &issue->pages[k], article->part_count))
                add_lines_of_page(article, &issue->pages[k]);
    }
}
