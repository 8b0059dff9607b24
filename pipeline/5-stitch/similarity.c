#include "similarity.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "runes.h"

#define IDF_POWER 1.5
/* What a pair that all texts have still counts. */
#define COMMON_IDF 0.1
/* Of words: shorter ones are and, of, to. */
#define LEAST_WORD_LETTERS 4
#define FNV_BASIS 0xCBF29CE484222325u
#define FNV_PRIME 0x100000001B3u

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* The words of a text that are long enough to tell anything, as numbers (FNV-1a); there is room for its
 * runes. */
static size_t find_words(struct bi_arena *arena, const char *text, uint64_t *words)
{
    size_t count = 0, length = 0;
    uint64_t hash = FNV_BASIS;
    for (bool more = true; more;) {
        const char *from = text;
        uint32_t rune = bi_rune_next(&text);
        more = rune != 0;
        struct st_runes one = st_runes_folded(arena, bi_arena_strndup(arena, from, (size_t)(text - from)));
        if (one.count == 1 && st_rune_is_letter(one.data[0])) {
            hash = (hash ^ one.data[0]) * FNV_PRIME;
            length++;
            continue;
        }
        if (length >= LEAST_WORD_LETTERS)
            words[count++] = hash;
        hash = FNV_BASIS;
        length = 0;
    }
    return count;
}

struct st_profile st_profile_of(struct bi_arena *arena, const char *text)
{
    struct st_runes runes = st_runes_folded(arena, text);
    uint64_t *pairs = bi_arena_array(arena, runes.count + 1, sizeof *pairs);
    struct st_profile profile = {pairs, bi_arena_array(arena, runes.count + 1, sizeof(float)), NULL, 0, 0};
    bool words = st_is_latin(text);
    size_t count = words ? find_words(arena, text, pairs) : 0;
    for (size_t i = 0; !words && i + 1 < runes.count; i++)
        if (!st_rune_is_mark(runes.data[i]) && !st_rune_is_mark(runes.data[i + 1]))
            pairs[count++] = (uint64_t)runes.data[i] << 32 | runes.data[i + 1];
    qsort(pairs, count, sizeof *pairs, by_value);
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && pairs[next] == pairs[i];)
            next++;
        profile.weights[profile.count] = (float)(1 + log((double)(next - i)));
        pairs[profile.count++] = pairs[i];
    }
    return profile;
}

static bool has(const struct st_profile *profile, uint64_t pair)
{
    return profile->count && bsearch(&pair, profile->pairs, profile->count, sizeof pair, by_value);
}

/* All pairs of all profiles, sorted, as often as there are profiles that have them. */
static uint64_t *all_pairs(struct bi_arena *arena, const struct st_profile *profiles, size_t count,
                           size_t *total)
{
    *total = 0;
    for (size_t i = 0; i < count; i++)
        *total += profiles[i].count;
    uint64_t *pairs = bi_arena_array(arena, *total + 1, sizeof *pairs);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        memcpy(pairs + at, profiles[i].pairs, profiles[i].count * sizeof *pairs);
        at += profiles[i].count;
    }
    qsort(pairs, *total, sizeof *pairs, by_value);
    return pairs;
}

size_t st_profiles_weigh(struct bi_arena *arena, struct st_profile *profiles, size_t count)
{
    size_t total, kinds = 0;
    uint64_t *pairs = all_pairs(arena, profiles, count, &total);
    float *rarity = bi_arena_array(arena, total + 1, sizeof *rarity);
    for (size_t i = 0, next; i < total; i = next) {
        for (next = i + 1; next < total && pairs[next] == pairs[i];)
            next++;
        double idf = log((double)(count + 1) / (double)(next - i + 1)) + COMMON_IDF;
        pairs[kinds] = pairs[i];
        rarity[kinds++] = (float)pow(idf, IDF_POWER);
    }
    for (size_t i = 0; i < count; i++) {
        double squares = 0;
        profiles[i].kinds = bi_arena_array(arena, profiles[i].count + 1, sizeof *profiles[i].kinds);
        for (size_t j = 0; j < profiles[i].count; j++) {
            const uint64_t *at = bsearch(&profiles[i].pairs[j], pairs, kinds, sizeof *pairs, by_value);
            profiles[i].kinds[j] = (uint32_t)(at - pairs);
            profiles[i].weights[j] *= rarity[at - pairs];
            squares += (double)profiles[i].weights[j] * profiles[i].weights[j];
        }
        profiles[i].length = sqrt(squares);
    }
    return kinds;
}

void st_profile_likeness(const struct st_profile *one, const struct st_profile *const *others, size_t count,
                         float *room, double *likeness)
{
    for (size_t i = 0; i < one->count; i++)
        room[one->kinds[i]] = one->weights[i];
    for (size_t j = 0; j < count; j++) {
        const struct st_profile *other = others[j];
        double common = 0;
        for (size_t i = 0; i < other->count; i++)
            common += (double)room[other->kinds[i]] * other->weights[i];
        likeness[j] = common > 0 ? common / (one->length * other->length) : 0;
    }
    for (size_t i = 0; i < one->count; i++)
        room[one->kinds[i]] = 0;
}

double st_profile_share(const struct st_profile *a, const struct st_profile *b)
{
    const struct st_profile *x = a->count > b->count ? b : a, *y = a->count > b->count ? a : b;
    if (!x->count)
        return 0;
    size_t common = 0;
    for (size_t i = 0; i < x->count; i++)
        common += has(y, x->pairs[i]);
    return (double)common / (double)x->count;
}

double st_text_likeness(struct bi_arena *arena, const char *a, const char *b)
{
    struct st_profile x = st_profile_of(arena, a), y = st_profile_of(arena, b);
    return st_profile_share(&x, &y);
}
