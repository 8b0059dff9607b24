#include "run/plan.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "page/dropped.h"
#include "run/journal.h"

/* What a step may take: the library's own needs, and some copies of the page at 8 bytes a pixel. */
#define BASE_MEMORY_BYTES ((uint64_t)1 << 30)
#define MEMORY_BYTES_PER_PIXEL 32
#define LEAST_MEMORY_BYTES ((uint64_t)2 << 30)

/* The address sanitizer's shadow memory is past any limit; stages are built like the driver. */
#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define MEMORY_LIMITED false
#else
#define MEMORY_LIMITED true
#endif

struct plan {
    struct run_context *context;
    struct run_issue *issue;
    struct run_page *page;
    struct run_job *job;
    struct bi_text parameters, settings;
    struct bi_error *err;
};

static void add_argument(struct plan *plan, const char *argument)
{
    struct run_job *job = plan->job;
    job->arguments = bi_arena_grow(&plan->issue->arena, job->arguments, job->argument_count,
                                   &job->argument_capacity, sizeof *job->arguments);
    job->arguments[job->argument_count++] = bi_arena_strdup(&plan->issue->arena, argument);
}

/* An option that is part of the fingerprint and of the record. */
static void add_parameter(struct plan *plan, const char *option, const char *value)
{
    add_argument(plan, option);
    add_argument(plan, value);
    bi_text_printf(&plan->parameters, "%s%s %s", plan->parameters.length ? " " : "", option, value);
}

static void add_part(struct plan *plan, const char *kind, const char *name, const char *value)
{
    struct bi_arena *arena = &plan->issue->arena;
    run_parts_add(&plan->job->parts, arena, bi_arena_printf(arena, "%s %s", kind, name), value);
}

/* The options of a stage that a person has set: each is a part of its own, so that it can be named. */
static void add_settings(struct plan *plan, enum run_stage stage, const struct run_settings *settings)
{
    for (int i = 0; i < RUN_KEY_COUNT; i++) {
        const struct run_key *key = &run_keys[i];
        if (key->stage != stage || !settings->values[i])
            continue;
        add_argument(plan, key->option);
        add_argument(plan, settings->values[i]);
        bi_text_printf(&plan->settings, " %s %s", key->option, settings->values[i]);
        add_part(plan, "setting", bi_arena_printf(&plan->issue->arena, "%s.%s", key->section, key->name),
                 settings->values[i]);
    }
}

static void add_parts(struct plan *plan, const struct run_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        run_parts_add(&plan->job->parts, &plan->issue->arena, parts->parts[i].name, parts->parts[i].value);
}

/* A file: an argument, and by its content a part of the fingerprint. `settled`: a stage has made it, no
 * person can be writing it. */
static int add_file(struct plan *plan, const char *path, const char *name, bool settled)
{
    char sha256[BI_SHA256_HEX];
    if (run_hashes_get(&plan->issue->hashes, path, settled, sha256, plan->err) != 0)
        return -1;
    add_argument(plan, path);
    add_part(plan, "input", name, sha256);
    return 0;
}

static int add_input(struct plan *plan, const char *path, const char *name)
{
    return add_file(plan, path, name, true);
}

static char *in_folder(struct plan *plan, enum run_stage stage)
{
    const char *folder = plan->page ? plan->page->folder : plan->issue->folder;
    return bi_path_join(&plan->issue->arena, folder, run_stage_names(stage)->output);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return bi_natural_compare((*a)->d_name, (*b)->d_name);
}

/* A file of the scans' folder by its content, or why it cannot be read: that is a fact of the page, not of
 * the run. */
static void add_scan(struct plan *plan, const char *folder, const char *name)
{
    struct stat status;
    char sha256[BI_SHA256_HEX];
    const char *archive = plan->context->options.archive;
    char *path = bi_path_join(&plan->issue->arena, folder, name);
    /* An archive kept among the scans, with its lock and its log, changes with every run. */
    if (strncmp(path, archive, strlen(archive)) == 0)
        return;
    if (stat(path, &status) != 0 || S_ISDIR(status.st_mode))
        return;
    struct bi_error err;
    bool readable = run_hashes_get(&plan->issue->hashes, path, false, sha256, &err) == 0;
    add_part(plan, "file", name, readable ? sha256 : err.text);
}

