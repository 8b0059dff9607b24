#include <math.h>
#include <stdio.h>

#include "base/process.h"
#include "base/text.h"
#include "run/report.h"

char *run_report_duration(struct bi_arena *arena, double seconds)
{
    long whole = (long)(seconds + 0.5);
    if (seconds < 60)
        return bi_arena_printf(arena, seconds < 10 && seconds != floor(seconds) ? "%.1f s" : "%.0f s",
                               seconds);
    if (whole < 3600)
        return bi_arena_printf(arena, "%ld min %ld s", whole / 60, whole % 60);
    return bi_arena_printf(arena, "%ld h %ld min", whole / 3600, whole % 3600 / 60);
}

/* What a person waits for first; what does not fit goes from the end. */
void run_report_status(struct run_report *report, bool resized)
{
    if (!report->progress.terminal)
        return;
    struct bi_arena arena = {0};
    int done = report->pages_read + report->pages_current + report->pages_failed;
    double minutes = (bi_process_clock() - report->started) / 60;
    int read = report->pages_read, left = report->pages - done;
    struct bi_text running = {0};
    for (enum run_stage stage = 0; stage < RUN_STAGE_COUNT; stage++)
        if (report->running[stage] > 0)
            bi_text_printf(&running, "%s%d×%s", running.length ? " " : "", report->running[stage],
                           run_stage_names(stage)->name);
    const char *parts[7];
    size_t count = 0;
    parts[count++] = bi_arena_printf(&arena, "page %d of %d", done, report->pages);
    if (report->pages_failed + report->issues_failed > 0)
        parts[count++] = bi_arena_printf(&arena, "%d failed", report->pages_failed + report->issues_failed);
    if (read > 0 && left > 0)
        parts[count++] = bi_arena_printf(&arena, "%s left",
                                         run_report_duration(&arena, ceil(left / (read / minutes) * 60)));
    parts[count++] = bi_arena_printf(
        &arena, "issue %d of %d",
        report->issues_ended < report->issues ? report->issues_ended + 1 : report->issues, report->issues);
    if (running.length)
        parts[count++] = bi_text_get(&running);
    if (report->articles > 0)
        parts[count++] =
            bi_arena_printf(&arena, "%zu article%s", report->articles, run_report_plural(report->articles));
    if (read > 0 && minutes > 0)
        parts[count++] = bi_arena_printf(&arena, "%.1f pages/min", read / minutes);
    if (resized)
        bi_progress_resized(&report->progress);
    bi_progress_parts(&report->progress, parts, count);
    bi_text_release(&running);
    bi_arena_release(&arena);
}

static void print_failures(const struct run_report *report)
{
    size_t before = 0;
    for (size_t i = 0; i < report->failure_count; i++)
        before += report->failures[i].before;
    /* With --quiet each has just been said, and nothing else. */
    if (report->failure_count > before && !report->quiet)
        puts("Failed:");
    for (size_t i = 0; i < report->failure_count && !report->quiet; i++)
        if (!report->failures[i].before)
            printf("  %s\n", report->failures[i].text);
    if (before > 0 && report->quiet)
        printf("Failed before, and nothing changed since (--retry tries again): %zu\n", before);
    else if (before > 0)
        puts("Failed before, and nothing changed since (--retry tries again):");
    for (size_t i = 0; i < report->failure_count && !report->quiet; i++)
        if (report->failures[i].before)
            printf("  %s\n", report->failures[i].text);
}

static void print_lines(const char *heading, const struct run_lines *lines)
{
    if (lines->count > 0)
        puts(heading);
    for (size_t i = 0; i < lines->count; i++)
        printf("  %s\n", lines->lines[i]);
}

/* A night in which an inbox brought something is told whole, so that the mail of cron has it; one in which
 * folders are still being written alone is not. */
static bool is_silent(const struct run_report *report)
{
    return report->quiet && !(report->inbox && report->pages_read + report->issues_loaded > 0);
}

void run_report_summary(struct run_report *report)
{
    bi_progress_clear(&report->progress);
    if (report->inbox && !is_silent(report)) {
        print_lines("Taken:", &report->taken);
        print_lines("Left for a later run, as they may still be written:", &report->left);
    }
    print_failures(report);
    if (is_silent(report) && report->problems > 0)
        printf("%zu problem%s for a person to look at in %d issue%s loaded\n", report->problems,
               run_report_plural(report->problems), report->issues_loaded,
               run_report_plural((size_t)report->issues_loaded));
    if (is_silent(report))
        return;
    struct bi_arena arena = {0};
    printf("%d page%s read", report->pages_read, run_report_plural((size_t)report->pages_read));
    if (report->pages_failed > 0)
        printf(", %d failed", report->pages_failed);
    if (report->pages_current > 0)
        printf(", %d up to date", report->pages_current);
    printf("; %d issue%s loaded", report->issues_loaded, run_report_plural((size_t)report->issues_loaded));
    if (report->issues_failed > 0)
        printf(", %d failed", report->issues_failed);
    if (report->issues_current > 0)
        printf(", %d up to date", report->issues_current);
    if (report->issues_loaded > 0)
        printf(": %zu article%s, %zu link%s (%zu dangling), %zu problem%s", report->articles,
               run_report_plural(report->articles), report->links, run_report_plural(report->links),
               report->dangling, report->problems, run_report_plural(report->problems));
    printf("; %s\n", run_report_duration(&arena, bi_process_clock() - report->started));
    bi_arena_release(&arena);
}
