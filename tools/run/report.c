#include "run/report.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/process.h"
#include "base/text.h"

#define TEXT_BYTES 2048

const char *run_report_plural(size_t count)
{
    return count == 1 ? "" : "s";
}

void run_report_init(struct run_report *report, bool quiet, bool explain)
{
    *report = (struct run_report){.quiet = quiet, .explain = explain, .started = bi_process_clock()};
    bi_progress_init(&report->progress, stderr, !quiet);
}

void run_report_release(struct run_report *report)
{
    bi_progress_clear(&report->progress);
    bi_arena_release(&report->arena);
}

void run_report_line(struct run_report *report, const char *format, ...)
{
    if (report->quiet)
        return;
    char text[TEXT_BYTES];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bi_progress_line(&report->progress, "%s", text);
}

void run_report_failure(struct run_report *report, bool before, const char *format, ...)
{
    struct bi_error line; /* for its way of making one line of anything */
    char text[sizeof line.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bi_error_set(&line, BI_EXIT_DONE, "%s", text);
    report->failures = bi_arena_grow(&report->arena, report->failures, report->failure_count,
                                     &report->failure_capacity, sizeof *report->failures);
    report->failures[report->failure_count++] =
        (struct run_failure){.text = bi_arena_strdup(&report->arena, line.text), .before = before};
    if (!before)
        bi_progress_line(&report->progress, "%s", line.text);
}

static void keep(struct run_report *report, char ***lines, size_t *count, size_t *capacity, const char *text)
{
    *lines = bi_arena_grow(&report->arena, *lines, *count, capacity, sizeof **lines);
    (*lines)[(*count)++] = bi_arena_strdup(&report->arena, text);
}

void run_report_left(struct run_report *report, const char *name, const char *why)
{
    struct bi_error line; /* for its way of making one line of anything */
    bi_error_set(&line, BI_EXIT_DONE, "%s: %s", name, why);
    keep(report, &report->left, &report->left_count, &report->left_capacity, line.text);
    run_report_line(report, "%s: left for a later run, as it may still be written: %s", name, why);
}

void run_report_taken(struct run_report *report, const char *format, ...)
{
    struct bi_error line; /* for its way of making one line of anything */
    char text[sizeof line.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bi_error_set(&line, BI_EXIT_DONE, "%s", text);
    keep(report, &report->taken, &report->taken_count, &report->taken_capacity, line.text);
    run_report_line(report, "%s", line.text);
}

void run_report_explain(struct run_report *report, const char *format, ...)
{
    if (!report->explain)
        return;
    struct bi_error line; /* for its way of making one line of anything */
    char text[sizeof line.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bi_error_set(&line, BI_EXIT_DONE, "%s", text);
    bi_progress_clear(&report->progress);
    puts(line.text);
    fflush(stdout); /* in step with what stderr shows */
}

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

void run_report_status(struct run_report *report)
{
    if (!report->progress.terminal)
        return;
    int done = report->pages_read + report->pages_current + report->pages_failed;
    double minutes = (bi_process_clock() - report->started) / 60;
    struct bi_arena arena = {0};
    char failed[40] = "", speed[80] = "";
    if (report->pages_failed > 0)
        snprintf(failed, sizeof failed, ", %d failed", report->pages_failed);
    int read = report->pages_read, left = report->pages - done;
    if (read > 0 && left > 0 && minutes > 0)
        snprintf(speed, sizeof speed, ", %.1f pages/min, %s left", read / minutes,
                 run_report_duration(&arena, ceil(left / (read / minutes) * 60)));
    bi_progress_status(&report->progress, "issue %d of %d, page %d of %d%s%s",
                       report->issues_ended < report->issues ? report->issues_ended + 1 : report->issues,
                       report->issues, done, report->pages, failed, speed);
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

static void print_lines(const char *heading, char *const *lines, size_t count)
{
    if (count > 0)
        puts(heading);
    for (size_t i = 0; i < count; i++)
        printf("  %s\n", lines[i]);
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
        print_lines("Taken:", report->taken, report->taken_count);
        print_lines("Left for a later run, as they may still be written:", report->left, report->left_count);
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
