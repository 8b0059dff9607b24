/* Lines that are struck through a page in black: streaks that a speck on a scanner's glass draws, and the
 * folds of a scan of two tones. No ink can be told from them by its grey, only by its shape. */
#ifndef DESKEW_STRIKE_H
#define DESKEW_STRIKE_H

#include <stdbool.h>

#include "course.h"

/* Removes the dark line along the course from the scan in place, if it runs through type, or through both
 * margins; else returns false, and the scan is as it was: a printed rule does neither. page: of struct
 * border, seen along the same direction.
 *
 * Method: that of staff lines in scanned music (Dalitz et al., A Comparative Study of Staff Removal
 * Algorithms, PAMI 2008). The dark run across the line is as long as the line is thick, the commonest length,
 * where nothing else is; what is longer is a stroke that touches or crosses it, and stays. A run that is not
 * longer is replaced by what lies on both sides of it. A fold may be a pair of lines, its two lips: then the
 * other one is removed in the same way. */
bool strike_remove(struct view *scan, const struct view *page, const struct course *course);

#endif
