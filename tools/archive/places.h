/* Numbers and position lists as FTS5 writes them. A reader of a number may look at the 8 bytes after it,
 * which whoever holds the bytes provides. */
#ifndef ARCHIVE_PLACES_H
#define ARCHIVE_PLACES_H

#include <stddef.h>
#include <stdint.h>

/* SQLite's variable-length number: seven bits a byte, high ones first; the ninth byte has eight. Returns what
 * follows. */
static inline const uint8_t *places_number(const uint8_t *p, uint64_t *value)
{
    if (p[0] < 0x80) {
        *value = p[0];
        return p + 1;
    }
    if (p[1] < 0x80) {
        *value = (uint64_t)(p[0] & 0x7F) << 7 | p[1];
        return p + 2;
    }
    uint64_t sum = 0;
    for (int i = 0; i < 8; i++) {
        sum = sum << 7 | (p[i] & 0x7F);
        if (p[i] < 0x80) {
            *value = sum;
            return p + i + 1;
        }
    }
    *value = sum << 8 | p[8];
    return p + 9;
}

/* A place in an article: the column above these bits, the number of the character below. */
#define PLACES_COLUMN_SHIFT 32

/* Goes through a position list: `place` is 0 before the first one. Returns what follows, NULL at the end. */
static inline const uint8_t *places_next(const uint8_t *p, const uint8_t *end, uint64_t *place)
{
    if (p >= end)
        return NULL;
    uint64_t value;
    p = places_number(p, &value);
    if (value == 1) { /* a column number follows, and positions begin anew */
        p = places_number(p, &value);
        *place = (value & 0x7FFF) << PLACES_COLUMN_SHIFT;
        if (p >= end)
            return NULL;
        p = places_number(p, &value);
    }
    *place += value - 2; /* differences are written two higher */
    return p;
}

#endif
