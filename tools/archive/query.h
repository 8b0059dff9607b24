/* What people type, made a full-text expression. Whatever they type is valid.
 *
 *     菜场 通道          both, anywhere in one article
 *     菜场 OR 食堂       one of them; OR binds closer than the space
 *     菜场 -食堂         the first without the second (also NOT 食堂)
 *     "Debian 手册"      this stretch of text; so is every word without quotes
 *
 * A word or stretch is found wherever its folding is a substring of the folded text (6-load/fold.h): width,
 * letter case, white space, traditional and simplified make no difference, punctuation does. An operator
 * without anything to work on is a word like others. */
#ifndef ARCHIVE_QUERY_H
#define ARCHIVE_QUERY_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"

/* A longer query is refused: no article has such a stretch, and the time to find that out grows with it. */
#define ARCHIVE_MAX_QUERY_CHARACTERS 2000

/* Appends the FTS5 expression of a query. A literal one is a single stretch of text, whatever it contains.
 * Bytes that are no UTF-8 are dropped. BI_EXIT_USAGE if nothing is left to search for, if the query only
 * excludes, or is too long. */
int archive_query(const char *query, bool literal, struct bi_text *expression, struct bi_error *err);

#endif
