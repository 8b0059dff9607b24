#include "run/page.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/dropped.h"
#include "page/pagexml.h"
#include "run/journal.h"
#include "run/plan.h"

void run_sweep(const char *folder)
{
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (fnmatch(".*.tmp", entry->d_name, 0) == 0)
            unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
}

void run_sweep_archive(const char *archive)
{
    struct bi_arena arena = {0};
    const char *base = bi_path_base(archive);
    size_t length = strnlen(base, 200); /* of longer names temporary ones have the beginning */
    DIR *dir = opendir(bi_path_dir(&arena, archive));
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        const char *name = entry->d_name + strspn(entry->d_name, ".");
        if (name > entry->d_name && strncmp(name, base, length) == 0 &&
            fnmatch(".*.tmp*", name + length, 0) == 0)
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (dir)
        closedir(dir);
    bi_arena_release(&arena);
}

/* "linjiang 2025-07-04: page 3 of 4", or the issue alone. */
static char *name_of(struct run_issue *issue, const struct run_page *page)
{
    if (!page)
        return issue->name;
    return bi_arena_printf(&issue->arena, "%s: page %d of %zu", issue->name, page->frame->number,
                           issue->page_count);
}

struct run_subject run_subject_of(const struct run_issue *issue, const struct run_page *page,
                                  const char *where)
{
    struct run_subject subject = {.issue = issue->name, .where = where};
    if (page) {
        subject.page = page->frame->number;
        subject.pages = (int)issue->page_count;
        subject.scan = page->frame->scan;
    }
    return subject;
}

void run_page_fail(struct run_context *context, struct run_issue *issue, struct run_page *page, bool before,
                   const char *where, const char *message)
{
    page->ended = page->failed = true;
    page->text = NULL;
    context->report.pages_failed++;
    struct run_subject subject = run_subject_of(issue, page, where);
    run_report_failure(&context->report, before, &subject, message);
}

void run_explain(struct run_context *context, struct run_issue *issue, const struct run_page *page,
                 enum run_stage stage, const char *what, const char *reason)
{
    run_report_explain(&context->report, "%s: %s %s%s%s", name_of(issue, page), run_stage_names(stage)->name,
                       what, *reason ? ": " : "", reason);
}

/* Text that is there although this run does not look at the page: left out by --page. */
static bool has_text(struct run_issue *issue, const struct run_page *page)
{
    const struct run_stage_names *last = run_stage_names(page->correction ? RUN_DESKEW : RUN_OCR);
    struct run_record record;
    char *kept = bi_path_join(&issue->arena, page->folder, last->record);
    bool good = run_record_read(&issue->arena, kept, &record, NULL) == 0 && record.exit_code == 0;
    return good && access(bi_path_join(&issue->arena, page->folder, last->output), R_OK) == 0;
}

/* A copy, of what can be read as a page, in the work folder, where the name of the page image in it means the
 * file beside it. Nothing is left of an earlier one if this cannot be. */
static int copy_correction(struct run_issue *issue, struct run_page *page, const char *correction,
                           const char *name, char **taken, struct bi_error *err)
{
    char theirs[BI_SHA256_HEX], ours[BI_SHA256_HEX];
    char *copy = bi_path_join(&issue->arena, page->folder, name);
    if (run_hashes_get(&issue->hashes, correction, false, theirs, err) != 0)
        return -1;
    if (run_hashes_get(&issue->hashes, copy, true, ours, NULL) != 0 || strcmp(theirs, ours) != 0) {
        BI_CLEANUP(bi_freep) char *data = NULL;
        size_t size;
        struct bi_page parsed;
        unlink(copy);
        if (bi_file_read(correction, BI_PAGEXML_MAX_BYTES, false, &data, &size, err) != 0 ||
            bi_pagexml_parse(correction, data, size, &parsed, err) != 0)
            return -1;
        int frame = parsed.transform.scan ? parsed.transform.frame : 0;
        bi_page_release(&parsed);
        if (frame > 0 && frame != page->frame->number)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: is of page %d by its metadata", correction, frame);
        if (bi_file_write(copy, data, size, err) != 0)
            return -1;
    }
    *taken = copy;
    return 0;
}

static void remove_from(struct run_issue *issue, const struct run_page *page, const char *name)
{
    if (name)
        unlink(bi_path_join(&issue->arena, page->folder, name));
}

static void clear_stages(struct run_issue *issue, const struct run_page *page, enum run_stage first,
                         enum run_stage last)
{
    for (enum run_stage stage = first; stage <= last; stage++) {
        const struct run_stage_names *names = run_stage_names(stage);
        remove_from(issue, page, names->output);
        remove_from(issue, page, names->log);
        remove_from(issue, page, names->record);
    }
}

