/* Names of Slurm jobs. */
#ifndef RUN_JOB_NAME_H
#define RUN_JOB_NAME_H

#include "base/arena.h"
#include "run/share.h"

/* "backissue-4f9a12c0-pages", from the absolute path of the work folder. */
char *run_job_name(struct bi_arena *arena, const char *work, enum run_share share);

#endif
