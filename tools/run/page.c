#include "run/page.h"

#include <dirent.h>
#include <fnmatch.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/pagexml.h"
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

/* "linjiang 2025-07-04: page 3 of 4", or the issue alone. */
static char *name_of(struct run_issue *issue, const struct run_page *page)
{
    if (!page)
        return issue->name;
    return bi_arena_printf(&issue->arena, "%s: page %d of %zu", issue->name, page->frame->number,
                           issue->page_count);
}

void run_page_fail(struct run_context *context, struct run_issue *issue, struct run_page *page, bool before,
                   const char *where, const char *message)
{
    page->ended = page->failed = true;
    page->text = NULL;
    context->report.pages_failed++;
    run_report_failure(&context->report, before, "%s (%s) failed in %s: %s", name_of(issue, page),
                       page->frame->scan, where, message);
}

void run_explain(struct run_context *context, struct run_issue *issue, const struct run_page *page,
                 enum run_stage stage, const char *what, const char *reason)
{
    run_report_explain(&context->report, "%s: %s %s%s%s", name_of(issue, page), run_stage_names(stage)->name,
                       what, *reason ? ": " : "", reason);
}

/* Text that is there although this run does not look at the page: left out by --page. */
static char *existing_text(struct run_issue *issue, const struct run_page *page)
{
    const struct run_stage_names *ocr = run_stage_names(RUN_OCR);
    struct run_record record;
    char *text = bi_path_join(&issue->arena, page->folder, ocr->output);
    char *kept = bi_path_join(&issue->arena, page->folder, ocr->record);
    bool good = run_record_read(&issue->arena, kept, &record, NULL) == 0 && record.exit_code == 0;
    return good && access(text, R_OK) == 0 ? text : NULL;
}

/* A copy, of what can be read as a page, in the work folder, where the name of the page image in it means the
 * file beside it. */
static int copy_correction(struct run_issue *issue, struct run_page *page, struct bi_error *err)
{
    char theirs[BI_SHA256_HEX], ours[BI_SHA256_HEX];
    char *copy = bi_path_join(&issue->arena, page->folder, RUN_CORRECTED);
    if (run_hashes_get(&issue->hashes, page->correction, false, theirs, err) != 0)
        return -1;
    if (run_hashes_get(&issue->hashes, copy, true, ours, NULL) != 0 || strcmp(theirs, ours) != 0) {
        BI_CLEANUP(bi_freep) char *data = NULL;
        size_t size;
        struct bi_page parsed;
        if (bi_file_read(page->correction, BI_PAGEXML_MAX_BYTES, false, &data, &size, err) != 0 ||
            bi_pagexml_parse(page->correction, data, size, &parsed, err) != 0)
            return -1;
        int frame = parsed.transform.scan ? parsed.transform.frame : 0;
        bi_page_release(&parsed);
        if (frame > 0 && frame != page->frame->number)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: is of page %d by its metadata", page->correction,
                                frame);
        if (bi_file_write(copy, data, size, err) != 0)
            return -1;
    }
    page->text = copy;
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
        .correction = bi_path_join(arena, issue->corrections, bi_arena_printf(arena, "%s.page.xml", name)),
        .wanted = run_options_wants(options->pages, options->page_count, frame->number) &&
                  run_options_wants(place->pages, place->page_count, frame->number),
        .next = RUN_DESKEW,
    };
    if (access(page->correction, F_OK) != 0)
        page->correction = NULL;
    if (!context->options.dry_run) {
        if (bi_path_make(page->folder, err) != 0)
            return -1;
        if (page->wanted) /* another task may be at work on it otherwise */
            run_sweep(page->folder);
        if (!page->correction)
            unlink(bi_path_join(arena, page->folder, RUN_CORRECTED)); /* of one that was taken back */
    }
    if (frame->problem) {
        page->ended = true;
        if (page->wanted)
            run_page_fail(context, issue, page, !issue->worked, run_stage_names(RUN_INTAKE)->name,
                          frame->problem);
        return 0;
    }
    if (!page->wanted) {
        page->ended = true;
        page->text = existing_text(issue, page);
        if (page->text && page->correction)
            return copy_correction(issue, page, err);
    }
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
    if (!context->options.dry_run)
        run_report_line(&context->report, "%s read (%.1f s)", name_of(issue, page), page->seconds);
}

/* In a dry run a step that would run makes those after it run. */
static void assume_page(struct run_context *context, struct run_issue *issue, struct run_page *page)
{
    page->worked = true;
    enum run_stage last = page->correction ? RUN_DESKEW : RUN_OCR;
    for (enum run_stage stage = page->next + 1; stage <= last; stage++)
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
    run_report_explain(&context->report, "%s: is taken from %s", name_of(issue, page), page->correction);
    if (context->options.dry_run)
        page->text = page->correction;
    else if (copy_correction(issue, page, err) != 0 && err->kind != BI_EXIT_INPUT)
        return -1;
    if (page->text)
        end_page(context, issue, page);
    else
        run_page_fail(context, issue, page, false, "corrections", err->text);
    return 0;
}

int run_page_next(struct run_context *context, struct run_issue *issue, struct run_page *page,
                  struct run_job **job, struct bi_error *err)
{
    for (;;) {
        if (!page->ended && page->correction && page->next == RUN_SEGMENT &&
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
            run_page_fail(context, issue, page, false, run_stage_names(page->next)->name, err->text);
        } else if (decision == RUN_FAILED_BEFORE) {
            run_explain(context, issue, page, page->next, "does not run, it failed before", why);
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
        } else {
            run_explain(context, issue, page, page->next, "runs", why);
            bi_text_release(&reason);
            return 0;
        }
        bi_text_release(&reason);
        *job = NULL;
    }
}