void run_page_clear(struct run_context *context, struct run_issue *issue, const struct run_page *page,
                    enum run_stage first)
{
    if (context->options.dry_run || !page->wanted)
        return;
    clear_stages(issue, page, first, RUN_OCR);
    if (first <= RUN_SEGMENT) {
        remove_from(issue, page, RUN_DRAWN);
        remove_from(issue, page, RUN_CORRECTED);
    }
}

void run_page_clear_others(struct run_context *context, struct run_issue *issue)
{
    bool may = !context->options.dry_run && run_share_is_alone(context->options.share);
    DIR *dir = may ? opendir(issue->folder) : NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        const char *name = entry->d_name;
        if (strlen(name) < 4 || name[strspn(name, "0123456789")] ||
            strtoul(name, NULL, 10) <= issue->page_count)
            continue;
        struct run_page gone = {.folder = bi_path_join(&issue->arena, issue->folder, name), .wanted = true};
        run_sweep(gone.folder);
        remove_from(issue, &gone, RUN_JOURNAL);
        run_page_clear(context, issue, &gone, RUN_DESKEW);
        rmdir(gone.folder); /* unless a person keeps something in it */
    }
    if (dir)
        closedir(dir);
}

/* What corrections take the place of goes, and the copy of one that was taken back. */
static void clear_replaced(struct run_context *context, struct run_issue *issue, const struct run_page *page)
{
    if (context->options.dry_run || !page->wanted)
        return;
    if (page->correction)
        clear_stages(issue, page, RUN_SEGMENT, RUN_OCR);
    else
        remove_from(issue, page, RUN_CORRECTED);
    if (page->drawn && !page->correction)
        clear_stages(issue, page, RUN_SEGMENT, RUN_SEGMENT);
    else
        remove_from(issue, page, RUN_DRAWN);
}

/* The file of that name among the corrections, NULL if it is not there. */
static char *find_correction(struct run_issue *issue, const char *page, const char *ending)
{
    struct bi_arena *arena = &issue->arena;
    char *path = bi_path_join(arena, issue->corrections, bi_arena_printf(arena, "%s%s", page, ending));
    return access(path, F_OK) == 0 ? path : NULL;
}

static int read_settings(struct run_context *context, struct run_issue *issue, struct run_page *page,
                         const char *name, struct bi_error *err)
{
    char *path =
        bi_path_join(&issue->arena, issue->corrections, bi_arena_printf(&issue->arena, "%s.ini", name));
    page->settings = issue->settings;
    return run_settings_read(&issue->arena, path, &context->data, context->changes,
                             context->options.pages ? context->change_count : 0, &page->settings, err);
}

static int open_unwanted(struct run_issue *issue, struct run_page *page, struct bi_error *err)
{
    page->ended = true;
    if (!has_text(issue, page))
        return 0;
    if (page->correction)
        return copy_correction(issue, page, page->correction, RUN_CORRECTED, &page->text, err);
    page->text = bi_path_join(&issue->arena, page->folder, run_stage_names(RUN_OCR)->output);
    return 0;
}

int run_page_open(struct run_context *context, struct run_issue *issue, struct run_page *page,
                  const struct bi_frame *frame, struct bi_error *err)
{
    struct bi_arena *arena = &issue->arena;
    const struct run_options *options = &context->options;
    const struct run_place *place = issue->place;
    const char *name = bi_arena_printf(arena, "%04d", frame->number);
    *page = (struct run_page){
        .frame = frame,
        .folder = bi_path_join(arena, issue->folder, name),
        .correction = find_correction(issue, name, ".page.xml"),
        .drawn = find_correction(issue, name, ".segment.page.xml"),
        .wanted = run_options_wants(options->pages, options->page_count, frame->number) &&
                  run_options_wants(place->pages, place->page_count, frame->number),
        .next = RUN_DESKEW,
    };
    if (!context->options.dry_run) {
        if (bi_path_make(page->folder, err) != 0)
            return -1;
        if (page->wanted) /* another task may be at work on it otherwise */
            run_sweep(page->folder);
    }
    if (frame->problem) {
        page->ended = true;
        run_page_clear(context, issue, page, RUN_DESKEW);
        if (page->wanted)
            run_page_fail(context, issue, page, !issue->worked, run_stage_names(RUN_INTAKE)->name,
                          frame->problem);
        return 0;
    }
    clear_replaced(context, issue, page);
    struct bi_error why;
    if (page->wanted ? read_settings(context, issue, page, name, &why) == 0
                     : open_unwanted(issue, page, &why) == 0)
        return 0;
    if (why.kind != BI_EXIT_INPUT) {
        *err = why;
        return -1;
    }
    run_page_clear(context, issue, page, RUN_DESKEW);
    run_page_fail(context, issue, page, false, "corrections", why.text);
    return 0;
}

