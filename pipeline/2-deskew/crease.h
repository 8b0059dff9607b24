/* The creases of a folded page, and the streaks of a scanner with dirt on its glass: dark lines from one edge
 * of the paper to the other, over type and white alike. Left in, they are taken for rules that cut columns,
 * and for strokes of the characters they run through. */
#ifndef DESKEW_CREASE_H
#define DESKEW_CREASE_H

#include <stdbool.h>

#include "grey.h"

/* Finds them and takes them out of the scan in place; returns how many there were. work: the scan reduced by
 * `reduction`. page: of struct border. bitonal: the scan has two tones.
 *
 * Method: in short pieces of a row (or column), the paper between the strokes shows in the lighter pixels,
 * and how much darker it is there than a little above and below is known even in the middle of type. A crease
 * is the path across the page, nearly straight, along which that dip goes on (found by dynamic programming),
 * from edge to edge and in nearly every piece. A printed rule ends at the margin, or does not run through
 * type. The paper's grey along the path, for every distance from it, is divided out like the rest of the
 * background; ink stays as much darker than the paper as it was. A line too dark for that is removed by its
 * shape (strike.h). */
int crease_flatten(const struct grey *work, int reduction, const struct grey *page, bool bitonal,
                   struct grey *scan);

#endif
