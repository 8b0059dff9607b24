/* The format is that of Tesseract's LSTM component: every layer has a header (type by name, sizes, name) and
 * then what its type needs. */
#include "network.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "layers.h"

/* More is no network, but a broken file. */
#define MAX_SIDE 65536
#define MAX_DEPTH 16
#define MAX_LAYERS 64
#define MAX_HALF 16

#define MODE_INTEGER 1
#define MODE_DOUBLE 128 /* what its scales are; another bit says how it was trained */
#define FLAG_LAYER_RATES 64
#define INPUT_SHAPE_BYTES 20

enum kind {
    INPUT,
    CONVOLVE,
    MAXPOOL,
    SERIES,
    REVERSED,
    TRANSPOSED,
    LSTM,
    SUMMARY,
    TANH,
    LOGISTIC,
    LINEAR,
    SOFTMAX
};

static const char *const KIND_NAMES[] = {"Input",       "Convolve",    "Maxpool", "Series",
                                         "RTLReversed", "XYTranspose", "LSTM",    "SummLSTM",
                                         "Tanh",        "Logistic",    "Linear",  "Softmax"};

struct network {
    enum kind kind;
    int inputs, outputs;
    int x, y; /* halves of a convolution, sides of pooling, height and 0 of an input */
    struct weights input, memory;
    struct network **parts;
    size_t part_count;
};

void outputs_release(struct outputs *outputs)
{
    free(outputs->probabilities);
    *outputs = (struct outputs){0};
}

void network_free(struct network *network)
{
    if (!network)
        return;
    for (size_t i = 0; i < network->part_count; i++)
        network_free(network->parts[i]);
    free(network->parts);
    weights_release(&network->input);
    weights_release(&network->memory);
    free(network);
}

static void network_freep(struct network **network)
{
    network_free(*network);
}

static bool read_kind(struct bytes *bytes, enum kind *kind)
{
    if (bytes_unsigned(bytes, 1) != 0)
        return false;
    size_t length = bytes_unsigned(bytes, 4);
    const char *name = bytes_take(bytes, length);
    for (size_t i = 0; name && i < sizeof KIND_NAMES / sizeof *KIND_NAMES; i++)
        if (strlen(KIND_NAMES[i]) == length && memcmp(name, KIND_NAMES[i], length) == 0) {
            *kind = (enum kind)i;
            return true;
        }
    return false;
}

/* One stored matrix: rows of `columns` weights and then a bias. */
struct stored {
    int rows, columns;
    const int8_t *weights;
    const char *scales;
};

static bool read_stored(struct bytes *bytes, struct stored *stored)
{
    uint64_t mode = bytes_unsigned(bytes, 1);
    if (!(mode & MODE_INTEGER) || !(mode & MODE_DOUBLE))
        return false;
    stored->rows = bytes_int32(bytes);
    stored->columns = bytes_int32(bytes) - 1;
    bytes_take(bytes, 1);
    if (stored->rows < 1 || stored->rows > MAX_SIDE || stored->columns < 1 || stored->columns > MAX_SIDE)
        return false;
    stored->weights = (const int8_t *)bytes_take(bytes, (size_t)stored->rows * ((size_t)stored->columns + 1));
    size_t scales = bytes_unsigned(bytes, 4);
    stored->scales = bytes_take(bytes, scales <= MAX_SIDE ? scales * sizeof(double) : SIZE_MAX);
    return !bytes->bad && scales >= (size_t)stored->rows;
}

static struct weights weights_new(int rows, int columns)
{
    struct weights weights = {matrix_new(rows, columns), NULL};
    weights.scales = bi_xcalloc((size_t)weights.matrix.groups * MATRIX_GROUP, sizeof *weights.scales);
    return weights;
}

/* Columns first … of a stored matrix become all columns of `weights`, from row `at` on. */
static void put_stored(struct weights *weights, const struct stored *stored, int at, int first, bool biased)
{
    for (int r = 0; r < stored->rows; r++) {
        const int8_t *row = stored->weights + (size_t)r * ((size_t)stored->columns + 1);
        for (int c = 0; c < weights->matrix.columns; c++)
            matrix_put(&weights->matrix, at + r, c, row[first + c] < -127 ? -127 : row[first + c]);
        if (biased)
            weights->matrix.start[at + r] = 127 * row[stored->columns];
        struct bytes scale = {stored->scales + (size_t)r * sizeof(double), sizeof(double), 0, false};
        double value = bytes_double(&scale);
        weights->scales[at + r] = isfinite(value) ? (float)(value / 127) : 0;
    }
}

