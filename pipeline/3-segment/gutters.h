/* White strips between columns. A gap in a row of type is a gutter if the white goes on above or below it
 * beside other rows; how far it must go on depends on how wide it is. */
#ifndef SEGMENT_GUTTERS_H
#define SEGMENT_GUTTERS_H

#include <stdint.h>

#include "layout.h"

/* The page as coarse cells with a running count of covered cells along each row. */
struct seg_cells {
    double size; /* working pixels in a cell's side */
    int width, height;
    int32_t *sums;      /* (width + 1) × height; from malloc */
    struct bi_box page; /* in working pixels */
};

/* Covered are `count` boxes of text and the layout's pictures and horizontal rules. */
void seg_cells_init(struct seg_cells *cells, const struct seg_layout *layout, const struct bi_box *boxes,
                    size_t count);
void seg_cells_release(struct seg_cells *cells);

/* The highest white strip of the given width within x0 … x1 that runs through the rows y0 … y1; its box in
 * working pixels, empty if there is none. At most `reach` pixels above and below are looked at. */
struct bi_box seg_cells_strip(const struct seg_cells *cells, int x0, int x1, int y0, int y1, double width,
                              int reach);

#endif
