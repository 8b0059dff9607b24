/* Which way up a page is. */
#ifndef DESKEW_ORIENTATION_H
#define DESKEW_ORIENTATION_H

#include "components.h"
#include "lines.h"

/* Small marks that stand by themselves in lines of text: near the foot of the line (。，、 and . ,) or near
 * its head (quotation marks; the others if the page is upside down), or between (in type that centres its
 * punctuation, where of all marks only the quotation marks stand off the middle). */
struct orientation_marks {
    int foot, head, middle;
};
struct orientation_marks orientation_count_marks(const struct components *components,
                                                 const struct text_lines *lines);

/* Lines of two neighbouring ones that are alike but for two characters that one lacks at its end: at the left
 * if it is the upper one (the first line of a paragraph), at the right if it is the lower one (the same,
 * upside down; or a last line that happens to be so long). */
struct orientation_indents {
    int left, right;
};
struct orientation_indents orientation_count_indents(const struct text_lines *lines);

enum upside {
    UPSIDE_UP,
    UPSIDE_DOWN,
    UPSIDE_UNKNOWN,
};
/* By the majority of the marks, if it is clear. Where most are centred, a page is upside down only if the
 * indents say so too. */
enum upside orientation_upside(struct orientation_marks marks, struct orientation_indents indents);

#endif
