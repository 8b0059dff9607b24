/* The layers of a network, one function each. */
#ifndef OCR_LAYERS_H
#define OCR_LAYERS_H

#include <stddef.h>
#include <stdint.h>

#include "matrix.h"

/* height rows of width places of `depth` values of -127 … 127 (-1 … 1). A place takes `stride` bytes, a
 * multiple of MATRIX_QUAD, zeros after its values. */
struct tensor {
    int width, height, depth, stride;
    int8_t *values; /* from malloc */
};

struct tensor tensor_new(int width, int height, int depth);
void tensor_release(struct tensor *tensor);
static inline int8_t *tensor_at(const struct tensor *tensor, int x, int y)
{
    return tensor->values + ((size_t)y * (size_t)tensor->width + (size_t)x) * (size_t)tensor->stride;
}

/* A matrix with what its sums have to be multiplied with. */
struct weights {
    struct matrix matrix;
    float *scales; /* one a row, zeros after the last */
};

void weights_release(struct weights *weights);

enum curve { CURVE_TANH, CURVE_LOGISTIC, CURVE_LINEAR };

/* The values of half_x columns and half_y rows on all sides side by side, column by column; what is outside
 * is 0. Tesseract puts noise there. */
struct tensor layer_convolve(const struct tensor *in, int half_x, int half_y);
/* The greatest of every x × y places; what is left over at the right and at the bottom is dropped. */
struct tensor layer_maxpool(const struct tensor *in, int x, int y);
struct tensor layer_reverse(const struct tensor *in);
struct tensor layer_transpose(const struct tensor *in);
struct tensor layer_full(const struct tensor *in, const struct weights *weights, enum curve curve);

/* Long short-term memory along every row (Hochreiter and Schmidhuber 1997, with forget gates). `input` takes
 * what comes in, with the biases, `memory` the layer's own output a place before; the rows of both are cell
 * input, input gate, forget gate and output gate, `cells` of each (a multiple of MATRIX_GROUP). summary: only
 * what comes out at the end of each row. */
struct tensor layer_lstm(const struct tensor *in, const struct weights *input, const struct weights *memory,
                         int cells, int summary);

/* The probabilities of every place, weights.matrix.rows each, into out. */
void layer_softmax(const struct tensor *in, const struct weights *weights, float *out);

#endif
