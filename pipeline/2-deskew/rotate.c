#include "rotate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "border.h"

#define RADIANS (M_PI / 180.0)

/* Source positions are kept to 32 binary places, so that a step added 60,000 times is still exact to a
 * ten-thousandth of a pixel; the weights know 64 places between two pixels. */
#define FRACTION_BITS 32
#define PHASE_BITS 6
#define PHASES (1 << PHASE_BITS)
#define WEIGHT_BITS 10

static void cubic_weights(int weights[PHASES][4])
{
    for (int p = 0; p < PHASES; p++) {
        double t = (double)p / PHASES, w[4];
        w[0] = ((-0.5 * t + 1.0) * t - 0.5) * t;
        w[1] = (1.5 * t - 2.5) * t * t + 1.0;
        w[2] = ((-1.5 * t + 2.0) * t + 0.5) * t;
        w[3] = (0.5 * t - 0.5) * t * t;
        int sum = 0;
        for (int k = 0; k < 4; k++) {
            weights[p][k] = (int)lround(w[k] * (1 << WEIGHT_BITS));
            sum += weights[p][k];
        }
        weights[p][t < 0.5 ? 1 : 2] += (1 << WEIGHT_BITS) - sum;
    }
}

/* The pixel at (x, y), the nearest one beyond the edges. */
static int clamped(const struct grey *from, int x, int y)
{
    x = x < 0 ? 0 : x >= from->width ? from->width - 1 : x;
    y = y < 0 ? 0 : y >= from->height ? from->height - 1 : y;
    return grey_row(from, y)[x];
}

