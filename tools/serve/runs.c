#include "serve/runs.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/process.h"
#include "base/program.h"
#include "base/text.h"

/* How long until the archive that another run holds is tried again. */
#define RETRY_SECONDS 5
#define STOP_SECONDS 10.0
enum { FIXED_ARGUMENTS = 10, WAKE_MILLISECONDS = 200 };

struct issue {
    char *scans, *work;
    struct serve_run_state state;
    bool again; /* asked for while it ran */
};

struct serve_runs {
    const struct serve_runs_options *options;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t asked;
    bool ends;
    struct issue **issues; /* in the order in which they were first asked for */
    size_t count, capacity;
    char *program;
};

static struct issue *find(const struct serve_runs *runs, const char *scans)
{
    for (size_t i = 0; i < runs->count; i++)
        if (strcmp(runs->issues[i]->scans, scans) == 0)
            return runs->issues[i];
    return NULL;
}

static struct issue *next(const struct serve_runs *runs)
{
    for (size_t i = 0; i < runs->count; i++)
        if (runs->issues[i]->state.phase == SERVE_RUN_QUEUED ||
            runs->issues[i]->state.phase == SERVE_RUN_WAITING)
            return runs->issues[i];
    return NULL;
}

static bool ends(struct serve_runs *runs)
{
    pthread_mutex_lock(&runs->mutex);
    bool ending = runs->ends;
    pthread_mutex_unlock(&runs->mutex);
    return ending;
}

/* The last lines that the run said, among them why it failed. */
static void read_message(int output, char *message, size_t size)
{
    off_t length = lseek(output, 0, SEEK_END);
    off_t from = length > (off_t)size - 1 ? length - (off_t)size + 1 : 0;
    ssize_t got = pread(output, message, size - 1, from);
    message[got > 0 ? got : 0] = '\0';
    char *whole = from > 0 ? strchr(message, '\n') : NULL;
    if (whole)
        memmove(message, whole + 1, strlen(whole));
}

static void wait_for(struct serve_runs *runs, struct bi_process *process, struct bi_process_end *end,
                     struct bi_error *err)
{
    struct pollfd ended = {.fd = process->descriptor, .events = POLLIN};
    while (poll(&ended, 1, WAKE_MILLISECONDS) <= 0 && !ends(runs))
        ;
    bool late;
    if (ends(runs))
        bi_process_signal(process, SIGTERM);
    if (bi_process_finish(process, bi_process_clock() - process->started + STOP_SECONDS, &late, end, err) < 0)
        end->exit_code = BI_EXIT_INTERNAL;
}

static void run(struct serve_runs *runs, const char *scans, const char *work, struct serve_run_state *state)
{
    const struct serve_runs_options *options = runs->options;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct bi_error err = {0};
    struct bi_process process;
    struct bi_process_end end = {0};
    char **arguments =
        bi_arena_array(&arena, (size_t)(FIXED_ARGUMENTS + options->extra_count), sizeof *arguments);
    int count = 0;
    const char *fixed[] = {"backissue",      "run",    "--quiet", "--archive",
                           options->archive, "--work", work,      NULL};
    for (const char **argument = fixed; *argument; argument++)
        arguments[count++] = bi_arena_strdup(&arena, *argument);
    if (options->corrections)
        arguments[count++] = bi_arena_printf(&arena, "--corrections=%s", options->corrections);
    for (int i = 0; i < options->extra_count; i++)
        arguments[count++] = options->extra[i];
    arguments[count] = bi_arena_strdup(&arena, scans);
    BI_CLEANUP(bi_descriptor_closep) int output = bi_scratch_file(&err);
    const struct bi_process_options how = {
        .program = runs->program, .arguments = arguments, .output = &output, .errors = &output};
    if (output < 0 || bi_process_start(&process, &how, &err) < 0) {
        state->phase = SERVE_RUN_FAILED;
        snprintf(state->message, sizeof state->message, "%s", err.text);
        return;
    }
    wait_for(runs, &process, &end, &err);
    read_message(output, state->message, sizeof state->message);
    /* Who else is at work on the archive is done some time; what the machine lacks otherwise stays lacking.
     */
    bool held = end.exit_code == BI_EXIT_MACHINE && strstr(state->message, "another run is at work");
    state->phase = end.exit_code == 0 ? SERVE_RUN_DONE : held ? SERVE_RUN_WAITING : SERVE_RUN_FAILED;
}

/* Under the lock, until there is something to do or it ends; a run that waits for another is not tried all
 * the time. */
