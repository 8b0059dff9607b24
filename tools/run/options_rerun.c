#include "run/options_rerun.h"

#include <string.h>

#include "run/options_parse.h"
#include "run/stage.h"

enum { KEY_FROM = RUN_KEY_OWN, KEY_SET, KEY_COMPARE };

static const struct argp_option own[] = {
    {"from", KEY_FROM, "STAGE", 0,
     "Do this stage again and what follows: intake, deskew, segment, ocr, stitch or load", 3},
    {"set", KEY_SET, "STAGE.NAME=VALUE", 0,
     "A setting of these pages, or without --page of the issue, from now on; without a value it is taken "
     "back",
     3},
    {"profile", 0, "NAME", 0, "The same as --set ocr.profile=NAME", 3},
    {"model", 0, "NAME", 0, "The same as --set ocr.model=NAME", 3},
    {"compare", KEY_COMPARE, NULL, 0, "Only show what would change, and keep nothing of it", 3},
};
/* What a rerun takes of the options of a run, as they are there. */
static const char *const shared[] = {"archive",  "work",    "corrections", "jobs",     "quiet",
                                     "explain",  "dry-run", "page",        "tessdata", "tables",
                                     "programs", "timeout", "memory"};
enum { OWN = sizeof own / sizeof *own, SHARED = sizeof shared / sizeof *shared };

struct rerun {
    struct run_parse parse; /* first: the parser of a run sees only this */
    int profile, model;     /* keys */
    bool staged;
};

static const struct argp_option *find_option(const char *name)
{
    const struct argp_option *option = run_option_list;
    while (option->name && strcmp(option->name, name) != 0)
        option++;
    return option;
}

static void add_set(struct run_parse *parse, char *set)
{
    struct run_options *options = parse->options;
    options->sets = bi_arena_grow(parse->arena, options->sets, options->set_count, &options->set_capacity,
                                  sizeof *options->sets);
    options->sets[options->set_count++] = set;
}

/* "ocr" or "4-ocr". */
static enum run_stage stage_named(const char *name)
{
    enum run_stage stage = 0;
    while (stage < RUN_STAGE_COUNT && strcmp(run_stage_names(stage)->name, name) != 0 &&
           strcmp(strchr(run_stage_names(stage)->name, '-') + 1, name) != 0)
        stage++;
    return stage;
}

static error_t take(int key, char *argument, struct argp_state *state)
{
    struct rerun *rerun = state->input;
    struct run_options *options = rerun->parse.options;
    if (key == KEY_FROM) {
        rerun->staged = options->force = true;
        options->from = stage_named(argument);
        if (options->from == RUN_STAGE_COUNT)
            argp_error(state,
                       "--from=%s: is no stage; they are intake, deskew, segment, ocr, stitch and load",
                       argument);
    } else if (key == KEY_SET) {
        add_set(&rerun->parse, argument);
    } else if (key == rerun->profile) {
        add_set(&rerun->parse, bi_arena_printf(rerun->parse.arena, "ocr.profile=%s", argument));
    } else if (key == rerun->model) {
        add_set(&rerun->parse, bi_arena_printf(rerun->parse.arena, "ocr.model=%s", argument));
    } else if (key == KEY_COMPARE) {
        options->trial = true;
    } else if (key == ARGP_KEY_NO_ARGS) {
        argp_error(state, "no issue given");
    } else {
        return run_options_take(key, argument, state);
    }
    return 0;
}

int run_options_rerun(struct bi_arena *arena, int argc, char **argv, struct run_options *options,
                      struct bi_error *err)
{
    struct rerun rerun = {.parse = {arena, options},
                          .profile = find_option("profile")->key,
                          .model = find_option("model")->key};
    struct argp_option list[OWN + SHARED + 1] = {0};
    memcpy(list, own, sizeof own);
    for (int i = 0; i < OWN; i++)
        if (!list[i].key)
            list[i].key = find_option(list[i].name)->key;
    for (int i = 0; i < SHARED; i++)
        list[OWN + i] = *find_option(shared[i]);
    const struct argp argp = {
        .options = list,
        .parser = take,
        .args_doc = "ISSUE",
        .doc = "Does an issue again, or some of its pages: all of their stages, those from a given one on, "
               "or those that a "
               "changed setting touches; then its articles, and loads them."
               "\vISSUE is the issue's folder, or title/date of one that was run before. Settings are kept "
               "beside the "
               "corrections and hold at every run from then on; see backissue.ini(5).",
    };
    run_options_init(options);
    argp_parse(&argp, argc, argv, 0, NULL, &rerun);
    if (options->scan_count != 1)
        return bi_error_set(err, BI_EXIT_USAGE, "%s: one issue at a time", options->scans[1]);
    if (options->trial && options->dry_run)
        return bi_error_set(err, BI_EXIT_USAGE, "--compare: does not go with --dry-run");
    options->retry = true;
    if (!rerun.staged && options->set_count == 0) {
        options->force = true;
        options->from = options->pages ? RUN_DESKEW : RUN_INTAKE;
    }
    return run_options_complete(arena, options, err);
}
