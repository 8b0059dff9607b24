/* Cutting a printed line out of its page. */
#ifndef OCR_CUT_H
#define OCR_CUT_H

#include "page/page.h"
#include "plane.h"

/* The outlines of all lines of a page that will be read, for keeping them apart. */
struct cut_neighbours {
    const struct bi_polygon **outlines;
    struct bi_box *boxes;
    size_t count;
};

/* From the arena. Lines of text and table regions only. */
struct cut_neighbours cut_neighbours_find(struct bi_arena *arena, const struct bi_page *page);

/* The part of the page inside the outline and `margin` pixels around it, light characters on dark turned into
 * dark on light if `reversed`. What lies outside of the widened outline, and what lies inside another line's
 * outline but outside of this one's, is paper of this line (its median): strokes of a neighbour would be
 * read. *origin is the place of the cut's top left pixel on the page. An outline that is empty or off the
 * page gives a plane without pixels. */
struct plane cut_line(const struct plane *page, const struct bi_polygon *outline, int margin, bool reversed,
                      const struct cut_neighbours *neighbours, struct bi_point *origin);

#endif
