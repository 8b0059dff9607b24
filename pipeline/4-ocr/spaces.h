/* Where a printed line has spaces, by where its characters stand. */
#ifndef OCR_SPACES_H
#define OCR_SPACES_H

#include <stdbool.h>
#include <stddef.h>

#include "symbol.h"

/* Sets spaces[i] if there is white before symbols[i] that is more than what its setting asks for. `em` is the
 * size of a full character in the unit of the symbols' x and w, about.
 *
 * Chinese is set solid: every character takes a cell, all of them equally wide in a line (wider in one that
 * is justified or letterspaced), and full-width punctuation takes one too, or half of one. So what counts is
 * how far the middles of Chinese characters are apart beyond the cells between them, not how much white is
 * between their ink: 十 and 了 have much of it, and a comma half an em. As a middle can be wrong by a part of
 * a character (a hairline that the scan has lost, a character misread), each distance is also taken to and
 * from the neighbours beyond: a wrong middle makes one distance longer and the next shorter, a space makes
 * all of them longer. Between Chinese and Latin white is measured, as Latin letters have no cells; between
 * Latin letters the network, which has learnt their spaces, must have seen one too. */
void spaces_find(const struct symbol *symbols, size_t count, double em, bool *spaces);

#endif
