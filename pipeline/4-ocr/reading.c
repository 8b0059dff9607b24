#include "reading.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "align.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "page/geometry.h"
#include "spaces.h"

/* Other readings less likely than this are not kept. */
#define MIN_OTHER_CONFIDENCE 0.01
/* What a line's characters cost when they are laid over its ink (align.h), above the usual, is doubt too: one
 * that is missing counts about as much as one that is as likely wrong as right. */
#define USUAL_MISFIT 0.5
#define MISFIT_DOUBT 0.2
/* Less is taken for this where logarithms are needed. */
#define MIN_CONFIDENCE 0.001

static uint32_t rune_of(const struct symbol *symbol)
{
    const char *text = symbol->text;
    return bi_rune_next(&text);
}

/* From the last to the first, so that what stands before is as the model has it; but after is folded already.
 */
static void fold_symbols(struct symbol *symbols, size_t count, const struct folds *folds,
                         struct bi_arena *arena)
{
    for (size_t i = count; i-- > 0;) {
        const char *before = i ? symbols[i - 1].text : NULL;
        const char *after = i + 1 < count ? symbols[i + 1].text : NULL;
        const char *text = folds_apply(folds, symbols[i].text, before, after);
        if (text != symbols[i].text)
            symbols[i].text = bi_arena_strdup(arena, text);
    }
}

/* Quotation marks of vertical type lie on their side, and come out of a model of horizontal type as equals
 * signs or tildes, which no vertical line has. They open and close by turns. */
static void stand_quotes_up(struct symbol *symbols, size_t count)
{
    bool open = false;
    for (size_t i = 0; i < count; i++) {
        uint32_t rune = rune_of(&symbols[i]);
        if (rune != '=' && rune != '~' && rune != 0xFF1D && rune != 0xFF5E)
            continue;
        symbols[i].text = open ? (char *)"”" : (char *)"“";
        open = !open;
    }
}

/* As reading_add() has them; those of a strip that was cut out of a column are measured down the column. */
static void find_spaces(const struct strip *strip, const struct symbol *symbols, size_t count, bool *spaces)
{
    if (strip->piece_count == 1) {
        spaces_find(symbols, count, strip->em, spaces);
        return;
    }
    BI_CLEANUP(bi_freep) struct symbol *down = bi_xcalloc(count + 1, sizeof *down);
    for (size_t i = 0; i < count; i++) {
        struct bi_box cell = strip_box_on_page(strip, symbols[i].x, symbols[i].w);
        down[i] = symbols[i];
        down[i].x = cell.y;
        down[i].w = cell.h;
    }
    double across = (double)strip->pieces[0].on_page.w / strip->pieces[0].w;
    spaces_find(down, count, strip->em * across, spaces);
}

void reading_add(struct reading *reading, struct bi_arena *arena, const struct strip *strip,
                 struct symbol *symbols, size_t count, const struct folds *folds)
{
    fold_symbols(symbols, count, folds, arena);
    if (strip->piece_count > 1)
        stand_quotes_up(symbols, count);
    double misfit;
    count = align_symbols(strip, symbols, count, &misfit);
    reading->misfit += misfit;
    BI_CLEANUP(bi_freep) bool *spaces = bi_xcalloc(count + 1, sizeof *spaces);
    find_spaces(strip, symbols, count, spaces);
    for (size_t i = 0; i < count; i++) {
        reading->characters = bi_arena_grow(arena, reading->characters, reading->count, &reading->capacity,
                                            sizeof *reading->characters);
        reading->characters[reading->count++] = (struct character){
            .box = strip_box_on_page(strip, symbols[i].x, symbols[i].w),
            .after_space = spaces[i],
            .text = symbols[i].text,
            .confidence = symbols[i].confidence,
            .other_count = symbols[i].other_count,
        };
        memcpy(reading->characters[reading->count - 1].others, symbols[i].others, sizeof symbols[i].others);
    }
}

void reading_append(struct reading *reading, struct bi_arena *arena, const struct reading *more)
{
    for (size_t i = 0; i < more->count; i++) {
        reading->characters = bi_arena_grow(arena, reading->characters, reading->count, &reading->capacity,
                                            sizeof *reading->characters);
        reading->characters[reading->count++] = more->characters[i];
    }
    reading->misfit += more->misfit;
}

double reading_doubt(const struct reading *reading)
{
    double sum = 0;
    for (size_t i = 0; i < reading->count; i++)
        sum -= log(fmax(reading->characters[i].confidence, MIN_CONFIDENCE));
    sum += MISFIT_DOUBT * fmax(0, reading->misfit - USUAL_MISFIT);
    return reading->count ? sum / (double)reading->count : -log(MIN_CONFIDENCE);
}

void reading_finish(const struct reading *reading, struct bi_arena *arena, struct bi_line *line)
{
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    double sum = 0;
    line->glyphs = bi_arena_array(arena, reading->count + 1, sizeof *line->glyphs);
    line->glyph_count = reading->count;
    for (size_t i = 0; i < reading->count; i++) {
        const struct character *character = &reading->characters[i];
        struct bi_glyph *glyph = &line->glyphs[i];
        glyph->box = character->box;
        glyph->readings = bi_arena_array(arena, 1 + character->other_count, sizeof *glyph->readings);
        glyph->readings[glyph->reading_count++] =
            (struct bi_reading){bi_arena_strdup(arena, character->text), character->confidence};
        for (size_t k = 0; k < character->other_count; k++)
            if (character->others[k].confidence >= MIN_OTHER_CONFIDENCE)
                glyph->readings[glyph->reading_count++] = (struct bi_reading){
                    bi_arena_strdup(arena, character->others[k].text), character->others[k].confidence};
        if (character->after_space)
            bi_text_add(&text, " ");
        bi_text_add(&text, character->text);
        sum += character->confidence;
    }
    line->text = bi_arena_strdup(arena, bi_text_get(&text));
    line->confidence = reading->count ? sum / (double)reading->count : 0;
}
