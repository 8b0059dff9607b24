#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"

#define SETTINGS_MAX_BYTES (1u << 20)

static int add(struct bi_arena *arena, struct settings *settings, char *line)
{
    char *name = strtok(line, " \t\r");
    if (!name || *name == '#')
        return 0;
    char *value = strtok(NULL, " \t\r");
    if (!value)
        return -1;
    size_t capacity = settings->capacity;
    settings->names =
        bi_arena_grow(arena, settings->names, settings->count, &capacity, sizeof *settings->names);
    settings->values = bi_arena_grow(arena, settings->values, settings->count, &settings->capacity,
                                     sizeof *settings->values);
    settings->names[settings->count] = bi_arena_strdup(arena, name);
    settings->values[settings->count++] = bi_arena_strdup(arena, value);
    return 0;
}

int settings_read(struct bi_arena *arena, const char *path, struct settings *settings, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    struct bi_error cause = {0};
    if (bi_file_read(path, SETTINGS_MAX_BYTES, true, &data, &size, &cause))
        return bi_error_set(err, BI_EXIT_MACHINE, "%s", cause.text);
    struct settings read = {0};
    int number = 0;
    for (char *line = data, *next; line; line = next) {
        number++;
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        if (add(arena, &read, line))
            return bi_error_set(err, BI_EXIT_MACHINE, "%s: line %d has no value", path, number);
    }
    *settings = read;
    return 0;
}
