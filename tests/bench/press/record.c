#include "record.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct record_block *record_add_block(struct record *record, int page, const char *role)
{
    record->blocks = bi_arena_grow(&record->arena, record->blocks, record->block_count,
                                   &record->block_capacity, sizeof(struct record_block *));
    struct record_block *block = bi_arena_alloc(&record->arena, sizeof *block);
    *block = (struct record_block){
        .page = page, .order = (int)record->block_count, .role = role, .part = -1, .paragraph = -1};
    record->blocks[record->block_count++] = block;
    return block;
}

static struct record_corners corners_of(double x0, double y0, double x1, double y1)
{
    return (struct record_corners){{x0, x1, x1, x0}, {y0, y0, y1, y1}};
}

void record_add_line(struct record *record, struct record_block *block, const char *text, double x0,
                     double y0, double x1, double y1)
{
    size_t length = strlen(text);
    while (length && text[length - 1] == ' ')
        length--;
    while (length && *text == ' ') {
        text++;
        length--;
    }
    block->lines = bi_arena_grow(&record->arena, block->lines, block->line_count, &block->line_capacity,
                                 sizeof *block->lines);
    block->lines[block->line_count++] =
        (struct record_line){bi_arena_strndup(&record->arena, text, length), corners_of(x0, y0, x1, y1)};
    struct record_corners *all = &block->corners;
    if (block->line_count == 1)
        *all = corners_of(x0, y0, x1, y1);
    else
        *all = corners_of(fmin(all->x[0], x0), fmin(all->y[0], y0), fmax(all->x[2], x1), fmax(all->y[2], y1));
}

void record_set_box(struct record_block *block, double x0, double y0, double x1, double y1)
{
    block->corners = corners_of(x0, y0, x1, y1);
}

struct record_article *record_add_article(struct record *record)
{
    record->articles = bi_arena_grow(&record->arena, record->articles, record->article_count,
                                     &record->article_capacity, sizeof(struct record_article *));
    struct record_article *article = bi_arena_alloc(&record->arena, sizeof *article);
    record->articles[record->article_count++] = article;
    article->id = bi_arena_printf(&record->arena, "a%03zu", record->article_count);
    return article;
}

struct record_page *record_add_page(struct record *record, int number)
{
    record->pages = bi_arena_grow(&record->arena, record->pages, record->page_count, &record->page_capacity,
                                  sizeof *record->pages);
    record->pages[record->page_count] = (struct record_page){.number = number};
    return &record->pages[record->page_count++];
}

/* ---- from the sheet to the scan */

/* One edge from a to b: the straight line, through its points as mapped, that fits them best. Along is 0 for
 * an edge that runs along x, 1 along y. */
static void map_edge(record_map *map, const void *how, double ax, double ay, double bx, double by,
                     double out[4])
{
    enum { STEPS = 8 };
    double sum_x = 0, sum_y = 0, slope_x = 0, slope_y = 0, square = 0;
    for (int i = 0; i <= STEPS; i++) {
        double t = (double)i / STEPS, x = ax + t * (bx - ax), y = ay + t * (by - ay);
        map(how, &x, &y);
        sum_x += x;
        sum_y += y;
        slope_x += (t - 0.5) * x;
        slope_y += (t - 0.5) * y;
        square += (t - 0.5) * (t - 0.5);
    }
    sum_x /= STEPS + 1;
    sum_y /= STEPS + 1;
    slope_x /= square;
    slope_y /= square;
    out[0] = sum_x - slope_x / 2;
    out[1] = sum_y - slope_y / 2;
    out[2] = sum_x + slope_x / 2;
    out[3] = sum_y + slope_y / 2;
}

static void map_corners(struct record_corners *c, record_map *map, const void *how)
{
    bool wide = c->x[1] - c->x[0] >= c->y[3] - c->y[0];
    double first[4], second[4];
    struct record_corners from = *c;
    if (wide) { /* the upper and the lower edge */
        map_edge(map, how, from.x[0], from.y[0], from.x[1], from.y[1], first);
        map_edge(map, how, from.x[3], from.y[3], from.x[2], from.y[2], second);
        *c = (struct record_corners){{first[0], first[2], second[2], second[0]},
                                     {first[1], first[3], second[3], second[1]}};
    } else { /* the left and the right one */
        map_edge(map, how, from.x[0], from.y[0], from.x[3], from.y[3], first);
        map_edge(map, how, from.x[1], from.y[1], from.x[2], from.y[2], second);
        *c = (struct record_corners){{first[0], second[0], second[2], first[2]},
                                     {first[1], second[1], second[3], first[3]}};
    }
}

void record_map_page(struct record *record, int page, record_map *map, const void *how)
{
    for (size_t i = 0; i < record->block_count; i++) {
        struct record_block *block = record->blocks[i];
        if (block->page != page)
            continue;
        map_corners(&block->corners, map, how);
        for (size_t j = 0; j < block->line_count; j++)
            map_corners(&block->lines[j].corners, map, how);
    }
}

/* ---- truth.json */

static json_t *polygon(const struct record_corners *c)
{
    json_t *list = json_array();
    for (int i = 0; i < 4; i++) {
        json_array_append_new(list, json_real(round(c->x[i] * 10) / 10));
        json_array_append_new(list, json_real(round(c->y[i] * 10) / 10));
    }
    return list;
}

