#include "wordings.h"

#include <ini.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

struct reading {
    struct bi_arena *arena;
    struct st_wordings *wordings;
};

/* ---- keys */

/* The place of a rune among the sorted keys, or where it would be. */
static size_t key_place(const struct st_wordings *wordings, uint32_t rune)
{
    size_t low = 0, high = wordings->key_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (wordings->keys[middle].rune < rune)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct st_key *st_wordings_key(const struct st_wordings *wordings, uint32_t rune)
{
    size_t at = key_place(wordings, rune);
    return at < wordings->key_count && wordings->keys[at].rune == rune ? &wordings->keys[at] : NULL;
}

static struct st_key *make_key(struct bi_arena *arena, struct st_wordings *wordings, uint32_t rune)
{
    size_t at = key_place(wordings, rune);
    if (at < wordings->key_count && wordings->keys[at].rune == rune)
        return &wordings->keys[at];
    wordings->keys = bi_arena_grow(arena, wordings->keys, wordings->key_count, &wordings->key_capacity,
                                   sizeof *wordings->keys);
    for (size_t i = wordings->key_count++; i > at; i--)
        wordings->keys[i] = wordings->keys[i - 1];
    wordings->keys[at] = (struct st_key){.rune = rune};
    return &wordings->keys[at];
}

static void confuse(struct bi_arena *arena, struct st_wordings *wordings, size_t bit,
                    const struct st_runes *read)
{
    for (size_t i = 0; i < read->count; i++)
        make_key(arena, wordings, read->data[i])->confused |= (uint64_t)1 << bit;
}

/* The bit of a fixed character, 0 if there is none left. */
static uint64_t bit_of(struct bi_arena *arena, struct st_wordings *wordings, uint32_t rune)
{
    size_t bit = 0;
    while (bit < wordings->bit_count && wordings->bits[bit] != rune)
        bit++;
    if (bit == sizeof wordings->bits / sizeof *wordings->bits)
        return 0;
    if (bit == wordings->bit_count) {
        wordings->bits[wordings->bit_count++] = rune;
        make_key(arena, wordings, rune)->exact |= (uint64_t)1 << bit;
        for (size_t i = 0; i < wordings->confusion_count; i++)
            if (wordings->confusions[i].meant == rune)
                confuse(arena, wordings, bit, &wordings->confusions[i].read);
    }
    return (uint64_t)1 << bit;
}

/* ---- wordings */

int st_wordings_add(struct bi_arena *arena, struct st_wordings *wordings, const char *name, const char *text)
{
    static const char slot[] = "{N}";
    enum st_marker_kind kind = strcmp(name, "to") == 0       ? ST_MARKER_TO
                               : strcmp(name, "from") == 0   ? ST_MARKER_FROM
                               : strcmp(name, "teaser") == 0 ? ST_MARKER_TEASER
                                                             : ST_MARKER_NONE;
    static const char arrow[] = "→", whole[] = "^", title[] = "{T}";
    bool after_arrow = strncmp(text, arrow, strlen(arrow)) == 0;
    bool whole_line = strncmp(text, whole, strlen(whole)) == 0;
    const char *first = text + (after_arrow ? strlen(arrow) : whole_line ? strlen(whole) : 0);
    const char *words = strstr(first, title), *start = words ? words + strlen(title) : first;
    const char *number = strstr(start, slot);
    if (kind == ST_MARKER_NONE || !number)
        return -1;
    struct st_wording wording = {
        .kind = kind,
        .arrow = after_arrow,
        .whole = whole_line,
        .lead = st_runes_folded(arena, words ? bi_arena_strndup(arena, first, (size_t)(words - first)) : ""),
        .before = st_runes_folded(arena, bi_arena_strndup(arena, start, (size_t)(number - start))),
        .after = st_runes_folded(arena, number + strlen(slot)),
    };
    if (wording.before.count + wording.after.count == 0 || (words && !wording.lead.count))
        return -1;
    wording.latin = wording.before.count && wording.before.data[0] < 128;
    for (size_t i = 0; i < wording.before.count; i++) {
        uint64_t bit = bit_of(arena, wordings, wording.before.data[i]);
        wording.fixed_bits |= bit;
        if (wording.before.data[i] == ST_ORDINAL)
            continue;
        wording.verbs++;
        wording.verb_bits |= bit ? bit : UINT64_MAX; /* past the last bit: may always be there */
    }
    for (size_t i = 0; i < wording.after.count; i++)
        wording.fixed_bits |= bit_of(arena, wordings, wording.after.data[i]);
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
    for (size_t bit = 0; bit < wordings->bit_count; bit++)
        if (wordings->bits[bit] == runes.data[0])
            confuse(arena, wordings, bit, &wordings->confusions[wordings->confusion_count - 1].read);
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
