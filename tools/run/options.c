#include "run/options.h"

#include <argp.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"
#include "run/options_parse.h"
#include "run/settled.h"

#define DEFAULT_TIMEOUT_SECONDS 600
#define DEFAULT_SETTLED_SECONDS 600
#define DEFAULT_SLURM_PAGES 24 /* some minutes of work a task */
#define MAX_JOBS 1024
#define MAX_PAGE 1000000
#define MIB ((int64_t)1 << 20)

enum {
    KEY_WORK = 0x100,
    KEY_CORRECTIONS,
    KEY_EXPLAIN,
    KEY_DRY_RUN,
    KEY_TESSDATA,
    KEY_MODEL,
    KEY_PROFILE,
    KEY_TABLES,
    KEY_PROGRAMS,
    KEY_TIMEOUT,
    KEY_MEMORY,
    KEY_PAGE,
    KEY_FORCE,
    KEY_RETRY,
    KEY_INBOX,
    KEY_SETTLED,
    KEY_LOG,
    KEY_NO_DISK_CHECK,
    KEY_LOG_FORMAT,
    KEY_SLURM,
    KEY_SLURM_PAGES,
    KEY_SLURM_LIMIT,
    KEY_TASK
};

const struct argp_option run_option_list[] = {
    {"archive", 'a', "FILE", 0, "The archive; made if it is not there", 1},
    {"work", KEY_WORK, "DIR", 0, "Where intermediate files are kept (\"work\" beside the archive)", 1},
    {"corrections", KEY_CORRECTIONS, "DIR", 0,
     "Hand corrections, as <title>/<date>/0001.page.xml and articles.json (\"corrections\" beside the root "
     "of the "
     "scans)",
     1},
    {"inbox", KEY_INBOX, "DIR", 0,
     "Instead of SCANS: a root of scans, of which only settled folders are taken", 1},
    {"settled", KEY_SETTLED, "TIME", 0,
     "How long nobody must have written to a folder of the inbox: 90s, 10m, 2h, 1d (10m)", 1},
    {"jobs", 'j', "N", 0, "Steps at a time (one a processor)", 2},
    {"quiet", 'q', NULL, 0, "Say only what failed and what a person should look at", 2},
    {"log", KEY_LOG, "FILE", 0, "Append a line for everything that happens to this file", 2},
    {"log-format", KEY_LOG_FORMAT, "FORMAT", 0,
     "text, or json: an object a line, in the file of --log, else on stderr (text)", 2},
    {"explain", KEY_EXPLAIN, NULL, 0, "Say for each step why it runs or not", 2},
    {"dry-run", KEY_DRY_RUN, NULL, 0, "Run nothing; with --explain's lines for what would run", 2},
    {"page", KEY_PAGE, "LIST", 0, "Only these pages of the one issue, such as 3 or 1,4-6; then its articles",
     3},
    {"force", KEY_FORCE, NULL, 0, "Run steps that are up to date too; with --page those of these pages", 3},
    {"retry", KEY_RETRY, NULL, 0, "Try again what failed before, though nothing changed", 3},
    {"tessdata", KEY_TESSDATA, "DIR", 0, "Recognition models", 4},
    {"model", KEY_MODEL, "NAME", 0, "Recognition model, instead of those of the profile", 4},
    {"profile", KEY_PROFILE, "NAME", 0,
     "How much recognition does: fast, standard or best (what title.ini says, else standard)", 4},
    {"tables", KEY_TABLES, "DIR", 0, "Tables of jump wordings and the like", 4},
    {"programs", KEY_PROGRAMS, "DIR", 0, "Stage programs (beside this one, else in PATH)", 4},
    {"no-disk-check", KEY_NO_DISK_CHECK, NULL, 0, "Begin even if there seems to be too little room", 5},
    {"timeout", KEY_TIMEOUT, "SECONDS", 0, "Longest time a step may take (600); 0 for any", 5},
    {"memory", KEY_MEMORY, "MIB", 0, "Most memory a step may take (2048, more for large pages); 0 for any",
     5},
    {"slurm", KEY_SLURM, "OPTIONS", OPTION_ARG_OPTIONAL,
     "Submit what is to be done to Slurm, with these options of sbatch", 6},
    {"slurm-pages", KEY_SLURM_PAGES, "N", 0, "Pages a task of the job array (24)", 6},
    {"slurm-limit", KEY_SLURM_LIMIT, "N", 0, "Most tasks at a time (as many as Slurm starts)", 6},
    {"task", KEY_TASK, "SHARE:DIR", OPTION_HIDDEN, "Do the work of one task of a job that --slurm submitted",
     6},
    {0},
};