static bool read_full(struct bytes *bytes, struct network *network)
{
    struct stored stored;
    if (!read_stored(bytes, &stored) || stored.columns != network->inputs)
        return false;
    network->outputs = stored.rows;
    network->input = weights_new(stored.rows, stored.columns);
    put_stored(&network->input, &stored, 0, 0, true);
    return true;
}

static bool read_lstm(struct bytes *bytes, struct network *network)
{
    int all = bytes_int32(bytes);
    for (int gate = 0; gate < 4; gate++) {
        struct stored stored;
        if (!read_stored(bytes, &stored))
            return false;
        int cells = stored.rows;
        if (gate == 0) {
            if (cells % MATRIX_GROUP || stored.columns != all || all != network->inputs + cells)
                return false;
            network->outputs = cells;
            network->input = weights_new(4 * cells, network->inputs);
            network->memory = weights_new(4 * cells, cells);
        } else if (cells != network->outputs || stored.columns != all) {
            return false;
        }
        put_stored(&network->input, &stored, gate * cells, 0, true);
        put_stored(&network->memory, &stored, gate * cells, network->inputs, false);
    }
    return true;
}

static struct network *read_layer(struct bytes *bytes, int depth);

static bool read_parts(struct bytes *bytes, struct network *network, uint32_t flags, int depth)
{
    size_t count = bytes_unsigned(bytes, 4);
    if (count < 1 || count > MAX_LAYERS || (network->kind != SERIES && count != 1))
        return false;
    network->parts = bi_xcalloc(count, sizeof(struct network *));
    int inputs = -1;
    while (network->part_count < count) {
        struct network *part = read_layer(bytes, depth + 1);
        if (!part)
            return false;
        network->parts[network->part_count++] = part;
        if (part->kind != INPUT && inputs >= 0 && part->inputs != inputs)
            return false;
        inputs = part->outputs;
    }
    network->inputs = network->parts[0]->inputs;
    network->outputs = inputs;
    if (flags & FLAG_LAYER_RATES) {
        size_t rates = bytes_unsigned(bytes, 4);
        bytes_take(bytes, rates <= MAX_SIDE ? rates * sizeof(float) : SIZE_MAX);
    }
    return !bytes->bad;
}

static bool read_body(struct bytes *bytes, struct network *network, uint32_t flags, int depth)
{
    switch (network->kind) {
    case INPUT: {
        bytes_take(bytes, 4);
        network->x = bytes_int32(bytes);
        bytes_take(bytes, INPUT_SHAPE_BYTES - 8);
        network->outputs = 1;
        return network->x >= 0 && network->x <= MAX_SIDE;
    }
    case CONVOLVE:
        network->x = bytes_int32(bytes);
        network->y = bytes_int32(bytes);
        if (network->x < 0 || network->x > MAX_HALF || network->y < 0 || network->y > MAX_HALF)
            return false;
        network->outputs = network->inputs * (2 * network->x + 1) * (2 * network->y + 1);
        return true;
    case MAXPOOL:
        network->x = bytes_int32(bytes);
        network->y = bytes_int32(bytes);
        network->outputs = network->inputs;
        return network->x >= 1 && network->x <= MAX_HALF && network->y >= 1 && network->y <= MAX_HALF;
    case SERIES:
    case REVERSED:
    case TRANSPOSED:
        return read_parts(bytes, network, flags, depth);
    case LSTM:
    case SUMMARY:
        return read_lstm(bytes, network);
    default:
        return read_full(bytes, network);
    }
}

static struct network *read_layer(struct bytes *bytes, int depth)
{
    BI_CLEANUP(network_freep) struct network *network = bi_xcalloc(1, sizeof *network);
    if (depth > MAX_DEPTH || !read_kind(bytes, &network->kind))
        return NULL;
    bytes_take(bytes, 2);
    uint32_t flags = (uint32_t)bytes_int32(bytes);
    network->inputs = bytes_int32(bytes);
    bytes_take(bytes, 8);
    bytes_take(bytes, bytes_unsigned(bytes, 4));
    if (bytes->bad || network->inputs < 0 || network->inputs > MAX_SIDE)
        return NULL;
    if (!read_body(bytes, network, flags, depth) || bytes->bad || network->outputs < 1 ||
        network->outputs > MAX_SIDE)
        return NULL;
    struct network *read = network;
    network = NULL;
    return read;
}

