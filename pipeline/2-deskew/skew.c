#include "skew.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* The page is cut into strips this wide; a strip moves up or down as a whole when the page is sheared. Two
 * sizes: narrow enough at 15° for the coarse sweep on every fourth row, and for the fine one. */
#define COARSE_REDUCTION 4
#define STRIP_PIXELS 8
/* Bands about as wide as a newspaper column (in strips): wider ones mix columns whose lines do not meet. */
#define BAND_STRIPS 48
/* Rows this far apart are compared. Neighbouring ones answer to the pixel grid more than to the text. */
#define LAG_ROWS 2
#define COARSE_STEP_DEGREES 0.2
#define FINE_REACH_DEGREES 0.8
#define FINE_STEP_DEGREES 0.02
/* The part of the peak over this share of its height is averaged for its middle. */
#define PEAK_SHARE 0.6
/* Fewer components of the size of type than this decide nothing. */
#define MIN_TYPE_COMPONENTS 20

#define RADIANS (M_PI / 180.0)

/* Darkness of every row in every strip: counts[strip * rows + row].
 *
 * A strip is only ever moved by whole rows. Under a small angle that would leave all strips of a band where
 * they are, and the sharper profile this gives draws the angle found to 0. So every strip is moved beforehand
 * by a fraction of a row of its own, `offset`, and what rounding adds is the same under all angles. */
struct strips {
    uint16_t *counts;
    double *offset;
    int strip_count, rows;
    double strip_pixels; /* width of a strip in rows' units */
};
#define UNITS 16
/* So that 16 bits hold a strip's darkness, four rows of it added up, and that times UNITS. */
#define DARKNESS_UNIT 32
/* Multiples of it, less their whole parts, lie evenly however many are taken (Weyl's sequence). */
#define GOLDEN_RATIO 0.6180339887498949

static void strips_release(struct strips *strips)
{
    free(strips->counts);
    free(strips->offset);
}

/* Moves every strip by its offset, 0 … 1 row down, by linear interpolation. */
static void strips_displace(struct strips *strips)
{
    strips->offset = bi_xcalloc((size_t)strips->strip_count, sizeof *strips->offset);
    for (int s = 0; s < strips->strip_count; s++) {
        uint16_t *counts = strips->counts + (size_t)s * (size_t)strips->rows;
        int part = (int)(fmod(s * GOLDEN_RATIO, 1.0) * UNITS), above = 0;
        strips->offset[s] = (double)part / UNITS;
        for (int y = 0; y < strips->rows; y++) {
            int own = counts[y];
            counts[y] = (uint16_t)((UNITS - part) * own + part * above);
            above = own;
        }
    }
}

static bool is_type(const struct component *item, struct type_size type)
{
    int w = item->x1 - item->x0, h = item->y1 - item->y0;
    return (w >= type.min_pixels || h >= type.min_pixels) && w <= type.max_pixels && h <= type.max_pixels;
}

/* 1 for the pixels of type and of the row above and below it, which hold the soft edges of its strokes. */
static uint8_t *mark_type(const struct components *components, int width, int height, struct type_size type)
{
    uint8_t *marks = bi_xcalloc((size_t)width * (size_t)height, 1);
    for (size_t i = 0; i < components->run_count; i++) {
        const struct run *run = &components->runs[i];
        if (!is_type(&components->items[run->component], type))
            continue;
        for (int y = run->y - 1; y <= run->y + 1; y++)
            if (y >= 0 && y < height)
                memset(marks + (size_t)y * (size_t)width + run->x0, 1, (size_t)(run->x1 - run->x0));
    }
    return marks;
}

/* The strips of a page, or of the page mirrored at its diagonal. */
static struct strips strips_make(const struct grey *page, const uint8_t *marks, bool vertical)
{
    int across = vertical ? page->height : page->width;
    struct strips strips = {.rows = vertical ? page->width : page->height,
                            .strip_count = (across + STRIP_PIXELS - 1) / STRIP_PIXELS,
                            .strip_pixels = STRIP_PIXELS};
    strips.counts = bi_xcalloc((size_t)strips.strip_count * (size_t)strips.rows, sizeof *strips.counts);
    for (int y = 0; y < page->height; y++) {
        const uint8_t *row = grey_row(page, y), *mark = marks + (size_t)y * (size_t)page->width;
        for (int x = 0; x < page->width; x++) {
            if (!mark[x])
                continue;
            int strip = (vertical ? y : x) / STRIP_PIXELS, line = vertical ? x : y;
            uint16_t *count = &strips.counts[(size_t)strip * (size_t)strips.rows + (size_t)line];
            *count = (uint16_t)(*count + (255 - row[x]) / DARKNESS_UNIT);
        }
    }
    return strips;
}

