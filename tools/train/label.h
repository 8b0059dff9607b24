/* What a printed line is called in the characters of a model. */
#ifndef TRAIN_LABEL_H
#define TRAIN_LABEL_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct label_set {
    uint8_t *known; /* LABEL_RUNES bits' worth of bytes: 1 where the model has the character */
};
#define LABEL_RUNES 0x20000

/* From a unicharset: BI_EXIT_INPUT if it is none. */
int label_read(struct bi_arena *arena, const char *path, struct label_set *set, struct bi_error *err);

/* The text with characters that the model writes otherwise replaced (；→;) where the print is the same;
 * without spaces but between Latin words. NULL if a character cannot be expressed. */
const char *label_make(const struct label_set *set, struct bi_arena *arena, const char *text);
/* The first `runes` characters. */
const char *label_shorten(struct bi_arena *arena, const char *text, int runes);
/* The Chinese characters alone. */
const char *label_han_only(struct bi_arena *arena, const char *text);

#endif
