/* The lines of an exported issue (issue.h). */
#ifndef EXPORT_LINES_H
#define EXPORT_LINES_H

#include "base/text.h"
#include "export/issue.h"

/* Appends a row, all its columns, to what an archive was found to say. */
void export_lines_say(struct bi_text *said, sqlite3_stmt *row);

/* Reads the lines of a page of the issue, with their glyphs, and says their rows. The issue's articles must
 * be there. */
int export_lines_read(const struct archive *archive, struct export_issue *issue, struct export_page *page,
                      struct bi_text *said, struct bi_error *err);

/* Once all pages have theirs: gives each article its lines. */
void export_lines_to_articles(struct export_issue *issue);

#endif
