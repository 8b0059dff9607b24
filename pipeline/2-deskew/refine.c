#include "refine.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "peak.h"
#include "shear.h"

/* A line of text is cut into strips this wide, a page into these. */
#define LINE_STRIP_PIXELS 4
#define PAGE_STRIP_PIXELS 8
/* Fewer lines than this tell nothing. */
#define MIN_LINES 3
/* The sides of columns are looked at in bands of this height, as columns do not go down the whole page. */
#define COLUMN_BAND_PIXELS 1000
/* In columns, components up to so many times the common type count. */
#define COLUMN_TYPE_SHARE 2.5
/* Edges have a say if their curve rises over its median to so many times. */
#define MIN_EDGE_SHARPNESS 3.0

#define STEP_DEGREES 0.02
#define PEAK_SHARE 0.6
#define RADIANS (M_PI / 180.0)

enum { HALF = (int)(REFINE_REACH_DEGREES / STEP_DEGREES + 0.5), ANGLES = 2 * HALF + 1 };

/* The runs of every line, together: those of line i are order[first[i]] … order[first[i + 1] - 1]. */
struct line_runs {
    size_t *first;
    uint32_t *order;
};

static struct line_runs sort_runs(const struct components *components, const struct text_lines *lines)
{
    struct line_runs sorted = {bi_xcalloc(lines->count + 2, sizeof *sorted.first),
                               bi_xcalloc(components->run_count + 1, sizeof *sorted.order)};
    for (size_t i = 0; i < components->run_count; i++) {
        int32_t line = lines->line_of[components->runs[i].component];
        if (line >= 0)
            sorted.first[line + 2]++;
    }
    for (size_t i = 2; i < lines->count + 2; i++)
        sorted.first[i] += sorted.first[i - 1];
    for (size_t i = 0; i < components->run_count; i++) {
        int32_t line = lines->line_of[components->runs[i].component];
        if (line >= 0)
            sorted.order[sorted.first[line + 1]++] = (uint32_t)i;
    }
    return sorted;
}

static void line_runs_release(struct line_runs *sorted)
{
    free(sorted->first);
    free(sorted->order);
}

/* The strips of one line: the darkness of its own components and of the row above and below each, where the
 * soft edges of strokes lie. (All that lies in the line's box would not do: where the box cuts what belongs
 * to no line, the cut is an edge of the very angle that is in question.) */
static void cut_line(const struct grey *page, const struct components *components, const uint32_t *runs,
                     size_t count, struct shear *shear)
{
    int x0 = page->width, x1 = 0, y0 = page->height, y1 = 0;
    for (size_t i = 0; i < count; i++) {
        const struct run *run = &components->runs[runs[i]];
        x0 = run->x0 < x0 ? run->x0 : x0;
        x1 = run->x1 > x1 ? run->x1 : x1;
        y0 = run->y < y0 ? run->y : y0;
        y1 = run->y + 1 > y1 ? run->y + 1 : y1;
    }
    y0 = y0 > 0 ? y0 - 1 : 0;
    y1 = y1 < page->height ? y1 + 1 : page->height;
    size_t width = (size_t)(x1 - x0);
    BI_CLEANUP(bi_freep) uint8_t *marks = bi_xcalloc(width * (size_t)(y1 - y0), 1);
    for (size_t i = 0; i < count; i++) {
        const struct run *run = &components->runs[runs[i]];
        for (int y = run->y > y0 ? run->y - 1 : y0; y <= run->y + 1 && y < y1; y++)
            memset(marks + (size_t)(y - y0) * width + (run->x0 - x0), 1, (size_t)(run->x1 - run->x0));
    }
    shear_init(shear, (x1 - x0 + LINE_STRIP_PIXELS - 1) / LINE_STRIP_PIXELS, y1 - y0 + 1);
    for (int y = y0; y < y1; y++) {
        const uint8_t *row = grey_row(page, y) + x0, *mark = marks + (size_t)(y - y0) * width;
        for (int x = 0; x < x1 - x0; x++)
            if (mark[x])
                shear->darkness[(x / LINE_STRIP_PIXELS) * shear->rows + y - y0] += 255 - row[x];
    }
    for (int s = 0; s < shear->count; s++) {
        int left = s * LINE_STRIP_PIXELS, right = left + LINE_STRIP_PIXELS;
        right = right < x1 - x0 ? right : x1 - x0;
        shear->x[s] = 0.5 * (left + right - (x1 - x0));
        shear_displace(shear, s);
    }
}

