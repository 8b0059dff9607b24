#include "reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "profile.h"

/* White between two characters that is wider than the line's usual white by this, in ems, is a space: beside
 * Chinese, and between two Latin letters or digits where Tesseract saw a space too. */
#define CHINESE_SPACE_EMS 0.22
#define LATIN_SPACE_EMS 0.08

void reading_release(struct reading *reading)
{
    bi_text_release(&reading->text);
    *reading = (struct reading){0};
}

static uint32_t rune_of(const struct symbol *symbol)
{
    const char *text = symbol->readings[0].text;
    return bi_rune_next(&text);
}

/* Han and kana fill their square; punctuation does not. */
static bool is_square(const struct symbol *symbol)
{
    return bi_rune_is_han(rune_of(symbol));
}

/* The widest run of columns without ink between the middles of two symbols. */
static int white_between(const int *ink, const struct symbol *a, const struct symbol *b, int width)
{
    int from = a->x + a->w / 2, to = b->x + b->w / 2, widest = 0, run = 0;
    for (int x = from < 0 ? 0 : from; x < to && x < width; x++) {
        run = ink[x] ? 0 : run + 1;
        widest = run > widest ? run : widest;
    }
    return widest;
}

static int compare_int(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* The median white between two Han characters that stand together. */
static double usual_white(const int *ink, const struct symbol *symbols, size_t count, int width, double em)
{
    BI_CLEANUP(bi_freep) int *whites = bi_xcalloc(count + 1, sizeof *whites);
    size_t n = 0;
    for (size_t i = 0; i + 1 < count; i++)
        if (is_square(&symbols[i]) && is_square(&symbols[i + 1]))
            whites[n++] = white_between(ink, &symbols[i], &symbols[i + 1], width);
    if (n == 0)
        return 0.1 * em;
    qsort(whites, n, sizeof *whites, compare_int);
    return whites[(n - 1) / 2];
}

static bool space_between(const int *ink, const struct symbol *a, const struct symbol *b, int width,
                          double usual, double em)
{
    uint32_t left = rune_of(a), right = rune_of(b);
    double white = white_between(ink, a, b, width);
    bool chinese = bi_rune_is_cjk(left) || bi_rune_is_cjk(right);
    if ((bi_rune_is_cjk(left) && !is_square(a)) || (bi_rune_is_cjk(right) && !is_square(b)))
        return false;
    if (!chinese)
        return b->begins_word && white > LATIN_SPACE_EMS * em;
    return white > usual + CHINESE_SPACE_EMS * em;
}

static bool has_ink(const int *ink, int from, int to, int width)
{
    for (int x = from < 0 ? 0 : from; x < to && x < width; x++)
        if (ink[x])
            return true;
    return false;
}

/* Symbols over white paper at either end of the strip: the network takes the edge for a mark. */
static void drop_invented(const struct symbol **symbols, size_t *count, const int *ink, int width)
{
    while (*count && !has_ink(ink, (*symbols)[*count - 1].x,
                              (*symbols)[*count - 1].x + (*symbols)[*count - 1].w, width))
        --*count;
    while (*count && !has_ink(ink, (*symbols)->x, (*symbols)->x + (*symbols)->w, width)) {
        ++*symbols;
        --*count;
    }
}

void reading_add(struct reading *reading, struct bi_arena *arena, const struct strip *strip,
                 const struct symbol *symbols, size_t count, const struct folds *folds)
{
    int width = strip->plane.width;
    BI_CLEANUP(bi_freep) int *ink = profile_columns(&strip->plane, 0, strip->plane.height);
    drop_invented(&symbols, &count, ink, width);
    double usual = usual_white(ink, symbols, count, width, strip->em);
    for (size_t i = 0; i < count; i++) {
        const struct symbol *symbol = &symbols[i];
        if (i && space_between(ink, symbol - 1, symbol, width, usual, strip->em))
            bi_text_add(&reading->text, " ");
        const char *before = i ? symbol[-1].readings[0].text : NULL;
        const char *after = i + 1 < count ? symbol[1].readings[0].text : NULL;
        reading->glyphs = bi_arena_grow(arena, reading->glyphs, reading->count, &reading->capacity,
                                        sizeof *reading->glyphs);
        struct bi_glyph *glyph = &reading->glyphs[reading->count++];
        *glyph = (struct bi_glyph){
            .box = strip_box_on_page(strip, symbol->x, symbol->w),
            .readings = bi_arena_array(arena, symbol->reading_count, sizeof *glyph->readings),
        };
        for (size_t j = 0; j < symbol->reading_count; j++) {
            const char *text = folds_apply(folds, symbol->readings[j].text, before, after);
            bool known = false;
            for (size_t k = 0; k < glyph->reading_count; k++)
                known = known || strcmp(glyph->readings[k].text, text) == 0;
            if (!known)
                glyph->readings[glyph->reading_count++] =
                    (struct bi_reading){bi_arena_strdup(arena, text), symbol->readings[j].confidence};
        }
        bi_text_add(&reading->text, glyph->readings[0].text);
    }
}

void reading_finish(struct reading *reading, struct bi_arena *arena, struct bi_line *line)
{
    double sum = 0;
    for (size_t i = 0; i < reading->count; i++)
        sum += reading->glyphs[i].readings[0].confidence;
    line->text = bi_arena_strdup(arena, bi_text_get(&reading->text));
    line->confidence = reading->count ? sum / (double)reading->count : 0;
    line->glyphs = reading->glyphs;
    line->glyph_count = reading->count;
}
