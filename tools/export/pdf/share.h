/* The body of an article put back on the lines that it was printed in.
 *
 * An article's body is made of its lines, and mostly it is their texts one after the other. Where it is not
 * (a hyphen that only divided a word, a paragraph corrected by hand, a notice whose lines are an
 * advertisement's), the difference is found by Myers' algorithm (An O(ND) Difference Algorithm and Its
 * Variations, Algorithmica 1, 1986) over all characters but white space. Each character of the body goes to
 * the line that it was printed in, or beside the one before it, so that the texts of the lines, one after the
 * other, are the body but for line breaks. */
#ifndef EXPORT_PDF_SHARE_H
#define EXPORT_PDF_SHARE_H

#include "export/pdf/layer.h"

/* More differences than these are not looked for: the lines keep their own texts then. */
#define PDF_MAX_DIFFERENCES 1000

/* A line for each of the article's lines, in their order, from the arena: with its share of the body; empty
 * where a line is one of the body but nothing of it was kept; with its own text where it is a headline,
 * kicker, subhead or byline, and empty for what is neither (captions, jump lines). */
struct pdf_line *pdf_share_body(struct bi_arena *arena, const struct export_article *article);

/* Whether a line is of an article's headline, kicker, subhead or byline. */
bool pdf_is_head(const struct export_line *line);

#endif
