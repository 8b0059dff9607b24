/* Dividing a line of characters that run from top to bottom into characters. */
#ifndef OCR_VERTICAL_H
#define OCR_VERTICAL_H

#include "base/arena.h"
#include "page/geometry.h"
#include "plane.h"

/* line: toned. ink: the part of it to divide. em: size of a full character. Returns the number of cells in
 * *cells (from the arena), top to bottom, each as wide as `ink`.
 *
 * Rows of ink with nothing between them are pieces. Pieces are joined into characters by dynamic programming:
 * every character should be as high as an em or, like 一, much lower but alone in the middle of its place; so
 * the sum over characters of the squared distance from the line's pitch is made least. */
size_t vertical_cells(struct bi_arena *arena, const struct plane *line, struct bi_box ink, double em,
                      struct bi_box **cells);

#endif
