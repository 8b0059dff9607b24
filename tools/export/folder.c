#include "export/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/tree.h"
#include "page/json.h"

#define TEMPORARY_END ".export.tmp"
/* With more files than this in a folder one wait for the disk is less than a wait for each. */
#define MANY_FILES 100

static json_t *origin_to_json(const struct export_origin *origin)
{
    return json_pack("{s:s,s:s,s:i,s:s,s:s,s:o,s:s,s:s}", "format", EXPORT_FOLDER_FORMAT, "export",
                     origin->format, "version", (int)origin->version, "program", BI_VERSION, "options",
                     origin->options, "issue", bi_json_text(origin->issue), "articles", origin->articles,
                     "sha256", origin->sha256);
}

static bool is_made_from(const json_t *record, const struct export_origin *origin)
{
    BI_CLEANUP(bi_json_decrefp) json_t *wanted = origin_to_json(origin);
    const char *key;
    json_t *value;
    json_object_foreach(wanted, key,
                        value) if (!json_equal(value, json_object_get(record, key))) return false;
    return true;
}

/* The record of a folder; NULL with 0 where there is none. */
static int read_record(struct bi_arena *arena, const char *folder, json_t **record, struct bi_error *err)
{
    const char *path = bi_path_join(arena, folder, EXPORT_FOLDER_RECORD);
    *record = NULL;
    if (access(path, F_OK) != 0)
        return 0;
    return bi_json_read(path, EXPORT_FOLDER_FORMAT, record, err);
}

/* 1: there and current; 0: not there, or made by an earlier export. */
static int look(struct export_folder *folder, const struct export_origin *origin, struct bi_error *err)
{
    struct stat status;
    if (lstat(folder->path, &status) != 0)
        return errno == ENOENT
                   ? 0
                   : bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be looked at", folder->path);
    BI_CLEANUP(bi_json_decrefp) json_t *record = NULL;
    if (read_record(&folder->arena, folder->path, &record, err) < 0)
        return -1;
    if (!record)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: was not made by an export, and is left as it is",
                            folder->path);
    const char *articles = json_string_value(json_object_get(record, "articles"));
    if (!articles || strcmp(articles, origin->articles) != 0)
        return bi_error_set(
            err, BI_EXIT_INPUT,
            "%s: was exported with other articles, and is left as it is; choose another folder",
            folder->path);
    return is_made_from(record, origin);
}

