#include "spaces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

/* Middles of two Chinese characters further apart than their cells by this, in ems, have a space between
 * them; that between a name and 记者 is a quarter of an em. */
#define CHINESE_SPACE_EMS 0.15
/* The same over a punctuation mark, whose cell is less sure. */
#define MARK_SPACE_EMS 0.33
/* White wider than this between Chinese and Latin, or between Latin letters where the network saw a space; in
 * a line without Chinese white as wide as the former is one too, whatever the network saw. */
#define MIXED_SPACE_EMS 0.33
#define LATIN_SPACE_EMS 0.12
/* Chinese characters on both sides of a half-width bracket, without a space, are closer by this than if it
 * were of full width. */
#define HALF_BRACKET_EMS 0.2
/* At least so wide is the ink of a Chinese character, were it whole, and the place of a digit, also that
 * of 1.
 */
#define HAN_INK_EMS 0.8
#define DIGIT_EMS 0.42
/* The white side of a full-width bracket. */
#define BRACKET_WHITE_MIN_EMS 0.5
#define BRACKET_WHITE_MAX_EMS 0.95
/* Fewer distances between Chinese characters say less about their cells than the size of the type does. */
#define ENOUGH_PITCHES 3

/* Marks that end something, so that a space can follow. */
static const char ENDS[] = "。，、；：！？”’》」』）〉】";

/* Marks that only Chinese has; a comma may be a Latin one that the network knows no better. */
static const char CHINESE_MARKS[] = "。、《》「」『』【】";
/* Marks that follow a word without a space. */
static const char FOLLOWING[] = ",.;:!?，；：！？";

struct setting {
    const struct symbol *symbols;
    size_t count;
    double em, pitch; /* pitch: width of the cells, at least an em */
    bool chinese;     /* it has any characters of Chinese */
};

static uint32_t rune_of(const struct symbol *symbol)
{
    const char *text = symbol->text;
    return bi_rune_next(&text);
}

/* Han and kana fill their cell. */
static bool is_square(const struct symbol *symbol)
{
    return bi_rune_is_han(rune_of(symbol));
}

static bool is_mark(const struct symbol *symbol)
{
    return bi_rune_is_cjk(rune_of(symbol)) && !is_square(symbol);
}

static bool is_among(const struct symbol *symbol, const char *set)
{
    return strstr(set, symbol->text);
}

static double middle(const struct symbol *symbol)
{
    return symbol->x + symbol->w / 2.0;
}

static int compare_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The pitch is the median distance between Chinese characters that follow each other. */
static struct setting setting_of(const struct symbol *symbols, size_t count, double em)
{
    struct setting setting = {symbols, count, em, em, false};
    BI_CLEANUP(bi_freep) double *pitches = bi_xcalloc(count + 1, sizeof *pitches);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        setting.chinese |= is_square(&symbols[i]) || is_among(&symbols[i], CHINESE_MARKS);
        if (i > 0 && is_square(&symbols[i - 1]) && is_square(&symbols[i]))
            pitches[n++] = middle(&symbols[i]) - middle(&symbols[i - 1]);
    }
    if (n == 0)
        return setting;
    qsort(pitches, n, sizeof *pitches, compare_double);
    setting.pitch = pitches[(n - 1) / 2];
    if (n < ENOUGH_PITCHES)
        setting.pitch = fmax(setting.pitch, em);
    setting.em = fmin(setting.pitch, em);
    return setting;
}

/* How much further apart the middles of two symbols are, in ems, than the cells of as many characters. */
static double excess(const struct setting *setting, size_t from, size_t to)
{
    double distance = middle(&setting->symbols[to]) - middle(&setting->symbols[from]);
    return (distance - (double)(to - from) * setting->pitch) / setting->em;
}

/* The least that the Chinese characters at `before` and `after` are too far apart, by themselves and by the
 * neighbours beyond them. */
