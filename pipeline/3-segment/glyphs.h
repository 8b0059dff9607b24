/* The pieces of ink that text is made of. */
#ifndef SEGMENT_GLYPHS_H
#define SEGMENT_GLYPHS_H

#include "layout.h"

/* Smallest piece that is kept at all, in ems: less than a full stop of the smallest type. */
#define SEG_DUST_EM 0.07
/* Pieces below this size start no line; they are joined to lines that are there. */
#define SEG_MARK_EM 0.3

/* Fills glyphs from layout->text, sorted from left to right. Two characters of body type that touch, one
 * above the other, are cut where the least ink joins them. */
void seg_glyphs_find(struct seg_layout *layout);

static inline int seg_glyph_size(const struct seg_glyph *glyph)
{
    return glyph->box.w > glyph->box.h ? glyph->box.w : glyph->box.h;
}

#endif
