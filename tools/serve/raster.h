/* Pieces of page images at any size, quickly: what is shown at less than half its size comes from smaller
 * copies that are kept in memory, the rest from the strips of the file that it lies in. Safe from all
 * threads. */
#ifndef SERVE_RASTER_H
#define SERVE_RASTER_H

#include <leptonica/allheaders.h>

#include "base/error.h"
#include "page/geometry.h"

/* A page image by where it is and what is in it: one that is made again is another. */
struct serve_raster {
    const char *path, *sha256;
    int width, height; /* as the archive has them */
};

/* The box, which lies in the page, scaled to width × height, neither larger than the box's: 8-bit grey. The
 * caller destroys *pix. BI_EXIT_INPUT if the image is not there, is no TIFF of ours or not of that size. */
int serve_raster_read(const struct serve_raster *raster, struct bi_box box, int width, int height, PIX **pix,
                      struct bi_error *err);

/* Forgets all copies. */
void serve_raster_release(void);

#endif
