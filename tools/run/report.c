#include "run/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/process.h"
#include "base/text.h"
#include "run/record.h"

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
    run_log_release(&report->log);
    bi_arena_release(&report->arena);
}

int run_report_log(struct run_report *report, const char *path, bool json, struct bi_error *err)
{
    if (run_log_open(&report->log, path, json, err) != 0)
        return -1;
    if (report->log.stream == stderr)
        report->progress.terminal = false;
    return 0;
}

/* One line of anything, from the arena. */
__attribute__((format(printf, 2, 0))) static char *format_line(struct bi_arena *arena, const char *format,
                                                               va_list args)
{
    struct bi_error line; /* for its way of making one line */
    char text[sizeof line.text];
    vsnprintf(text, sizeof text, format, args);
    bi_error_set(&line, BI_EXIT_DONE, "%s", text);
    return bi_arena_strdup(arena, line.text);
}

/* Takes `fields`. */
static void tell(struct run_report *report, bool silent, const char *event, json_t *fields, const char *text)
{
    if (!silent && report->log.stream != stderr)
        bi_progress_line(&report->progress, "%s", text);
    run_log_write(&report->log, event, fields, text);
}

static json_t *with_string(json_t *object, const char *name, const char *value)
{
    if (value)
        json_object_set_new(object, name, run_json_string(value));
    return object;
}

static json_t *subject_fields(const struct run_subject *subject)
{
    json_t *fields = with_string(json_object(), "issue", subject->issue);
    if (subject->page > 0)
        json_object_set_new(fields, "page", json_integer(subject->page));
    with_string(fields, "scan", subject->scan);
    return with_string(fields, "stage", subject->where);
}

static char *subject_name(struct bi_arena *arena, const struct run_subject *subject)
{
    if (subject->page == 0)
        return bi_arena_strdup(arena, subject->issue);
    return bi_arena_printf(arena, "%s: page %d of %d", subject->issue, subject->page, subject->pages);
}

