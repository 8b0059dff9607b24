/* The page on its scan: what lies around it (the scanner's lid or bed) is found and left out. */
#ifndef DESKEW_BORDER_H
#define DESKEW_BORDER_H

#include <stdbool.h>

#include "grey.h"

/* For every pixel of a reduced scan: 255 on the page, 0 on what surrounds it. */
struct border {
    struct grey page;
    bool surround; /* there is any */
};

/* small: the scan reduced to some 800 pixels on its long side.
 * Dark areas that reach the edge of the scan count as surround if they run along most of a side, or fill a
 * corner evenly. */
struct border border_find(const struct grey *small);
void border_release(struct border *border);

#endif