static int plan_intake(struct plan *plan)
{
    const char *folder = plan->issue->place->folder;
    struct dirent **entries;
    int count = scandir(folder, &entries, is_visible, by_name);
    if (count < 0)
        return bi_error_errno(plan->err, BI_EXIT_INPUT, "%s: cannot be read", folder);
    add_argument(plan, folder);
    run_parts_add(&plan->job->parts, &plan->issue->arena, "folder", folder);
    for (int i = 0; i < count; i++) {
        add_scan(plan, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    add_scan(plan, bi_path_dir(&plan->issue->arena, folder), "title.ini");
    return 0;
}

static int plan_deskew(struct plan *plan)
{
    struct bi_arena *arena = &plan->issue->arena;
    const struct bi_frame *frame = plan->page->frame;
    add_parameter(plan, "--index", bi_arena_printf(arena, "%d", frame->index));
    add_parameter(plan, "--frame", bi_arena_printf(arena, "%d", frame->number));
    if (frame->crop && !plan->page->settings.values[run_settings_key("deskew", "crop")])
        add_parameter(plan, "--crop", frame->crop);
    add_settings(plan, RUN_DESKEW, &plan->page->settings);
    add_argument(plan, bi_path_join(arena, plan->issue->place->folder, bi_name_unescape(arena, frame->scan)));
    /* By content, as intake has found it, and by name, which the page image keeps: scans whose folder was
     * moved are not read again. */
    run_parts_add(&plan->job->parts, arena, "scan", frame->sha256);
    run_parts_add(&plan->job->parts, arena, "scan's name", frame->scan);
    return 0;
}

/* The page's image; one that was dropped counts as it was, since it can be made again. */
static int add_image(struct plan *plan)
{
    const char *image = in_folder(plan, RUN_DESKEW), *name = run_stage_names(RUN_DESKEW)->output;
    char sha256[BI_SHA256_HEX];
    if (bi_dropped_read(image, sha256) != 0)
        return add_input(plan, image, name);
    add_argument(plan, image);
    add_part(plan, "input", name, sha256);
    return 0;
}

static int plan_segment(struct plan *plan)
{
    add_settings(plan, RUN_SEGMENT, &plan->page->settings);
    return add_image(plan);
}

/* How the page is read: what is set beside the corrections, else what the command line says, else title.ini.
 */
static int settle_reading(struct plan *plan, struct run_settings *settings)
{
    const struct run_options *options = &plan->context->options;
    const char *titled = bi_issue_setting(&plan->issue->model, "title", "profile");
    *settings = plan->page->settings;
    char **profile = &settings->values[run_settings_key("ocr", "profile")];
    char **model = &settings->values[run_settings_key("ocr", "model")];
    if (!*profile && !options->profile && titled && !run_data_has_profile(&plan->context->data, titled))
        return bi_error_set(plan->err, BI_EXIT_INPUT,
                            "title.ini: profile is '%s', which tessdata/profiles.ini has not", titled);
    if (!*profile)
        *profile = bi_arena_strdup(&plan->issue->arena, options->profile ? options->profile : titled);
    if (!*model)
        *model = options->model;
    return 0;
}

static int plan_ocr(struct plan *plan)
{
    const struct run_options *options = &plan->context->options;
    const struct run_data *data = &plan->context->data;
    const char *layout = plan->page->layout ? plan->page->layout : in_folder(plan, RUN_SEGMENT);
    const char *name = plan->page->layout ? RUN_DRAWN : run_stage_names(RUN_SEGMENT)->output;
    struct run_settings settings;
    if (options->tessdata) {
        add_argument(plan, "--tessdata");
        add_argument(plan, options->tessdata);
    }
    if (settle_reading(plan, &settings) != 0)
        return -1;
    add_settings(plan, RUN_OCR, &settings);
    if (add_image(plan) != 0 || add_input(plan, layout, name) != 0)
        return -1;
    add_parts(plan, &data->ocr);
    plan->job->models = data->models;
    return 0;
}

static int add_pages(struct plan *plan)
{
    for (size_t i = 0; i < plan->issue->page_count; i++) {
        const struct run_page *page = &plan->issue->pages[i];
        if (page->text &&
            add_input(plan, page->text,
                      bi_arena_printf(&plan->issue->arena, "page %d", page->frame->number)) != 0)
            return -1;
    }
    return 0;
}

static int plan_stitch(struct plan *plan)
{
    const struct run_options *options = &plan->context->options;
    if (options->tables) {
        add_argument(plan, "--tables");
        add_argument(plan, options->tables);
    }
    add_parts(plan, &plan->context->data.stitch);
    const char *corrections =
        bi_path_join(&plan->issue->arena, plan->issue->corrections, RUN_ARTICLES_CORRECTED);
    if (access(corrections, F_OK) == 0) {
        add_argument(plan, "--corrections");
        if (add_file(plan, corrections, "corrections", false) != 0)
            return -1;
    }
    if (add_input(plan, in_folder(plan, RUN_INTAKE), run_stage_names(RUN_INTAKE)->output) != 0)
        return -1;
    return add_pages(plan);
}

/* Load takes the page images' hashes too, and the text of a page can stay the same when its image does not:
 * where a person has corrected it. An image that was removed to save room is what it was. */
static void add_images(struct plan *plan)
{
    struct bi_arena *arena = &plan->issue->arena;
    const struct run_stage_names *names = run_stage_names(RUN_DESKEW);
    for (size_t i = 0; i < plan->issue->page_count; i++) {
        const struct run_page *page = &plan->issue->pages[i];
        char sha256[BI_SHA256_HEX];
        struct run_record record = {.output_sha256 = sha256};
        if (!page->text)
            continue;
        if (run_hashes_get(&plan->issue->hashes, bi_path_join(arena, page->folder, names->output), true,
                           sha256, NULL) != 0 &&
            run_record_read(arena, bi_path_join(arena, page->folder, names->record), &record, NULL) != 0)
            continue;
        add_part(plan, "image", bi_arena_printf(arena, "%d", page->frame->number), record.output_sha256);
    }
}

static int plan_load(struct plan *plan)
{
    struct bi_arena *arena = &plan->issue->arena;
    add_argument(plan, "--runs");
    add_argument(plan, bi_path_join(arena, plan->issue->folder, RUN_JOURNAL));
    if (add_input(plan, in_folder(plan, RUN_INTAKE), run_stage_names(RUN_INTAKE)->output) != 0 ||
        add_input(plan, in_folder(plan, RUN_STITCH), run_stage_names(RUN_STITCH)->output) != 0)
        return -1;
    add_images(plan);
    return add_pages(plan);
}

static uint64_t memory_for(const struct plan *plan)
{
    if (!MEMORY_LIMITED)
        return 0;
    if (plan->context->options.memory_bytes >= 0)
        return (uint64_t)plan->context->options.memory_bytes;
    uint64_t memory = BASE_MEMORY_BYTES;
    if (plan->page)
        memory +=
            (uint64_t)plan->page->frame->width * (uint64_t)plan->page->frame->height * MEMORY_BYTES_PER_PIXEL;
    return memory > LEAST_MEMORY_BYTES ? memory : LEAST_MEMORY_BYTES;
}

static int build(struct plan *plan, enum run_stage stage)
{
    static int (*const stages[RUN_STAGE_COUNT])(struct plan *) = {plan_intake, plan_deskew, plan_segment,
                                                                  plan_ocr,    plan_stitch, plan_load};
    struct run_job *job = plan->job;
    struct bi_arena *arena = &plan->issue->arena;
    const struct run_stage_names *names = run_stage_names(stage);
    const struct run_program *program = &plan->context->programs[stage];
    const char *folder = plan->page ? plan->page->folder : plan->issue->folder;
    char *target =
        stage == RUN_LOAD ? plan->context->options.archive : bi_path_join(arena, folder, names->output);
    *job = (struct run_job){
        .issue = plan->issue,
        .page = plan->page,
        .stage = stage,
        .models = bi_arena_strdup(arena, ""),
        .output = stage == RUN_LOAD ? NULL : target,
        .log = bi_path_join(arena, folder, names->log),
        .record = bi_path_join(arena, folder, names->record),
        .memory_bytes = memory_for(plan),
    };
    run_parts_add(&job->parts, arena, "program", program->sha256);
    add_argument(plan, program->path);
    add_argument(plan, "-o");
    add_argument(plan, target);
    if (stages[stage](plan) != 0)
        return -1;
    job->arguments = bi_arena_grow(arena, job->arguments, job->argument_count, &job->argument_capacity,
                                   sizeof *job->arguments);
    job->arguments[job->argument_count] = NULL;
    const char *parameters = bi_text_get(&plan->parameters), *settings = bi_text_get(&plan->settings);
    run_parts_add(&job->parts, arena, "parameters", parameters);
    job->parameters = bi_arena_printf(arena, "%s%s", parameters, settings + (!*parameters && *settings));
    run_parts_fingerprint(&job->parts, job->fingerprint);
    return 0;
}

/* What was asked for has been done, or will be, by the process whose work the stage is; the one that plans
 * asks for all of them. */
static bool is_own(const struct plan *plan)
{
    enum run_share share = plan->context->options.share;
    return share == RUN_SHARE_PLAN || run_share_includes(share, plan->job->stage);
}

/* --force with --page means the steps of these pages only, but for one of the whole issue that was named. */
static bool is_forced(const struct plan *plan)
{
    const struct run_options *options = &plan->context->options;
    enum run_stage stage = plan->job->stage;
    if (!options->force || stage < options->from || !is_own(plan))
        return false;
    return plan->page || !options->pages || (stage == options->from && stage >= RUN_STITCH);
}

static enum run_decision decide(struct plan *plan, struct bi_text *reason)
{
    const struct run_job *job = plan->job;
    struct run_record record;
    if (is_forced(plan)) {
        bi_text_add(reason, "asked for");
        return RUN_NEEDED;
    }
    if (run_record_read(&plan->issue->arena, job->record, &record, NULL) != 0) {
        bi_text_add(reason, "it has not run yet");
        return RUN_NEEDED;
    }
    if (strcmp(record.fingerprint, job->fingerprint) != 0) {
        run_parts_difference(&record.parts, &job->parts, reason);
        if (reason->length == 0)
            bi_text_add(reason, "its inputs changed");
        return RUN_NEEDED;
    }
    if (record.exit_code != 0 && job->stage == RUN_LOAD) {
        /* Quick, and what was wrong is more often with the archive than with the issue. */
        bi_text_add(reason, "failed before");
        return RUN_NEEDED;
    }
    if (record.exit_code != 0) {
        bool retry = plan->context->options.retry && is_own(plan);
        bi_text_add(reason, retry ? "failed before, and --retry was given" : record.message);
        return retry ? RUN_NEEDED : RUN_FAILED_BEFORE;
    }
    char sha256[BI_SHA256_HEX];
    if (job->stage == RUN_DESKEW && bi_dropped_read(job->output, sha256) == 0 &&
        strcmp(sha256, record.output_sha256) == 0) {
        bi_text_add(reason, plan->page->remake ? "its image was dropped, and is needed"
                                               : "up to date, its image was dropped");
        return plan->page->remake ? RUN_NEEDED : RUN_CURRENT;
    }
    if (job->output && run_hashes_get(&plan->issue->hashes, job->output, true, sha256, NULL) != 0) {
        bi_text_add(reason, "its output is missing");
        return RUN_NEEDED;
    }
    if (job->output && strcmp(sha256, record.output_sha256) != 0) {
        bi_text_add(reason, "its output was changed by something else");
        return RUN_NEEDED;
    }
    if (job->stage == RUN_STITCH)
        plan->issue->stitched = record.started;
    if (job->stage == RUN_LOAD && !run_archive_holds(&plan->context->archive, plan->issue->stitched)) {
        bi_text_add(reason, "the archive does not hold it");
        return RUN_NEEDED;
    }
    bi_text_add(reason, "up to date");
    return RUN_CURRENT;
}

int run_plan(struct run_context *context, struct run_issue *issue, struct run_page *page,
             enum run_stage stage, struct run_job **job, enum run_decision *decision, struct bi_text *reason,
             struct bi_error *err)
{
    struct plan plan = {.context = context, .issue = issue, .page = page, .err = err};
    plan.job = bi_arena_alloc(&issue->arena, sizeof *plan.job);
    int result = build(&plan, stage);
    bi_text_release(&plan.parameters);
    bi_text_release(&plan.settings);
    if (result != 0)
        return -1;
    *decision = decide(&plan, reason);
    *job = plan.job;
    return 0;
}
