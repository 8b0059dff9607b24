#include "run/issue.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/process.h"
#include "page/articles.h"
#include "page/dropped.h"
#include "run/journal.h"
#include "run/page.h"
#include "run/plan.h"

int run_issue_open(struct run_context *context, struct run_issue *issue, const struct run_place *place,
                   struct bi_error *err)
{
    *issue = (struct run_issue){.place = place};
    struct bi_arena *arena = &issue->arena;
    const struct run_options *options = &context->options;
    char *below = bi_path_join(arena, place->title, place->date);
    issue->name = bi_arena_printf(arena, "%s %s", place->title, place->date);
    issue->folder = bi_path_join(arena, options->work, below);
    issue->corrections = run_corrections_folder(arena, options->corrections, place->folder, below);
    if (!options->dry_run && bi_path_make(issue->folder, err) != 0)
        return -1;
    if (!options->dry_run && run_share_is_alone(options->share))
        run_sweep(issue->folder);
    run_hashes_open(&issue->hashes, bi_path_join(arena, issue->folder, "hashes.txt"));
    return 0;
}

void run_issue_close(struct run_context *context, struct run_issue *issue)
{
    /* What cannot be kept is found out again next time. */
    if (!context->options.dry_run)
        run_hashes_save(&issue->hashes,
                        context->options.pages || issue->place->pages || issue->phase != RUN_PHASE_ENDED,
                        NULL);
    run_hashes_release(&issue->hashes);
    bi_issue_release(&issue->model);
    bi_arena_release(&issue->arena);
}

static void fail_issue(struct run_context *context, struct run_issue *issue, bool before, const char *where,
                       const char *message)
{
    if (issue->phase == RUN_PHASE_INTAKE)
        context->report.pages -= issue->place->images;
    issue->phase = RUN_PHASE_ENDED;
    issue->failed = true;
    context->report.issues_failed++;
    struct run_subject subject = run_subject_of(issue, NULL, where);
    run_report_failure(&context->report, before, &subject, message);
}

/* What is set for the title, and for the issue. */
static int read_settings(struct run_context *context, struct run_issue *issue, struct bi_error *err)
{
    struct bi_arena *arena = &issue->arena;
    const char *above = bi_path_join(arena, bi_path_dir(arena, issue->corrections), RUN_SETTINGS_FILE);
    const char *own = bi_path_join(arena, issue->corrections, RUN_SETTINGS_FILE);
    size_t changes = context->options.pages ? 0 : context->change_count;
    if (run_settings_read(arena, above, &context->data, NULL, 0, &issue->settings, err) != 0)
        return -1;
    return run_settings_read(arena, own, &context->data, context->changes, changes, &issue->settings, err);
}

/* Settings that were asked for are written beside the corrections, so that they hold. */
static int keep_changes(const struct run_context *context, struct run_issue *issue, struct bi_error *err)
{
    const struct run_options *options = &context->options;
    struct bi_arena *arena = &issue->arena;
    if (context->change_count == 0 || options->dry_run || options->trial)
        return 0;
    if (!options->pages)
        return run_settings_write(bi_path_join(arena, issue->corrections, RUN_SETTINGS_FILE),
                                  context->changes, context->change_count, err);
    for (int page = 1; page <= (int)issue->page_count; page++)
        if (run_options_wants(options->pages, options->page_count, page) &&
            run_settings_write(
                bi_path_join(arena, issue->corrections, bi_arena_printf(arena, "%04d.ini", page)),
                context->changes, context->change_count, err) != 0)
            return -1;
    return 0;
}

/* Intake has ended well: the pages are known. */
static int open_pages(struct run_context *context, struct run_issue *issue, struct bi_error *err)
{
    const char *path = bi_path_join(&issue->arena, issue->folder, run_stage_names(RUN_INTAKE)->output);
    if (bi_issue_read(path, &issue->model, err) != 0) {
        fail_issue(context, issue, false, run_stage_names(RUN_INTAKE)->name, err->text);
        return 0;
    }
    issue->page_count = issue->model.frame_count;
    for (size_t i = 0; i < context->options.page_count; i++)
        if (context->options.pages[i].last > (int)issue->page_count)
            return bi_error_set(err, BI_EXIT_USAGE, "--page: %s has %zu pages, there is no page %d",
                                issue->name, issue->page_count, context->options.pages[i].last);
    if (keep_changes(context, issue, err) != 0)
        return -1;
    if (read_settings(context, issue, err) != 0) {
        if (err->kind != BI_EXIT_INPUT)
            return -1;
        fail_issue(context, issue, false, "corrections", err->text);
        return 0;
    }
    issue->phase = RUN_PHASE_PAGES;
    run_page_clear_others(context, issue);
    issue->pages = bi_arena_array(&issue->arena, issue->page_count, sizeof *issue->pages);
    int wanted = 0;
    for (size_t i = 0; i < issue->page_count; i++) {
        if (run_page_open(context, issue, &issue->pages[i], &issue->model.frames[i], err) != 0)
            return -1;
        wanted += issue->pages[i].wanted;
    }
    context->report.pages += wanted - issue->place->images;
    return 0;
}

