/* Takes all issues through the stages, as many steps at a time as there are places in the pool. */
#ifndef RUN_SCHEDULER_H
#define RUN_SCHEDULER_H

#include "run/context.h"
#include "run/find.h"

/* Issues are worked on in their order, and loaded in it, so that the archive does not depend on the number of
 * jobs. Returns 0 once all have ended, well or not (the report counts); -1 if the run has to stop, all
 * processes gone. *signal is then the signal that asked for it, 0 if it was none. */
int run_schedule(struct run_context *context, const struct run_place *places, size_t count, int *signal,
                 struct bi_error *err);

#endif
