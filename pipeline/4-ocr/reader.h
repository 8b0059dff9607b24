/* One Tesseract LSTM model that reads strips. */
#ifndef OCR_READER_H
#define OCR_READER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "model.h"
#include "page/page.h"
#include "settings.h"
#include "strip.h"

struct reader;

/* A character as the network reported it: columns x … x+w-1 of the strip, from where it fired, so only about
 * right. */
struct symbol {
    int x, w;
    bool begins_word;
    char *text;        /* as the model has it, one character */
    double confidence; /* probability that it is right */
};

/* The model's data may be released afterwards. BI_EXIT_MACHINE if Tesseract does not accept it. */
int reader_open(const struct model *model, const struct settings *settings, struct reader **reader,
                struct bi_error *err);
void reader_close(struct reader *reader);
static inline void reader_closep(struct reader **reader)
{
    reader_close(*reader);
}

/* Symbols from left to right, into the arena; none for a strip in which the network sees nothing. */
int reader_read(struct reader *reader, struct bi_arena *arena, const struct strip *strip,
                struct symbol **symbols, size_t *count, struct bi_error *err);

/* Tesseract's figure for a symbol, 0 … 100, as the probability that the character is right. */
double reader_probability(double confidence);

#endif
