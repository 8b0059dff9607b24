/* Printed pointers: 下转第3版, （上接A1版）, ▶▶▶下转三版, >>>刊2版, 详见P4 …, recognised through a few
 * misread characters.
 *
 * A line is folded, marks at its ends are dropped, and what is left is compared with every wording: a
 * weighted edit distance in which a known confusion (卜 for 下) costs less than any other character, a mark
 * less than a Han character, and the number may be written in any way. The cheapest wording wins if its cost
 * is low enough for its length. */
#ifndef STITCH_MARKERS_H
#define STITCH_MARKERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "numerals.h"
#include "wordings.h"

struct st_marker {
    enum st_marker_kind kind;
    struct st_folio page; /* number 0: the wording is there, the number unreadable */
    double doubt;         /* 0: to the letter; 1 and more: barely */
    char *text;           /* as printed, without white space at its ends */
    char *slug;           /* words that repeat the headline (…标题：把群众的事); NULL if none */
    char *rest; /* of a marker within a line: the line without it; NULL if the marker is the whole line */
};

/* The whole line is a pointer. False leaves *marker alone. */
bool st_marker_whole(struct bi_arena *arena, const struct st_wordings *wordings, const char *line,
                     struct st_marker *marker);
/* The line ends with a pointer: 他说，（下转第3版）. Stricter than for whole lines. */
bool st_marker_at_end(struct bi_arena *arena, const struct st_wordings *wordings, const char *line,
                      struct st_marker *marker);
/* The line begins with a pointer: （上接第1版）他说. */
bool st_marker_at_start(struct bi_arena *arena, const struct st_wordings *wordings, const char *line,
                        struct st_marker *marker);

#endif
