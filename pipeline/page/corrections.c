#include "page/corrections.h"

#include <string.h>

#include "base/file.h"
#include "page/json.h"

#define MAX_CORRECTION_BYTES ((size_t)16 << 20)

struct reading {
    const char *name;
    size_t number; /* of the correction, from 1 */
    struct bi_arena *arena;
    struct bi_error *err;
};

static const char *const names[] = {
    [BI_CORRECT_JOIN] = "join", [BI_CORRECT_SPLIT] = "split", [BI_CORRECT_TITLE] = "title",
    [BI_CORRECT_KIND] = "kind", [BI_CORRECT_ORDER] = "order",
};

const char *bi_correction_name(enum bi_correction_kind kind)
{
    return names[kind];
}

void bi_corrections_release(struct bi_corrections *corrections)
{
    bi_arena_release(&corrections->arena);
    *corrections = (struct bi_corrections){0};
}

static int wrong(const struct reading *reading, const char *what)
{
    return bi_error_set(reading->err, BI_EXIT_INPUT, "%s: correction %zu: %s", reading->name, reading->number,
                        what);
}

/* An array of exactly n integers. */
static bool integers(const json_t *array, int *values, size_t n)
{
    if (!json_is_array(array) || json_array_size(array) != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        const json_t *value = json_array_get(array, i);
        if (!json_is_integer(value) || json_integer_value(value) < 0 || json_integer_value(value) > 1000000)
            return false;
        values[i] = (int)json_integer_value(value);
    }
    return true;
}

static int read_anchor(const struct reading *reading, const json_t *object, const char *key,
                       struct bi_anchor *anchor)
{
    const json_t *at = json_object_get(object, key), *point = json_object_get(at, "point"),
                 *box = json_object_get(at, "box");
    int p[2], b[4];
    anchor->page_number = bi_json_int(at, "page", 0);
    anchor->text = bi_json_string(reading->arena, at, "text", NULL);
    if (anchor->text && !*anchor->text)
        anchor->text = NULL;
    if (point && !integers(point, p, 2))
        return wrong(reading, "\"point\" is not [x, y] in pixels");
    if (box && (!integers(box, b, 4) || b[2] == 0 || b[3] == 0))
        return wrong(reading, "\"box\" is not [x, y, width, height] in pixels");
    if (point) {
        anchor->pointed = true;
        anchor->point = (struct bi_point){p[0], p[1]};
    }
    if (box)
        anchor->box = (struct bi_box){b[0], b[1], b[2], b[3]};
    if (anchor->page_number < 1 || !(anchor->text || point || box))
        return wrong(reading,
                     bi_arena_printf(reading->arena,
                                     "\"%s\" names no \"page\" with a \"text\", \"point\" or \"box\"", key));
    return 0;
}

static int read_title(const struct reading *reading, const json_t *object, struct bi_correction *correction)
{
    correction->kicker = bi_json_string(reading->arena, object, "kicker", NULL);
    correction->headline = bi_json_string(reading->arena, object, "headline", NULL);
    correction->subhead = bi_json_string(reading->arena, object, "subhead", NULL);
    correction->byline = bi_json_string(reading->arena, object, "byline", NULL);
    if (!correction->kicker && !correction->headline && !correction->subhead && !correction->byline)
        return wrong(reading, "has neither \"headline\", \"kicker\", \"subhead\" nor \"byline\"");
    return 0;
}

static int read_kind(const struct reading *reading, const json_t *object, struct bi_correction *correction)
{
    static const char *const kinds[] = {"article", "ad", "notice", "photo", "masthead", "other"};
    correction->article_kind = bi_json_string(reading->arena, object, "kind", "");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(correction->article_kind, kinds[i]) == 0)
            return 0;
    return wrong(reading, "\"kind\" is not one of article, ad, notice, photo, masthead, other");
}

static int read_correction(const struct reading *reading, const json_t *object,
                           struct bi_correction *correction)
{
    const char *what = bi_json_string(reading->arena, object, "do", "");
    size_t kind = 0;
    while (kind < sizeof names / sizeof *names && strcmp(names[kind], what) != 0)
        kind++;
    if (kind == sizeof names / sizeof *names)
        return wrong(reading, "\"do\" is not one of join, split, title, kind, order");
    *correction = (struct bi_correction){
        .kind = (enum bi_correction_kind)kind,
        .note = bi_json_string(reading->arena, object, "note", NULL),
    };
    if (read_anchor(reading, object, correction->kind == BI_CORRECT_SPLIT ? "at" : "article",
                    &correction->place) < 0)
        return -1;
    switch (correction->kind) {
    case BI_CORRECT_JOIN:
        return read_anchor(reading, object, "with", &correction->other);
    case BI_CORRECT_ORDER:
        return read_anchor(reading, object, "after", &correction->other);
    case BI_CORRECT_TITLE:
        return read_title(reading, object, correction);
    case BI_CORRECT_KIND:
        return read_kind(reading, object, correction);
    case BI_CORRECT_SPLIT:
        break;
    }
    return 0;
}

int bi_corrections_parse(const char *name, const char *data, size_t size, struct bi_corrections *corrections,
                         struct bi_error *err)
{
    *corrections = (struct bi_corrections){0};
    BI_CLEANUP(bi_json_decrefp) json_t *root = NULL;
    if (bi_json_parse(name, data, size, BI_CORRECTIONS_FORMAT, &root, err) < 0)
        return -1;
    const json_t *list = json_object_get(root, "corrections");
    if (!json_is_array(list))
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has no list of \"corrections\"", name);
    struct reading reading = {.name = name, .arena = &corrections->arena, .err = err};
    corrections->list =
        bi_arena_array(&corrections->arena, json_array_size(list) + 1, sizeof *corrections->list);
    for (size_t i = 0; i < json_array_size(list); i++) {
        reading.number = i + 1;
        if (read_correction(&reading, json_array_get(list, i), &corrections->list[corrections->count]) < 0) {
            bi_corrections_release(corrections);
            return -1;
        }
        corrections->count++;
    }
    return 0;
}

int bi_corrections_read(const char *path, struct bi_corrections *corrections, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    *corrections = (struct bi_corrections){0};
    if (bi_file_read(path, MAX_CORRECTION_BYTES, false, &data, &size, err) < 0)
        return -1;
    return bi_corrections_parse(path, data, size, corrections, err);
}
