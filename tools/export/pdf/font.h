/* A font without ink, for text that is there to be searched and copied over the image of a page.
 *
 * Every character has a number (CID) of its own for each width that it is used with, so that the advance of
 * a character can be what it is on the page: a line is then one showing operator without gaps between its
 * characters, and no reader finds spaces where none are. Widths come in steps of PDF_WIDTH_STEP; what is
 * left over is for the caller to put between characters. The font programme is a TrueType font made here
 * that has an empty glyph for each width, as embedding and equal widths are required (6.2.11.4.1, 6.2.11.5);
 * ToUnicode gives each CID its text (6.2.11.7.2). */
#ifndef EXPORT_PDF_FONT_H
#define EXPORT_PDF_FONT_H

#include <stdbool.h>

#include "base/arena.h"
#include "export/pdf/document.h"

/* Thousandths of the font's size. */
#define PDF_WIDTH_STEP 100
#define PDF_MAX_WIDTH 5000
/* Of the characters' box, over and under the baseline: together the size. */
#define PDF_ASCENT 880
#define PDF_DESCENT 120

#define PDF_MAX_CIDS 65535

struct pdf_cid {
    const char *text; /* UTF-8: a character, with marks that belong to it */
    int width;        /* a multiple of PDF_WIDTH_STEP, 0 … PDF_MAX_WIDTH */
    int cid;          /* from 1 */
};

struct pdf_font {
    struct bi_arena arena;
    void *tree;            /* of struct pdf_cid, by text and width (tsearch) */
    struct pdf_cid **cids; /* in the order of their numbers: cids[0] is number 1 */
    size_t count, room;
    qpdf_oh object; /* what pages name; complete once pdf_font_finish is called */
};

void pdf_font_open(struct pdf_font *font, struct pdf_document *document);
void pdf_font_release(struct pdf_font *font);
/* The number of a character of about this width, which becomes the exact one. 0 if the font is full. */
int pdf_font_cid(struct pdf_font *font, const char *text, int *width);
/* Puts the font into the document. */
void pdf_font_finish(struct pdf_font *font, struct pdf_document *document);

/* The CMap that gives the characters' texts. Appends to out. */
struct bi_text;
void pdf_font_cmap(const struct pdf_font *font, struct bi_text *out);

/* The font programme: a TrueType font whose glyph n is n · PDF_WIDTH_STEP wide and empty. Appends to out. */
void pdf_truetype(struct bi_text *out);

#endif
