/* Telling ink from paper on a line, and making the contrast the network likes. */
#ifndef OCR_TONE_H
#define OCR_TONE_H

#include <stdbool.h>

#include "plane.h"

struct tone {
    double threshold;  /* grey between ink and paper (Otsu, 1979) */
    double ink, paper; /* mean greys on its two sides */
};

/* Otsu's threshold of a plane. False if there is nothing to tell apart: the two means are less than
 * TONE_MIN_CONTRAST apart. */
bool tone_find(const struct plane *plane, struct tone *tone);

/* In place: greys within ±softness/2 of the threshold, in units of the distance between ink and paper, are
 * spread over 0 … 255, what is beyond is cut off. Softness 0.01 is nearly black and white; 2 keeps all greys.
 */
void tone_stretch(struct plane *plane, const struct tone *tone, double softness);

/* Of 255 grey levels. Show-through on clean paper stays under it, faded type over it. */
#define TONE_MIN_CONTRAST 40

#endif
