/* Lines that are only parts of another line's characters: a quotation mark of large type, the foot of 声, the
 * lower half of a row whose characters fall into two. */
#ifndef SEGMENT_PARTS_H
#define SEGMENT_PARTS_H

#include "layout.h"

/* Gives such lines' boxes and glyphs to the line they belong to and takes them away. Cells of tables stay as
 * they are, and so does small type set two deep in a line of large type. */
void seg_parts_unite(struct seg_layout *layout);

#endif
