#include "base/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/cleanup.h"

/* A program that is told to end only has to remove its temporary files. */
#define STOP_SECONDS 5

static void awaited_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
    sigaddset(set, SIGWINCH); /* the terminal has another size */
}

int bi_pool_init(struct bi_pool *pool, int size, double timeout_seconds, struct bi_error *err)
{
    *pool = (struct bi_pool){.size = size, .timeout_seconds = timeout_seconds};
    sigset_t awaited;
    awaited_signals(&awaited);
    sigprocmask(SIG_BLOCK, &awaited, NULL);
    pool->signals = signalfd(-1, &awaited, SFD_CLOEXEC | SFD_NONBLOCK);
    if (pool->signals < 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "signals cannot be waited for");
    pool->workers = bi_xcalloc((size_t)size, sizeof *pool->workers);
    return 0;
}

void bi_pool_release(struct bi_pool *pool)
{
    sigset_t awaited;
    awaited_signals(&awaited);
    sigprocmask(SIG_UNBLOCK, &awaited, NULL);
    if (pool->signals >= 0)
        close(pool->signals);
    free(pool->workers);
    *pool = (struct bi_pool){.signals = -1};
}

int bi_pool_start(struct bi_pool *pool, void *job, const struct bi_process_options *options,
                  struct bi_error *err)
{
    struct bi_pool_worker *worker = pool->workers;
    while (worker->job)
        worker++;
    *worker = (struct bi_pool_worker){0};
    if (bi_process_start(&worker->process, options, err) != 0)
        return -1;
    worker->job = job;
    if (pool->timeout_seconds > 0)
        worker->deadline = worker->process.started + pool->timeout_seconds;
    pool->busy++;
    return 0;
}

/* Kills what is past its time; the end of the nearest deadline in *seconds if that is earlier. */
static void keep_time(struct bi_pool *pool, double *seconds)
{
    double now = bi_process_clock();
    for (int i = 0; i < pool->size; i++) {
        struct bi_pool_worker *worker = &pool->workers[i];
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

static int collect(struct bi_pool *pool, struct bi_pool_worker *worker, struct bi_pool_event *event,
                   struct bi_error *err)
{
    *event =
        (struct bi_pool_event){.kind = BI_POOL_ENDED, .job = worker->job, .timed_out = worker->timed_out};
    /* What it has started itself does not outlive it; before the wait, while its group's number cannot be
     * reused. */
    bi_process_signal(&worker->process, SIGKILL);
    if (bi_process_wait(&worker->process, &event->end, err) != 0)
        return -1;
    worker->job = NULL;
    pool->busy--;
    return 0;
}

int bi_pool_wait(struct bi_pool *pool, double seconds, struct bi_pool_event *event, struct bi_error *err)
{
    *event = (struct bi_pool_event){.kind = BI_POOL_NOTHING};
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
            *event = (struct bi_pool_event){
                .kind = got.ssi_signo == SIGWINCH ? BI_POOL_RESIZED : BI_POOL_SIGNAL,
                .signal = (int)got.ssi_signo,
            };
        return 0;
    }
    for (int i = 0; i < pool->size; i++)
        if (polled[i].revents)
            return collect(pool, &pool->workers[i], event, err);
    return 0;
}

static void signal_all(struct bi_pool *pool, int number)
{
    for (int i = 0; i < pool->size; i++)
        if (pool->workers[i].job)
            bi_process_signal(&pool->workers[i].process, number);
}

void bi_pool_stop(struct bi_pool *pool, void (*discarded)(void *job))
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
        struct bi_pool_event event;
        /* A second signal while this waits changes nothing. */
        if (bi_pool_wait(pool, left > 0 ? left : 1, &event, NULL) != 0)
            break;
        if (event.kind == BI_POOL_ENDED)
            discarded(event.job);
    }
}
