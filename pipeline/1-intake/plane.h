/* A reduced grey image as plain rows of bytes, and which way the lines of text on it run. */
#ifndef INTAKE_PLANE_H
#define INTAKE_PLANE_H

#include <leptonica/allheaders.h>
#include <stdbool.h>
#include <stdint.h>

/* Row y begins at pixels + y * width; 0 is black. */
struct plane {
    int width, height;
    double scale; /* pixels of the plane for one of the image */
    int paper;    /* the grey of the paper: what nine tenths are darker than */
    uint8_t *pixels;
};

/* Reduces an image (1, 8 or 32 bits deep) to at most `rows` rows. *image is taken over and becomes NULL, for
 * images of this size are better not held twice. False if memory is short. Release with plane_release. */
bool plane_make(PIX **image, int rows, struct plane *plane);
void plane_release(struct plane *plane);

/* How much sharper the rows of text are than its columns: over 1 lines run from side to side, under 1 from
 * top to bottom, about 1 there is no telling. */
double plane_levelness(const struct plane *plane);

#endif
