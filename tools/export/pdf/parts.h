/* What an article's document shows of an issue's pages: the parts of the article, cut out with a margin. */
#ifndef EXPORT_PDF_PARTS_H
#define EXPORT_PDF_PARTS_H

#include "export/issue.h"
#include "export/pdf/picture.h"

struct pdf_part {
    struct export_page *page;
    struct bi_box box;
    struct pdf_image image;
};

struct pdf_parts {
    const struct export_article *article;
    struct pdf_part *list;
    size_t count;
    size_t *of_line; /* for each of the article's lines */
};

/* The parts of an article, in order, from the arena: those that the archive knows, and one for lines on pages
 * that have none. Images are not there yet. */
struct pdf_parts pdf_parts_of(struct bi_arena *arena, const struct export_article *article);

/* In pixels, on each side where the page has it. */
int pdf_part_margin(const struct pdf_part *part);

#endif
