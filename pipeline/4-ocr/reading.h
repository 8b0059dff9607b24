/* From what the network reported on a strip to the text of a printed line. */
#ifndef OCR_READING_H
#define OCR_READING_H

#include "base/arena.h"
#include "base/text.h"
#include "folds.h"
#include "page/page.h"
#include "reader.h"
#include "strip.h"

/* A line while it is put together; strips are added from left to right. {0} is an empty one. */
struct reading {
    struct bi_text text;
    struct bi_glyph *glyphs;
    size_t count, capacity;
};

void reading_release(struct reading *reading);

/* Adds a strip's symbols. Glyphs go to the arena, which must be the page's.
 *  - A symbol in whose columns no ink is left, once its neighbours have theirs, was invented and is dropped.
 *  - Characters are written as folds.ini says.
 *  - A space is written where the white between two characters is wider than the line's own usual white by a
 * measured amount; what Tesseract takes for words in Chinese does not count. */
void reading_add(struct reading *reading, struct bi_arena *arena, const struct strip *strip,
                 const struct symbol *symbols, size_t count, const struct folds *folds);

/* Fills text, confidence and glyphs of a line. A line in which nothing was read has confidence 0. */
void reading_finish(struct reading *reading, struct bi_arena *arena, struct bi_line *line);

#endif
