/* How much ink stands in the rows and columns of a toned line. */
#ifndef OCR_PROFILE_H
#define OCR_PROFILE_H

#include "page/geometry.h"
#include "plane.h"

/* Ink pixels (darker than STRIP_INK_GREY) of every column of rows y … y+h-1; from malloc, plane->width long.
 */
int *profile_columns(const struct plane *plane, int y, int h);
/* The same of every row of columns x … x+w-1, plane->height long. */
int *profile_rows(const struct plane *plane, int x, int w);

/* The smallest box around the ink. Rows and columns at the rim with less than PROFILE_MIN_INK pixels do not
 * count: they are grain, unless PROFILE_MIN_RUN follow on each other as in the hairline of 一, which at 200
 * dpi is one pixel high. Empty without ink. */
struct bi_box profile_ink_box(const struct plane *plane);
#define PROFILE_MIN_INK 2
#define PROFILE_MIN_RUN 5

#endif
