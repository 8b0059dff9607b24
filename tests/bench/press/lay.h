/* How a page lies under the scanner: turned a little, on a surround, its inner edge lifted by the binding. */
#ifndef PRESS_LAY_H
#define PRESS_LAY_H

#include "sheet.h"

struct lay {
    int width, height;   /* of the scan, pixels */
    double skew_degrees; /* counter-clockwise positive */
    double cosine, sine;
    double sheet_width, sheet_height, sheet_x,
        sheet_y; /* the sheet's middle on the scan is sheet_x, sheet_y */
    /* The binding: over `reach` pixels at the inner edge lines sink by up to `lift` and draw together by
     * `pull`. */
    double reach, lift, pull;
    double wave, phase; /* all over the page lines go up and down by `wave` pixels, once over its width */
    bool inner_right;
};

/* A lay by chance: skew up to `skew_most` degrees, margins up to `margin` points, curl and wave
 * 0 for a flat page, 1 for one that bends as bound volumes and folded papers do. */
void lay_choose(struct lay *lay, const struct sheet *sheet, double skew_most, double margin, double curl,
                double wave);
/* Leaves `pixels` of each side beyond the scan. */
void lay_cut(struct lay *lay, double pixels);
/* A point of the sheet, and where it comes to lie (a record_map). */
void lay_to_scan(const void *lay, double *x, double *y);
/* The inverse, exactly. */
void lay_to_sheet(const struct lay *lay, double *x, double *y);

#endif
