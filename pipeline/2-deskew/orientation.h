/* Which way up a page is. */
#ifndef DESKEW_ORIENTATION_H
#define DESKEW_ORIENTATION_H

#include "components.h"
#include "lines.h"

/* Small marks that stand by themselves in lines of text: near the foot of the line (。，、 and . ,) or near
 * its head (quotation marks; the others if the page is upside down). */
struct orientation_marks {
    int foot, head;
};
struct orientation_marks orientation_count_marks(const struct components *components,
                                                 const struct text_lines *lines);

enum upside {
    UPSIDE_UP,
    UPSIDE_DOWN,
    UPSIDE_UNKNOWN,
};
/* By the majority of the marks, if it is clear. */
enum upside orientation_upside(struct orientation_marks marks);

#endif
