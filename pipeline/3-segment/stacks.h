/* Vertical headlines: characters one under the other with nothing beside them. */
#ifndef SEGMENT_STACKS_H
#define SEGMENT_STACKS_H

#include "fragments.h"

/* Makes vertical lines of fragments that stand in a stack: as wide as one character, in line, close, and
 * alone in their rows. Their fragments' line is set. */
void seg_stacks_find(struct seg_layout *layout, struct seg_fragments *fragments);

#endif
