#include "run/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/cleanup.h"

/* A stage that is told to end only has to remove its temporary file. */
#define STOP_SECONDS 5

static void awaited_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
    sigaddset(set, SIGWINCH); /* the terminal has another size */
}

int run_pool_init(struct run_pool *pool, int size, double timeout_seconds, struct bi_error *err)
{
    *pool = (struct run_pool){.size = size, .timeout_seconds = timeout_seconds};
    sigset_t awaited;
    awaited_signals(&awaited);
    sigprocmask(SIG_BLOCK, &awaited, NULL);
    pool->signals = signalfd(-1, &awaited, SFD_CLOEXEC | SFD_NONBLOCK);
    if (pool->signals < 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "signals cannot be waited for");
    pool->workers = bi_xcalloc((size_t)size, sizeof *pool->workers);
    return 0;
}

void run_pool_release(struct run_pool *pool)
{
    sigset_t awaited;
    awaited_signals(&awaited);
    sigprocmask(SIG_UNBLOCK, &awaited, NULL);
    if (pool->signals >= 0)
        close(pool->signals);
    free(pool->workers);
    *pool = (struct run_pool){.signals = -1};
}

int run_pool_start(struct run_pool *pool, struct run_job *job, struct bi_error *err)
{
    static const char *const environment[] = {"OMP_THREAD_LIMIT=1", NULL};
    struct run_worker *worker = pool->workers;
    while (worker->job)
        worker++;
    struct bi_process_options options = {
        .program = job->arguments[0],
        .arguments = job->arguments,
        .environment = environment,
        .log = job->log,
        .memory_bytes = job->memory_bytes,
    };
    *worker = (struct run_worker){0};
    struct bi_arena arena = {0};
    snprintf(worker->started, sizeof worker->started, "%s", run_record_now(&arena));
    bi_arena_release(&arena);
    if (bi_process_start(&worker->process, &options, err) != 0)
        return -1;
    worker->job = job;
    if (pool->timeout_seconds > 0)
        worker->deadline = worker->process.started + pool->timeout_seconds;
    pool->busy++;
    return 0;
}

/* Kills what is past its time; the end of the nearest deadline in *seconds if that is earlier. */
static void keep_time(struct run_pool *pool, double *seconds)
{
    double now = bi_process_clock();
    for (int i = 0; i < pool->size; i++) {
        struct run_worker *worker = &pool->workers[i];
        if (!worker->job || worker->deadline <= 0 || worker->timed_out)
            continue;
        if (worker->deadline <= now) {
            worker->timed_out = true;
            bi_process_signal(&worker->process, SIGKILL);
        } else if (worker->deadline - now < *seconds) {
            *seconds = worker->deadline - now;
        }
    }
}

static int collect(struct run_pool *pool, struct run_worker *worker, struct run_event *event,
                   struct bi_error *err)
{
    *event = (struct run_event){.kind = RUN_EVENT_ENDED, .job = worker->job, .timed_out = worker->timed_out};
    memcpy(event->started, worker->started, sizeof event->started);
    /* What it has started itself does not outlive it; before the wait, while its group's number cannot be
     * reused. */
    bi_process_signal(&worker->process, SIGKILL);
    if (bi_process_wait(&worker->process, &event->end, err) != 0)
        return -1;
    worker->job = NULL;
    pool->busy--;
    return 0;
}

int run_pool_wait(struct run_pool *pool, double seconds, struct run_event *event, struct bi_error *err)
{
    *event = (struct run_event){.kind = RUN_EVENT_NOTHING};
    keep_time(pool, &seconds);
    size_t count = (size_t)pool->size + 1;
    BI_CLEANUP(bi_freep) struct pollfd *polled = bi_xcalloc(count, sizeof *polled);
    for (int i = 0; i < pool->size; i++) {
        polled[i].fd = pool->workers[i].job ? pool->workers[i].process.descriptor : -1;
        polled[i].events = POLLIN;
    }
    polled[pool->size] = (struct pollfd){.fd = pool->signals, .events = POLLIN};
    if (poll(polled, count, (int)(seconds * 1000) + 1) < 0) {
        if (errno == EINTR)
            return 0;
        return bi_error_errno(err, BI_EXIT_INTERNAL, "processes cannot be waited for");
    }
    if (polled[pool->size].revents) {
        struct signalfd_siginfo got;
        if (read(pool->signals, &got, sizeof got) == (ssize_t)sizeof got)
            *event = (struct run_event){
                .kind = got.ssi_signo == SIGWINCH ? RUN_EVENT_RESIZED : RUN_EVENT_SIGNAL,
                .signal = (int)got.ssi_signo,
            };
        return 0;
    }
    for (int i = 0; i < pool->size; i++)
        if (polled[i].revents)
            return collect(pool, &pool->workers[i], event, err);
    return 0;
}

void run_pool_count(const struct run_pool *pool, int counts[RUN_STAGE_COUNT])
{
    memset(counts, 0, RUN_STAGE_COUNT * sizeof *counts);
    for (int i = 0; i < pool->size; i++)
        if (pool->workers[i].job)
            counts[pool->workers[i].job->stage]++;
}

static void signal_all(struct run_pool *pool, int number)
{
    for (int i = 0; i < pool->size; i++)
        if (pool->workers[i].job)
            bi_process_signal(&pool->workers[i].process, number);
}

void run_pool_stop(struct run_pool *pool)
{
    double deadline = bi_process_clock() + STOP_SECONDS;
    bool killed = false;
    signal_all(pool, SIGTERM);
    while (pool->busy > 0) {
        double left = deadline - bi_process_clock();
        if (left <= 0 && !killed) {
            signal_all(pool, SIGKILL);
            killed = true;
        }
        struct run_event event;
        /* A second signal while this waits changes nothing. */
        if (run_pool_wait(pool, left > 0 ? left : 1, &event, NULL) != 0)
            break;
        if (event.kind == RUN_EVENT_ENDED)
            run_issue_job_discarded(event.job);
    }
}
