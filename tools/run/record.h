/* <step>.run.json: what is kept of a step beside its output. */
#ifndef RUN_RECORD_H
#define RUN_RECORD_H

#include <stdint.h>
#include <time.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "run/fingerprint.h"

#define RUN_RECORD_FORMAT "backissue-run/1"

/* Strings are never NULL. */
struct run_record {
    char *stage;       /* "4-ocr" */
    char *fingerprint; /* SHA-256 over parts */
    struct run_parts parts;
    char *output_sha256; /* "" if there is no output */
    char *program_version;
    char *parameters;   /* one line, "" if none */
    char *model_sha256; /* "name:<sha256>", several with a space between; "" if none */
    char *started;      /* UTC, "2026-11-23T14:57:44.123456Z" */
    double seconds, cpu_seconds;
    int64_t peak_memory_bytes;
    int exit_code; /* as a shell counts: 128 + signal */
    char *message; /* why it failed, "" if it did not */
};

/* Reads a record into the arena. -1 if it is missing or is not one, which means the same: the step has not
 * run. */
int run_record_read(struct bi_arena *arena, const char *path, struct run_record *record,
                    struct bi_error *err);
/* Whole or not at all. */
int run_record_write(const char *path, const struct run_record *record, struct bi_error *err);
/* Appends the line of RUNS.jsonl for load: an object with "frame" (0: the whole issue, written as null), what
 * the view archive_run shows, and "message" where there is one. */
void run_record_line(const struct run_record *record, int frame, struct bi_text *out);
/* A time as `started` has it, and that of now. */
char *run_record_time(struct bi_arena *arena, struct timespec time);
char *run_record_now(struct bi_arena *arena);

#endif
