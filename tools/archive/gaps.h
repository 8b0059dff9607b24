/* Gaps in the calendar of the papers in an archive, printed. */
#ifndef ARCHIVE_GAPS_H
#define ARCHIVE_GAPS_H

#include <stdbool.h>

#include "archive/archive.h"

/* Prints the gaps of each paper by date, one a line, and counts them. Only of `paper` (its name or its
 * title's folder), and only those that reach into the days, months or years between `from` and `to`; each may
 * be NULL. */
int archive_gaps_print(const struct archive *archive, const char *paper, const char *from, const char *to,
                       bool json, size_t *count, struct bi_error *err);

#endif
