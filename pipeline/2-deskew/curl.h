/* Curl: lines of text that bend, because the page did not lie flat: into the gutter of a bound volume, or in
 * waves. A model of it is made from the type itself, and believed only if it tells the bend of lines that it
 * was not made from.
 *
 * Method: components of type chain up to lines, bent ones too (lines.h). The heads and feet of the
 * characters of a line trace its course; a smooth surface over the page (surface.h) is fitted to the courses
 * of all lines, in every column, so that nothing has to be followed across a gutter or a headline. With the
 * lines half straightened, more of them are found, and the surface is fitted again.
 *
 * Leptonica's dewarp (Bloomberg), which does the same for pages of one column, fits a parabola to each long
 * text line and wants most lines to be as wide as the page. */
#ifndef DESKEW_CURL_H
#define DESKEW_CURL_H

#include <stdbool.h>

#include "base/arena.h"
#include "components.h"
#include "lines.h"
#include "page/bend.h"
#include "surface.h"

/* Rows of the page that it is kept for where the middle of the surface is. */
#define CURL_ROWS 32

struct curl {
    bool bent;         /* lines bend so much that it matters */
    bool trusted;      /* … and the model is to be believed */
    double pixels;     /* how far lines rise above or sink below where they should be, at most */
    double slope;      /* of the steepest lines (95th percentile); 0.01 is one pixel in a hundred */
    double confidence; /* share of the bend of lines left out that the model told, 0 … 1 */
    double tangent;    /* of the angle that lines->tangent says: the page is level turned back by it */
    struct surface surface;
    double middle[CURL_ROWS + 1]; /* of the surface, at rows evenly spaced over its box */
};

/* components: of a page whose lines rise to the right by `degrees`. All lengths are its pixels. */
struct curl curl_find(const struct components *components, struct type_size type, double degrees);

/* How far down, in the level page (turned clockwise about the origin), what is at (u, v) lies from where it
 * would in a flat page; 0 in the middle of its row's heights, so that what is flat stays where it is. */
double curl_down(const struct curl *curl, double u, double v);

/* Puts the bend of an upright page of width × *height pixels in the form of the transform. to_page: leads
 * from its pixels to those of the page that the curl was found on, which may be turned half round, of another
 * size and not level; the form of struct bi_transform.to_scan. As nothing is to be lost at the page's head
 * and foot the straight page gets *above rows more at the head, as many as needed at the foot, and a new
 * *height; the bend is about that. */
void curl_bend(const struct curl *curl, const double to_page[6], int width, int *height, int *above,
               struct bi_arena *arena, struct bi_bend *bend);

#endif
