/* Lines that persons have corrected and that say something else now: a page was read again, or another
 * correction has taken the place of theirs. */
#ifndef EDIT_CONFLICTS_H
#define EDIT_CONFLICTS_H

#include "edit/lines.h"

struct edit_conflict {
    const struct edit_record *record; /* who wrote what */
    const char *read;                 /* what was read when the line was first corrected */
    char *line;                       /* id of the line as it is now; NULL: it is not found */
    struct bi_box box;                /* of it, or of where it was */
    char *now;                        /* what it says; "" where it is not found */
};

/* The latest edit of each line that no longer holds, of an issue, in the order of the log; from the arena.
 * Not those that left a line as it was read or took another back: of these nothing is lost. */
int edit_conflicts_find(const struct edit_place *place, struct bi_arena *arena,
                        struct edit_conflict **conflicts, size_t *count, struct bi_error *err);

/* Settles the conflict over the record of that number: writes what the person wrote again (`keep`), or leaves
 * the line as it is and says so in the log. `was` is the SHA-256 of what the line said when that was decided.
 * EDIT_SAVED; EDIT_CONFLICT if it says something else by now; EDIT_GONE if there is no such conflict, or no
 * line to write to; or -1. */
int edit_conflict_settle(const struct edit_place *place, const char *who, long number, bool keep,
                         const char *was, struct bi_error *err);

/* Whether the line is read as it was when the person corrected it: then what they wrote goes for it still. */
bool edit_conflict_is_clear(const struct edit_conflict *conflict);
/* Writes again what persons wrote into lines that are clear, of an issue; *count says how many. */
int edit_conflicts_keep_clear(const struct edit_place *place, const char *who, size_t *count,
                              struct bi_error *err);

#endif
