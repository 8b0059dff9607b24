/* Places in an issue as corrections name them, so that later runs find them again: by what is printed there,
 * and by a point for where two articles print the same. */
#ifndef EDIT_ANCHOR_H
#define EDIT_ANCHOR_H

#include "archive/archive.h"
#include "page/corrections.h"

/* Which share of an article is meant. */
enum edit_share { EDIT_FIRST_PART, EDIT_LAST_PART };

/* An article, or its share on the page of that part: by its longest line there. 1; 0 if it has no line. Texts
 * are from the arena, here and below. */
int edit_anchor_article(const struct archive *archive, long long article, enum edit_share share,
                        struct bi_arena *arena, struct bi_anchor *anchor, struct bi_error *err);
/* Where the part of that order begins. */
int edit_anchor_part(const struct archive *archive, long long article, int part, struct bi_arena *arena,
                     struct bi_anchor *anchor, struct bi_error *err);
/* A line of an article: by what is printed from it on. */
int edit_anchor_line(const struct archive *archive, long long article, long long page, int line_order,
                     struct bi_arena *arena, struct bi_anchor *anchor, struct bi_error *err);

#endif
