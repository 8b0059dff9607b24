/* The runs that put corrections into the archive: `backissue run` over an issue's scans, in the background,
 * one at a time. Safe from all threads. */
#ifndef SERVE_RUNS_H
#define SERVE_RUNS_H

#include <stdbool.h>

#include "base/error.h"
#include "edit/place.h"

enum serve_run_phase {
    SERVE_RUN_NONE,    /* nobody asked for one */
    SERVE_RUN_QUEUED,  /* its turn has not come */
    SERVE_RUN_WAITING, /* another run holds the archive: it is tried again */
    SERVE_RUN_RUNNING,
    SERVE_RUN_DONE,
    SERVE_RUN_FAILED,
    SERVE_RUN_KEPT, /* the archive cannot be written from here: the next run by somebody else will do it */
};

struct serve_run_state {
    enum serve_run_phase phase;
    char message[1024]; /* what the run said last, if it failed */
};

struct serve_runs;

struct serve_runs_options {
    const char *archive;     /* as given */
    const char *corrections; /* the root of all corrections; NULL: beside the scans' root */
    char *const *extra;      /* further options of each run */
    int extra_count;
};

/* Starts the thread that does them; `options` are borrowed. */
int serve_runs_start(const struct serve_runs_options *options, struct serve_runs **runs,
                     struct bi_error *err);
/* Ends the one at work, forgets the others. */
void serve_runs_stop(struct serve_runs *runs);

/* Asks for an issue's run: after the one at work, if that has begun. */
void serve_runs_ask(struct serve_runs *runs, const struct edit_place *place);
void serve_runs_look(struct serve_runs *runs, const struct edit_place *place, struct serve_run_state *state);

#endif
