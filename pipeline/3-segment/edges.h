/* What is left of the sheet's edges when a page has been cropped. */
#ifndef SEGMENT_EDGES_H
#define SEGMENT_EDGES_H

#include "layout.h"

/* Clears from layout->text the long pieces of ink at the image's border that leave most of their box white:
 * the sheet's edges, curved or not, and the shadows along them. Taken for type or for a picture's rim, such a
 * piece would take in all that its box holds. A picture that runs to the border fills its box, and stays. */
void seg_edges_clear(struct seg_layout *layout);

/* True for the box of a piece at the image's border, longer than any character, that is thin or of which no
 * more than few pixels, `ink`, are dark. */
bool seg_edges_is_edge(const struct seg_layout *layout, struct bi_box box, double ink);

/* Takes the glyphs from small lines at the image's border that lie wholly outside of all type, so that they
 * are dropped as specks: what a shadow along the sheet's edge leaves. On a page cropped to its type nothing
 * lies outside. */
void seg_edges_drop_lines(struct seg_layout *layout);

#endif
