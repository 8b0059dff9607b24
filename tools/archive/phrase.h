/* In which articles a stretch of folded text stands, and how often. */
#ifndef ARCHIVE_PHRASE_H
#define ARCHIVE_PHRASE_H

#include "archive/segments.h"
#include "base/text.h"

/* Articles in ascending order. {0} is none; archive_matches_release frees. */
struct archive_matches {
    uint32_t *articles;
    float *weights; /* how often it stands in each, a place in a headline counting as many (bm25's term
                     * frequency); NULL where the index's format is not known */
    size_t count, capacity;
    uint32_t *headlines; /* those of the articles that have it in their headline */
    size_t headline_count, headline_capacity;
};

/* What a place in each column counts: the weights that schema.sql gives to bm25. */
extern const float ARCHIVE_COLUMN_WEIGHTS[ARCHIVE_COLUMNS];

/* Finds the articles that contain `count` folded characters, one after the other. */
int archive_phrase_match(struct archive_index *index, const uint32_t *characters, size_t count,
                         struct archive_matches *matches, struct bi_error *err);
/* The same by asking FTS5: for formats of the index that segments.h does not know, and to compare. */
int archive_phrase_ask(struct archive_index *index, const uint32_t *characters, size_t count,
                       struct archive_matches *matches, struct bi_error *err);
/* Appends the phrase as an FTS5 string, which nothing in it can end. */
void archive_phrase_write(struct bi_text *out, const uint32_t *characters, size_t count);
/* Appends an article, later than those before. */
void archive_matches_add(struct archive_matches *matches, uint32_t article, float weight, bool in_headline);
void archive_matches_release(struct archive_matches *matches);

#endif
