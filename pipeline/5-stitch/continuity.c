#include "continuity.h"

#include <math.h>
#include <stdlib.h>

#define RUNE_BITS 21
#define MAX_GRAM 3
/* Characters that the issue has not printed but could, and the share of an occurrence each is given. */
#define UNSEEN_RUNES 2000.0
#define UNSEEN_SHARE 0.5

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static uint64_t pack(const uint32_t *runes, size_t n)
{
    uint64_t key = 0;
    for (size_t i = 0; i < n; i++)
        key = key << RUNE_BITS | runes[i];
    return key;
}

static struct st_grams count_grams(struct bi_arena *arena, const struct st_runes *texts, size_t count,
                                   size_t n)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += texts[i].count >= n ? texts[i].count - n + 1 : 0;
    struct st_grams grams = {
        .keys = bi_arena_array(arena, total + 1, sizeof *grams.keys),
        .sums = bi_arena_array(arena, total + 1, sizeof *grams.sums),
    };
    total = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j + n <= texts[i].count; j++)
            grams.keys[total++] = pack(texts[i].data + j, n);
    qsort(grams.keys, total, sizeof *grams.keys, by_value);
    for (size_t i = 0, next; i < total; i = next) {
        for (next = i + 1; next < total && grams.keys[next] == grams.keys[i];)
            next++;
        grams.keys[grams.count] = grams.keys[i];
        grams.sums[grams.count++] = (uint32_t)i;
    }
    grams.sums[grams.count] = (uint32_t)total;
    return grams;
}

void st_continuity_learn(struct bi_arena *arena, const struct st_runes *texts, size_t count,
                         struct st_continuity *continuity)
{
    continuity->one = count_grams(arena, texts, count, 1);
    continuity->two = count_grams(arena, texts, count, 2);
    continuity->three = count_grams(arena, texts, count, 3);
}

/* The first sequence not below a key. */
static size_t lower_bound(const struct st_grams *grams, uint64_t key)
{
    size_t low = 0, high = grams->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (grams->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double occurrences(const struct st_grams *grams, uint64_t key)
{
    size_t at = lower_bound(grams, key);
    return at < grams->count && grams->keys[at] == key ? grams->sums[at + 1] - grams->sums[at] : 0;
}

/* The probability of the last of n runes after the others. */
static double probability(const struct st_continuity *continuity, const uint32_t *runes, size_t n)
{
    if (n == 1)
        return (occurrences(&continuity->one, runes[0]) + UNSEEN_SHARE) /
               (continuity->one.sums[continuity->one.count] +
                UNSEEN_SHARE * ((double)continuity->one.count + UNSEEN_RUNES));
    const struct st_grams *grams = n == 2 ? &continuity->two : &continuity->three;
    uint64_t context = pack(runes, n - 1);
    size_t first = lower_bound(grams, context << RUNE_BITS),
           last = lower_bound(grams, (context + 1) << RUNE_BITS);
    double shorter = probability(continuity, runes + 1, n - 1);
    if (first == last)
        return shorter;
    double kinds = (double)(last - first), seen = grams->sums[last] - grams->sums[first];
    return (occurrences(grams, pack(runes, n)) + kinds * shorter) / (seen + kinds);
}

double st_continuity_score(const struct st_continuity *continuity, struct st_runes before,
                           struct st_runes after)
{
    if (!before.count || !after.count || !continuity->one.count)
        return 0;
    uint32_t around[2 * (MAX_GRAM - 1)];
    size_t context = before.count < MAX_GRAM - 1 ? before.count : MAX_GRAM - 1, n = 0;
    for (size_t i = before.count - context; i < before.count; i++)
        around[n++] = before.data[i];
    for (size_t i = 0; i < after.count && i < MAX_GRAM - 1; i++)
        around[n++] = after.data[i];
    double score = 0;
    for (size_t i = context; i < n; i++) {
        size_t known = i < MAX_GRAM - 1 ? i : MAX_GRAM - 1, own = i - context;
        score += log(probability(continuity, around + i - known, known + 1)) -
                 log(probability(continuity, around + i - own, own + 1));
    }
    return score;
}
