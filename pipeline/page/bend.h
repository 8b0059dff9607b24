/* How the lines of a page bent on its scan: the part of the way back to the scan that is no straight map. */
#ifndef PAGE_BEND_H
#define PAGE_BEND_H

#include <stdbool.h>

/* A grid of nodes over the upright page, the first at (0, 0), row by row. Each says how many pixels further
 * down, before the page was straightened, the point lay that is now there. Between nodes it is bilinear,
 * beyond the outermost that of the nearest edge. No nodes: the page was not bent, or is as it was. */
struct bi_bend {
    int columns, rows;
    double step_x, step_y; /* pixels of the upright page between two nodes */
    double *down;          /* columns × rows, from the arena of the transform */
};

/* Neighbouring nodes differ by no more than this share of their distance: straightened, a page is nowhere
 * squeezed by more, and the way back is the only one. */
#define BI_BEND_MAX_SLOPE 0.5
/* Nodes a side, at most. */
#define BI_BEND_MAX_NODES 256

/* False if the grid is larger or steeper than that. */
bool bi_bend_valid(const struct bi_bend *bend);
/* Pixels down at a point of the upright page. */
double bi_bend_at(const struct bi_bend *bend, double x, double y);
/* The y that a point had before the bend was added: y + bi_bend_at(bend, x, y) is bent_y. */
double bi_bend_undo(const struct bi_bend *bend, double x, double bent_y);

#endif
