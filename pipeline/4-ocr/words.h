/* How much a piece of text looks like words: a table of Chinese words with their frequencies. */
#ifndef OCR_WORDS_H
#define OCR_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct words;

/* Lines of a word, a tab and how often it was counted; words of more than 8 characters are passed over. The
 * data may be freed afterwards. BI_EXIT_MACHINE, with `path` and the line, if it is not understood. */
int words_parse(const char *path, const char *data, size_t size, struct words **words, struct bi_error *err);
void words_free(struct words *words);

/* The logarithm of the probability of the likeliest way to divide a text into words that follow each other at
 * random. Characters that are in no word, and whatever is not Chinese, count the same everywhere; punctuation
 * as often as newspapers use it. A text of usual words has about 0 whatever its length; others less. */
double words_score(const struct words *words, const uint32_t *text, size_t count);

#endif
