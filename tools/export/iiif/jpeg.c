#include "export/iiif/jpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "export/format.h"

struct fault {
    struct jpeg_error_mgr manager;
    char text[JMSG_LENGTH_MAX];
    jmp_buf escape;
};

static void fail(j_common_ptr info)
{
    struct fault *fault = (struct fault *)info->err;
    info->err->format_message(info, fault->text);
    longjmp(fault->escape, 1);
}

static void silent(j_common_ptr info)
{
    (void)info;
}

static void compress(struct jpeg_compress_struct *info, const struct iiif_rows *rows, int quality)
{
    info->image_width = (JDIMENSION)rows->width;
    info->image_height = (JDIMENSION)rows->height;
    info->input_components = 1;
    info->in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(info);
    jpeg_set_quality(info, quality, TRUE);
    info->optimize_coding = TRUE;
    jpeg_start_compress(info, TRUE);
    while (info->next_scanline < info->image_height) {
        JSAMPROW row = (JSAMPROW)(uintptr_t)(rows->pixels + info->next_scanline * rows->stride);
        jpeg_write_scanlines(info, &row, 1);
    }
    jpeg_finish_compress(info);
}

int iiif_jpeg_write(const char *path, const struct iiif_rows *rows, int quality, struct bi_error *err)
{
    struct jpeg_compress_struct info = {0};
    struct fault fault = {0};
    unsigned char *data = NULL;
    unsigned long size = 0;
    info.err = jpeg_std_error(&fault.manager);
    fault.manager.error_exit = fail;
    fault.manager.output_message = silent;
    int status;
    if (setjmp(fault.escape)) {
        status = bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be compressed: %s", path, fault.text);
    } else {
        jpeg_create_compress(&info);
        jpeg_mem_dest(&info, &data, &size);
        compress(&info, rows, quality);
        status = export_write(path, data, size, err);
    }
    jpeg_destroy_compress(&info);
    free(data);
    return status;
}
