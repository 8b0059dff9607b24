#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

extern char **environ;

/* What the child does between fork and exec: only calls that are safe there. */
struct launch {
    const char *program;
    char *const *arguments;
    char **environment;
    const char *log;
    int output, errors; /* stdout and stderr if no log is wanted, -1 for none */
    uint64_t memory_bytes, file_bytes;
    pid_t parent;
    int report; /* write end of a pipe that a successful exec closes */
};

/* Which call of the child failed, sent through the pipe. */
enum failed { FAILED_LOG = 1, FAILED_LIMIT, FAILED_EXEC };

struct failure {
    enum failed what;
    int number;
};

static void give_up(int report, enum failed what)
{
    struct failure failure = {.what = what, .number = errno};
    ssize_t ignored = write(report, &failure, sizeof failure);
    (void)ignored;
    _exit(127);
}

/* Never more than what the parent has itself. */
static int set_limit(__rlimit_resource_t resource, uint64_t bytes)
{
    struct rlimit limit = {.rlim_cur = bytes, .rlim_max = bytes}, had;
    if (getrlimit(resource, &had) == 0 && had.rlim_max != RLIM_INFINITY && had.rlim_max < limit.rlim_max)
        limit = (struct rlimit){.rlim_cur = had.rlim_max, .rlim_max = had.rlim_max};
    return setrlimit(resource, &limit);
}

static void be_child(const struct launch *launch)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != launch->parent)
        _exit(127); /* the parent died before the call above */
    /* The parent's handlers would remove the parent's temporary files. */
    static const int handled[] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGPIPE};
    for (size_t i = 0; i < sizeof handled / sizeof *handled; i++)
        signal(handled[i], SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);

    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    int log = nothing;
    if (launch->log)
        log = open(launch->log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (nothing < 0 || log < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(launch->output >= 0 ? launch->output : log, STDOUT_FILENO) < 0 ||
        dup2(launch->errors >= 0 ? launch->errors : log, STDERR_FILENO) < 0)
        give_up(launch->report, FAILED_LOG);
    if ((launch->memory_bytes && set_limit(RLIMIT_DATA, launch->memory_bytes) != 0) ||
        (launch->file_bytes && set_limit(RLIMIT_FSIZE, launch->file_bytes) != 0))
        give_up(launch->report, FAILED_LIMIT);
    execve(launch->program, launch->arguments, launch->environment);
    give_up(launch->report, FAILED_EXEC);
}

/* True if `entry` is "NAME=…" of one of the additions. */
static int is_replaced(const char *entry, const char *const *additions)
{
    for (; additions && *additions; additions++) {
        size_t name = strcspn(*additions, "=") + 1;
        if (strncmp(entry, *additions, name) == 0)
            return 1;
    }
    return 0;
}

/* The environment with additions in place of entries of the same name; free() it, the strings are borrowed.
 */
static char **environment_with(const char *const *additions)
{
    size_t count = 0;
    for (char **e = environ; e && *e; e++)
        count++;
    for (const char *const *a = additions; a && *a; a++)
        count++;
    char **environment = bi_xcalloc(count + 1, sizeof *environment);
    char **end = environment;
    for (char **e = environ; e && *e; e++)
        if (!is_replaced(*e, additions))
            *end++ = *e;
    for (const char *const *a = additions; a && *a; a++)
        *end++ = (char *)(uintptr_t)*a; /* execve takes them as not const, and does not change them */
    return environment;
}

static int launch(struct bi_process *process, struct launch *launch, const char *const *additions,
                  struct bi_error *err)
{
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be started", launch->program);
    launch->report = report[1];
    launch->parent = getpid();
    launch->environment = environment_with(additions);
    pid_t pid = fork();
    if (pid == 0)
        be_child(launch);
    int fork_errno = errno;
    free(launch->environment);
    close(report[1]);
    if (pid < 0) {
        close(report[0]);
        errno = fork_errno;
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be started", launch->program);
    }
    setpgid(pid, pid); /* here too, so that the group exists whoever comes first */

    struct failure failure = {0};
    ssize_t got;
    do
        got = read(report[0], &failure, sizeof failure);
    while (got < 0 && errno == EINTR);
    close(report[0]);
    int descriptor = got == 0 ? pidfd_open(pid, 0) : -1;
    if (descriptor >= 0) {
        *process = (struct bi_process){.pid = pid, .descriptor = descriptor, .started = bi_process_clock()};
        return 0;
    }
    if (got == 0) {
        failure.number = errno;
        kill(-pid, SIGKILL);
    }
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
    errno = failure.number;
    if (failure.what == FAILED_LOG)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written",
                              launch->log ? launch->log : "/dev/null");
    if (failure.what == FAILED_EXEC)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be executed", launch->program);
    return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be started", launch->program);
}

