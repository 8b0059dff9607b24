/* Drop caps: the first character of a paragraph, two to four lines high, with lines of text beside it. */
#ifndef SEGMENT_DROPCAPS_H
#define SEGMENT_DROPCAPS_H

#include "layout.h"

/* Drop caps while the blocks of the text beside them are made. */
struct seg_dropcaps {
    struct seg_dropcap *items; /* from the layout's arena */
    size_t count, capacity;
};

/* Finds the drop caps among the lines and takes them out: they stand at the end of layout->lines, past
 * line_count. The lines beside them are lengthened to the column's edge, so that they look like others of it.
 * A drop cap's foot is level with a line beside it, and the column goes on below it from its left edge or
 * with an indentation: a large character before a few lines of a notice has no text below. */
void seg_dropcaps_take(struct seg_layout *layout, struct seg_dropcaps *caps);

/* Puts each back, into the block of the first line beside it and before that line, and gives the lines their
 * own extent again. A character on a dark ground is marked as reversed; from one in a frame the frame is
 * cut. */
void seg_dropcaps_put(struct seg_layout *layout, const struct seg_dropcaps *caps);

#endif