static void read_number(struct argp_state *state, const char *name, const char *text, double lowest,
                        double highest, double *number)
{
    char *end;
    *number = strtod(text, &end);
    if (end == text || *end || !isfinite(*number) || *number < lowest || *number > highest)
        argp_error(state, "--%s=%s: is not a number from %.0f to %.0f", name, text, lowest, highest);
}

static int read_page(const char **s)
{
    char *end;
    long page = strtol(*s, &end, 10);
    if (end == *s || **s < '0' || **s > '9' || page < 1 || page > MAX_PAGE)
        return -1;
    *s = end;
    return (int)page;
}

int run_options_pages(struct bi_arena *arena, const char *text, struct run_range **ranges, size_t *count,
                      struct bi_error *err)
{
    struct run_range *list = NULL;
    size_t used = 0, capacity = 0;
    for (const char *s = text;; s++) {
        struct run_range range;
        range.first = range.last = read_page(&s);
        if (range.first > 0 && *s == '-') {
            s++;
            range.last = read_page(&s);
        }
        if (range.first < 0 || range.last < range.first || (*s != ',' && *s != '\0'))
            return bi_error_set(err, BI_EXIT_USAGE, "%s: is not a list of pages such as 3 or 1,4-6", text);
        list = bi_arena_grow(arena, list, used, &capacity, sizeof *list);
        list[used++] = range;
        if (*s == '\0')
            break;
    }
    *ranges = list;
    *count = used;
    return 0;
}

bool run_options_wants(const struct run_range *ranges, size_t count, int page)
{
    for (size_t i = 0; i < count; i++)
        if (page >= ranges[i].first && page <= ranges[i].last)
            return true;
    return !ranges;
}

/* "pages:/srv/work/.slurm" */
static void read_task(struct argp_state *state, const char *text, struct run_options *options)
{
    struct run_parse *parse = state->input;
    const char *colon = strchr(text, ':');
    if (colon)
        options->share = run_share_named(bi_arena_strndup(parse->arena, text, (size_t)(colon - text)));
    if (options->share == RUN_SHARE_ALL)
        argp_error(state, "--task=%s: is not a share and a folder", text);
    options->task_folder = bi_arena_strdup(parse->arena, colon + 1);
}

