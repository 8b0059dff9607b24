#include "export/bag.h"

#include <dirent.h>
#include <errno.h>
#include <fts.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "export/folder.h"

static const char PAYLOAD[] = "data";
static const char MANIFEST[] = "manifest-sha256.txt";
static const char TAG_MANIFEST[] = "tagmanifest-sha256.txt";
static const char DECLARATION[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/* Tag files, in the order of the tag manifest. */
static const char *const TAGS[] = {"bag-info.txt", "bagit.txt", "manifest-sha256.txt"};

struct bag {
    const char *folder;
    struct bi_arena arena;
    struct bi_output manifest;
    long long bytes;
    size_t files;
};

static int take_away(struct bi_arena *arena, const char *folder, const char *name, struct bi_error *err)
{
    const char *path = bi_path_join(arena, folder, name);
    if (unlink(path) != 0 && errno != ENOENT)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be removed", path);
    return 0;
}

/* A folder with something in it has to be a bag already. */
static int look(struct bi_arena *arena, const char *folder, struct bi_error *err)
{
    if (access(bi_path_join(arena, folder, "bagit.txt"), F_OK) == 0)
        return 0;
    BI_CLEANUP(bi_dir_closep) DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            return bi_error_set(err, BI_EXIT_INPUT, "%s: is no bag, and not empty", folder);
    return 0;
}

int export_bag_open(const char *folder, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    if (look(&arena, folder, err) < 0 || bi_path_make(bi_path_join(&arena, folder, PAYLOAD), err) < 0 ||
        bi_file_write(bi_path_join(&arena, folder, "bagit.txt"), DECLARATION, strlen(DECLARATION), err) < 0)
        return -1;
    return take_away(&arena, folder, TAG_MANIFEST, err) < 0 || take_away(&arena, folder, MANIFEST, err) < 0
               ? -1
               : 0;
}

/* As RFC 8493 asks: line ends and '%' of a path as %XX. */
static void print_path(FILE *stream, const char *path)
{
    for (; *path; path++)
        if (*path == '\n' || *path == '\r' || *path == '%')
            fprintf(stream, "%%%02X", (unsigned char)*path);
        else
            fputc(*path, stream);
}

static void list(struct bag *bag, const char *hex, long long bytes, const char *folder, const char *name)
{
    FILE *stream = bag->manifest.stream;
    fprintf(stream, "%s  ", hex);
    print_path(stream, folder);
    if (name) {
        fputc('/', stream);
        print_path(stream, name);
    }
    fputc('\n', stream);
    bag->bytes += bytes;
    bag->files++;
}

/* A path relative to the bag. */
static const char *within(const struct bag *bag, const FTSENT *entry)
{
    return entry->fts_path + strlen(bag->folder) + 1;
}

static int list_file(struct bag *bag, const FTSENT *entry, struct bi_error *err)
{
    char hex[BI_SHA256_HEX];
    if (bi_sha256_file(entry->fts_path, hex, err) < 0)
        return -1;
    list(bag, hex, (long long)entry->fts_statp->st_size, within(bag, entry), NULL);
    return 0;
}

/* 1: the folder's files are listed; 0: it has no list. The list itself is a file like any other. */
static int list_folder(struct bag *bag, const FTSENT *entry, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct export_file *files;
    size_t count;
    if (export_folder_files(&arena, entry->fts_path, &files, &count, err) < 0)
        return -1;
    if (!files)
        return 0;
    const char *record = bi_path_join(&arena, entry->fts_path, EXPORT_FOLDER_RECORD);
    char *data, hex[BI_SHA256_HEX];
    size_t size;
    if (bi_file_read(record, SIZE_MAX / 2, false, &data, &size, err) < 0)
        return -1;
    bi_sha256_bytes(data, size, hex);
    free(data);
    list(bag, hex, (long long)size, within(bag, entry), EXPORT_FOLDER_RECORD);
    for (size_t i = 0; i < count; i++)
        list(bag, files[i].sha256, files[i].bytes, within(bag, entry), files[i].path);
    return 1;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int list_payload(struct bag *bag, struct bi_error *err)
{
    char *paths[] = {bi_path_join(&bag->arena, bag->folder, PAYLOAD), NULL};
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    if (!tree)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be listed", paths[0]);
    int status = 0;
    for (FTSENT *entry; status >= 0 && (entry = fts_read(tree));) {
        status = 0;
        if (entry->fts_info == FTS_D)
            status = list_folder(bag, entry, err);
        else if (entry->fts_info == FTS_F)
            status = list_file(bag, entry, err);
        if (status == 1)
            fts_set(tree, entry, FTS_SKIP);
    }
    fts_close(tree);
    return status < 0 ? -1 : 0;
}

static int write_info(struct bag *bag, struct bi_error *err)
{
    const char *info =
        bi_arena_printf(&bag->arena, "Bag-Software-Agent: backissue %s\nPayload-Oxum: %lld.%zu\n", BI_VERSION,
                        bag->bytes, bag->files);
    return bi_file_write(bi_path_join(&bag->arena, bag->folder, "bag-info.txt"), info, strlen(info), err);
}

static int write_tag_manifest(struct bag *bag, struct bi_error *err)
{
    struct bi_output out;
    if (bi_output_open(&out, bi_path_join(&bag->arena, bag->folder, TAG_MANIFEST), err) < 0)
        return -1;
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++) {
        char hex[BI_SHA256_HEX];
        if (bi_sha256_file(bi_path_join(&bag->arena, bag->folder, TAGS[i]), hex, err) < 0) {
            bi_output_discard(&out);
            return -1;
        }
        fprintf(out.stream, "%s  %s\n", hex, TAGS[i]);
    }
    return bi_output_commit(&out, err);
}

static int close_bag(struct bag *bag, struct bi_error *err)
{
    if (bi_output_open(&bag->manifest, bi_path_join(&bag->arena, bag->folder, MANIFEST), err) < 0)
        return -1;
    if (list_payload(bag, err) < 0) {
        bi_output_discard(&bag->manifest);
        return -1;
    }
    return write_info(bag, err) < 0 || bi_output_commit(&bag->manifest, err) < 0 ||
                   write_tag_manifest(bag, err) < 0
               ? -1
               : 0;
}

int export_bag_close(const char *folder, struct bi_error *err)
{
    struct bag bag = {.folder = folder};
    int status = close_bag(&bag, err);
    bi_arena_release(&bag.arena);
    return status;
}
