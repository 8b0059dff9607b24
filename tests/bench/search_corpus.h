/* Made articles with the statistics of natural text: words drawn by how often they are counted in Debian's
 * rime-essay (whose counts follow Zipf's law), 100 to 2,000 characters an article, with stops, paragraphs and
 * some Latin and digits. Words are drawn independently, so that a common one stands in more articles than in
 * real text, which keeps to topics: the harder case for search. */
#ifndef BENCH_SEARCH_CORPUS_H
#define BENCH_SEARCH_CORPUS_H

#include "base/chance.h"
#include "base/error.h"
#include "base/text.h"

struct corpus_word {
    char text[32]; /* UTF-8, simplified */
    int characters;
    double count;
    double keep; /* for drawing by the alias method (Vose 1991) */
    size_t other;
};

struct corpus {
    struct corpus_word *words;
    size_t count;
};

/* Reads lines of word, tab, count through `opencc -c t2s`. */
int corpus_read_words(struct corpus *corpus, const char *path, struct bi_error *err);
void corpus_release(struct corpus *corpus);
const struct corpus_word *corpus_draw(const struct corpus *corpus, struct chance *chance);
/* A word of so many characters. */
const struct corpus_word *corpus_draw_of(const struct corpus *corpus, struct chance *chance, int characters);

/* Appends an article's body. */
void corpus_body(const struct corpus *corpus, struct chance *chance, struct bi_text *out);

/* Fills an archive up to so many articles, issue by issue, each a transaction of 40 articles on 8 pages, as
 * backissue-load does; prints how fast. An issue's text comes from the seed and its number: an archive that
 * is filled in several goes is the same as one that is filled in one. */
int corpus_fill(const struct corpus *corpus, const char *path, int articles, uint64_t seed,
                struct bi_error *err);

#endif
