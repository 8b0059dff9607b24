/* Type of the other side that shows through the paper. */
#ifndef DESKEW_THROUGH_H
#define DESKEW_THROUGH_H

#include "grey.h"

/* What was done about show-through. */
enum through {
    THROUGH_NONE,    /* too little to matter */
    THROUGH_REMOVED, /* made white where it is away from the page's own type */
    THROUGH_KEPT,    /* much that is grey, but as sharp as type: left alone */
};

/* page: flattened (paper 255, ink near 0), of the body type's size em_pixels; changed in place if the result
 * is THROUGH_REMOVED.
 *
 * Method: light spreads in the paper, so that what shows through is blurred, and type is not, however pale.
 * The black top-hat (the closing less the page, over a little more than the width of a stroke) is high on
 * strokes of this side, and low on what is as wide or wider and shallow at its edges. Grey away from sharp
 * strokes and from black is show-through. Pictures and tints, where there is no white between, are not looked
 * at; and nothing is done where such grey is rare, or where it is itself sharp for its depth, as the body of
 * a page is whose headlines alone are black. */
enum through through_remove(struct grey *page, double em_pixels);

#endif
