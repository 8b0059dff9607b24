/* How long the steps of an issue took. */
#include "report/html.h"
#include "report/report.h"

static void write_step(FILE *out, const struct run_record *record)
{
    if (!record->stage) {
        fputs("<td class=\"n\">–</td>", out);
        return;
    }
    fprintf(out, "<td class=\"n\" title=\"%.1f s of CPU, %.0f MB of memory, began %s\">", record->cpu_seconds,
            (double)record->peak_memory_bytes / 1e6, record->started);
    html_seconds(out, record->seconds);
    if (record->exit_code != 0)
        fprintf(out, " <b class=\"error\">exit %d</b>", record->exit_code);
    fputs("</td>", out);
}

static void add(struct run_record *sum, const struct run_record *record)
{
    if (!record->stage)
        return;
    sum->stage = record->stage;
    sum->started = record->started;
    sum->seconds += record->seconds;
    sum->cpu_seconds += record->cpu_seconds;
    if (record->peak_memory_bytes > sum->peak_memory_bytes)
        sum->peak_memory_bytes = record->peak_memory_bytes;
}

void report_write_timings(FILE *out, const struct report *report)
{
    struct run_record sums[RUN_STAGE_COUNT] = {0};
    double cpu_seconds = 0;
    fputs("<h2>Timings</h2>\n<table>\n", out);
    html_headings(out, "", run_stage_names(RUN_DESKEW)->name, run_stage_names(RUN_SEGMENT)->name,
                  run_stage_names(RUN_OCR)->name, NULL);
    for (size_t i = 0; i < report->page_count; i++) {
        fprintf(out, "<tr><th scope=\"row\">frame %d</th>", report->pages[i].frame->number);
        for (enum run_stage stage = RUN_DESKEW; stage <= RUN_OCR; stage++) {
            write_step(out, &report->pages[i].records[stage]);
            add(&sums[stage], &report->pages[i].records[stage]);
        }
        fputs("</tr>\n", out);
    }
    fputs("<tr class=\"sum\"><th scope=\"row\">all pages</th>", out);
    for (enum run_stage stage = RUN_DESKEW; stage <= RUN_OCR; stage++) {
        write_step(out, &sums[stage]);
        cpu_seconds += sums[stage].cpu_seconds;
    }
    fputs("</tr>\n</table>\n<p>", out);
    static const enum run_stage whole[] = {RUN_INTAKE, RUN_STITCH, RUN_LOAD};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        const struct run_record *record = &report->records[whole[i]];
        if (!record->stage)
            continue;
        fprintf(out, "%s ", run_stage_names(whole[i])->name);
        html_seconds(out, record->seconds);
        fputs(", ", out);
        cpu_seconds += record->cpu_seconds;
    }
    fputs("CPU of all ", out);
    html_seconds(out, cpu_seconds);
    fputs(". A pointer over a figure shows CPU, memory and when it began.</p>\n", out);
}
