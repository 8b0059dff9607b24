/* Images as rows of floats: how much ink lies where, or how bright a place is. 0 … 1. */
#ifndef TRAIN_FIELD_H
#define TRAIN_FIELD_H

#include <stddef.h>

#include "base/chance.h"

struct field {
    int width, height;
    float *values; /* width × height, from malloc */
};

/* All 0. Both sides at least 1. */
struct field field_new(int width, int height);
/* Safe on a zeroed field, which it leaves behind. */
void field_release(struct field *field);

static inline float *field_row(const struct field *field, int y)
{
    return field->values + (size_t)y * (size_t)field->width;
}

/* Gaussian blur in place; sigma in pixels, under 0.1 nothing happens. */
void field_blur(struct field *field, double sigma);
/* Evenly distributed noise of mean 0 and range -1 … 1 whose grains are `grain` pixels wide: drawn on a grid
 * of that pitch and interpolated between its points. */
struct field field_noise(int width, int height, double grain, struct chance *chance);

#endif
