/* Layout analysis of an upright newspaper page: from the image to regions, lines, roles and reading order. */
#ifndef SEGMENT_SEGMENT_H
#define SEGMENT_SEGMENT_H

#include <leptonica/allheaders.h>

#include "base/error.h"
#include "layout.h"
#include "page/page.h"

/* What a person knows of a page better than it can be told from its image. */
struct seg_wishes {
    enum seg_direction direction;
    double em; /* size of a full character of body type in pixels of the image, 0: to be found */
};

/* Analyses an upright 8-bit grey (flattened, light paper) or 1-bit image. layout is initialised here and
 * belongs to the caller. An image without ink gives a layout without blocks. */
int seg_analyse(PIX *image, double noise, const struct seg_wishes *wishes, struct seg_layout *layout,
                struct bi_error *err);

/* Adds the layout to a page as regions in image pixels: text regions in reading order, then pictures, frames
 * and rules. Sets the page's width and height. */
void seg_emit(const struct seg_layout *layout, int width, int height, struct bi_page *page);

#endif
