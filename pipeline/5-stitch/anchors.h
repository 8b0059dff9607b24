/* Places that a person names, found again: by what is printed there, through other misreadings than when they
 * were named, or by where it stands on the page. */
#ifndef STITCH_ANCHORS_H
#define STITCH_ANCHORS_H

#include "page/corrections.h"
#include "stitch.h"

struct st_spot {
    int part;
    int line; /* index among the page's lines; -1 if the anchor names the part as a whole */
};

/* -1 if there is no such place, or two; *why is then set, in words, from the issue's arena. */
int st_anchor_find(struct st_issue *issue, const struct bi_anchor *anchor, struct st_spot *spot,
                   const char **why);

/* Calls `visit` for each line of a part: headline, text column by column, then captions and the like. */
void st_part_lines(const struct st_issue *issue, int part, void (*visit)(void *user, int line), void *user);

#endif
