/* Rows of type, as they can be told before lines are found. */
#ifndef SEGMENT_ROWS_H
#define SEGMENT_ROWS_H

#include "layout.h"

/* True if at least a few pieces of ink in a box, none of them in a picture found so far, stand in rows as
 * type does: level, of like heights, near to each other for their size, and as many in a row as a few
 * characters have. Type may be of any size and there may be little of it, as in an advertisement. `boxes` are
 * the components of the page's ink or text. */
bool seg_rows_stand_in(const struct seg_layout *layout, BOXA *boxes, struct bi_box box);

#endif
