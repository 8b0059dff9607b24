#include "skew.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "peak.h"

/* The page is cut into strips this wide, which move up or down as a whole when it is sheared; rows are added
 * up by so many. At 15° a strip is then sheared by less than a row in itself. */
#define STRIP_PIXELS 8
#define ROW_PIXELS 4
/* Bands about as wide as a newspaper column: wider ones mix more columns. */
#define BAND_STRIPS 48
#define STEP_DEGREES 0.2
/* So that a peak at the greatest angle is whole. */
#define BEYOND_DEGREES 1.6
/* The part of the peak over this share of its height is averaged for its middle. */
#define PEAK_SHARE 0.6
/* Fewer components of the size of type than this decide nothing. */
#define MIN_TYPE_COMPONENTS 20

#define RADIANS (M_PI / 180.0)

/* Black pixels of every row in every strip: counts[strip * rows + row]. */
struct strips {
    uint16_t *counts;
    int strip_count, rows;
};

/* The strips of a page's type, or of the page mirrored at its diagonal. */
static struct strips strips_make(const struct components *components, int width, int height,
                                 struct type_size type, bool vertical)
{
    int across = vertical ? height : width, down = vertical ? width : height;
    struct strips strips = {.rows = (down + ROW_PIXELS - 1) / ROW_PIXELS,
                            .strip_count = (across + STRIP_PIXELS - 1) / STRIP_PIXELS};
    strips.counts = bi_xcalloc((size_t)strips.strip_count * (size_t)strips.rows, sizeof *strips.counts);
    for (size_t i = 0; i < components->run_count; i++) {
        const struct run *run = &components->runs[i];
        if (!type_is(&components->items[run->component], type))
            continue;
        for (int x = run->x0; x < run->x1; x++) {
            int strip = (vertical ? run->y : x) / STRIP_PIXELS, row = (vertical ? x : run->y) / ROW_PIXELS;
            strips.counts[(size_t)strip * (size_t)strips.rows + (size_t)row]++;
        }
    }
    return strips;
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
        int shift = (int)lround(tangent * (s - middle) * STRIP_PIXELS / ROW_PIXELS);
        int from = shift < 0 ? -shift : 0;
        int to = shift > 0 ? rows - shift : rows;
        for (int y = from; y < to; y++)
            profile[y + shift] += counts[y];
    }
    double energy = 0;
    for (int y = 1; y < rows; y++) {
        double difference = profile[y] - profile[y - 1];
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

struct skew skew_search(const struct components *components, int width, int height, struct type_size type,
                        bool vertical)
{
    enum { HALF = (int)((MAX_SKEW_DEGREES + BEYOND_DEGREES) / STEP_DEGREES + 0.5), ANGLES = 2 * HALF + 1 };
    struct skew skew = {0};
    size_t type_count = 0;
    for (size_t i = 0; i < components->count; i++)
        type_count += type_is(&components->items[i], type);
    if (type_count < MIN_TYPE_COMPONENTS)
        return skew;

    struct strips strips = strips_make(components, width, height, type, vertical);
    BI_CLEANUP(bi_freep) int *profile = bi_xcalloc((size_t)strips.rows, sizeof *profile);
    double energy[ANGLES];
    for (int i = 0; i < ANGLES; i++)
        energy[i] = page_energy(&strips, (i - HALF) * STEP_DEGREES, profile);
    free(strips.counts);
    struct peak peak = peak_find(energy, ANGLES, PEAK_SHARE);
    skew.degrees = (peak.position - HALF) * STEP_DEGREES;
    if (vertical) /* mirroring at the diagonal turned the sense of rotation round */
        skew.degrees = -skew.degrees;
    skew.energy = peak.height;
    skew.confidence = peak.height > 0 ? 1 - peak.median / peak.height : 0;
    return skew;
}
