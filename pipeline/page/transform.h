/* How an upright page image came from a scan. Kept in the image's ImageDescription tag as one line of JSON,
 * and from there in the PAGE-XML, so that every box can be shown on the original scan too. */
#ifndef PAGE_TRANSFORM_H
#define PAGE_TRANSFORM_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "page/bend.h"
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
    bool orientation_unsure; /* the page has too little text to tell which way up it is */
    bool inverted;           /* the scan was taken for a negative */
    double skew_degrees; /* of the scan's text lines after that turn, counter-clockwise positive; applied: its
                            opposite */
    double skew_confidence; /* 0 … 1 */
    bool bitonal;           /* the scan had one bit a pixel */
    double noise; /* grain of the paper: standard deviation of the flattened background, 0 … 255 */
    /* How far lines of text bend out of the straight: pixels of the upright image, and slope; 0 if no bend
     * was seen. The confidence, 0 … 1, is that in the model of it: the share of the bend of lines not fitted
     * to that it tells. */
    double curl_pixels, curl_slope, curl_confidence;
    /* Upright pixel (x, y) → scan pixel. First the bend that was taken out is put back, if any was:
     * y' = y + bi_bend_at(bend, x, y). Then scan_x = m[0]·x + m[1]·y' + m[2], scan_y = m[3]·x + m[4]·y' +
     * m[5].
     */
    struct bi_bend bend;
    double to_scan[6];
    char *version;    /* of the program that made the upright image; NULL if unknown */
    char *parameters; /* its parameters as one line; NULL if unknown */
};

/* One line of JSON (no line breaks), from the arena. Numbers are written so that they read back the same. The
 * format is backissue-transform/1; with a bend it is backissue-transform/2, as the six numbers alone then
 * would mislead a reader that knows nothing of bends. Both are read. */
char *bi_transform_format(struct bi_arena *arena, const struct bi_transform *transform);
/* BI_EXIT_INPUT if the text is not such a line. */
int bi_transform_parse(struct bi_arena *arena, const char *text, struct bi_transform *transform,
                       struct bi_error *err);
/* Where a point of the upright image lies on the scan, in place; and the inverse (a transform that maps
 * everything to a line leaves the point where it is). */
void bi_transform_map(const struct bi_transform *transform, double *x, double *y);
void bi_transform_unmap(const struct bi_transform *transform, double *x, double *y);
/* The same, rounded. */
struct bi_point bi_transform_to_scan(const struct bi_transform *transform, double x, double y);
struct bi_point bi_transform_to_upright(const struct bi_transform *transform, double x, double y);

#endif