/* A network begins with its input and ends with a softmax, which stands nowhere else. */
static bool is_whole(const struct network *network)
{
    if (network->kind != SERIES || network->part_count < 2)
        return false;
    for (size_t i = 0; i < network->part_count; i++) {
        enum kind kind = network->parts[i]->kind;
        if ((kind == INPUT) != (i == 0) || (kind == SOFTMAX) != (i + 1 == network->part_count))
            return false;
    }
    return true;
}

int network_read(struct bytes *bytes, struct network **network)
{
    struct network *read = read_layer(bytes, 0);
    if (!read || !is_whole(read)) {
        network_free(read);
        return -1;
    }
    *network = read;
    return 0;
}

int network_codes(const struct network *network)
{
    return network->outputs;
}

int network_height(const struct network *network)
{
    return network->parts[0]->x;
}

static int reduction_of(const struct network *network)
{
    int reduction = network->kind == MAXPOOL ? network->x : 1;
    for (size_t i = 0; network->kind == SERIES && i < network->part_count; i++)
        reduction *= reduction_of(network->parts[i]);
    return reduction;
}

static struct tensor run_layer(const struct network *network, const struct tensor *in);

/* What comes out takes the place of what went in. */
static void run_part(const struct network *part, struct tensor *tensor)
{
    struct tensor out = run_layer(part, tensor);
    tensor_release(tensor);
    *tensor = out;
}

static struct tensor run_layer(const struct network *network, const struct tensor *in)
{
    struct tensor tensor;
    switch (network->kind) {
    case CONVOLVE:
        return layer_convolve(in, network->x, network->y);
    case MAXPOOL:
        return layer_maxpool(in, network->x, network->y);
    case REVERSED:
    case TRANSPOSED: {
        struct tensor (*turn)(const struct tensor *) =
            network->kind == REVERSED ? layer_reverse : layer_transpose;
        BI_CLEANUP(tensor_release) struct tensor turned = turn(in);
        run_part(network->parts[0], &turned);
        return turn(&turned);
    }
    case SERIES:
        tensor = run_layer(network->parts[0], in);
        for (size_t i = 1; i < network->part_count; i++)
            run_part(network->parts[i], &tensor);
        return tensor;
    case LSTM:
    case SUMMARY:
        return layer_lstm(in, &network->input, &network->memory, network->outputs, network->kind == SUMMARY);
    default:
        return layer_full(in, &network->input,
                          network->kind == TANH       ? CURVE_TANH
                          : network->kind == LOGISTIC ? CURVE_LOGISTIC
                                                      : CURVE_LINEAR);
    }
}

/* Greys from black to white are -1 … 1. */
static struct tensor tensor_of(const struct plane *plane)
{
    struct tensor tensor = tensor_new(plane->width, plane->height, 1);
    for (int y = 0; y < plane->height; y++)
        for (int x = 0; x < plane->width; x++) {
            long value = lround((plane_row(plane, y)[x] / 127.5 - 1) * 128);
            *tensor_at(&tensor, x, y) = (int8_t)(value < -127 ? -127 : value > 127 ? 127 : value);
        }
    return tensor;
}

void network_run(const struct network *network, const struct plane *plane, struct outputs *outputs)
{
    int reduction = reduction_of(network);
    struct outputs made = {.codes = network->outputs, .reduction = reduction};
    if (plane->width >= reduction) {
        BI_CLEANUP(tensor_release) struct tensor tensor = tensor_of(plane);
        for (size_t i = 1; i + 1 < network->part_count; i++)
            run_part(network->parts[i], &tensor);
        if (tensor.height == 1) {
            made.steps = tensor.width;
            made.probabilities = bi_xcalloc((size_t)made.steps * (size_t)made.codes, sizeof(float));
            layer_softmax(&tensor, &network->parts[network->part_count - 1]->input, made.probabilities);
        }
    }
    *outputs = made;
}
