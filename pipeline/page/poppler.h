/* PDF through poppler's programs pdfinfo, pdfimages and pdftoppm. Each runs in a child process with limits on
 * time, memory and the size of what it writes, so that no PDF can take more than that. For page/image_pdf.c
 * alone. Errors are BI_EXIT_INPUT, naming file and page; BI_EXIT_MACHINE if poppler is not installed. */
#ifndef PAGE_POPPLER_H
#define PAGE_POPPLER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"

/* A page as it is shown: what its crop box leaves, turned as it says. */
struct bi_pdf_sheet {
    double width, height; /* in points; 0 if there is no such page */
};

/* One drawing of an image on a page. */
struct bi_pdf_image {
    bool plain;        /* an image, not a mask of another one */
    int width, height; /* its own pixels */
    int dpi_x, dpi_y;  /* of its rows and of its columns as they lie on the page, whichever way */
};

/* The first `most` pages, and how many there are in all. sheets: `most` of them, from the arena. */
int bi_poppler_sheets(struct bi_arena *arena, const char *path, int most, struct bi_pdf_sheet **sheets,
                      int *pages, struct bi_error *err);

/* The images of one page. */
int bi_poppler_images(struct bi_arena *arena, const char *path, int page, struct bi_pdf_image **images,
                      size_t *count, struct bi_error *err);

/* Takes the one image of a page out, as it is if it is JPEG or JPEG 2000, else as PNG. *file is one of
 * scratch's names. bytes: the most that is written. Faults in the image's data are errors. */
int bi_poppler_extract(struct bi_arena *arena, const char *path, int page, uint64_t bytes,
                       struct bi_scratch *scratch, const char **file, struct bi_error *err);

/* Draws a page as it is shown, width x height pixels, into *out, which is at the beginning of a PNM file with
 * one byte a pixel (grey) or three. strict: whatever poppler finds wrong is an error; else only a page that
 * it cannot draw at all. The caller closes *out. */
int bi_poppler_draw(struct bi_arena *arena, const char *path, int page, int width, int height, bool grey,
                    bool strict, FILE **out, struct bi_error *err);

#endif
