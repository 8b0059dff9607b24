#include "profiles.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

/* White at both ends of a strip, in ems of its type. */
#define EDGE_EMS 0.2
#define MIN_EM_PIXELS 8

struct load {
    struct bi_arena *arena;
    const char *name;
    struct profile profile;
    struct profile_reading again[PROFILE_MAX_READINGS];
    size_t again_count;
    bool found;
};

/* "chi_sim@31 other@36": model names with the size of a full character in strip pixels. */
static bool read_readings(struct bi_arena *arena, const char *value, struct profile_reading *readings,
                          size_t *count)
{
    char *rest = bi_arena_strdup(arena, value), *word;
    for (*count = 0; (word = strsep(&rest, " "));) {
        if (!*word)
            continue;
        char *at = strchr(word, '@'), *end;
        if (!at || at == word || *count == PROFILE_MAX_READINGS)
            return false;
        double em = strtod(at + 1, &end);
        if (*end || !(em >= MIN_EM_PIXELS && em <= STRIP_HEIGHT))
            return false;
        *at = '\0';
        readings[(*count)++] = (struct profile_reading){word, {em, (int)(EDGE_EMS * em + 0.5)}};
    }
    return *count > 0;
}

static int profile_value(void *user, const char *section, const char *name, const char *value)
{
    struct load *load = user;
    if (strcmp(section, load->name) != 0)
        return 1;
    load->found = true;
    if (strcmp(name, "first") == 0)
        return read_readings(load->arena, value, load->profile.readings, &load->profile.first_count);
    if (strcmp(name, "again") == 0)
        return read_readings(load->arena, value, load->again, &load->again_count);
    if (strcmp(name, "doubt") == 0) {
        char *end;
        load->profile.doubt = strtod(value, &end);
        return !*end && end != value;
    }
    return 0;
}

int profile_read(struct bi_arena *arena, const char *path, const char *name, struct profile *profile,
                 struct bi_error *err)
{
    struct load load = {.arena = arena, .name = name, .profile = {.name = bi_arena_strdup(arena, name)}};
    int status = ini_parse(path, profile_value, &load);
    if (status < 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be read", path);
    if (status > 0)
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: line %d is not understood", path, status);
    if (!load.found)
        return bi_error_set(err, BI_EXIT_USAGE, "%s: is not a profile of %s", name, path);
    struct profile *read = &load.profile;
    if (!read->first_count || read->first_count + load.again_count > PROFILE_MAX_READINGS)
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: profile %s has no readings or too many", path, name);
    memcpy(read->readings + read->first_count, load.again, load.again_count * sizeof *load.again);
    read->count = read->first_count + load.again_count;
    *profile = *read;
    return 0;
}
