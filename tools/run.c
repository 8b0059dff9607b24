/* backissue run: from folders of scans to an archive. */
#include <limits.h>
#include <signal.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/process.h"
#include "base/program.h"
#include "run/context.h"
#include "run/disk.h"
#include "run/find.h"
#include "run/lock.h"
#include "run/page.h"
#include "run/past.h"
#include "run/scheduler.h"
#include "run/settled.h"
#include "run/slurm.h"
#include "run/work.h"
#include "store.h"
#include "verbs.h"

/* The archive, and the work folder, which two archives side by side share unless told otherwise. */
static int lock_all(struct run_context *context, struct bi_error *err)
{
    const struct run_options *options = &context->options;
    if (options->trial) /* in a folder of its own, and the archive is not touched */
        return 0;
    if (bi_path_make(bi_path_dir(&context->arena, options->archive), err) != 0 ||
        bi_path_make(options->work, err) != 0)
        return -1;
    if (run_lock(bi_arena_printf(&context->arena, "%s.lock", options->archive), options->archive, err) < 0 ||
        run_lock(bi_path_join(&context->arena, options->work, ".lock"), options->work, err) < 0)
        return -1;
    run_sweep_archive(options->archive);
    run_sweep(options->work);
    return 0;
}

/* Leaves out what may still be written, and says so. */
static int settle(struct run_context *context, struct run_place *places, size_t *count, struct bi_error *err)
{
    struct bi_arena *arena = &context->arena;
    const struct run_options *options = &context->options;
    char real[PATH_MAX];
    struct run_unsettled *left;
    size_t left_count;
    if (!realpath(options->inbox, real))
        return bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read", options->inbox);
    const struct run_settled settled = {
        .inbox = real,
        .seconds = options->settled_seconds,
        .memory = bi_path_join(arena, options->work, "inbox.txt"),
        .keep = !options->dry_run,
    };
    if (run_settle(arena, &settled, places, count, &left, &left_count, err) != 0)
        return -1;
    for (size_t i = 0; i < left_count; i++)
        run_report_left(&context->report, left[i].name, left[i].why);
    return 0;
}

/* Changes of settings, now that it is known which models there are. */
static int read_changes(struct run_context *context, struct bi_error *err)
{
    const struct run_options *options = &context->options;
    context->changes = bi_arena_array(&context->arena, options->set_count + 1, sizeof *context->changes);
    for (; context->change_count < options->set_count; context->change_count++)
        if (run_settings_parse_change(&context->arena, options->sets[context->change_count], &context->data,
                                      &context->changes[context->change_count], err) != 0)
            return -1;
    return 0;
}

/* A night that would end on a full disk is not begun. */
static int check_disk(const struct run_options *options, const struct run_place *places, size_t count,
                      struct bi_error *err)
{
    struct run_disk disk = {0};
    for (size_t i = 0; i < count; i++)
        run_disk_add_place(&disk, options->work, &places[i]);
    return run_disk_check(&disk, options->work, options->archive, err);
}

/* Everything that must be right before the first step. */
static int prepare(struct run_context *context, struct run_place **places, size_t *count,
                   struct bi_error *err)
{
    const struct run_options *options = &context->options;
    if (options->task_folder
            ? run_slurm_task(context, places, count, err) != 0
            : run_find(&context->arena, options->scans, options->scan_count, places, count, err) != 0)
        return -1;
    if (options->pages && *count != 1)
        return bi_error_set(err, BI_EXIT_USAGE, "--page: needs one issue, and these folders hold %zu",
                            *count);
    bool alone = run_share_is_alone(options->share);
    if (!options->dry_run && alone && lock_all(context, err) != 0)
        return -1;
    if (options->inbox && settle(context, *places, count, err) != 0)
        return -1;
    if (!options->dry_run && !options->task_folder && run_slurm_check(options->work, err) != 0)
        return -1;
    run_hashes_open(&context->hashes, bi_path_join(&context->arena, options->work, "hashes.txt"));
    if (run_programs_find(&context->arena, options->programs, &context->hashes, context->programs, err) !=
            0 ||
        run_data_find(&context->arena, options, &context->hashes, &context->data, err) != 0)
        return -1;
    if (read_changes(context, err) != 0)
        return -1;
    if (alone && !options->trial &&
        run_archive_look(&context->arena, options->archive, !options->dry_run, &context->archive, err) != 0)
        return -1;
    if (alone && !options->trial && !options->dry_run && !options->no_disk_check &&
        check_disk(options, *places, *count, err) != 0)
        return -1;
    if (alone && bi_store_on_network(options->archive))
        bi_program_warn("%s: is on a network file system, where SQLite cannot keep an archive safe",
                        options->archive);
    if (!options->dry_run && run_hashes_save(&context->hashes, false, err) != 0)
        return -1;
    for (size_t i = 0; i < *count; i++)
        context->report.pages += (*places)[i].images;
    context->report.issues = (int)*count;
    run_report_begin(&context->report, options->archive);
    return 0;
}

static int run(struct run_context *context, int *signal, struct bi_error *err)
{
    struct run_place *places;
    size_t count;
    if (prepare(context, &places, &count, err) != 0)
        return -1;
    int result = run_schedule(context, places, count, signal, err);
    if (result == 0 && context->options.slurm && context->left.count > 0)
        return run_slurm_submit(context, err);
    if (!context->options.dry_run && !context->options.trial && !*signal &&
        (result == 0 || err->kind != BI_EXIT_USAGE))
        run_report_summary(&context->report);
    return result;
}

/* A task of many has done its work even if a page was bad: that is told by the one that loads. */
static int exit_code(const struct run_context *context)
{
    const struct run_report *report = &context->report;
    bool failed = report->pages_failed + report->issues_failed > 0;
    bool left = context->options.share == RUN_SHARE_LOAD && context->left.count > 0;
    bool tells = run_share_is_alone(context->options.share);
    return (failed && tells) || left ? BI_EXIT_INPUT : BI_EXIT_DONE;
}

int run_work(struct run_context *context, int *signal)
{
    struct bi_error err;
    int code;
    *signal = 0;
    run_report_init(&context->report, context->options.quiet, context->options.explain);
    context->report.inbox = context->options.inbox;
    if (run_report_log(&context->report, context->options.log, context->options.log_json, &err) != 0 ||
        run(context, signal, &err) != 0) {
        bi_progress_clear(&context->report.progress);
        code = bi_program_fail(&err);
        run_report_end(&context->report, code, err.text);
    } else {
        code = exit_code(context);
        run_report_end(&context->report, code, NULL);
    }
    if (!context->options.dry_run && !context->options.trial && run_share_is_alone(context->options.share))
        run_past_add(context->options.work, &context->report, *signal ? RUN_SIGNAL_CODE + *signal : code);
    run_report_release(&context->report);
    run_left_release(&context->left);
    run_hashes_release(&context->hashes);
    return code;
}

int bi_verb_run(int argc, char **argv)
{
    struct run_context context = {0};
    struct bi_error err;
    int signal;
    if (run_options_parse(&context.arena, argc, argv, &context.options, &err) != 0)
        return bi_program_fail(&err);
    int code = run_work(&context, &signal);
    bi_arena_release(&context.arena);
    if (signal)
        raise(signal); /* so that the caller sees what ended it */
    return code;
}
