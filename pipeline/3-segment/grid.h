/* Gutters that show above or below a row, where the columns go on. */
#ifndef SEGMENT_GRID_H
#define SEGMENT_GRID_H

#include "gaps.h"

/* True if the gap between a and b, right of it, holds a gutter of the columns above or below: within some
 * lines, past pictures too, a few rows close under one another end at one place and a few begin at another,
 * both within the gap and a gutter apart, and the rows next to these two leave it white. So two columns are
 * told apart of which a picture leaves but two or three lines, too few to show a gutter by themselves. */
bool seg_grid_has_gutter(const struct seg_gaps *c, const struct seg_fragment *a,
                         const struct seg_fragment *b);

#endif
