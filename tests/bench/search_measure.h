/* Measuring searches. */
#ifndef BENCH_SEARCH_MEASURE_H
#define BENCH_SEARCH_MEASURE_H

#include "archive/archive.h"
#include "search_corpus.h"

double measure_clock(void); /* seconds */
double measure_cpu(void);   /* seconds this process has computed: on a machine with other work, what counts */

/* Prints the size of the index and, for words of one to four characters drawn by how common they are, with
 * 的, 中国, 上海 and others among them, the time of a first page of 20 results with snippets and the exact
 * total. */
int measure_search(const struct archive *archive, const struct corpus *corpus, int queries, uint64_t seed,
                   struct bi_error *err);
/* The same work by FTS5 with `trigram`; makes its index first, in the archive, if it is not there. */
int measure_trigram(const struct archive *archive, const struct corpus *corpus, int queries, uint64_t seed,
                    struct bi_error *err);
/* And by LIKE, a few queries of each length. */
int measure_like(const struct archive *archive, const struct corpus *corpus, uint64_t seed,
                 struct bi_error *err);

/* Random stretches of 1 to 8 characters of random bodies: search must find every article whose folded text
 * has them and no other. -1 with the first difference in err. */
int check_recall(const struct archive *archive, int count, uint64_t seed, struct bi_error *err);

#endif
