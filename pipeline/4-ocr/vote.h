/* One text out of several readings of a line. */
#ifndef OCR_VOTE_H
#define OCR_VOTE_H

#include "base/arena.h"
#include "slots.h"
#include "symbol.h"
#include "words.h"

/* Characters around a text that say how likely it is. */
#define VOTE_CONTEXT 6

/* What is printed before and after a line, or a part of one: newspaper columns are narrow, and every sixth
 * character or so is at an end of its line, where words are divided. */
struct vote_context {
    uint32_t before[VOTE_CONTEXT], after[VOTE_CONTEXT];
    size_t before_count, after_count;
};

/* Where the readings differ or are unsure, every text that one of them supports is weighed by all of them: by
 * the probability that its network gives to exactly that text in the columns between the characters that are
 * sure. Better than counting votes, since every network says something of every text, and what is a matter of
 * course for one outweighs the doubt of another. Where a table of words is
 * given, texts of usual words count more, but only among those; what is Latin or a number is not touched by
 * it. ems: length of the line. context: NULL if nothing is known. Returns the number of symbols in *symbols
 * (from the arena). */
size_t vote(struct bi_arena *arena, const struct view *views, size_t view_count, double ems,
            const struct words *words, const struct vote_context *context, struct symbol **symbols);

#endif
