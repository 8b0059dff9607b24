/* The processes at work: a fixed number of places, each with a job, and waiting for what happens next. */
#ifndef RUN_POOL_H
#define RUN_POOL_H

#include <stdbool.h>

#include "base/process.h"
#include "run/plan.h"

struct run_worker {
    struct bi_process process;
    struct run_job *job; /* NULL: the place is free */
    char started[40];    /* UTC, for the record */
    double deadline;     /* bi_process_clock; 0 for none */
    bool timed_out;
};

struct run_pool {
    struct run_worker *workers;
    int size, busy;
    int signals; /* signalfd of SIGINT, SIGTERM, SIGHUP and SIGWINCH, which are blocked while the pool is
                    there */
    double timeout_seconds;
};

/* What happened. */
struct run_event {
    enum { RUN_EVENT_NOTHING, RUN_EVENT_ENDED, RUN_EVENT_SIGNAL, RUN_EVENT_RESIZED } kind;
    int signal;
    struct run_job *job; /* that ended, with when it started and how it ended */
    char started[40];
    struct bi_process_end end;
    bool timed_out;
};

int run_pool_init(struct run_pool *pool, int size, double timeout_seconds, struct bi_error *err);
/* All jobs must have ended or been stopped. Unblocks the signals. */
void run_pool_release(struct run_pool *pool);
/* Starts a job in a free place. */
int run_pool_start(struct run_pool *pool, struct run_job *job, struct bi_error *err);
/* Waits at most `seconds` for a job to end or a signal to come. Kills jobs past their time; they end as
 * events. */
int run_pool_wait(struct run_pool *pool, double seconds, struct run_event *event, struct bi_error *err);
/* How many jobs of each stage are at work. */
void run_pool_count(const struct run_pool *pool, int counts[RUN_STAGE_COUNT]);
/* Ends all jobs, first with SIGTERM, then with SIGKILL, and removes what they left. */
void run_pool_stop(struct run_pool *pool);

#endif
