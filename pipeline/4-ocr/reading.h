/* From what the network reported on strips to the text of a printed line. */
#ifndef OCR_READING_H
#define OCR_READING_H

#include "base/arena.h"
#include "folds.h"
#include "page/page.h"
#include "strip.h"
#include "symbol.h"

/* A character of a reading, with what else it may be. */
struct character {
    struct bi_box box; /* on the page */
    bool after_space;
    char *text;
    double confidence; /* probability that it is right */
    struct bi_reading others[SYMBOL_MAX_OTHERS];
    size_t other_count;
};

/* One reading of a line; strips are added from left to right. {0} is an empty one. All is in the arena given.
 */
struct reading {
    struct character *characters;
    size_t count, capacity;
    double misfit; /* see align.h, summed over strips */
};

/* Adds a strip's symbols, which are changed.
 *  - Characters are written as folds.ini says.
 *  - Quotation marks of vertical type are stood up.
 *  - They are put where their ink is, and those too many dropped (align.h).
 *  - A space is noted where there is one on the paper (spaces.h); what Tesseract takes for words in Chinese
 * does not count. */
void reading_add(struct reading *reading, struct bi_arena *arena, const struct strip *strip,
                 struct symbol *symbols, size_t count, const struct folds *folds);

/* Adds the characters of another reading, of what stands to the right or below. */
void reading_append(struct reading *reading, struct bi_arena *arena, const struct reading *more);

/* Mean over the characters of the negative logarithm of their confidence: 0 for a reading without any doubt.
 * A reading of nothing is the most doubtful. */
double reading_doubt(const struct reading *reading);

/* Fills text, confidence and glyphs of a line, copied to the arena. A line in which nothing was read has
 * confidence 0. */
void reading_finish(const struct reading *reading, struct bi_arena *arena, struct bi_line *line);

#endif
