/* Reading every line of a page. */
#ifndef OCR_OCR_H
#define OCR_OCR_H

#include <leptonica/allheaders.h>

#include "base/error.h"
#include "folds.h"
#include "page/page.h"
#include "profiles.h"
#include "reader.h"
#include "words.h"

struct ocr_reading {
    const struct reader *reader;
    struct strip_style style;
};

/* A profile with its models open; see struct profile. */
struct ocr_readers {
    struct ocr_reading readings[PROFILE_MAX_READINGS];
    size_t first_count, count;
    double doubt;
    const struct words *words; /* NULL: none */
};

/* Reads the lines of text and table regions and puts text, confidence and glyphs into the page; what an
 * earlier reading left there is replaced. image: 8-bit grey, of the page's size, else BI_EXIT_INPUT. */
int ocr_page(struct bi_page *page, PIX *image, const struct ocr_readers *readers, const struct folds *folds,
             struct bi_error *err);

#endif