int bi_process_start(struct bi_process *process, const struct bi_process_options *options,
                     struct bi_error *err)
{
    struct launch plan = {
        .program = options->program,
        .arguments = options->arguments,
        .log = options->log,
        .output = options->output ? *options->output : -1,
        .errors = options->errors ? *options->errors : -1,
        .memory_bytes = options->memory_bytes,
        .file_bytes = options->file_bytes,
    };
    return launch(process, &plan, options->environment, err);
}

static double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int bi_process_wait(struct bi_process *process, struct bi_process_end *end, struct bi_error *err)
{
    int status;
    struct rusage usage;
    pid_t pid;
    do
        pid = wait4(process->pid, &status, 0, &usage);
    while (pid < 0 && errno == EINTR);
    if (pid < 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "process %d: cannot be waited for", (int)process->pid);
    close(process->descriptor);
    process->descriptor = -1;
    int killed_by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    *end = (struct bi_process_end){
        .exit_code = killed_by ? 128 + killed_by : WEXITSTATUS(status),
        .signal = killed_by,
        .seconds = bi_process_clock() - process->started,
        .cpu_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
        .peak_memory_bytes = (uint64_t)usage.ru_maxrss * 1024,
    };
    return 0;
}

int bi_process_finish(struct bi_process *process, double timeout_seconds, bool *late,
                      struct bi_process_end *end, struct bi_error *err)
{
    struct pollfd ended = {.fd = process->descriptor, .events = POLLIN};
    double deadline = process->started + timeout_seconds;
    int ready;
    do {
        double left = deadline - bi_process_clock();
        ready = poll(&ended, 1, left > 0 ? (int)(left * 1000) + 1 : 0);
    } while (ready < 0 && errno == EINTR);
    *late = ready <= 0;
    if (*late)
        bi_process_signal(process, SIGKILL);
    return bi_process_wait(process, end, err);
}

void bi_process_signal(const struct bi_process *process, int signal)
{
    kill(-process->pid, signal);
}

/* Reads until the end of the stream or the deadline; 0 at the end, -1 at the deadline. */
static int read_until(int descriptor, double deadline, size_t max_bytes, struct bi_text *out)
{
    size_t room = max_bytes;
    for (;;) {
        double left = deadline - bi_process_clock();
        struct pollfd poll_for = {.fd = descriptor, .events = POLLIN};
        int ready = poll(&poll_for, 1, left > 0 ? (int)(left * 1000) + 1 : 0);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return -1;
        char buffer[4096];
        ssize_t got = read(descriptor, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return 0;
        size_t taken = (size_t)got < room ? (size_t)got : room;
        bi_text_add_bytes(out, buffer, taken);
        room -= taken;
    }
}

int bi_process_capture(char *const *arguments, size_t max_bytes, double timeout_seconds, struct bi_text *out,
                       struct bi_error *err)
{
    int output[2];
    if (pipe2(output, O_CLOEXEC) != 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be started", arguments[0]);
    struct launch plan = {.program = arguments[0], .arguments = arguments, .output = output[1], .errors = -1};
    struct bi_process process;
    int started = launch(&process, &plan, NULL, err);
    close(output[1]);
    if (started != 0) {
        close(output[0]);
        return -1;
    }
    int in_time = read_until(output[0], bi_process_clock() + timeout_seconds, max_bytes, out);
    close(output[0]);
    if (in_time != 0)
        bi_process_signal(&process, SIGKILL);
    struct bi_process_end end;
    if (bi_process_wait(&process, &end, err) != 0)
        return -1;
    if (in_time != 0)
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: did not answer within %.0f seconds", arguments[0],
                            timeout_seconds);
    if (end.exit_code != 0)
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: failed with exit code %d", arguments[0],
                            end.exit_code);
    return 0;
}

int bi_process_find(struct bi_arena *arena, const char *name, const char *package, char **path,
                    struct bi_error *err)
{
    const char *list = getenv("PATH");
    for (list = list ? list : "/usr/bin:/bin"; *list;) {
        size_t length = strcspn(list, ":");
        char *candidate = bi_arena_printf(arena, "%.*s/%s", (int)length, list, name);
        if (length > 0 && access(candidate, X_OK) == 0) {
            *path = candidate;
            return 0;
        }
        list += length + (list[length] == ':');
    }
    return bi_error_set(err, BI_EXIT_MACHINE, "%s: is not installed; the package %s has it", name, package);
}

double bi_process_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int bi_process_cores(void)
{
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof cores, &cores) == 0 && CPU_COUNT(&cores) > 0)
        return CPU_COUNT(&cores);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (int)online : 1;
}
