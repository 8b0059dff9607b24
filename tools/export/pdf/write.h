/* The documents that export pdf makes. */
#ifndef EXPORT_PDF_WRITE_H
#define EXPORT_PDF_WRITE_H

#include "export/pdf/parts.h"

/* The whole issue: its pages as printed, with an image each. */
int pdf_write_issue(const struct export_issue *issue, const struct pdf_image *images, const char *path,
                    struct bi_error *err);

/* An article: a page for each of its parts. Its text is that of the article alone, its heads and then its
 * body; what is printed around it (captions, jump lines, headlines repeated where it goes on) can be seen,
 * but would only stand in the middle of its sentences when it is copied. The whole issue has their text. */
int pdf_write_article(const struct export_issue *issue, const struct pdf_parts *parts, const char *path,
                      struct bi_error *err);

/* What a bookmark calls an article: its headline, else how it begins, else its kind; from the arena. */
const char *pdf_article_title(struct bi_arena *arena, const struct export_article *article);
/* "第3版 文化", from the arena. */
char *pdf_page_title(struct bi_arena *arena, const struct export_page *page);

#endif
