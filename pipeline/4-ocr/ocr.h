/* Reading every line of a page. */
#ifndef OCR_OCR_H
#define OCR_OCR_H

#include <leptonica/allheaders.h>

#include "base/error.h"
#include "folds.h"
#include "page/page.h"
#include "reader.h"

/* Reads the lines of text and table regions and puts text, confidence and glyphs into the page; what an
 * earlier reading left there is replaced. image: 8-bit grey, of the page's size, else BI_EXIT_INPUT. */
int ocr_page(struct bi_page *page, PIX *image, struct reader *reader, const struct folds *folds,
             struct bi_error *err);

#endif
