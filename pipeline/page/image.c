/* What a file holds, and the three decoders. TIFF goes through Leptonica with libtiff's errors counted, since
 * Leptonica returns a page with its lower part missing for a truncated colour strip; JPEG and PNG go through
 * their libraries directly, since Leptonica's readers print to stderr or cannot tell a truncated file from a
 * harmless warning. */
#include "page/image.h"

#include <errno.h>
#include <jerror.h>
#include <jpeglib.h>
#include <png.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <tiffio.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"

/* More images in one file than any scanner batch has; a directory chain that is longer is hostile. */
enum { MAX_IMAGES_PER_FILE = 2000 };

static int tiff_error_count;
static char tiff_error_text[256];

static __attribute__((format(printf, 3, 0))) void count_tiff_error(thandle_t handle, const char *module,
                                                                   const char *format, va_list args)
{
    (void)handle;
    (void)module;
    if (tiff_error_count++ == 0)
        vsnprintf(tiff_error_text, sizeof tiff_error_text, format, args);
}

void bi_image_quiet(void)
{
    setMsgSeverity(L_SEVERITY_NONE);
    TIFFSetWarningHandler(NULL);
    TIFFSetErrorHandler(NULL);
    TIFFSetErrorHandlerExt(count_tiff_error);
}

static void tiff_closep(TIFF **tiff)
{
    if (*tiff)
        TIFFClose(*tiff);
}

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

static int check_limits(const char *path, const struct bi_image_info *info, struct bi_error *err)
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

static int probe_tiff(struct bi_arena *arena, const char *path, struct bi_image_info **images, size_t *count,
                      struct bi_error *err)
{
    tiff_error_count = 0;
    BI_CLEANUP(tiff_closep) TIFF *tiff = TIFFOpen(path, "rm");
    if (!tiff)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is a broken TIFF: %s", path,
                            tiff_error_count ? tiff_error_text : "no directory");
    struct bi_image_info *list = NULL;
    size_t found = 0, capacity = 0;
    do {
        if (found == MAX_IMAGES_PER_FILE)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: has more than %d images", path, MAX_IMAGES_PER_FILE);
        uint32_t width = 0, height = 0;
        uint16_t bits = 1, samples = 1, unit = RESUNIT_INCH;
        float resolution = 0;
        TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
        TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
        TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
        TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
        TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
        TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &resolution);
        if (unit == RESUNIT_CENTIMETER)
            resolution *= 2.54f;
        struct bi_image_info info = {
            .format = "tiff",
            .index = (int)found,
            .width = width > INT32_MAX ? INT32_MAX : (int)width,
            .height = height > INT32_MAX ? INT32_MAX : (int)height,
            .bits = bits * samples,
            .dpi = resolution > 0 && resolution < 100000 ? (int)(resolution + 0.5f) : 0,
        };
        if (check_limits(path, &info, err) < 0)
            return -1;
        list = bi_arena_grow(arena, list, found, &capacity, sizeof *list);
        list[found++] = info;
    } while (TIFFReadDirectory(tiff));
    *images = list;
    *count = found;
    return 0;
}

/* ---- JPEG */

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

static int probe_jpeg(const char *path, struct bi_image_info *out, struct bi_error *err)
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
    return check_limits(path, out, err);
}

/* Leptonica keeps pixels in big-endian order within 32-bit words; these put bytes where its macros find them.
 */
static void put_grey_row(PIX *pix, int y, const unsigned char *row, int width)
{
    l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    for (int x = 0; x < width; x++)
        SET_DATA_BYTE(line, x, row[x]);
}

static void put_colour_row(PIX *pix, int y, const unsigned char *row, int width)
{
    l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    for (int x = 0; x < width; x++)
        composeRGBPixel(row[3 * x], row[3 * x + 1], row[3 * x + 2], line + x);
}

static int read_jpeg(const char *path, bool grey, PIX **result, struct bi_error *err)
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
    if (info.num_components == 4)
        ERREXIT(&info, JERR_CONVERSION_NOTIMPL);
    grey = grey || info.num_components == 1;
    info.out_color_space = grey ? JCS_GRAYSCALE : JCS_RGB;
    info.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&info);
    int width = (int)info.output_width, height = (int)info.output_height;
    pix = pixCreate(width, height, grey ? 8 : 32);
    row = malloc((size_t)width * (grey ? 1 : 3));
    if (!pix || !row)
        ERREXIT1(&info, JERR_OUT_OF_MEMORY, 0);
    for (int y = 0; y < height; y++) {
        JSAMPROW rows[1] = {row};
        jpeg_read_scanlines(&info, rows, 1);
        if (grey)
            put_grey_row(pix, y, row, width);
        else
            put_colour_row(pix, y, row, width);
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

/* ---- PNG */

static int probe_png(const char *path, struct bi_image_info *out, struct bi_error *err)
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
    return check_limits(path, out, err);
}

