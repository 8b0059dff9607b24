#include "archive/set.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

void archive_set_add(struct archive_set *set, uint32_t article)
{
    if (set->count == set->capacity) {
        set->capacity = set->capacity ? set->capacity * 2 : 256;
        set->articles = bi_xrealloc(set->articles, set->capacity * sizeof *set->articles);
    }
    set->articles[set->count++] = article;
}

void archive_set_release(struct archive_set *set)
{
    free(set->articles);
    *set = (struct archive_set){0};
}

void archive_set_copy(struct archive_set *set, const uint32_t *articles, size_t count)
{
    *set = (struct archive_set){
        .articles = bi_xcalloc(count + 1, sizeof *articles),
        .count = count,
        .capacity = count + 1,
    };
    if (count)
        memcpy(set->articles, articles, count * sizeof *articles);
}

/* Keeps the members of which it is `present` that they are in the list. */
static void keep(struct archive_set *set, const uint32_t *articles, size_t count, bool present)
{
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < set->count; i++) {
        uint32_t article = set->articles[i];
        while (at < count && articles[at] < article)
            at++;
        if ((at < count && articles[at] == article) == present)
            set->articles[kept++] = article;
    }
    set->count = kept;
}

void archive_set_intersect(struct archive_set *set, const uint32_t *articles, size_t count)
{
    keep(set, articles, count, true);
}

void archive_set_subtract(struct archive_set *set, const uint32_t *articles, size_t count)
{
    keep(set, articles, count, false);
}

void archive_set_unite(struct archive_set *set, const uint32_t *articles, size_t count)
{
    uint32_t *all = bi_xcalloc(set->count + count + 1, sizeof *all);
    size_t n = 0, a = 0, b = 0;
    while (a < set->count || b < count) {
        bool mine = b >= count || (a < set->count && set->articles[a] <= articles[b]);
        uint32_t article = mine ? set->articles[a++] : articles[b++];
        if (n == 0 || all[n - 1] != article)
            all[n++] = article;
    }
    free(set->articles);
    *set = (struct archive_set){.articles = all, .count = n, .capacity = n};
}

size_t archive_set_find(const uint32_t *articles, size_t count, uint32_t article)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (articles[middle] < article)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && articles[low] == article ? low : SIZE_MAX;
}

void archive_bits_add(struct archive_bits *bits, uint32_t article)
{
    if (article >= bits->size) {
        size_t size = ((size_t)article * 2 + 64) / 64 * 64;
        bits->words = bi_xrealloc(bits->words, size / 8);
        memset(bits->words + bits->size / 64, 0, (size - bits->size) / 8);
        bits->size = size;
    }
    bits->words[article / 64] |= UINT64_C(1) << (article % 64);
}

void archive_bits_release(struct archive_bits *bits)
{
    free(bits->words);
    *bits = (struct archive_bits){0};
}
