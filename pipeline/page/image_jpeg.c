/* JPEG through libjpeg, since Leptonica's reader cannot tell a truncated file from a harmless warning. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "page/image_formats.h"

/* After stdio.h, which they do not include themselves. */
#include <jpeglib.h>
/* … and after jpeglib.h. */
#include <jerror.h>

struct jpeg_fault {
    struct jpeg_error_mgr manager;
    jmp_buf escape;
    bool truncated;
    char text[JMSG_LENGTH_MAX];
};

static void jpeg_fail(j_common_ptr info)
{
    struct jpeg_fault *fault = (struct jpeg_fault *)info->err;
    info->err->format_message(info, fault->text);
    longjmp(fault->escape, 1);
}

static void jpeg_message(j_common_ptr info, int level)
{
    struct jpeg_fault *fault = (struct jpeg_fault *)info->err;
    int code = info->err->msg_code;
    /* Of the warnings only those say that picture data is missing or damaged. */
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE ||
                      code == JWRN_MUST_RESYNC)) {
        fault->truncated = true;
        info->err->format_message(info, fault->text);
    }
}

static void jpeg_silent(j_common_ptr info)
{
    (void)info;
}

static void jpeg_start(struct jpeg_decompress_struct *info, struct jpeg_fault *fault, FILE *in)
{
    info->err = jpeg_std_error(&fault->manager);
    fault->manager.error_exit = jpeg_fail;
    fault->manager.emit_message = jpeg_message;
    fault->manager.output_message = jpeg_silent;
    jpeg_create_decompress(info);
    jpeg_stdio_src(info, in);
}

static int jpeg_dpi(const struct jpeg_decompress_struct *info)
{
    if (info->density_unit == 2)
        return (int)(info->X_density * 2.54 + 0.5);
    return info->density_unit == 1 ? info->X_density : 0;
}

int bi_jpeg_probe(const char *path, struct bi_image_info *out, struct bi_error *err)
{
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rbe");
    if (!in)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
    struct jpeg_decompress_struct info = {0};
    struct jpeg_fault fault = {0};
    if (setjmp(fault.escape)) {
        jpeg_destroy_decompress(&info);
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is a broken JPEG: %s", path, fault.text);
    }
    jpeg_start(&info, &fault, in);
    jpeg_read_header(&info, TRUE);
    *out = (struct bi_image_info){
        .format = "jpeg",
        .width = (int)info.image_width,
        .height = (int)info.image_height,
        .bits = 8 * info.num_components,
        .dpi = jpeg_dpi(&info),
    };
    jpeg_destroy_decompress(&info);
    return bi_image_check_limits(path, out, err);
}

/* Four inks to three colours, in place; Adobe's files hold the paper between, not the ink. */
static void mix_inks(unsigned char *row, int width, bool inverted)
{
    for (int x = 0; x < width; x++) {
        int black = inverted ? row[4 * x + 3] : 255 - row[4 * x + 3];
        for (int k = 0; k < 3; k++) {
            int ink = row[4 * x + k];
            row[3 * x + k] = (unsigned char)((inverted ? ink : 255 - ink) * black / 255);
        }
    }
}

static void make_grey(unsigned char *row, int width)
{
    for (int x = 0; x < width; x++)
        row[x] = bi_luminance(row[3 * x], row[3 * x + 1], row[3 * x + 2]);
}

int bi_jpeg_read(const char *path, bool grey, PIX **result, struct bi_error *err)
{
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rbe");
    if (!in)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
    struct jpeg_decompress_struct info = {0};
    struct jpeg_fault fault = {0};
    PIX *volatile pix = NULL;
    unsigned char *volatile row = NULL;
    if (setjmp(fault.escape)) {
        PIX *gone = pix;
        pixDestroy(&gone);
        free(row);
        jpeg_destroy_decompress(&info);
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is a broken JPEG: %s", path, fault.text);
    }
    jpeg_start(&info, &fault, in);
    jpeg_read_header(&info, TRUE);
    bool inks = info.num_components == 4;
    bool one = grey || info.num_components == 1;
    info.out_color_space = inks ? JCS_CMYK : one ? JCS_GRAYSCALE : JCS_RGB;
    info.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&info);
    int width = (int)info.output_width, height = (int)info.output_height;
    pix = pixCreate(width, height, one ? 8 : 32);
    row = malloc((size_t)width * 4);
    if (!pix || !row)
        ERREXIT1(&info, JERR_OUT_OF_MEMORY, 0);
    for (int y = 0; y < height; y++) {
        JSAMPROW rows[1] = {row};
        jpeg_read_scanlines(&info, rows, 1);
        if (inks)
            mix_inks(row, width, info.saw_Adobe_marker);
        if (inks && one)
            make_grey(row, width);
        if (one)
            bi_put_grey_row(pix, y, row, width);
        else
            bi_put_colour_row(pix, y, row, width);
    }
    jpeg_finish_decompress(&info);
    int dpi = jpeg_dpi(&info);
    pixSetResolution(pix, dpi, dpi);
    jpeg_destroy_decompress(&info);
    free(row);
    PIX *done = pix;
    if (fault.truncated) {
        pixDestroy(&done);
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is a damaged or truncated JPEG: %s", path, fault.text);
    }
    *result = done;
    return 0;
}
