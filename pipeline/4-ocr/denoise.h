/* Taking grain out of a line without blurring its strokes. */
#ifndef OCR_DENOISE_H
#define OCR_DENOISE_H

#include "plane.h"
#include "tone.h"

/* Non-local means (Buades, Coll and Morel 2005): every pixel becomes the mean of the pixels in a window
 * around it, weighted by how alike their surroundings are. In place. The tone says how far ink and paper are
 * apart: the strength is a share of that, so that faded type is not smoothed away. */
void denoise(struct plane *plane, const struct tone *tone);

#endif
