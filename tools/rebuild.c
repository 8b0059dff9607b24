/* backissue rebuild: an archive made anew from the work folders. */
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/archive.h"
#include "archive/backup.h"
#include "archive/check.h"
#include "archive/print.h"
#include "archive/verb.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/process.h"
#include "rebuild/carry.h"
#include "rebuild/folders.h"
#include "run/lock.h"
#include "run/outcome.h"
#include "run/stage.h"
#include "store.h"
#include "verbs.h"

enum { KEY_WORK = 0x100, KEY_PROGRAMS, KEY_FRESH };

struct options {
    const char *archive, *work, *programs, *place;
    bool fresh;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'a':
        options->archive = argument;
        return 0;
    case KEY_WORK:
        options->work = argument;
        return 0;
    case KEY_PROGRAMS:
        options->programs = argument;
        return 0;
    case KEY_FRESH:
        options->fresh = true;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            argp_error(state, "one place at a time");
        options->place = argument;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "no place for the new archive given");
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option OPTIONS[] = {
    ARCHIVE_VERB_OPTION,
    {"work", KEY_WORK, "DIR", 0, "The work folder (\"work\" beside the archive)", 0},
    {"fresh", KEY_FRESH, NULL, 0, "Take nothing from the archive, which may be damaged or lost", 0},
    {"programs", KEY_PROGRAMS, "DIR", 0, "Stage programs (beside this one, else in PATH)", 0},
    {0},
};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .args_doc = "NEW",
    .doc =
        "Makes an archive anew, in a new file, from the work folders that a run has left, hand corrections "
        "included. What those do not know (ids, earlier versions of articles, settled problems) is taken "
        "from the "
        "archive there is.",
};

struct rebuild {
    const struct options *options;
    struct bi_arena arena;
    struct bi_progress progress;
    const char *work, *load; /* folder, program */
    struct rebuild_issue *issues;
    size_t count;
    char *temporary; /* the new archive before it takes its place */
    sqlite3_int64 last_run;
    size_t versions;
    struct rebuild_difference difference;
};

/* An issue of the work folder into the new archive. */
static int load_issue(struct rebuild *rebuild, const struct rebuild_issue *issue, struct bi_error *err)
{
    struct bi_arena *arena = &rebuild->arena;
    char *log = bi_arena_printf(arena, "%s.log", rebuild->temporary);
    char **arguments = bi_arena_array(arena, issue->page_count + 8, sizeof *arguments);
    size_t n = 0;
    arguments[n++] = bi_arena_strdup(arena, rebuild->load);
    arguments[n++] = bi_arena_strdup(arena, "-o");
    arguments[n++] = rebuild->temporary;
    if (issue->runs) {
        arguments[n++] = bi_arena_strdup(arena, "--runs");
        arguments[n++] = issue->runs;
    }
    arguments[n++] = issue->issue;
    arguments[n++] = issue->articles;
    for (size_t i = 0; i < issue->page_count; i++)
        arguments[n++] = issue->pages[i];

    struct bi_process process;
    struct bi_process_end end;
    struct bi_process_options start = {.program = rebuild->load, .arguments = arguments, .log = log};
    if (bi_process_start(&process, &start, err) < 0 || bi_process_wait(&process, &end, err) < 0)
        return -1;
    struct bi_text said = {0};
    int result = 0;
    if (end.exit_code != 0) {
        run_outcome_last_line(log, run_stage_names(RUN_LOAD)->program, &said);
        result = bi_error_set(err, end.exit_code == BI_EXIT_INPUT ? BI_EXIT_INPUT : BI_EXIT_INTERNAL,
                              "%s: cannot be loaded: %s", issue->name,
                              said.length ? bi_text_get(&said) : "failed without a word");
    }
    bi_text_release(&said);
    unlink(log);
    return result;
}

/* The new archive with what only the old one knows. */
static int begin(struct rebuild *rebuild, struct bi_error *err)
{
    const struct options *options = rebuild->options;
    BI_CLEANUP(archive_close) struct archive old = {0};
    BI_CLEANUP(bi_store_closep) sqlite3 *new = NULL;
    struct bi_error why;
    if (bi_store_open(rebuild->temporary, BI_STORE_CREATE, &new, err) < 0)
        return -1;
    if (!options->fresh && (archive_open(&old, archive_choose(options->archive), false, &why) < 0 ||
                            rebuild_carry(&old, new, &why) < 0))
        return bi_error_set(err, why.kind, "%s; --fresh makes an archive without what only this one knows",
                            why.text);
    return rebuild_mark(new, &rebuild->last_run, &rebuild->versions, err);
}

static void print_fault(void *path, const char *fault)
{
    archive_print(stdout, path, ARCHIVE_MARKING_NONE);
    printf(": %s\n", fault);
}

