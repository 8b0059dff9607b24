/* A work folder to try a rerun in. */
#ifndef RERUN_TRIAL_H
#define RERUN_TRIAL_H

#include "base/arena.h"
#include "base/error.h"

/* Makes a folder for temporary files and in it what an issue's work folder work/<below> has: links to what
 * stages made, which they replace and do not write through, and copies of what is kept of their steps. *trial
 * is its path from the arena. BI_EXIT_INPUT if the issue was not run yet. */
int trial_make(struct bi_arena *arena, const char *work, const char *below, char **trial,
               struct bi_error *err);
/* Removes such a folder with everything in it; NULL is allowed. */
void trial_remove(const char *trial);

#endif
