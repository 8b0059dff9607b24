#include "curl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "traces.h"

/* A line counts as bent from this slope on: over a column of 13 characters it is off by a tenth of one. */
#define BENT_SLOPE 0.008
/* Characters stand off their line by this share of their size, at least. */
#define LEAST_SCATTER 0.05
/* A page of which fewer lines are bent, or a smaller share of them, is left alone: an advertisement set askew
 * is no curl. */
#define MIN_BENT_LINES 12
#define MIN_BENT_SHARE 0.03
/* The model is believed if it tells at least this share of the bend of lines it was not made from … */
#define MIN_CONFIDENCE 0.5
/* … and is nowhere steeper than what pages in bindings do; down the page, than what keeps lines apart. */
#define MAX_SLOPE_X 0.2
#define MAX_SLOPE_Y 0.1
/* If it tells less than this, noise was fitted, unless the lines that it says are bent are so by the mean
 * square of their slopes, in squares of BENT_SLOPE: then they bend in a way that it cannot follow. */
#define NOISE_CONFIDENCE 0.3
#define OWN_WAY_SQUARES 3.0
/* Left out is in turn one of so many parts of the lines. */
#define PARTS 2
/* Where a surface is looked at, across and down. */
#define SAMPLES 48
/* The grid of the transform. */
#define GRID_COLUMNS 49
#define GRID_ROWS 17
/* Nodes are whole multiples of this. */
#define NODE_PIXELS (1.0 / 64)
/* Rounds of looking up where on the bent page a point of the straight one lies. */
#define INVERSION_ROUNDS 6

/* The slope of a trace by least squares, with the variance of its error, and that of a surface along it. */
struct slopes {
    double own, variance, told;
};

static struct slopes measure_slopes(const struct traces *traces, const struct trace *trace,
                                    const struct surface *surface)
{
    const struct trace_point *points = traces->points + trace->first;
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0, yy = 0, xs = 0;
    for (size_t k = 0; k < trace->count; k++) {
        mean_x += (double)points[k].x / (double)trace->count;
        mean_y += (double)points[k].y / (double)trace->count;
    }
    for (size_t k = 0; k < trace->count; k++) {
        double x = (double)points[k].x - mean_x, y = (double)points[k].y - mean_y;
        xx += x * x;
        xy += x * y;
        yy += y * y;
        xs += x * surface_at(surface, (double)points[k].x, trace->y);
    }
    if (xx <= 0)
        return (struct slopes){0, INFINITY, 0};
    double own = xy / xx, scatter = LEAST_SCATTER * trace->size;
    double off = fmax((yy - own * xy) / (double)(trace->count - 2), scatter * scatter);
    return (struct slopes){own, off / xx, xs / xx};
}

/* What lines say of a surface that was not made from them: sums over the traces of which it says that they
 * are bent, each weighed by how well its slope is known. */
struct evidence {
    size_t bent;
    double before, after; /* squares of slopes, and of what the surface leaves of them, less their errors' */
};

static void weigh(const struct traces *traces, size_t part, const struct surface *surface,
                  struct evidence *evidence)
{
    for (size_t i = 0; i < traces->count; i++) {
        if (traces->traces[i].line % PARTS != part)
            continue;
        struct slopes slopes = measure_slopes(traces, &traces->traces[i], surface);
        if (fabs(slopes.told) < BENT_SLOPE)
            continue;
        double weight = 1 / (slopes.variance + BENT_SLOPE * BENT_SLOPE), left = slopes.own - slopes.told;
        evidence->bent++;
        evidence->before += weight * (slopes.own * slopes.own - slopes.variance);
        evidence->after += weight * (left * left - slopes.variance);
    }
}

