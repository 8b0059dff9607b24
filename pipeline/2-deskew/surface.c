#include "surface.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"

#define KNOTS (SURFACE_ROWS * SURFACE_COLUMNS)
/* Points stand off their line by this share of its type, as a rule, and by no less than the second. */
#define USUAL_SCATTER 0.1
#define LEAST_SCATTER 0.04
#define ROUNDS 6
/* Tukey's constant, in multiples of the scatter. */
#define OUTLIER_SCATTERS 4.0
/* What the surface is like where no points say otherwise, as standard deviations. Curvature across the page,
 * in sizes of type per square of the same: a page that lifts by one line over 15 characters has 0.01. */
#define CURVATURE_X 0.006
/* … slope across it, … */
#define SLOPE_X 0.03
/* … differences down it, from knot to knot, and heights, in sizes of type. */
#define DIFFERENCE_Y 0.5
#define HEIGHT 20.0

void traces_release(struct traces *traces)
{
    free(traces->points);
    free(traces->traces);
    *traces = (struct traces){0};
}

/* The four cubic B-splines that are not 0 at a place, 0 … spans; returns the first. */
static int basis(double place, int spans, double b[4])
{
    place = fmin(fmax(place, 0), spans);
    int span = (int)place < spans ? (int)place : spans - 1;
    double t = place - span, s = 1 - t;
    b[0] = s * s * s / 6;
    b[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    b[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
    b[3] = t * t * t / 6;
    return span;
}

/* The sixteen that are not 0 at a point: of column + i and row + j, values[4 * j + i]. */
struct support {
    int column, row;
    double values[16];
};

static struct support support_at(const struct surface *surface, double x, double y)
{
    struct support support;
    double across[4], down[4];
    support.column = basis((x - surface->x0) / surface->width * SURFACE_SPANS_X, SURFACE_SPANS_X, across);
    support.row = basis((y - surface->y0) / surface->height * SURFACE_SPANS_Y, SURFACE_SPANS_Y, down);
    for (int j = 0; j < 4; j++)
        for (int i = 0; i < 4; i++)
            support.values[4 * j + i] = down[j] * across[i];
    return support;
}

/* Knots are numbered down the columns, so that those a line touches lie together. */
static int knot(const struct support *support, int k)
{
    return (support->column + k % 4) * SURFACE_ROWS + support->row + k / 4;
}

double surface_at(const struct surface *surface, double x, double y)
{
    struct support support = support_at(surface, x, y);
    double sum = 0;
    for (int k = 0; k < 16; k++)
        sum += support.values[k] * surface->knots[knot(&support, k)];
    return sum;
}

/* Normal equations, the lower triangle; with `mean` the sums of one trace, of which only the knots from
 * `first` to `last` are touched. */
struct equations {
    double matrix[KNOTS][KNOTS], right[KNOTS];
    double mean[KNOTS], mean_y, weight;
    int first, last;
};

static void add_point(struct equations *e, const struct support *support, double y, double weight)
{
    for (int a = 0; a < 16; a++) {
        int row = knot(support, a);
        double share = weight * support->values[a];
        for (int b = 0; b < 16; b++) {
            int column = knot(support, b);
            if (column <= row)
                e->matrix[row][column] += share * support->values[b];
        }
        e->right[row] += share * y;
        e->mean[row] += share;
        e->first = row < e->first ? row : e->first;
        e->last = row > e->last ? row : e->last;
    }
    e->mean_y += weight * y;
    e->weight += weight;
}

/* The trace's own height is whatever fits best: what is common to all its points says nothing. */
static void close_trace(struct equations *e)
{
    if (e->weight > 0)
        for (int a = e->first; a <= e->last; a++) {
            double share = e->mean[a] / e->weight;
            for (int b = e->first; b <= a; b++)
                e->matrix[a][b] -= share * e->mean[b];
            e->right[a] -= share * e->mean_y;
        }
    memset(e->mean, 0, sizeof e->mean);
    e->mean_y = e->weight = 0;
    e->first = KNOTS;
    e->last = -1;
}

/* Adds (sum of factors · knots)² / deviation². */
static void add_penalty(struct equations *e, const int *knots, const double *factors, int count,
                        double deviation)
{
    for (int a = 0; a < count; a++)
        for (int b = 0; b < count; b++)
            if (knots[b] <= knots[a])
                e->matrix[knots[a]][knots[b]] += factors[a] * factors[b] / (deviation * deviation);
}

static void add_penalties(struct equations *e, const struct surface *surface, double size)
{
    static const double second[3] = {1, -2, 1}, first[2] = {-1, 1}, one = 1;
    double span = surface->width / SURFACE_SPANS_X;
    double sag = CURVATURE_X * span * span / size, height = HEIGHT * size;
    for (int i = 0; i < SURFACE_COLUMNS; i++)
        for (int j = 0; j < SURFACE_ROWS; j++) {
            int own = i * SURFACE_ROWS + j;
            add_penalty(e, &own, &one, 1, height);
            if (i >= 1)
                add_penalty(e, (int[]){own - SURFACE_ROWS, own}, first, 2, SLOPE_X * span);
            if (i >= 2)
                add_penalty(e, (int[]){own - 2 * SURFACE_ROWS, own - SURFACE_ROWS, own}, second, 3, sag);
            if (j >= 1)
                add_penalty(e, (int[]){own - 1, own}, first, 2, DIFFERENCE_Y * size);
        }
}

/* Cholesky's decomposition, in place; the penalty on heights keeps it definite. */
static void solve(struct equations *e, double *result)
{
    for (int i = 0; i < KNOTS; i++) {
        for (int j = 0; j <= i; j++) {
            double sum = e->matrix[i][j];
            for (int k = 0; k < j; k++)
                sum -= e->matrix[i][k] * e->matrix[j][k];
            e->matrix[i][j] = i == j ? sqrt(fmax(sum, 1e-12)) : sum / e->matrix[j][j];
        }
    }
    for (int i = 0; i < KNOTS; i++) {
        double sum = e->right[i];
        for (int k = 0; k < i; k++)
            sum -= e->matrix[i][k] * result[k];
        result[i] = sum / e->matrix[i][i];
    }
    for (int i = KNOTS - 1; i >= 0; i--) {
        double sum = result[i];
        for (int k = i + 1; k < KNOTS; k++)
            sum -= e->matrix[k][i] * result[k];
        result[i] = sum / e->matrix[i][i];
    }
}

static bool is_used(const struct trace *trace, size_t parts, size_t left_out)
{
    return parts == 0 || trace->line % parts != left_out;
}

static int compare_floats(const void *a, const void *b)
{
    float p = *(const float *)a, q = *(const float *)b;
    return (p > q) - (p < q);
}

/* How far every point is off, as a share of its trace's type, about the trace's median; and the scatter. */
static double measure_offs(const struct traces *traces, const struct surface *surface, size_t parts,
                           size_t left_out, float *offs, float *scratch)
{
    size_t total = 0;
    for (size_t i = 0; i < traces->count; i++) {
        const struct trace *trace = &traces->traces[i];
        if (!is_used(trace, parts, left_out))
            continue;
        float *own = offs + trace->first;
        for (size_t k = 0; k < trace->count; k++) {
            const struct trace_point *point = &traces->points[trace->first + k];
            own[k] = (float)((point->y - surface_at(surface, point->x, trace->y)) / trace->size);
        }
        memcpy(scratch, own, trace->count * sizeof *own);
        qsort(scratch, trace->count, sizeof *scratch, compare_floats);
        float middle = scratch[trace->count / 2];
        for (size_t k = 0; k < trace->count; k++)
            own[k] -= middle;
        total += trace->count;
    }
    size_t n = 0;
    for (size_t i = 0; i < traces->count; i++)
        if (is_used(&traces->traces[i], parts, left_out))
            for (size_t k = 0; k < traces->traces[i].count; k++)
                scratch[n++] = fabsf(offs[traces->traces[i].first + k]);
    qsort(scratch, n, sizeof *scratch, compare_floats);
    return fmax(1.48 * (double)scratch[total / 2], LEAST_SCATTER);
}

static double tukey(double off, double scatter)
{
    double t = off / (OUTLIER_SCATTERS * scatter);
    return fabs(t) < 1 ? (1 - t * t) * (1 - t * t) : 0;
}

bool surface_fit(const struct traces *traces, double size, size_t parts, size_t left_out,
                 struct surface *surface)
{
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    bool any = false;
    for (size_t i = 0; i < traces->count; i++)
        any |= is_used(&traces->traces[i], parts, left_out) && traces->traces[i].count > 0;
    if (!any)
        return false;
    for (size_t i = 0; i < traces->point_count; i++) {
        left = fmin(left, (double)traces->points[i].x);
        right = fmax(right, (double)traces->points[i].x);
        top = fmin(top, (double)traces->points[i].y);
        bottom = fmax(bottom, (double)traces->points[i].y);
    }
    *surface = (struct surface){left, top, fmax(right - left, 1), fmax(bottom - top, 1), {0}};

    BI_CLEANUP(bi_freep) float *offs = bi_xcalloc(traces->point_count, sizeof *offs);
    BI_CLEANUP(bi_freep) float *scratch = bi_xcalloc(traces->point_count, sizeof *scratch);
    BI_CLEANUP(bi_freep) struct equations *e = bi_xcalloc(1, sizeof *e);
    double scatter = USUAL_SCATTER;
    for (int round = 0; round < ROUNDS; round++) {
        memset(e, 0, sizeof *e);
        e->first = KNOTS;
        e->last = -1;
        for (size_t i = 0; i < traces->count; i++) {
            const struct trace *trace = &traces->traces[i];
            if (!is_used(trace, parts, left_out))
                continue;
            for (size_t k = 0; k < trace->count; k++) {
                const struct trace_point *point = &traces->points[trace->first + k];
                struct support support = support_at(surface, point->x, trace->y);
                double deviation = scatter * trace->size;
                double weight = round == 0 ? 1 : tukey((double)offs[trace->first + k], scatter);
                if (weight > 0)
                    add_point(e, &support, point->y, weight / (deviation * deviation));
            }
            close_trace(e);
        }
        add_penalties(e, surface, size);
        solve(e, surface->knots);
        scatter = measure_offs(traces, surface, parts, left_out, offs, scratch);
    }
    return true;
}
