/* The articles that a query's words are found in, and those that the query as a whole finds. */
#ifndef ARCHIVE_EVALUATE_H
#define ARCHIVE_EVALUATE_H

#include "archive/phrase.h"
#include "archive/query.h"
#include "archive/set.h"

/* Finds each word: `words` has room for query->word_count and is released by the caller, also on failure. */
int archive_evaluate_words(struct archive_index *index, const struct archive_query *query,
                           struct archive_matches *words, struct bi_error *err);

/* Puts the words' articles together as the query says. */
void archive_evaluate(const struct archive_query *query, const struct archive_matches *words,
                      struct archive_set *found);

/* Articles with a wanted word in their headline. */
void archive_evaluate_headlines(const struct archive_query *query, const struct archive_matches *words,
                                struct archive_set *found);

#endif