static uint8_t rounded(long sum)
{
    long value = (sum + (1L << (2 * WEIGHT_BITS - 1))) >> (2 * WEIGHT_BITS);
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* Slow and careful, for the edges. (x, y) is the pixel before the position. */
static uint8_t sample_edge(const struct grey *from, int x, int y, const int *across, const int *down)
{
    if (x < -1 || y < -1 || x >= from->width || y >= from->height)
        return 255;
    long sum = 0;
    for (int v = 0; v < 4; v++) {
        long line = 0;
        for (int u = 0; u < 4; u++)
            line += (long)across[u] * clamped(from, x - 1 + u, y - 1 + v);
        sum += line * down[v];
    }
    return rounded(sum);
}

static uint32_t four_pixels(const uint8_t *p)
{
    uint32_t four;
    memcpy(&four, p, sizeof four);
    return four;
}

static uint8_t sample_inside(const uint8_t *p, size_t stride, const int *across, const int *down)
{
    const uint8_t *rows[4] = {p, p + stride, p + 2 * stride, p + 3 * stride};
    /* Three quarters of a newspaper page are paper. */
    if ((four_pixels(rows[0]) & four_pixels(rows[1]) & four_pixels(rows[2]) & four_pixels(rows[3])) ==
        UINT32_MAX)
        return 255;
    int sum = 0;
    for (int v = 0; v < 4; v++) {
        int line =
            across[0] * rows[v][0] + across[1] * rows[v][1] + across[2] * rows[v][2] + across[3] * rows[v][3];
        sum += line * down[v];
    }
    return rounded(sum);
}

/* The weights of cubic convolution, and source positions, as whole numbers. */
struct sampler {
    const struct grey *from;
    int weights[PHASES][4];
};

static const double ONE = (double)(1LL << FRACTION_BITS);

/* Pixels first … end - 1 of a row. The first is at (x, y) of the source, each further one by a step on. */
static void sample_row(const struct sampler *sampler, uint8_t *row, int first, int end, double x, double y,
                       double step_x, double step_y)
{
    const struct grey *from = sampler->from;
    /* Half a place more, so that cutting off rounds. */
    const int64_t half = 1LL << (FRACTION_BITS - PHASE_BITS - 1);
    int64_t sx = llround(x * ONE) + half, sy = llround(y * ONE) + half;
    int64_t dx = llround(step_x * ONE), dy = llround(step_y * ONE);
    for (int i = first; i < end; i++, sx += dx, sy += dy) {
        int ix = (int)(sx >> FRACTION_BITS), iy = (int)(sy >> FRACTION_BITS);
        const int *across = sampler->weights[(sx >> (FRACTION_BITS - PHASE_BITS)) & (PHASES - 1)];
        const int *down = sampler->weights[(sy >> (FRACTION_BITS - PHASE_BITS)) & (PHASES - 1)];
        if (ix >= 1 && iy >= 1 && ix < from->width - 2 && iy < from->height - 2)
            row[i] = sample_inside(grey_row(from, iy - 1) + ix - 1, from->stride, across, down);
        else
            row[i] = sample_edge(from, ix, iy, across, down);
    }
}

/* Between two columns of nodes the bend is a straight line along a row. */
static void sample_bent_row(const struct sampler *sampler, const struct bi_bend *bend, const double m[6],
                            uint8_t *row, int width, int y)
{
    for (int i = 0; i < bend->columns; i++) {
        double x0 = i * bend->step_x, x1 = x0 + bend->step_x;
        int first = (int)ceil(x0), end = i == bend->columns - 1 ? width : (int)fmin(ceil(x1), width);
        if (first >= end)
            continue;
        double down = bi_bend_at(bend, first, y);
        double slope = (bi_bend_at(bend, x1, y) - bi_bend_at(bend, x0, y)) / bend->step_x;
        sample_row(sampler, row, first, end, m[0] * first + m[1] * (y + down) + m[2],
                   m[3] * first + m[4] * (y + down) + m[5], m[0] + m[1] * slope, m[3] + m[4] * slope);
    }
}

struct grey rotate_resample(const struct grey *from, const struct bi_bend *bend, const double matrix[6],
                            int width, int height)
{
    struct sampler sampler = {.from = from};
    cubic_weights(sampler.weights);
    struct grey to = grey_new(width, height);
    for (int y = 0; y < height; y++) {
        uint8_t *row = grey_row(&to, y);
        if (bend->columns > 0)
            sample_bent_row(&sampler, bend, matrix, row, width, y);
        else
            sample_row(&sampler, row, 0, width, matrix[1] * y + matrix[2], matrix[4] * y + matrix[5],
                       matrix[0], matrix[3]);
    }
    return to;
}

void rotate_matrix(double degrees, const struct grey *page, int width, int height, double matrix[6],
                   int *result_width, int *result_height)
{
    double cosine = cos(degrees * RADIANS), sine = sin(degrees * RADIANS);
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    double scale_x = (double)width / page->width, scale_y = (double)height / page->height;
    for (int y = 0; y < page->height; y++) {
        const uint8_t *row = grey_row(page, y);
        int first = 0, last = page->width - 1;
        while (first <= last && row[first] != BORDER_PAGE)
            first++;
        while (last >= first && row[last] != BORDER_PAGE)
            last--;
        if (first > last)
            continue;
        double y0 = y * scale_y, y1 = (y + 1) * scale_y - 1, x0 = first * scale_x,
               x1 = (last + 1) * scale_x - 1;
        const double corners[4][2] = {{x0, y0}, {x1, y0}, {x0, y1}, {x1, y1}};
        for (int k = 0; k < 4; k++) {
            double u = cosine * corners[k][0] - sine * corners[k][1];
            double v = sine * corners[k][0] + cosine * corners[k][1];
            left = fmin(left, u);
            right = fmax(right, u);
            top = fmin(top, v);
            bottom = fmax(bottom, v);
        }
    }
    *result_width = (int)floor(right - left + 0.5) + 1;
    *result_height = (int)floor(bottom - top + 0.5) + 1;
    matrix[0] = cosine;
    matrix[1] = sine;
    matrix[2] = cosine * left + sine * top;
    matrix[3] = 0 - sine; /* not -0 */
    matrix[4] = cosine;
    matrix[5] = -sine * left + cosine * top;
}

struct grey rotate_quarters(struct grey *from, int degrees)
{
    struct grey turned = *from;
    if (degrees != 0) {
        PIX *pix = grey_to_pix(from);
        PIX *after = pixRotateOrth(pix, degrees / 90);
        pixDestroy(&pix);
        turned = grey_from_pix(&after);
    }
    *from = (struct grey){0};
    return turned;
}

void rotate_quarters_matrix(double matrix[6], int degrees, int width, int height)
{
    double m[6];
    memcpy(m, matrix, sizeof m);
    for (int k = 0; k < 3; k++) {
        double last_x = k == 2 ? width - 1 : 0, last_y = k == 2 ? height - 1 : 0;
        if (degrees == 90) {
            matrix[k] = m[3 + k];
            matrix[3 + k] = last_y - m[k];
        } else if (degrees == 180) {
            matrix[k] = last_x - m[k];
            matrix[3 + k] = last_y - m[3 + k];
        } else if (degrees == 270) {
            matrix[k] = last_x - m[3 + k];
            matrix[3 + k] = m[k];
        }
    }
}

void rotate_scale_matrix(double matrix[6], int factor)
{
    if (factor == 1)
        return;
    for (int k = 0; k < 6; k++)
        matrix[k] *= factor;
    /* The middle of factor × factor pixels lies between them. */
    matrix[2] += 0.5 * (factor - 1);
    matrix[5] += 0.5 * (factor - 1);
}
