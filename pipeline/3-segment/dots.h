/* Rules of dots, and of beads or short dashes thicker than a hairline. */
#ifndef SEGMENT_DOTS_H
#define SEGMENT_DOTS_H

#include "layout.h"

/* Adds a rule for every row or column of small pieces of ink, alike in size and evenly spaced. An ellipsis or
 * a leader of a few dots is too short for one. */
void seg_dots_find(struct seg_layout *layout);

#endif
