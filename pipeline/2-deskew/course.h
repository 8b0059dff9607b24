/* The course of a line across a page, nearly along its rows or its columns. */
#ifndef DESKEW_COURSE_H
#define DESKEW_COURSE_H

#include <stdbool.h>

#include "grey.h"

/* A line is followed in pieces so long (pixels of the reduced scan: some four characters). */
#define COURSE_PIECE_PIXELS 64
/* It is no wider than NEAR to each side; from there to FAR its neighbourhood is looked at. */
#define COURSE_NEAR_PIXELS 5
#define COURSE_FAR_PIXELS 10

/* An image seen along one of its directions. */
struct view {
    uint8_t *pixels;
    size_t along, across; /* bytes to the next pixel */
    int length, width;
};

/* down: along its columns. */
static inline struct view view_of(const struct grey *grey, bool down)
{
    return down ? (struct view){grey->pixels, grey->stride, 1, grey->height, grey->width}
                : (struct view){grey->pixels, 1, grey->stride, grey->width, grey->height};
}

/* path[piece]: place across the scan reduced by `reduction`, in the middle of the piece. */
struct course {
    const int *path;
    int pieces, reduction;
};

/* Place of the course across the scan at a pixel along it. */
double course_place(const struct course *course, int along);

#endif
