#include "runs.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "store.h"

#define MAX_RUNS_BYTES (64u << 20)
#define LOAD_STAGE "6-load"
#define OCR_STAGE "4-ocr"

static char *member(struct bi_arena *arena, const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return bi_arena_strdup(arena, value);
}

static int parse_line(struct load_runs *runs, const char *line, size_t n, struct bi_error *err)
{
    json_error_t fault;
    BI_CLEANUP(json_decrefp) json_t *object = json_loadb(line, n, JSON_REJECT_DUPLICATES, &fault);
    if (!json_is_object(object) || !json_is_string(json_object_get(object, "stage")))
        return bi_error_set(err, BI_EXIT_INPUT, "is no run of a stage");
    struct bi_arena *arena = &runs->arena;
    const json_t *seconds = json_object_get(object, "seconds");
    struct load_run run = {
        .frame = (int)json_integer_value(json_object_get(object, "frame")),
        .stage = member(arena, object, "stage"),
        .version = member(arena, object, "program_version"),
        .parameters = member(arena, object, "parameters"),
        .model = member(arena, object, "model_sha256"),
        .started = member(arena, object, "started"),
        .seconds = json_is_number(seconds) ? json_number_value(seconds) : -1,
        .exit_code = (int)json_integer_value(json_object_get(object, "exit_code")),
        .message = member(arena, object, "message"),
    };
    if (run.frame < 0)
        return bi_error_set(err, BI_EXIT_INPUT, "has a negative frame");
    char **texts[] = {&run.version, &run.parameters, &run.model, &run.message};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!*texts[i])
            *texts[i] = bi_arena_strdup(arena, "");
    runs->runs = bi_arena_grow(arena, runs->runs, runs->count, &runs->capacity, sizeof *runs->runs);
    runs->runs[runs->count++] = run;
    return 0;
}

int load_runs_read(const char *path, struct load_runs *runs, struct bi_error *err)
{
    *runs = (struct load_runs){0};
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (bi_file_read(path, MAX_RUNS_BYTES, true, &data, &size, err) < 0)
        return -1;
    size_t number = 1;
    for (const char *line = data, *end = data + size; line < end; number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t n = (size_t)((stop ? stop : end) - line);
        struct bi_error why;
        if (n > 0 && parse_line(runs, line, n, &why) < 0) {
            load_runs_release(runs);
            return bi_error_set(err, why.kind, "%s: line %zu %s", path, number, why.text);
        }
        line += n + 1;
    }
    return 0;
}

void load_runs_release(struct load_runs *runs)
{
    bi_arena_release(&runs->arena);
    *runs = (struct load_runs){0};
}

/* The step that a stage wrote into a frame's page (or, for frame 0, into articles.json); NULL if there is
 * none. */
static const struct bi_step *find_step(const struct load_inputs *inputs, int frame, const char *stage)
{
    const struct load_page *page = frame ? load_inputs_page(inputs, frame) : NULL;
    const struct bi_step *steps = page ? page->page.steps : frame ? NULL : inputs->articles.steps;
    size_t count = page ? page->page.step_count : frame ? 0 : inputs->articles.step_count;
    while (count-- > 0)
        if (strcmp(steps[count].stage, stage) == 0)
            return &steps[count];
    return NULL;
}

/* Not ON CONFLICT DO NOTHING, which would use up an id each time. */
static const char INSERT_RUN[] =
    "INSERT INTO run (issue_id, frame, stage, program_version, parameters, model_sha256, started, seconds, "
    "exit_code, message) "
    "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE NOT EXISTS"
    " (SELECT 1 FROM run WHERE issue_id = ?1 AND stage = ?3 AND ifnull(frame, 0) = ifnull(?2, 0)"
    " AND ifnull(started, '') = ifnull(?7, '') AND (?7 IS NOT NULL OR"
    "  (program_version = ?4 AND parameters = ?5 AND model_sha256 = ?6)))";

static int store_steps(sqlite3 *db, sqlite3_stmt *insert, sqlite3_int64 issue_id, int frame,
                       const struct bi_step *steps, size_t count, struct bi_error *err)
{
    for (size_t i = 0; i < count; i++) {
        sqlite3_int64 known;
        if (load_runs_find(db, issue_id, frame, &steps[i], &known, err) < 0)
            return -1;
        if (!known &&
            bi_store_put(insert, err, "lIttttTDit", issue_id, frame, steps[i].stage, steps[i].version,
                         steps[i].parameters, steps[i].models, (char *)NULL, -1.0, 0, "") < 0)
            return -1;
    }
    return 0;
}

