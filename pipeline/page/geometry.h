/* Points, boxes and polygons in image pixels: x to the right, y down, the origin at the top left corner. */
#ifndef PAGE_GEOMETRY_H
#define PAGE_GEOMETRY_H

#include <stdbool.h>
#include <stddef.h>

struct bi_point {
    int x, y;
};

/* Covers x … x+w-1, y … y+h-1. Empty if w or h is 0. */
struct bi_box {
    int x, y, w, h;
};

struct bi_polygon {
    struct bi_point *points; /* from the page's arena */
    size_t count;
};

bool bi_box_empty(struct bi_box box);
struct bi_box bi_box_union(struct bi_box a, struct bi_box b); /* an empty box adds nothing */
struct bi_box bi_box_intersection(struct bi_box a, struct bi_box b);
long bi_box_area(struct bi_box box);
/* Intersection over union, 0 … 1. */
double bi_box_iou(struct bi_box a, struct bi_box b);
/* Length of the common range of [x, x+w) and [y, y+h), 0 if none. */
int bi_box_overlap_x(struct bi_box a, struct bi_box b);
int bi_box_overlap_y(struct bi_box a, struct bi_box b);
/* True if at least `share` (0 … 1) of the area of inner lies in outer. */
bool bi_box_inside(struct bi_box inner, struct bi_box outer, double share);
/* The smallest box around a polygon; empty for an empty polygon. */
struct bi_box bi_polygon_box(const struct bi_polygon *polygon);

#endif