static void end_page(struct run_context *context, struct run_issue *issue, struct run_page *page)
{
    page->ended = true;
    if (!page->text)
        page->text = bi_path_join(&issue->arena, page->folder, run_stage_names(RUN_OCR)->output);
    if (!page->worked) {
        context->report.pages_current++;
        return;
    }
    context->report.pages_read++;
    struct run_subject subject = run_subject_of(issue, page, NULL);
    if (!context->options.dry_run)
        run_report_page(&context->report, &subject, page->seconds);
}

/* In a dry run a step that would run makes those after it run. */
static void assume_page(struct run_context *context, struct run_issue *issue, struct run_page *page)
{
    page->worked = true;
    enum run_stage last = page->correction ? RUN_DESKEW : RUN_OCR;
    for (enum run_stage stage = page->next + 1; stage <= last; stage++)
        if (stage != RUN_SEGMENT || !page->drawn)
            run_explain(context, issue, page, stage, "would run", "the step before it would");
    end_page(context, issue, page);
}

/* Another process, or the next run, does it. */
static void leave_page(struct run_context *context, struct run_issue *issue, struct run_page *page)
{
    page->ended = true;
    issue->left = true;
    run_left_add(&context->left, issue->place, page->frame->number, page->next);
}

static int take_correction(struct run_context *context, struct run_issue *issue, struct run_page *page,
                           struct bi_error *err)
{
    bool whole = page->correction != NULL;
    char *correction = whole ? page->correction : page->drawn, **taken = whole ? &page->text : &page->layout;
    run_report_explain(&context->report, "%s: %s taken from %s", name_of(issue, page),
                       whole ? "is" : "its layout is", correction);
    if (context->options.dry_run)
        *taken = correction;
    else if (copy_correction(issue, page, correction, whole ? RUN_CORRECTED : RUN_DRAWN, taken, err) != 0 &&
             err->kind != BI_EXIT_INPUT)
        return -1;
    if (!*taken) {
        run_page_clear(context, issue, page, RUN_SEGMENT);
        run_page_fail(context, issue, page, false, "corrections", err->text);
    } else if (whole) {
        end_page(context, issue, page);
    } else {
        page->next = RUN_OCR;
    }
    return 0;
}

/* True if the next step reads an image that was dropped to save room. */
static bool needs_image(struct run_issue *issue, const struct run_page *page)
{
    char sha256[BI_SHA256_HEX];
    char *image = bi_path_join(&issue->arena, page->folder, run_stage_names(RUN_DESKEW)->output);
    return page->next > RUN_DESKEW && bi_dropped_read(image, sha256) == 0;
}

int run_page_next(struct run_context *context, struct run_issue *issue, struct run_page *page,
                  struct run_job **job, struct bi_error *err)
{
    for (;;) {
        if (!page->ended && (page->correction || page->drawn) && page->next == RUN_SEGMENT &&
            take_correction(context, issue, page, err) != 0)
            return -1;
        if (!page->ended && page->next > RUN_OCR)
            end_page(context, issue, page);
        if (page->ended)
            return 0;
        enum run_decision decision;
        struct bi_text reason = {0};
        int planned = run_plan(context, issue, page, page->next, job, &decision, &reason, err);
        const char *why = bi_text_get(&reason);
        if (planned != 0 && err->kind != BI_EXIT_INPUT)
            return -1;
        if (planned != 0) {
            run_page_clear(context, issue, page, page->next);
            run_page_fail(context, issue, page, false, run_stage_names(page->next)->name, err->text);
        } else if (decision == RUN_FAILED_BEFORE) {
            run_explain(context, issue, page, page->next, "does not run, it failed before", why);
            run_page_clear(context, issue, page, page->next + 1);
            run_page_fail(context, issue, page, true, run_stage_names(page->next)->name, why);
        } else if (decision == RUN_CURRENT) {
            run_explain(context, issue, page, page->next, "does not run", why);
            page->next++;
        } else if (context->options.dry_run) {
            run_explain(context, issue, page, page->next, "would run", why);
            assume_page(context, issue, page);
        } else if (!run_share_includes(context->options.share, page->next)) {
            run_explain(context, issue, page, page->next, "is left", why);
            leave_page(context, issue, page);
        } else if (needs_image(issue, page)) {
            run_explain(context, issue, page, page->next, "is going to run", why);
            page->remake = true;
            page->next = RUN_DESKEW;
        } else {
            run_explain(context, issue, page, page->next, "runs", why);
            if (context->options.trial)
                unlink((*job)->output); /* a link to the real one, which no program shall write through */
            bi_text_release(&reason);
            return 0;
        }
        bi_text_release(&reason);
        *job = NULL;
    }
}
