/* One run at a time: locks that die with their process. */
#ifndef RUN_LOCK_H
#define RUN_LOCK_H

#include "base/error.h"

/* Locks the file `path`, made if it is not there and left there afterwards, and returns its descriptor; the
 * lock is held until that is closed or the process ends. -1 with BI_EXIT_MACHINE if another process holds it:
 * the message names `subject` and that process. */
int run_lock(const char *path, const char *subject, struct bi_error *err);

#endif