/* True if no later run of the same stage and frame went well: this one's output is at hand. */
static bool is_latest(const struct load_runs *runs, const struct load_run *run)
{
    for (size_t i = 0; i < runs->count; i++) {
        const struct load_run *other = &runs->runs[i];
        if (other != run && other->exit_code == 0 && other->frame == run->frame &&
            strcmp(other->stage, run->stage) == 0 && other->started && run->started &&
            strcmp(other->started, run->started) > 0)
            return false;
    }
    return true;
}

int load_runs_store(sqlite3 *db, sqlite3_int64 issue_id, const struct load_runs *runs,
                    const struct load_inputs *inputs, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *insert = NULL;
    if (bi_store_prepare(db, INSERT_RUN, &insert, err) < 0)
        return -1;
    for (size_t i = 0; i < runs->count; i++) {
        const struct load_run *run = &runs->runs[i];
        bool good = run->exit_code == 0;
        if (good && strcmp(run->stage, LOAD_STAGE) == 0)
            continue; /* each load has recorded itself */
        const struct bi_step *step =
            good && is_latest(runs, run) ? find_step(inputs, run->frame, run->stage) : NULL;
        if (bi_store_put(insert, err, "lIttttTDit", issue_id, run->frame, run->stage,
                         step ? step->version : run->version, step ? step->parameters : run->parameters,
                         step ? step->models : run->model, run->started, run->seconds, run->exit_code,
                         run->message) < 0)
            return -1;
    }
    for (size_t i = 0; i < inputs->page_count; i++)
        if (store_steps(db, insert, issue_id, inputs->pages[i].frame, inputs->pages[i].page.steps,
                        inputs->pages[i].page.step_count, err) < 0)
            return -1;
    return store_steps(db, insert, issue_id, 0, inputs->articles.steps, inputs->articles.step_count, err);
}

int load_runs_store_load(sqlite3 *db, sqlite3_int64 issue_id, const char *started, double seconds,
                         struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *insert = NULL;
    if (bi_store_prepare(db, INSERT_RUN, &insert, err) < 0)
        return -1;
    return bi_store_put(insert, err, "lIttttTDit", issue_id, 0, LOAD_STAGE, BI_VERSION, "", "", started,
                        seconds, 0, "");
}

int load_runs_find(sqlite3 *db, sqlite3_int64 issue_id, int frame, const struct bi_step *step,
                   sqlite3_int64 *run_id, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *find = NULL;
    if (bi_store_prepare(db,
                         "SELECT run_id FROM run WHERE issue_id = ? AND ifnull(frame, 0) = ? AND stage = ? "
                         "AND program_version = ? AND parameters = ? AND model_sha256 = ? AND exit_code = 0 "
                         "ORDER BY started DESC, run_id DESC LIMIT 1",
                         &find, err) < 0 ||
        bi_store_bind(find, err, "litttt", issue_id, frame, step->stage, step->version, step->parameters,
                      step->models) < 0)
        return -1;
    int row = bi_store_step(find, err);
    if (row < 0)
        return -1;
    *run_id = row ? sqlite3_column_int64(find, 0) : 0;
    return 0;
}

static int find_latest(sqlite3 *db, sqlite3_int64 issue_id, int frame, const char *stage,
                       const char *parameters, sqlite3_int64 *run_id, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *find = NULL;
    if (bi_store_prepare(
            db,
            "SELECT run_id FROM run WHERE issue_id = ? AND frame = ? AND stage = ? AND exit_code = 0 "
            "AND parameters = ifnull(?, parameters) ORDER BY started DESC, run_id DESC LIMIT 1",
            &find, err) < 0 ||
        bi_store_bind(find, err, "litt", issue_id, frame, stage, parameters) < 0)
        return -1;
    int row = bi_store_step(find, err);
    if (row < 0)
        return -1;
    *run_id = row ? sqlite3_column_int64(find, 0) : 0;
    return 0;
}

int load_runs_find_maker(sqlite3 *db, sqlite3_int64 issue_id, const struct load_page *page,
                         sqlite3_int64 *run_id, struct bi_error *err)
{
    char sha256[BI_SHA256_HEX], parameters[sizeof "sha256=" + BI_SHA256_HEX];
    if (bi_sha256_file(page->path, sha256, err) < 0)
        return -1;
    snprintf(parameters, sizeof parameters, "sha256=%s", sha256);
    if (find_latest(db, issue_id, page->frame, LOAD_CORRECTION, parameters, run_id, err) < 0)
        return -1;
    for (size_t i = 0; !*run_id && i < page->page.step_count; i++)
        if (strcmp(page->page.steps[i].stage, OCR_STAGE) == 0 &&
            load_runs_find(db, issue_id, page->frame, &page->page.steps[i], run_id, err) < 0)
            return -1;
    return *run_id ? 0 : find_latest(db, issue_id, page->frame, OCR_STAGE, NULL, run_id, err);
}
