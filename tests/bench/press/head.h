/* Headlines, kickers, subheads and bylines. */
#ifndef PRESS_HEAD_H
#define PRESS_HEAD_H

#include "slot.h"

/* Prints the head of a story across the box, from its top, and returns the height it took. */
double head_across(struct sheet *sheet, const struct paper *paper, const struct story *story, struct box box,
                   enum slot_head head);
/* Prints a vertical head from the top of the box, centred in its width, and returns its height. */
double head_upright(struct sheet *sheet, const struct paper *paper, const struct story *story,
                    struct box box);
/* The width a vertical head needs for a box of that height, in pixels. */
double head_upright_width(const struct sheet *sheet, const struct paper *paper, const struct story *story,
                          double height);

#endif
