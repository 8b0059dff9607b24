/* What a query finds where words of it are misread, beside what it finds as it is. */
#ifndef ARCHIVE_PROBABLE_H
#define ARCHIVE_PROBABLE_H

#include "archive/fuzzy.h"
#include "archive/order.h"
#include "archive/set.h"

struct archive_probable {
    struct archive_place *places; /* likeliest first; the score is how sure recognition was, 0 … 1 */
    size_t count;
    struct archive_query marks; /* the query with the misread spellings that were found, to mark them too */
};

/* `words` are the exact matches and `found` all that the query finds exactly. What words that only exclude
 * would match misread is left in. From the arena. */
int archive_probable_find(struct archive_index *index, const struct archive_query *query,
                          const struct archive_filter *filter, const struct archive_matches *words,
                          const struct archive_set *found, struct bi_arena *arena,
                          struct archive_probable *probable, struct bi_error *err);

#endif
