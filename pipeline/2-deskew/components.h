/* Connected components of a 1-bit image by runs: one pass over the rows, joined by union-find. Leptonica's
 * pixConnComp cuts every component out as an image of its own, which on a grainy page (half a million specks)
 * costs more than everything else in this stage together; here a component is a box and a count. */
#ifndef DESKEW_COMPONENTS_H
#define DESKEW_COMPONENTS_H

#include <leptonica/allheaders.h>
#include <stddef.h>
#include <stdint.h>

/* Black pixels x0 … x1-1 of row y, part of component `component`. */
struct run {
    int32_t x0, x1, y;
    uint32_t component;
};

/* Box x0 … x1-1, y0 … y1-1 and number of black pixels. */
struct component {
    int32_t x0, y0, x1, y1;
    int64_t area;
};

struct components {
    struct run *runs; /* by row, in a row from left to right */
    size_t run_count;
    struct component *items;
    size_t count;
};

/* 8-connected components of a 1-bit image. Release with components_release. */
void components_find(PIX *bitonal, struct components *components);
void components_release(struct components *components);

#endif
