/* Full-text search over the articles of an archive. */
#ifndef ARCHIVE_FIND_H
#define ARCHIVE_FIND_H

#include <stddef.h>

#include "archive/archive.h"
#include "archive/query.h"
#include "base/arena.h"
#include "base/error.h"

/* What an article must also be. NULL or 0: anything. */
struct archive_filter {
    const char *paper;     /* its name, or the name of its title's folder */
    const char *from, *to; /* ISO 8601 dates, both inclusive; a prefix such as 2025-06 is the whole of it */
    const char *kind, *section;
    int page;          /* one of the article's pages */
    double confidence; /* at least; an article without one has none */
};

enum archive_order {
    ARCHIVE_ORDER_RANK, /* best first, or as ARCHIVE_MOST_RANKED says */
    ARCHIVE_ORDER_DATE, /* newest first, within an issue as printed */
};

/* So many results are ranked by bm25. Of more, those with a word of the query in their headline come first,
 * each lot newest first: a word that so many articles have says little about any of them, and nobody reads on
 * to the last. */
#define ARCHIVE_MOST_RANKED 10000

/* Around what matched in marked texts; no printed text holds these. */
#define ARCHIVE_MARK_START '\x01'
#define ARCHIVE_MARK_END '\x02'

struct archive_hit {
    sqlite3_int64 article_id;
    const char *paper, *date, *kind, *section; /* "" if unknown */
    const char *pages;                         /* "1, 4", in the order of the article's parts */
    const char *headline;                      /* whole, marked */
    const char *snippet; /* a stretch of the body, or of another part where the body does not match; marked */
    bool probable;       /* it has a word of the query only if a character in it is misread */
    double score;        /* bm25, higher is better, comparable within one query only; 0: not ranked by it;
                          * where probable, how sure recognition was of the character, 0 … 1 */
};

struct archive_search {
    struct archive_filter filter;
    enum archive_order order;
    bool fuzzy;         /* also what is probable, after the rest */
    long limit, offset; /* a negative limit: all */
};

struct archive_results {
    struct archive_hit *hits; /* the page of results that was asked for; from the arena */
    size_t count;
    size_t total;    /* results altogether */
    size_t probable; /* of these, the probable ones */
};

/* Finds the articles that match a query. With limit 0 only counts them. The caller holds a transaction, so
 * that nothing changes between the steps. */
int archive_find(const struct archive *archive, const struct archive_query *query,
                 const struct archive_search *search, struct bi_arena *arena, struct archive_results *results,
                 struct bi_error *err);

#endif
