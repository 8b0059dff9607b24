/* A page of a document: the image of a page, or of a part of one, with its text over it. */
#ifndef EXPORT_PDF_SHEET_H
#define EXPORT_PDF_SHEET_H

#include "export/pdf/layer.h"
#include "export/pdf/marks.h"
#include "export/pdf/picture.h"

/* Of pages that do not say their resolution. */
#define PDF_USUAL_DPI 300

/* The place of a box of a page, in its true size. */
struct pdf_frame pdf_frame_of(const struct export_page *page, struct bi_box box);

/* Adds a page with these lines, in this order. The place's point is that of the frame's corner. */
struct pdf_place pdf_sheet_add(struct pdf_document *document, struct pdf_fonts *fonts,
                               const struct pdf_frame *frame, const struct pdf_image *image,
                               struct pdf_line *lines, size_t count, const struct pdf_type *type);

#endif
