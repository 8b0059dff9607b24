/* What the first stages of the pipeline make of a printed block. */
#ifndef TRAIN_SCAN_H
#define TRAIN_SCAN_H

#include "field.h"
#include "plane.h"

/* Brightness, taken as an 8-bit scan of `dpi`, stored as JPEG of that quality if it is not 0, its paper
 * divided out and then set level by backissue-deskew's own modules. degrees: how far it is to be turned
 * clockwise. *noise is what struct bi_transform calls so. */
struct plane scan_upright(const struct field *page, int quality, int dpi, double degrees, double *noise);

#endif
