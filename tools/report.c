/* backissue report: what the stages made of an issue, as one HTML page. */
#include <argp.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "report/report.h"
#include "verbs.h"

#define DEFAULT_WIDTH 900
#define MIN_WIDTH 100
#define MAX_WIDTH 4000

struct arguments {
    const char *output, *folder;
    int width;
};

static const struct argp_option options[] = {
    {"output", 'o', "FILE", 0, "The report, an HTML file (required)", 0},
    {"width", 'w', "PIXELS", 0, "Width of the pages' pictures (900)", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    char *end;
    switch (key) {
    case 'o':
        arguments->output = value;
        return 0;
    case 'w': {
        long width = strtol(value, &end, 10);
        if (*end || end == value || width < MIN_WIDTH || width > MAX_WIDTH)
            argp_error(state, "--width=%s: is not a number from %d to %d", value, MIN_WIDTH, MAX_WIDTH);
        arguments->width = (int)width;
        return 0;
    }
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            argp_error(state, "one issue at a time");
        arguments->folder = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->folder)
            argp_error(state, "which issue?");
        if (!arguments->output)
            argp_error(state, "where to? (-o FILE)");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int write_report(const struct arguments *arguments, const struct report *report, struct bi_error *err)
{
    BI_CLEANUP(bi_output_discard) struct bi_output output = {0};
    if (bi_output_open(&output, arguments->output, err) != 0 ||
        report_write(output.stream, report, arguments->width, err) != 0)
        return -1;
    return bi_output_commit(&output, err);
}

int bi_verb_report(int argc, char **argv)
{
    static const struct argp argp = {
        options,
        parse,
        "ISSUE-WORK-FOLDER",
        "Writes a page on an issue: its pages with the confidence of each region, problems, jumps with their "
        "reasons, articles and timings.",
        NULL,
        NULL,
        NULL};
    struct arguments arguments = {.width = DEFAULT_WIDTH};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);

    struct report report;
    struct bi_error err;
    int result = report_read(&report, arguments.folder, &err);
    if (result == 0)
        result = write_report(&arguments, &report, &err);
    report_release(&report);
    return result == 0 ? BI_EXIT_DONE : bi_program_fail(&err);
}
