#include "run/log.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "run/record.h"

int run_log_open(struct run_log *log, const char *path, bool json, struct bi_error *err)
{
    *log = (struct run_log){.json = json};
    if (path) {
        log->stream = fopen(path, "ae");
        if (!log->stream)
            return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be written", path);
        log->owned = true;
    } else if (json) {
        log->stream = stderr;
    }
    return 0;
}

void run_log_release(struct run_log *log)
{
    if (log->owned)
        fclose(log->stream);
    *log = (struct run_log){0};
}

void run_log_write(struct run_log *log, const char *event, json_t *fields, const char *text)
{
    BI_CLEANUP(run_json_release) json_t *taken = fields;
    if (!log->stream)
        return;
    struct bi_arena arena = {0};
    const char *time = run_record_now(&arena);
    if (log->json) {
        BI_CLEANUP(run_json_release) json_t *line = json_object();
        json_object_set_new(line, "time", json_string(time));
        json_object_set_new(line, "event", json_string(event));
        json_object_update(line, taken);
        BI_CLEANUP(bi_freep) char *dumped = json_dumps(line, JSON_COMPACT | RUN_JSON_REALS);
        fprintf(log->stream, "%s\n", dumped ? dumped : "{}");
    } else if (text) {
        fprintf(log->stream, "%.19sZ %s\n", time, text);
    }
    fflush(log->stream); /* a line is one write, so that two never mix */
    bi_arena_release(&arena);
}
