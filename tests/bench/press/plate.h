/* Plates: pictures of one byte a pixel, blurred, thresholded and read between pixels. */
#ifndef PRESS_PLATE_H
#define PRESS_PLATE_H

#include "sheet.h"

struct plate {
    int width, height;
    unsigned char *data; /* rows without padding */
};

void plate_init(struct plate *plate, int width, int height);
void plate_from_sheet(struct plate *plate, const struct sheet *sheet);
void plate_release(struct plate *plate);
/* The value at a point between pixels; 0 outside. */
double plate_at(const struct plate *plate, double x, double y);
/* Gaussian, sigma in pixels. */
void plate_blur(struct plate *plate, double sigma);
/* Ink where there is more than `at` (0 … 1, unevenly over the page), with soft edges. */
void plate_threshold(struct plate *plate, double at, struct chance *chance);

#endif
