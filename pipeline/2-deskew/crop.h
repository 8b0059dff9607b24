/* A page that is part of its scan: one of two facing ones. */
#ifndef DESKEW_CROP_H
#define DESKEW_CROP_H

#include <leptonica/allheaders.h>
#include <stdbool.h>

#include "base/error.h"
#include "page/geometry.h"
#include "page/transform.h"

/* Corners of the page in pixels of the scan, clockwise from the top left; the pixels they name belong to it.
 * The gutter that bounds a page may lie askew on the scan, so this is no box. */
struct crop {
    struct bi_point corners[4];
};

/* Reads "X,Y X,Y X,Y X,Y". False if the text is anything else or encloses nothing. */
bool crop_parse(const char *text, struct crop *crop);

/* Cuts the box around the corners out of *scan, which is replaced. What lies in the box and not between the
 * corners, a strip of the neighbour's page, is painted with what is found along that side, so that it is
 * taken for more of the same: margin, shadow or surround. BI_EXIT_INPUT, naming `name`, if the corners are
 * not on the scan. */
int crop_cut(PIX **scan, const struct crop *crop, const char *name, struct bi_error *err);

/* Makes of a transform to what crop_cut gave one to the whole scan of width × height pixels. */
void crop_restore(const struct crop *crop, int width, int height, struct bi_transform *transform);

#endif
