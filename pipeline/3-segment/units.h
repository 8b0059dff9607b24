/* Which columns a headline stands over: the items of a zone (the page, or the inside of a frame) are gathered
 * to units, a headline with all that belongs to it, so that reading order can be made of whole articles. */
#ifndef SEGMENT_UNITS_H
#define SEGMENT_UNITS_H

#include "layout.h"

/* A block, a picture, or a frame with all that is in it. */
struct seg_item {
    struct bi_box box;
    int block, picture, frame; /* index in the layout, -1 for the two it is not */
    bool head;                 /* headline, kicker or subhead */
    int unit;                  /* -1 while free */
};

/* Sets the unit of every item; returns how many units there are. Method:
 *   1. headlines with the kickers above and subheads below them are the heads of units;
 *   2. a horizontal head owns the items whose tops are aligned below it, to the left and right as far as no
 * neighbour at the head's own height stands in the way; among several extents it takes the widest that it
 * stands in the middle or at the left of;
 *   3. what stands directly below an owned item is owned too, if no rule and no more than a line of white is
 * between;
 *   4. a vertical head owns the free items beside it, and with them what stands below;
 *   5. frames are units of their own, and what is left over makes units by being aligned. */
int seg_units_find(const struct seg_layout *layout, struct seg_item *items, int count);

#endif
