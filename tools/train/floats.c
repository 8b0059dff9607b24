#include "floats.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Layers within layers, and sides of a matrix; far more than any model has. */
#define MAX_DEPTH 16
#define MAX_SIDE 65536
/* Of the number of characters. */
#define MAX_DIGITS 6

/* Tesseract's NetworkType, as far as its serialization differs. */
enum layer {
    LAYER_NAMED,
    LAYER_INPUT,
    LAYER_CONVOLVE,
    LAYER_MAXPOOL,
    LAYER_PARALLEL,
    LAYER_REPLICATED,
    LAYER_BIDI,
    LAYER_DEPPAR,
    LAYER_PAR2D,
    LAYER_SERIES,
    LAYER_RECONFIG,
    LAYER_RTL,
    LAYER_TTB,
    LAYER_XY,
    LAYER_LSTM,
    LAYER_SUMMARY,
    LAYER_LOGISTIC,
    LAYER_POSLIN,
    LAYER_SYMCLIP,
    LAYER_TANH,
    LAYER_RELU,
    LAYER_LINEAR,
    LAYER_SOFTMAX,
    LAYER_SOFTMAX_NO_CTC,
    LAYER_COUNT
};
static const char *const NAMES[LAYER_COUNT] = {
    "Invalid",     "Input",        "Convolve",  "Maxpool",  "Parallel", "Replicated",
    "ParBidiLSTM", "DepParUDLSTM", "Par2dLSTM", "Series",   "Reconfig", "RTLReversed",
    "TTBReversed", "XYTranspose",  "LSTM",      "SummLSTM", "Logistic", "LinLogistic",
    "LinTanh",     "Tanh",         "Relu",      "Linear",   "Softmax",  "SoftmaxNoCTC"};

#define FLAG_OWN_RATES 64
#define MODE_INTEGER 1
#define MODE_DOUBLES 128
#define TRAINING_INTEGER 1

struct walk {
    struct bytes *in;
    struct bi_text *out;
    const char *other; /* a network of floats like `in`, to be mixed with it; NULL: `in` is one of integers */
    double share;      /* of `in` */
    int had, outputs;  /* of the last layer: before and after */
    uint32_t last_columns; /* of its weights, once it is widened */
};

static void put(struct bi_text *out, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bi_text_add_bytes(out, &(char){(char)(value >> 8 * i)}, 1);
}

static void put_double(struct bi_text *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put(out, bits, sizeof bits);
}

static void copy(struct walk *walk, size_t size)
{
    const char *taken = bytes_take(walk->in, size);
    if (taken)
        bi_text_add_bytes(walk->out, taken, size);
}

static uint64_t copy_unsigned(struct walk *walk, size_t size)
{
    uint64_t value = bytes_unsigned(walk->in, size);
    put(walk->out, value, size);
    return value;
}

/* Rows that stand for outputs which the network did not have. */
static void add_rows(struct walk *walk, const int8_t *weights, const char *scales, uint32_t rows,
                     uint32_t columns)
{
    double *mean = calloc(columns, sizeof *mean), least = 0;
    for (uint32_t r = 0; mean && r < rows; r++) {
        double scale;
        memcpy(&scale, scales + 8 * (size_t)r, sizeof scale);
        for (uint32_t c = 0; c < columns; c++)
            mean[c] += scale * weights[(size_t)r * columns + c] / rows;
        double bias = scale * weights[(size_t)r * columns + columns - 1];
        least = bias < least ? bias : least;
    }
    for (int r = walk->had; mean && r < walk->outputs; r++)
        for (uint32_t c = 0; c < columns; c++)
            put_double(walk->out, c + 1 < columns ? mean[c] : least);
    free(mean);
}

