/* Articles over several pages: every part that ends open against every part that begins open, matched for the
 * whole issue at once; see jumps.c. */
#ifndef STITCH_JUMPS_H
#define STITCH_JUMPS_H

#include "stitch.h"

struct st_jump {
    int source, target; /* parts */
    double score;       /* 0 … 1 */
    char *reason;       /* in words */
};

struct st_jumps {
    struct st_jump *list; /* in the order of their sources */
    size_t count;
};

/* Finds the jumps and chains the parts (part.next, part.previous). Parts must be complete and pages numbered.
 */
void st_jumps_match(struct st_issue *issue, struct st_jumps *jumps);

/* The page that a pointer means: its index, or -1 if the issue has no such page. */
int st_page_of_folio(const struct st_issue *issue, struct st_folio folio);

/* 下转第3版 as printed, without brackets and arrows. */
char *st_marker_words(struct bi_arena *arena, const struct st_marker *marker);

#endif
