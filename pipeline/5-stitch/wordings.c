#include "wordings.h"

#include <ini.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

struct reading {
    struct bi_arena *arena;
    struct st_wordings *wordings;
};

int st_wordings_add(struct bi_arena *arena, struct st_wordings *wordings, const char *name, const char *text)
{
    static const char slot[] = "{N}";
    enum st_marker_kind kind = strcmp(name, "to") == 0       ? ST_MARKER_TO
                               : strcmp(name, "from") == 0   ? ST_MARKER_FROM
                               : strcmp(name, "teaser") == 0 ? ST_MARKER_TEASER
                                                             : ST_MARKER_NONE;
    const char *number = strstr(text, slot);
    if (kind == ST_MARKER_NONE || !number)
        return -1;
    static const char arrow[] = "→";
    bool after_arrow = strncmp(text, arrow, strlen(arrow)) == 0;
    const char *start = after_arrow ? text + strlen(arrow) : text;
    struct st_wording wording = {
        .kind = kind,
        .arrow = after_arrow,
        .before = st_runes_folded(arena, bi_arena_strndup(arena, start, (size_t)(number - start))),
        .after = st_runes_folded(arena, number + strlen(slot)),
    };
    if (wording.before.count + wording.after.count == 0)
        return -1;
    for (size_t i = 0; i < wording.before.count; i++)
        wording.verbs += wording.before.data[i] != ST_ORDINAL;
    wordings->list =
        bi_arena_grow(arena, wordings->list, wordings->count, &wordings->capacity, sizeof *wordings->list);
    wordings->list[wordings->count++] = wording;
    return 0;
}

static int add_confusion(struct bi_arena *arena, struct st_wordings *wordings, const char *meant,
                         const char *read)
{
    struct st_runes runes = st_runes_folded(arena, meant);
    if (runes.count != 1)
        return -1;
    wordings->confusions = bi_arena_grow(arena, wordings->confusions, wordings->confusion_count,
                                         &wordings->confusion_capacity, sizeof *wordings->confusions);
    wordings->confusions[wordings->confusion_count++] =
        (struct st_confusion){.meant = runes.data[0], .read = st_runes_folded(arena, read)};
    return 0;
}

static int on_value(void *user, const char *section, const char *name, const char *value)
{
    struct reading *reading = user;
    if (strcmp(section, "jumps") == 0)
        return st_wordings_add(reading->arena, reading->wordings, name, value) == 0;
    if (strcmp(section, "confusions") == 0)
        return add_confusion(reading->arena, reading->wordings, name, value) == 0;
    return 0;
}

int st_wordings_read(struct bi_arena *arena, const char *path, struct st_wordings *wordings,
                     struct bi_error *err)
{
    *wordings = (struct st_wordings){0};
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rb");
    if (!in)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be opened", path);
    struct reading reading = {arena, wordings};
    int line = ini_parse_file(in, on_value, &reading);
    if (line != 0)
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: line %d is no wording", path, line);
    return 0;
}

int st_wordings_extend(struct bi_arena *arena, const struct bi_issue *issue, struct st_wordings *wordings,
                       struct bi_error *err)
{
    for (size_t i = 0; i < issue->setting_count; i++) {
        const struct bi_setting *setting = &issue->settings[i];
        if (strcmp(setting->section, "jumps") != 0)
            continue;
        if (st_wordings_add(arena, wordings, setting->name, setting->value) < 0)
            return bi_error_set(
                err, BI_EXIT_INPUT,
                "title.ini: [jumps] %s = %s: is not to, from or teaser with a wording that holds {N}",
                setting->name, setting->value);
    }
    return 0;
}
