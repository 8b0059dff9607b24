#include "spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "plane.h"

/* Width against height. Two tabloid or broadsheet pages have 1.3 to 1.5; surround takes from or adds to it.
 */
#define MIN_ASPECT 1.1
#define MAX_ASPECT 2.2
/* Enough to tell lines of body text apart on a page of any format. */
#define PLANE_ROWS 1600
/* A change from one row to the next is at least this share of the paper's grey. */
#define CHANGE_SHARE 0.1
/* Columns in which no more than this share of the rows change are empty; dust, and the edges of the sheets on
 * their surround, are allowed for. */
#define QUIET_SHARE 0.006
/* The gutter is sought in this middle part of what is printed … */
#define ZONE_SHARE 0.3
/* … up to this angle. */
#define MAX_TILT_DEGREES 5.0
#define TILT_STEP_DEGREES 0.2
/* Two margins are at least this wide, against the height of what is printed. The gutter between two columns
 * of text is half of it. */
#define MARGINS_SHARE 0.02
/* A fold's shadow, or the surround between two sheets, is darker than paper by this share of it, and tells a
 * gutter half as wide. */
#define SHADOW_SHARE 0.12
#define SHADOWED_MARGINS_SHARE 0.01
/* At the sides of a band stand the last strokes before it, which are no shadow. */
#define SIDES_SHARE 0.15
/* Of the fold what is darker than paper by this share of the darkest part. */
#define FOLD_SHARE 0.7
/* Where two sheets lie apart, what shows between them is darker than this share. */
#define APART_SHARE 0.5
/* What is printed on each page is this wide against its height. */
#define MIN_PAGE_ASPECT 0.35
#define MAX_PAGE_ASPECT 0.95
/* Lines run from side to side: 1.17 and more on spreads of the twenty sample pages, where most of them is
 * pictures, else 1.3 and more; 0.99 and less on the same pages lying on their side. In between only sheets
 * that lie apart are taken for two pages. */
#define MIN_LEVELNESS 1.08
#define MIN_LEVELNESS_APART 0.93

/* x0 … x1-1 and so on. */
struct extent {
    int x0, x1, y0, y1;
};

/* A band without changes: columns x0 … x1-1 of the plane at half its height, falling to the left by
 * `tangent`.
 */
struct band {
    int x0, x1;
    double tangent;
};

bool spread_possible(int width, int height)
{
    return width >= MIN_ASPECT * height && width <= MAX_ASPECT * height;
}

/* 1 where a row differs from the one below. */
static uint8_t *find_changes(const struct plane *plane)
{
    size_t width = (size_t)plane->width;
    uint8_t *changes = bi_xcalloc(width * (size_t)plane->height, 1);
    int least = (int)ceil(CHANGE_SHARE * plane->paper);
    for (int y = 0; y + 1 < plane->height; y++) {
        const uint8_t *row = plane->pixels + (size_t)y * width, *below = row + width;
        for (size_t x = 0; x < width; x++)
            changes[(size_t)y * width + x] = abs(row[x] - below[x]) >= least;
    }
    return changes;
}

/* What is printed: from the first to the last column and row that is not empty. */
static struct extent find_extent(const struct plane *plane, const uint8_t *changes)
{
    int width = plane->width, height = plane->height;
    BI_CLEANUP(bi_freep) int *columns = bi_xcalloc((size_t)width, sizeof *columns);
    struct extent extent = {.x0 = width, .y0 = height};
    for (int y = 0; y < height; y++) {
        int count = 0;
        for (int x = 0; x < width; x++) {
            count += changes[(size_t)y * (size_t)width + (size_t)x];
            columns[x] += changes[(size_t)y * (size_t)width + (size_t)x];
        }
        if (count > QUIET_SHARE * width) {
            extent.y0 = y < extent.y0 ? y : extent.y0;
            extent.y1 = y + 1;
        }
    }
    for (int x = 0; x < width; x++) {
        if (columns[x] > QUIET_SHARE * height) {
            extent.x0 = x < extent.x0 ? x : extent.x0;
            extent.x1 = x + 1;
        }
    }
    return extent;
}

/* How far a column of the plane has moved to the right in row y. */
static int shift_at(const struct plane *plane, double tangent, int y)
{
    return (int)lround(tangent * (0.5 * plane->height - y));
}

/* The widest band under one angle, within x0 … x1-1 at half the height. */
static struct band widest_band(const struct plane *plane, const uint8_t *changes, int x0, int x1,
                               double tangent, int *counts)
{
    int width = plane->width;
    memset(counts, 0, (size_t)(x1 - x0) * sizeof *counts);
    for (int y = 0; y < plane->height; y++) {
        const uint8_t *row = changes + (size_t)y * (size_t)width;
        int shift = shift_at(plane, tangent, y);
        int from = x0 + shift < 0 ? -shift : x0, to = x1 + shift > width ? width - shift : x1;
        for (int x = from; x < to; x++)
            counts[x - x0] += row[x + shift];
    }
    struct band best = {x0, x0, tangent};
    int begin = x0;
    for (int x = x0; x < x1; x++) {
        if (counts[x - x0] > QUIET_SHARE * plane->height)
            begin = x + 1;
        else if (x + 1 - begin > best.x1 - best.x0)
            best = (struct band){begin, x + 1, tangent};
    }
    return best;
}

