/* Searching text for words from a list; all of it on text as it is, folded first where the caller wants that.
 */
#ifndef STITCH_WORDS_H
#define STITCH_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define ST_COUNT(array) (sizeof(array) / sizeof *(array))

/* True if the text contains one of the n words. */
bool st_has_word(const char *text, const char *const *words, size_t n);
/* How many of the n words it contains. */
int st_count_words(const char *text, const char *const *words, size_t n);
bool st_starts_with(const char *text, const char *word);
bool st_ends_with(const char *text, const char *word);
/* The text folded for matching (bi_text_fold), from the arena. */
const char *st_folded(struct bi_arena *arena, const char *text);

#endif
