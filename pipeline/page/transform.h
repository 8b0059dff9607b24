/* How an upright page image came from a scan. Kept in the image's ImageDescription tag as one line of JSON,
 * and from there in the PAGE-XML, so that every box can be shown on the original scan too. */
#ifndef PAGE_TRANSFORM_H
#define PAGE_TRANSFORM_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "page/geometry.h"

struct bi_transform {
    int frame;         /* number of the page frame in its issue, from 1; 0 if unknown */
    char *scan;        /* path of the scan as given */
    char *scan_sha256; /* 64 hex digits */
    int scan_index;    /* image within a multi-page file, from 0 */
    int scan_width;    /* pixels */
    int scan_height;
    int dpi; /* of the upright image; estimated if the file has no believable one */
    bool dpi_estimated;
    int orientation_degrees; /* 0, 90, 180, 270: clockwise turn that was applied to set the page upright */
    double skew_degrees; /* of the scan's text lines after that turn, counter-clockwise positive; applied: its
                            opposite */
    double skew_confidence; /* 0 … 1 */
    bool bitonal;           /* the scan had one bit a pixel */
    double noise; /* grain of the paper: standard deviation of the flattened background, 0 … 255 */
    /* Upright pixel (x, y, 1) → scan pixel: scan_x = m[0]·x + m[1]·y + m[2], scan_y = m[3]·x + m[4]·y + m[5].
     */
    double to_scan[6];
    char *version;    /* of the program that made the upright image; NULL if unknown */
    char *parameters; /* its parameters as one line; NULL if unknown */
};

/* One line of JSON (no line breaks), from the arena. Numbers are written so that they read back the same. */
char *bi_transform_format(struct bi_arena *arena, const struct bi_transform *transform);
/* BI_EXIT_INPUT if the text is not such a line. */
int bi_transform_parse(struct bi_arena *arena, const char *text, struct bi_transform *transform,
                       struct bi_error *err);
/* An upright point on the scan, rounded. */
struct bi_point bi_transform_to_scan(const struct bi_transform *transform, double x, double y);

#endif
