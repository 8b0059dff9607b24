/* Asking Slurm how the jobs of a work folder are. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/process.h"
#include "run/job_name.h"
#include "run/slurm.h"

/* The controller answers from memory; a failing one is waited for by squeue itself for some time. */
#define ANSWER_SECONDS 120
#define MAX_QUEUE_BYTES ((size_t)64 << 20)

static void count_job(struct run_slurm_share *share, const char *number, const char *state)
{
    /* A task that is ending still writes. */
    bool waiting = strcmp(state, "PENDING") == 0 || strncmp(state, "REQUEUE", 7) == 0 ||
                   strcmp(state, "SPECIAL_EXIT") == 0;
    *(waiting ? &share->waiting : &share->running) += 1;
    size_t used = strlen(share->jobs);
    char known[sizeof share->jobs + 2], wanted[40];
    snprintf(known, sizeof known, " %s ", share->jobs);
    snprintf(wanted, sizeof wanted, " %s ", number);
    if (!strstr(known, wanted) && used + strlen(number) + 2 < sizeof share->jobs)
        snprintf(share->jobs + used, sizeof share->jobs - used, "%s%s", used ? " " : "", number);
}

/* Lines of squeue: number of the job or array, state, name. */
static void count_jobs(char *text, struct run_slurm_queue *queue)
{
    char *rest = text;
    for (char *line; (line = strsep(&rest, "\n"));) {
        char number[24], state[32], name[128];
        if (sscanf(line, "%23s %31s %127s", number, state, name) != 3)
            continue;
        const char *share = strrchr(name, '-');
        if (share && strcmp(share + 1, run_share_name(RUN_SHARE_PAGES)) == 0)
            count_job(&queue->pages, number, state);
        else if (share && strcmp(share + 1, run_share_name(RUN_SHARE_STITCH)) == 0)
            count_job(&queue->stitch, number, state);
        else if (share && strcmp(share + 1, run_share_name(RUN_SHARE_LOAD)) == 0)
            count_job(&queue->load, number, state);
    }
}

int run_slurm_look(const char *work, struct run_slurm_queue *queue, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    *queue = (struct run_slurm_queue){0};
    if (access(bi_path_join(&arena, work, RUN_SLURM_FOLDER), F_OK) != 0)
        return 0;
    char *names = bi_arena_printf(&arena, "--name=%s,%s,%s", run_job_name(&arena, work, RUN_SHARE_PAGES),
                                  run_job_name(&arena, work, RUN_SHARE_STITCH),
                                  run_job_name(&arena, work, RUN_SHARE_LOAD));
    char *arguments[] = {"/usr/bin/env", "squeue", "--noheader", "--array", names, "--format=%F %T %j", NULL};
    if (bi_process_capture(arguments, MAX_QUEUE_BYTES, ANSWER_SECONDS, &text, err) != 0)
        return bi_error_set(err, BI_EXIT_MACHINE,
                            "%s: Slurm cannot be asked (squeue) whether jobs of an earlier run are still at "
                            "work; if it is known that there are none, remove %s/%s",
                            work, work, RUN_SLURM_FOLDER);
    if (text.length > 0)
        count_jobs(text.data, queue);
    return 0;
}

int run_slurm_check(const char *work, struct bi_error *err)
{
    struct run_slurm_queue queue;
    if (run_slurm_look(work, &queue, err) != 0)
        return -1;
    const struct run_slurm_share *shares[] = {&queue.pages, &queue.stitch, &queue.load};
    struct bi_text jobs = {0};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        if (*shares[i]->jobs)
            bi_text_printf(&jobs, "%s%s", jobs.length ? " " : "", shares[i]->jobs);
    int result = 0;
    if (jobs.length > 0)
        result =
            bi_error_set(err, BI_EXIT_MACHINE,
                         "%s: an earlier run is at work on it in Slurm: scancel %s ends it, and the next "
                         "run goes on from there",
                         work, bi_text_get(&jobs));
    bi_text_release(&jobs);
    return result;
}
