/* Tables with rules: nets of horizontal and vertical ones that cross or meet, with rows no higher than a few
 * lines. */
#ifndef SEGMENT_NETS_H
#define SEGMENT_NETS_H

#include "fragments.h"

/* Sets the `table` of every fragment in a net, from 1 on, and marks the frames that are of one; returns how
 * many nets there are. Level rules that stick out of the others are of no table, though they meet its column
 * rules. */
int seg_nets_find(struct seg_layout *layout, struct seg_fragments *fragments);

/* Puts the fragments in a box into the table with this number. */
void seg_nets_take(struct seg_fragments *fragments, struct bi_box table, int number);

#endif
