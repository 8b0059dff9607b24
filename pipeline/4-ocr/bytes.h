/* Reading little-endian values from foreign bytes, none of them beyond the end. */
#ifndef OCR_BYTES_H
#define OCR_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* `bad` is set by the first read that does not fit, and then stays; what is read from then on is 0. */
struct bytes {
    const char *data;
    size_t size, at;
    bool bad;
};

/* n bytes, or NULL. */
static inline const char *bytes_take(struct bytes *bytes, size_t n)
{
    if (bytes->bad || n > bytes->size - bytes->at) {
        bytes->bad = true;
        return NULL;
    }
    const char *taken = bytes->data + bytes->at;
    bytes->at += n;
    return taken;
}

static inline uint64_t bytes_unsigned(struct bytes *bytes, size_t n)
{
    const char *taken = bytes_take(bytes, n);
    uint64_t value = 0;
    for (size_t i = n; taken && i-- > 0;)
        value = value << 8 | (uint8_t)taken[i];
    return value;
}

static inline int32_t bytes_int32(struct bytes *bytes)
{
    return (int32_t)(uint32_t)bytes_unsigned(bytes, 4);
}

static inline double bytes_double(struct bytes *bytes)
{
    uint64_t bits = bytes_unsigned(bytes, 8);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

#endif