static char *journal_of(struct run_issue *issue)
{
    return bi_path_join(&issue->arena, issue->folder, RUN_JOURNAL);
}

/* That of a page alone, for a process that is not the only one at work on the issue. */
static char *journal_of_page(struct run_issue *issue, const struct run_page *page)
{
    return bi_path_join(&issue->arena, page->folder, RUN_JOURNAL);
}

/* What tasks have written of a page, which the issue's journal then has. */
static int take_journal_of_page(struct run_issue *issue, const struct run_page *page, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *lines = NULL;
    size_t size;
    char *path = journal_of_page(issue, page);
    if (access(path, F_OK) != 0)
        return 0;
    if (bi_file_read(path, RUN_JOURNAL_MAX_BYTES, true, &lines, &size, err) != 0)
        return -1;
    while (size > 0 && lines[size - 1] != '\n') /* what a task that died left of a line */
        size--;
    lines[size] = '\0';
    if (run_journal_add(journal_of(issue), lines, err) != 0)
        return -1;
    unlink(path);
    return 0;
}

/* A page corrected by hand, as an execution of a person: when the file was saved, and which it is. */
static int add_correction(struct run_issue *issue, const struct run_page *page, const char *stage,
                          const char *correction, const char *copy, struct bi_text *lines,
                          struct bi_error *err)
{
    struct bi_arena *arena = &issue->arena;
    struct stat status;
    char sha256[BI_SHA256_HEX];
    if (stat(correction, &status) != 0)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read", correction);
    if (run_hashes_get(&issue->hashes, copy, true, sha256, err) != 0)
        return -1;
    struct run_record record = {
        .stage = bi_arena_strdup(arena, stage),
        .program_version = bi_arena_strdup(arena, ""),
        .parameters = bi_arena_printf(arena, "sha256=%s", sha256),
        .model_sha256 = bi_arena_strdup(arena, ""),
        .started = run_record_time(arena, status.st_mtim),
        .message = bi_arena_strdup(arena, ""),
    };
    run_record_line(&record, page->frame->number, lines);
    return 0;
}

/* What the archive shall know of who made the issue: the journal has it, but for steps of before there was
 * one and for corrections. */
static int complete_journal(struct run_issue *issue, struct bi_error *err)
{
    struct bi_text lines = {0};
    struct run_record record;
    int result = 0;
    for (size_t i = 0; result == 0 && i <= issue->page_count; i++) {
        bool whole = i == issue->page_count;
        enum run_stage first = whole ? RUN_INTAKE : RUN_DESKEW, last = whole ? RUN_STITCH : RUN_OCR;
        for (enum run_stage stage = first; stage <= last; stage += whole ? RUN_STITCH - RUN_INTAKE : 1) {
            const char *folder = whole ? issue->folder : issue->pages[i].folder;
            char *path = bi_path_join(&issue->arena, folder, run_stage_names(stage)->record);
            if (run_record_read(&issue->arena, path, &record, NULL) == 0)
                run_record_line(&record, whole ? 0 : issue->pages[i].frame->number, &lines);
        }
        const struct run_page *page = whole ? NULL : &issue->pages[i];
        if (page)
            result = take_journal_of_page(issue, page, err);
        if (result == 0 && page && page->correction && page->text)
            result =
                add_correction(issue, page, RUN_CORRECTION_STAGE, page->correction, page->text, &lines, err);
        else if (result == 0 && page && page->layout)
            result = add_correction(issue, page, RUN_DRAWING_STAGE, page->drawn, page->layout, &lines, err);
    }
    if (result == 0)
        result = run_journal_add(journal_of(issue), bi_text_get(&lines), err);
    bi_text_release(&lines);
    return result;
}

