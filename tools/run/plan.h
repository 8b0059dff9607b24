/* One step of one page or issue: how to call its program, what its output depends on, and whether it has to
 * run. */
#ifndef RUN_PLAN_H
#define RUN_PLAN_H

#include "base/text.h"
#include "run/issue.h"
#include "run/record.h"

enum run_decision {
    RUN_CURRENT, /* the output is there and was made from the same */
    RUN_NEEDED,
    RUN_FAILED_BEFORE, /* nothing changed since it failed */
};

/* A step, ready to be run. Everything comes from the issue's arena. */
struct run_job {
    struct run_issue *issue;
    struct run_page *page; /* NULL: the whole issue */
    enum run_stage stage;
    char **arguments; /* argv, ended with NULL */
    size_t argument_count, argument_capacity;
    struct run_parts parts;
    char fingerprint[BI_SHA256_HEX];
    char *parameters; /* the arguments that are not files, as one line */
    char *models;     /* "name:<sha256> …" */
    char *output;     /* NULL for load */
    char *log, *record;
    uint64_t memory_bytes;
    char *started; /* UTC, once it was; NULL before */
};

/* Fills in a job and decides on it; `reason` gets in words why, for RUN_FAILED_BEFORE what it failed with.
 * The inputs must be there. */
int run_plan(struct run_context *context, struct run_issue *issue, struct run_page *page,
             enum run_stage stage, struct run_job **job, enum run_decision *decision, struct bi_text *reason,
             struct bi_error *err);

#endif
