/* Columns of an article as programs find them that read the text of a page by where it stands (poppler's
 * pdftotext, and what is made with it). They part columns at gutters of the width of a character, and put a
 * space where one line has a gap. */
#ifndef EXPORT_PDF_COLUMNS_H
#define EXPORT_PDF_COLUMNS_H

#include "export/pdf/layer.h"

/* Joins lines that follow each other on one row, as those of a text set in pieces do, into one without a gap.
 * Returns how many lines are left. */
size_t pdf_join_rows(struct bi_arena *arena, struct pdf_line *lines, size_t count);

/* Cuts the last character of lines that reach into the gutter (a comma's empty half, or dirt that was read as
 * a character at the beginning of a line of the next column, leave too little of it). At most a part of the
 * character is cut. */
void pdf_keep_gutters(struct pdf_line *lines, size_t count);

/* Moves down the only line of a last column that ends above the first line of the column before it, as it
 * does where that begins with a jump line that has no text here: it would be taken for a headline over both.
 */
void pdf_level_tops(struct bi_arena *arena, struct pdf_line *lines, size_t count);

/* The type of a page whose lines are to be taken for those of one column, however far apart they are set:
 * those programs begin a new text where the next line is one and a half of the font's size lower. */
struct pdf_type pdf_column_type(const struct pdf_line *lines, size_t count);

#endif
