/* From evidence for pictures to their rectangles. */
#ifndef SEGMENT_EXTENTS_H
#define SEGMENT_EXTENTS_H

#include "layout.h"

/* Makes rectangles of layout->pictures, which holds pieces of evidence: joins what touches, drops what is too
 * small, and lets frames and rules round a picture say how far its light parts reach. Marks frames that only
 * border a picture, and rules that are part of one as of_frame. */
void seg_extents_find(struct seg_layout *layout);

#endif
