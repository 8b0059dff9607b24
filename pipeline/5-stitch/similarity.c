#include "similarity.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "runes.h"

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

struct st_profile st_profile_of(struct bi_arena *arena, const char *text)
{
    struct st_runes runes = st_runes_folded(arena, text);
    struct st_profile profile = {bi_arena_array(arena, runes.count + 1, sizeof(uint64_t)), 0};
    size_t count = 0;
    for (size_t i = 0; i + 1 < runes.count; i++)
        if (!st_rune_is_mark(runes.data[i]) && !st_rune_is_mark(runes.data[i + 1]))
            profile.pairs[count++] = (uint64_t)runes.data[i] << 32 | runes.data[i + 1];
    qsort(profile.pairs, count, sizeof *profile.pairs, by_value);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || profile.pairs[i] != profile.pairs[i - 1])
            profile.pairs[profile.count++] = profile.pairs[i];
    return profile;
}

static bool has(const struct st_profile *profile, uint64_t pair)
{
    return profile->count && bsearch(&pair, profile->pairs, profile->count, sizeof pair, by_value);
}

static double weight(size_t profiles, size_t found)
{
    double idf = log((double)(profiles + 1) / (double)(found + 1)) + 0.1;
    return idf * idf;
}

struct st_rarity st_rarity_of(struct bi_arena *arena, const struct st_profile *profiles, size_t count)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += profiles[i].count;
    struct st_rarity rarity = {
        .pairs = bi_arena_array(arena, total + 1, sizeof *rarity.pairs),
        .weights = bi_arena_array(arena, total + 1, sizeof *rarity.weights),
        .once = weight(count, 1),
    };
    total = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < profiles[i].count; j++)
            rarity.pairs[total++] = profiles[i].pairs[j];
    qsort(rarity.pairs, total, sizeof *rarity.pairs, by_value);
    for (size_t i = 0, next; i < total; i = next) {
        for (next = i + 1; next < total && rarity.pairs[next] == rarity.pairs[i];)
            next++;
        rarity.pairs[rarity.count] = rarity.pairs[i];
        rarity.weights[rarity.count++] = weight(count, next - i);
    }
    return rarity;
}

static double weight_of(const struct st_rarity *rarity, uint64_t pair)
{
    const uint64_t *at = bsearch(&pair, rarity->pairs, rarity->count, sizeof pair, by_value);
    return at ? rarity->weights[at - rarity->pairs] : 0;
}

double st_profile_likeness(const struct st_rarity *rarity, const struct st_profile *a,
                           const struct st_profile *b)
{
    double common = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        if (a->pairs[i] == b->pairs[j]) {
            common += weight_of(rarity, a->pairs[i]);
            i++;
            j++;
        } else if (a->pairs[i] < b->pairs[j]) {
            i++;
        } else {
            j++;
        }
    }
    if (common <= 0)
        return 0;
    /* Nearly all pairs of a text are rare; their number times the weight of one that occurs once stands for
     * the norm. */
    double norm = sqrt((double)a->count * (double)b->count) * rarity->once;
    return norm > 0 ? common / norm : 0;
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
