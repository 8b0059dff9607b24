/* Slurm: handing the work of a run to its jobs, and asking how they are. Jobs are told from others by their
 * names, which end with the share and begin with what the work folder's path makes: so there is no list of
 * jobs that could be lost or out of date. */
#ifndef RUN_SLURM_H
#define RUN_SLURM_H

#include "run/context.h"

/* Where lists, logs and the script of the jobs are, below the work folder. */
#define RUN_SLURM_FOLDER ".slurm"

/* Jobs of one share in Slurm's queue. */
struct run_slurm_share {
    size_t running, waiting;
    char jobs[256]; /* their numbers, with spaces between, as many as there is room for */
};

struct run_slurm_queue {
    struct run_slurm_share pages, stitch, load;
};

/* What is left of an earlier run of this work folder in the queue; all 0, without asking, if none was ever
 * submitted. BI_EXIT_MACHINE if Slurm cannot be asked. */
int run_slurm_look(const char *work, struct run_slurm_queue *queue, struct bi_error *err);
/* Why a run cannot begin: BI_EXIT_MACHINE, naming the jobs, if some are in the queue. */
int run_slurm_check(const char *work, struct bi_error *err);

/* Submits what the context's plan left: an array of tasks for pages, one for issues to be stitched after all
 * of those have ended, well or not, and a job that loads them after those. Prints a line on each. On failure
 * jobs that were submitted are cancelled. */
int run_slurm_submit(struct run_context *context, struct bi_error *err);

/* The places of this task, by SLURM_ARRAY_TASK_ID. */
int run_slurm_task(struct run_context *context, struct run_place **places, size_t *count,
                   struct bi_error *err);

#endif