/* Nothing of the old archive is missing in the new one, and that is sound. */
static int check(struct rebuild *rebuild, struct bi_error *err)
{
    BI_CLEANUP(archive_close) struct archive new = {0};
    struct archive_checks checks;
    struct rebuild_difference *difference = &rebuild->difference;
    if (archive_open(&new, rebuild->temporary, true, err) < 0 ||
        rebuild_compare(new.db, rebuild->last_run, rebuild->versions, &rebuild->arena, difference, err) < 0)
        return -1;
    if (difference->missing > 0)
        return bi_error_set(err, BI_EXIT_INPUT,
                            "%s: lacks %s%s, which the archive holds; `backissue run` makes it anew",
                            rebuild->work, difference->first_missing,
                            difference->missing > 1
                                ? bi_arena_printf(&rebuild->arena, " and %zu more", difference->missing - 1)
                                : "");
    if (archive_check(&new, false, &rebuild->progress, print_fault, rebuild->temporary, &checks, err) < 0)
        return -1;
    return checks.faults ? bi_error_set(err, BI_EXIT_INTERNAL, "%s: the new archive has %zu faults",
                                        rebuild->options->place, checks.faults)
                         : 0;
}

static int make(struct rebuild *rebuild, struct bi_error *err)
{
    if (begin(rebuild, err) < 0)
        return -1;
    for (size_t i = 0; i < rebuild->count; i++) {
        bi_progress_status(&rebuild->progress, "%s: issue %zu of %zu, %s", rebuild->options->place, i + 1,
                           rebuild->count, rebuild->issues[i].name);
        if (load_issue(rebuild, &rebuild->issues[i], err) < 0)
            return -1;
    }
    return check(rebuild, err);
}

/* Everything that can be known before. */
static int prepare(struct rebuild *rebuild, struct bi_error *err)
{
    const struct options *options = rebuild->options;
    struct bi_arena *arena = &rebuild->arena;
    struct stat status;
    if (lstat(options->place, &status) == 0 || errno != ENOENT)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is there already", options->place);
    if (archive_backup_clear_of_logs(options->place, err) < 0)
        return -1;
    const char *archive = archive_choose(options->archive);
    rebuild->work = options->work ? options->work : bi_path_join(arena, bi_path_dir(arena, archive), "work");
    if (access(rebuild->work, F_OK) < 0)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read as a work folder", rebuild->work);
    /* Nobody may be at work on it; where nothing can be written nobody is. */
    if (eaccess(rebuild->work, W_OK) == 0 &&
        run_lock(bi_path_join(arena, rebuild->work, ".lock"), rebuild->work, err) < 0)
        return -1;
    struct run_hashes hashes;
    struct run_program programs[RUN_STAGE_COUNT];
    run_hashes_open(&hashes, "/dev/null");
    int found = run_programs_find(arena, options->programs, &hashes, programs, err);
    run_hashes_release(&hashes);
    if (found < 0)
        return -1;
    rebuild->load = programs[RUN_LOAD].path;
    return rebuild_find_issues(arena, rebuild->work, &rebuild->issues, &rebuild->count, err);
}

static int rebuild_archive(struct rebuild *rebuild, struct bi_error *err)
{
    BI_CLEANUP(bi_output_discard) struct bi_output out = {0};
    bi_progress_init(&rebuild->progress, stderr, true);
    if (prepare(rebuild, err) < 0 || bi_output_open(&out, rebuild->options->place, err) < 0)
        return -1;
    rebuild->temporary = bi_arena_strdup(&rebuild->arena, out.temporary);
    int status = make(rebuild, err);
    bi_progress_clear(&rebuild->progress);
    /* The last to close the archive has taken its log into it. */
    if (status == 0)
        status = archive_backup_clear_of_logs(rebuild->temporary, err);
    static const char *const BESIDE[] = {"-wal", "-shm"};
    for (size_t i = 0; i < sizeof BESIDE / sizeof *BESIDE; i++)
        unlink(bi_arena_printf(&rebuild->arena, "%s%s", rebuild->temporary, BESIDE[i]));
    if (status < 0 || bi_output_commit(&out, err) < 0)
        return -1;
    archive_print(stdout, rebuild->options->place, ARCHIVE_MARKING_NONE);
    printf(": %zu issue%s", rebuild->count, rebuild->count == 1 ? "" : "s");
    if (!rebuild->options->fresh)
        printf("; %zu article%s otherwise than in the archive before", rebuild->difference.changed,
               rebuild->difference.changed == 1 ? " reads" : "s read");
    putchar('\n');
    return 0;
}

int bi_verb_rebuild(int argc, char **argv)
{
    struct options options = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);
    struct rebuild rebuild = {.options = &options};
    struct bi_error err;
    int code = archive_verb_end(rebuild_archive(&rebuild, &err), &err);
    bi_arena_release(&rebuild.arena);
    return code;
}
