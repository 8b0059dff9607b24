/* What people type, made a tree of phrases. Whatever they type has a meaning.
 *
 *     菜场 通道            both, anywhere in one article (also 菜场 AND 通道)
 *     菜场 OR 食堂         one of them; OR binds closer than the space
 *     菜场 -食堂           the first without the second (also NOT 食堂)
 *     "Debian 手册"        this stretch of text; so is every word without quotes
 *     automat*             words that begin so; after a Chinese character the star changes nothing
 *     (甲 乙) OR -(丙 丁)  brackets, where a word could begin and end
 *
 * A word or stretch is found wherever its folding is a substring of the folded text (6-load/fold.h): width,
 * letter case, white space, traditional and simplified make no difference, punctuation does. An operator
 * without anything to work on is a word like others; a bracket that is never closed ends with the query. */
#ifndef ARCHIVE_QUERY_H
#define ARCHIVE_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/* A longer query is refused: no article has such a stretch, and the time to find that out grows with it. So
 * is one of more different words. */
#define ARCHIVE_MAX_QUERY_CHARACTERS 2000
#define ARCHIVE_MAX_QUERY_WORDS 100

struct archive_word {
    const uint32_t *characters; /* folded */
    size_t count;               /* at least 1 */
    bool begins;                /* only where a word of letters and digits begins */
    bool wanted; /* what it finds is part of the result somewhere; otherwise it only excludes */
};

enum archive_node_kind { ARCHIVE_NODE_WORD, ARCHIVE_NODE_ALL, ARCHIVE_NODE_ANY };

struct archive_node {
    enum archive_node_kind kind;
    bool excluded; /* in an ALL: what it finds is left out */
    size_t word;
    struct archive_node *first, *next; /* its children, a list */
};

struct archive_query {
    const struct archive_word *words; /* each one once */
    size_t word_count;
    const struct archive_node *root; /* an ALL has a child that is not excluded */
};

/* Parses a query into the arena. A literal one is a single stretch of text, whatever it contains. Bytes that
 * are no UTF-8 are dropped. BI_EXIT_USAGE if nothing is left to search for, if the query only excludes, or is
 * too long. */
int archive_query_parse(const char *query, bool literal, struct bi_arena *arena, struct archive_query *parsed,
                        struct bi_error *err);

#endif