/* Adds `weight` times the energies of a piece under the angles about `degrees`. sense: -1 if it was cut from
 * the mirrored page. */
static void add_energies(const struct shear *shear, double degrees, double sense, double weight,
                         double *energy)
{
    double reach = fabs(shear->x[0]) > fabs(shear->x[shear->count - 1]) ? fabs(shear->x[0])
                                                                        : fabs(shear->x[shear->count - 1]);
    int slack = (int)ceil(tan((fabs(degrees) + REFINE_REACH_DEGREES) * RADIANS) * reach) + 2;
    BI_CLEANUP(bi_freep) int *profile = bi_xcalloc((size_t)(shear->rows + 2 * slack), sizeof *profile);
    for (int i = 0; i < ANGLES; i++) {
        double angle = degrees + (i - HALF) * STEP_DEGREES;
        energy[i] += weight * shear_energy(shear, sense * tan(angle * RADIANS), profile, slack);
    }
}

/* Adds to `sum` the curve as multiples of its median: what is sharper then weighs more. */
static void add_curve(const double *energy, double *sum)
{
    double median = peak_find(energy, ANGLES, PEAK_SHARE).median;
    if (median <= 0)
        return;
    for (int i = 0; i < ANGLES; i++)
        sum[i] += energy[i] / median;
}

static double peak_degrees(const double *curve, double middle)
{
    return middle + (peak_find(curve, ANGLES, PEAK_SHARE).position - HALF) * STEP_DEGREES;
}

static void add_lines(const struct grey *page, const struct components *components,
                      const struct text_lines *lines, double degrees, double *sum)
{
    if (lines->count < MIN_LINES)
        return;
    BI_CLEANUP(line_runs_release) struct line_runs sorted = sort_runs(components, lines);
    double energy[ANGLES] = {0};
    for (size_t i = 0; i < lines->count; i++) {
        double height = lines->lines[i].v1 - lines->lines[i].v0;
        BI_CLEANUP(shear_release) struct shear shear;
        cut_line(page, components, sorted.order + sorted.first[i], sorted.first[i + 1] - sorted.first[i],
                 &shear);
        /* A line counts by the number of its characters, not by their size. */
        add_energies(&shear, degrees, 1, 1 / (height * height), energy);
    }
    add_curve(energy, sum);
}

/* The darkness of components whose box is over `above` and not over `below` in its longer direction, and one
 * pixel about them, which holds their soft edge. */
static uint8_t *select_darkness(const struct grey *page, const struct components *components, int above,
                                int below)
{
    size_t width = (size_t)page->width;
    uint8_t *dark = bi_xcalloc(width * (size_t)page->height, 1);
    for (size_t i = 0; i < components->run_count; i++) {
        const struct run *run = &components->runs[i];
        const struct component *item = &components->items[run->component];
        int w = item->x1 - item->x0, h = item->y1 - item->y0, larger = w > h ? w : h;
        if (larger <= above || larger > below)
            continue;
        int x0 = run->x0 > 0 ? run->x0 - 1 : 0, x1 = run->x1 < page->width ? run->x1 + 1 : page->width;
        for (int y = run->y > 0 ? run->y - 1 : 0; y <= run->y + 1 && y < page->height; y++)
            for (int x = x0; x < x1; x++)
                dark[(size_t)y * width + (size_t)x] = (uint8_t)(255 - grey_row(page, y)[x]);
    }
    return dark;
}