static double least_excess(const struct setting *setting, size_t before, size_t after)
{
    size_t first = before > 0 && is_square(&setting->symbols[before - 1]) ? before - 1 : before;
    size_t last = after + 1 < setting->count && is_square(&setting->symbols[after + 1]) ? after + 1 : after;
    double least = INFINITY;
    for (size_t from = first; from <= before; from++)
        for (size_t to = after; to <= last; to++)
            least = fmin(least, excess(setting, from, to));
    return least;
}

/* How much of the white on either side of a symbol belongs to it, in ems. */
static double bearing(const struct setting *setting, const struct symbol *symbol)
{
    uint32_t rune = rune_of(symbol);
    double least = is_square(symbol) ? HAN_INK_EMS : rune >= '0' && rune <= '9' ? DIGIT_EMS : 0;
    return fmax(0, least - symbol->w / setting->em) / 2;
}

/* The white between two symbols in ems, but what the setting puts between all. */
static double white_between(const struct setting *setting, const struct symbol *a, const struct symbol *b)
{
    double white = b->x - (a->x + a->w) - (setting->pitch - setting->em);
    return white / setting->em - bearing(setting, a) - bearing(setting, b);
}

/* Whether the half-width bracket that was read at `at` may be printed as a full one, whose white side looks
 * like a space: by the place that it takes between Chinese characters, else by the white. */
static bool fills_cell(const struct setting *setting, size_t at, double white)
{
    const struct symbol *symbol = &setting->symbols[at];
    if (at == 0 || at + 1 == setting->count || !is_square(symbol - 1) || !is_square(symbol + 1))
        return white >= BRACKET_WHITE_MIN_EMS && white <= BRACKET_WHITE_MAX_EMS;
    double more = excess(setting, at - 1, at + 1);
    return more > -HALF_BRACKET_EMS && more < MARK_SPACE_EMS;
}

/* In a line without Chinese. Letters may have been laid over the ink one too far, so the white of a space
 * that the network saw may stand beside it. */
static bool latin_space_before(const struct setting *setting, size_t i)
{
    size_t first = i > 1 ? i - 1 : i, last = i + 1 < setting->count ? i + 1 : i;
    double most = 0;
    bool seen_beside = false;
    for (size_t k = first; k <= last; k++) {
        most = fmax(most, white_between(setting, &setting->symbols[k - 1], &setting->symbols[k]));
        seen_beside |= k != i && setting->symbols[k].begins_word;
    }
    if (setting->symbols[i].begins_word)
        return most > LATIN_SPACE_EMS;
    return !seen_beside && !is_among(&setting->symbols[i], FOLLOWING) &&
           white_between(setting, &setting->symbols[i - 1], &setting->symbols[i]) > MIXED_SPACE_EMS;
}

static bool space_before(const struct setting *setting, size_t i)
{
    const struct symbol *a = &setting->symbols[i - 1], *b = &setting->symbols[i];
    if (!setting->chinese)
        return latin_space_before(setting, i);
    if (is_square(a) && is_square(b))
        return least_excess(setting, i - 1, i) > CHINESE_SPACE_EMS;
    if (is_mark(a) && is_square(b) && is_among(a, ENDS))
        return i > 1 && is_square(a - 1) && least_excess(setting, i - 2, i) > MARK_SPACE_EMS;
    if (is_mark(a) || is_mark(b))
        return false;
    double white = white_between(setting, a, b);
    bool opens = is_among(b, "([{"), closes = is_among(a, ")]}");
    if (!is_square(a) && !is_square(b) && !opens && !closes)
        return b->begins_word && white > LATIN_SPACE_EMS;
    return white > MIXED_SPACE_EMS && !(opens && fills_cell(setting, i, white)) &&
           !(closes && fills_cell(setting, i - 1, white));
}

void spaces_find(const struct symbol *symbols, size_t count, double em, bool *spaces)
{
    struct setting setting = setting_of(symbols, count, em);
    for (size_t i = 0; i < count; i++)
        spaces[i] = i > 0 && space_before(&setting, i);
}
