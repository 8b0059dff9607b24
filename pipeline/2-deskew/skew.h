/* The skew of a page, from its text lines. Detection only: an angle can be tested without turning a pixel.
 *
 * Method: the profile of text over its rows alternates sharply between lines and the white between them if
 * the text lies level, so the angle sought is the one under which the sum of squared differences of
 * neighbouring rows is greatest (Postl 1986; also Leptonica's skew.c). It is sought twice. First over all
 * angles, on profiles of vertical bands about a column wide. That is good to a few tenths of a degree:
 * neighbouring columns of a newspaper do not share their lines, and how they happen to meet bends the curve.
 * Then about that angle, every line of text by itself, which leaves nothing but the line's own sharpness; the
 * middle of the peak is then good to some hundredths.
 *
 * Components larger than type and smaller than type (pictures, page edges; grain) do not count. */
#ifndef DESKEW_SKEW_H
#define DESKEW_SKEW_H

#include <leptonica/allheaders.h>
#include <stdbool.h>

#include "components.h"
#include "lines.h"

#define MAX_SKEW_DEGREES 15.0

struct skew {
    double degrees; /* counter-clockwise positive: lines that rise to the right */
    double
        confidence; /* 0 … 1: how far the peak stands out of the other angles; 0 if there is nothing to see */
    double energy; /* height of the peak, for comparing the page's rows with its columns */
};

/* Confidence under which an angle is not to be applied. */
#define MIN_SKEW_CONFIDENCE 0.15

/* The first search. components: of a width × height page. vertical: lines that run from top to bottom; the
 * angle is still that by which they are turned counter-clockwise. */
struct skew skew_search(const struct components *components, int width, int height, struct type_size type,
                        bool vertical);

#endif
