/* Type: single characters in the faces of a paper, measured and printed. Every character is shaped once, by
 * Pango, at a fixed size, and scaled from there: a line is where its characters stand, nothing else. */
#ifndef PRESS_TYPE_H
#define PRESS_TYPE_H

#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

/* Share of an em that stands above the baseline; the rest is below. */
#define TYPE_ABOVE_BASELINE 0.88

/* A face; two with the same family and weight are the same. */
struct type_face {
    const char *family;
    int weight; /* 100 … 900 */
};

struct type;

struct type *type_new(void);
void type_free(struct type *type);
/* True if fontconfig has the family: others are replaced by whatever it takes for like. */
bool type_has(struct type *type, const char *family);
/* The width of a character, in ems. */
double type_advance(struct type *type, struct type_face face, uint32_t rune);
/* Prints a character of the size (pixels an em) with its origin at x on the baseline, in the cairo source. */
void type_print(struct type *type, cairo_t *cr, struct type_face face, double size, uint32_t rune, double x,
                double baseline);
/* Prints it as it stands in a vertical line: in the em box whose upper left corner is x, y; brackets and
 * dashes are turned, stops go to the upper right. */
void type_print_upright(struct type *type, cairo_t *cr, struct type_face face, double size, uint32_t rune,
                        double x, double y);

#endif
