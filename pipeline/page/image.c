#include "page/image.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "page/image_formats.h"

/* What scanners, cameras and libraries write. Those that are not read are listed all the same, as pages with
 * a problem: a page that silently is not there is worse. */
static const char *const ENDINGS[] = {".tif", ".tiff", ".jpg",  ".jpeg", ".png", ".jp2",
                                      ".jpx", ".j2k",  ".j2c",  ".jpf",  ".pdf", ".bmp",
                                      ".gif", ".webp", ".heic", ".jxl",  ".dng", ".djvu"};

bool bi_image_named(const char *name)
{
    const char *ending = strrchr(name, '.');
    for (size_t i = 0; ending && ending != name && i < sizeof ENDINGS / sizeof *ENDINGS; i++)
        if (strcasecmp(ending, ENDINGS[i]) == 0)
            return true;
    return false;
}

const char *bi_image_begins(const unsigned char *head, size_t size)
{
    if (size >= 4 && (memcmp(head, "II*\0", 4) == 0 || memcmp(head, "MM\0*", 4) == 0 ||
                      memcmp(head, "II+\0", 4) == 0 || memcmp(head, "MM\0+", 4) == 0))
        return "tiff";
    if (size >= 3 && memcmp(head, "\xff\xd8\xff", 3) == 0)
        return "jpeg";
    if (size >= 8 && memcmp(head, "\x89PNG\r\n\x1a\n", 8) == 0)
        return "png";
    if (bi_jp2_begins(head, size))
        return "jp2";
    /* Readers of PDF forgive what a mail or a scanner's own header puts before it. */
    if (memmem(head, size, "%PDF-", 5))
        return "pdf";
    return NULL;
}

/* Its name, or NULL after setting the error. */
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
    unsigned char head[BI_IMAGE_HEAD] = {0};
    size_t n = fread(head, 1, sizeof head, in);
    if (n == 0) {
        bi_error_set(err, BI_EXIT_INPUT, "%s: is empty", path);
        return NULL;
    }
    const char *format = bi_image_begins(head, n);
    if (!format)
        bi_error_set(err, BI_EXIT_INPUT, "%s: is not a TIFF, PNG, JPEG, JPEG 2000 or PDF file", path);
    return format;
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

char *bi_image_problem(struct bi_arena *arena, const char *path, const struct bi_error *why)
{
    struct bi_error shown; /* the path as messages show it */
    bi_error_set(&shown, BI_EXIT_INPUT, "%s", path);
    size_t length = strlen(shown.text);
    bool begins = strlen(why->text) > length && strncmp(why->text + length, ": ", 2) == 0;
    return bi_arena_strdup(arena, begins ? why->text + length + 2 : why->text);
}

/* A file of which no image can be read has the first one's problem. */
static int check_any(const char *path, const struct bi_image_info *images, size_t count, struct bi_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!images[i].problem)
            return 0;
    return bi_error_set(err, BI_EXIT_INPUT, "%s: %s", path, images[0].problem);
}

int bi_image_probe(struct bi_arena *arena, const char *path, struct bi_image_info **images, size_t *count,
                   struct bi_error *err)
{
    bi_image_quiet();
    const char *format = detect_format(path, err);
    if (!format)
        return -1;
    if (strcmp(format, "tiff") == 0)
        return bi_tiff_probe(arena, path, images, count, err) < 0 ? -1
                                                                  : check_any(path, *images, *count, err);
    if (strcmp(format, "pdf") == 0)
        return bi_pdf_probe(arena, path, images, count, err) < 0 ? -1 : check_any(path, *images, *count, err);
    struct bi_image_info info;
    int status = strcmp(format, "png") == 0   ? bi_png_probe(path, &info, err)
                 : strcmp(format, "jp2") == 0 ? bi_jp2_probe(path, &info, err)
                                              : bi_jpeg_probe(path, &info, err);
    if (status < 0)
        return -1;
    *images = bi_arena_array(arena, 1, sizeof info);
    **images = info;
    *count = 1;
    return 0;
}

int bi_image_read_plain(const char *path, int index, bool grey, PIX **result, struct bi_error *err)
{
    const char *format = detect_format(path, err);
    if (!format)
        return -1;
    if (strcmp(format, "pdf") == 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is a PDF within a PDF", path);
    struct bi_arena arena = {0};
    struct bi_image_info *images, info;
    size_t count;
    int probed = bi_image_probe(&arena, path, &images, &count, err);
    bool there = probed == 0 && index >= 0 && (size_t)index < count;
    if (there)
        info = images[index];
    if (there && info.problem)
        probed = bi_error_set(err, BI_EXIT_INPUT, "%s: %s", path, info.problem);
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
    else if (strcmp(info.format, "jp2") == 0)
        status = bi_jp2_read(path, grey, &pix, err);
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

static int read_any(const char *path, int index, bool grey, PIX **result, struct bi_error *err)
{
    bi_image_quiet();
    const char *format = detect_format(path, err);
    if (!format)
        return -1;
    /* Without looking at all the other pages first. */
    if (strcmp(format, "pdf") == 0)
        return bi_pdf_read(path, index, grey, result, err);
    return bi_image_read_plain(path, index, grey, result, err);
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
