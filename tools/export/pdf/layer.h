/* The invisible text over the image of a page: every line is one text-showing operator (TJ) in rendering mode
 * 3 whose characters stand where they are printed. A character reaches to where the next one begins, so that
 * what copies text finds no gap in which to put a space; where the text has a space there is one, and room
 * for it. The font is as large as the line is high, so that the boxes of words are those of the print; for
 * lines of about the usual height it is that height, as readers that put columns together (poppler's does)
 * take lines whose sizes differ by a twentieth for different texts.
 *
 * Vertical lines are horizontal ones turned by a quarter, clockwise. The other way, a font of writing mode 1,
 * is drawn alike but misplaced by half a line where poppler selects and searches. */
#ifndef EXPORT_PDF_LAYER_H
#define EXPORT_PDF_LAYER_H

#include "base/text.h"
#include "export/issue.h"
#include "export/pdf/font.h"

/* A printed character as the layer has it. */
struct pdf_character {
    const char *text;  /* with marks that belong to it; " " is a space, without a place */
    int start, length; /* pixels along the line, from its beginning; length 0: the place is unknown */
};

/* A line of the layer. */
struct pdf_line {
    const struct export_line *line; /* its box and direction */
    struct pdf_character *characters;
    size_t count;
};

/* The part of an upright page image that a page of the document shows. */
struct pdf_frame {
    struct bi_box box;
    double points; /* per pixel */
};

/* All fonts of a document: a second one where there are more characters than one can have. */
struct pdf_fonts {
    struct bi_arena arena;
    struct pdf_font **list;
    size_t count, room;
    qpdf_oh resource; /* of pages: the dictionary of fonts */
};

void pdf_fonts_open(struct pdf_fonts *fonts, struct pdf_document *document);
void pdf_fonts_finish(struct pdf_fonts *fonts, struct pdf_document *document);
void pdf_fonts_release(struct pdf_fonts *fonts); /* safe on a zeroed struct */

/* The characters of a line, its own text at its own glyphs, from the arena. Control characters, and what
 * ToUnicode may not have, are left out. */
struct pdf_line pdf_line_of(struct bi_arena *arena, const struct export_line *line);
/* Adds a character of a text to a line that has room for it: at a glyph, or of unknown place where that is
 * NULL. White space becomes a space; marks and signs without a width of their own go to the one before. */
void pdf_line_add(struct bi_arena *arena, struct pdf_line *line, const char *text, size_t bytes,
                  const struct export_glyph *glyph);

/* The usual type of a page, in pixels: lines that are about so high have a font of this size. */
struct pdf_type {
    int height, size;
};

/* Appends a line's operators to a page's content, between BT and ET and with rendering mode 3 set. Characters
 * of unknown place are put between those of known. */
void pdf_layer_add(struct bi_text *content, struct pdf_document *document, struct pdf_fonts *fonts,
                   const struct pdf_frame *frame, struct pdf_line *line, const struct pdf_type *type);

/* The median of the lines' heights, and a font of that size. */
struct pdf_type pdf_layer_type(const struct pdf_line *lines, size_t count);

#endif
