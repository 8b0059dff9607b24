#include "run/record.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "run/json.h"

#define MAX_FILE_BYTES ((size_t)16 << 20)
static char *string_of(struct bi_arena *arena, const json_t *object, const char *name)
{
    const char *value = json_string_value(json_object_get(object, name));
    return bi_arena_strdup(arena, value ? value : "");
}

static double number_of(const json_t *object, const char *name)
{
    return json_number_value(json_object_get(object, name));
}

int run_record_read(struct bi_arena *arena, const char *path, struct run_record *record, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (bi_file_read(path, MAX_FILE_BYTES, false, &data, &size, err) != 0)
        return -1;
    BI_CLEANUP(run_json_release) json_t *root = json_loadb(data, size, JSON_REJECT_DUPLICATES, NULL);
    const char *format = json_string_value(json_object_get(root, "format"));
    const json_t *exit_code = json_object_get(root, "exit_code");
    if (!format || strcmp(format, RUN_RECORD_FORMAT) != 0 || !json_is_integer(exit_code))
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is not a record of a step", path);
    *record = (struct run_record){
        .stage = string_of(arena, root, "stage"),
        .fingerprint = string_of(arena, root, "fingerprint"),
        .output_sha256 = string_of(arena, root, "output_sha256"),
        .program_version = string_of(arena, root, "program_version"),
        .parameters = string_of(arena, root, "parameters"),
        .model_sha256 = string_of(arena, root, "model_sha256"),
        .started = string_of(arena, root, "started"),
        .seconds = number_of(root, "seconds"),
        .cpu_seconds = number_of(root, "cpu_seconds"),
        .peak_memory_bytes = (int64_t)number_of(root, "peak_memory_bytes"),
        .exit_code = (int)json_integer_value(exit_code),
        .message = string_of(arena, root, "message"),
    };
    size_t index;
    const json_t *part;
    json_array_foreach(json_object_get(root, "parts"), index, part)
    {
        const char *name = json_string_value(json_array_get(part, 0));
        const char *value = json_string_value(json_array_get(part, 1));
        if (name && value)
            run_parts_add(&record->parts, arena, name, value);
    }
    return 0;
}

static void set_common(json_t *root, const struct run_record *record)
{
    json_object_set_new(root, "stage", run_json_string(record->stage));
    json_object_set_new(root, "program_version", run_json_string(record->program_version));
    json_object_set_new(root, "parameters", run_json_string(record->parameters));
    json_object_set_new(root, "model_sha256", run_json_string(record->model_sha256));
    json_object_set_new(root, "started", run_json_string(record->started));
    json_object_set_new(root, "seconds", json_real(record->seconds));
    json_object_set_new(root, "exit_code", json_integer(record->exit_code));
}

int run_record_write(const char *path, const struct run_record *record, struct bi_error *err)
{
    BI_CLEANUP(run_json_release) json_t *root = json_object();
    json_object_set_new(root, "format", json_string(RUN_RECORD_FORMAT));
    set_common(root, record);
    json_object_set_new(root, "message", run_json_string(record->message));
    json_object_set_new(root, "cpu_seconds", json_real(record->cpu_seconds));
    json_object_set_new(root, "peak_memory_bytes", json_integer(record->peak_memory_bytes));
    json_object_set_new(root, "output_sha256", run_json_string(record->output_sha256));
    json_object_set_new(root, "fingerprint", run_json_string(record->fingerprint));
    json_t *parts = json_array();
    for (size_t i = 0; i < record->parts.count; i++) {
        json_t *part = json_array();
        json_array_append_new(part, run_json_string(record->parts.parts[i].name));
        json_array_append_new(part, run_json_string(record->parts.parts[i].value));
        json_array_append_new(parts, part);
    }
    json_object_set_new(root, "parts", parts);
    BI_CLEANUP(bi_freep) char *text = json_dumps(root, JSON_INDENT(1) | RUN_JSON_REALS);
    if (!text)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be written as JSON", path);
    struct bi_text line = {0};
    bi_text_printf(&line, "%s\n", text);
    int result = bi_file_write(path, line.data, line.length, err);
    bi_text_release(&line);
    return result;
}

void run_record_line(const struct run_record *record, int frame, struct bi_text *out)
{
    BI_CLEANUP(run_json_release) json_t *root = json_object();
    json_object_set_new(root, "frame", frame > 0 ? json_integer(frame) : json_null());
    set_common(root, record);
    if (*record->message)
        json_object_set_new(root, "message", run_json_string(record->message));
    BI_CLEANUP(bi_freep) char *text = json_dumps(root, JSON_COMPACT | RUN_JSON_REALS);
    bi_text_add(out, text);
    bi_text_add(out, "\n");
}

char *run_record_time(struct bi_arena *arena, struct timespec time)
{
    struct tm utc;
    gmtime_r(&time.tv_sec, &utc);
    char text[40];
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    return bi_arena_printf(arena, "%s.%06ldZ", text, time.tv_nsec / 1000);
}

char *run_record_now(struct bi_arena *arena)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return run_record_time(arena, now);
}
