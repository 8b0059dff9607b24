/* Printed lines, of fragments that stand in a row. */
#ifndef SEGMENT_LINES_H
#define SEGMENT_LINES_H

#include "base/error.h"
#include "fragments.h"
#include "layout.h"

/* Fills lines from glyphs: vertical headlines first, then fragments in a row are joined over gaps that are no
 * gutter (see gutters.h), and marks go to the line they stand in. glyph.line is set; glyphs of no line are
 * dust. */
void seg_lines_find(struct seg_layout *layout);

#endif
