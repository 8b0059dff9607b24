/* Boxes whose border is no straight rule. */
#ifndef SEGMENT_RIMS_H
#define SEGMENT_RIMS_H

#include "layout.h"

/* Adds a frame for every closed border that holds text: wavy and decorated ones, round corners, the outer
 * line of a double border. A border is one piece of ink that runs along all four edges of its box and leaves
 * the inside to type. Its rim is taken out of layout->text, and rules in it become the frame's; what hangs on
 * it inside, such as a dark band with the box's title, stays. */
void seg_rims_find(struct seg_layout *layout);

#endif
