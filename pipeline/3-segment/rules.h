/* Rules and the boxes they form. Rules are runs of ink that are long and thin: found by opening the ink with
 * a long brick in each direction (the method of Leptonica's line removal), then joined where they are broken.
 */
#ifndef SEGMENT_RULES_H
#define SEGMENT_RULES_H

#include "layout.h"

/* Fills rules and frames from layout->ink, and sets layout->text to the ink without them. Strokes of big
 * characters are not taken for rules: a rule is longer than anything beside it is high. */
int seg_rules_find(struct seg_layout *layout, struct bi_error *err);

/* Goes on with hairlines past their ends, over dashes too short to have been found by themselves, once
 * pictures are known (their rims are no rules): left in, the dashes would join the lines at both sides of a
 * gutter. Clears them from layout->text. */
void seg_rules_lengthen(struct seg_layout *layout);

/* Frames from rules alone: every pair of horizontal rules with the same ends whose ends are joined by
 * vertical rules is one. Sets of_frame of its sides. Double frames count once, by their outer edge. */
void seg_rules_frames(struct seg_layout *layout);

/* Adds a frame, unless it is a line of one that is there: then that one grows to the outer edge of both. */
void seg_rules_add_frame(struct seg_layout *layout, struct bi_box box);

/* True if a rule of the given direction lies between two boxes side by side (vertical) or one above the
 * other, over at least half of the range that the boxes have in common. */
bool seg_rules_between(const struct seg_layout *layout, struct bi_box a, struct bi_box b, bool vertical);

#endif
