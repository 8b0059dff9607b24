/* Text set vertically: lines that run down and follow one another from right to left, over an article or a
 * page. Single vertical headlines are found elsewhere (stacks.h). */
#ifndef SEGMENT_VERTICAL_H
#define SEGMENT_VERTICAL_H

#include "layout.h"

/* Makes lines of vertical text, with their strip set, and gives their glyphs the line as `column`. Method:
 * where glyphs that are set vertically (direction.h) are many and close, they make a strip, and its white
 * columns part the lines. */
void seg_vertical_find(struct seg_layout *layout);

#endif
