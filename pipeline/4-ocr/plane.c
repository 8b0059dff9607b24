#include "plane.h"

#include <string.h>

#include "base/arena.h"

/* Weights are fractions of 2^12: white times two of them, rounded, still fits 32 bits. */
#define WEIGHT_BITS 12
#define WEIGHT_ONE (1 << WEIGHT_BITS)

struct plane plane_new(int width, int height)
{
    struct plane plane = {width, height, bi_xcalloc((size_t)width * (size_t)height, 1)};
    memset(plane.pixels, PLANE_WHITE, (size_t)width * (size_t)height);
    return plane;
}

void plane_release(struct plane *plane)
{
    free(plane->pixels);
    *plane = (struct plane){0};
}

struct plane plane_from_pix(PIX *pix)
{
    struct plane plane = plane_new(pixGetWidth(pix), pixGetHeight(pix));
    const l_uint32 *data = pixGetData(pix);
    size_t words = (size_t)pixGetWpl(pix);
    for (int y = 0; y < plane.height; y++) {
        const l_uint32 *line = data + (size_t)y * words;
        uint8_t *row = plane_row(&plane, y);
        for (int x = 0; x < plane.width; x++)
            row[x] = (uint8_t)(line[x >> 2] >> (24 - 8 * (x & 3)));
    }
    return plane;
}

/* Which old pixels make a new one along an axis, and with what weights (summing to WEIGHT_ONE). */
struct taps {
    int first, count;
    size_t weights; /* where its weights begin */
};

struct axis {
    struct taps *taps;
    uint16_t *weights;
};

static void axis_release(struct axis *axis)
{
    free(axis->taps);
    free(axis->weights);
}

static struct axis axis_new(int from, int to)
{
    double ratio = (double)from / to;
    size_t most = (size_t)(ratio < 1 ? 2 : ratio + 3);
    struct axis axis = {bi_xcalloc((size_t)to, sizeof *axis.taps),
                        bi_xcalloc((size_t)to * most, sizeof *axis.weights)};
    size_t used = 0;
    for (int i = 0; i < to; i++) {
        double begin = i * ratio, end = begin + ratio;
        if (ratio < 1) { /* growing: the tent of width one around the centre */
            double centre = (begin + end) / 2;
            begin = centre - 0.5;
            end = centre + 0.5;
            begin = begin < 0 ? 0 : begin;
            end = end > from ? from : end;
        }
        int first = (int)begin;
        first = first >= from ? from - 1 : first;
        int left = WEIGHT_ONE, count = 0;
        for (int j = first; j < from && j < end; j++, count++) {
            double low = j > begin ? j : begin, high = j + 1 < end ? j + 1 : end;
            int weight = (int)((high - low) / (end - begin) * WEIGHT_ONE + 0.5);
            weight = weight > left ? left : weight;
            axis.weights[used + (size_t)count] = (uint16_t)weight;
            left -= weight;
        }
        if (count == 0)
            count = 1;
        axis.weights[used + (size_t)count / 2] = (uint16_t)(axis.weights[used + (size_t)count / 2] + left);
        axis.taps[i] = (struct taps){first, count, used};
        used += (size_t)count;
    }
    return axis;
}

struct plane plane_scale(const struct plane *plane, int width, int height)
{
    struct axis across = axis_new(plane->width, width), down = axis_new(plane->height, height);
    struct plane scaled = plane_new(width, height);
    uint32_t *sums = bi_xcalloc((size_t)plane->width, sizeof *sums);
    for (int y = 0; y < height; y++) {
        struct taps rows = down.taps[y];
        memset(sums, 0, (size_t)plane->width * sizeof *sums);
        for (int j = 0; j < rows.count; j++) {
            const uint8_t *row = plane_row(plane, rows.first + j);
            uint32_t weight = down.weights[rows.weights + (size_t)j];
            for (int x = 0; x < plane->width; x++)
                sums[x] += row[x] * weight;
        }
        uint8_t *out = plane_row(&scaled, y);
        for (int x = 0; x < width; x++) {
            struct taps columns = across.taps[x];
            uint32_t sum = 0;
            for (int j = 0; j < columns.count; j++)
                sum += sums[columns.first + j] * across.weights[columns.weights + (size_t)j];
            out[x] = (uint8_t)((sum + (1u << (2 * WEIGHT_BITS - 1))) >> (2 * WEIGHT_BITS));
        }
    }
    free(sums);
    axis_release(&across);
    axis_release(&down);
    return scaled;
}
