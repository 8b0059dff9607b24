/* What `backissue run` tells: progress and failures on stderr, explanations and the summary on stdout. */
#ifndef RUN_REPORT_H
#define RUN_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/progress.h"

struct run_failure {
    char *text;
    bool before; /* in an earlier run, and not tried again */
};

struct run_report {
    struct bi_arena arena;
    struct bi_progress progress;
    bool quiet, explain;
    double started; /* bi_process_clock */
    int issues, issues_ended, issues_loaded, issues_current, issues_failed;
    int pages;      /* to be dealt with, by the names of files until an issue's folder was taken in */
    int pages_read; /* worked on in this run and well */
    int pages_current, pages_failed;
    int running;                                /* processes */
    size_t articles, links, dangling, problems; /* of issues loaded in this run */
    struct run_failure *failures;
    size_t failure_count, failure_capacity;
    const char *inbox; /* as the user calls it, NULL without one */
    char **left;       /* lines on folders that may still be written */
    char **taken;      /* lines on issues that were loaded */
    size_t left_count, left_capacity, taken_count, taken_capacity;
};

void run_report_init(struct run_report *report, bool quiet, bool explain);
void run_report_release(struct run_report *report);

/* A line of progress that --quiet leaves out. */
void run_report_line(struct run_report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A page or an issue failed; the text names it. Kept for the summary; `before`: it did so in an earlier run.
 */
void run_report_failure(struct run_report *report, bool before, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A folder of the inbox that is left for a later run. */
void run_report_left(struct run_report *report, const char *name, const char *why);
/* What became of an issue that was loaded: told at once, and with an inbox again in the summary. */
void run_report_taken(struct run_report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A line of --explain on stdout, left out without it. */
void run_report_explain(struct run_report *report, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Redraws the status line of a terminal. */
void run_report_status(struct run_report *report);
/* The end: failures once more by name, and the figures. */
void run_report_summary(struct run_report *report);

/* "" for one, else "s". */
const char *run_report_plural(size_t count);
/* "0.4 s", "3 min 12 s", "2 h 5 min": from the arena. */
char *run_report_duration(struct bi_arena *arena, double seconds);

#endif
