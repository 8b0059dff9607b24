#include "page/corrections_write.h"

#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "page/json.h"

/* ---- one correction as JSON */

static json_t *pack_anchor(const struct bi_anchor *anchor)
{
    json_t *object = json_pack("{s:i}", "page", anchor->page_number);
    if (anchor->text)
        json_object_set_new(object, "text", bi_json_text(anchor->text));
    if (anchor->pointed)
        json_object_set_new(object, "point", json_pack("[i,i]", anchor->point.x, anchor->point.y));
    if (!bi_box_empty(anchor->box))
        json_object_set_new(
            object, "box",
            json_pack("[i,i,i,i]", anchor->box.x, anchor->box.y, anchor->box.w, anchor->box.h));
    return object;
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text)
        json_object_set_new(object, key, bi_json_text(text));
}

char *bi_correction_text(struct bi_arena *arena, const struct bi_correction *correction)
{
    BI_CLEANUP(bi_json_decrefp)
    json_t *object = json_pack("{s:s}", "do", bi_correction_name(correction->kind));
    bool split = correction->kind == BI_CORRECT_SPLIT;
    json_object_set_new(object, split ? "at" : "article", pack_anchor(&correction->place));
    if (correction->kind == BI_CORRECT_JOIN || correction->kind == BI_CORRECT_ORDER)
        json_object_set_new(object, correction->kind == BI_CORRECT_JOIN ? "with" : "after",
                            pack_anchor(&correction->other));
    set_text(object, "kicker", correction->kicker);
    set_text(object, "headline", correction->headline);
    set_text(object, "subhead", correction->subhead);
    set_text(object, "byline", correction->byline);
    set_text(object, "kind", correction->article_kind);
    set_text(object, "note", correction->note);
    BI_CLEANUP(bi_freep) char *text = json_dumps(object, JSON_COMPACT);
    return bi_arena_strdup(arena, text ? text : "{}");
}

/* ---- the file */

static int read_file(const char *path, json_t **root, struct bi_error *err)
{
    if (access(path, F_OK) != 0) {
        *root = json_pack("{s:s,s:[]}", "format", BI_CORRECTIONS_FORMAT, "corrections");
        return 0;
    }
    struct bi_corrections understood;
    if (bi_corrections_read(path, &understood, err) < 0 ||
        bi_json_read(path, BI_CORRECTIONS_FORMAT, root, err) < 0)
        return -1;
    bi_corrections_release(&understood);
    return 0;
}

static size_t place_of(const json_t *list, const json_t *wanted)
{
    size_t at = json_array_size(list);
    while (at > 0 && !json_equal(json_array_get(list, at - 1), wanted))
        at--;
    return at; /* from 1; 0: nowhere */
}

static int change_list(const char *path, json_t *list, const char *before, const char *after,
                       struct bi_error *err)
{
    size_t at = json_array_size(list);
    if (before) {
        BI_CLEANUP(bi_json_decrefp) json_t *wanted = json_loads(before, 0, NULL);
        size_t found = wanted ? place_of(list, wanted) : 0;
        if (found == 0)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: no longer has that correction", path);
        at = found - 1;
        json_array_remove(list, at);
    }
    if (after) {
        json_t *object = json_loads(after, 0, NULL);
        if (!object || json_array_insert_new(list, at, object) < 0)
            return bi_error_set(err, BI_EXIT_INTERNAL, "%s: the correction is no JSON", path);
    }
    return 0;
}

/* What stitch would refuse is not written. */
static int check(const char *path, const json_t *root, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *text = json_dumps(root, 0);
    struct bi_corrections understood;
    if (!text || bi_corrections_parse(path, text, strlen(text), &understood, err) < 0)
        return -1;
    bi_corrections_release(&understood);
    return 0;
}

int bi_corrections_change(const char *path, const char *before, const char *after, struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *root = NULL;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    if (read_file(path, &root, err) < 0 ||
        change_list(path, json_object_get(root, "corrections"), before, after, err) < 0 ||
        check(path, root, err) < 0 || bi_path_make(bi_path_dir(&arena, path), err) < 0)
        return -1;
    return bi_json_write(path, root, err);
}

int bi_corrections_sha256(const char *path, char hex[BI_SHA256_HEX], struct bi_error *err)
{
    if (access(path, F_OK) == 0)
        return bi_sha256_file(path, hex, err);
    bi_sha256_bytes("", 0, hex);
    return 0;
}
