/* Marks that networks take for characters of the same shape, told by their place in the line. */
#ifndef OCR_MARKS_H
#define OCR_MARKS_H

#include "reading.h"

/* Rewrites characters of a line that has been read:
 *  - 一 between Arabic digits, or joined to another one or to a dash, is a dash: 24—31, ——. Two characters 一
 *    stand apart by their side bearings, the halves of a dash are one stroke.
 *  - A quotation mark between a digit and C is the sign of degrees.
 *  - 口 at the beginning of a byline, or of a line and with a space after it, is the square that newspapers
 * set before names. em: of the line, pixels of the page; 0 or less if unknown. vertical: lines of upright
 * characters from top to bottom, where dashes stand upright. */
void marks_settle(struct reading *reading, double em, enum bi_role role, bool vertical);

#endif
