/* A smooth surface over a page, from traces of which each tells its course but not its height: lines of text
 * that say how they bend, not where they would stand if they did not.
 *
 * A tensor product of uniform cubic B-splines (Eilers and Marx 1996: many knots, and a penalty on their
 * differences instead of a choice of knots), fitted by least squares, with a free height for each trace that
 * is eliminated, and with Tukey's weights in rounds, so that points that stand off do not count. */
#ifndef DESKEW_SURFACE_H
#define DESKEW_SURFACE_H

#include <stdbool.h>
#include <stddef.h>

#define SURFACE_SPANS_X 12
#define SURFACE_SPANS_Y 3
#define SURFACE_COLUMNS (SURFACE_SPANS_X + 3)
#define SURFACE_ROWS (SURFACE_SPANS_Y + 3)

struct trace_point {
    float x, y;
};

/* Points first … first + count - 1, from left to right, of one line. */
struct trace {
    size_t first, count;
    double y;    /* of the line as a whole: the surface is looked up there */
    double size; /* height of its type: what is far off is told by it */
    size_t line; /* its line's number: a line may have several traces */
};

struct traces {
    struct trace_point *points;
    size_t point_count;
    struct trace *traces;
    size_t count;
};

void traces_release(struct traces *traces);

struct surface {
    double x0, y0, width, height; /* the box about the points it was fitted to */
    double knots[SURFACE_ROWS * SURFACE_COLUMNS];
};

/* Fits to the traces whose line % parts != left_out (all of them if parts is 0). size: of the common type.
 * The surface is only known up to a function of y, as nothing tells the traces' heights: it is small. False
 * if there is nothing to fit to. */
bool surface_fit(const struct traces *traces, double size, size_t parts, size_t left_out,
                 struct surface *surface);
/* Height at a point; beyond the box, that of the nearest point of its edge. */
double surface_at(const struct surface *surface, double x, double y);

#endif
