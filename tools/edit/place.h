/* Where what belongs to an issue of the archive is: its scans, its work folder and its corrections. */
#ifndef EDIT_PLACE_H
#define EDIT_PLACE_H

#include "archive/archive.h"

struct edit_place {
    char *scans;       /* folder of its scans */
    char *work;        /* the work folder, of all issues */
    char *folder;      /* its own folder in that */
    char *corrections; /* its corrections' folder, whether it is there or not */
    char *name;        /* "linjiang/2025-07-04": of the latter two below their roots */
};

/* Of an issue that the archive has; `corrections` is the root of all corrections, NULL for the one beside the
 * scans' root. From the arena. 1; 0 if there is no such issue, or no page image that would tell its work
 * folder. */
int edit_place_find(const struct archive *archive, long long issue_id, const char *corrections,
                    struct bi_arena *arena, struct edit_place *place, struct bi_error *err);

/* The hand correction of a page by its frame, whether it is there or not. */
char *edit_place_page(struct bi_arena *arena, const struct edit_place *place, int frame);
/* What a correction of the page starts from: the one there is, else what recognition has read; NULL if there
 * is neither. */
char *edit_place_base(struct bi_arena *arena, const struct edit_place *place, int frame);
/* corrections/<title>/<date>/articles.json */
char *edit_place_articles(struct bi_arena *arena, const struct edit_place *place);
/* corrections/<title>/<date>/edits.jsonl */
char *edit_place_log(struct bi_arena *arena, const struct edit_place *place);

#endif