static struct issue *wait_for_issue(struct serve_runs *runs)
{
    struct issue *issue;
    while (!runs->ends && !(issue = next(runs)))
        pthread_cond_wait(&runs->asked, &runs->mutex);
    if (!runs->ends && issue->state.phase == SERVE_RUN_WAITING) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += RETRY_SECONDS;
        while (!runs->ends && pthread_cond_timedwait(&runs->asked, &runs->mutex, &until) == 0)
            ;
    }
    return runs->ends ? NULL : issue;
}

static void *work(void *user)
{
    struct serve_runs *runs = user;
    struct issue *issue;
    pthread_mutex_lock(&runs->mutex);
    while ((issue = wait_for_issue(runs))) {
        struct serve_run_state state = {.phase = SERVE_RUN_RUNNING};
        issue->state = state;
        issue->again = false;
        pthread_mutex_unlock(&runs->mutex);
        run(runs, issue->scans, issue->work, &state);
        if (state.phase == SERVE_RUN_FAILED && !ends(runs))
            bi_program_warn("%s: a run over it failed: %.*s", issue->scans, (int)strcspn(state.message, "\n"),
                            state.message);
        pthread_mutex_lock(&runs->mutex);
        issue->state = state;
        if (issue->again && state.phase != SERVE_RUN_WAITING)
            issue->state.phase = SERVE_RUN_QUEUED;
    }
    pthread_mutex_unlock(&runs->mutex);
    return NULL;
}

int serve_runs_start(const struct serve_runs_options *options, struct serve_runs **started,
                     struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *program = realpath("/proc/self/exe", NULL);
    if (!program)
        return bi_error_errno(err, BI_EXIT_MACHINE, "the running program cannot be found");
    struct serve_runs *runs = bi_xcalloc(1, sizeof *runs);
    runs->options = options;
    pthread_mutex_init(&runs->mutex, NULL);
    pthread_cond_init(&runs->asked, NULL);
    runs->program = program;
    program = NULL;
    int failed = pthread_create(&runs->thread, NULL, work, runs);
    if (failed) {
        errno = failed;
        free(runs->program);
        free(runs);
        return bi_error_errno(err, BI_EXIT_MACHINE, "no thread for runs");
    }
    *started = runs;
    return 0;
}

void serve_runs_stop(struct serve_runs *runs)
{
    if (!runs)
        return;
    pthread_mutex_lock(&runs->mutex);
    runs->ends = true;
    pthread_cond_signal(&runs->asked);
    pthread_mutex_unlock(&runs->mutex);
    pthread_join(runs->thread, NULL);
    for (size_t i = 0; i < runs->count; i++) {
        free(runs->issues[i]->scans);
        free(runs->issues[i]->work);
        free(runs->issues[i]);
    }
    free(runs->issues);
    free(runs->program);
    pthread_cond_destroy(&runs->asked);
    pthread_mutex_destroy(&runs->mutex);
    free(runs);
}

static struct issue *add(struct serve_runs *runs, const struct edit_place *place)
{
    struct issue *issue = bi_xcalloc(1, sizeof *issue);
    issue->scans = bi_xstrdup(place->scans);
    issue->work = bi_xstrdup(place->work);
    if (runs->count == runs->capacity) {
        runs->capacity = 2 * runs->capacity + 8;
        runs->issues = bi_xrealloc(runs->issues, runs->capacity * sizeof *runs->issues);
    }
    return runs->issues[runs->count++] = issue;
}

static bool can_be_written(const char *archive, const struct edit_place *place)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    return access(archive, W_OK) == 0 && access(bi_path_dir(&arena, archive), W_OK) == 0 &&
           access(place->work, W_OK) == 0 && access(place->scans, R_OK) == 0;
}

void serve_runs_ask(struct serve_runs *runs, const struct edit_place *place)
{
    bool can = can_be_written(runs->options->archive, place);
    pthread_mutex_lock(&runs->mutex);
    struct issue *issue = find(runs, place->scans);
    if (!issue)
        issue = add(runs, place);
    if (!can)
        issue->state.phase = SERVE_RUN_KEPT;
    else if (issue->state.phase == SERVE_RUN_RUNNING)
        issue->again = true;
    else
        issue->state.phase = SERVE_RUN_QUEUED;
    pthread_cond_signal(&runs->asked);
    pthread_mutex_unlock(&runs->mutex);
}

void serve_runs_look(struct serve_runs *runs, const struct edit_place *place, struct serve_run_state *state)
{
    pthread_mutex_lock(&runs->mutex);
    const struct issue *issue = find(runs, place->scans);
    *state = issue ? issue->state : (struct serve_run_state){0};
    pthread_mutex_unlock(&runs->mutex);
}