/* A matrix of floats, between the two networks. */
static bool mix_matrix(struct walk *walk, uint32_t *row_count)
{
    size_t begin = walk->in->at;
    uint8_t mode = (uint8_t)copy_unsigned(walk, 1);
    uint32_t rows = (uint32_t)copy_unsigned(walk, 4), columns = (uint32_t)copy_unsigned(walk, 4);
    copy(walk, sizeof(double)); /* the value of what is left out: 0 */
    if (walk->in->bad || mode & MODE_INTEGER || !(mode & MODE_DOUBLES) || rows > MAX_SIDE ||
        columns > MAX_SIDE || memcmp(walk->in->data + begin, walk->other + begin, walk->in->at - begin) != 0)
        return false;
    for (size_t i = 0; i < (size_t)rows * columns && !walk->in->bad; i++) {
        double other;
        memcpy(&other, walk->other + walk->in->at, sizeof other);
        put_double(walk->out, walk->share * bytes_double(walk->in) + (1 - walk->share) * other);
    }
    if (row_count)
        *row_count = rows;
    return !walk->in->bad;
}

/* A weight matrix. The last column is the bias. Sets *row_count if it is not NULL. */
static bool convert_matrix(struct walk *walk, bool last, uint32_t *row_count)
{
    if (walk->other)
        return mix_matrix(walk, row_count);
    uint8_t mode = (uint8_t)bytes_unsigned(walk->in, 1);
    uint32_t rows = (uint32_t)bytes_unsigned(walk->in, 4), columns = (uint32_t)bytes_unsigned(walk->in, 4);
    bytes_unsigned(walk->in, 1); /* the value of what is left out: 0 */
    if (walk->in->bad || !(mode & MODE_INTEGER) || !(mode & MODE_DOUBLES) || !rows || !columns ||
        rows > MAX_SIDE || columns > MAX_SIDE)
        return false;
    const int8_t *weights = (const int8_t *)bytes_take(walk->in, (size_t)rows * columns);
    uint32_t scale_count = (uint32_t)bytes_unsigned(walk->in, 4);
    const char *scales =
        scale_count >= rows && scale_count <= MAX_SIDE ? bytes_take(walk->in, 8 * (size_t)scale_count) : NULL;
    if (!weights || !scales)
        return false;
    bool widen = last && walk->outputs > walk->had && rows == (uint32_t)walk->had;
    put(walk->out, mode & (uint8_t)~MODE_INTEGER, 1);
    put(walk->out, widen ? (uint32_t)walk->outputs : rows, 4);
    put(walk->out, columns, 4);
    put_double(walk->out, 0);
    for (uint32_t r = 0; r < rows; r++) {
        double scale;
        memcpy(&scale, scales + 8 * (size_t)r, sizeof scale);
        for (uint32_t c = 0; c < columns; c++)
            put_double(walk->out, scale * weights[(size_t)r * columns + c]);
    }
    if (widen) {
        walk->last_columns = columns;
        add_rows(walk, weights, scales, rows, columns);
    }
    if (row_count)
        *row_count = rows;
    return true;
}

static bool convert_lstm(struct walk *walk, int inputs)
{
    int states = (int)(int32_t)copy_unsigned(walk, 4);
    uint32_t rows;
    if (!convert_matrix(walk, false, &rows))
        return false;
    int gates = states == inputs + 2 * (int)rows ? 5 : 4; /* two-dimensional ones forget in both directions */
    for (int i = 1; i < gates; i++)
        if (!convert_matrix(walk, false, NULL))
            return false;
    return true;
}

static enum layer layer_type(struct walk *walk)
{
    uint8_t type = (uint8_t)copy_unsigned(walk, 1);
    if (type != LAYER_NAMED)
        return type < LAYER_COUNT ? (enum layer)type : LAYER_NAMED;
    uint32_t length = (uint32_t)copy_unsigned(walk, 4);
    size_t at = walk->in->at;
    copy(walk, length);
    for (int i = 1; !walk->in->bad && i < LAYER_COUNT; i++)
        if (strlen(NAMES[i]) == length && memcmp(walk->in->data + at, NAMES[i], length) == 0)
            return (enum layer)i;
    return LAYER_NAMED;
}

