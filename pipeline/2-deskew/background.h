/* The paper's brightness all over a page, and the page with it divided out. */
#ifndef DESKEW_BACKGROUND_H
#define DESKEW_BACKGROUND_H

#include "grey.h"

/* The paper's grey at the centres of square tiles, `tile` pixels of the scan wide. */
struct background {
    int columns, rows;
    double tile;
    float *paper;
    uint8_t *plain; /* 1 where the tile is paper with or without type, 0 where it is a picture, reversed or
                       off the page */
};

/* work: the scan reduced by `reduction`. page: of struct border, at any smaller size.
 *
 * A tile's paper is a high percentile of its pixels. A photograph has none to see, so a first model of the
 * page is the product of a profile over its columns and one over its rows, each taken from the brighter tiles
 * and not allowed to dip between brighter ones; that follows a gutter shadow and uneven lamps but no picture.
 * Tiles near the model are believed and smoothed, the others filled in from them. */
struct background background_find(const struct grey *work, int reduction, const struct grey *page);
void background_release(struct background *background);

/* Grey levels, as shares of the paper's, that become black and white. */
struct tone {
    double black, white;
    double noise; /* standard deviation of the paper's grain, in 255ths of its grey */
};

/* From the scan itself, on tiles of paper and type alone. */
struct tone background_tone(const struct background *background, const struct grey *scan);

/* Divides the paper out and stretches, in place. Dark surround becomes white. */
void background_flatten(const struct background *background, struct tone tone, const struct grey *page,
                        struct grey *scan);

#endif
