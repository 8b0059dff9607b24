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

static double rarity(const struct st_profile *all, size_t count, uint64_t pair)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += has(&all[i], pair);
    double idf = log((double)(count + 1) / (double)(found + 1)) + 0.1;
    return idf * idf;
}

double st_profile_likeness(const struct st_profile *all, size_t count, size_t a, size_t b)
{
    double common = 0;
    for (size_t i = 0; i < all[a].count; i++)
        if (has(&all[b], all[a].pairs[i]))
            common += rarity(all, count, all[a].pairs[i]);
    if (common <= 0)
        return 0;
    /* Nearly all pairs of a text are rare; their number times the rarity of one that occurs once stands for
     * the norm. */
    double once = log((double)(count + 1) / 2.0) + 0.1;
    double norm = sqrt((double)all[a].count * (double)all[b].count) * once * once;
    return norm > 0 ? common / norm : 0;
}

double st_text_likeness(struct bi_arena *arena, const char *a, const char *b)
{
    struct st_profile x = st_profile_of(arena, a), y = st_profile_of(arena, b);
    if (x.count > y.count) {
        struct st_profile swap = x;
        x = y;
        y = swap;
    }
    if (!x.count)
        return 0;
    size_t common = 0;
    for (size_t i = 0; i < x.count; i++)
        common += has(&y, x.pairs[i]);
    return (double)common / (double)x.count;
}
