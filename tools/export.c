/* backissue export: writes an archive in formats that other systems take. */
#include <argp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/verb.h"
#include "base/cleanup.h"
#include "base/process.h"
#include "export/bag.h"
#include "export/work.h"
#include "verbs.h"

enum {
    KEY_ISSUE = 0x100,
    KEY_ARTICLE,
    KEY_PAPER,
    KEY_FROM,
    KEY_TO,
    KEY_DPI,
    KEY_QUALITY,
    KEY_BASE_URL,
    KEY_BAG,
    KEY_WORKER
};

struct verb {
    struct export_work work;
    struct bi_arena arena;
    const char *folder;
    const struct export_format **formats;
    size_t issue_room, article_room, format_room;
    bool bag;
    long worker; /* issue; 0: not a worker */
};

static const struct argp_option OPTIONS[] = {
    ARCHIVE_VERB_OPTION,
    {"output", 'o', "DIR", 0, "where to (required)", 0},
    {"issue", KEY_ISSUE, "ISSUE", 0, "only this issue (id, date or folder); may be repeated", 0},
    {"article", KEY_ARTICLE, "ID", 0, "only this article; may be repeated", 0},
    {"paper", KEY_PAPER, "NAME", 0, "only this paper (its name, or its title's folder)", 0},
    {"from", KEY_FROM, "DATE", 0, "only from this day, month or year on", 0},
    {"to", KEY_TO, "DATE", 0, "only up to it", 0},
    {"dpi", KEY_DPI, "N", 0, "resolution of page images", 0},
    {"quality", KEY_QUALITY, "N", 0, "quality of JPEG images, 1 to 100", 0},
    {"base-url", KEY_BASE_URL, "URL", 0, "the address that DIR will have", 0},
    {"bag", KEY_BAG, NULL, 0, "make DIR a bag (BagIt), the export its payload", 0},
    {"jobs", 'j', "N", 0, "issues at a time (as many as there are processors)", 0},
    {"quiet", 'q', NULL, 0, "say nothing but what went wrong", 0},
    {"worker", KEY_WORKER, "ISSUE", OPTION_HIDDEN, NULL, 0},
    {0},
};

static void add_formats(struct verb *verb, const char *names, const struct argp_state *state)
{
    for (const char *s = names;; s++) {
        size_t length = strcspn(s, ",");
        const struct export_format *format = export_format_find(s, length);
        if (!format)
            argp_error(state, "'%.*s' is no format; `backissue export --help` lists them", (int)length, s);
        size_t *count = &verb->work.options.format_count;
        verb->formats =
            bi_arena_grow(&verb->arena, verb->formats, *count, &verb->format_room, sizeof *verb->formats);
        verb->formats[(*count)++] = format;
        s += length;
        if (!*s)
            return;
    }
}

static void add_issue(struct verb *verb, const char *issue)
{
    struct export_selection *selection = &verb->work.selection;
    selection->issues = bi_arena_grow(&verb->arena, selection->issues, selection->issue_count,
                                      &verb->issue_room, sizeof *selection->issues);
    selection->issues[selection->issue_count++] = issue;
}

static void add_article(struct verb *verb, long article)
{
    struct export_selection *selection = &verb->work.selection;
    selection->articles = bi_arena_grow(&verb->arena, selection->articles, selection->article_count,
                                        &verb->article_room, sizeof *selection->articles);
    selection->articles[selection->article_count++] = article;
}

/* An option that none of the formats looks at is a mistake, as is one missing that a format needs. */
static void check_option(const struct verb *verb, bool given, char letter, const char *option,
                         const struct argp_state *state)
{
    bool used = false;
    for (size_t i = 0; i < verb->work.options.format_count; i++) {
        const struct export_format *format = verb->formats[i];
        used |= strchr(format->options, letter) != NULL;
        if (!given && format->needs && strchr(format->needs, letter))
            argp_error(state, "%s needs %s", format->name, option);
    }
    if (given && !used)
        argp_error(state, "%s says nothing to the formats chosen", option);
}