static void end_issue(struct run_context *context, struct run_issue *issue)
{
    issue->phase = RUN_PHASE_ENDED;
    if (!issue->loaded) {
        context->report.issues_current++;
    } else {
        struct bi_articles articles;
        char *path = bi_path_join(&issue->arena, issue->folder, run_stage_names(RUN_STITCH)->output);
        context->report.issues_loaded++;
        if (bi_articles_read(path, &articles, NULL) != 0)
            return;
        run_report_loaded(&context->report, issue->name, &articles);
        bi_articles_release(&articles);
    }
}

static enum run_stage stage_of(enum run_phase phase)
{
    return phase == RUN_PHASE_INTAKE ? RUN_INTAKE : phase == RUN_PHASE_STITCH ? RUN_STITCH : RUN_LOAD;
}

/* The phase after one whose step is done. */
static int enter_next_phase(struct run_context *context, struct run_issue *issue, struct bi_error *err)
{
    switch (issue->phase) {
    case RUN_PHASE_INTAKE:
        return open_pages(context, issue, err);
    case RUN_PHASE_PAGES:
        issue->phase = RUN_PHASE_STITCH;
        return 0;
    case RUN_PHASE_STITCH:
        issue->phase = RUN_PHASE_LOAD;
        return 0;
    default:
        end_issue(context, issue);
        return 0;
    }
}

/* A dry run cannot plan what would have other inputs than there are now. */
static void assume_issue(struct run_context *context, struct run_issue *issue)
{
    if (issue->phase == RUN_PHASE_INTAKE)
        run_report_explain(&context->report, "%s: its pages are not known before", issue->name);
    else
        for (enum run_phase phase = issue->phase + 1; phase <= RUN_PHASE_LOAD; phase++)
            run_explain(context, issue, NULL, stage_of(phase), "would run", "the step before it would");
    issue->worked = true;
    issue->phase = RUN_PHASE_ENDED;
}

/* Another process, or the next run, does it. */
static void leave_issue(struct run_context *context, struct run_issue *issue, enum run_stage stage)
{
    issue->phase = RUN_PHASE_ENDED;
    run_left_add(&context->left, issue->place, 0, stage);
}

/* The step of the whole issue in this phase. */
static int next_of_issue(struct run_context *context, struct run_issue *issue, struct run_job **job,
                         struct bi_error *err)
{
    enum run_stage stage = stage_of(issue->phase);
    enum run_decision decision = RUN_NEEDED;
    struct bi_text reason = {0};
    bool assumed = context->options.dry_run && issue->worked;
    int planned = assumed ? 0 : run_plan(context, issue, NULL, stage, job, &decision, &reason, err),
        result = 0;
    const char *why = assumed ? "a step before it would" : bi_text_get(&reason);
    if (planned != 0) {
        result = err->kind == BI_EXIT_INPUT ? 0 : -1;
        if (result == 0)
            fail_issue(context, issue, false, run_stage_names(stage)->name, err->text);
        *job = NULL;
    } else if (decision == RUN_NEEDED && context->options.dry_run) {
        run_explain(context, issue, NULL, stage, "would run", why);
        assume_issue(context, issue);
        *job = NULL;
    } else if (decision == RUN_NEEDED && !run_share_includes(context->options.share, stage)) {
        run_explain(context, issue, NULL, stage, "is left", why);
        leave_issue(context, issue, stage);
        *job = NULL;
    } else if (decision == RUN_NEEDED) {
        run_explain(context, issue, NULL, stage, "runs", why);
        if (context->options.trial && (*job)->output)
            unlink((*job)->output); /* a link to the real one, which no program shall write through */
        if (stage == RUN_LOAD)
            result = complete_journal(issue, err);
    } else if (decision == RUN_FAILED_BEFORE) {
        run_explain(context, issue, NULL, stage, "does not run, it failed before", why);
        fail_issue(context, issue, true, run_stage_names(stage)->name, why);
        *job = NULL;
    } else {
        run_explain(context, issue, NULL, stage, "does not run", why);
        *job = NULL;
        result = enter_next_phase(context, issue, err);
    }
    bi_text_release(&reason);
    return result;
}

/* True once all pages have ended; else *job is the next page's, if one can go on. */
static int next_of_pages(struct run_context *context, struct run_issue *issue, struct run_job **job,
                         bool *all_ended, struct bi_error *err)
{
    *all_ended = true;
    for (size_t i = 0; i < issue->page_count && !*job; i++) {
        struct run_page *page = &issue->pages[i];
        if (!page->running && run_page_next(context, issue, page, job, err) != 0)
            return -1;
        issue->worked |= page->worked;
        *all_ended &= page->ended;
    }
    return 0;
}

