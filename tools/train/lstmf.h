/* Lines as lstmtraining reads them: Tesseract's serialized DocumentData, read off 5.3's own files. */
#ifndef TRAIN_LSTMF_H
#define TRAIN_LSTMF_H

#include <stdio.h>

#include "bytes.h"
#include "plane.h"

/* The file begins with the number of lines. */
void lstmf_begin(FILE *stream, uint32_t count);
/* A line's image and what it says, in the characters of the model. Write errors show in ferror(stream). */
void lstmf_add(FILE *stream, const struct plane *plane, const char *text);

struct lstmf_line {
    struct plane plane;
    char *text; /* from malloc */
};

/* The next line of a file that begins with their number, which was taken. False if it is not as lstmf_add
 * writes it; then nothing is to be released. */
bool lstmf_next(struct bytes *bytes, struct lstmf_line *line);
void lstmf_line_release(struct lstmf_line *line);

#endif
