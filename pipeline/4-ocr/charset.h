/* What the codes of a network spell: Tesseract's unicharset and recoder. A Chinese character is spelled in
 * several codes (radical and strokes), so that a few hundred outputs do for thousands of characters. */
#ifndef OCR_CHARSET_H
#define OCR_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "bytes.h"

#define CHARSET_MAX_SPELLING 9

struct charset_character {
    uint32_t rune;
    int16_t codes[CHARSET_MAX_SPELLING];
    int length;
};

/* Spellings as a tree. Node 0 is the beginning of every character. */
struct charset_node {
    int character; /* that ends here; -1 if none */
    bool inner;    /* some spelling goes on from here */
};

struct charset {
    int codes;
    int blank; /* the code of nothing */
    int space; /* the code of a space; -1 if it has none */
    struct charset_character *characters;
    size_t count;
    struct charset_node *nodes;
    size_t node_count, node_capacity;
    int32_t *next; /* [node × codes + code]: the node after it; 0 if there is none */
    size_t next_capacity;
    int32_t *by_rune; /* indices of characters in the order of their runes */
};

/* The characters: text, a count and as many lines that begin with one; `bytes` is left behind them. From the
 * arena. False if it is not understood. Entries of several runes, which Latin models have, are passed over.
 */
bool charset_read_runes(struct bi_arena *arena, struct bytes *bytes, struct charset *charset);
/* Then their spellings: for each character the codes, less than `codes`, of which `blank` is nothing. */
bool charset_read_codes(struct bi_arena *arena, struct bytes *bytes, int codes, int blank,
                        struct charset *charset);

/* The index of a character; -1 if it is not in the set. */
int charset_find(const struct charset *charset, uint32_t rune);

static inline int charset_next(const struct charset *charset, int node, int code)
{
    return charset->next[(size_t)node * (size_t)charset->codes + (size_t)code];
}

#endif
