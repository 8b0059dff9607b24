/* Scans that are negatives, as of microfilm: white type on black paper. */
#ifndef DESKEW_NEGATIVE_H
#define DESKEW_NEGATIVE_H

#include <stdbool.h>

#include "grey.h"
#include "lines.h"

/* Most of the scan is dark, a good part of what is bright is of the size of type and stands by itself, and
 * where there is type the lesser part is the lighter. (On a page upon a black bed what is bright is one large
 * piece; a dark photograph has no type; on a faded or shadowed page most is dark, but the ink is darker
 * still.) work: the scan, reduced. */
bool negative_is(const struct grey *work, struct type_size type);
/* White for black, in place. */
void negative_invert(struct grey *grey);

#endif
