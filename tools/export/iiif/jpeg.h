/* Writing grey JPEG files. */
#ifndef EXPORT_IIIF_JPEG_H
#define EXPORT_IIIF_JPEG_H

#include <stddef.h>

#include "base/error.h"

/* Rows of grey pixels, `stride` bytes from one to the next: light is high. */
struct iiif_rows {
    const unsigned char *pixels;
    int width, height;
    size_t stride;
};

/* Writes a baseline JPEG of quality 1 … 100. Same pixels, same quality: the same bytes. */
int iiif_jpeg_write(const char *path, const struct iiif_rows *rows, int quality, struct bi_error *err);

#endif
