/* Text as an array of code points, and what a newspaper's characters mean for how lines join. */
#ifndef STITCH_RUNES_H
#define STITCH_RUNES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct st_runes {
    uint32_t *data; /* from the arena */
    size_t count;
};

/* The code points of a UTF-8 string as it is. */
struct st_runes st_runes_of(struct bi_arena *arena, const char *s);
/* … of its folded form (bi_text_fold): for matching only. */
struct st_runes st_runes_folded(struct bi_arena *arena, const char *s);
/* The UTF-8 of count code points. */
char *st_runes_text(struct bi_arena *arena, const uint32_t *data, size_t count);
/* A copy without white space at either end. */
char *st_trim(struct bi_arena *arena, const char *s);

bool st_rune_ends_sentence(uint32_t rune); /* 。！？… and their half-width forms */
bool st_rune_closes(uint32_t rune);       /* closing quotes and brackets, which may follow a sentence's end */
bool st_rune_cannot_start(uint32_t rune); /* 、，。： … never stand at the beginning of a paragraph */
bool st_rune_is_mark(uint32_t rune);      /* neither letter, digit nor Han: punctuation, symbols, boxes */
bool st_rune_is_digit(uint32_t rune);     /* 0-9, after folding */
bool st_rune_is_letter(uint32_t rune);    /* Latin, accents included */

/* True if words in Latin letters, not characters, are most of a text. */
bool st_is_latin(const char *s);

/* True if the text ends a sentence, closing quotes after it not counted. */
bool st_ends_sentence(const char *s);
/* The last code point that is no white space, 0 if there is none. */
uint32_t st_last_rune(const char *s);
uint32_t st_first_rune(const char *s);

#endif
