/* What is shown of an article that was found: its text with what matched marked (find.h). */
#ifndef ARCHIVE_EXCERPT_H
#define ARCHIVE_EXCERPT_H

#include "archive/query.h"
#include "archive/text.h"

/* A stretch of folded characters that matched. */
struct archive_span {
    size_t start, end;
    size_t word; /* of the query */
};

struct archive_spans {
    struct archive_span *spans; /* by start */
    size_t count, capacity;
};

/* Where the words of a query stand; from the arena. */
void archive_spans_find(const struct archive_folded *folded, const struct archive_query *query,
                        struct bi_arena *arena, struct archive_spans *spans);

/* The whole text, marked. */
char *archive_excerpt_whole(const char *text, const struct archive_folded *folded,
                            const struct archive_spans *spans, struct bi_arena *arena);
/* About `characters` of it, chosen so that as many different words as possible are in it, with … where
 * something is left out; the beginning where nothing matched. */
char *archive_excerpt(const char *text, const struct archive_folded *folded,
                      const struct archive_spans *spans, size_t characters, struct bi_arena *arena);

#endif
