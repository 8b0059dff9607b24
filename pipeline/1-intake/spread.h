/* Two facing pages on one image.
 *
 * Method: along the gutter nothing changes from one row to the next, be it white margin, the shadow of a fold
 * or the bed of the scanner between two sheets, while every line of text, every picture and every rule across
 * does. So a gutter is the widest band near the middle without such changes from top to bottom, sought under
 * all angles that spreads lie at. A page scanned on its side can have such a band too, between two lines of
 * text; it is told from a spread by the direction of its lines (compare Postl 1986). */
#ifndef INTAKE_SPREAD_H
#define INTAKE_SPREAD_H

#include <leptonica/allheaders.h>
#include <stdbool.h>

/* Where the left page ends and the right one begins: x in the first and in the last row of the image. */
struct spread_cut {
    int top, bottom;
};

/* True for images of a shape that two portrait pages can have; only these need to be decoded. */
bool spread_possible(int width, int height);

/* Looks for two pages side by side, lines level within some degrees. image: of any depth that bi_image_read
 * gives; it is taken over and becomes NULL. *cut is set if there are two. Out of memory: false. */
bool spread_find(PIX **image, struct spread_cut *cut);

#endif
