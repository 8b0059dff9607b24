/* The image of a page, made small enough to hand on. Grey pages are JPEG: their pictures need tones, and thin
 * strokes of worn type, which any threshold breaks, stay as they are. Pages whose scan had one bit a pixel
 * are CCITT G4 at their own resolution, where half-tones would only add to what the scanner saw.
 *
 * The upright image is taken and not the scan: the text's boxes are its pixels; with the background divided
 * out, paper and what shines through it cost nothing (a dense page at 150 dpi has half the bytes of its scan
 * at the same quality); and bent and slanted lines could not be marked by upright boxes on the scan. */
#ifndef EXPORT_PDF_PICTURE_H
#define EXPORT_PDF_PICTURE_H

#include <leptonica/allheaders.h>

#include "export/issue.h"
#include "export/pdf/document.h"

/* A page image at the resolution of the document. */
struct pdf_picture {
    PIX *pix;            /* 8 or 1 bit deep; NULL: there is none */
    double across, down; /* its pixels per pixel of the upright page */
};

/* An encoded image. */
struct pdf_image {
    unsigned char *data; /* NULL: there is none */
    size_t size;
    int width, height;
    bool bitonal;
};

/* Reads the image of a page, reduced to a resolution (0: as it is) unless it is bitonal. BI_EXIT_INPUT if it
 * cannot be read. */
int pdf_picture_read(const struct export_page *page, int dpi, struct pdf_picture *picture,
                     struct bi_error *err);
void pdf_picture_release(struct pdf_picture *picture); /* safe on a zeroed struct */

/* The lines of a part that is cut out of a page. */
struct pdf_cut {
    struct bi_box box;
    const struct export_page *page;
    const struct export_article *article; /* lines of other articles are left out of the picture */
};

/* Encodes what a cut shows, for a cut without an article all of it. JPEG has a quality of 1 … 100. */
int pdf_picture_encode(const struct pdf_picture *picture, const struct pdf_cut *cut, int quality,
                       struct pdf_image *image, struct bi_error *err);
void pdf_image_release(struct pdf_image *image);

/* Puts an image into the document, as an object for pages to show. */
qpdf_oh pdf_image_object(struct pdf_document *document, const struct pdf_image *image);

/* CCITT G4 data of a 1-bit image; the caller frees *data. */
int pdf_ccitt(PIX *pix, unsigned char **data, size_t *size, struct bi_error *err);

#endif