static int compare_doubles(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* The slopes that the surface says the traces have, from the flattest. The caller frees them. */
static double *sort_slopes(const struct traces *traces, const struct surface *surface)
{
    double *slopes = bi_xcalloc(traces->count + 1, sizeof *slopes);
    for (size_t i = 0; i < traces->count; i++)
        slopes[i] = fabs(measure_slopes(traces, &traces->traces[i], surface).told);
    qsort(slopes, traces->count, sizeof *slopes, compare_doubles);
    return slopes;
}

/* Of so many traces, how many must be bent; a line has two. */
static size_t needed_traces(size_t count)
{
    return (size_t)fmax(2 * MIN_BENT_LINES, ceil(MIN_BENT_SHARE * (double)count));
}

static bool is_bent(const double *slopes, size_t count)
{
    size_t needed = needed_traces(count);
    return count >= needed && slopes[count - needed] >= BENT_SLOPE;
}

/* The traces of the lines that are found if what `surface` says is taken out first; all if it is NULL. */
static bool trace_lines(const struct components *components, struct type_size type, double tangent,
                        const struct curl *curl, struct traces *traces, double *size)
{
    BI_CLEANUP(text_lines_release) struct text_lines lines = {0};
    if (curl) {
        double cosine = 1 / sqrt(1 + tangent * tangent), sine = tangent * cosine;
        struct components moved = *components;
        moved.items = bi_xcalloc(components->count + 1, sizeof *moved.items);
        for (size_t i = 0; i < components->count; i++) {
            moved.items[i] = components->items[i];
            struct component *c = &moved.items[i];
            double x = 0.5 * (c->x0 + c->x1), y = 0.5 * (c->y0 + c->y1);
            int up = (int)lround(curl_down(curl, cosine * x - sine * y, sine * x + cosine * y));
            c->y0 -= up;
            c->y1 -= up;
        }
        text_lines_find(&moved, type, tangent, &lines);
        free(moved.items);
    } else {
        text_lines_find_bent(components, type, tangent, &lines);
    }
    traces_find(components, &lines, traces);
    *size = lines.type_pixels;
    return traces->count > 0;
}

/* The middle of the heights of every row, which the traces do not tell and which is taken for flat. */
static void find_middles(struct curl *curl)
{
    const struct surface *surface = &curl->surface;
    for (int j = 0; j <= CURL_ROWS; j++) {
        double heights[SAMPLES + 1], y = surface->y0 + surface->height * j / CURL_ROWS;
        for (int i = 0; i <= SAMPLES; i++)
            heights[i] = surface_at(surface, surface->x0 + surface->width * i / SAMPLES, y);
        qsort(heights, SAMPLES + 1, sizeof *heights, compare_doubles);
        curl->middle[j] = heights[SAMPLES / 2];
    }
}

double curl_down(const struct curl *curl, double u, double v)
{
    double place = (v - curl->surface.y0) / curl->surface.height * CURL_ROWS;
    place = fmin(fmax(place, 0), CURL_ROWS);
    int row = place < CURL_ROWS ? (int)place : CURL_ROWS - 1;
    double middle = curl->middle[row] + (place - row) * (curl->middle[row + 1] - curl->middle[row]);
    return surface_at(&curl->surface, u, v) - middle;
}

/* How far from where it should be a line lies, at most. */
static double measure_reach(const struct curl *curl, const struct traces *traces)
{
    double most = 0;
    for (size_t i = 0; i < traces->count; i++)
        for (size_t k = 0; k < traces->traces[i].count; k++)
            most = fmax(most, fabs(curl_down(curl, (double)traces->points[traces->traces[i].first + k].x,
                                             traces->traces[i].y)));
    return most;
}

/* The steepest places of the model are in bounds. */
static bool is_in_shape(const struct curl *curl)
{
    const struct surface *surface = &curl->surface;
    double steepest_x = 0, steepest_y = 0, dx = surface->width / SAMPLES, dy = surface->height / SAMPLES;
    for (int j = 0; j <= SAMPLES; j++)
        for (int i = 0; i <= SAMPLES; i++) {
            double x = surface->x0 + dx * i, y = surface->y0 + dy * j, down = curl_down(curl, x, y);
            if (i > 0)
                steepest_x = fmax(steepest_x, fabs(down - curl_down(curl, x - dx, y)) / dx);
            if (j > 0)
                steepest_y = fmax(steepest_y, fabs(down - curl_down(curl, x, y - dy)) / dy);
        }
    return steepest_x <= MAX_SLOPE_X && steepest_y <= MAX_SLOPE_Y;
}

struct curl curl_find(const struct components *components, struct type_size type, double degrees)
{
    struct curl curl = {.tangent = tan(degrees * M_PI / 180)};
    BI_CLEANUP(traces_release) struct traces traces = {0};
    double size;
    for (int pass = 0; pass < 2; pass++) {
        traces_release(&traces);
        if (!trace_lines(components, type, curl.tangent, pass ? &curl : NULL, &traces, &size) ||
            !surface_fit(&traces, size, 0, 0, &curl.surface))
            return (struct curl){0};
        find_middles(&curl);
        BI_CLEANUP(bi_freep) double *slopes = sort_slopes(&traces, &curl.surface);
        curl.slope = slopes[(size_t)(0.95 * (double)(traces.count - 1))];
        curl.bent = is_bent(slopes, traces.count);
        if (!curl.bent)
            break;
    }
    curl.pixels = measure_reach(&curl, &traces);
    if (!curl.bent)
        return curl;

    struct evidence evidence = {0};
    for (size_t part = 0; part < PARTS; part++) {
        struct surface surface;
        if (surface_fit(&traces, size, PARTS, part, &surface))
            weigh(&traces, part, &surface, &evidence);
    }
    if (evidence.before > 0)
        curl.confidence = fmin(fmax(0, 1 - evidence.after / evidence.before), 1);
    curl.bent = curl.confidence >= NOISE_CONFIDENCE ||
                evidence.before >= OWN_WAY_SQUARES * fmax((double)evidence.bent, 2 * MIN_BENT_LINES);
    curl.trusted = is_in_shape(&curl) && evidence.bent >= needed_traces(traces.count) &&
                   curl.confidence >= MIN_CONFIDENCE;
    return curl;
}

static void map(const double m[6], double *x, double *y)
{
    double u = *x, v = *y;
    *x = m[0] * u + m[1] * v + m[2];
    *y = m[3] * u + m[4] * v + m[5];
}

/* Pixels down, of the upright page, at a place of it as it was bent. level: from its pixels to the level
 * page, a shift, a scale, and perhaps a half turn. */
static double upright_down(const struct curl *curl, const double level[6], double x, double y)
{
    map(level, &x, &y);
    return curl_down(curl, x, y) / level[4];
}

void curl_bend(const struct curl *curl, const double to_page[6], int width, int *height, int *above,
               struct bi_arena *arena, struct bi_bend *bend)
{
    double cosine = 1 / sqrt(1 + curl->tangent * curl->tangent), sine = curl->tangent * cosine;
    const double *m = to_page;
    const double level[6] = {cosine * m[0] - sine * m[3], cosine * m[1] - sine * m[4],
                             cosine * m[2] - sine * m[5], sine * m[0] + cosine * m[3],
                             sine * m[1] + cosine * m[4], sine * m[2] + cosine * m[5]};
    double head = 0, foot = 0;
    for (int i = 0; i <= SAMPLES; i++) {
        double x = (double)width * i / SAMPLES;
        head = fmax(head, upright_down(curl, level, x, 0));
        foot = fmax(foot, -upright_down(curl, level, x, *height - 1));
    }
    *above = (int)ceil(head);
    *height += *above + (int)ceil(foot);
    *bend = (struct bi_bend){.columns = GRID_COLUMNS,
                             .rows = GRID_ROWS,
                             .step_x = fmax(1, ceil((double)width / (GRID_COLUMNS - 1))),
                             .step_y = fmax(1, ceil((double)*height / (GRID_ROWS - 1))),
                             .down = bi_arena_array(arena, GRID_COLUMNS * GRID_ROWS, sizeof *bend->down)};
    for (int j = 0; j < GRID_ROWS; j++)
        for (int i = 0; i < GRID_COLUMNS; i++) {
            double down = 0;
            for (int k = 0; k < INVERSION_ROUNDS; k++)
                down = upright_down(curl, level, i * bend->step_x, j * bend->step_y - *above + down);
            bend->down[j * GRID_COLUMNS + i] = NODE_PIXELS * round(down / NODE_PIXELS);
        }
}
