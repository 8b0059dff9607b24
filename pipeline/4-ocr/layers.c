#include "layers.h"

#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "curves.h"

/* A layer works on this many places at a time, so that their sums stay near. */
#define BLOCK 64
/* No state of a cell counts further than this. */
#define STATE_CLIP 100.0f

struct tensor tensor_new(int width, int height, int depth)
{
    struct tensor tensor = {width, height, depth, (depth + MATRIX_QUAD - 1) / MATRIX_QUAD * MATRIX_QUAD,
                            NULL};
    tensor.values = bi_xcalloc((size_t)width * (size_t)height + 1, (size_t)tensor.stride);
    return tensor;
}

void tensor_release(struct tensor *tensor)
{
    free(tensor->values);
    tensor->values = NULL;
}

void weights_release(struct weights *weights)
{
    matrix_release(&weights->matrix);
    free(weights->scales);
    weights->scales = NULL;
}

static inline int8_t to_value(float x)
{
    x *= 127.0f;
    return (int8_t)(x < 0 ? x - 0.5f : x + 0.5f);
}

static size_t sums_width(const struct weights *weights)
{
    return (size_t)weights->matrix.groups * MATRIX_GROUP;
}

struct tensor layer_convolve(const struct tensor *in, int half_x, int half_y)
{
    int across = 2 * half_x + 1, down = 2 * half_y + 1;
    struct tensor out = tensor_new(in->width, in->height, in->depth * across * down);
    size_t depth = (size_t)in->depth;
    for (int y = 0; y < in->height; y++)
        for (int x = 0; x < in->width; x++) {
            int8_t *to = tensor_at(&out, x, y);
            for (int dx = -half_x; dx <= half_x; dx++)
                for (int dy = -half_y; dy <= half_y; dy++, to += depth)
                    if (x + dx >= 0 && x + dx < in->width && y + dy >= 0 && y + dy < in->height)
                        memcpy(to, tensor_at(in, x + dx, y + dy), depth);
        }
    return out;
}

struct tensor layer_maxpool(const struct tensor *in, int across, int down)
{
    struct tensor out = tensor_new(in->width / across, in->height / down, in->depth);
    for (int y = 0; y < out.height; y++)
        for (int x = 0; x < out.width; x++) {
            int8_t *to = tensor_at(&out, x, y);
            memcpy(to, tensor_at(in, x * across, y * down), (size_t)in->depth);
            for (int dy = 0; dy < down; dy++)
                for (int dx = 0; dx < across; dx++) {
                    const int8_t *from = tensor_at(in, x * across + dx, y * down + dy);
                    for (int i = 0; i < in->depth; i++)
                        to[i] = from[i] > to[i] ? from[i] : to[i];
                }
        }
    return out;
}

struct tensor layer_reverse(const struct tensor *in)
{
    struct tensor out = tensor_new(in->width, in->height, in->depth);
    for (int y = 0; y < in->height; y++)
        for (int x = 0; x < in->width; x++)
            memcpy(tensor_at(&out, x, y), tensor_at(in, in->width - 1 - x, y), (size_t)in->stride);
    return out;
}

struct tensor layer_transpose(const struct tensor *in)
{
    struct tensor out = tensor_new(in->height, in->width, in->depth);
    for (int y = 0; y < out.height; y++)
        for (int x = 0; x < out.width; x++)
            memcpy(tensor_at(&out, x, y), tensor_at(in, y, x), (size_t)in->stride);
    return out;
}

static void bend(const int32_t *sums, const float *scales, int count, enum curve curve, int8_t *out)
{
    for (int i = 0; i < count; i++) {
        float x = (float)sums[i] * scales[i];
        x = curve == CURVE_TANH ? curve_tanh(x) : curve == CURVE_LOGISTIC ? curve_logistic(x) : x;
        out[i] = to_value(x < -1 ? -1 : x > 1 ? 1 : x);
    }
}

struct tensor layer_full(const struct tensor *in, const struct weights *weights, enum curve curve)
{
    struct tensor out = tensor_new(in->width, in->height, weights->matrix.rows);
    size_t width = sums_width(weights), places = (size_t)in->width * (size_t)in->height;
    BI_CLEANUP(bi_freep) int32_t *sums = bi_xcalloc(BLOCK * width, sizeof *sums);
    for (size_t first = 0; first < places; first += BLOCK) {
        size_t n = places - first < BLOCK ? places - first : BLOCK;
        matrix_product(&weights->matrix, in->values + first * (size_t)in->stride, (size_t)in->stride, n, sums,
                       0);
        for (size_t i = 0; i < n; i++)
            bend(sums + i * width, weights->scales, weights->matrix.rows, curve,
                 out.values + (first + i) * (size_t)out.stride);
    }
    return out;
}

