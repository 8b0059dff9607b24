/* What the end of a step means: well, failed for this page or issue, or the whole run has to stop. */
#ifndef RUN_OUTCOME_H
#define RUN_OUTCOME_H

#include "base/pool.h"
#include "base/text.h"
#include "run/plan.h"

/* 0 with an empty message: it ended well. 0 with a message: it failed, and others may go on. -1: no other
 * will fare better, because the machine lacks something (BI_EXIT_MACHINE), the disk is full
 * (BI_EXIT_INTERNAL) or the programs do not understand each other (BI_EXIT_USAGE). */
int run_outcome(const struct run_job *job, const struct bi_pool_event *event, double timeout_seconds,
                struct bi_text *message, struct bi_error *err);

/* Appends the last line with something on it of a log, without the name of the program before it. */
void run_outcome_last_line(const char *log, const char *program, struct bi_text *out);

#endif
