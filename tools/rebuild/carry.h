/* What an archive knows that work folders do not: ids, what articles said before, which problems were
 * settled, and the executions of stages whose records are gone. */
#ifndef REBUILD_CARRY_H
#define REBUILD_CARRY_H

#include <sqlite3.h>

#include "archive/archive.h"

/* Puts it into a new, empty archive, as if each issue had been loaded there before; the loads that follow
 * find pages, articles and problems again as any second load does, and so give them their ids. In one
 * transaction. */
int rebuild_carry(const struct archive *from, sqlite3 *to, struct bi_error *err);

/* How far the new archive is from the old: issues of the old one that were not loaded since `last_run`, the
 * first of them by name (from the arena, NULL if there is none), and versions of articles that the loads have
 * added. */
struct rebuild_difference {
    size_t missing;
    char *first_missing;
    size_t changed;
};
/* The latest run and the number of earlier versions, to compare with later. */
int rebuild_mark(sqlite3 *db, sqlite3_int64 *last_run, size_t *versions, struct bi_error *err);
int rebuild_compare(sqlite3 *db, sqlite3_int64 last_run, size_t versions, struct bi_arena *arena,
                    struct rebuild_difference *difference, struct bi_error *err);

#endif
