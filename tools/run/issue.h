/* An issue on its way through the stages: which of its steps may run now, and what became of those that ran.
 */
#ifndef RUN_ISSUE_H
#define RUN_ISSUE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "page/issue.h"
#include "run/context.h"
#include "run/find.h"
#include "run/hashes.h"
#include "run/settings.h"
#include "run/stage.h"

struct run_job;

struct run_page {
    const struct bi_frame *frame;
    char *folder;     /* in the work folder */
    char *correction; /* the page corrected by hand, NULL if there is none */
    char *drawn;      /* its layout corrected by hand, NULL if there is none */
    char *layout; /* … and the copy of that in the work folder, once it was taken; else NULL: segment's is
                     read */
    struct run_settings settings;
    char *text; /* PAGE-XML for stitch and load; NULL if the page has none */
    enum run_stage next;
    bool running, ended;
    bool wanted; /* not left out by --page */
    bool failed;
    bool remake; /* its image was dropped, and a step needs it */
    bool worked; /* a step of it ran (or would, in a dry run) */
    double seconds;
};

/* What happens next. */
enum run_phase { RUN_PHASE_INTAKE, RUN_PHASE_PAGES, RUN_PHASE_STITCH, RUN_PHASE_LOAD, RUN_PHASE_ENDED };

struct run_issue {
    struct bi_arena arena;
    const struct run_place *place;
    char *name;                   /* "linjiang 2025-07-04", for people */
    char *folder;                 /* in the work folder */
    char *corrections;            /* folder of pages corrected by hand, whether it is there or not */
    struct run_settings settings; /* of all its pages, where theirs do not say otherwise */
    struct run_hashes hashes;
    struct bi_issue model;
    struct run_page *pages;
    size_t page_count;
    enum run_phase phase;
    bool running; /* a step of the whole issue */
    bool failed, worked, loaded;
    bool left;      /* a step of it was left to others */
    char *stitched; /* when the articles at hand were made */
};

/* Prepares the work folder: makes it, removes what killed programs left. */
int run_issue_open(struct run_context *context, struct run_issue *issue, const struct run_place *place,
                   struct bi_error *err);
/* The next job that can run now, NULL if none can until one that runs has ended, or because the issue has
 * ended. Steps that are up to date are passed over. `may_load`: it is this issue's turn to be loaded. On
 * failure the whole run has to stop. */
int run_issue_next(struct run_context *context, struct run_issue *issue, bool may_load, struct run_job **job,
                   struct bi_error *err);
/* A job has ended well (message NULL) or failed with an exit code and a message. Keeps its record. */
struct bi_process_end;
int run_issue_job_ended(struct run_context *context, struct run_job *job, const char *started,
                        const struct bi_process_end *end, const char *message, struct bi_error *err);
/* A job was given up without an outcome: what it left is removed. */
void run_issue_job_discarded(struct run_job *job);
/* Keeps what was learnt about files, and frees everything. */
void run_issue_close(struct run_context *context, struct run_issue *issue);

#endif
