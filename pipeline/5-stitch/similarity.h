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
/* Cosine of two profiles, each pair weighted by the square of its rarity among all the profiles: 0 … 1. */
double st_profile_likeness(const struct st_profile *all, size_t count, size_t a, size_t b);
/* Share of the shorter text's pairs that the longer one has too, 0 … 1: for headlines and slugs. */
double st_text_likeness(struct bi_arena *arena, const char *a, const char *b);

#endif
