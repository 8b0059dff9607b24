/* Frames and rules. */
#ifndef PRESS_FRAME_H
#define PRESS_FRAME_H

#include "slot.h"

/* Draws the frame just inside the box and returns what is free in it; em in pixels. */
struct box frame_draw(struct sheet *sheet, struct box box, enum slot_frame frame, double em);
/* A straight rule of a style from x0, y0 to x1, y1, level or upright. */
void frame_rule(struct sheet *sheet, enum slot_frame style, double x0, double y0, double x1, double y1);

#endif
