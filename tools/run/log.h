/* The log of a run: a line for everything that happens, for people or as JSON for programs. */
#ifndef RUN_LOG_H
#define RUN_LOG_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "run/json.h"

struct run_log {
    FILE *stream; /* NULL: no log is kept */
    bool json;
    bool owned; /* a file, not stderr */
};

/* Opens a file to be appended to, or takes stderr if `path` is NULL and `json` true; without both there is no
 * log. BI_EXIT_MACHINE if the file cannot be written. */
int run_log_open(struct run_log *log, const char *path, bool json, struct bi_error *err);
void run_log_release(struct run_log *log);

/* A line: {"time": …, "event": event, fields …}, or time and text; an event without text is for JSON alone.
 * Takes `fields`, which may be NULL. A log that cannot be written any more, such as on a full disk, stops no
 * run. */
void run_log_write(struct run_log *log, const char *event, json_t *fields, const char *text);

#endif
