/* Likeness of texts by the pairs of characters they share, rare pairs counting more; by the words they share
 * where they are in Latin letters, whose few pairs all texts have. */
#ifndef STITCH_SIMILARITY_H
#define STITCH_SIMILARITY_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct st_profile {
    uint64_t *pairs; /* sorted, each once */
    float *weights;  /* of each, by how often it occurs here; times its rarity after st_profiles_weigh */
    uint32_t *kinds; /* of each, its number among all pairs; set by st_profiles_weigh */
    double length;   /* of the vector of weights */
    size_t count;
};

/* The pairs of neighbouring letters, digits and Han characters of a text, folded; or its words. */
struct st_profile st_profile_of(struct bi_arena *arena, const char *text);
/* Weighs every pair of a number of profiles by how rare it is among them: (1 + log tf) · idf^1.5, which found
 * the other half of cut newspaper articles best. Returns how many pairs there are in all. */
size_t st_profiles_weigh(struct bi_arena *arena, struct st_profile *profiles, size_t count);
/* Cosines of one weighed profile with others, 0 … 1, into likeness[0 … count-1]. `room` holds a number for
 * each pair in all, zero before and after. */
void st_profile_likeness(const struct st_profile *one, const struct st_profile *const *others, size_t count,
                         float *room, double *likeness);
/* Share of the smaller profile's pairs that the larger one has too, 0 … 1: for headlines and slugs. */
double st_profile_share(const struct st_profile *a, const struct st_profile *b);
/* The same of two texts. */
double st_text_likeness(struct bi_arena *arena, const char *a, const char *b);

#endif
