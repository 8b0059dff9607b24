/* Whether a gap in a row of type is a space in one line or parts two lines side by side. */
#ifndef SEGMENT_GAPS_H
#define SEGMENT_GAPS_H

#include "fragments.h"
#include "gutters.h"

/* What decisions are made from: all fragments of the page, and the white between them. */
struct seg_gaps {
    struct seg_layout *layout;
    struct seg_fragments *fragments;
    struct seg_cells cells;
};

/* What a gap between two neighbours in a row is. */
enum seg_gap {
    SEG_GAP_SPACE,    /* in one line */
    SEG_GAP_DOUBTFUL, /* looks like a gutter, but few rows say so, or it is only wide */
    SEG_GAP_GUTTER,   /* between two lines */
};

/* Judges the gap between a and b, right of it. It parts them if a rule, a picture or a frame's edge is
 * between them, or a gutter: white that goes on beside other rows, the wider the gap the less far it has to
 * go on, unless a line of the same column runs across its end. Large type is parted by wide gaps, by gutters,
 * and where its size changes; the two halves of a caption stay together under their picture. */
enum seg_gap seg_gaps_judge(const struct seg_gaps *c, const struct seg_fragment *a,
                            const struct seg_fragment *b);

#endif