static int open_folder(struct export_folder *folder, const struct export_origin *origin, struct bi_error *err)
{
    struct bi_arena *arena = &folder->arena;
    int current = look(folder, origin, err);
    if (current != 0)
        return current;
    const char *parent = bi_path_dir(arena, folder->path);
    if (bi_path_make(parent, err) < 0)
        return -1;
    char *temporary =
        bi_path_join(arena, parent, bi_arena_printf(arena, ".%s" TEMPORARY_END, bi_path_base(folder->path)));
    bi_tree_remove(temporary);
    if (mkdir(temporary, 0777) != 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be made", temporary);
    folder->temporary = temporary;
    return 0;
}

int export_folder_open(struct export_folder *folder, const char *path, const struct export_origin *origin,
                       struct bi_error *err)
{
    *folder = (struct export_folder){0};
    folder->path = bi_arena_strdup(&folder->arena, path);
    int status = open_folder(folder, origin, err);
    if (status != 0)
        export_folder_discard(folder);
    return status;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int flush(const char *path, struct bi_error *err)
{
    BI_CLEANUP(bi_descriptor_closep) int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fsync(descriptor) != 0)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written to the disk", path);
    return 0;
}

static int list_file(json_t *files, const char *path, const char *relative, long long bytes,
                     struct bi_error *err)
{
    char hex[BI_SHA256_HEX];
    if (bi_sha256_file(path, hex, err) < 0)
        return -1;
    json_array_append_new(files, json_pack("{s:o,s:I,s:s}", "path", bi_json_text(relative), "bytes",
                                           (json_int_t)bytes, "sha256", hex));
    return 0;
}

/* Flushes the files and the folders they are in: each by itself, or where they are many all at once with
 * whatever else waits to be written to that disk, which takes a fraction of as many waits for it. */
static int flush_all(const char *folder, size_t count, struct bi_error *err)
{
    if (count > MANY_FILES) {
        BI_CLEANUP(bi_descriptor_closep) int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0 || syncfs(descriptor) != 0)
            return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written to the disk", folder);
        return 0;
    }
    char *paths[] = {(char *)(uintptr_t)folder, NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (!tree)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be listed", folder);
    int status = 0;
    for (FTSENT *entry; status == 0 && (entry = fts_read(tree));)
        if (entry->fts_info == FTS_F || entry->fts_info == FTS_DP)
            status = flush(entry->fts_path, err);
    fts_close(tree);
    return status;
}

/* Lists the files and flushes them and the folders they are in. */
static int list_files(const char *folder, json_t *files, struct bi_error *err)
{
    char *paths[] = {(char *)(uintptr_t)folder, NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    if (!tree)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be listed", folder);
    int status = 0;
    for (FTSENT *entry; status == 0 && (entry = fts_read(tree));)
        if (entry->fts_info == FTS_F)
            status = list_file(files, entry->fts_path, entry->fts_path + strlen(folder) + 1,
                               (long long)entry->fts_statp->st_size, err);
    fts_close(tree);
    return status == 0 ? flush_all(folder, json_array_size(files), err) : status;
}

static int write_record(struct export_folder *folder, const struct export_origin *origin,
                        struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *record = origin_to_json(origin);
    json_t *files = json_array();
    json_object_set_new(record, "files", files);
    if (list_files(folder->temporary, files, err) < 0)
        return -1;
    return bi_json_write(bi_path_join(&folder->arena, folder->temporary, EXPORT_FOLDER_RECORD), record, err);
}

/* In one step where the file system can; else the earlier one is away for a moment. */
static int move_to_place(const struct export_folder *folder, struct bi_error *err)
{
    if (rename(folder->temporary, folder->path) == 0)
        return 0;
    if (errno == ENOTEMPTY || errno == EEXIST) {
        if (renameat2(AT_FDCWD, folder->temporary, AT_FDCWD, folder->path, RENAME_EXCHANGE) == 0) {
            bi_tree_remove(folder->temporary);
            return 0;
        }
        if (errno == EINVAL || errno == ENOSYS) {
            bi_tree_remove(folder->path);
            if (rename(folder->temporary, folder->path) == 0)
                return 0;
        }
    }
    return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be moved to its place", folder->path);
}

int export_folder_commit(struct export_folder *folder, const struct export_origin *origin,
                         struct bi_error *err)
{
    if (write_record(folder, origin, err) < 0 || move_to_place(folder, err) < 0)
        return -1;
    folder->temporary = NULL;
    return flush(bi_path_dir(&folder->arena, folder->path), err);
}

void export_folder_discard(struct export_folder *folder)
{
    if (folder->temporary)
        bi_tree_remove(folder->temporary);
    bi_arena_release(&folder->arena);
    *folder = (struct export_folder){0};
}

int export_folder_files(struct bi_arena *arena, const char *folder, struct export_file **files, size_t *count,
                        struct bi_error *err)
{
    BI_CLEANUP(bi_json_decrefp) json_t *record = NULL;
    *files = NULL;
    *count = 0;
    if (read_record(arena, folder, &record, err) < 0)
        return -1;
    if (!record)
        return 0;
    const json_t *list = json_object_get(record, "files");
    *files = bi_arena_array(arena, json_array_size(list) + 1, sizeof **files);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *file = json_array_get(list, i);
        (*files)[(*count)++] = (struct export_file){
            bi_json_string(arena, file, "path", ""),
            json_integer_value(json_object_get(file, "bytes")),
            bi_json_string(arena, file, "sha256", ""),
        };
    }
    return 0;
}

bool export_folder_is_temporary(const char *name)
{
    size_t length = strlen(name), end = strlen(TEMPORARY_END);
    return *name == '.' && length > end && strcmp(name + length - end, TEMPORARY_END) == 0;
}