static json_t *string_or_null(const char *s)
{
    return s ? json_string(s) : json_null();
}

static bool is_latin(uint32_t rune)
{
    return rune < 0x2E80 && rune > ' ';
}

/* The lines in one: a Latin word that a hyphen cuts is whole again, and others have a space between them. */
static void join_lines(const struct record_block *block, struct bi_text *out)
{
    for (size_t i = 0; i < block->line_count; i++) {
        const char *line = block->lines[i].text, *s = line;
        uint32_t first = bi_rune_next(&s);
        if (out->length && is_latin(first) && is_latin((unsigned char)out->data[out->length - 1]) &&
            (unsigned char)out->data[out->length - 1] < 0x80) {
            if (out->data[out->length - 1] == '-' && out->length > 1 && out->data[out->length - 2] >= 'a')
                out->data[--out->length] = '\0';
            else if ((first > '9' || first < '0') && first != '(')
                bi_text_add(out, " ");
        }
        bi_text_add(out, line);
    }
}

static json_t *block_json(const struct record_block *block)
{
    json_t *object = json_object(), *lines = json_array();
    struct bi_text text = {0};
    for (size_t i = 0; i < block->line_count; i++) {
        json_t *line = json_object();
        json_object_set_new(line, "text", json_string(block->lines[i].text));
        json_object_set_new(line, "polygon", polygon(&block->lines[i].corners));
        json_array_append_new(lines, line);
    }
    join_lines(block, &text);
    json_object_set_new(object, "order", json_integer(block->order));
    json_object_set_new(object, "page", json_integer(block->page));
    json_object_set_new(object, "role", json_string(block->role));
    json_object_set_new(object, "article", string_or_null(block->article));
    json_object_set_new(object, "target", string_or_null(block->target));
    if (block->part >= 0)
        json_object_set_new(object, "part", json_integer(block->part));
    if (block->paragraph >= 0)
        json_object_set_new(object, "para", json_integer(block->paragraph));
    if (block->feature)
        json_object_set_new(object, "feature", json_string(block->feature));
    json_object_set_new(object, "lines", lines);
    json_object_set_new(object, "text", json_string(bi_text_get(&text)));
    json_object_set_new(object, "vertical", json_boolean(block->vertical));
    json_object_set_new(object, "polygon", polygon(&block->corners));
    bi_text_release(&text);
    return object;
}

static json_t *article_json(const struct record_article *article)
{
    json_t *object = json_object(), *pages = json_array();
    for (int i = 0; i < article->page_count; i++)
        json_array_append_new(pages, json_integer(article->pages[i]));
    const char *text = bi_text_get(&article->text);
    size_t length = strlen(text);
    json_object_set_new(object, "id", json_string(article->id));
    json_object_set_new(object, "section", json_string(article->section ? article->section : ""));
    json_object_set_new(object, "kicker", json_string(article->kicker ? article->kicker : ""));
    json_object_set_new(object, "headline", json_string(article->headline ? article->headline : ""));
    json_object_set_new(object, "subhead", json_string(article->subhead ? article->subhead : ""));
    json_object_set_new(object, "byline", json_string(article->byline ? article->byline : ""));
    json_object_set_new(object, "pages", pages);
    json_object_set_new(object, "text",
                        json_stringn(text, length && text[length - 1] == '\n' ? length - 1 : length));
    return object;
}

static json_t *page_json(const struct record_page *page)
{
    json_t *object = json_object();
    json_object_set_new(object, "page", json_integer(page->number));
    json_object_set_new(object, "image", json_string(page->image));
    json_object_set_new(object, "width", json_integer(page->width));
    json_object_set_new(object, "height", json_integer(page->height));
    json_object_set_new(object, "dpi", json_integer(page->dpi));
    json_object_set_new(object, "skew_degrees", json_real(round(page->skew_degrees * 1e4) / 1e4));
    json_object_set_new(object, "damage", json_string(page->damage));
    return object;
}

int record_write(const struct record *record, const char *path)
{
    json_t *root = json_object(), *issue = json_object(), *pages = json_array(), *articles = json_array(),
           *blocks = json_array();
    json_object_set_new(issue, "paper", json_string(record->paper));
    json_object_set_new(issue, "date", json_string(record->date));
    json_object_set_new(issue, "number", json_integer(record->number));
    json_object_set_new(issue, "total", json_integer(record->total));
    json_object_set_new(issue, "pages", json_integer((json_int_t)record->page_count));
    for (size_t i = 0; i < record->page_count; i++)
        json_array_append_new(pages, page_json(&record->pages[i]));
    for (size_t i = 0; i < record->article_count; i++)
        json_array_append_new(articles, article_json(record->articles[i]));
    for (size_t i = 0; i < record->block_count; i++)
        json_array_append_new(blocks, block_json(record->blocks[i]));
    json_object_set_new(root, "issue", issue);
    json_object_set_new(root, "pages", pages);
    json_object_set_new(root, "articles", articles);
    json_object_set_new(root, "blocks", blocks);
    int status = json_dump_file(root, path, JSON_INDENT(1) | JSON_REAL_PRECISION(7));
    if (status)
        fprintf(stderr, "press: %s: cannot be written\n", path);
    json_decref(root);
    return status;
}

void record_release(struct record *record)
{
    for (size_t i = 0; i < record->article_count; i++)
        bi_text_release(&record->articles[i]->text);
    bi_arena_release(&record->arena);
}
