#include "words.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/text.h"

#define MIN_ENTRIES 1024
#define MAX_WORD 8
/* A Chinese character that is no word and in none that fits, as if it had been counted so often. */
#define UNKNOWN_COUNT 0.5
/* What a character of Chinese text costs on the average, natural logarithm: taken off, so that longer texts
 * do not lose by their length. */
#define USUAL_COST 5.0
/* Logarithm of the probability of what is neither Chinese nor listed here, per character. */
#define OTHER (-USUAL_COST)
/* How often punctuation stands after a Chinese character in newspapers; of what is misread as it, hardly
 * ever. */
static const struct {
    uint32_t rune;
    double probability;
} PUNCTUATION[] = {
    {0xFF0C, 0.06},  {0x3002, 0.03},  {0x3001, 0.012},  {0x201C, 0.006}, {0x201D, 0.006}, {0xFF1A, 0.004},
    {0xFF1B, 0.002}, {0x300A, 0.003}, {0x300B, 0.003},  {0xFF08, 0.003}, {0xFF09, 0.003}, {0xFF01, 0.001},
    {0xFF1F, 0.001}, {0x2014, 0.003}, {0x2026, 0.0005}, {0xB7, 0.0005},  {0xFF0E, 1e-5},  {'.', 1e-5},
    {'-', 1e-4},     {'\'', 1e-5},    {'"', 1e-4},
};

struct entry {
    uint64_t key; /* 0: free */
    float cost;
};

struct words {
    struct entry *entries;
    size_t size; /* a power of 2 */
    double unknown;
};

static uint64_t key_of(const uint32_t *text, size_t count)
{
    uint64_t key = 1469598103934665603u;
    for (size_t i = 0; i < count; i++)
        key = (key ^ text[i]) * 1099511628211u;
    return key ? key : 1;
}

static struct entry *find(const struct words *words, uint64_t key)
{
    size_t at = (size_t)(key ^ key >> 29) & (words->size - 1);
    while (words->entries[at].key && words->entries[at].key != key)
        at = (at + 1) & (words->size - 1);
    return &words->entries[at];
}

void words_free(struct words *words)
{
    if (words)
        free(words->entries);
    free(words);
}

static void words_freep(struct words **words)
{
    words_free(*words);
}

/* One line; false if it is not a word, a tab and a number. */
static bool add_line(struct words *words, const char *line, size_t length, double *total)
{
    uint32_t text[MAX_WORD];
    size_t count = 0;
    const char *tab = memchr(line, '\t', length), *s = line;
    char number[32], *end;
    if (!tab || tab == line || (size_t)(line + length - tab) > sizeof number)
        return false;
    while (s < tab && count < MAX_WORD)
        text[count++] = bi_rune_next(&s);
    length -= (size_t)(tab + 1 - line);
    memcpy(number, tab + 1, length);
    number[length] = '\0';
    double times = strtod(number, &end);
    if (end == number || *end || !(times > 0) || !isfinite(times))
        return false;
    if (s < tab)
        return true;
    uint64_t key = key_of(text, count);
    *find(words, key) = (struct entry){key, (float)times};
    *total += times;
    return true;
}

int words_parse(const char *path, const char *data, size_t size, struct words **words, struct bi_error *err)
{
    size_t lines = 0, number = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    BI_CLEANUP(words_freep) struct words *read = bi_xcalloc(1, sizeof *read);
    for (read->size = MIN_ENTRIES; read->size < 2 * lines; read->size *= 2)
        ;
    read->entries = bi_xcalloc(read->size, sizeof *read->entries);
    double total = 0;
    for (const char *line = data, *end; line < data + size; line = end + 1, number++) {
        end = memchr(line, '\n', (size_t)(data + size - line));
        if (!end || !add_line(read, line, (size_t)(end - line), &total))
            return bi_error_set(err, BI_EXIT_MACHINE, "%s: line %zu is not a word and a number", path,
                                number);
    }
    for (size_t i = 0; i < read->size; i++)
        if (read->entries[i].key)
            read->entries[i].cost = (float)log((double)read->entries[i].cost / total);
    read->unknown = log(UNKNOWN_COUNT / (total > 1 ? total : 1));
    *words = read;
    read = NULL;
    return 0;
}

static bool is_latin(uint32_t rune)
{
    return (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z');
}

/* `before` and `after`: its neighbours, 0 at the ends. Beside Latin letters and digits anything may stand. */
static double punctuation(uint32_t rune, uint32_t before, uint32_t after)
{
    if (is_latin(before) || is_latin(after))
        return OTHER;
    for (size_t i = 0; i < sizeof PUNCTUATION / sizeof *PUNCTUATION; i++)
        if (PUNCTUATION[i].rune == rune)
            return log(PUNCTUATION[i].probability);
    return OTHER;
}

double words_score(const struct words *words, const uint32_t *text, size_t count)
{
    BI_CLEANUP(bi_freep) double *best = bi_xcalloc(count + 1, sizeof *best);
    for (size_t i = 1; i <= count; i++) {
        uint32_t rune = text[i - 1];
        best[i] = best[i - 1] + (bi_rune_is_han(rune)
                                     ? words->unknown
                                     : punctuation(rune, i > 1 ? text[i - 2] : 0, i < count ? text[i] : 0));
        for (size_t n = 1; n <= i && n <= MAX_WORD && bi_rune_is_han(text[i - n]); n++) {
            const struct entry *entry = find(words, key_of(text + i - n, n));
            if (entry->key && best[i - n] + (double)entry->cost > best[i])
                best[i] = best[i - n] + (double)entry->cost;
        }
    }
    return best[count] + USUAL_COST * (double)count;
}
