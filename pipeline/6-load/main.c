/* backissue-load: puts one issue into the archive, whole or not at all. */
#include <stdio.h>

#include "base/cleanup.h"
#include "base/program.h"
#include "load.h"
#include "store.h"

struct options {
    const char *archive, *runs, *issue, *articles;
    char **pages;
    size_t page_count;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'o':
        options->archive = argument;
        return 0;
    case 'r':
        options->runs = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num == 0)
            options->issue = argument;
        else if (state->arg_num == 1)
            options->articles = argument;
        else
            return ARGP_ERR_UNKNOWN; /* the rest comes as ARGP_KEY_ARGS */
        return 0;
    case ARGP_KEY_ARGS:
        options->pages = state->argv + state->next;
        options->page_count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_END:
        if (!options->archive)
            argp_error(state, "no archive given (-o)");
        if (!options->articles)
            argp_error(state, "issue.json and articles.json are needed");
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "ARCHIVE", 0, "archive to put the issue into; made if it is not there", 0},
    {"runs", 'r', "FILE", 0, "executions of stages to record, one JSON object a line", 0},
    {0},
};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .args_doc = "ISSUE.json ARTICLES.json [PAGE.xml...]",
    .doc = "Puts one issue into a SQLite archive in one transaction, replacing an earlier load of it.",
};

int main(int argc, char **argv)
{
    bi_program_init("backissue-load");
    struct options options = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);

    struct bi_error err;
    BI_CLEANUP(load_inputs_release) struct load_inputs inputs = {0};
    BI_CLEANUP(load_runs_release) struct load_runs runs = {0};
    BI_CLEANUP(bi_store_closep) sqlite3 *db = NULL;
    struct load_counts counts;
    if (load_inputs_read(&inputs, options.issue, options.articles, options.pages, options.page_count, &err) <
            0 ||
        (options.runs && load_runs_read(options.runs, &runs, &err) < 0))
        return bi_program_fail(&err);
    if (bi_store_on_network(options.archive))
        bi_program_warn("%s: is on a network file system, where SQLite cannot keep an archive safe",
                        options.archive);
    if (bi_store_open(options.archive, BI_STORE_CREATE, &db, &err) < 0)
        return bi_program_fail(&err);
    if (load_issue(db, options.archive, &inputs, &runs, &counts, &err) < 0) {
        struct bi_error why = err;
        if (err.kind == BI_EXIT_INPUT) /* a value that only the archive's own checks have found */
            bi_error_set(&err, BI_EXIT_INPUT, "%s: cannot be loaded: %s", options.issue, why.text);
        return bi_program_fail(&err);
    }
    return BI_EXIT_DONE;
}
