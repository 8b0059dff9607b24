/* The runs of a work folder: WORK/runs.jsonl, a line for each that did something, so that `backissue status`
 * can tell how the last nights went. Nothing depends on it. */
#ifndef RUN_PAST_H
#define RUN_PAST_H

#include "run/report.h"

#define RUN_PAST "runs.jsonl"
/* How a shell counts a process that a signal ended: the signal is added. */
#define RUN_SIGNAL_CODE 128

struct run_past {
    char *started; /* UTC, as records have it */
    double seconds;
    int pages_read, pages_failed, issues_loaded, issues_failed;
    int exit_code;
};

/* Adds a run that ends now with this exit code, unless it did nothing. What cannot be written is not. */
void run_past_add(const char *work, const struct run_report *report, int exit_code);
/* The last runs, at most `most`, oldest first, from the arena; returns how many. Lines that are none, such as
 * one that a full disk cut off, are passed over. */
size_t run_past_read(struct bi_arena *arena, const char *work, size_t most, struct run_past *runs);

#endif
