/* Characters that a model confuses for reasons of encoding, not of shape: tessdata/folds.ini. */
#ifndef OCR_FOLDS_H
#define OCR_FOLDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct fold {
    uint32_t from;
    char *to;
    bool beside_han; /* only next to Chinese characters or their punctuation */
};

struct folds {
    struct fold *folds;
    size_t count, capacity;
};

/* BI_EXIT_MACHINE if the file is missing or not understood. */
int folds_read(struct bi_arena *arena, const char *path, struct folds *folds, struct bi_error *err);

/* What to write for `text`, which stands between `before` and `after` (either may be NULL at the ends of the
 * line). */
const char *folds_apply(const struct folds *folds, const char *text, const char *before, const char *after);

#endif
