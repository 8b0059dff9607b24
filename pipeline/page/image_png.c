/* PNG through libpng's simplified interface, since Leptonica's reader lets libpng print its own messages. */
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "page/image_formats.h"

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
    l_int32 dpi_x = 0, dpi_y = 0;
    rewind(in);
    fgetPngResolution(in, &dpi_x, &dpi_y);
    *out = (struct bi_image_info){
        .format = "png",
        .width = width > INT32_MAX ? INT32_MAX : (int)width,
        .height = height > INT32_MAX ? INT32_MAX : (int)height,
        .bits = head[24] * colour,
        .dpi = dpi_x > 0 ? dpi_x : 0,
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
