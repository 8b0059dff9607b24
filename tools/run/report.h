/* What `backissue run` tells: progress and failures on stderr, explanations and the summary on stdout, and
 * all of it in the log if one is kept. */
#ifndef RUN_REPORT_H
#define RUN_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/progress.h"
#include "page/articles.h"
#include "run/log.h"
#include "run/stage.h"

struct run_failure {
    char *text;
    bool before; /* in an earlier run, and not tried again */
};

/* Lines kept for the summary. */
struct run_lines {
    char **lines;
    size_t count, capacity;
};

/* What is told of. */
struct run_subject {
    const char *issue; /* "linjiang 2025-07-04" */
    int page, pages;   /* page 3 of 8; 0: the whole issue */
    const char *scan;  /* its file, escaped; NULL for an issue */
    const char *where; /* a stage's name, or "corrections" */
};

struct run_report {
    struct bi_arena arena;
    struct bi_progress progress;
    struct run_log log;
    bool quiet, explain;
    double started; /* bi_process_clock */
    int issues, issues_ended, issues_loaded, issues_current, issues_failed;
    int pages;      /* to be dealt with, by the names of files until an issue's folder was taken in */
    int pages_read; /* worked on in this run and well */
    int pages_current, pages_failed;
    int running[RUN_STAGE_COUNT];               /* processes */
    size_t articles, links, dangling, problems; /* of issues loaded in this run */
    struct run_failure *failures;
    size_t failure_count, failure_capacity;
    const char *inbox;      /* as the user calls it, NULL without one */
    struct run_lines left;  /* folders that may still be written */
    struct run_lines taken; /* issues that were loaded */
};

void run_report_init(struct run_report *report, bool quiet, bool explain);
void run_report_release(struct run_report *report);
/* Keeps a log from now on: see run_log_open. Where JSON goes to stderr, it takes the place of everything else
 * there. */
int run_report_log(struct run_report *report, const char *path, bool json, struct bi_error *err);

/* The run begins, what there is to look at is known. */
void run_report_begin(struct run_report *report, const char *archive);
/* A line of progress that --quiet leaves out. */
void run_report_line(struct run_report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A page or an issue failed. Kept for the summary; `before`: it did so in an earlier run. */
void run_report_failure(struct run_report *report, bool before, const struct run_subject *subject,
                        const char *message);
/* A folder of the inbox that is left for a later run. */
void run_report_left(struct run_report *report, const char *name, const char *why);
/* A step has ended: for the log. */
struct run_record;
void run_report_step(struct run_report *report, const struct run_subject *subject,
                     const struct run_record *record);
/* A page has been read, in so many seconds of its steps. */
void run_report_page(struct run_report *report, const struct run_subject *subject, double seconds);
/* An issue was loaded: told at once, and with an inbox again in the summary. */
void run_report_loaded(struct run_report *report, const char *issue, const struct bi_articles *articles);
/* A line of --explain on stdout, left out without it. */
void run_report_explain(struct run_report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Redraws the status line of a terminal; `resized`: its size has just changed. */
void run_report_status(struct run_report *report, bool resized);
/* The end: failures once more by name, and the figures. */
void run_report_summary(struct run_report *report);
/* The end for the log; `message` is why the run stopped, NULL if it went to its end. */
void run_report_end(struct run_report *report, int exit_code, const char *message);

/* "" for one, else "s". */
const char *run_report_plural(size_t count);
/* "0.4 s", "3 min 12 s", "2 h 5 min": from the arena. */
char *run_report_duration(struct bi_arena *arena, double seconds);

#endif
