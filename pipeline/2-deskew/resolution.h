/* Pixels per inch, from what the file says and from the size of the type. */
#ifndef DESKEW_RESOLUTION_H
#define DESKEW_RESOLUTION_H

#include <stdbool.h>

#include "lines.h"

/* The commonest distance between two lines of text one under the other, in pixels of the page that lines were
 * found on, and how many pairs agree; 0 if there are no such pairs. */
struct line_pitch {
    double pixels;
    int pairs;
};
struct line_pitch resolution_pitch(const struct text_lines *lines);

struct resolution {
    int dpi;
    bool estimated;
    bool contradicted; /* the file's is in the range of the believable, but not with this type */
};

/* file_dpi: 0 if the file says nothing. pitch: in pixels of the scan. longest: its longer side in pixels,
 * which decides where there is no text. Body text of newspapers is 9 to 10.5 points with some 13 points from
 * line to line. */
struct resolution resolution_choose(int file_dpi, struct line_pitch pitch, int longest);

#endif
