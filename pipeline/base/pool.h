/* The processes at work: a fixed number of places, each with a job, and waiting for what happens next. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdbool.h>

#include "base/process.h"
struct bi_pool_worker {
    struct bi_process process;
    void *job;       /* the caller's; NULL: the place is free */
    double deadline; /* bi_process_clock; 0 for none */
    bool timed_out;
};

struct bi_pool {
    struct bi_pool_worker *workers;
    int size, busy;
    int signals; /* signalfd of SIGINT, SIGTERM, SIGHUP and SIGWINCH, which are blocked while the pool is
                    there */
    double timeout_seconds;
};

/* What happened. */
struct bi_pool_event {
    enum { BI_POOL_NOTHING, BI_POOL_ENDED, BI_POOL_SIGNAL, BI_POOL_RESIZED } kind;
    int signal;
    void *job; /* that ended, and how */
    struct bi_process_end end;
    bool timed_out;
};

int bi_pool_init(struct bi_pool *pool, int size, double timeout_seconds, struct bi_error *err);
/* All jobs must have ended or been stopped. Unblocks the signals. */
void bi_pool_release(struct bi_pool *pool);
/* Starts a job's program in a free place. */
int bi_pool_start(struct bi_pool *pool, void *job, const struct bi_process_options *options,
                  struct bi_error *err);
/* Waits at most `seconds` for a job to end or a signal to come. Kills jobs past their time; they end as
 * events. */
int bi_pool_wait(struct bi_pool *pool, double seconds, struct bi_pool_event *event, struct bi_error *err);
/* Ends all jobs, first with SIGTERM, then with SIGKILL. `discarded` is told of each, to remove what it left.
 */
void bi_pool_stop(struct bi_pool *pool, void (*discarded)(void *job));

#endif