int run_issue_next(struct run_context *context, struct run_issue *issue, bool may_load, struct run_job **job,
                   struct bi_error *err)
{
    *job = NULL;
    while (!*job && !issue->running && issue->phase != RUN_PHASE_ENDED) {
        if (issue->phase == RUN_PHASE_PAGES) {
            bool all_ended;
            if (next_of_pages(context, issue, job, &all_ended, err) != 0)
                return -1;
            if (*job || !all_ended)
                break;
            if (issue->left || context->options.share == RUN_SHARE_PAGES)
                issue->phase = RUN_PHASE_ENDED;
            else
                enter_next_phase(context, issue, err);
        } else if (issue->phase == RUN_PHASE_LOAD && context->options.trial) {
            issue->phase = RUN_PHASE_ENDED;
        } else if (issue->phase == RUN_PHASE_LOAD && !may_load) {
            break;
        } else if (next_of_issue(context, issue, job, err) != 0) {
            return -1;
        }
    }
    if (*job && (*job)->page)
        (*job)->page->running = true;
    else if (*job)
        issue->running = true;
    return 0;
}

static int keep_record(struct run_context *context, struct run_job *job, const char *started,
                       const struct bi_process_end *end, const char *message, struct bi_error *err)
{
    struct bi_arena *arena = &job->issue->arena;
    char sha256[BI_SHA256_HEX] = "";
    if (!message && job->output && run_hashes_get(&job->issue->hashes, job->output, true, sha256, err) != 0)
        return -1;
    struct run_record record = {
        .stage = bi_arena_strdup(arena, run_stage_names(job->stage)->name),
        .fingerprint = job->fingerprint,
        .parts = job->parts,
        .output_sha256 = sha256,
        .program_version =
            bi_arena_strdup(arena, run_program_version(&context->arena, &context->programs[job->stage])),
        .parameters = job->parameters,
        .model_sha256 = job->models,
        .started = bi_arena_strdup(arena, started),
        .seconds = end->seconds,
        .cpu_seconds = end->cpu_seconds,
        .peak_memory_bytes = (int64_t)end->peak_memory_bytes,
        .exit_code = message && end->exit_code == 0 ? BI_EXIT_INTERNAL : end->exit_code,
        .message = bi_arena_strdup(arena, message ? message : ""),
    };
    struct run_subject subject = run_subject_of(job->issue, job->page, record.stage);
    run_report_step(&context->report, &subject, &record);
    struct bi_text line = {0};
    run_record_line(&record, job->page ? job->page->frame->number : 0, &line);
    bool apart = job->page && context->options.share == RUN_SHARE_PAGES;
    char *journal = apart ? journal_of_page(job->issue, job->page) : journal_of(job->issue);
    int result = run_journal_add(journal, bi_text_get(&line), err);
    bi_text_release(&line);
    return result == 0 ? run_record_write(job->record, &record, err) : -1;
}

int run_issue_job_ended(struct run_context *context, struct run_job *job, const char *started,
                        const struct bi_process_end *end, const char *message, struct bi_error *err)
{
    struct run_issue *issue = job->issue;
    struct run_page *page = job->page;
    if (!message && job->output && access(job->output, F_OK) != 0)
        message = "ended well but left no output";
    if (message)
        run_issue_job_discarded(job); /* a killed program leaves its temporary file */
    if (message && job->output)
        unlink(job->output); /* made from something else than what is there now */
    if (keep_record(context, job, started, end, message, err) != 0)
        return -1;
    issue->worked = true;
    if (!message && job->stage == RUN_DESKEW)
        bi_dropped_forget(job->output);
    if (page) {
        page->running = false;
        page->worked = true;
        page->seconds += end->seconds;
        if (message) {
            run_page_clear(context, issue, page, page->next + 1);
            run_page_fail(context, issue, page, false, run_stage_names(job->stage)->name, message);
        } else {
            page->next++;
        }
        return 0;
    }
    issue->running = false;
    issue->loaded = job->stage == RUN_LOAD && !message;
    if (message) {
        fail_issue(context, issue, false, run_stage_names(job->stage)->name, message);
        return 0;
    }
    if (job->stage == RUN_STITCH)
        issue->stitched = bi_arena_strdup(&issue->arena, started);
    return enter_next_phase(context, issue, err);
}

void run_issue_job_discarded(struct run_job *job)
{
    run_sweep(job->page ? job->page->folder : job->issue->folder);
}
