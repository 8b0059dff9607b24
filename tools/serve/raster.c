#include "serve/raster.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "page/image.h"

/* Copies at 1/2, 1/4, 1/8 take a third of a page's bytes: ten million of a tabloid page at 300 dpi. */
enum { LEVELS = 3, KEPT_PAGES = 24 };
#define KEPT_BYTES ((size_t)256 << 20)

struct copies {
    char sha256[BI_SHA256_HEX]; /* "" : free */
    PIX *levels[LEVELS];        /* at 1/2, 1/4, 1/8 */
    size_t bytes;
    unsigned long used; /* when last, on a clock of uses */
    int users;
    bool making;
};

static struct copies KEPT[KEPT_PAGES];
static pthread_mutex_t MUTEX = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t MADE = PTHREAD_COND_INITIALIZER;
static unsigned long CLOCK;

static void tiff_closep(TIFF **tiff)
{
    if (*tiff)
        TIFFClose(*tiff);
}

/* What is needed of a TIFF to read its strips; ours have one sample of 1 or 8 bits. */
struct strips {
    TIFF *tiff;
    uint32_t width, height, rows;
    uint16_t bits, photometric;
};

static int open_strips(const struct serve_raster *raster, struct strips *strips, struct bi_error *err)
{
    uint16_t samples = 1;
    TIFFSetErrorHandler(NULL); /* libraries do not print */
    TIFFSetWarningHandler(NULL);
    *strips = (struct strips){.tiff = TIFFOpen(raster->path, "r")};
    if (!strips->tiff)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: cannot be read", raster->path);
    TIFFGetField(strips->tiff, TIFFTAG_IMAGEWIDTH, &strips->width);
    TIFFGetField(strips->tiff, TIFFTAG_IMAGELENGTH, &strips->height);
    TIFFGetFieldDefaulted(strips->tiff, TIFFTAG_ROWSPERSTRIP, &strips->rows);
    TIFFGetFieldDefaulted(strips->tiff, TIFFTAG_BITSPERSAMPLE, &strips->bits);
    TIFFGetFieldDefaulted(strips->tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
    TIFFGetField(strips->tiff, TIFFTAG_PHOTOMETRIC, &strips->photometric);
    if (strips->rows > strips->height)
        strips->rows = strips->height;
    if (strips->width != (uint32_t)raster->width || strips->height != (uint32_t)raster->height ||
        samples != 1 || (strips->bits != 1 && strips->bits != 8) || TIFFIsTiled(strips->tiff) ||
        strips->rows == 0 || (long)strips->width * strips->height > BI_IMAGE_MAX_PIXELS)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is not the page image that the archive speaks of",
                            raster->path);
    return 0;
}

static unsigned char grey_of(const struct strips *strips, const unsigned char *row, uint32_t x)
{
    unsigned char value = strips->bits == 8 ? row[x] : row[x / 8] & (0x80 >> x % 8) ? 255 : 0;
    return strips->photometric == PHOTOMETRIC_MINISWHITE ? (unsigned char)~value : value;
}

static void copy_row(const struct strips *strips, const unsigned char *row, struct bi_box box, int y,
                     PIX *pix)
{
    l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    for (int x = 0; x < box.w; x++)
        SET_DATA_BYTE(line, x, grey_of(strips, row, (uint32_t)(box.x + x)));
}

/* The box at its own size, 8-bit grey. */
static int read_strips(const struct strips *strips, const char *path, struct bi_box box, PIX **pix,
                       struct bi_error *err)
{
    tmsize_t size = TIFFStripSize(strips->tiff), row_bytes = TIFFScanlineSize(strips->tiff);
    BI_CLEANUP(bi_freep) unsigned char *strip = bi_xcalloc((size_t)size, 1);
    *pix = pixCreateNoInit(box.w, box.h, 8);
    if (!*pix)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: is too large for the memory", path);
    uint32_t first = (uint32_t)box.y / strips->rows, last = (uint32_t)(box.y + box.h - 1) / strips->rows;
    for (uint32_t i = first; i <= last; i++) {
        if (TIFFReadEncodedStrip(strips->tiff, i, strip, size) < 0) {
            pixDestroy(pix);
            return bi_error_set(err, BI_EXIT_INPUT, "%s: is damaged", path);
        }
        for (uint32_t row = 0; row < strips->rows; row++) {
            long y = (long)i * strips->rows + row - box.y;
            if (y >= 0 && y < box.h)
                copy_row(strips, strip + (tmsize_t)row * row_bytes, box, (int)y, *pix);
        }
    }
    return 0;
}

static int read_box(const struct serve_raster *raster, struct bi_box box, PIX **pix, struct bi_error *err)
{
    BI_CLEANUP(tiff_closep) TIFF *tiff = NULL;
    struct strips strips;
    int status = open_strips(raster, &strips, err);
    tiff = strips.tiff;
    return status < 0 ? -1 : read_strips(&strips, raster->path, box, pix, err);
}

static void drop(struct copies *copies)
{
    for (int i = 0; i < LEVELS; i++)
        pixDestroy(&copies->levels[i]);
    *copies = (struct copies){0};
}

static size_t kept_bytes(void)
{
    size_t bytes = 0;
    for (int i = 0; i < KEPT_PAGES; i++)
        bytes += KEPT[i].bytes;
    return bytes;
}

