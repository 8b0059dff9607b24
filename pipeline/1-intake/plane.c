#include "plane.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "page/image.h"

#define PAPER_SHARE 0.9
/* Ink is darker than this share of the paper. */
#define INK_SHARE 0.8
/* Components of this size in one direction at least, and at most in both, count as type: at the reduction
 * that intake uses a character of body text has some 10 pixels. */
#define MIN_TYPE_PIXELS 3
#define MAX_TYPE_PIXELS 30
/* Strips that move as a whole, and bands of so many of them, narrower than a column: neighbouring columns do
 * not share their lines. */
#define STRIP_PIXELS 8
#define BAND_STRIPS 24
/* Pages lie askew by up to so much; in a band the lines blur by less than half of their height in a step. */
#define MAX_ANGLE_DEGREES 16

static PIX *make_grey(PIX *image, double scale)
{
    if (scale >= 1)
        return pixConvertTo8(image, FALSE);
    if (pixGetDepth(image) == 1)
        return pixScaleToGray(image, (l_float32)scale);
    BI_CLEANUP(bi_pix_destroyp)
    PIX *small = pixScaleAreaMap(image, (l_float32)scale, (l_float32)scale);
    return small ? pixConvertTo8(small, FALSE) : NULL;
}

static int paper_grey(const struct plane *plane)
{
    size_t histogram[256] = {0}, total = (size_t)plane->width * (size_t)plane->height, sum = 0;
    for (size_t i = 0; i < total; i++)
        histogram[plane->pixels[i]]++;
    for (int v = 0; v < 256; v++) {
        sum += histogram[v];
        if ((double)sum > PAPER_SHARE * (double)total)
            return v;
    }
    return 255;
}

bool plane_make(PIX **image, int rows, struct plane *plane)
{
    *plane = (struct plane){0};
    double scale = (double)rows / pixGetHeight(*image);
    BI_CLEANUP(bi_pix_destroyp) PIX *grey = make_grey(*image, scale);
    pixDestroy(image);
    if (!grey)
        return false;
    int width = pixGetWidth(grey), height = pixGetHeight(grey);
    *plane = (struct plane){.width = width, .height = height, .scale = scale < 1 ? scale : 1};
    plane->pixels = bi_xcalloc((size_t)width * (size_t)height, 1);
    for (int y = 0; y < height; y++) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey);
        uint8_t *row = plane->pixels + (size_t)y * (size_t)width;
        for (int x = 0; x < width; x++)
            row[x] = (uint8_t)GET_DATA_BYTE(line, x);
    }
    plane->paper = paper_grey(plane);
    return true;
}

void plane_release(struct plane *plane)
{
    free(plane->pixels);
    *plane = (struct plane){0};
}

/* Ink of every row in every strip: at [strip * rows + row]. */
struct strips {
    int *counts;
    int count, rows;
};

/* Type alone, as a 1-bit image: pictures, rules and surround have sharp rows and columns too. */
static PIX *find_type(const struct plane *plane)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *ink = pixCreate(plane->width, plane->height, 1);
    if (!ink)
        return NULL;
    int darkest = (int)(INK_SHARE * plane->paper);
    for (int y = 0; y < plane->height; y++) {
        l_uint32 *line = pixGetData(ink) + (size_t)y * (size_t)pixGetWpl(ink);
        const uint8_t *row = plane->pixels + (size_t)y * (size_t)plane->width;
        for (int x = 0; x < plane->width; x++)
            if (row[x] < darkest)
                SET_DATA_BIT(line, x);
    }
    BI_CLEANUP(bi_pix_destroyp)
    PIX *small =
        pixSelectBySize(ink, MAX_TYPE_PIXELS, MAX_TYPE_PIXELS, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, NULL);
    return small ? pixSelectBySize(small, MIN_TYPE_PIXELS, MIN_TYPE_PIXELS, 8, L_SELECT_IF_EITHER,
                                   L_SELECT_IF_GTE, NULL)
                 : NULL;
}

static struct strips make_strips(PIX *type, bool columns)
{
    int width = pixGetWidth(type), height = pixGetHeight(type);
    struct strips strips = {.count = (columns ? height : width) / STRIP_PIXELS,
                            .rows = columns ? width : height};
    strips.counts = bi_xcalloc((size_t)strips.count * (size_t)strips.rows + 1, sizeof *strips.counts);
    for (int y = 0; y < height; y++) {
        l_uint32 *line = pixGetData(type) + (size_t)y * (size_t)pixGetWpl(type);
        for (int x = 0; x < width; x++) {
            int strip = (columns ? y : x) / STRIP_PIXELS;
            if (GET_DATA_BIT(line, x) && strip < strips.count)
                strips.counts[(size_t)strip * (size_t)strips.rows + (size_t)(columns ? x : y)]++;
        }
    }
    return strips;
}

/* Sum of squared differences of the rows of one band, sheared about its middle. */
static double band_energy(const struct strips *strips, int first, int end, double tangent, int *profile)
{
    int rows = strips->rows;
    memset(profile, 0, (size_t)rows * sizeof *profile);
    for (int s = first; s < end; s++) {
        const int *counts = strips->counts + (size_t)s * (size_t)rows;
        int shift = (int)lround(tangent * (s - 0.5 * (first + end - 1)) * STRIP_PIXELS);
        for (int y = shift < 0 ? -shift : 0; y < rows && y + shift < rows; y++)
            profile[y + shift] += counts[y];
    }
    double energy = 0;
    for (int y = 1; y < rows; y++) {
        double difference = profile[y] - profile[y - 1];
        energy += difference * difference;
    }
    return energy;
}

/* The sharpest that the rows become under any angle. */
static double sharpness(PIX *type, bool columns)
{
    struct strips strips = make_strips(type, columns);
    BI_CLEANUP(bi_freep) int *profile = bi_xcalloc((size_t)strips.rows, sizeof *profile);
    double best = 0;
    for (int angle = -MAX_ANGLE_DEGREES; angle <= MAX_ANGLE_DEGREES; angle++) {
        double energy = 0;
        for (int s = 0; s < strips.count; s += BAND_STRIPS)
            energy += band_energy(&strips, s, s + BAND_STRIPS < strips.count ? s + BAND_STRIPS : strips.count,
                                  tan(angle * M_PI / 180), profile);
        best = fmax(best, energy);
    }
    free(strips.counts);
    return best;
}

double plane_levelness(const struct plane *plane)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *type = find_type(plane);
    if (!type)
        return 1;
    return (sharpness(type, false) + 1) / (sharpness(type, true) + 1);
}
