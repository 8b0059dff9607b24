/* Specks: dust on the glass, dirt on film, the salt of photocopies. Between the lines and in gutters they
 * bridge what the layout has to tell apart. */
#ifndef DESKEW_SPECKS_H
#define DESKEW_SPECKS_H

#include <stddef.h>

#include "grey.h"

/* page: flattened (paper 255, ink near 0) or bitonal, of the body type's size em_pixels. Makes its specks
 * white in place and returns how many; 0, and nothing is changed, where they are rare: a page with a few has
 * more to lose by it.
 *
 * Method: a speck is a piece smaller than the dots of the type, with white paper round it and nothing larger
 * near. Not taken for one is what may be printed: a piece in a row with another (ellipses, leaders, dotted
 * rules), one midway between two larger pieces (a middle dot), one of many close together (broken strokes,
 * halftone), and one that faint grey goes on from. They are counted on the paper away from all that is
 * larger, in nine fields of the page: a picture alone makes no page of specks. */
size_t specks_remove(struct grey *page, double em_pixels);

#endif