static char *line_of(struct bi_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
static char *line_of(struct bi_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *line = format_line(arena, format, args);
    va_end(args);
    return line;
}

static void keep(struct run_report *report, struct run_lines *lines, char *line)
{
    lines->lines =
        bi_arena_grow(&report->arena, lines->lines, lines->count, &lines->capacity, sizeof *lines->lines);
    lines->lines[lines->count++] = line;
}

void run_report_begin(struct run_report *report, const char *archive)
{
    json_t *fields = with_string(json_object(), "archive", archive);
    json_object_set_new(fields, "issues", json_integer(report->issues));
    json_object_set_new(fields, "pages", json_integer(report->pages));
    json_object_set_new(fields, "left", json_integer((json_int_t)report->left.count));
    struct bi_arena arena = {0};
    run_log_write(&report->log, "begin", fields,
                  line_of(&arena, "%s: begins with %d issue%s", archive, report->issues,
                          run_report_plural((size_t)report->issues)));
    bi_arena_release(&arena);
}

void run_report_line(struct run_report *report, const char *format, ...)
{
    struct bi_arena arena = {0};
    va_list args;
    va_start(args, format);
    const char *line = format_line(&arena, format, args);
    va_end(args);
    tell(report, report->quiet, "note", with_string(json_object(), "text", line), line);
    bi_arena_release(&arena);
}

void run_report_failure(struct run_report *report, bool before, const struct run_subject *subject,
                        const char *message)
{
    const char *name = subject_name(&report->arena, subject);
    char *line = subject->page > 0
                     ? line_of(&report->arena, "%s (%s) failed in %s: %s", name, subject->scan,
                               subject->where, message)
                     : line_of(&report->arena, "%s: failed in %s: %s", name, subject->where, message);
    report->failures = bi_arena_grow(&report->arena, report->failures, report->failure_count,
                                     &report->failure_capacity, sizeof *report->failures);
    report->failures[report->failure_count++] = (struct run_failure){.text = line, .before = before};
    json_t *fields = with_string(subject_fields(subject), "message", message);
    json_object_set_new(fields, "before", json_boolean(before));
    tell(report, before, "failure", fields, line);
}

void run_report_left(struct run_report *report, const char *name, const char *why)
{
    keep(report, &report->left, line_of(&report->arena, "%s: %s", name, why));
    json_t *fields = with_string(with_string(json_object(), "issue", name), "reason", why);
    tell(report, report->quiet, "left", fields,
         line_of(&report->arena, "%s: left for a later run, as it may still be written: %s", name, why));
}

void run_report_step(struct run_report *report, const struct run_subject *subject,
                     const struct run_record *record)
{
    json_t *fields =
        with_string(subject_fields(subject), "message", *record->message ? record->message : NULL);
    json_object_set_new(fields, "exit_code", json_integer(record->exit_code));
    json_object_set_new(fields, "seconds", json_real(record->seconds));
    json_object_set_new(fields, "cpu_seconds", json_real(record->cpu_seconds));
    json_object_set_new(fields, "peak_memory_bytes", json_integer(record->peak_memory_bytes));
    run_log_write(&report->log, "step", fields, NULL);
}

void run_report_page(struct run_report *report, const struct run_subject *subject, double seconds)
{
    struct bi_arena arena = {0};
    json_t *fields = subject_fields(subject);
    json_object_set_new(fields, "seconds", json_real(seconds));
    tell(report, report->quiet, "page", fields,
         line_of(&arena, "%s read (%.1f s)", subject_name(&arena, subject), seconds));
    bi_arena_release(&arena);
}

void run_report_loaded(struct run_report *report, const char *issue, const struct bi_articles *articles)
{
    size_t dangling = 0;
    for (size_t i = 0; i < articles->link_count; i++)
        dangling += strcmp(articles->links[i].status, "linked") != 0;
    report->articles += articles->article_count;
    report->links += articles->link_count;
    report->dangling += dangling;
    report->problems += articles->problem_count;
    json_t *fields = with_string(json_object(), "issue", issue);
    json_object_set_new(fields, "articles", json_integer((json_int_t)articles->article_count));
    json_object_set_new(fields, "links", json_integer((json_int_t)articles->link_count));
    json_object_set_new(fields, "dangling", json_integer((json_int_t)dangling));
    json_object_set_new(fields, "problems", json_integer((json_int_t)articles->problem_count));
    char *line = line_of(&report->arena, "%s: in the archive with %zu article%s, %zu link%s, %zu problem%s",
                         issue, articles->article_count, run_report_plural(articles->article_count),
                         articles->link_count, run_report_plural(articles->link_count),
                         articles->problem_count, run_report_plural(articles->problem_count));
    keep(report, &report->taken, line);
    tell(report, report->quiet, "issue", fields, line);
}

void run_report_explain(struct run_report *report, const char *format, ...)
{
    if (!report->explain)
        return;
    struct bi_arena arena = {0};
    va_list args;
    va_start(args, format);
    const char *line = format_line(&arena, format, args);
    va_end(args);
    run_log_write(&report->log, "explain", with_string(json_object(), "text", line), line);
    bi_progress_clear(&report->progress);
    puts(line);
    fflush(stdout); /* in step with what stderr shows */
    bi_arena_release(&arena);
}

void run_report_end(struct run_report *report, int exit_code, const char *message)
{
    struct bi_arena arena = {0};
    json_t *fields = with_string(json_object(), "message", message);
    const struct {
        const char *name;
        json_int_t count;
    } counts[] = {
        {"exit_code", exit_code},
        {"pages_read", report->pages_read},
        {"pages_failed", report->pages_failed},
        {"pages_current", report->pages_current},
        {"issues_loaded", report->issues_loaded},
        {"issues_failed", report->issues_failed},
        {"issues_current", report->issues_current},
        {"issues_left", (json_int_t)report->left.count},
        {"articles", (json_int_t)report->articles},
        {"links", (json_int_t)report->links},
        {"dangling", (json_int_t)report->dangling},
        {"problems", (json_int_t)report->problems},
    };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        json_object_set_new(fields, counts[i].name, json_integer(counts[i].count));
    double seconds = bi_process_clock() - report->started;
    json_object_set_new(fields, "seconds", json_real(seconds));
    run_log_write(&report->log, "end", fields,
                  line_of(&arena,
                          "ended with %d: %d page%s read, %d failed, %d issue%s loaded, %d failed; %s%s%s",
                          exit_code, report->pages_read, run_report_plural((size_t)report->pages_read),
                          report->pages_failed, report->issues_loaded,
                          run_report_plural((size_t)report->issues_loaded), report->issues_failed,
                          run_report_duration(&arena, seconds), message ? ": " : "", message ? message : ""));
    bi_arena_release(&arena);
}
