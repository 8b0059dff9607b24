/* Columns of lines. */
#ifndef SEGMENT_BLOCKS_H
#define SEGMENT_BLOCKS_H

#include "layout.h"

/* Drops lines that are specks, and puts the others into blocks: lines directly under one another, of one
 * size, with one left or right edge or middle, not further apart than lines of body type are on this page,
 * and with no rule, picture or frame's edge between them. Every vertical line is a block of its own unless
 * another stands close beside it. */
void seg_blocks_find(struct seg_layout *layout);

#endif
