#include "page/issue.h"

#include <string.h>

#include "base/text.h"
#include "page/json.h"

/* The byte that "%XX" stands for; -1 if text does not begin with that. */
static int escaped_byte(const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    if (text[0] != '%' || !text[1] || !text[2])
        return -1;
    const char *high = strchr(digits, text[1]), *low = strchr(digits, text[2]);
    return high && low ? (int)((high - digits) * 16 + (low - digits)) : -1;
}

char *bi_name_escape(struct bi_arena *arena, const char *name)
{
    struct bi_text out = {0};
    while (*name) {
        const char *next = name;
        bi_rune_next(&next);
        if (!bi_utf8_valid(name, (size_t)(next - name)) || escaped_byte(name) >= 0)
            bi_text_printf(&out, "%%%02X", (unsigned)(unsigned char)*name);
        else
            bi_text_add_bytes(&out, name, (size_t)(next - name));
        name = next;
    }
    char *text = bi_arena_strdup(arena, bi_text_get(&out));
    bi_text_release(&out);
    return text;
}

char *bi_name_unescape(struct bi_arena *arena, const char *text)
{
    char *name = bi_arena_strdup(arena, text), *to = name;
    for (const char *from = text; *from;) {
        int byte = escaped_byte(from);
        *to++ = byte >= 0 ? (char)byte : *from;
        from += byte >= 0 ? 3 : 1;
    }
    *to = 0;
    return name;
}

void bi_issue_release(struct bi_issue *issue)
{
    bi_arena_release(&issue->arena);
    memset(issue, 0, sizeof *issue);
}

const char *bi_issue_setting(const struct bi_issue *issue, const char *section, const char *name)
{
    for (size_t i = 0; i < issue->setting_count; i++)
        if (strcmp(issue->settings[i].section, section) == 0 && strcmp(issue->settings[i].name, name) == 0)
            return issue->settings[i].value;
    return NULL;
}

static void read_frame(struct bi_arena *arena, const json_t *json, struct bi_frame *frame)
{
    *frame = (struct bi_frame){
        .number = bi_json_int(json, "number", 0),
        .scan = bi_json_string(arena, json, "scan", ""),
        .sha256 = bi_json_string(arena, json, "sha256", ""),
        .size = (long)json_integer_value(json_object_get(json, "size")),
        .index = bi_json_int(json, "index", 0),
        .format = bi_json_string(arena, json, "format", ""),
        .width = bi_json_int(json, "width", 0),
        .height = bi_json_int(json, "height", 0),
        .bits = bi_json_int(json, "bits", 0),
        .dpi = bi_json_int(json, "dpi", 0),
        .crop = bi_json_string(arena, json, "crop", NULL),
        .problem = bi_json_string(arena, json, "problem", NULL),
    };
}

static int from_json(const char *name, const json_t *root, struct bi_issue *issue, struct bi_error *err)
{
    memset(issue, 0, sizeof *issue);
    struct bi_arena *arena = &issue->arena;
    issue->folder = bi_json_string(arena, root, "folder", "");
    issue->title = bi_json_string(arena, root, "title", "");
    issue->date = bi_json_string(arena, root, "date", NULL);

    const json_t *settings = json_object_get(root, "settings"), *item;
    issue->setting_count = json_array_size(settings);
    issue->settings = bi_arena_array(arena, issue->setting_count, sizeof *issue->settings);
    size_t i;
    json_array_foreach(settings, i, item)
    {
        issue->settings[i].section = bi_json_string(arena, item, "section", "");
        issue->settings[i].name = bi_json_string(arena, item, "name", "");
        issue->settings[i].value = bi_json_string(arena, item, "value", "");
    }

    const json_t *frames = json_object_get(root, "frames");
    issue->frame_count = json_array_size(frames);
    issue->frames = bi_arena_array(arena, issue->frame_count, sizeof *issue->frames);
    json_array_foreach(frames, i, item)
    {
        read_frame(arena, item, &issue->frames[i]);
        if (issue->frames[i].number < 1) {
            bi_issue_release(issue);
            return bi_error_set(err, BI_EXIT_INPUT, "%s: frame %zu has no number", name, i + 1);
        }
    }
    return 0;
}

int bi_issue_parse(const char *name, const char *data, size_t size, struct bi_issue *issue,
                   struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *root = NULL;
    if (bi_json_parse(name, data, size, BI_ISSUE_FORMAT, &root, err) < 0)
        return -1;
    return from_json(name, root, issue, err);
}

int bi_issue_read(const char *path, struct bi_issue *issue, struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *root = NULL;
    if (bi_json_read(path, BI_ISSUE_FORMAT, &root, err) < 0)
        return -1;
    return from_json(path, root, issue, err);
}

int bi_issue_write(const char *path, const struct bi_issue *issue, struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *root = json_object();
    json_object_set_new(root, "format", json_string(BI_ISSUE_FORMAT));
    json_object_set_new(root, "program_version", json_string(BI_VERSION));
    json_object_set_new(root, "folder", bi_json_text(issue->folder));
    json_object_set_new(root, "title", bi_json_text(issue->title));
    json_object_set_new(root, "date", bi_json_text(issue->date));

    json_t *settings = json_array();
    json_object_set_new(root, "settings", settings);
    for (size_t i = 0; i < issue->setting_count; i++) {
        json_t *item = json_object();
        json_array_append_new(settings, item);
        json_object_set_new(item, "section", bi_json_text(issue->settings[i].section));
        json_object_set_new(item, "name", bi_json_text(issue->settings[i].name));
        json_object_set_new(item, "value", bi_json_text(issue->settings[i].value));
    }

    json_t *frames = json_array();
    json_object_set_new(root, "frames", frames);
    for (size_t i = 0; i < issue->frame_count; i++) {
        const struct bi_frame *frame = &issue->frames[i];
        json_t *item = json_object();
        json_array_append_new(frames, item);
        json_object_set_new(item, "number", json_integer(frame->number));
        json_object_set_new(item, "scan", bi_json_text(frame->scan));
        json_object_set_new(item, "sha256", bi_json_text(frame->sha256));
        json_object_set_new(item, "size", json_integer(frame->size));
        json_object_set_new(item, "index", json_integer(frame->index));
        json_object_set_new(item, "format", bi_json_text(frame->format));
        json_object_set_new(item, "width", json_integer(frame->width));
        json_object_set_new(item, "height", json_integer(frame->height));
        json_object_set_new(item, "bits", json_integer(frame->bits));
        json_object_set_new(item, "dpi", json_integer(frame->dpi));
        if (frame->crop)
            json_object_set_new(item, "crop", bi_json_text(frame->crop));
        json_object_set_new(item, "problem", bi_json_text(frame->problem));
    }
    return bi_json_write(path, root, err);
}
