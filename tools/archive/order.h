/* Which of the articles found are shown first. */
#ifndef ARCHIVE_ORDER_H
#define ARCHIVE_ORDER_H

#include "archive/evaluate.h"
#include "archive/find.h"

struct archive_place {
    uint32_t article;
    double score; /* bm25, higher is better; 0 where the order is another */
};

/* The places limit and offset ask for; their number into *count. From the arena. */
int archive_order_set(struct archive_index *index, const struct archive_query *query,
                      const struct archive_matches *words, const struct archive_search *search,
                      const struct archive_set *found, struct bi_arena *arena, struct archive_place **places,
                      size_t *count, struct bi_error *err);

#endif
