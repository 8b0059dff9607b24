/* Small boxes round a line or two: boxed cross-heads, labels of columns. */
#ifndef SEGMENT_LABELS_H
#define SEGMENT_LABELS_H

#include "layout.h"

/* Finds pairs of horizontal rules that a line or two of type fit between and whose ends are joined by strokes
 * too short to be rules themselves, straight or with round corners. Takes the strokes out of layout->text,
 * where they would be type as high as the box, marks the rules as of a frame, and adds the box to
 * layout->labels. Rules and frames must be known. */
void seg_labels_find(struct seg_layout *layout);

/* Gives blocks in such boxes, and those of a line or two that are light on dark, the role of cross-heads if
 * they are no larger than one and stand in a column of body text. Headlines must be known. */
void seg_labels_set_roles(struct seg_layout *layout);

#endif
