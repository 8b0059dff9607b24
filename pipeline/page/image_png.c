/* PNG through libpng's simplified interface, since Leptonica's reader lets libpng print its own messages. */
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "page/image_formats.h"

/* More chunks before the pixels than any writer makes. */
enum { MAX_CHUNKS = 1000 };

/* The resolution from the chunk pHYs, in dots per inch; 0 if there is none before the pixels. The stream is
 * behind the header chunk. (Leptonica's function lets libpng print.) */
static int find_dpi(FILE *in)
{
    unsigned char chunk[17];
    for (int i = 0; i < MAX_CHUNKS && fread(chunk, 1, 8, in) == 8; i++) {
        if (memcmp(chunk + 4, "IDAT", 4) == 0)
            break;
        if (memcmp(chunk + 4, "pHYs", 4) == 0) {
            if (fread(chunk + 8, 1, 9, in) != 9 || chunk[16] != 1) /* 1: per metre */
                break;
            double dpi = png_get_uint_32(chunk + 8) * 0.0254 + 0.5;
            return dpi < 100000 ? (int)dpi : 0;
        }
        if (fseek(in, (long)png_get_uint_32(chunk) + 4, SEEK_CUR) != 0) /* and the checksum */
            break;
    }
    return 0;
}

int bi_png_probe(const char *path, struct bi_image_info *out, struct bi_error *err)
{
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rbe");
    if (!in)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
    unsigned char head[33];
    if (fread(head, 1, sizeof head, in) != sizeof head || memcmp(head + 12, "IHDR", 4) != 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is a broken PNG: it ends in its header", path);
    static const int samples[] = {1, 0, 3, 1, 2, 0, 4};
    unsigned width = png_get_uint_32(head + 16), height = png_get_uint_32(head + 20);
    int colour = head[25] <= 6 ? samples[head[25]] : 0;
    *out = (struct bi_image_info){
        .format = "png",
        .width = width > INT32_MAX ? INT32_MAX : (int)width,
        .height = height > INT32_MAX ? INT32_MAX : (int)height,
        .bits = head[24] * colour,
        .dpi = find_dpi(in),
    };
    return bi_image_check_limits(path, out, err);
}

static void png_freep(png_imagep *image)
{
    png_image_free(*image);
}

int bi_png_read(const char *path, bool grey, const struct bi_image_info *info, PIX **result,
                struct bi_error *err)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    BI_CLEANUP(png_freep) png_imagep owner = &image;
    (void)owner;
    if (!png_image_begin_read_from_file(&image, path))
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is a broken PNG: %s", path, image.message);
    /* Scanners write 16 bits with the tone curve of 8, not linear ones as the interface would have it. */
    image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    grey = grey || !(image.format & PNG_FORMAT_FLAG_COLOR);
    image.format = grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
    int width = (int)image.width, height = (int)image.height;
    size_t stride = (size_t)width * (grey ? 1 : 3);
    BI_CLEANUP(bi_freep) unsigned char *pixels = malloc(stride * (size_t)height);
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = pixCreate(width, height, grey ? 8 : 32);
    if (!pixels || !pix)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", path);
    const png_color white = {255, 255, 255};
    if (!png_image_finish_read(&image, &white, pixels, (png_int_32)stride, NULL))
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is a damaged or truncated PNG: %s", path, image.message);
    for (int y = 0; y < height; y++) {
        if (grey)
            bi_put_grey_row(pix, y, pixels + (size_t)y * stride, width);
        else
            bi_put_colour_row(pix, y, pixels + (size_t)y * stride, width);
    }
    if (info->bits == 1) {
        PIX *bitonal = pixConvertTo1(pix, 128);
        pixDestroy(&pix);
        pix = bitonal;
    }
    pixSetResolution(pix, info->dpi, info->dpi);
    *result = pix;
    pix = NULL;
    return 0;
}
