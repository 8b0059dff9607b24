/* TIFF: read through Leptonica with libtiff's errors counted, since Leptonica returns a page with its lower
 * part missing for a truncated colour strip; written through libtiff, to a file that appears whole or not at
 * all. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/image_formats.h"

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

int bi_tiff_probe(struct bi_arena *arena, const char *path, struct bi_image_info **images, size_t *count,
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
        struct bi_error why;
        if (bi_image_check_limits(path, &info, &why) < 0) {
            info.problem = bi_image_problem(arena, path, &why);
            info.width = info.height = 0;
        }
        list = bi_arena_grow(arena, list, found, &capacity, sizeof *list);
        list[found++] = info;
    } while (TIFFReadDirectory(tiff));
    for (size_t i = 0; found > 1 && i < found; i++)
        if (list[i].problem)
            list[i].problem = bi_arena_printf(arena, "image %zu: %s", i + 1, list[i].problem);
    *images = list;
    *count = found;
    return 0;
}

/* How the samples of a TIFF that is read row by row make a colour. */
struct samples {
    int count, bytes; /* a pixel; a sample */
    bool inks, alpha;
};

/* Whether its pixels are colours that can be read row by row; sets the directory to the image. */
static bool has_colour_rows(TIFF *tiff, int index, struct samples *samples)
{
    uint16_t bits = 1, count = 1, planar = PLANARCONFIG_CONTIG, photometric = 0, compression = 0, extra = 0,
             *kinds;
    if (!TIFFSetDirectory(tiff, (tdir_t)index))
        return false;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &count);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &extra, &kinds);
    TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
    if (photometric == PHOTOMETRIC_YCBCR && compression == COMPRESSION_JPEG) {
        TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        photometric = PHOTOMETRIC_RGB;
    }
    *samples = (struct samples){.count = count,
                                .bytes = bits / 8,
                                .inks = photometric == PHOTOMETRIC_SEPARATED,
                                .alpha = photometric == PHOTOMETRIC_RGB && extra > 0 && count > 3 &&
                                         kinds[0] != EXTRASAMPLE_UNSPECIFIED};
    return (bits == 8 || bits == 16) && planar == PLANARCONFIG_CONTIG && !TIFFIsTiled(tiff) &&
           ((photometric == PHOTOMETRIC_RGB && count >= 3) || (samples->inks && count >= 4));
}

/* One row of samples to grey. */
static void mix_row(const unsigned char *row, const struct samples *samples, int width, unsigned char *grey)
{
    for (int x = 0; x < width; x++) {
        int value[4] = {0};
        for (int k = 0; k < samples->count && k < 4; k++) {
            size_t at = (size_t)x * (size_t)samples->count + (size_t)k;
            uint16_t deep;
            if (samples->bytes == 2)
                memcpy(&deep, row + 2 * at, sizeof deep);
            value[k] = samples->bytes == 2 ? deep >> 8 : row[at];
        }
        for (int k = 0; samples->inks && k < 3; k++)
            value[k] = (255 - value[k]) * (255 - value[3]) / 255;
        for (int k = 0; samples->alpha && k < 3; k++)
            value[k] = (value[k] * value[3] + 255 * (255 - value[3])) / 255;
        grey[x] = bi_luminance(value[0], value[1], value[2]);
    }
}

/* NULL if the image is none for this, or cannot be read to its end; libtiff's errors are counted. */
static PIX *read_colour_rows(const char *path, int index)
{
    BI_CLEANUP(tiff_closep) TIFF *tiff = TIFFOpen(path, "rm");
    struct samples samples;
    if (!tiff || !has_colour_rows(tiff, index, &samples))
        return NULL;
    uint32_t width = 0, height = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    BI_CLEANUP(bi_freep) unsigned char *row = malloc((size_t)TIFFScanlineSize(tiff) + 1);
    BI_CLEANUP(bi_freep) unsigned char *grey = malloc((size_t)width + 1);
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = pixCreate((l_int32)width, (l_int32)height, 8);
    if (!row || !grey || !pix ||
        (size_t)TIFFScanlineSize(tiff) < (size_t)width * (size_t)samples.count * (size_t)samples.bytes)
        return NULL;
    for (uint32_t y = 0; y < height; y++) {
        if (TIFFReadScanline(tiff, row, y, 0) != 1)
            return NULL;
        mix_row(row, &samples, (int)width, grey);
        bi_put_grey_row(pix, (int)y, grey, (int)width);
    }
    PIX *done = pix;
    pix = NULL;
    return done;
}

int bi_tiff_read(const char *path, int index, bool grey, PIX **result, struct bi_error *err)
{
    tiff_error_count = 0;
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rbe");
    if (!in)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = grey ? read_colour_rows(path, index) : NULL;
    if (!pix && !tiff_error_count)
        pix = pixReadStreamTiff(in, index);
    if (!pix || tiff_error_count)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: image %d is a damaged or truncated TIFF: %s", path,
                            index + 1, tiff_error_count ? tiff_error_text : "its kind of pixels is not read");
    *result = pix;
    pix = NULL;
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
    errno = 0;
    int descriptor = dup(fileno(out.stream));
    tiff_error_count = 0;
    TIFF *tiff = descriptor < 0 ? NULL : TIFFFdOpen(descriptor, path, "wl");
    if (!tiff) {
        int cause = errno; /* the header is written when a file is opened, and the disk may be full */
        if (descriptor >= 0)
            close(descriptor);
        errno = cause ? cause : EIO;
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", path);
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
