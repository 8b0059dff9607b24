/* The image of a line as the network takes it: one row of upright characters, 48 pixels high, dark on white.
 *
 * Tesseract scales whatever it is given to that height; given exactly that height it leaves the pixels alone,
 * so that size and place of the type are ours to choose. */
#ifndef OCR_STRIP_H
#define OCR_STRIP_H

#include "base/arena.h"
#include "page/geometry.h"
#include "plane.h"

#define STRIP_HEIGHT 48
/* How the type sits in it: the size of a full character, and the white at both ends, in pixels. */
struct strip_style {
    double em;
    int edge;
};

/* Tesseract counts in 16 bits; a line that would be wider comes as several strips. */
#define STRIP_MAX_PIXELS 8000

/* Columns x … x+w-1 of a strip show this part of the page. */
struct strip_piece {
    int x, w;
    struct bi_box on_page;
};

struct strip {
    struct plane plane;
    struct strip_piece *pieces; /* left to right; from the arena */
    size_t piece_count;
    double em; /* of a full character, strip pixels */
};

void strip_release(struct strip *strip);

/* A line cut and toned (dark on white), its place on the page, and the size of a full character in pixels, 0
 * if that is unknown. Returns the number of strips put into *strips (an array from the arena; each is to be
 * released), 0 if there is no ink. */
size_t strip_horizontal(struct bi_arena *arena, const struct plane *line, struct bi_point origin, double em,
                        struct strip_style style, struct strip **strips);

/* The same for characters that run from top to bottom: they are laid side by side. */
size_t strip_vertical(struct bi_arena *arena, const struct plane *line, struct bi_point origin, double em,
                      struct strip_style style, struct strip **strips);

/* The part of the page that columns x … x+w-1 show, between the first and last row with ink there; the whole
 * height of the piece if there is none. */
struct bi_box strip_box_on_page(const struct strip *strip, int x, int w);

/* Greys darker than this are ink on a strip and on a toned line. */
#define STRIP_INK_GREY 128

#endif
