/* The options of `backissue run`. */
#ifndef RUN_OPTIONS_H
#define RUN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "run/range.h"
#include "run/share.h"
#include "run/stage.h"

struct run_options {
    char **scans;
    size_t scan_count;
    char *archive;                             /* absolute */
    char *work;                                /* absolute */
    char *corrections;                         /* absolute; NULL: "corrections" beside each root of scans */
    char *programs;                            /* folder of the stage programs, NULL: found */
    char *tessdata, *model, *profile, *tables; /* passed on to the stages; NULL: theirs */
    int jobs;
    double timeout_seconds;  /* of one step */
    int64_t memory_bytes;    /* of one step; 0: none, -1: by the size of the page */
    struct run_range *pages; /* NULL: all */
    size_t page_count;
    bool explain, dry_run, quiet, force, retry;
    bool no_disk_check;     /* begin even if the disk seems too small */
    char *log;              /* a file to append to, NULL: none */
    bool log_json;          /* JSON there, or without a file on stderr */
    char *inbox;            /* of the --inbox whose settled folders are the scans; NULL: none */
    double settled_seconds; /* how long nobody must have written to them */
    enum run_stage from;    /* the first stage that force means */
    char **sets;            /* changes of settings, as given */
    size_t set_count, set_capacity;
    bool trial;           /* up to the articles, to see what would become: nothing is kept of it */
    enum run_share share; /* of the work, where several processes do it */
    bool slurm;           /* submit the pages and what follows them to Slurm */
    char *sbatch;         /* options for every job, NULL for none */
    int slurm_pages;      /* a task */
    int slurm_limit;      /* tasks at a time, 0 for any number */
    int task_jobs;        /* steps at a time within a task */
    char *task_folder;    /* of the lists of tasks, for a task; else NULL */
};

/* Reads the command line; wrong usage prints a message and ends the process as argp does. Fills in the
 * defaults and makes paths absolute. */
int run_options_parse(struct bi_arena *arena, int argc, char **argv, struct run_options *options,
                      struct bi_error *err);
/* "3,5-7" into ranges. */
int run_options_pages(struct bi_arena *arena, const char *text, struct run_range **ranges, size_t *count,
                      struct bi_error *err);
/* True if a page is in the ranges; all are if that is NULL. */
bool run_options_wants(const struct run_range *ranges, size_t count, int page);

#endif
