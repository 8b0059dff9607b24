/* From the page image to ink at the working resolution, and the size of the page's body type. */
#ifndef SEGMENT_INK_H
#define SEGMENT_INK_H

#include "base/error.h"
#include "layout.h"

/* The grey values of the paper, taken as the most frequent light value, and of the darkest ink of a flattened
 * 8-bit page. They are never nearer to each other than grain can make them. */
void seg_ink_levels(PIX *grey, int *paper, int *ink);

/* Fills reduction, width, height, em, ink and pale from an upright 1-bit or 8-bit image. The image is reduced
 * by 2, 4, … until a character of body type is 14 to 30 pixels high: enough to keep a comma, and a quarter of
 * the work of a 300 dpi scan. A page with no type on it gets an em of 1/160 of its longer side.
 * wished_em, if it is not 0, is taken for the size of body type in the image. BI_EXIT_INTERNAL if memory runs
 * out. */
int seg_ink_find(struct seg_layout *layout, PIX *image, double noise, double wished_em, struct bi_error *err);

/* Size of the body type in a 1-bit image, in its pixels, 0 if there is too little text to tell. Pieces of ink
 * are chained with their right neighbours as far as their own size reaches, and the most frequent height of
 * the chains, weighted by their width, is the height of a line: this needs no scale, and holds for Chinese
 * and Latin. */
double seg_ink_em(PIX *bits);

#endif
