/* Lines as lstmtraining reads them: Tesseract's serialized DocumentData, read off 5.3's own files. */
#ifndef TRAIN_LSTMF_H
#define TRAIN_LSTMF_H

#include <stdio.h>

#include "base/error.h"
#include "plane.h"

/* The file begins with the number of lines. */
void lstmf_begin(FILE *stream, uint32_t count);
/* A line's image and what it says, in the characters of the model. Write errors show in ferror(stream). */
void lstmf_add(FILE *stream, const struct plane *plane, const char *text);

#endif
