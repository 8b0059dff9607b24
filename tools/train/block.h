/* Blocks of type: set, worn, scanned, and cut into the lines that training takes. */
#ifndef TRAIN_BLOCK_H
#define TRAIN_BLOCK_H

#include <stdio.h>

#include "faces.h"
#include "label.h"
#include "reader.h"
#include "wear.h"

/* Lines set together at most. */
#define BLOCK_LINES 6
/* Smaller type is not legible. */
#define BLOCK_MIN_EM_PIXELS 17

struct block_press {
    FILE *stream; /* of lines as lstmf_add writes them */
    const struct faces *faces;
    const struct label_set *labels;
    const struct reader *proof; /* what it cannot read (proof_legible) is left out; NULL: nothing is */
    enum wear_kind kind;        /* WEAR_KINDS: all by how newspapers in archives look */
    double em;                  /* size of body type, pixels; 0: all sizes, and headlines too */
};

/* Draws up to BLOCK_LINES texts, which are changed, as a block, or the first as a headline, and appends the
 * lines that come of it. Returns how many. */
long block_add(const struct block_press *press, const char **texts, size_t count, struct chance *chance);

#endif
