/* The image formats, for page/image.c alone: what a file holds, and its pixels. All refuse images past
 * the limits of page/image.h before decoding, and files that end early, with BI_EXIT_INPUT. */
#ifndef PAGE_IMAGE_FORMATS_H
#define PAGE_IMAGE_FORMATS_H

#include <stdbool.h>

#include "page/image.h"

/* Reads as bi_image_read does, but no PDF. */
int bi_image_read_plain(const char *path, int index, bool grey, PIX **result, struct bi_error *err);
int bi_image_check_limits(const char *path, const struct bi_image_info *info, struct bi_error *err);

/* The array comes from the arena. */
int bi_tiff_probe(struct bi_arena *arena, const char *path, struct bi_image_info **images, size_t *count,
                  struct bi_error *err);
/* grey: colour is reduced to its luminance while it is decoded, where the file's kind of pixels allows. */
int bi_tiff_read(const char *path, int index, bool grey, PIX **result, struct bi_error *err);
int bi_jpeg_probe(const char *path, struct bi_image_info *out, struct bi_error *err);
/* grey: colour is reduced to its luminance while it is decoded. */
int bi_jpeg_read(const char *path, bool grey, PIX **result, struct bi_error *err);
/* True for what begins like a .jp2 file or a bare JPEG 2000 codestream; 12 bytes tell. */
bool bi_jp2_begins(const unsigned char *head, size_t size);
int bi_jp2_probe(const char *path, struct bi_image_info *out, struct bi_error *err);
int bi_jp2_read(const char *path, bool grey, PIX **result, struct bi_error *err);
/* A page that cannot be read has a problem; the array comes from the arena. */
int bi_pdf_probe(struct bi_arena *arena, const char *path, struct bi_image_info **images, size_t *count,
                 struct bi_error *err);
int bi_pdf_read(const char *path, int index, bool grey, PIX **result, struct bi_error *err);
int bi_png_probe(const char *path, struct bi_image_info *out, struct bi_error *err);
int bi_png_read(const char *path, bool grey, const struct bi_image_info *info, PIX **result,
                struct bi_error *err);

/* Leptonica keeps pixels in big-endian order within 32-bit words; these put bytes where its macros find them.
 */
static inline void bi_put_grey_row(PIX *pix, int y, const unsigned char *row, int width)
{
    l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    for (int x = 0; x < width; x++)
        SET_DATA_BYTE(line, x, row[x]);
}

static inline void bi_put_colour_row(PIX *pix, int y, const unsigned char *row, int width)
{
    l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    for (int x = 0; x < width; x++)
        composeRGBPixel(row[3 * x], row[3 * x + 1], row[3 * x + 2], line + x);
}

/* What eyes see of a colour. */
static inline unsigned char bi_luminance(int red, int green, int blue)
{
    return (unsigned char)((299 * red + 587 * green + 114 * blue + 500) / 1000);
}

#endif
