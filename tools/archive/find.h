/* Full-text search over the articles of an archive. */
#ifndef ARCHIVE_FIND_H
#define ARCHIVE_FIND_H

#include <stddef.h>

#include "archive/archive.h"
#include "base/arena.h"
#include "base/error.h"

/* What an article must also be. NULL or 0: anything. */
struct archive_filter {
    const char *paper;     /* its name, or the name of its title's folder */
    const char *from, *to; /* ISO 8601 dates, both inclusive; a prefix such as 2025-06 is the whole of it */
    const char *kind, *section;
    int page; /* one of the article's pages */
};

/* Around what matched in marked texts; no printed text holds these. */
#define ARCHIVE_MARK_START '\x01'
#define ARCHIVE_MARK_END '\x02'

struct archive_hit {
    sqlite3_int64 article_id;
    const char *paper, *date, *kind, *section; /* "" if unknown */
    const char *pages;                         /* "1, 4", in the order of the article's parts */
    const char *headline;                      /* whole, marked */
    const char *snippet; /* a stretch of the body, or of another part where the body does not match; marked */
    double score;        /* bm25, higher is better; comparable within one query only */
};

/* The articles that match an expression of archive_query, best first, from number `offset` on, at most
 * `limit`. Hits and their texts come from the arena. */
int archive_find(const struct archive *archive, const char *expression, const struct archive_filter *filter,
                 long limit, long offset, struct bi_arena *arena, struct archive_hit **hits, size_t *count,
                 struct bi_error *err);

/* How many there are. */
int archive_count(const struct archive *archive, const char *expression, const struct archive_filter *filter,
                  long *count, struct bi_error *err);

#endif
