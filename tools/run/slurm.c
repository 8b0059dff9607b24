#include "run/slurm.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/process.h"
#include "run/job_name.h"
#include "run/tasks.h"

/* Issues a task of the stitching array takes: each is a second or less. */
#define STITCH_CHUNK 50
/* Loading is one job, since SQLite has one writer. */
#define LOAD_CHUNK ((size_t)1 << 40)
#define ANSWER_SECONDS 120
#define MAX_ANSWER_BYTES ((size_t)1 << 20)
#define SCRIPT "#!/bin/sh\nexec \"$@\"\n"

struct submission {
    struct run_context *context;
    struct bi_arena *arena;
    const char *folder; /* of lists and logs */
    char *script, *program;
    size_t max_tasks;
    char *after;   /* the job that the next one waits for, NULL for none */
    char *jobs[3]; /* submitted so far */
    size_t job_count;
    struct bi_error *err;
};

/* Lists and logs of the run before, none of whose jobs is in the queue any more. */
static int empty_folder(const char *folder, struct bi_error *err)
{
    if (bi_path_make(folder, err) != 0)
        return -1;
    BI_CLEANUP(bi_dir_closep) DIR *dir = opendir(folder);
    if (!dir)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be read", folder);
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_type != DT_DIR)
            unlinkat(dirfd(dir), entry->d_name, 0);
    return 0;
}

/* How many tasks an array may have. */
static int ask_array_size(struct submission *submission)
{
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    char *arguments[] = {"/usr/bin/env", "scontrol", "show", "config", NULL};
    static const char key[] = "MaxArraySize";
    if (bi_process_capture(arguments, MAX_ANSWER_BYTES, ANSWER_SECONDS, &text, submission->err) != 0)
        return bi_error_set(submission->err, BI_EXIT_MACHINE,
                            "--slurm: Slurm does not answer (scontrol show config)");
    const char *line = strstr(bi_text_get(&text), key);
    const char *number = line ? strpbrk(line, "0123456789\n") : NULL;
    long size = number ? strtol(number, NULL, 10) : 0;
    if (size < 2)
        return bi_error_set(submission->err, BI_EXIT_MACHINE,
                            "--slurm: Slurm is configured without job arrays (MaxArraySize)");
    submission->max_tasks = (size_t)size - 1; /* the highest number is one below it */
    return 0;
}

struct words {
    char **words;
    size_t count, capacity;
};

static void add(struct submission *submission, struct words *words, const char *word)
{
    words->words =
        bi_arena_grow(submission->arena, words->words, words->count, &words->capacity, sizeof *words->words);
    words->words[words->count++] = word ? bi_arena_strdup(submission->arena, word) : NULL;
}

static void add_option(struct submission *submission, struct words *words, const char *option,
                       const char *value)
{
    if (!value)
        return;
    add(submission, words, option);
    add(submission, words, value);
}

/* Those of sbatch that the user gave, taken apart at white space. */
static void add_users_options(struct submission *submission, struct words *words)
{
    const char *s = submission->context->options.sbatch;
    while (s && *s) {
        size_t length = strcspn(s, " \t\n");
        if (length > 0)
            add(submission, words, bi_arena_strndup(submission->arena, s, length));
        s += length;
        s += strspn(s, " \t\n");
    }
}

/* sbatch replaces % and a letter in names of logs. */
static char *escape_percent(struct bi_arena *arena, const char *path)
{
    struct bi_text text = {0};
    for (; *path; path++) {
        bi_text_add_bytes(&text, path, 1);
        if (*path == '%')
            bi_text_add(&text, "%");
    }
    char *escaped = bi_arena_strdup(arena, bi_text_get(&text));
    bi_text_release(&text);
    return escaped;
}

/* The command that a task runs. */
static void add_command(struct submission *submission, struct words *words, enum run_share share)
{
    const struct run_options *options = &submission->context->options;
    struct bi_arena *arena = submission->arena;
    add(submission, words, submission->script);
    add(submission, words, submission->program);
    add(submission, words, "run");
    add_option(submission, words, "--archive", options->archive);
    add_option(submission, words, "--work", options->work);
    add_option(submission, words, "--corrections", options->corrections);
    add_option(submission, words, "--programs", options->programs);
    add_option(submission, words, "--tessdata", options->tessdata);
    add_option(submission, words, "--model", options->model);
    add_option(submission, words, "--profile", options->profile);
    add_option(submission, words, "--tables", options->tables);
    add_option(submission, words, "--timeout", bi_arena_printf(arena, "%.17g", options->timeout_seconds));
    if (options->memory_bytes >= 0)
        add_option(submission, words, "--memory",
                   bi_arena_printf(arena, "%lld", (long long)(options->memory_bytes >> 20)));
    add_option(submission, words, "--jobs", bi_arena_printf(arena, "%d", options->task_jobs));
    if (options->force)
        add(submission, words, "--force");
    if (options->retry)
        add(submission, words, "--retry");
    if (options->explain)
        add(submission, words, "--explain");
    if (options->quiet)
        add(submission, words, "--quiet");
    add_option(submission, words, "--task",
               bi_arena_printf(arena, "%s:%s", run_share_name(share), submission->folder));
    add(submission, words, NULL);
}

