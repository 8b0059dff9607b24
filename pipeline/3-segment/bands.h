/* Headlines in white on a dark ground. */
#ifndef SEGMENT_BANDS_H
#define SEGMENT_BANDS_H

#include "layout.h"

/* Finds dark rectangles in layout->text whose holes are a row (or a stack) of glyphs, adds them to bands, and
 * puts the holes into the text as black on white. The holes that touch the rectangle's edge are its ragged
 * rim and are left out. */
void seg_bands_find(struct seg_layout *layout);

/* Index of the first band in which at least half of the box lies, -1 if there is none. */
int seg_bands_at(const struct seg_layout *layout, struct bi_box box);

#endif
