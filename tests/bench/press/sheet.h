/* A page as it is printed: how much ink lies where, at the resolution it will be scanned with, and what the
 * type on it says. Everything is in pixels from the upper left corner. */
#ifndef PRESS_SHEET_H
#define PRESS_SHEET_H

#include "base/chance.h"
#include "record.h"
#include "type.h"

struct sheet {
    cairo_surface_t *surface; /* A8: 255 is full ink */
    cairo_t *cr;              /* paints with CAIRO_OPERATOR_SOURCE: what is painted replaces what was there */
    int width, height;
    double point; /* pixels a point */
    struct type *type;
    struct record *record;
    struct chance *chance;
    int page; /* from 1 */
};

struct box {
    double x, y, w, h;
};

void sheet_init(struct sheet *sheet, int width, int height, double point);
void sheet_release(struct sheet *sheet);
/* The ink that is painted from now on: 0 none (white) … 1 full (black). */
void sheet_ink(struct sheet *sheet, double share);
void sheet_fill(struct sheet *sheet, struct box box, double share);
/* A box made smaller on every side. */
struct box box_inset(struct box box, double by);

#endif
