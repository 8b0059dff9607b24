/* The table of pointer wordings, tessdata/jumps.ini, with what a title adds. */
#ifndef STITCH_WORDINGS_H
#define STITCH_WORDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "page/issue.h"
#include "runes.h"

/* 第, which many wordings have before the number. */
#define ST_ORDINAL 0x7B2C

enum st_marker_kind {
    ST_MARKER_NONE,
    ST_MARKER_TO,     /* 下转第3版: the article goes on there */
    ST_MARKER_FROM,   /* 上接第1版: it comes from there */
    ST_MARKER_TEASER, /* 详见3版: an article is announced */
};

/* One wording, folded, cut at {N}. */
struct st_wording {
    enum st_marker_kind kind;
    bool arrow;             /* holds only after an arrow */
    bool whole;             /* holds only for a whole line: too like ordinary speech within one */
    bool latin;             /* letters, among which others are not passed over as marks */
    struct st_runes lead;   /* before words of the headline ({T}) that stand before the rest; mostly none */
    struct st_runes before; /* the fixed characters before the number … */
    struct st_runes after;  /* … and after it */
    size_t verbs;           /* how many of those before say where to, 第 not counted */
    uint64_t fixed_bits;    /* of all fixed characters, and of the verbs: see st_key */
    uint64_t verb_bits;
};

/* What a character can stand for in a wording. Every character of the table's wordings has a bit, as long as
 * there are bits left; wordings of others are simply compared. */
struct st_key {
    uint32_t rune;
    uint64_t exact, confused; /* bits of the characters that it is, and that it is misread from */
};

struct st_confusion {
    uint32_t meant;
    struct st_runes read;
};

struct st_wordings {
    struct st_wording *list;
    size_t count, capacity;
    struct st_confusion *confusions;
    size_t confusion_count, confusion_capacity;
    struct st_key *keys; /* sorted by rune */
    size_t key_count, key_capacity;
    uint32_t bits[64]; /* the character of each bit */
    size_t bit_count;
};

/* The key of a character, NULL if no wording has anything like it. */
const struct st_key *st_wordings_key(const struct st_wordings *wordings, uint32_t rune);

/* Reads the table, from the arena. BI_EXIT_MACHINE if it is missing (every issue needs it) or a line is
 * wrong. */
int st_wordings_read(struct bi_arena *arena, const char *path, struct st_wordings *wordings,
                     struct bi_error *err);
/* Adds what title.ini says in its section [jumps]. Names other than to, from and teaser, and wordings without
 * {N}, are BI_EXIT_INPUT: a wording silently ignored would be looked for a long time. */
int st_wordings_extend(struct bi_arena *arena, const struct bi_issue *issue, struct st_wordings *wordings,
                       struct bi_error *err);
/* Adds one wording; -1 if it has no {N} or the name is unknown. */
int st_wordings_add(struct bi_arena *arena, struct st_wordings *wordings, const char *name, const char *text);

#endif
