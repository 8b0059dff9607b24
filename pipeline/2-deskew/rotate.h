/* Resampling: the one place where pixels of the scan become pixels of the upright page. */
#ifndef DESKEW_ROTATE_H
#define DESKEW_ROTATE_H

#include "grey.h"
#include "page/bend.h"

/* bend, which may be empty, and matrix map the pixels of the result to those of `from`, as in struct
 * bi_transform. The matrix must be a rotation by less than 45° with a shift. Cubic convolution (Catmull-Rom;
 * Keys 1981), white beyond the edges of `from`. */
struct grey rotate_resample(const struct grey *from, const struct bi_bend *bend, const double matrix[6],
                            int width, int height);

/* The matrix that sets lines level that rise to the right by `degrees`, and the size of the result, such that
 * it just holds the pixels of `page` that are not 0. page is from's size reduced, which is `width` ×
 * `height`. */
void rotate_matrix(double degrees, const struct grey *page, int width, int height, double matrix[6],
                   int *result_width, int *result_height);

/* Turned clockwise by 0, 90, 180 or 270 degrees, pixel by pixel. `from` is emptied. */
struct grey rotate_quarters(struct grey *from, int degrees);
/* Makes a matrix that maps to the turned image one that maps to the image before, which is `width` ×
 * `height`. */
void rotate_quarters_matrix(double matrix[6], int degrees, int width, int height);
/* Makes a matrix that maps to an image reduced by `factor` (grey_reduce) one that maps to the image before.
 */
void rotate_scale_matrix(double matrix[6], int factor);

#endif
