/* Newspaper English out of a small stock of words: it says nothing, but its words, lengths and stops are
 * those of real print. */
#ifndef BENCH_PROSE_LATIN_H
#define BENCH_PROSE_LATIN_H

#include "base/chance.h"
#include "base/text.h"

/* One sentence with its stop. */
void latin_sentence(struct chance *chance, struct bi_text *out);
/* Some sentences with spaces between them. */
void latin_paragraph(struct chance *chance, struct bi_text *out);
/* Words without a stop, at most `most` characters. */
void latin_headline(struct chance *chance, int most, struct bi_text *out);
/* By Somebody */
void latin_byline(struct chance *chance, struct bi_text *out);

#endif
