#include "edit/log.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "page/json.h"

#define MAX_LOG_BYTES ((size_t)256 << 20)

static const char *const NAMES[] = {[EDIT_LINE] = "line", [EDIT_ARTICLES] = "articles", [EDIT_PAGE] = "page"};

char *edit_now(struct bi_arena *arena)
{
    time_t now = time(NULL);
    struct tm utc;
    char text[24];
    gmtime_r(&now, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return bi_arena_strdup(arena, text);
}

int edit_log_lock(struct edit_log *log, const char *path, struct bi_error *err)
{
    struct stat status;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    *log = (struct edit_log){0};
    if (bi_path_make(bi_path_dir(&arena, path), err) < 0)
        return -1;
    int descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be written", path);
    int locked;
    do
        locked = flock(descriptor, LOCK_EX);
    while (locked != 0 && errno == EINTR);
    if (locked != 0 || fstat(descriptor, &status) != 0) {
        bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be locked", path);
        close(descriptor);
        return -1;
    }
    *log = (struct edit_log){bi_xstrdup(path), descriptor, status.st_size};
    return 0;
}

void edit_log_unlock(struct edit_log *log)
{
    if (!log->path)
        return;
    close(log->descriptor);
    free(log->path);
    *log = (struct edit_log){0};
}

static void add_line(const struct edit_record *record, struct bi_text *out)
{
    BI_CLEANUP(bi_json_decrefp)
    json_t *object = json_pack("{s:o,s:o,s:s}", "when", bi_json_text(record->when), "who",
                               bi_json_text(record->who), "what", NAMES[record->what]);
    if (record->frame)
        json_object_set_new(object, "frame", json_integer(record->frame));
    if (record->line) {
        json_object_set_new(object, "line", bi_json_text(record->line));
        json_object_set_new(
            object, "box",
            json_pack("[i,i,i,i]", record->box.x, record->box.y, record->box.w, record->box.h));
    }
    json_object_set_new(object, "before", bi_json_text(record->before));
    json_object_set_new(object, "after", bi_json_text(record->after));
    if (record->undoes)
        json_object_set_new(object, "undoes", json_integer(record->undoes));
    BI_CLEANUP(bi_freep) char *text = json_dumps(object, JSON_COMPACT);
    bi_text_add(out, text);
    bi_text_add(out, "\n");
}

/* What a killed process left of a line is ended, so that the next is one of its own. */
static bool ends_open(const struct edit_log *log)
{
    char last;
    return log->size > 0 && pread(log->descriptor, &last, 1, log->size - 1) == 1 && last != '\n';
}

int edit_log_add(struct edit_log *log, const struct edit_record *records, size_t count, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text lines = {0};
    if (ends_open(log))
        bi_text_add(&lines, "\n");
    for (size_t i = 0; i < count; i++)
        add_line(&records[i], &lines);
    for (size_t done = 0; done < lines.length;) {
        ssize_t written = write(log->descriptor, lines.data + done, lines.length - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", log->path);
            edit_log_take_back(log);
            return -1;
        }
        done += (size_t)written;
    }
    if (fsync(log->descriptor) != 0) {
        bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", log->path);
        edit_log_take_back(log);
        return -1;
    }
    return 0;
}

void edit_log_take_back(struct edit_log *log)
{
    if (ftruncate(log->descriptor, log->size) == 0)
        fsync(log->descriptor);
}

/* ---- reading */

static struct bi_box read_box(const json_t *array)
{
    int v[4] = {0};
    for (size_t i = 0; i < 4; i++)
        v[i] = (int)json_integer_value(json_array_get(array, i));
    return (struct bi_box){v[0], v[1], v[2], v[3]};
}

/* A name without a folder, or none. */
static bool is_plain(const char *name)
{
    return !name || (*name && !strchr(name, '/'));
}

static bool read_record(struct bi_arena *arena, const char *line, size_t length, struct edit_record *record)
{
    BI_CLEANUP(bi_json_decrefp) json_t *object = json_loadb(line, length, 0, NULL);
    const char *what = json_string_value(json_object_get(object, "what"));
    size_t kind = 0;
    while (what && kind < sizeof NAMES / sizeof *NAMES && strcmp(NAMES[kind], what) != 0)
        kind++;
    if (!what || kind == sizeof NAMES / sizeof *NAMES)
        return false;
    *record = (struct edit_record){
        .number = record->number,
        .when = bi_json_string(arena, object, "when", ""),
        .who = bi_json_string(arena, object, "who", ""),
        .what = (enum edit_what)kind,
        .frame = bi_json_int(object, "frame", 0),
        .line = bi_json_string(arena, object, "line", NULL),
        .box = read_box(json_object_get(object, "box")),
        .before = bi_json_string(arena, object, "before", NULL),
        .after = bi_json_string(arena, object, "after", NULL),
        .undoes = bi_json_int(object, "undoes", 0),
    };
    bool whole = record->what != EDIT_LINE || (record->line && record->before && record->after);
    bool plain = record->what != EDIT_PAGE || (is_plain(record->before) && is_plain(record->after));
    return whole && plain;
}

int edit_log_read(const char *path, struct bi_arena *arena, struct edit_record **records, size_t *count,
                  struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size = 0, capacity = 0;
    *records = NULL;
    *count = 0;
    if (access(path, F_OK) != 0)
        return 0;
    if (bi_file_read(path, MAX_LOG_BYTES, true, &data, &size, err) < 0)
        return -1;
    long number = 0;
    for (const char *s = data; *s;) {
        size_t length = strcspn(s, "\n");
        struct edit_record record = {.number = ++number};
        if (read_record(arena, s, length, &record)) {
            *records = bi_arena_grow(arena, *records, *count, &capacity, sizeof **records);
            (*records)[(*count)++] = record;
        }
        s += length + (s[length] == '\n');
    }
    for (size_t i = 0; i < *count; i++)
        for (size_t j = 0; (*records)[i].undoes && j < i; j++)
            if ((*records)[j].number == (*records)[i].undoes)
                (*records)[j].undone = true;
    return 0;
}
