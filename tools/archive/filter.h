/* What of the articles found is also what the filter asks for. */
#ifndef ARCHIVE_FILTER_H
#define ARCHIVE_FILTER_H

#include "archive/find.h"
#include "archive/set.h"

/* Removes from the set what the filter excludes. */
int archive_filter_set(sqlite3 *db, const struct archive_filter *filter, struct archive_set *set,
                       struct bi_error *err);

#endif