static void png_freep(png_imagep *image)
{
    png_image_free(*image);
}

static int read_png(const char *path, bool grey, const struct bi_image_info *info, PIX **result,
                    struct bi_error *err)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    BI_CLEANUP(png_freep) png_imagep owner = &image;
    (void)owner;
    if (!png_image_begin_read_from_file(&image, path))
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is a broken PNG: %s", path, image.message);
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
            put_grey_row(pix, y, pixels + (size_t)y * stride, width);
        else
            put_colour_row(pix, y, pixels + (size_t)y * stride, width);
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

/* ---- TIFF */

static int read_tiff(const char *path, int index, PIX **result, struct bi_error *err)
{
    tiff_error_count = 0;
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rbe");
    if (!in)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = pixReadStreamTiff(in, index);
    if (!pix || tiff_error_count)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: image %d is a damaged or truncated TIFF: %s", path,
                            index + 1, tiff_error_count ? tiff_error_text : "its kind of pixels is not read");
    *result = pix;
    pix = NULL;
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
        return probe_tiff(arena, path, images, count, err);
    struct bi_image_info info;
    if ((strcmp(format, "png") == 0 ? probe_png(path, &info, err) : probe_jpeg(path, &info, err)) < 0)
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
        status = read_tiff(path, index, &pix, err);
    else if (strcmp(info.format, "png") == 0)
        status = read_png(path, grey, &info, &pix, err);
    else
        status = read_jpeg(path, grey, &pix, err);
    if (status < 0)
        return -1;
    pix = plain_depth(pix);
    if (!pix)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", path);
    *result = pix;
    return 0;
}

int bi_image_read(const char *path, int index, PIX **pix, struct bi_error *err)
{
    return read_any(path, index, false, pix, err);
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

int bi_image_write_tiff(const char *path, PIX *pix, struct bi_error *err)
{
    bi_image_quiet();
    int depth = pixGetDepth(pix);
    if (depth != 1 && depth != 8)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: no TIFF is written of %d-bit pixels", path, depth);
    BI_CLEANUP(bi_output_discard) struct bi_output out = {0};
    if (bi_output_open(&out, path, err) < 0)
        return -1;
    /* libtiff closes the descriptor it is given. */
    int descriptor = dup(fileno(out.stream));
    tiff_error_count = 0;
    TIFF *tiff = descriptor < 0 ? NULL : TIFFFdOpen(descriptor, path, "wl");
    if (!tiff) {
        if (descriptor >= 0)
            close(descriptor);
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be written", path);
    }
    int width = pixGetWidth(pix), height = pixGetHeight(pix), dpi = pixGetXRes(pix);
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, depth);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, depth == 1 ? PHOTOMETRIC_MINISWHITE : PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, depth == 1 ? COMPRESSION_CCITTFAX4 : COMPRESSION_ADOBE_DEFLATE);
    if (depth == 8) {
        TIFFSetField(tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
        /* Twice the size of the best level at a fifth of its time; the file is an intermediate one. */
        TIFFSetField(tiff, TIFFTAG_ZIPQUALITY, 1);
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 256);
    } else {
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, height);
    }
    if (dpi > 0) {
        TIFFSetField(tiff, TIFFTAG_XRESOLUTION, (double)dpi);
        TIFFSetField(tiff, TIFFTAG_YRESOLUTION, (double)dpi);
        TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    }
    if (pixGetText(pix))
        TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, pixGetText(pix));
    TIFFSetField(tiff, TIFFTAG_SOFTWARE, "backissue " BI_VERSION);

    size_t bytes = ((size_t)width * (size_t)depth + 7) / 8;
    BI_CLEANUP(bi_freep) unsigned char *row = malloc(bytes + 4);
    bool ok = row != NULL;
    errno = 0;
    for (int y = 0; ok && y < height; y++) {
        const l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (size_t i = 0; i < bytes; i++)
            row[i] = (unsigned char)GET_DATA_BYTE(line, i);
        ok = TIFFWriteScanline(tiff, row, (uint32_t)y, 0) == 1;
    }
    ok = ok && TIFFFlush(tiff) == 1 && tiff_error_count == 0;
    int cause = errno;
    TIFFClose(tiff);
    if (!ok || tiff_error_count) {
        errno = cause ? cause : EIO;
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", path);
    }
    return bi_output_commit(&out, err);
}
