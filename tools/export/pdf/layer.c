#include "export/pdf/layer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Thousandths of the font's size. A gap from which on readers find a space is 100 to 150 of them. */
#define SPACE_WIDTH 250
/* Characters keep at least this share of their length where a space needs room. */
#define KEPT_SHARE 0.25
/* A character may stand this far from its place before it is moved. */
#define SMALLEST_MOVE 15
/* The advance of a character is never less than this part of the size. */
#define SMALLEST_ADVANCE_SHARE 10
#define IDEOGRAPHIC_SPACE 0x3000
/* Of a character whose place is unknown. */
#define WIDE_UNITS 2
#define NARROW_UNITS 1
/* Lines whose heights differ by less are of the same type, with higher or lower characters in them. */
#define SAME_TYPE 0.25

void pdf_fonts_open(struct pdf_fonts *fonts, struct pdf_document *document)
{
    *fonts = (struct pdf_fonts){.resource = pdf_own_object(document, "<< >>")};
}

void pdf_fonts_finish(struct pdf_fonts *fonts, struct pdf_document *document)
{
    for (size_t i = 0; i < fonts->count; i++)
        pdf_font_finish(fonts->list[i], document);
}

void pdf_fonts_release(struct pdf_fonts *fonts)
{
    for (size_t i = 0; i < fonts->count; i++)
        pdf_font_release(fonts->list[i]);
    bi_arena_release(&fonts->arena);
    *fonts = (struct pdf_fonts){0};
}

/* The font for so many characters more. */
static struct pdf_font *font_with_room(struct pdf_fonts *fonts, struct pdf_document *document, size_t needed)
{
    struct pdf_font *last = fonts->count ? fonts->list[fonts->count - 1] : NULL;
    if (last && last->count + needed <= PDF_MAX_CIDS)
        return last;
    struct pdf_font *font = bi_arena_alloc(&fonts->arena, sizeof *font);
    pdf_font_open(font, document);
    char name[24];
    snprintf(name, sizeof name, "/F%zu", fonts->count);
    pdf_set(document, fonts->resource, name, font->object);
    fonts->list = bi_arena_grow(&fonts->arena, fonts->list, fonts->count, &fonts->room, sizeof *fonts->list);
    fonts->list[fonts->count++] = font;
    return font;
}

/* An ideographic space too: what reads PDF makes a common space of one that stands alone. */
static bool goes_to_the_one_before(uint32_t rune)
{
    if (rune == IDEOGRAPHIC_SPACE)
        return true;
    switch (utf8proc_category((utf8proc_int32_t)rune)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
        return true;
    default:
        return false;
    }
}

static bool is_left_out(uint32_t rune)
{
    return utf8proc_category((utf8proc_int32_t)rune) == UTF8PROC_CATEGORY_CC || rune == 0xfeff ||
           (rune & 0xfffe) == 0xfffe;
}

void pdf_line_add(struct bi_arena *arena, struct pdf_line *line, const char *text, size_t bytes,
                  const struct export_glyph *glyph)
{
    const char *s = text;
    uint32_t rune = bi_rune_next(&s);
    struct pdf_character *last = line->count ? &line->characters[line->count - 1] : NULL;
    bool after_space = last && strcmp(last->text, " ") == 0;
    if (bi_rune_is_space(rune) && (rune != IDEOGRAPHIC_SPACE || !last || after_space)) {
        if (last && !after_space)
            line->characters[line->count++] = (struct pdf_character){.text = " "};
        return;
    }
    if (is_left_out(rune))
        return;
    char *own = bi_arena_strndup(arena, text, bytes);
    if (last && !after_space && goes_to_the_one_before(rune)) {
        last->text = bi_arena_printf(arena, "%s%s", last->text, own);
        return;
    }
    const struct bi_box *box = &line->line->box;
    struct pdf_character *added = &line->characters[line->count++];
    *added = (struct pdf_character){.text = own};
    if (glyph) {
        added->start = line->line->vertical ? glyph->box.y - box->y : glyph->box.x - box->x;
        added->length = line->line->vertical ? glyph->box.h : glyph->box.w;
    }
}

struct pdf_line pdf_line_of(struct bi_arena *arena, const struct export_line *line)
{
    struct pdf_line made = {line, bi_arena_array(arena, strlen(line->text) + 1, sizeof *made.characters), 0};
    size_t glyph = 0;
    for (const char *s = line->text, *end = s; *s; s = end) {
        uint32_t rune = bi_rune_next(&end);
        bool has_glyph = !bi_rune_is_space(rune) && glyph < line->glyph_count;
        pdf_line_add(arena, &made, s, (size_t)(end - s), has_glyph ? &line->glyphs[glyph++] : NULL);
    }
    return made;
}

static bool is_space(const struct pdf_character *character)
{
    return strcmp(character->text, " ") == 0;
}

static int units(const struct pdf_character *character)
{
    const char *s = character->text;
    return bi_rune_is_cjk(bi_rune_next(&s)) ? WIDE_UNITS : NARROW_UNITS;
}

/* Gives those of unknown place between two others (or the line's ends) their shares of the room there. */
static void place_unknown(struct pdf_line *line, int extent)
{
    int from = 0; /* where the room begins */
    for (size_t i = 0, end; i < line->count; i = end) {
        end = i + 1;
        if (line->characters[i].length > 0) {
            from = line->characters[i].start + line->characters[i].length;
            continue;
        }
        int total = 0, to = extent;
        for (end = i; end < line->count && line->characters[end].length == 0; end++)
            total += units(&line->characters[end]);
        if (end < line->count)
            to = line->characters[end].start;
        int room = to - from > 0 ? to - from : 0, before = 0;
        for (size_t k = i; k < end; k++) {
            struct pdf_character *character = &line->characters[k];
            int share = units(character);
            if (!is_space(character)) {
                character->start = from + room * before / total;
                character->length = room * share / total;
            }
            before += share;
        }
    }
}

