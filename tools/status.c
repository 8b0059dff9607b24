/* backissue status: how far the issues of a work folder are, and which pages failed and why. */
#include <argp.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "page/issue.h"
#include "run/archive.h"
#include "run/disk.h"
#include "run/past.h"
#include "run/record.h"
#include "run/slurm.h"
#include "run/stage.h"
#include "run/tree.h"
#include "verbs.h"

/* As many nights as a person looks back on. */
#define LAST_RUNS 5
struct arguments {
    char *archive, *work;
};

static const struct argp_option options[] = {
    {"archive", 'a', "FILE", 0, "The archive (required)", 0},
    {"work", 'w', "DIR", 0, "Its work folder (\"work\" beside the archive)", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case 'a':
        arguments->archive = value;
        return 0;
    case 'w':
        arguments->work = value;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "%s: nothing but options is expected", value);
        return 0;
    case ARGP_KEY_END:
        if (!arguments->archive)
            argp_error(state, "no archive given: --archive FILE");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

struct totals {
    const struct run_archive *archive;
    size_t issues, loaded, pages, read, failed;
    struct run_disk disk;
};

/* What became of an issue. */
struct state {
    struct bi_arena arena;
    struct bi_text failures; /* a line each, indented */
    char *last;              /* start of its latest step */
    size_t pages, read, corrected, failed;
    bool loaded;
};

/* Printed lines are one line each, whatever a file's name holds. */
static void add_failure(struct state *state, const char *text)
{
    struct bi_error line;
    bi_error_set(&line, BI_EXIT_DONE, "%s", text);
    bi_text_printf(&state->failures, "  %s\n", line.text);
}

/* The record of a stage; false if it has not run. */
static bool read_stage(struct state *state, const char *folder, enum run_stage stage,
                       struct run_record *record)
{
    char *path = bi_path_join(&state->arena, folder, run_stage_names(stage)->record);
    if (run_record_read(&state->arena, path, record, NULL) != 0)
        return false;
    if (!state->last || strcmp(record->started, state->last) > 0)
        state->last = record->started;
    return true;
}

static void look_at_page(struct state *state, const char *issue_folder, const struct bi_frame *frame)
{
    char *folder =
        bi_path_join(&state->arena, issue_folder, bi_arena_printf(&state->arena, "%04d", frame->number));
    const char *where = run_stage_names(RUN_INTAKE)->name, *why = frame->problem;
    bool done = false;
    for (enum run_stage stage = RUN_DESKEW; !why && stage <= RUN_OCR; stage++) {
        struct run_record record = {0};
        done = read_stage(state, folder, stage, &record) && record.exit_code == 0;
        if (!done && record.stage && record.exit_code != 0) {
            where = run_stage_names(stage)->name;
            why = record.message;
        }
        if (!done)
            break;
    }
    bool corrected = access(bi_path_join(&state->arena, folder, RUN_CORRECTED), F_OK) == 0;
    state->corrected += corrected;
    state->read += done || corrected;
    if (why && !corrected) {
        state->failed++;
        add_failure(state, bi_arena_printf(&state->arena, "page %d (%s) failed in %s: %s", frame->number,
                                           frame->scan, where, why));
    }
}

static void look_at_whole(struct state *state, const char *folder, const struct run_archive *archive)
{
    static const enum run_stage stages[] = {RUN_INTAKE, RUN_STITCH, RUN_LOAD};
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        struct run_record record = {0};
        if (!read_stage(state, folder, stages[i], &record))
            continue;
        if (record.exit_code != 0)
            add_failure(state, bi_arena_printf(&state->arena, "failed in %s: %s",
                                               run_stage_names(stages[i])->name, record.message));
        else if (stages[i] == RUN_STITCH)
            state->loaded = run_archive_holds(archive, record.started);
    }
}

static int print_issue(void *data, const char *folder, const char *name)
{
    struct totals *totals = data;
    struct state state = {0};
    struct bi_issue issue;
    char *path = bi_path_join(&state.arena, folder, run_stage_names(RUN_INTAKE)->output);
    if (bi_issue_read(path, &issue, NULL) == 0) {
        state.pages = issue.frame_count;
        for (size_t i = 0; i < issue.frame_count; i++)
            look_at_page(&state, folder, &issue.frames[i]);
        run_disk_add_issue(&totals->disk, folder, &issue);
        bi_issue_release(&issue);
    }
    look_at_whole(&state, folder, totals->archive);
    if (state.last) {
        struct bi_error line;
        bi_error_set(&line, BI_EXIT_DONE, "%s", name);
        printf("%s: %zu page%s, %zu read", line.text, state.pages, state.pages == 1 ? "" : "s", state.read);
        if (state.corrected > 0)
            printf(" (%zu by hand)", state.corrected);
        if (state.failed > 0)
            printf(", %zu failed", state.failed);
        printf("; %s; last run %.10s %.8s UTC\n%s", state.loaded ? "in the archive" : "not in the archive",
               state.last, strlen(state.last) > 11 ? state.last + 11 : "", bi_text_get(&state.failures));
    }
    totals->issues += state.last != NULL;
    totals->loaded += state.loaded;
    totals->pages += state.pages;
    totals->read += state.read;
    totals->failed += state.failed;
    bi_text_release(&state.failures);
    bi_arena_release(&state.arena);
    return 0;
}