/* Under the lock: the one that nobody uses and that was used longest ago; NULL if all are in use. */
static struct copies *oldest(void)
{
    struct copies *found = NULL;
    for (int i = 0; i < KEPT_PAGES; i++)
        if (!KEPT[i].users && !KEPT[i].making && *KEPT[i].sha256 && (!found || KEPT[i].used < found->used))
            found = &KEPT[i];
    return found;
}

static struct copies *find(const char *sha256)
{
    for (int i = 0; i < KEPT_PAGES; i++)
        if (strcmp(KEPT[i].sha256, sha256) == 0)
            return &KEPT[i];
    return NULL;
}

/* Under the lock: a free place, if need be that of the oldest. */
static struct copies *make_room(void)
{
    struct copies *found;
    while (kept_bytes() > KEPT_BYTES && (found = oldest()))
        drop(found);
    found = find("");
    if (!found && (found = oldest()))
        drop(found);
    return found;
}

static int make_levels(const struct serve_raster *raster, PIX *levels[LEVELS], struct bi_error *err)
{
    PIX *page;
    if (read_box(raster, (struct bi_box){0, 0, raster->width, raster->height}, &page, err) < 0)
        return -1;
    levels[0] = pixScaleAreaMap2(page);
    pixDestroy(&page);
    for (int i = 1; i < LEVELS && levels[i - 1]; i++)
        levels[i] = pixScaleAreaMap2(levels[i - 1]);
    if (levels[LEVELS - 1])
        return 0;
    for (int i = 0; i < LEVELS; i++)
        pixDestroy(&levels[i]);
    return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be made smaller", raster->path);
}

/* Under the lock, which is let go while the copies are made. */
static int make(const struct serve_raster *raster, struct copies *copies, struct bi_error *err)
{
    snprintf(copies->sha256, sizeof copies->sha256, "%s", raster->sha256);
    copies->making = true;
    pthread_mutex_unlock(&MUTEX);
    PIX *levels[LEVELS] = {0};
    int status = make_levels(raster, levels, err);
    pthread_mutex_lock(&MUTEX);
    memcpy(copies->levels, levels, sizeof levels);
    copies->making = false;
    for (int i = 0; status == 0 && i < LEVELS; i++)
        copies->bytes += 4 * (size_t)pixGetWpl(levels[i]) * (size_t)pixGetHeight(levels[i]);
    if (status < 0)
        drop(copies);
    pthread_cond_broadcast(&MADE);
    return status;
}

/* The copies of a page, made if they are not kept; to be given back. NULL with 0: there is no room now. */
static int take(const struct serve_raster *raster, struct copies **taken, struct bi_error *err)
{
    int status = 0;
    pthread_mutex_lock(&MUTEX);
    struct copies *copies;
    while ((copies = find(raster->sha256)) && copies->making)
        pthread_cond_wait(&MADE, &MUTEX);
    if (!copies && (copies = make_room()))
        status = make(raster, copies, err);
    if (copies && status == 0) {
        copies->users++;
        copies->used = ++CLOCK;
    }
    pthread_mutex_unlock(&MUTEX);
    *taken = status == 0 ? copies : NULL;
    return status;
}

static void give_back(struct copies *copies)
{
    pthread_mutex_lock(&MUTEX);
    copies->users--;
    pthread_mutex_unlock(&MUTEX);
}

/* The box on a copy that is smaller by `times`. */
static struct bi_box shrink(struct bi_box box, int times, PIX *level)
{
    int right = (box.x + box.w) / times, bottom = (box.y + box.h) / times;
    struct bi_box small = {box.x / times, box.y / times, 0, 0};
    right = right > pixGetWidth(level) ? pixGetWidth(level) : right;
    bottom = bottom > pixGetHeight(level) ? pixGetHeight(level) : bottom;
    small.w = right > small.x ? right - small.x : 1;
    small.h = bottom > small.y ? bottom - small.y : 1;
    return small;
}

static PIX *clip(PIX *pix, struct bi_box box)
{
    BOX *frame = boxCreate(box.x, box.y, box.w, box.h);
    PIX *piece = pixClipRectangle(pix, frame, NULL);
    boxDestroy(&frame);
    return piece;
}

static int read_copy(const struct serve_raster *raster, struct bi_box box, int level, PIX **piece,
                     struct bi_error *err)
{
    struct copies *copies;
    if (take(raster, &copies, err) < 0)
        return -1;
    if (!copies)
        return read_box(raster, box, piece, err);
    *piece = clip(copies->levels[level], shrink(box, 2 << level, copies->levels[level]));
    give_back(copies);
    return *piece ? 0 : bi_error_set(err, BI_EXIT_INTERNAL, "%s: a piece cannot be cut", raster->path);
}

int serve_raster_read(const struct serve_raster *raster, struct bi_box box, int width, int height, PIX **pix,
                      struct bi_error *err)
{
    PIX *piece;
    int level = -1;
    while (level + 1 < LEVELS && width * (2 << (level + 1)) <= box.w && height * (2 << (level + 1)) <= box.h)
        level++;
    if ((level < 0 ? read_box(raster, box, &piece, err) : read_copy(raster, box, level, &piece, err)) < 0)
        return -1;
    if (pixGetWidth(piece) == width && pixGetHeight(piece) == height) {
        *pix = piece;
        return 0;
    }
    *pix = pixScaleToSize(piece, width, height);
    pixDestroy(&piece);
    return *pix ? 0 : bi_error_set(err, BI_EXIT_INTERNAL, "%s: a piece cannot be scaled", raster->path);
}

void serve_raster_release(void)
{
    for (int i = 0; i < KEPT_PAGES; i++)
        drop(&KEPT[i]);
}