/* One step of `cells` cells: sums are those of the four gates one after another. `work` has room for as many
 * floats as there are sums. One simple loop after another, as compilers make vector instructions of. */
static inline __attribute__((always_inline)) void step_cells(const int32_t *restrict sums,
                                                             const float *restrict scales, size_t cells,
                                                             float *restrict work, float *restrict state,
                                                             int8_t *restrict out)
{
    for (size_t i = 0; i < cells; i++)
        work[i] = curve_tanh((float)sums[i] * scales[i]);
    for (size_t i = cells; i < 4 * cells; i++)
        work[i] = curve_logistic((float)sums[i] * scales[i]);
    for (size_t i = 0; i < cells; i++) {
        float now = work[2 * cells + i] * state[i] + work[i] * work[cells + i];
        state[i] = now < -STATE_CLIP ? -STATE_CLIP : now > STATE_CLIP ? STATE_CLIP : now;
    }
    for (size_t i = 0; i < cells; i++)
        work[i] = curve_tanh(state[i]) * work[3 * cells + i];
    for (size_t i = 0; i < cells; i++)
        out[i] = to_value(work[i]);
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))) static void
step_avx512(const int32_t *sums, const float *scales, size_t cells, float *work, float *state, int8_t *out)
{
    step_cells(sums, scales, cells, work, state, out);
}

__attribute__((target("avx2"))) static void step_avx2(const int32_t *sums, const float *scales, size_t cells,
                                                      float *work, float *state, int8_t *out)
{
    step_cells(sums, scales, cells, work, state, out);
}
#endif

static void step(const int32_t *sums, const float *scales, size_t cells, float *work, float *state,
                 int8_t *out)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl")) {
        step_avx512(sums, scales, cells, work, state, out);
        return;
    }
    if (__builtin_cpu_supports("avx2")) {
        step_avx2(sums, scales, cells, work, state, out);
        return;
    }
#endif
    step_cells(sums, scales, cells, work, state, out);
}

struct tensor layer_lstm(const struct tensor *in, const struct weights *input, const struct weights *memory,
                         int cells, int summary)
{
    struct tensor out = tensor_new(summary ? 1 : in->width, in->height, cells);
    size_t width = sums_width(input), rows = (size_t)in->height, count = (size_t)cells;
    /* Rows do not know of each other, so they go side by side; a row alone has its input ready for a while.
     */
    size_t ahead = rows == 1 ? BLOCK : 1;
    BI_CLEANUP(bi_freep) int32_t *sums = bi_xcalloc(rows * ahead * width, sizeof *sums);
    BI_CLEANUP(bi_freep) float *work = bi_xcalloc(width, sizeof *work);
    BI_CLEANUP(bi_freep) float *state = bi_xcalloc(rows * count, sizeof *state);
    BI_CLEANUP(bi_freep) int8_t *shown = bi_xcalloc(rows * count, sizeof *shown);
    size_t stride = (size_t)in->stride * (rows == 1 ? 1 : (size_t)in->width);
    for (int x = 0; x < in->width; x++) {
        size_t at = (size_t)x % ahead, left = (size_t)(in->width - x);
        if (at == 0)
            matrix_product(&input->matrix, tensor_at(in, x, 0), stride,
                           rows == 1 ? (left < ahead ? left : ahead) : rows, sums, 0);
        int32_t *now = sums + at * width;
        matrix_product(&memory->matrix, shown, count, rows, now, 1);
        for (size_t y = 0; y < rows; y++) {
            step(now + y * width, input->scales, count, work, state + y * count, shown + y * count);
            if (!summary || x + 1 == in->width)
                memcpy(tensor_at(&out, summary ? 0 : x, (int)y), shown + y * count, count);
        }
    }
    return out;
}

void layer_softmax(const struct tensor *in, const struct weights *weights, float *out)
{
    size_t width = sums_width(weights), places = (size_t)in->width * (size_t)in->height,
           codes = (size_t)weights->matrix.rows;
    BI_CLEANUP(bi_freep) int32_t *sums = bi_xcalloc(BLOCK * width, sizeof *sums);
    for (size_t first = 0; first < places; first += BLOCK) {
        size_t n = places - first < BLOCK ? places - first : BLOCK;
        matrix_product(&weights->matrix, in->values + first * (size_t)in->stride, (size_t)in->stride, n, sums,
                       0);
        for (size_t i = 0; i < n; i++) {
            float *to = out + (first + i) * codes, most = -1e30f, total = 0;
            for (size_t k = 0; k < codes; k++) {
                to[k] = (float)sums[i * width + k] * weights->scales[k];
                most = to[k] > most ? to[k] : most;
            }
            for (size_t k = 0; k < codes; k++)
                to[k] = curve_exp(to[k] - most);
            for (size_t k = 0; k < codes; k++)
                total += to[k];
            for (size_t k = 0; k < codes; k++)
                to[k] /= total;
        }
    }
}