static void check(struct verb *verb, const struct argp_state *state)
{
    const struct export_options *options = &verb->work.options;
    if (!options->format_count)
        argp_error(state, "no format given");
    if (!verb->folder)
        argp_error(state, "no folder given: -o DIR");
    check_option(verb, options->dpi, 'd', "--dpi", state);
    check_option(verb, options->quality, 'q', "--quality", state);
    check_option(verb, options->base_url, 'u', "--base-url", state);
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct verb *verb = state->input;
    struct export_work *work = &verb->work;
    switch (key) {
    case 'a':
        work->archive = argument;
        return 0;
    case 'o':
        verb->folder = argument;
        return 0;
    case 'j':
        work->jobs = (int)archive_verb_number(state, "--jobs", argument, 1);
        return 0;
    case 'q':
        work->quiet = true;
        return 0;
    case KEY_ISSUE:
        add_issue(verb, argument);
        return 0;
    case KEY_ARTICLE:
        add_article(verb, archive_verb_number(state, "--article", argument, 1));
        return 0;
    case KEY_PAPER:
        work->selection.paper = argument;
        return 0;
    case KEY_FROM:
        work->selection.from = archive_verb_date(state, "--from", argument);
        return 0;
    case KEY_TO:
        work->selection.to = archive_verb_date(state, "--to", argument);
        return 0;
    case KEY_DPI:
        work->options.dpi = (int)archive_verb_number(state, "--dpi", argument, 30);
        return 0;
    case KEY_QUALITY:
        work->options.quality = (int)archive_verb_number(state, "--quality", argument, 1);
        if (work->options.quality > 100)
            argp_error(state, "--quality takes a number up to 100");
        return 0;
    case KEY_BASE_URL:
        work->options.base_url = archive_verb_url(state, &verb->arena, "--base-url", argument);
        return 0;
    case KEY_BAG:
        verb->bag = true;
        return 0;
    case KEY_WORKER:
        verb->worker = archive_verb_number(state, "--worker", argument, 1);
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            argp_error(state, "formats are given together: FORMAT,FORMAT");
        add_formats(verb, argument, state);
        return 0;
    case ARGP_KEY_END:
        check(verb, state);
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

/* The formats, after the options. */
static char *list_formats(int key, const char *text, void *input)
{
    (void)input;
    if (key != ARGP_KEY_HELP_POST_DOC)
        return (char *)(uintptr_t)text;
    struct bi_text list = {0};
    bi_text_add(&list, "Formats:\n");
    for (size_t i = 0; EXPORT_FORMATS[i]; i++)
        bi_text_printf(&list, "  %-8s %s\n", EXPORT_FORMATS[i]->name, EXPORT_FORMATS[i]->help);
    return list.data; /* argp frees it */
}

static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .args_doc = "FORMAT[,FORMAT...]",
    .doc = "Writes issues or articles of an archive in formats that other systems take. Formats that make a "
           "folder an "
           "issue write DIR/<title>/<issue>/<format>/, whole or not at all; what is there already and has "
           "not changed "
           "is left.\v",
    .help_filter = list_formats,
};

static int export_all(struct verb *verb, struct bi_error *err)
{
    struct export_result result;
    if (verb->bag && export_bag_open(verb->folder, err) < 0)
        return -1;
    if (export_work(&verb->work, &result, err) < 0)
        return -1;
    if (verb->bag && export_bag_close(verb->folder, err) < 0)
        return -1;
    if (!verb->work.quiet) {
        printf("%zu issues exported to %s", result.issues, verb->folder);
        if (result.unchanged)
            printf(", %zu of them unchanged", result.unchanged);
        puts("");
    }
    if (result.failed)
        return bi_error_set(err, BI_EXIT_INPUT, "%zu of %zu issues could not be exported", result.failed,
                            result.issues + result.failed);
    return 0;
}

int bi_verb_export(int argc, char **argv)
{
    struct verb verb = {.work = {.jobs = bi_process_cores()}};
    verb.work.arguments = (const char *const *)(uintptr_t)(argv + 1);
    struct bi_error err;
    argp_parse(&ARGP, argc, argv, 0, NULL, &verb);
    verb.work.archive = archive_choose(verb.work.archive);
    verb.work.options.formats = verb.formats;
    verb.work.options.folder = verb.bag ? bi_path_join(&verb.arena, verb.folder, "data") : verb.folder;
    int code;
    if (verb.worker) {
        int status = export_work_issue(&verb.work, verb.worker, &err);
        code = status == 1 ? EXPORT_WORKER_UNCHANGED : archive_verb_end(status, &err);
    } else {
        code = archive_verb_end(export_all(&verb, &err), &err);
    }
    bi_arena_release(&verb.arena);
    return code;
}
