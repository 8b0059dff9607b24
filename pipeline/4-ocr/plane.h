/* 8-bit grey images as plain rows of bytes without padding, 0 black. What is cut out of a page and read is
 * small, and Tesseract takes bytes; Leptonica's words in machine order would only be in the way. */
#ifndef OCR_PLANE_H
#define OCR_PLANE_H

#include <leptonica/allheaders.h>
#include <stddef.h>
#include <stdint.h>

#define PLANE_WHITE 255

struct plane {
    int width, height;
    uint8_t *pixels; /* width × height, from malloc */
};

/* All white. Both sides at least 1. */
struct plane plane_new(int width, int height);
/* Safe on a zeroed plane, which it leaves behind. */
void plane_release(struct plane *plane);

static inline uint8_t *plane_row(const struct plane *plane, int y)
{
    return plane->pixels + (size_t)y * (size_t)plane->width;
}

/* The pixels of an 8-bit grey pix. */
struct plane plane_from_pix(PIX *pix);

/* Scaled to width × height: every new pixel is the mean of the area it covers (exact, with shares of pixels
 * at the borders); where an axis grows it is interpolated linearly. Averaging keeps thin strokes that
 * sampling loses. */
struct plane plane_scale(const struct plane *plane, int width, int height);

#endif
