/* Models made up in memory, byte by byte as Tesseract stores them. */
#ifndef TEST_OCR_MODELS_H
#define TEST_OCR_MODELS_H

#include <stdint.h>
#include <string.h>

#include "base/text.h"

static inline void put_int(struct bi_text *out, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        char byte = (char)(value >> (8 * i));
        bi_text_add_bytes(out, &byte, 1);
    }
}

static inline void put_double(struct bi_text *out, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_int(out, bits, 8);
}

static inline void put_string(struct bi_text *out, const char *s)
{
    put_int(out, strlen(s), 4);
    bi_text_add_bytes(out, s, strlen(s));
}

static inline void put_layer(struct bi_text *out, const char *kind, int inputs, int outputs)
{
    put_int(out, 0, 1);
    put_string(out, kind);
    put_int(out, 0, 2);
    put_int(out, 0, 4);
    put_int(out, (uint64_t)inputs, 4);
    put_int(out, (uint64_t)outputs, 4);
    put_int(out, 0, 4);
    put_string(out, "a name");
}

/* rows of `columns` weights and a bias; a weight of 127 counts as `scale`. */
static inline void put_matrix(struct bi_text *out, int rows, int columns, const int8_t *weights, double scale)
{
    put_int(out, 0x85, 1);
    put_int(out, (uint64_t)rows, 4);
    put_int(out, (uint64_t)columns + 1, 4);
    put_int(out, 0, 1);
    bi_text_add_bytes(out, (const char *)weights, (size_t)(rows * (columns + 1)));
    put_int(out, (uint64_t)rows, 4);
    for (int i = 0; i < rows; i++)
        put_double(out, scale / 127);
}

static inline void put_input(struct bi_text *out, int height)
{
    put_layer(out, "Input", height, 1);
    put_int(out, 1, 4);
    put_int(out, (uint64_t)height, 4);
    put_int(out, 0, 4);
    put_int(out, 1, 4);
    put_int(out, 0, 4);
}

#endif
