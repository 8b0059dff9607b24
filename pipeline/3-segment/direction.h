/* Which way the type runs at a place: along rows or down columns. */
#ifndef SEGMENT_DIRECTION_H
#define SEGMENT_DIRECTION_H

#include "layout.h"

/* True if the glyph has the size of a character of body type or of a part of one. */
bool seg_direction_has_size(const struct seg_layout *layout, const struct seg_glyph *glyph);

/* Which glyphs are of lines that run down. White between lines is wider than white between the characters of
 * a line: a glyph is set vertically if the long white strips at its left and right are clearly wider than
 * those above and below it, if any. How wide either is depends on the paper, and how much of its square a
 * character inks on the typeface, so only the two together tell. Where layout->direction says it, nothing is
 * found out. Returns how many; the array, an element a glyph, is from malloc. */
size_t seg_direction_find(const struct seg_layout *layout, bool **vertical);

#endif
