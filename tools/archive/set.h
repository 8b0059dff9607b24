/* Sets of articles: their numbers, ascending. */
#ifndef ARCHIVE_SET_H
#define ARCHIVE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct archive_set {
    uint32_t *articles;
    size_t count, capacity;
};

void archive_set_add(struct archive_set *set, uint32_t article); /* higher than those that are in it */
void archive_set_release(struct archive_set *set);
void archive_set_copy(struct archive_set *set, const uint32_t *articles, size_t count);

/* Changes the first set to what is in both, in either, or in it and not in the other. */
void archive_set_intersect(struct archive_set *set, const uint32_t *articles, size_t count);
void archive_set_unite(struct archive_set *set, const uint32_t *articles, size_t count);
void archive_set_subtract(struct archive_set *set, const uint32_t *articles, size_t count);

/* Where an article is in a list, SIZE_MAX if it is not. */
size_t archive_set_find(const uint32_t *articles, size_t count, uint32_t article);

/* The same as bits, for looking up many. */
struct archive_bits {
    uint64_t *words;
    size_t size; /* articles 0 … size-1 */
};

void archive_bits_add(struct archive_bits *bits, uint32_t article);
static inline bool archive_bits_have(const struct archive_bits *bits, uint32_t article)
{
    return article < bits->size && (bits->words[article / 64] >> (article % 64) & 1);
}
void archive_bits_release(struct archive_bits *bits);

#endif
