/* Where the characters of a strip really stand, and which of them cannot be there. */
#ifndef OCR_ALIGN_H
#define OCR_ALIGN_H

#include <stddef.h>

#include "strip.h"
#include "symbol.h"

/* The network says only roughly where it saw a character: the place where it made up its mind, up to half a
 * character late. So the strip is divided anew between the characters that were read, by dynamic programming
 * over its columns: a division should go through white, a Chinese character takes about an em, other
 * characters what such characters usually take, and nobody goes without ink. Sets x and w of every symbol to
 * its ink.
 *
 * A character too many shows in the same sum: if the line costs less by ALIGN_DROP_GAIN without one of its
 * characters, that one was invented (as happens at the ends of lines and between widely spaced characters)
 * and is taken out of the array. Returns the number of symbols left. */
size_t align_symbols(const struct strip *strip, struct symbol *symbols, size_t count, double *misfit);

/* In the unit of the costs: a division through a column full of ink costs 4, a Chinese character with no
 * ink 4. */
#define ALIGN_DROP_GAIN 0.8

#endif
