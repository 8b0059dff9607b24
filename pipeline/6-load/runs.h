/* Who made what: the executions that the driver recorded, and the steps that the stages wrote into their
 * output. */
#ifndef LOAD_RUNS_H
#define LOAD_RUNS_H

#include <sqlite3.h>

#include "base/arena.h"
#include "inputs.h"

/* One execution of one stage. Texts are never NULL but for `started`. */
struct load_run {
    int frame; /* 0: the whole issue */
    char *stage, *version, *parameters, *model, *message;
    char *started;  /* UTC; NULL if unknown */
    double seconds; /* negative if unknown */
    int exit_code;
};

struct load_runs {
    struct bi_arena arena;
    struct load_run *runs;
    size_t count, capacity;
};

/* Reads RUNS.jsonl, one object a line: {"frame":1 or null, "stage":"4-ocr", "program_version":"…",
 * "parameters":"…", "model_sha256":"…", "started":"2026-01-01T00:00:00Z", "seconds":1.23, "exit_code":0,
 * "message":"…"}. An empty file has none. BI_EXIT_INPUT, naming file and line, for what is no such object.
 * Released on failure.
 */
int load_runs_read(const char *path, struct load_runs *runs, struct bi_error *err);
void load_runs_release(struct load_runs *runs);

/* The stage of a page corrected by hand: no program's, but what the driver records for the file that a person
 * made. Its parameters are "sha256=" and the file's SHA-256. */
#define LOAD_CORRECTION "4-correction"

/* Puts the runs of an issue into the archive. A run that is there already is not put twice: one of the same
 * stage and frame that began at the same moment, where that is known. For the latest good run of a stage
 * whose own step is at hand, that one's parameters and models are kept rather than the driver's; a step that
 * nobody recorded a run for becomes a run without a time. */
int load_runs_store(sqlite3 *db, sqlite3_int64 issue_id, const struct load_runs *runs,
                    const struct load_inputs *inputs, struct bi_error *err);
/* The load itself, as the last run. */
int load_runs_store_load(sqlite3 *db, sqlite3_int64 issue_id, const char *started, double seconds,
                         struct bi_error *err);
/* The run that made a step of a frame's page; 0 if there is none. */
int load_runs_find(sqlite3 *db, sqlite3_int64 issue_id, int frame, const struct bi_step *step,
                   sqlite3_int64 *run_id, struct bi_error *err);
/* The run that made the text of a page: the person's if it is the file of a correction that was recorded,
 * else that of its step of recognition, else the latest recognition that anybody recorded for its frame; 0 if
 * there is none. */
int load_runs_find_maker(sqlite3 *db, sqlite3_int64 issue_id, const struct load_page *page,
                         sqlite3_int64 *run_id, struct bi_error *err);

#endif
