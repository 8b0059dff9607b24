/* backissue rerun: an issue again, or some of its pages. */
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "page/issue.h"
#include "rerun/compare.h"
#include "rerun/trial.h"
#include "run/find.h"
#include "run/lock.h"
#include "run/options_rerun.h"
#include "run/work.h"
#include "verbs.h"

/* The issue by its folder, or by title/date if it was run before: then its folder is known. */
static int find_issue(struct run_context *context, struct run_place *place, struct bi_error *err)
{
    struct bi_arena *arena = &context->arena;
    struct run_options *options = &context->options;
    struct stat status;
    char *intake = bi_path_join(arena, bi_path_join(arena, options->work, options->scans[0]), "issue.json");
    if (stat(options->scans[0], &status) != 0 && access(intake, R_OK) == 0) {
        struct bi_issue issue;
        if (bi_issue_read(intake, &issue, err) != 0)
            return -1;
        options->scans = bi_arena_array(arena, 1, sizeof *options->scans);
        options->scans[0] = bi_name_unescape(arena, issue.folder);
        bi_issue_release(&issue);
    }
    struct run_place *places;
    size_t count;
    if (run_find(arena, options->scans, 1, &places, &count, err) != 0)
        return -1;
    if (count != 1)
        return bi_error_set(err, BI_EXIT_USAGE, "%s: holds %zu issues; one at a time is done again",
                            options->scans[0], count);
    *place = places[0];
    return 0;
}

/* In a folder of its own, beside which the real one stays as it is. */
static int try_it(struct run_context *context, const struct run_place *place, int *signal)
{
    struct bi_arena *arena = &context->arena;
    struct run_options *options = &context->options;
    struct bi_error err;
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    char *work = options->work, *below = bi_path_join(arena, place->title, place->date), *trial = NULL;
    int code = -1;
    int lock = access(work, W_OK) == 0 ? run_lock(bi_path_join(arena, work, ".lock"), work, &err) : 0;
    if (lock >= 0 && trial_make(arena, work, below, &trial, &err) == 0) {
        options->work = trial;
        code = run_work(context, signal);
    }
    bool ended = code == BI_EXIT_DONE || code == BI_EXIT_INPUT;
    if (ended && !*signal &&
        compare_issues(bi_path_join(arena, work, below), bi_path_join(arena, trial, below), &text, &err) != 0)
        code = -1;
    trial_remove(trial);
    if (lock > 0)
        close(lock);
    if (code < 0)
        return bi_program_fail(&err);
    fputs(bi_text_get(&text), stdout);
    return code;
}

int bi_verb_rerun(int argc, char **argv)
{
    struct run_context context = {0};
    struct run_place place = {0};
    struct bi_error err;
    int signal = 0, code;
    if (run_options_rerun(&context.arena, argc, argv, &context.options, &err) != 0 ||
        find_issue(&context, &place, &err) != 0)
        code = bi_program_fail(&err);
    else
        code = context.options.trial ? try_it(&context, &place, &signal) : run_work(&context, &signal);
    bi_arena_release(&context.arena);
    if (signal)
        raise(signal); /* so that the caller sees what ended it */
    return code;
}
