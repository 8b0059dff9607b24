/* Which folders of an inbox are ready to be taken: those that nobody has written to for some time. */
#ifndef RUN_SETTLED_H
#define RUN_SETTLED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "run/find.h"

/* A place that is left for a later run, and why in words: "changed 12 s ago". */
struct run_unsettled {
    char *name; /* "linjiang 2025-07-04" */
    char *why;
};

struct run_settled {
    const char *inbox;  /* absolute, without symbolic links */
    double seconds;     /* how long a folder must have been left alone */
    const char *memory; /* the file that remembers folders of the future, see below */
    bool keep;          /* write it; false in a dry run */
};

/* Keeps of `places` those whose folder and files have not changed for so long, by the newest of their times
 * of change; times of modification count too where they are past, as programs may set them to anything. A
 * folder whose time of change lies ahead of the clock (the clock was set back, or a file server's goes wrong)
 * says nothing by it: it is remembered, and taken by a run that finds it the same after that time. Folders
 * without anything directly below the inbox, and an empty inbox itself, are left out: nothing has been
 * delivered there yet. Returns 0 with *count reduced and the places that were left in *left. */
int run_settle(struct bi_arena *arena, const struct run_settled *options, struct run_place *places,
               size_t *count, struct run_unsettled **left, size_t *left_count, struct bi_error *err);
/* "90", "90s", "10m", "2h", "1d" as seconds; -1 for anything else. */
double run_settled_parse(const char *text);

#endif
