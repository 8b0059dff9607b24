/* Where the words of a query stand on the printed pages. */
#ifndef SERVE_HITS_H
#define SERVE_HITS_H

#include "archive/archive.h"
#include "archive/query.h"
#include "page/geometry.h"

/* A stretch of one line that matches. */
struct serve_hit {
    long long page_id;
    int page_number;
    int line_order;     /* on its page */
    struct bi_box box;  /* of what matches */
    struct bi_box line; /* of its line */
    bool vertical;
};

/* The places of the query's words in the lines of an article (`page_id` 0) or of one page (`article_id` 0),
 * in reading order, at most `limit` of them. A word that goes on in the next line is two. */
int serve_hits_find(const struct archive *archive, long long article_id, long long page_id,
                    const struct archive_query *query, size_t limit, struct bi_arena *arena,
                    struct serve_hit **hits, size_t *count, struct bi_error *err);

#endif
