/* Photographs, halftones and drawings. */
#ifndef SEGMENT_PICTURES_H
#define SEGMENT_PICTURES_H

#include "layout.h"

/* Finds pictures, marks the frames that only border one, and takes all of it out of layout->text. Evidence is
 *   - in a grey image, areas without any paper white within more than an em: even dense type has white
 * between its lines;
 *   - in the ink, areas that stay solid once the smallest gaps are closed (halftone screens);
 *   - pieces of ink too large for a character, or of a character's size without neighbours like them.
 * Pictures are rectangles. `image` is the page at full size, 8 or 1 bit. */
void seg_pictures_find(struct seg_layout *layout, PIX *image);

#endif
