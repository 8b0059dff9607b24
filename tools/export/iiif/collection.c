#include "export/iiif/collection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/program.h"
#include "export/folder.h"
#include "export/iiif/document.h"
#include "export/iiif/manifest.h"
#include "page/json.h"

struct entry {
    const char *name; /* of the folder */
    const char *date, *paper;
};

struct entries {
    struct bi_arena arena;
    struct entry *list;
    size_t count, room;
};

static void entries_release(struct entries *entries)
{
    bi_arena_release(&entries->arena);
}

static int by_date(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int order = strcmp(x->date, y->date);
    return order ? order : strcmp(x->name, y->name);
}

static void add(struct entries *entries, const char *name, const char *date, const char *paper)
{
    entries->list =
        bi_arena_grow(&entries->arena, entries->list, entries->count, &entries->room, sizeof *entries->list);
    entries->list[entries->count++] =
        (struct entry){bi_arena_strdup(&entries->arena, name), bi_arena_strdup(&entries->arena, date),
                       bi_arena_strdup(&entries->arena, paper)};
}

/* The item of an issue; NULL where it has none, or one that cannot be read, which is said. */
static json_t *read_item(struct bi_arena *arena, const char *title, const char *name)
{
    const char *path = bi_arena_printf(arena, "%s/%s/iiif/" IIIF_ITEM, title, name);
    json_t *item = NULL;
    struct bi_error why;
    if (access(path, F_OK) == 0 && bi_json_read(path, IIIF_ITEM_FORMAT, &item, &why) < 0)
        bi_program_warn("%s; left out of the collection", why.text);
    return item;
}

/* Names in a folder that do not begin with a dot, as entries without a date, by name. */
static int list_names(const char *folder, struct entries *entries, struct bi_error *err)
{
    BI_CLEANUP(bi_dir_closep) DIR *dir = opendir(folder);
    if (!dir)
        return errno == ENOTDIR ? 0 : bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be listed", folder);
    for (const struct dirent *found; (found = readdir(dir));)
        if (*found->d_name != '.')
            add(entries, found->d_name, "", "");
    if (entries->count)
        qsort(entries->list, entries->count, sizeof *entries->list, by_date);
    return 0;
}

/* The issues of a title, by date. */
static int list_issues(const char *title, struct entries *issues, struct bi_error *err)
{
    BI_CLEANUP(entries_release) struct entries names = {0};
    if (list_names(title, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.count; i++) {
        BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
        BI_CLEANUP(bi_json_decrefp) json_t *item = read_item(&arena, title, names.list[i].name);
        if (item)
            add(issues, names.list[i].name, bi_json_string(&arena, item, "date", ""),
                bi_json_string(&arena, item, "paper", ""));
    }
    if (issues->count)
        qsort(issues->list, issues->count, sizeof *issues->list, by_date);
    return 0;
}

/* A collection is written item by item: its head up to them … */
static void begin(FILE *out, const char *url, json_t *label, json_t *part_of)
{
    json_t *head = json_pack("{s:s,s:s,s:s,s:o}", "@context", IIIF_PRESENTATION, "id", url, "type",
                             "Collection", "label", label);
    if (part_of)
        json_object_set_new(head, "partOf", part_of);
    char *text = json_dumps(head, JSON_INDENT(1));
    text[strlen(text) - 2] = '\0'; /* "\n}" */
    fprintf(out, "%s,\n \"items\": [", text);
    free(text);
    json_decref(head);
}

/* … each … */
static void go_on(FILE *out, bool first, const json_t *item)
{
    fputs(first ? "\n  " : ",\n  ", out);
    json_dumpf(item, out, JSON_COMPACT);
}

/* … and what closes it. */
static int end(struct bi_output *out, struct bi_error *err)
{
    fputs("\n ]\n}\n", out->stream);
    return bi_output_commit(out, err);
}

/* The newest issue's name of its paper. */
static const char *paper_of(const struct entries *issues, const char *title)
{
    for (size_t i = issues->count; i-- > 0;)
        if (*issues->list[i].paper)
            return issues->list[i].paper;
    return title;
}

static const char *top_url(struct bi_arena *arena, const struct export_options *options)
{
    return iiif_url_below(arena, options->base_url, IIIF_COLLECTION);
}

static json_t *top_label(void)
{
    return iiif_label("报纸", "Newspapers");
}

static int write_title(const struct export_options *options, const char *title, const char *path,
                       const struct entries *issues, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_output_discard) struct bi_output out = {0};
    if (bi_output_open(&out, bi_path_join(&arena, path, IIIF_COLLECTION), err) < 0)
        return -1;
    begin(out.stream, iiif_collection_url(&arena, options, title), iiif_text(paper_of(issues, title)),
          json_pack("[{s:s,s:s,s:o}]", "id", top_url(&arena, options), "type", "Collection", "label",
                    top_label()));
    for (size_t i = 0; i < issues->count; i++) {
        BI_CLEANUP(bi_json_decrefp) json_t *item = read_item(&arena, path, issues->list[i].name);
        if (!item)
            return bi_error_set(err, BI_EXIT_INTERNAL, "%s/%s: has changed under the export", path,
                                issues->list[i].name);
        go_on(out.stream, i == 0, json_object_get(item, "item"));
    }
    return end(&out, err);
}

static json_t *title_item(struct bi_arena *arena, const struct export_options *options,
                          const struct entry *title)
{
    return json_pack("{s:s,s:s,s:o}", "id", iiif_collection_url(arena, options, title->name), "type",
                     "Collection", "label", iiif_text(title->paper));
}

static int write_top(const struct export_options *options, const struct entries *titles, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_output_discard) struct bi_output out = {0};
    if (bi_output_open(&out, bi_path_join(&arena, options->folder, IIIF_COLLECTION), err) < 0)
        return -1;
    begin(out.stream, top_url(&arena, options), top_label(), NULL);
    for (size_t i = 0; i < titles->count; i++) {
        BI_CLEANUP(bi_json_decrefp) json_t *item = title_item(&arena, options, &titles->list[i]);
        go_on(out.stream, i == 0, item);
    }
    return end(&out, err);
}

int iiif_collections_write(const struct export_options *options, struct bi_error *err)
{
    BI_CLEANUP(entries_release) struct entries names = {0}, titles = {0};
    if (list_names(options->folder, &names, err) < 0)
        return -1;
    for (size_t i = 0; i < names.count; i++) {
        BI_CLEANUP(entries_release) struct entries issues = {0};
        const char *name = names.list[i].name, *path = bi_path_join(&names.arena, options->folder, name);
        if (list_issues(path, &issues, err) < 0)
            return -1;
        if (issues.count == 0)
            continue;
        if (write_title(options, name, path, &issues, err) < 0)
            return -1;
        add(&titles, name, "", paper_of(&issues, name));
    }
    return write_top(options, &titles, err);
}
