/* What time, folding and careless scanning do to a page, done to a scan on purpose and always the same way.
 * All work on 8-bit grey images; sizes are those of the page at the resolution given, so that a fold is as
 * wide on paper whatever the scan has. */
#ifndef ISSUE_DAMAGE_H
#define ISSUE_DAMAGE_H

#include <leptonica/allheaders.h>

/* A page that bends into the gutter at its left: lines sink there at the head of the page and rise at its
 * foot, at the edge by `pixels`. A new image of the same size; white comes in. */
PIX *damage_curl(const PIX *scan, double pixels);

/* A page that does not lie flat: every line is a wave over the width of the page that reaches `pixels` up and
 * down.
 */
PIX *damage_wave(const PIX *scan, double pixels);

/* The creases of a page that was folded in four: along them paper and ink are darker, by the share `depth` at
 * the most and less where the crease is worn; a third of a millimetre wide, a little askew. In place. */
void damage_folds(PIX *scan, int dpi, double depth);

/* Dust: `count` dark specks a square inch, from one pixel at 300 dpi to the size of a full stop. In place. */
void damage_specks(PIX *scan, int dpi, double count);

/* The other side shows through: the page's own mirror image, blurred, takes up to the share `depth` of the
 * light. In place. */
void damage_show_through(PIX *scan, int dpi, double depth);

/* Ink as pale as the share `ink` of what it was. In place. */
void damage_fade(PIX *scan, double ink);

/* Lamps that leave the far corner with the share `light` of what the near one has, and a shadow as dark again
 * over the inch at the left. In place. */
void damage_shade(PIX *scan, int dpi, double light);

#endif
