/* Dividing a line of characters that run from top to bottom into characters. */
#ifndef OCR_VERTICAL_H
#define OCR_VERTICAL_H

#include "base/arena.h"
#include "page/geometry.h"
#include "plane.h"

/* line: toned. ink: the part of it to divide. em: size of a full character. Returns the number of cells in
 * *cells (from the arena), top to bottom, each as wide as `ink`, each around the ink of one character.
 *
 * Chinese is set on a grid, and 三 has more white in it than there is between two characters: so the line is
 * divided at one pitch, by dynamic programming over the heights of the cells, with a division through ink
 * costing more than a cell that is higher or lower than the pitch; and the pitch is the one, between an em
 * and MAX_PITCH_EMS, that divides best. */
size_t vertical_cells(struct bi_arena *arena, const struct plane *line, struct bi_box ink, double em,
                      struct bi_box **cells);

#endif