static void print_share(const char *name, const struct run_slurm_share *share)
{
    if (share->running + share->waiting > 0)
        printf("Slurm, %s: job %s, %zu task%s running, %zu waiting\n", name, share->jobs, share->running,
               share->running == 1 ? "" : "s", share->waiting);
}

/* What Slurm has still to do for this work folder. */
static int print_queue(const char *work, struct bi_error *err)
{
    char real[PATH_MAX];
    struct run_slurm_queue queue;
    if (run_slurm_look(realpath(work, real) ? real : work, &queue, err) != 0)
        return -1;
    print_share("pages", &queue.pages);
    print_share("stitch", &queue.stitch);
    print_share("load", &queue.load);
    return 0;
}

/* What all issues come to. */
static void print_totals(const struct totals *totals, const char *work, const char *archive)
{
    struct bi_arena arena = {0};
    uint64_t needed = totals->disk.work_bytes + totals->disk.archive_bytes, room = run_disk_free(work);
    printf("%zu issue%s: %zu in the archive, %zu not; %zu page%s, %zu read, %zu failed\n", totals->issues,
           totals->issues == 1 ? "" : "s", totals->loaded, totals->issues - totals->loaded, totals->pages,
           totals->pages == 1 ? "" : "s", totals->read, totals->failed);
    printf("Disk: work folder %s, archive %s; %s free", run_disk_size(&arena, run_tree_bytes(work)),
           run_disk_size(&arena, run_tree_bytes(archive)), run_disk_size(&arena, room));
    if (totals->disk.pages > 0)
        printf("; about %s for %zu page%s to be read", run_disk_size(&arena, needed), totals->disk.pages,
               totals->disk.pages == 1 ? "" : "s");
    puts("");
    bi_arena_release(&arena);
}

/* How the last runs went, and how fast. */
static void print_past(const char *work)
{
    struct bi_arena arena = {0};
    struct run_past runs[LAST_RUNS];
    size_t count = run_past_read(&arena, work, LAST_RUNS, runs);
    for (size_t i = 0; i < count; i++) {
        const struct run_past *run = &runs[i];
        printf("Run of %.10s %.8s UTC: %d page%s read", run->started,
               strlen(run->started) > 11 ? run->started + 11 : "", run->pages_read,
               run->pages_read == 1 ? "" : "s");
        if (run->pages_failed > 0)
            printf(", %d failed", run->pages_failed);
        printf(", %d issue%s loaded", run->issues_loaded, run->issues_loaded == 1 ? "" : "s");
        if (run->issues_failed > 0)
            printf(", %d failed", run->issues_failed);
        printf(" in %s", run_report_duration(&arena, run->seconds));
        if (run->pages_read > 0 && run->seconds > 0)
            printf(", %.0f pages an hour", run->pages_read / run->seconds * 3600);
        if (run->exit_code > RUN_SIGNAL_CODE)
            printf("; stopped by signal %d", run->exit_code - RUN_SIGNAL_CODE);
        else if (run->exit_code != BI_EXIT_DONE && run->exit_code != BI_EXIT_INPUT)
            printf("; exit code %d", run->exit_code);
        puts("");
    }
    bi_arena_release(&arena);
}

int bi_verb_status(int argc, char **argv)
{
    static const struct argp argp = {options, parse, NULL, "Tells how far the issues of a work folder are.",
                                     NULL,    NULL,  NULL};
    struct arguments arguments = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);

    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct run_archive archive;
    struct totals totals = {.archive = &archive};
    struct bi_error err;
    const char *work = arguments.work;
    if (!work)
        work = bi_path_join(&arena, bi_path_dir(&arena, arguments.archive), "work");
    if (run_archive_look(&arena, arguments.archive, false, &archive, &err) != 0 ||
        run_tree_each(work, print_issue, &totals, &err) != 0 || print_queue(work, &err) != 0)
        return bi_program_fail(&err);
    print_past(work);
    print_totals(&totals, work, arguments.archive);
    return BI_EXIT_DONE;
}
