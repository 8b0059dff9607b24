/* Text set vertically: lines that run down and follow one another from right to left, over an article or a
 * page. Single vertical headlines are found elsewhere (stacks.h). */
#ifndef SEGMENT_VERTICAL_H
#define SEGMENT_VERTICAL_H

#include "layout.h"

/* Makes lines of vertical text, with their strip set, and gives their glyphs the line as `column`. Method:
 * what is between lines is wider and runs on for longer than what is between the characters of a line. So a
 * glyph that has a long white strip close at its left and right, and none above and below, is set vertically;
 * where such glyphs are many and close, they make a strip, and its white columns part the lines. */
void seg_vertical_find(struct seg_layout *layout);

#endif
