/* Reading every line of a page. */
#ifndef OCR_OCR_H
#define OCR_OCR_H

#include <leptonica/allheaders.h>

#include "base/error.h"
#include "cut.h"
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

/* The line cut out and toned, and freed of grain where the paper has much (noise: of struct bi_transform):
 * what strips are made of, here and for training. False where there is nothing to see; *cut is to be released
 * anyway. */
bool ocr_prepare(const struct plane *image, const struct bi_line *line,
                 const struct cut_neighbours *neighbours, double noise, struct plane *cut,
                 struct bi_point *origin);

/* Reads the lines of text and table regions and puts text, confidence and glyphs into the page; what an
 * earlier reading left there is replaced. image: 8-bit grey, of the page's size, else BI_EXIT_INPUT. */
int ocr_page(struct bi_page *page, PIX *image, const struct ocr_readers *readers, const struct folds *folds,
             struct bi_error *err);

#endif
