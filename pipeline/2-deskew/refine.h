/* The exact skew, about an angle that is known to a few tenths of a degree. */
#ifndef DESKEW_REFINE_H
#define DESKEW_REFINE_H

#include <stdbool.h>

#include "components.h"
#include "grey.h"
#include "lines.h"

/* How far from the angle given a better one is sought. */
#define REFINE_REACH_DEGREES 0.8
/* Straight edges count if they lie no further than this from the text: a picture may be set or pasted askew,
 * the page edge cut askew. */
#define REFINE_AGREEMENT_DEGREES 0.3

struct refined {
    double degrees;
    double text_degrees; /* what the text alone says */
    bool edges;          /* rules and frames had a say */
};

/* Three kinds of evidence, each as a curve of sharpness (skew.h) over the angles about that of
 * lines->tangent:
 *  - lines of text, each by itself, so that neighbouring columns do not mix;
 *  - the sides of columns, where lines begin and end one under the other: a column is four times as long as a
 * line, and so tells the angle four times as well, if it is set justified;
 *  - what is straight and long: rules, frames, edges of pictures, across the page and down.
 * The first two together give the angle of the text. The third, where it is sharp and agrees with the text,
 * is finer still: some thousandths of a degree.
 *
 * page: flattened, white paper 255, dark type; grey, because small angles show in where between two rows an
 * edge lies. components: of its dark pixels; lines: made of them. */
struct refined refine_skew(const struct grey *page, const struct components *components,
                           struct type_size type, const struct text_lines *lines);

#endif