error_t run_options_take(int key, char *argument, struct argp_state *state)
{
    struct run_parse *parse = state->input;
    struct run_options *options = parse->options;
    struct bi_error err;
    double number;
    switch (key) {
    case 'a':
        options->archive = argument;
        break;
    case KEY_WORK:
        options->work = argument;
        break;
    case KEY_CORRECTIONS:
        options->corrections = argument;
        break;
    case 'j':
        read_number(state, "jobs", argument, 1, MAX_JOBS, &number);
        options->jobs = (int)number;
        break;
    case 'q':
        options->quiet = true;
        break;
    case KEY_EXPLAIN:
        options->explain = true;
        break;
    case KEY_DRY_RUN:
        options->dry_run = options->explain = true;
        break;
    case KEY_PAGE:
        if (run_options_pages(parse->arena, argument, &options->pages, &options->page_count, &err) != 0)
            argp_error(state, "--page=%s", err.text);
        break;
    case KEY_FORCE:
        options->force = true;
        break;
    case KEY_RETRY:
        options->retry = true;
        break;
    case KEY_INBOX:
        options->inbox = argument;
        break;
    case KEY_NO_DISK_CHECK:
        options->no_disk_check = true;
        break;
    case KEY_LOG:
        options->log = argument;
        break;
    case KEY_LOG_FORMAT:
        options->log_json = strcmp(argument, "json") == 0;
        if (!options->log_json && strcmp(argument, "text") != 0)
            argp_error(state, "--log-format=%s: is neither text nor json", argument);
        break;
    case KEY_SETTLED:
        options->settled_seconds = run_settled_parse(argument);
        if (options->settled_seconds < 0)
            argp_error(state, "--settled=%s: is not a time such as 90s, 10m, 2h or 1d", argument);
        break;
    case KEY_TESSDATA:
        options->tessdata = argument;
        break;
    case KEY_MODEL:
        options->model = argument;
        break;
    case KEY_PROFILE:
        options->profile = argument;
        break;
    case KEY_TABLES:
        options->tables = argument;
        break;
    case KEY_PROGRAMS:
        options->programs = argument;
        break;
    case KEY_TIMEOUT:
        read_number(state, "timeout", argument, 0, 1e6, &options->timeout_seconds);
        break;
    case KEY_MEMORY:
        read_number(state, "memory", argument, 0, 1e9, &number);
        options->memory_bytes = (int64_t)number * MIB;
        break;
    case ARGP_KEY_ARGS:
        options->scans = state->argv + state->next;
        options->scan_count = (size_t)(state->argc - state->next);
        break;
    case KEY_SLURM:
        options->slurm = true;
        options->sbatch = argument;
        break;
    case KEY_SLURM_PAGES:
        read_number(state, "slurm-pages", argument, 1, MAX_PAGE, &number);
        options->slurm_pages = (int)number;
        break;
    case KEY_SLURM_LIMIT:
        read_number(state, "slurm-limit", argument, 1, MAX_PAGE, &number);
        options->slurm_limit = (int)number;
        break;
    case KEY_TASK:
        read_task(state, argument, options);
        break;
    case ARGP_KEY_NO_ARGS:
        if (!options->task_folder && !options->inbox)
            argp_error(state, "no folder of scans given");
        break;
    case ARGP_KEY_END:
        if (options->inbox && options->scan_count > 0)
            argp_error(state, "--inbox: takes the place of SCANS");
        if (options->slurm && (options->dry_run || options->pages))
            argp_error(state, "--slurm: goes neither with --dry-run nor with --page");
        if (!options->archive || !*options->archive)
            argp_error(state, "no archive given: --archive FILE");
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* The path from the root, whether it exists or not; NULL stays NULL. */
static char *absolute(struct bi_arena *arena, const char *path)
{
    char real[PATH_MAX];
    if (!path)
        return NULL;
    if (realpath(path, real))
        return bi_arena_strdup(arena, real);
    if (*path == '/' || !getcwd(real, sizeof real))
        return bi_arena_strdup(arena, path);
    return bi_path_join(arena, real, path);
}

void run_options_init(struct run_options *options)
{
    *options = (struct run_options){.timeout_seconds = DEFAULT_TIMEOUT_SECONDS,
                                    .memory_bytes = -1,
                                    .slurm_pages = DEFAULT_SLURM_PAGES,
                                    .settled_seconds = DEFAULT_SETTLED_SECONDS};
}

int run_options_complete(struct bi_arena *arena, struct run_options *options, struct bi_error *err)
{
    options->archive = absolute(arena, options->archive);
    options->work = options->work
                        ? absolute(arena, options->work)
                        : absolute(arena, bi_path_join(arena, bi_path_dir(arena, options->archive), "work"));
    options->corrections = absolute(arena, options->corrections);
    options->tessdata = absolute(arena, options->tessdata);
    options->tables = absolute(arena, options->tables);
    options->programs = absolute(arena, options->programs);
    if (!options->programs && getenv("BACKISSUE_PROGRAMS"))
        options->programs = absolute(arena, getenv("BACKISSUE_PROGRAMS"));
    if (options->inbox) {
        options->scans = &options->inbox;
        options->scan_count = 1;
    }
    if (options->slurm)
        options->share = RUN_SHARE_PLAN;
    options->task_jobs = options->jobs == 0 ? 1 : options->jobs;
    if (options->jobs == 0)
        options->jobs = bi_process_cores();
    if (bi_path_base(options->archive)[0] == '\0')
        return bi_error_set(err, BI_EXIT_USAGE, "%s: is a folder, not a file for the archive",
                            options->archive);
    return 0;
}

int run_options_parse(struct bi_arena *arena, int argc, char **argv, struct run_options *options,
                      struct bi_error *err)
{
    static const struct argp argp = {
        run_option_list,
        run_options_take,
        "SCANS...\n--inbox DIR",
        "Digitizes folders of scanned issues into an archive, doing only what is not up to date."
        "\vSCANS is a root of scans (SCANS/<title>/<date>/images), a title's folder or an issue's folder. "
        "Exit codes: "
        "0 done; 1 internal error, such as a full disk; 2 usage; 3 a page or an issue failed, the others are "
        "in the "
        "archive; 4 the machine lacks something, or another run is at work on this archive.",
        NULL,
        NULL,
        NULL};
    run_options_init(options);
    struct run_parse parse = {arena, options};
    argp_parse(&argp, argc, argv, 0, NULL, &parse);
    return run_options_complete(arena, options, err);
}
