/* A whole run, once its options are known. */
#ifndef RUN_WORK_H
#define RUN_WORK_H

#include "run/context.h"

/* Does it, prints what there is to be told, and returns the exit code; *signal is the signal that ended it, 0
 * if none did. The context's arena and options are the caller's, the rest is released. */
int run_work(struct run_context *context, int *signal);

#endif
