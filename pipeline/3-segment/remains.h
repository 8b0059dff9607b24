/* Large lines that are no type but what is left of pictures. */
#ifndef SEGMENT_REMAINS_H
#define SEGMENT_REMAINS_H

#include "layout.h"

/* Turns lines of headline size, dark or light, into pictures where their ink cannot be type: it is thicker
 * than any stroke of type of that size, or it is a screen's dots, many times more than characters have
 * pieces, beside a picture. Taken for a headline, the foot of a halftone would take the columns under it from
 * their article. A picture that is hard by grows over them if no line is in the way. The lines lose their
 * glyphs, and are dropped with the specks. */
void seg_remains_take(struct seg_layout *layout);

#endif
