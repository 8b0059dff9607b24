/* Vertical headlines: large characters one under another. */
#ifndef SEGMENT_UPRIGHTS_H
#define SEGMENT_UPRIGHTS_H

#include "layout.h"

/* Makes a line of every column of large type, and of every column of smaller type close beside one, as a
 * subhead is, and gives its glyphs the line as `column`; text may be as near to it as its own lines are to
 * each other. Method: the long white strips nearest to a glyph at its left and right say how wide the column
 * is that it stands in. Glyphs under one another whose columns are the same make a set; it is a line if its
 * rows are characters, about as high as the column is wide (a column of running text has rows that are much
 * lower), and if they are no further from each other than from characters of their size beside them (else
 * they are a headline of several rows). A space of one character is in a line, a rule is not. */
void seg_uprights_find(struct seg_layout *layout);

#endif
