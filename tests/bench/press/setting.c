#include "setting.h"

#include <math.h>
#include <string.h>

static bool among(uint32_t rune, const char *list)
{
    for (uint32_t other; (other = bi_rune_next(&list));)
        if (other == rune)
            return true;
    return false;
}

bool setting_begins_no_line(uint32_t rune)
{
    return among(rune, "，。、；：！？）》〉」』】”’…—％,.;:!?)%");
}

static bool ends_no_line(uint32_t rune)
{
    return among(rune, "（《〈「『【“‘(");
}

/* Wide stops and brackets have half an em of white that a tight line takes away. */
static bool gives_way(uint32_t rune)
{
    return among(rune, "，。、；：）》」』】”（《「『【“");
}

static bool is_space(uint32_t rune)
{
    return rune == ' ' || rune == 0x3000;
}

static bool of_word(uint32_t rune)
{
    return rune > ' ' && rune < 0x250;
}

static bool is_letter(uint32_t rune)
{
    return (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z';
}

static bool is_vowel(uint32_t rune)
{
    return among(rune | 0x20, "aeiouy");
}

struct copy setting_copy(struct bi_arena *arena, const char *text)
{
    struct copy copy = {.runes = bi_arena_array(arena, bi_rune_count(text) + 1, sizeof(uint32_t))};
    for (uint32_t rune; (rune = bi_rune_next(&text));)
        copy.runes[copy.count++] = rune;
    return copy;
}

static struct type_face face_of(const struct setting *setting, const struct copy *copy, size_t i)
{
    return i < copy->bold ? setting->bold : setting->face;
}

static double advance(const struct setting *setting, const struct copy *copy, size_t i)
{
    return setting->size * type_advance(setting->type, face_of(setting, copy, i), copy->runes[i]);
}

/* A line may end before character i. */
static bool may_break(const struct copy *copy, size_t i)
{
    uint32_t before = copy->runes[i - 1], after = copy->runes[i];
    if (is_space(before) || is_space(after))
        return true;
    if (of_word(before) && of_word(after))
        return before == '-';
    return !setting_begins_no_line(after) && !ends_no_line(before);
}

/* A word may be hyphenated before character i: between a vowel and a consonant with a vowel behind it, three
 * letters from either end. */
static bool may_hyphenate(const struct copy *copy, size_t i)
{
    for (size_t k = 0; k < 3; k++)
        if (i < k + 1 || i + k >= copy->count || !is_letter(copy->runes[i - k - 1]) ||
            !is_letter(copy->runes[i + k]))
            return false;
    return is_vowel(copy->runes[i - 1]) && !is_vowel(copy->runes[i]) && is_vowel(copy->runes[i + 1]);
}

/* Where the line ends, and whether with a hyphen. */
static size_t find_end(const struct setting *setting, const struct copy *copy, size_t from, double measure,
                       double indent, bool *hyphen)
{
    double width = indent, white = 0;
    size_t best = from, hyphenated = from, i = from;
    *hyphen = false;
    for (; i < copy->count && i - from < SETTING_MOST_RUNES - 1; i++) {
        double next = advance(setting, copy, i);
        if (i > from && may_break(copy, i) && width - fmin(white, 0.5 * setting->size) <= measure)
            best = i;
        if (setting->latin && may_hyphenate(copy, i) && width + 0.33 * setting->size <= measure)
            hyphenated = i;
        if (is_space(copy->runes[i]) && width <= measure && i > from)
            best = i;
        if (width - 0.5 * setting->size > measure)
            break;
        width += next;
        if (gives_way(copy->runes[i]))
            white += 0.4 * setting->size;
    }
    if (i == copy->count && width - fmin(white, 0.5 * setting->size) <= measure)
        return i;
    if (hyphenated > best && hyphenated - best > 2) {
        *hyphen = true;
        return hyphenated;
    }
    if (best > from)
        return best;
    /* A word wider than the column is cut where the column ends. */
    width = indent;
    for (i = from; i < copy->count && width + advance(setting, copy, i) <= measure; i++)
        width += advance(setting, copy, i);
    *hyphen = i > from && i < copy->count && is_letter(copy->runes[i]) && is_letter(copy->runes[i - 1]);
    return i > from ? i : from + 1;
}

static bool is_gap(const struct setting *setting, const struct copy *copy, size_t i)
{
    if (setting->latin)
        return copy->runes[i] == ' ';
    return !(of_word(copy->runes[i]) && of_word(copy->runes[i + 1]));
}

void setting_line(const struct setting *setting, const struct copy *copy, size_t from, double measure,
                  double indent, struct setting_line *line)
{
    while (from < copy->count && is_space(copy->runes[from]))
        from++;
    line->from = from;
    line->to = find_end(setting, copy, from, measure, indent, &line->hyphen);
    while (line->to > from + 1 && is_space(copy->runes[line->to - 1]))
        line->to--;
    line->ends = line->to >= copy->count;
    double natural = indent;
    int gaps = 0, stops = 0;
    for (size_t i = from; i < line->to; i++) {
        natural += advance(setting, copy, i);
        gaps += i + 1 < line->to && is_gap(setting, copy, i);
        stops += gives_way(copy->runes[i]);
    }
    if (line->hyphen)
        natural += setting->size * type_advance(setting->type, setting->face, '-');
    double slack = measure - natural, x = indent;
    if (line->ends && slack > 0)
        slack = 0;
    for (size_t i = from; i < line->to; i++) {
        line->x[i - from] = x;
        x += advance(setting, copy, i);
        if (slack > 0 && i + 1 < line->to && is_gap(setting, copy, i))
            x += slack / gaps;
        if (slack < 0 && gives_way(copy->runes[i]))
            x += slack / stops;
    }
    line->right = x;
}

double setting_width(const struct setting *setting, const char *text)
{
    double width = 0;
    for (uint32_t rune; (rune = bi_rune_next(&text));)
        width += setting->size * type_advance(setting->type, setting->face, rune);
    return width;
}

void setting_print(struct sheet *sheet, const struct setting *setting, const struct copy *copy,
                   const struct setting_line *line, double x, double y, struct bi_text *text)
{
    double baseline = y + TYPE_ABOVE_BASELINE * setting->size;
    for (size_t i = line->from; i < line->to; i++) {
        type_print(setting->type, sheet->cr, face_of(setting, copy, i), setting->size, copy->runes[i],
                   x + line->x[i - line->from], baseline);
        bi_text_add_rune(text, copy->runes[i]);
    }
    if (line->hyphen) {
        type_print(setting->type, sheet->cr, setting->face, setting->size, '-', x + line->right, baseline);
        bi_text_add(text, "-");
    }
}

double setting_label(struct sheet *sheet, const struct setting *setting, const char *text, double x, double y,
                     double tracking, struct record_block *block)
{
    double left = x, right = x;
    for (const char *s = text; *s;) {
        uint32_t rune = bi_rune_next(&s);
        type_print(setting->type, sheet->cr, setting->face, setting->size, rune, x,
                   y + TYPE_ABOVE_BASELINE * setting->size);
        right = x + setting->size * type_advance(setting->type, setting->face, rune);
        x = right + tracking;
    }
    record_add_line(sheet->record, block, text, left, y, right, y + setting->size);
    return right - left;
}

double setting_upright(struct sheet *sheet, const struct setting *setting, const char *text, double x,
                       double y, double pitch, struct record_block *block)
{
    double top = y;
    for (const char *s = text; *s; y += pitch)
        type_print_upright(setting->type, sheet->cr, setting->face, setting->size, bi_rune_next(&s), x, y);
    block->vertical = true;
    double bottom = y - pitch + setting->size;
    record_add_line(sheet->record, block, text, x, top, x + setting->size, bottom);
    return bottom - top;
}