/* The rows (or, mirrored, the columns) from `from` to `end` of what was selected. */
static void add_band(const uint8_t *dark, int width, int height, bool vertical, int from, int end,
                     double degrees, double *energy)
{
    int x0 = vertical ? 0 : from, x1 = vertical ? width : end;
    int y0 = vertical ? from : 0, y1 = vertical ? end : height;
    int rows = vertical ? width : height;
    BI_CLEANUP(shear_release) struct shear shear;
    shear_init(&shear, (end - from + PAGE_STRIP_PIXELS - 1) / PAGE_STRIP_PIXELS, rows);
    for (int y = y0; y < y1; y++) {
        const uint8_t *row = dark + (size_t)y * (size_t)width;
        for (int x = x0; x < x1; x++) {
            if (!row[x])
                continue;
            int strip = ((vertical ? y : x) - from) / PAGE_STRIP_PIXELS;
            shear.darkness[(size_t)strip * (size_t)rows + (size_t)(vertical ? x : y)] += row[x];
        }
    }
    for (int s = 0; s < shear.count; s++) {
        int left = s * PAGE_STRIP_PIXELS, right = left + PAGE_STRIP_PIXELS;
        right = right < end - from ? right : end - from;
        shear.x[s] = 0.5 * (left + right - (end - from));
        shear_displace(&shear, s);
    }
    add_energies(&shear, degrees, vertical ? -1 : 1, 1, energy);
}

static void add_columns(const struct grey *page, const struct components *components, struct type_size type,
                        const struct text_lines *lines, double degrees, double *sum)
{
    int below = (int)(COLUMN_TYPE_SHARE * lines->type_pixels);
    below = below < type.max_pixels ? below : type.max_pixels;
    BI_CLEANUP(bi_freep) uint8_t *dark = select_darkness(page, components, type.min_pixels - 1, below);
    double energy[ANGLES] = {0};
    int bands = (2 * page->height + COLUMN_BAND_PIXELS - 1) / COLUMN_BAND_PIXELS;
    bands = bands < 2 ? 2 : bands; /* halves; a band is two of them */
    for (int b = 0; b + 2 <= bands; b++)
        add_band(dark, page->width, page->height, true, (int)((long)page->height * b / bands),
                 (int)((long)page->height * (b + 2) / bands), degrees, energy);
    add_curve(energy, sum);
}

static void add_edges(const struct grey *page, const struct components *components, struct type_size type,
                      double degrees, double *sum)
{
    BI_CLEANUP(bi_freep) uint8_t *dark = select_darkness(page, components, type.max_pixels, INT_MAX);
    for (int vertical = 0; vertical < 2; vertical++) {
        double energy[ANGLES] = {0};
        add_band(dark, page->width, page->height, vertical, 0, vertical ? page->height : page->width, degrees,
                 energy);
        add_curve(energy, sum);
    }
}

struct refined refine_skew(const struct grey *page, const struct components *components,
                           struct type_size type, const struct text_lines *lines)
{
    struct refined refined = {.text_degrees = atan(lines->tangent) / RADIANS};
    double text[ANGLES] = {0}, edges[ANGLES] = {0};
    add_lines(page, components, lines, refined.text_degrees, text);
    add_columns(page, components, type, lines, refined.text_degrees, text);
    refined.text_degrees = peak_degrees(text, refined.text_degrees);

    add_edges(page, components, type, refined.text_degrees, edges);
    struct peak peak = peak_find(edges, ANGLES, PEAK_SHARE);
    double edge_degrees = peak_degrees(edges, refined.text_degrees);
    refined.edges = peak.height >= MIN_EDGE_SHARPNESS * peak.median &&
                    fabs(edge_degrees - refined.text_degrees) <= REFINE_AGREEMENT_DEGREES;
    refined.degrees = refined.edges ? edge_degrees : refined.text_degrees;
    return refined;
}
