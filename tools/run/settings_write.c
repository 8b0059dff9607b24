#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "run/settings.h"

/* A line of an ini file, with what white space and comments leave of it. */
struct line {
    const char *start;
    size_t length;    /* with its line break, if it has one */
    const char *word; /* name of the section or the setting */
    size_t word_length;
    bool section, setting;
};

static struct line read_line(const char *start)
{
    struct line line = {.start = start, .length = strcspn(start, "\n")};
    const char *end = start + line.length, *at = start;
    line.length += *end == '\n';
    while (at < end && strchr(" \t\r", *at))
        at++;
    line.section = at < end && *at == '[';
    line.word = at + line.section;
    line.word_length = strcspn(line.word, line.section ? "]\n" : "=:\n");
    line.setting =
        !line.section && at < end && *at != ';' && *at != '#' && line.word + line.word_length < end;
    while (line.word_length && strchr(" \t", line.word[line.word_length - 1]))
        line.word_length--;
    return line;
}

static bool is_called(const struct line *line, const char *name)
{
    return strlen(name) == line->word_length && strncmp(line->word, name, line->word_length) == 0;
}

static void add_setting(struct bi_text *out, const struct run_change *change)
{
    if (out->length && out->data[out->length - 1] != '\n')
        bi_text_add(out, "\n");
    bi_text_printf(out, "%s = %s\n", run_keys[change->key].name, change->value);
}

/* The text with one setting changed: in its place, else at the head of its section, else in a section of its
 * own. A section that loses its last line goes too. */
static void change_text(const char *text, const struct run_change *change, struct bi_text *out)
{
    const struct run_key *key = &run_keys[change->key];
    bool there = false, done = !change->value;
    bool within = false;
    for (const char *s = text; *s && !there; s += read_line(s).length) {
        struct line line = read_line(s);
        within = line.section ? is_called(&line, key->section) : within;
        there = within && line.setting && is_called(&line, key->name);
    }
    within = false;
    for (const char *s = text; *s;) {
        struct line line = read_line(s);
        s += line.length;
        within = line.section ? is_called(&line, key->section) : within;
        bool it = within && line.setting && is_called(&line, key->name);
        if (!it)
            bi_text_add_bytes(out, line.start, line.length);
        if (!done && within && (it || (!there && line.section))) {
            add_setting(out, change);
            done = true;
        }
    }
    if (!done) {
        if (out->length && out->data[out->length - 1] != '\n')
            bi_text_add(out, "\n");
        bi_text_printf(out, "[%s]\n", key->section);
        add_setting(out, change);
    }
}

/* True if a file says nothing: it has no more than empty sections. */
static bool is_empty(const char *text)
{
    for (const char *s = text; *s;) {
        struct line line = read_line(s);
        s += line.length;
        const char *at = line.start + strspn(line.start, " \t\r");
        if (!line.section && *at != '\n' && *at)
            return false;
    }
    return true;
}

int run_settings_write(const char *path, const struct run_change *changes, size_t count, struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text text = {0};
    if (access(path, F_OK) == 0) {
        BI_CLEANUP(bi_freep) char *data = NULL;
        size_t size;
        if (bi_file_read(path, RUN_SETTINGS_MAX_BYTES, true, &data, &size, err) != 0)
            return -1;
        bi_text_add_bytes(&text, data, size);
    }
    for (size_t i = 0; i < count; i++) {
        struct bi_text changed = {0};
        change_text(bi_text_get(&text), &changes[i], &changed);
        bi_text_release(&text);
        text = changed;
    }
    if (is_empty(bi_text_get(&text))) {
        unlink(path);
        return 0;
    }
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    if (bi_path_make(bi_path_dir(&arena, path), err) != 0)
        return -1;
    return bi_file_write(path, bi_text_get(&text), text.length, err);
}