static bool convert_network(struct walk *walk, int depth, bool last)
{
    enum layer type = layer_type(walk);
    copy(walk, 2); /* training and backpropagation state */
    uint32_t flags = (uint32_t)copy_unsigned(walk, 4);
    int inputs = (int)(int32_t)copy_unsigned(walk, 4), outputs = bytes_int32(walk->in),
        weights = bytes_int32(walk->in);
    if (depth == 0) {
        walk->had = outputs;
        walk->outputs = walk->outputs > outputs ? walk->outputs : outputs;
    }
    if (walk->in->bad || depth > MAX_DEPTH || type == LAYER_NAMED || outputs < 0 || outputs > MAX_SIDE)
        return false;
    bool widen = (depth == 0 || (last && type == LAYER_SOFTMAX)) && outputs == walk->had;
    put(walk->out, (uint32_t)(widen ? walk->outputs : outputs), 4);
    size_t weights_at = walk->out->length;
    put(walk->out, (uint32_t)weights, 4);
    copy(walk, copy_unsigned(walk, 4)); /* its name */
    bool good = true;
    switch (type) {
    case LAYER_INPUT:
        copy(walk, 20);
        break;
    case LAYER_CONVOLVE:
    case LAYER_MAXPOOL:
    case LAYER_RECONFIG:
        copy(walk, 8);
        break;
    case LAYER_PARALLEL:
    case LAYER_REPLICATED:
    case LAYER_BIDI:
    case LAYER_DEPPAR:
    case LAYER_PAR2D:
    case LAYER_SERIES:
    case LAYER_RTL:
    case LAYER_TTB:
    case LAYER_XY: {
        uint32_t count = (uint32_t)copy_unsigned(walk, 4);
        for (uint32_t i = 0; good && i < count; i++)
            good = !walk->in->bad && convert_network(walk, depth + 1, last && i + 1 == count);
        if (good && flags & FLAG_OWN_RATES)
            copy(walk, 4 * (size_t)copy_unsigned(walk, 4));
        break;
    }
    case LAYER_LSTM:
    case LAYER_SUMMARY:
        good = convert_lstm(walk, inputs);
        break;
    default:
        good = convert_matrix(walk, last && type == LAYER_SOFTMAX, NULL);
    }
    if (good && !walk->in->bad && widen) {
        uint32_t more = (uint32_t)weights + (uint32_t)((walk->outputs - walk->had)) * walk->last_columns;
        for (size_t i = 0; i < 4; i++)
            walk->out->data[weights_at + i] = (char)(more >> 8 * i);
    }
    return good && !walk->in->bad;
}

/* Components of before 4.1 have the character set between network and specification, as text: the number of
 * characters and a line each. Their recoder is the end of the component. A specification's length, in binary,
 * does not begin like a number in digits. */
static void copy_charset(struct walk *walk)
{
    const char *text = walk->in->data + walk->in->at;
    size_t left = walk->in->size - walk->in->at, size = 0;
    long lines = 0;
    while (size < left && isdigit((unsigned char)text[size]) && size < MAX_DIGITS)
        lines = 10 * lines + (text[size++] - '0');
    if (size == 0 || size >= left || text[size] != '\n')
        return;
    for (long i = 0; i <= lines && size < left; i++) {
        const char *end = memchr(text + size, '\n', left - size);
        size = end ? (size_t)(end - text) + 1 : left;
    }
    copy(walk, size);
}

int floats_from_integers(struct bytes *in, int outputs, struct bi_text *out, struct bi_error *err)
{
    struct walk walk = {.in = in, .out = out, .outputs = outputs};
    if (!convert_network(&walk, 0, true))
        return bi_error_set(err, BI_EXIT_INPUT, "is no LSTM component with integer weights");
    copy_charset(&walk);
    copy(&walk, copy_unsigned(&walk, 4)); /* the network's specification */
    uint32_t flags = (uint32_t)bytes_unsigned(in, 4);
    put(out, flags & ~(uint32_t)TRAINING_INTEGER, 4);
    copy(&walk, in->bad ? 0 : in->size - in->at); /* counts and rates of its training */
    return in->bad ? bi_error_set(err, BI_EXIT_INPUT, "ends too early") : 0;
}

int floats_mix(struct bytes *in, double share, const struct bytes *other, struct bi_text *out,
               struct bi_error *err)
{
    struct walk walk = {.in = in, .out = out, .other = other->data, .share = share};
    if (in->size != other->size || !convert_network(&walk, 0, true))
        return bi_error_set(err, BI_EXIT_INPUT, "are not two LSTM components of floats and of one kind");
    copy(&walk, in->size - in->at); /* the network's specification, counts and rates of its training */
    return 0;
}
