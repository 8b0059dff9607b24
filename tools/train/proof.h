/* Reading made lines as backissue-ocr would. */
#ifndef TRAIN_PROOF_H
#define TRAIN_PROOF_H

#include "base/text.h"
#include "reader.h"

/* What a model makes of a line. */
struct proof {
    size_t characters, errors; /* Latin case, width and spaces do not count */
    size_t unknown;            /* of the characters, those that the model cannot write */
    struct bi_text read;
};

void proof_release(struct proof *proof);

/* From a .traineddata file. */
int proof_open(const char *path, struct reader **reader, struct bi_error *err);
/* plane: as prepare_strip makes it, label: what it says. */
struct proof proof_read(const struct reader *reader, const struct plane *plane, const char *label);

/* Of what the model knows it reads more than half. What it does not, nobody could learn from. */
bool proof_legible(const struct proof *proof);

#endif
