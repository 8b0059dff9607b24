/* The lists of work that the tasks of a Slurm job take: DIR/<share>.<number>, one file a task, written before
 * the job is submitted. An entry is an issue's folder and a list of pages ("" for the whole issue), each
 * ended with NUL, since a name may hold anything else. */
#ifndef RUN_TASKS_H
#define RUN_TASKS_H

#include "run/find.h"
#include "run/left.h"
#include "run/share.h"

/* A chunk is so many pages of the pages' share, or so many issues of the others'; larger if there would be
 * more than max_tasks lists. *tasks gets how many lists were written, 0 if this share has nothing to do.
 * `left` is in order. */
int run_tasks_write(const char *folder, enum run_share share, const struct run_left *left, size_t chunk,
                    size_t max_tasks, size_t *tasks, struct bi_error *err);
/* Reads one list as places in the arena, with their pages. */
int run_tasks_read(struct bi_arena *arena, const char *folder, enum run_share share, long task,
                   struct run_place **places, size_t *count, struct bi_error *err);

#endif