/* The widest under all angles; of bands alike the one that lies straightest. */
static struct band find_band(const struct plane *plane, const uint8_t *changes, struct extent extent)
{
    double middle = 0.5 * (extent.x0 + extent.x1), reach = 0.5 * ZONE_SHARE * (extent.x1 - extent.x0);
    int x0 = (int)(middle - reach), x1 = (int)(middle + reach);
    BI_CLEANUP(bi_freep) int *counts = bi_xcalloc((size_t)(x1 - x0) + 1, sizeof *counts);
    struct band best = widest_band(plane, changes, x0, x1, 0, counts);
    int steps = (int)(MAX_TILT_DEGREES / TILT_STEP_DEGREES + 0.5);
    for (int i = 1; i <= steps; i++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            double tangent = tan(sign * i * TILT_STEP_DEGREES * M_PI / 180);
            struct band band = widest_band(plane, changes, x0, x1, tangent, counts);
            if (band.x1 - band.x0 > best.x1 - best.x0)
                best = band;
        }
    }
    return best;
}

/* What a gutter looks like: where to cut, and how dark it is there against the paper (0 … 1). */
struct fold {
    double x;
    double depth;
};

static struct fold find_fold(const struct plane *plane, struct band band)
{
    int sides = (int)ceil(SIDES_SHARE * (band.x1 - band.x0)), count = band.x1 - band.x0 - 2 * sides;
    if (count <= 0)
        return (struct fold){0.5 * (band.x0 + band.x1 - 1), 0};
    band.x0 += sides;
    band.x1 -= sides;
    BI_CLEANUP(bi_freep) double *depths = bi_xcalloc((size_t)count, sizeof *depths);
    double darkest = 0;
    for (int i = 0; i < count; i++) {
        double sum = 0;
        for (int y = 0; y < plane->height; y++) {
            int x = band.x0 + i + shift_at(plane, band.tangent, y);
            x = x < 0 ? 0 : x >= plane->width ? plane->width - 1 : x;
            sum += plane->pixels[(size_t)y * (size_t)plane->width + (size_t)x];
        }
        depths[i] = 1 - sum / plane->height / (plane->paper > 0 ? plane->paper : 1);
        darkest = fmax(darkest, depths[i]);
    }
    struct fold fold = {0.5 * (band.x0 + band.x1 - 1), darkest};
    if (darkest < SHADOW_SHARE)
        return fold;
    double sum = 0, moment = 0;
    for (int i = 0; i < count; i++) {
        if (depths[i] >= FOLD_SHARE * darkest) {
            sum += depths[i];
            moment += depths[i] * (band.x0 + i);
        }
    }
    fold.x = moment / sum;
    return fold;
}

static bool is_page(double width, double height)
{
    return width >= MIN_PAGE_ASPECT * height && width <= MAX_PAGE_ASPECT * height;
}

static bool look(const struct plane *plane, struct band *band, struct fold *fold)
{
    BI_CLEANUP(bi_freep) uint8_t *changes = find_changes(plane);
    struct extent extent = find_extent(plane, changes);
    int width = extent.x1 - extent.x0, height = extent.y1 - extent.y0;
    if (width <= 0 || height <= 0 || !spread_possible(width, height))
        return false;
    *band = find_band(plane, changes, extent);
    if (band->x1 - band->x0 < SHADOWED_MARGINS_SHARE * height)
        return false;
    *fold = find_fold(plane, *band);
    double least = fold->depth >= SHADOW_SHARE ? SHADOWED_MARGINS_SHARE : MARGINS_SHARE;
    if (band->x1 - band->x0 < least * height || !is_page(fold->x - extent.x0, height) ||
        !is_page(extent.x1 - fold->x, height))
        return false;
    return plane_levelness(plane) >= (fold->depth >= APART_SHARE ? MIN_LEVELNESS_APART : MIN_LEVELNESS);
}

bool spread_find(PIX **image, struct spread_cut *cut)
{
    int width = pixGetWidth(*image), height = pixGetHeight(*image);
    BI_CLEANUP(plane_release) struct plane plane;
    struct band band;
    struct fold fold;
    if (!plane_make(image, PLANE_ROWS, &plane) || !look(&plane, &band, &fold))
        return false;
    double middle = (fold.x + 0.5) / plane.scale - 0.5, lean = 0.5 * band.tangent * height;
    int top = (int)lround(middle + lean), bottom = (int)lround(middle - lean);
    if (top < 1 || bottom < 1 || top > width - 2 || bottom > width - 2)
        return false;
    *cut = (struct spread_cut){top, bottom};
    return true;
}