/* Runs sbatch; *job gets the number of the job. What it says goes to a log, so that an error can be told. */
static int call_sbatch(struct submission *submission, struct words *words, char **job)
{
    struct bi_arena *arena = submission->arena;
    struct bi_error *err = submission->err;
    BI_CLEANUP(bi_freep) char *said = NULL;
    size_t size;
    struct bi_process process;
    struct bi_process_end end;
    struct bi_process_options options = {
        .program = words->words[0],
        .arguments = words->words,
        .log = bi_path_join(arena, submission->folder, "sbatch.log"),
    };
    if (bi_process_start(&process, &options, err) != 0 || bi_process_wait(&process, &end, err) != 0 ||
        bi_file_read(options.log, MAX_ANSWER_BYTES, true, &said, &size, err) != 0)
        return -1;
    *job = NULL;
    for (char *rest = said, *line; end.exit_code == 0 && (line = strsep(&rest, "\n"));)
        if (isdigit((unsigned char)*line))
            *job = bi_arena_strndup(arena, line, strspn(line, "0123456789"));
    if (*job)
        return 0;
    for (size_t i = 0; i < size; i++)
        if (said[i] == '\n' || said[i] == '\0')
            said[i] = i + 1 < size ? ' ' : '\0';
    return bi_error_set(err, BI_EXIT_MACHINE, "--slurm: sbatch failed: %s",
                        *said ? said : "it is not installed, or said nothing");
}

/* A job of so many tasks after the last one that was submitted. */
static int submit(struct submission *submission, enum run_share share, size_t tasks)
{
    struct bi_arena *arena = submission->arena;
    const struct run_options *options = &submission->context->options;
    struct words words = {0};
    char limit[24] = "";
    if (options->slurm_limit > 0)
        snprintf(limit, sizeof limit, "%%%d", options->slurm_limit);
    add(submission, &words, "/usr/bin/env");
    add(submission, &words, "sbatch");
    add(submission, &words, "--parsable");
    if (share == RUN_SHARE_PAGES && options->task_jobs > 1)
        add(submission, &words, bi_arena_printf(arena, "--cpus-per-task=%d", options->task_jobs));
    add_users_options(submission, &words);
    add(submission, &words,
        bi_arena_printf(arena, "--job-name=%s", run_job_name(arena, options->work, share)));
    add(submission, &words, bi_arena_printf(arena, "--array=0-%zu%s", tasks - 1, limit));
    add(submission, &words,
        bi_arena_printf(arena, "--output=%s/%s.%%a.log", escape_percent(arena, submission->folder),
                        run_share_name(share)));
    if (submission->after)
        add(submission, &words, bi_arena_printf(arena, "--dependency=afterany:%s", submission->after));
    add_command(submission, &words, share);
    if (call_sbatch(submission, &words, &submission->after) != 0)
        return -1;
    submission->jobs[submission->job_count++] = submission->after;
    return 0;
}

static int submit_share(struct submission *submission, enum run_share share, size_t chunk, const char *what)
{
    struct run_report *report = &submission->context->report;
    size_t tasks;
    if (run_tasks_write(submission->folder, share, &submission->context->left, chunk, submission->max_tasks,
                        &tasks, submission->err) != 0)
        return -1;
    if (tasks == 0)
        return 0;
    if (submit(submission, share, tasks) != 0)
        return -1;
    run_report_line(report, "Slurm job %s: %s, in %zu task%s", submission->after, what, tasks,
                    run_report_plural(tasks));
    return 0;
}

static int submit_all(struct submission *submission)
{
    const struct run_options *options = &submission->context->options;
    if (ask_array_size(submission) != 0 ||
        bi_file_write(submission->script, SCRIPT, strlen(SCRIPT), submission->err) != 0)
        return -1;
    run_left_sort(&submission->context->left);
    if (submit_share(submission, RUN_SHARE_PAGES, (size_t)options->slurm_pages, "reads pages") != 0 ||
        submit_share(submission, RUN_SHARE_STITCH, STITCH_CHUNK, "puts articles together") != 0)
        return -1;
    return submit_share(submission, RUN_SHARE_LOAD, LOAD_CHUNK, "loads the issues into the archive");
}

static void cancel(struct submission *submission)
{
    for (size_t i = 0; i < submission->job_count; i++) {
        struct bi_text said = {0};
        char *arguments[] = {"/usr/bin/env", "scancel", submission->jobs[i], NULL};
        bi_process_capture(arguments, MAX_ANSWER_BYTES, ANSWER_SECONDS, &said, NULL);
        bi_text_release(&said);
    }
}

int run_slurm_submit(struct run_context *context, struct bi_error *err)
{
    struct bi_arena *arena = &context->arena;
    char *folder = bi_path_join(arena, context->options.work, RUN_SLURM_FOLDER);
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "/proc/self/exe: cannot be read");
    program[length] = '\0';
    struct submission submission = {
        .context = context,
        .arena = arena,
        .folder = folder,
        .script = bi_path_join(arena, folder, "task.sh"),
        .program = program,
        .err = err,
    };
    if (empty_folder(folder, err) != 0)
        return -1;
    int result = submit_all(&submission);
    if (result != 0)
        cancel(&submission);
    return result;
}

int run_slurm_task(struct run_context *context, struct run_place **places, size_t *count,
                   struct bi_error *err)
{
    const char *number = getenv("SLURM_ARRAY_TASK_ID");
    char *end;
    long task = number ? strtol(number, &end, 10) : -1;
    if (task < 0 || *end)
        return bi_error_set(err, BI_EXIT_USAGE,
                            "--task: is for jobs of Slurm, which set SLURM_ARRAY_TASK_ID");
    return run_tasks_read(&context->arena, context->options.task_folder, context->options.share, task, places,
                          count, err);
}
