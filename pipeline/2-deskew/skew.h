/* The skew of a page, from its text lines. Detection only: an angle can be tested without turning a pixel.
 *
 * Method: the row profile of text that lies straight alternates sharply between lines and the white between
 * them, so the angle sought is the one under which the sum of squared differences of neighbouring rows is
 * greatest (Postl 1986; also Leptonica's skew.c). Unlike Leptonica's, profiles are taken in vertical bands
 * about a column wide, because neighbouring columns of a newspaper do not share their lines; components
 * larger than type and smaller than type (pictures, rules, page edges; grain) do not count; and the angle is
 * the middle of the whole peak rather than its highest sample, which is what brings it from a tenth of a
 * degree to a hundredth. */
#ifndef DESKEW_SKEW_H
#define DESKEW_SKEW_H

#include <leptonica/allheaders.h>
#include <stdbool.h>

#include "components.h"
#include "grey.h"

#define MAX_SKEW_DEGREES 15.0

struct skew {
    double degrees; /* counter-clockwise positive: lines that rise to the right */
    double
        confidence; /* 0 … 1: how far the peak stands out of the other angles; 0 if there is nothing to see */
    double energy; /* height of the peak per black pixel, for comparing the page with itself turned by 90° */
};

/* Confidence under which an angle is not to be applied. */
#define MIN_SKEW_CONFIDENCE 0.15

/* Components whose box is at least this and at most that, in both directions, count as type. */
struct type_size {
    int min_pixels, max_pixels;
};

/* page: flattened, white paper 255, dark type; grey, because where the edge of a stroke lies between two rows
 * is what tells small angles. components: of its dark pixels. vertical: measure columns instead of rows
 * (lines that run from top to bottom), the angle still counter-clockwise positive. */
struct skew skew_find(const struct grey *page, const struct components *components, struct type_size type,
                      bool vertical);

#endif
