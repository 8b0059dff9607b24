/* The folding under which search compares text. Every character is folded by itself, so that each folded
 * character knows which bytes of the stored text it came from, and the folding of a text is the foldings of
 * its characters in a row. A query is found in a text exactly where folded query is a substring of folded
 * text.
 *
 * Version 1: compatibility decomposition (NFKD: full width becomes half width, ㎡ becomes m2, ﬁ becomes fi),
 * letter case folded, white space, control and ignorable characters (soft hyphen, zero-width space, variation
 * selectors) dropped, traditional Han characters made simplified. */
#ifndef LOAD_FOLD_H
#define LOAD_FOLD_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define BI_FOLD_VERSION 1
/* No character of Unicode folds to more than this many (U+FDFA to 18). */
#define BI_FOLD_MAX 32

/* Folds one code point; returns how many it becomes, 0 if it is dropped. */
size_t bi_fold_rune(uint32_t rune, uint32_t folded[BI_FOLD_MAX]);

/* Reads the code point at text[0 … n), n > 0. Returns the bytes it takes; a byte that is no UTF-8 counts as
 * one, with *rune 0, which folds to nothing. */
size_t bi_fold_decode(const char *text, size_t n, uint32_t *rune);

/* Appends the folding of n bytes of text. */
void bi_fold_text(struct bi_text *out, const char *text, size_t n);

#endif
