#include "run/scheduler.h"

#include <signal.h>
#include <string.h>

#include "base/cleanup.h"
#include "run/outcome.h"

/* How often a terminal's status line moves on by itself. */
#define TICK_SECONDS 1

struct scheduler {
    struct run_context *context;
    const struct run_place *places;
    size_t place_count;
    struct run_issue **issues; /* one a place, NULL before it is opened and after it is closed */
    size_t first, opened;      /* issues before `first` have ended, those from `opened` on have not begun */
    struct bi_pool pool;
    struct bi_error *err;
};

static void close_issue(struct scheduler *scheduler, size_t index)
{
    struct run_issue *issue = scheduler->issues[index];
    run_issue_close(scheduler->context, issue);
    free(issue);
    scheduler->issues[index] = NULL;
}

static int open_issue(struct scheduler *scheduler)
{
    size_t index = scheduler->opened;
    struct run_issue *issue = bi_xcalloc(1, sizeof *issue);
    scheduler->issues[index] = issue;
    scheduler->opened++;
    return run_issue_open(scheduler->context, issue, &scheduler->places[index], scheduler->err);
}

/* The next job of the earliest issue that has one; *job is NULL if all wait for something or have ended. */
static int find_job(struct scheduler *scheduler, struct run_job **job)
{
    *job = NULL;
    for (size_t i = scheduler->first; !*job && i < scheduler->place_count; i++) {
        if (i == scheduler->opened && open_issue(scheduler) != 0)
            return -1;
        struct run_issue *issue = scheduler->issues[i];
        if (!issue)
            continue;
        if (run_issue_next(scheduler->context, issue, i == scheduler->first, job, scheduler->err) != 0)
            return -1;
        if (issue->phase == RUN_PHASE_ENDED) {
            close_issue(scheduler, i);
            scheduler->context->report.issues_ended++;
        }
        while (scheduler->first < scheduler->opened && !scheduler->issues[scheduler->first])
            scheduler->first++;
        run_report_status(&scheduler->context->report, false);
    }
    return 0;
}

static int start(struct scheduler *scheduler, struct run_job *job)
{
    static const char *const environment[] = {"OMP_THREAD_LIMIT=1", NULL};
    job->started = run_record_now(&job->issue->arena);
    struct bi_process_options options = {
        .program = job->arguments[0],
        .arguments = job->arguments,
        .environment = environment,
        .log = job->log,
        .memory_bytes = job->memory_bytes,
    };
    return bi_pool_start(&scheduler->pool, job, &options, scheduler->err);
}

/* How many jobs of each stage are at work. */
static void count_running(const struct bi_pool *pool, int counts[RUN_STAGE_COUNT])
{
    memset(counts, 0, RUN_STAGE_COUNT * sizeof *counts);
    for (int i = 0; i < pool->size; i++) {
        const struct run_job *job = pool->workers[i].job;
        if (job)
            counts[job->stage]++;
    }
}

static void discard(void *job)
{
    run_issue_job_discarded(job);
}

static int fill_pool(struct scheduler *scheduler)
{
    while (scheduler->pool.busy < scheduler->pool.size) {
        struct run_job *job;
        size_t first = scheduler->first;
        if (find_job(scheduler, &job) != 0)
            return -1;
        if (job && start(scheduler, job) != 0)
            return -1;
        /* An issue that ended may have made it another's turn to be loaded. */
        if (!job && scheduler->first == first)
            return 0;
    }
    return 0;
}

static int stop(struct scheduler *scheduler, int signal, int *stop_signal)
{
    *stop_signal = signal;
    return bi_error_set(
        scheduler->err, BI_EXIT_INTERNAL,
        "stopped by signal %d (%s); what was finished is kept, and the next run goes on from there", signal,
        strsignal(signal));
}

/* Slurm ends a task by SIGTERM to all its processes, and a step may be seen to end before our own comes. That
 * is no failure of its page. */
static bool is_cancelled(const struct scheduler *scheduler, const struct bi_pool_event *event)
{
    return scheduler->context->options.task_folder && !event->timed_out && event->end.signal == SIGTERM;
}

static int take_event(struct scheduler *scheduler, const struct bi_pool_event *event, int *stop_signal)
{
    struct run_job *job = event->job;
    if (event->kind == BI_POOL_SIGNAL)
        return stop(scheduler, event->signal, stop_signal);
    if (event->kind == BI_POOL_ENDED && is_cancelled(scheduler, event)) {
        run_issue_job_discarded(job);
        return stop(scheduler, event->end.signal, stop_signal);
    }
    if (event->kind == BI_POOL_NOTHING || event->kind == BI_POOL_RESIZED)
        return 0;
    struct bi_text message = {0};
    int result = run_outcome(job, event, scheduler->pool.timeout_seconds, &message, scheduler->err);
    if (result == 0)
        result = run_issue_job_ended(scheduler->context, job, job->started, &event->end,
                                     message.length ? message.data : NULL, scheduler->err);
    if (result != 0)
        run_issue_job_discarded(job);
    bi_text_release(&message);
    return result;
}

static int work(struct scheduler *scheduler, int *stop_signal)
{
    for (;;) {
        if (fill_pool(scheduler) != 0)
            return -1;
        count_running(&scheduler->pool, scheduler->context->report.running);
        if (scheduler->pool.busy == 0)
            return 0;
        struct bi_pool_event event;
        if (bi_pool_wait(&scheduler->pool, TICK_SECONDS, &event, scheduler->err) != 0 ||
            take_event(scheduler, &event, stop_signal) != 0)
            return -1;
        run_report_status(&scheduler->context->report, event.kind == BI_POOL_RESIZED);
    }
}

int run_schedule(struct run_context *context, const struct run_place *places, size_t count, int *signal,
                 struct bi_error *err)
{
    struct scheduler scheduler = {.context = context, .places = places, .place_count = count, .err = err};
    *signal = 0;
    if (bi_pool_init(&scheduler.pool, context->options.jobs, context->options.timeout_seconds, err) != 0) {
        bi_pool_release(&scheduler.pool);
        return -1;
    }
    scheduler.issues = bi_xcalloc(count, sizeof(struct run_issue *));
    int result = work(&scheduler, signal);
    bi_pool_stop(&scheduler.pool, discard);
    bi_pool_release(&scheduler.pool);
    for (size_t i = scheduler.first; i < scheduler.opened; i++)
        if (scheduler.issues[i])
            close_issue(&scheduler, i);
    free(scheduler.issues);
    return result;
}