/* Starts in order, within the line, each a step at least after the one before: readers take characters on the
 * same spot for ones printed twice. */
static void put_in_order(struct pdf_line *line, int extent, int step)
{
    int least = 0, most = extent - step;
    for (size_t i = line->count; i-- > 0;)
        if (!is_space(&line->characters[i])) {
            if (line->characters[i].start > most)
                line->characters[i].start = most;
            most = line->characters[i].start - step;
        }
    for (size_t i = 0; i < line->count; i++) {
        struct pdf_character *character = &line->characters[i];
        if (is_space(character))
            continue;
        if (character->start < least)
            character->start = least;
        if (character->length < 1)
            character->length = 1;
        least = character->start + step;
    }
}

/* Where a character ends, in thousandths from the line's beginning: where the next one begins, or before a
 * space at its own end, with room for the space. */
static double end_of(const struct pdf_line *line, size_t index, double thousandths)
{
    const struct pdf_character *character = &line->characters[index];
    double own = (character->start + character->length) * thousandths;
    if (index + 1 == line->count)
        return own;
    if (!is_space(&line->characters[index + 1]))
        return line->characters[index + 1].start * thousandths;
    if (index + 2 == line->count)
        return own;
    double start = character->start * thousandths, next = line->characters[index + 2].start * thousandths;
    double with_room = next - SPACE_WIDTH, least = start + (next - start) * KEPT_SHARE;
    double end = own < with_room ? own : with_room;
    /* Widths are rounded, here down. */
    return fmax(end > least ? end : own < least ? own : least, 0) - PDF_WIDTH_STEP / 2.0;
}

static int height_of(const struct export_line *line)
{
    return line->vertical ? line->box.w : line->box.h;
}

static int compare(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

struct pdf_type pdf_layer_type(const struct pdf_line *lines, size_t count)
{
    struct bi_arena arena = {0};
    int *heights = bi_arena_array(&arena, count + 1, sizeof *heights);
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (lines[i].count)
            heights[found++] = height_of(lines[i].line);
    qsort(heights, found, sizeof *heights, compare);
    int usual = heights[found / 2];
    bi_arena_release(&arena);
    return (struct pdf_type){usual, usual};
}

/* What is being shown: codes that follow each other, moves between them. */
struct showing {
    struct bi_text *content;
    double pen; /* thousandths from the line's first character */
    bool open;  /* a string of codes is */
};

static void move_to(struct showing *showing, double target)
{
    int back = (int)lround(showing->pen - target);
    if (back > -SMALLEST_MOVE && back < SMALLEST_MOVE)
        return;
    if (showing->open)
        bi_text_add(showing->content, ">");
    showing->open = false;
    bi_text_printf(showing->content, "%d", back);
    showing->pen -= back;
}

static void show(struct showing *showing, struct pdf_font *font, const char *text, double end)
{
    int width = (int)lround(fmax(end - showing->pen, 0));
    int cid = pdf_font_cid(font, text, &width);
    bi_text_add(showing->content, showing->open ? "" : "<");
    showing->open = true;
    bi_text_printf(showing->content, "%04X", (unsigned)cid);
    showing->pen += width;
}

static void begin(struct bi_text *content, const struct pdf_frame *frame, const struct pdf_line *line,
                  size_t font, int size)
{
    const struct bi_box *box = &line->line->box;
    bool vertical = line->line->vertical;
    int larger = size - (vertical ? box->w : box->h); /* than the print: as much on either side */
    double under = size * PDF_DESCENT / 1000.0 - larger / 2.0, start = line->characters[0].start;
    double x = box->x - frame->box.x + (vertical ? under : start);
    double y = box->y - frame->box.y + (vertical ? start : box->h - under);
    bi_text_printf(content, "/F%zu %.2f Tf %s %.2f %.2f Tm [", font, size * frame->points,
                   vertical ? "0 -1 1 0" : "1 0 0 1", x * frame->points, (frame->box.h - y) * frame->points);
}

void pdf_layer_add(struct bi_text *content, struct pdf_document *document, struct pdf_fonts *fonts,
                   const struct pdf_frame *frame, struct pdf_line *line, const struct pdf_type *type)
{
    int size = height_of(line->line), extent = line->line->vertical ? line->line->box.h : line->line->box.w;
    if (abs(size - type->height) < type->height * SAME_TYPE)
        size = type->size;
    if (line->count && is_space(&line->characters[line->count - 1]))
        line->count--;
    if (line->count == 0 || size <= 0)
        return;
    place_unknown(line, extent);
    put_in_order(line, extent, 1 + size / SMALLEST_ADVANCE_SHARE);
    struct pdf_font *font = font_with_room(fonts, document, line->count);
    begin(content, frame, line, fonts->count - 1, size);
    double thousandths = 1000.0 / size, first = line->characters[0].start * thousandths;
    struct showing showing = {.content = content};
    for (size_t i = 0; i < line->count; i++) {
        const struct pdf_character *character = &line->characters[i];
        if (is_space(character)) {
            show(&showing, font, " ", line->characters[i + 1].start * thousandths - first);
            continue;
        }
        move_to(&showing, character->start * thousandths - first);
        show(&showing, font, character->text, end_of(line, i, thousandths) - first);
    }
    bi_text_add(content, showing.open ? ">] TJ\n" : "] TJ\n");
}
