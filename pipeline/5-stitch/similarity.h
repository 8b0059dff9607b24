/* Likeness of texts by the pairs of characters they share, rare pairs counting more. */
#ifndef STITCH_SIMILARITY_H
#define STITCH_SIMILARITY_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct st_profile {
    uint64_t *pairs; /* sorted, each once */
    size_t count;
};

/* The pairs of neighbouring letters, digits and Han characters of a text, folded. */
struct st_profile st_profile_of(struct bi_arena *arena, const char *text);
/* How rare each pair of a number of profiles is among them. */
struct st_rarity {
    uint64_t *pairs; /* sorted, each once */
    double *weights; /* of each */
    double once;     /* the weight of a pair that one profile alone has */
    size_t count;
};

struct st_rarity st_rarity_of(struct bi_arena *arena, const struct st_profile *profiles, size_t count);
/* Cosine of two of those profiles, each pair weighted by the square of its rarity: 0 … 1. */
double st_profile_likeness(const struct st_rarity *rarity, const struct st_profile *a,
                           const struct st_profile *b);
/* Share of the smaller profile's pairs that the larger one has too, 0 … 1: for headlines and slugs. */
double st_profile_share(const struct st_profile *a, const struct st_profile *b);
/* The same of two texts. */
double st_text_likeness(struct bi_arena *arena, const char *a, const char *b);

#endif
