/* Rough lines of text: chains of components of the size of type. Not the layout of the page, which is the
 * next stage's; enough to measure angles, the distance of lines and the size of type on. */
#ifndef DESKEW_LINES_H
#define DESKEW_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "components.h"

/* Components whose box is at least `min_pixels` in one direction, and at most `max_pixels` in both, count as
 * type. */
struct type_size {
    int min_pixels, max_pixels;
};

bool type_is(const struct component *item, struct type_size type);

/* A line of text in sheared coordinates: x from x0 to x1-1, and v = y + tangent · x from v0 to v1. */
struct text_line {
    int x0, x1;
    double v0, v1;
    int items; /* components in it */
};

struct text_lines {
    struct text_line *lines; /* in no particular order */
    size_t count;
    int32_t *line_of;   /* for every component the number of its line, or -1 */
    double type_pixels; /* size of the common component of type; 0 if there is none */
    double tangent;
};

/* Lines that rise to the right by about `tangent`. Components that lie side by side, nearer than the gap
 * between two columns, chain up; what is no taller than type and a few characters long is a line. Release
 * with text_lines_release. */
void text_lines_find(const struct components *components, struct type_size type, double tangent,
                     struct text_lines *lines);
/* The same, where lines bend: a chain of many components is a line, too, if it is no taller than type about a
 * parabola that is not steep. x0 … v1 are still of the box about it. */
void text_lines_find_bent(const struct components *components, struct type_size type, double tangent,
                          struct text_lines *lines);
void text_lines_release(struct text_lines *lines);

#endif
