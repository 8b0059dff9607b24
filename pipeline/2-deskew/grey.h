/* 8-bit grey images as plain rows of bytes. Leptonica keeps four pixels in a word in the machine's order,
 * which rules out simple loops (and with them the compiler's vectorizer) on small-endian machines. */
#ifndef DESKEW_GREY_H
#define DESKEW_GREY_H

#include <leptonica/allheaders.h>
#include <stddef.h>
#include <stdint.h>

/* Row y begins at pixels + y * stride. 0 is black. */
struct grey {
    int width, height;
    size_t stride;
    uint8_t *pixels;
    PIX *pix; /* owns the pixels */
};

static inline uint8_t *grey_row(const struct grey *grey, int y)
{
    return grey->pixels + (size_t)y * grey->stride;
}

/* A new image, black. */
struct grey grey_new(int width, int height);
/* Takes *pix over (it becomes NULL): any depth is made 8-bit grey, without a copy where it is that already.
 * A pix of one bit gives 0 and 255. */
struct grey grey_from_pix(PIX **pix);
/* Gives the pixels back as a pix that the caller destroys; grey is empty afterwards. */
PIX *grey_to_pix(struct grey *grey);
/* Safe on a zeroed struct. */
void grey_release(struct grey *grey);

/* Every factor × factor pixels become their mean; what is over at the right and bottom edge is averaged
 * alone. */
struct grey grey_reduce(const struct grey *grey, int factor);
/* Standard deviation of all pixels. */
double grey_deviation(const struct grey *grey);
/* 1-bit image: black where the grey is under the threshold. The caller destroys it. */
PIX *grey_threshold(const struct grey *grey, uint8_t threshold);

#endif
