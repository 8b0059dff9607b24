/* Column rules too faint for the threshold that keeps grain out. */
#ifndef SEGMENT_FAINT_H
#define SEGMENT_FAINT_H

#include "layout.h"

/* Adds the vertical rules that only show in layout->pale. A faint hairline leaves a few dark pixels in every
 * half em of its length, and the white on both sides of it none or far fewer: counted over several ems this
 * tells it from grain, however few its pixels are. Edges of columns and strokes of characters have other ink
 * beside them on one side or over most of the length. Only vertical ones are looked for, as it is they whose
 * dashes grow onto the lines of a column, and no horizontal white is wide enough beside them. Pictures must
 * be known; their grain has rows of dark pixels too. */
void seg_faint_find(struct seg_layout *layout);

#endif
