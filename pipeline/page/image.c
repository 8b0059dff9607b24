#include "page/image.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "page/image_formats.h"

/* "tiff", "png", "jpeg", or NULL after setting the error. */
static const char *detect_format(const char *path, struct bi_error *err)
{
    struct stat status;
    if (stat(path, &status) < 0) {
        bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
        return NULL;
    }
    if (!S_ISREG(status.st_mode)) {
        bi_error_set(err, BI_EXIT_INPUT, "%s: is not a regular file", path);
        return NULL;
    }
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rbe");
    if (!in) {
        bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
        return NULL;
    }
    unsigned char head[8] = {0};
    size_t n = fread(head, 1, sizeof head, in);
    if (n == 0) {
        bi_error_set(err, BI_EXIT_INPUT, "%s: is empty", path);
        return NULL;
    }
    if (n >= 4 && (memcmp(head, "II*\0", 4) == 0 || memcmp(head, "MM\0*", 4) == 0 ||
                   memcmp(head, "II+\0", 4) == 0 || memcmp(head, "MM\0+", 4) == 0))
        return "tiff";
    if (n >= 3 && memcmp(head, "\xff\xd8\xff", 3) == 0)
        return "jpeg";
    if (n >= 8 && memcmp(head, "\x89PNG\r\n\x1a\n", 8) == 0)
        return "png";
    bi_error_set(err, BI_EXIT_INPUT, "%s: is not a TIFF, PNG or JPEG image", path);
    return NULL;
}

int bi_image_check_limits(const char *path, const struct bi_image_info *info, struct bi_error *err)
{
    if (info->width <= 0 || info->height <= 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has no width or height", path);
    if (info->width >= BI_IMAGE_MAX_SIDE || info->height >= BI_IMAGE_MAX_SIDE ||
        (long)info->width * info->height > BI_IMAGE_MAX_PIXELS)
        return bi_error_set(err, BI_EXIT_INPUT,
                            "%s: %d x %d pixels are more than the %ld million that are read", path,
                            info->width, info->height, BI_IMAGE_MAX_PIXELS / 1000000);
    return 0;
}

/* One of the depths that the header promises: 1, 8 or 32 without palette or alpha. */
static PIX *plain_depth(PIX *pix)
{
    PIX *plain;
    if (pixGetColormap(pix)) {
        plain =
            pixRemoveColormap(pix, pixGetDepth(pix) == 1 ? REMOVE_CMAP_TO_BINARY : REMOVE_CMAP_BASED_ON_SRC);
        pixDestroy(&pix);
        pix = plain;
    }
    int depth = pix ? pixGetDepth(pix) : 0;
    if (depth == 16) {
        plain = pixConvert16To8(pix, L_MS_BYTE);
    } else if (depth == 32 && pixGetSpp(pix) == 4) {
        plain = pixRemoveAlpha(pix);
    } else if (depth == 2 || depth == 4) {
        plain = pixConvertTo8(pix, FALSE);
    } else {
        return pix;
    }
    pixDestroy(&pix);
    return plain;
}

int bi_image_probe(struct bi_arena *arena, const char *path, struct bi_image_info **images, size_t *count,
                   struct bi_error *err)
{
    bi_image_quiet();
    const char *format = detect_format(path, err);
    if (!format)
        return -1;
    if (strcmp(format, "tiff") == 0)
        return bi_tiff_probe(arena, path, images, count, err);
    struct bi_image_info info;
    if ((strcmp(format, "png") == 0 ? bi_png_probe(path, &info, err) : bi_jpeg_probe(path, &info, err)) < 0)
        return -1;
    *images = bi_arena_array(arena, 1, sizeof info);
    **images = info;
    *count = 1;
    return 0;
}

static int read_any(const char *path, int index, bool grey, PIX **result, struct bi_error *err)
{
    struct bi_arena arena = {0};
    struct bi_image_info *images, info;
    size_t count;
    int probed = bi_image_probe(&arena, path, &images, &count, err);
    bool there = probed == 0 && index >= 0 && (size_t)index < count;
    if (there)
        info = images[index];
    bi_arena_release(&arena);
    if (probed < 0)
        return -1;
    if (!there)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has %zu images, no number %d", path, count, index + 1);

    PIX *pix = NULL;
    int status;
    if (strcmp(info.format, "tiff") == 0)
        status = bi_tiff_read(path, index, grey, &pix, err);
    else if (strcmp(info.format, "png") == 0)
        status = bi_png_read(path, grey, &info, &pix, err);
    else
        status = bi_jpeg_read(path, grey, &pix, err);
    if (status < 0)
        return -1;
    pix = plain_depth(pix);
    if (pix && pixGetXRes(pix) == 0)
        pixSetResolution(pix, info.dpi, info.dpi);
    if (!pix)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", path);
    *result = pix;
    return 0;
}

int bi_image_read(const char *path, int index, PIX **pix, struct bi_error *err)
{
    return read_any(path, index, false, pix, err);
}

int bi_image_read_tones(const char *path, int index, PIX **pix, struct bi_error *err)
{
    PIX *raw;
    if (read_any(path, index, true, &raw, err) < 0)
        return -1;
    if (pixGetDepth(raw) > 8) {
        PIX *grey = pixConvertTo8(raw, FALSE);
        if (grey)
            pixCopyResolution(grey, raw);
        pixDestroy(&raw);
        raw = grey;
    }
    if (!raw)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", path);
    *pix = raw;
    return 0;
}

int bi_image_read_grey(const char *path, PIX **pix, struct bi_error *err)
{
    PIX *raw;
    if (read_any(path, 0, true, &raw, err) < 0)
        return -1;
    if (pixGetDepth(raw) != 8) {
        PIX *grey = pixConvertTo8(raw, FALSE);
        if (grey && pixGetText(raw))
            pixSetText(grey, pixGetText(raw));
        pixDestroy(&raw);
        raw = grey;
    }
    if (!raw)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", path);
    *pix = raw;
    return 0;
}
