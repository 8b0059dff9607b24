#include "run/past.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/process.h"
#include "run/json.h"
#include "run/record.h"

/* Only so much of the end is read: some hundred runs. */
#define TAIL_BYTES 65536

static json_t *fields_of(struct bi_arena *arena, const struct run_report *report, double seconds,
                         int exit_code)
{
    struct timespec began;
    clock_gettime(CLOCK_REALTIME, &began);
    began.tv_sec -= (time_t)seconds;
    return json_pack("{s:s,s:f,s:i,s:i,s:i,s:i,s:i}", "started", run_record_time(arena, began), "seconds",
                     seconds, "pages_read", report->pages_read, "pages_failed", report->pages_failed,
                     "issues_loaded", report->issues_loaded, "issues_failed", report->issues_failed,
                     "exit_code", exit_code);
}

static bool has_new_failure(const struct run_report *report)
{
    for (size_t i = 0; i < report->failure_count; i++)
        if (!report->failures[i].before)
            return true;
    return false;
}

void run_past_add(const char *work, const struct run_report *report, int exit_code)
{
    if (report->pages_read == 0 && report->issues_loaded == 0 && !has_new_failure(report))
        return;
    struct bi_arena arena = {0};
    BI_CLEANUP(run_json_release)
    json_t *fields = fields_of(&arena, report, bi_process_clock() - report->started, exit_code);
    char *text = fields ? json_dumps(fields, JSON_COMPACT | RUN_JSON_REALS) : NULL;
    BI_CLEANUP(bi_descriptor_closep)
    int file = open(bi_path_join(&arena, work, RUN_PAST), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (text && file >= 0) {
        const off_t size = lseek(file, 0, SEEK_END);
        char last = '\n';
        const bool cut_off = size > 0 && pread(file, &last, 1, size - 1) == 1 && last != '\n';
        char *line = bi_arena_printf(&arena, "%s%s\n", cut_off ? "\n" : "", text);
        ssize_t written = write(file, line, strlen(line));
        (void)written;
    }
    free(text);
    bi_arena_release(&arena);
}

/* The end of the file, ended with NUL; the caller frees it. */
static char *read_tail(const char *path)
{
    BI_CLEANUP(bi_descriptor_closep) int file = open(path, O_RDONLY | O_CLOEXEC);
    char *tail = bi_xcalloc(TAIL_BYTES + 1, 1);
    off_t size = file >= 0 ? lseek(file, 0, SEEK_END) : 0;
    if (size > 0 && pread(file, tail, TAIL_BYTES, size > TAIL_BYTES ? size - TAIL_BYTES : 0) < 0)
        *tail = '\0';
    return tail;
}

static int parse_run(struct bi_arena *arena, const char *line, struct run_past *run)
{
    const char *started;
    BI_CLEANUP(run_json_release) json_t *fields = json_loads(line, 0, NULL);
    *run = (struct run_past){0};
    if (!fields || json_unpack(fields, "{s:s,s:F,s:i,s:i,s:i,s:i,s:i}", "started", &started, "seconds",
                               &run->seconds, "pages_read", &run->pages_read, "pages_failed",
                               &run->pages_failed, "issues_loaded", &run->issues_loaded, "issues_failed",
                               &run->issues_failed, "exit_code", &run->exit_code) != 0)
        return -1;
    run->started = bi_arena_strdup(arena, started);
    return 0;
}

size_t run_past_read(struct bi_arena *arena, const char *work, size_t most, struct run_past *runs)
{
    BI_CLEANUP(bi_freep) char *tail = read_tail(bi_path_join(arena, work, RUN_PAST));
    size_t count = 0;
    char *rest = tail;
    for (char *line; (line = strsep(&rest, "\n"));) {
        struct run_past run;
        if (parse_run(arena, line, &run) != 0)
            continue;
        if (count == most)
            memmove(runs, runs + 1, --count * sizeof *runs);
        runs[count++] = run;
    }
    return count;
}
