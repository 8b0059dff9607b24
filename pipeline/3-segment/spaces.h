/* A space of one character in a row of large type: 道路建设　教师购买 is one headline. */
#ifndef SEGMENT_SPACES_H
#define SEGMENT_SPACES_H

#include "gaps.h"

/* True if the gap between a and b, right of it, both large type, is a space in one line and not what is
 * between the headlines of two articles side by side, though the gutter of the columns below may stand in
 * line with it: a space is as wide as a character with the white round it. Two headlines are told by their
 * strokes (one is bolder), by the next row, which has a gap at the same place, or by each being flush with
 * the columns under it or in their middle, the less exactly if those do not begin level. Running text has no
 * such spaces. Rules between a and b are looked for elsewhere. */
bool seg_spaces_in_line(const struct seg_gaps *c, const struct seg_fragment *a, const struct seg_fragment *b);

#endif
