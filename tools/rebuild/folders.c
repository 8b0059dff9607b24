#include "rebuild/folders.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "run/journal.h"
#include "run/record.h"
#include "run/stage.h"

struct finder {
    struct bi_arena *arena;
    struct rebuild_issue *issues;
    size_t count, room;
};

/* The file of a page that has this hash: the correction, or what was recognised. */
static char *find_page(struct bi_arena *arena, const char *folder, int frame, const char *sha256)
{
    const char *const names[] = {RUN_CORRECTED, run_stage_names(RUN_OCR)->output};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char found[BI_SHA256_HEX];
        char *path = bi_arena_printf(arena, "%s/%04d/%s", folder, frame, names[i]);
        if (access(path, R_OK) == 0 && bi_sha256_file(path, found, NULL) == 0 && strcmp(found, sha256) == 0)
            return path;
    }
    return NULL;
}

static int expect_hash(const char *path, const char *sha256, struct bi_error *err)
{
    char found[BI_SHA256_HEX];
    if (bi_sha256_file(path, found, err) < 0)
        return -1;
    if (strcmp(found, sha256) != 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has changed since the issue was stitched", path);
    return 0;
}

/* The record of the stitch names its inputs: issue.json, and each page by its frame. */
static int take_inputs(struct bi_arena *arena, struct rebuild_issue *issue, const struct run_record *record,
                       struct bi_error *err)
{
    size_t room = 0;
    if (expect_hash(issue->articles, record->output_sha256, err) < 0)
        return -1;
    for (size_t i = 0; i < record->parts.count; i++) {
        const struct run_part *part = &record->parts.parts[i];
        int frame, taken = 0;
        if (strcmp(part->name, "input issue.json") == 0 && expect_hash(issue->issue, part->value, err) < 0)
            return -1;
        if (sscanf(part->name, "input page %d%n", &frame, &taken) != 1 || part->name[taken])
            continue;
        char *page = find_page(arena, issue->folder, frame, part->value);
        if (!page)
            return bi_error_set(err, BI_EXIT_INPUT,
                                "%s/%04d: has no longer the page that the issue was stitched of",
                                issue->folder, frame);
        issue->pages = bi_arena_grow(arena, issue->pages, issue->page_count, &room, sizeof *issue->pages);
        issue->pages[issue->page_count++] = page;
    }
    return 0;
}

static int add_issue(struct finder *finder, const char *folder, const char *name, struct bi_error *err)
{
    struct bi_arena *arena = finder->arena;
    const struct run_stage_names *stitch = run_stage_names(RUN_STITCH);
    struct run_record record;
    if (run_record_read(arena, bi_path_join(arena, folder, stitch->record), &record, NULL) < 0 ||
        record.exit_code != 0)
        return 0;
    struct rebuild_issue issue = {
        .name = bi_arena_strdup(arena, name),
        .folder = bi_arena_strdup(arena, folder),
        .issue = bi_path_join(arena, folder, run_stage_names(RUN_INTAKE)->output),
        .articles = bi_path_join(arena, folder, stitch->output),
        .runs = bi_path_join(arena, folder, RUN_JOURNAL),
    };
    if (access(issue.runs, F_OK) < 0)
        issue.runs = NULL;
    if (take_inputs(arena, &issue, &record, err) < 0)
        return -1;
    finder->issues =
        bi_arena_grow(arena, finder->issues, finder->count, &finder->room, sizeof *finder->issues);
    finder->issues[finder->count++] = issue;
    return 0;
}

static int is_visible_folder(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && entry->d_type != DT_REG;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return bi_natural_compare((*a)->d_name, (*b)->d_name);
}

/* <work>/<title>/<date>; `title` is NULL at the top. */
static int find_below(struct finder *finder, const char *folder, const char *title, struct bi_error *err)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_visible_folder, by_name), result = 0;
    if (count < 0)
        return title ? 0 : bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read as a work folder", folder);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name, *path = bi_path_join(finder->arena, folder, name);
        if (result == 0)
            result = title
                         ? add_issue(finder, path, bi_arena_printf(finder->arena, "%s %s", title, name), err)
                         : find_below(finder, path, name, err);
        free(entries[i]);
    }
    free(entries);
    return result;
}

int rebuild_find_issues(struct bi_arena *arena, const char *work, struct rebuild_issue **issues,
                        size_t *count, struct bi_error *err)
{
    struct finder finder = {.arena = arena};
    if (find_below(&finder, work, NULL, err) < 0)
        return -1;
    if (finder.count == 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: holds no issue that was stitched", work);
    *issues = finder.issues;
    *count = finder.count;
    return 0;
}
