/* Type on grey: headlines and boxes on a tinted ground. */
#ifndef SEGMENT_TINTS_H
#define SEGMENT_TINTS_H

#include "layout.h"

/* Looks for boxes that are all ink at the page's threshold, but of which the grey image shows an even ground
 * with darker type on it. Of such a box, layout->text gets the type alone, and layout->tints the box. Nothing
 * is done for a bitonal image, which has lost the difference. */
void seg_tints_find(struct seg_layout *layout, PIX *image);

/* The type on an even ground in a box of working pixels, as a 1-bit image of its size: what is darker than
 * the ground, or with `light` what is lighter; NULL if there is no even ground. `image` is grey. */
PIX *seg_tint_type(const struct seg_layout *layout, PIX *image, struct bi_box box, bool light);

/* Takes one box, in working pixels, for a tint if it is one; false if not, as a photograph. */
bool seg_tint_take(struct seg_layout *layout, PIX *image, struct bi_box box);

#endif
