/* Dark grounds with several lines of light type: headlines of two or three lines, advertisements, articles.
 */
#ifndef SEGMENT_GROUNDS_H
#define SEGMENT_GROUNDS_H

#include "layout.h"

/* Finds dark grounds in layout->text, of any outline that fills most of its box, with light type in them, as
 * far as seg_bands_find has left them. The light pieces are cut into lines at the dark stripes that run
 * through between them, across or down. A line of type has several pieces, and thin strokes for its size;
 * most of what is light must be in such lines, and a photograph's is not. In a grey image the ground must be
 * even besides.
 *
 * The type goes into layout->text as black on white; layout->bands gets each line that has no gap as wide as
 * between columns, and after them the ground; what is light and no type becomes a picture. A ground that is
 * not just as large as a few lines need, or whose lines are of many sizes, holds an advertisement or an
 * article, and becomes a frame too. `image` is the page at full size, 8 or 1 bit. */
void seg_grounds_find(struct seg_layout *layout, PIX *image);

#endif
