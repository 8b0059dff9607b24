/* Newspaper Chinese out of a small stock of ordinary words: sentences that say nothing, but have subjects,
 * names, clauses and stops, and keep to the topic of their article as real ones do. */
#ifndef BENCH_PROSE_H
#define BENCH_PROSE_H

#include "base/chance.h"
#include "base/text.h"

#define PROSE_TOPIC_NOUNS 10
#define PROSE_TOPIC_NAMES 3

/* What one article is about. */
struct prose_topic {
    const char *nouns[PROSE_TOPIC_NOUNS];
    const char *verbs[4];
    const char *place;
    char names[PROSE_TOPIC_NAMES][16]; /* UTF-8, two or three characters */
};

void prose_topic(struct chance *chance, struct prose_topic *topic);
/* One sentence with its stop at the end. */
void prose_sentence(struct chance *chance, const struct prose_topic *topic, struct bi_text *out);
/* Words of the topic without a stop, at most `most` characters. */
void prose_headline(struct chance *chance, const struct prose_topic *topic, int most, struct bi_text *out);
/* A single character as it turns up in such text: what a misread one is replaced by. */
uint32_t prose_character(struct chance *chance);

#endif
