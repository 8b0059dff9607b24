/* The page on its scan: what lies around it (the scanner's lid or bed) is found and left out. */
#ifndef DESKEW_BORDER_H
#define DESKEW_BORDER_H

#include "grey.h"

enum {
    BORDER_DARK = 0,   /* surround to be painted white */
    BORDER_BRIGHT = 1, /* surround that is white anyway */
    BORDER_PAGE = 255,
};

/* One of these for every pixel of a reduced scan, and the size of the box about the page in them. */
struct border {
    struct grey page;
    int width, height;
};

/* small: the scan reduced to some 800 pixels on its long side. Areas that reach the edge of the scan count as
 * surround if they are much darker than paper, or brighter than it and even, and run along most of a side of
 * the scan, or fill a corner evenly. */
struct border border_find(const struct grey *small);
void border_release(struct border *border);

#endif
