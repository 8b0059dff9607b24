/* A character on a strip. */
#ifndef OCR_SYMBOL_H
#define OCR_SYMBOL_H

#include <stdbool.h>
#include <stddef.h>

#include "page/page.h"

#define SYMBOL_MAX_OTHERS 3

/* Columns x … x+w-1 of the strip, from where the network fired, so only about right. */
struct symbol {
    int x, w;
    bool begins_word;
    char *text;                                  /* as the model has it, one character */
    double confidence;                           /* probability that it is right */
    double seen;                                 /* the same by what the networks say alone */
    struct bi_reading others[SYMBOL_MAX_OTHERS]; /* what else it may be, likeliest first */
    size_t other_count;
};

#endif
