/* Scans and page images: what a file holds without decoding it, and reading it within limits. TIFF
 * (multi-page, G3/G4, LZW, JPEG, Deflate, PackBits), PNG, JPEG, JPEG 2000 and the pages of PDF, whatever the
 * file's name ends in. PDF is read by poppler's programs in child processes with limits of their own. */
#ifndef PAGE_IMAGE_H
#define PAGE_IMAGE_H

#include <leptonica/allheaders.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

/* Images with more pixels are refused before decoding; a broadsheet at 600 dpi has about 140 million. */
#define BI_IMAGE_MAX_PIXELS 200000000L
/* … and with a side longer than this. */
#define BI_IMAGE_MAX_SIDE 60000

struct bi_image_info {
    char format[8]; /* "tiff", "png", "jpeg", "jp2", "pdf" */
    int index;      /* which image of a multi-page file, from 0 */
    int width, height;
    int bits;      /* per pixel: 1, 8, 16, 24, 32 … */
    int dpi;       /* horizontal, from the file; 0 if it says nothing */
    char *problem; /* why this image cannot be read, though others of the file can; NULL if it can */
};

/* The format that a file of this beginning has; NULL for none that is read. BI_IMAGE_HEAD bytes tell. */
#define BI_IMAGE_HEAD 1024
const char *bi_image_begins(const unsigned char *head, size_t size);

/* True for names that end as those of scans do (.tif, .jpg, .pdf, …), also of formats that are not read. */
bool bi_image_named(const char *name);

/* What a file holds, from its headers: one element per image of a multi-page TIFF or page of a PDF, else one.
 * The array comes from the arena. BI_EXIT_INPUT, naming the file, for what is empty, not an image, of a
 * format that is not read, unreadable, or past the limits in all its images. BI_EXIT_MACHINE if poppler is
 * missing.
 */
int bi_image_probe(struct bi_arena *arena, const char *path, struct bi_image_info **images, size_t *count,
                   struct bi_error *err);

/* An error's text without the path that it begins with, from the arena. */
char *bi_image_problem(struct bi_arena *arena, const char *path, const struct bi_error *why);

/* Decodes one image, as the file has it (1, 8 or 32 bits deep; 16-bit is reduced to 8, palettes are resolved,
 * alpha is laid over white). A file that ends early is BI_EXIT_INPUT, never half a page. The pix's text is
 * the ImageDescription of a TIFF. The caller destroys *pix. */
int bi_image_read(const char *path, int index, PIX **pix, struct bi_error *err);

/* bi_image_read, but colours are made grey as they are decoded, so that no more than a byte a pixel is held:
 * the pix is 1 or 8 bits deep. */
int bi_image_read_tones(const char *path, int index, PIX **pix, struct bi_error *err);

/* bi_image_read of the first image, made 8-bit grey: light is high. */
int bi_image_read_grey(const char *path, PIX **pix, struct bi_error *err);

/* Writes a TIFF whole or not at all: G4 for 1-bit, Deflate with prediction for 8-bit images. The pix's text
 * becomes the ImageDescription, its resolution the file's. Same pixels, same bytes. */
int bi_image_write_tiff(const char *path, PIX *pix, struct bi_error *err);

/* Leptonica's messages off, as libraries do not print. Called by bi_image_probe and bi_image_read. */
void bi_image_quiet(void);

static inline void bi_pix_destroyp(PIX **pix)
{
    pixDestroy(pix);
}

#endif