/* Rows added up by COARSE_REDUCTION. */
static struct strips strips_reduce(const struct strips *strips)
{
    struct strips reduced = {.rows = (strips->rows + COARSE_REDUCTION - 1) / COARSE_REDUCTION,
                             .strip_count = strips->strip_count,
                             .strip_pixels = strips->strip_pixels / COARSE_REDUCTION};
    reduced.counts = bi_xcalloc((size_t)reduced.strip_count * (size_t)reduced.rows, sizeof *reduced.counts);
    for (int s = 0; s < strips->strip_count; s++) {
        const uint16_t *from = strips->counts + (size_t)s * (size_t)strips->rows;
        uint16_t *to = reduced.counts + (size_t)s * (size_t)reduced.rows;
        for (int y = 0; y < strips->rows; y++)
            to[y / COARSE_REDUCTION] = (uint16_t)(to[y / COARSE_REDUCTION] + from[y]);
    }
    return reduced;
}

/* Sum of squared differences of the rows of one band, sheared by `tangent` about its middle. */
static double band_energy(const struct strips *strips, int first, int end, double tangent, int *profile)
{
    int rows = strips->rows;
    memset(profile, 0, (size_t)rows * sizeof *profile);
    double middle = 0.5 * (first + end - 1);
    for (int s = first; s < end; s++) {
        const uint16_t *counts = strips->counts + (size_t)s * (size_t)rows;
        /* Lines that rise to the right come level when what is right of the middle moves down. */
        int shift = (int)lround(tangent * (s - middle) * strips->strip_pixels - strips->offset[s]);
        int from = shift < 0 ? -shift : 0;
        int to = shift > 0 ? rows - shift : rows;
        for (int y = from; y < to; y++)
            profile[y + shift] += counts[y];
    }
    double energy = 0;
    for (int y = LAG_ROWS; y < rows; y++) {
        double difference = profile[y] - profile[y - LAG_ROWS];
        energy += difference * difference;
    }
    return energy;
}

static double page_energy(const struct strips *strips, double degrees, int *profile)
{
    double tangent = tan(degrees * RADIANS), energy = 0;
    int bands = (strips->strip_count + BAND_STRIPS - 1) / BAND_STRIPS;
    for (int b = 0; b < bands; b++) {
        int first = (int)((long)strips->strip_count * b / bands);
        int end = (int)((long)strips->strip_count * (b + 1) / bands);
        energy += band_energy(strips, first, end, tangent, profile);
    }
    return energy;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct peak {
    double degrees, energy, median;
};

/* Samples from -reach to reach about `middle`; the highest, and the middle of the peak about it. */
static struct peak sweep(const struct strips *strips, double middle, double reach, double step, int *profile)
{
    int count = 2 * (int)lround(reach / step) + 1;
    double *energy = bi_xcalloc((size_t)count, sizeof *energy);
    double *sorted = bi_xcalloc((size_t)count, sizeof *sorted);
    int best = 0;
    for (int i = 0; i < count; i++) {
        energy[i] = page_energy(strips, middle + (i - count / 2) * step, profile);
        sorted[i] = energy[i];
        if (energy[i] > energy[best])
            best = i;
    }
    qsort(sorted, (size_t)count, sizeof *sorted, compare_doubles);
    double median = sorted[count / 2];
    double floor = median + PEAK_SHARE * (energy[best] - median);
    double weight = 0, moment = 0;
    int from = best, to = best;
    while (from > 0 && energy[from - 1] > floor)
        from--;
    while (to < count - 1 && energy[to + 1] > floor)
        to++;
    for (int i = from; i <= to; i++) {
        weight += energy[i] - floor;
        moment += (energy[i] - floor) * (i - count / 2);
    }
    struct peak peak = {middle + (weight > 0 ? moment / weight : best - count / 2) * step, energy[best],
                        median};
    free(energy);
    free(sorted);
    return peak;
}

struct skew skew_find(const struct grey *page, const struct components *components, struct type_size type,
                      bool vertical)
{
    struct skew skew = {0};
    double area = 0;
    size_t type_count = 0;
    for (size_t i = 0; i < components->count; i++) {
        if (is_type(&components->items[i], type)) {
            type_count++;
            area += (double)components->items[i].area;
        }
    }
    if (type_count < MIN_TYPE_COMPONENTS)
        return skew;

    uint8_t *marks = mark_type(components, page->width, page->height, type);
    struct strips fine = strips_make(page, marks, vertical);
    free(marks);
    struct strips coarse = strips_reduce(&fine);
    strips_displace(&fine);
    strips_displace(&coarse);
    int *profile = bi_xcalloc((size_t)fine.rows, sizeof *profile);
    struct peak rough = sweep(&coarse, 0, MAX_SKEW_DEGREES, COARSE_STEP_DEGREES, profile);
    struct peak exact = sweep(&fine, rough.degrees, FINE_REACH_DEGREES, FINE_STEP_DEGREES, profile);
    exact = sweep(&fine, exact.degrees, FINE_REACH_DEGREES, FINE_STEP_DEGREES, profile);
    /* Mirroring at the diagonal turned the sense of rotation round. */
    skew.degrees = vertical ? -exact.degrees : exact.degrees;
    skew.confidence = rough.energy > 0 ? 1 - rough.median / rough.energy : 0;
    skew.energy = rough.energy / (UNITS * UNITS * area);
    free(profile);
    strips_release(&fine);
    strips_release(&coarse);
    return skew;
}
