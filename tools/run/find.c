#include "run/find.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/image.h"

/* A root of scans is two levels above its issues. */
#define MAX_DEPTH 2

struct finder {
    struct bi_arena *arena;
    struct run_place *places;
    size_t count, capacity;
};

struct run_place run_place_of(struct bi_arena *arena, char *folder, int images)
{
    char *above = bi_path_dir(arena, folder);
    return (struct run_place){
        .folder = folder,
        .title = bi_arena_strdup(arena, bi_path_base(above)),
        .date = bi_arena_strdup(arena, bi_path_base(folder)),
        .images = images,
    };
}

static void add_place(struct finder *finder, char *folder, int images)
{
    finder->places = bi_arena_grow(finder->arena, finder->places, finder->count, &finder->capacity,
                                   sizeof *finder->places);
    finder->places[finder->count++] = run_place_of(finder->arena, folder, images);
}

static int find_below(struct finder *finder, char *folder, int depth, struct bi_error *err)
{
    BI_CLEANUP(bi_dir_closep) DIR *dir = opendir(folder);
    if (!dir)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read", folder);
    int images = 0, folders = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        char *path = bi_path_join(finder->arena, folder, entry->d_name);
        struct stat status;
        bool is_folder = entry->d_type == DT_DIR;
        if (entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN)
            is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
        if (!is_folder) {
            images += bi_image_named(entry->d_name);
            continue;
        }
        folders++;
        char real[PATH_MAX];
        if (depth < MAX_DEPTH && realpath(path, real) &&
            find_below(finder, bi_arena_strdup(finder->arena, real), depth + 1, err) != 0)
            return -1;
    }
    if (images > 0 || folders == 0)
        add_place(finder, folder, images);
    return 0;
}

static int compare_places(const void *a, const void *b)
{
    const struct run_place *x = a, *y = b;
    int order = bi_natural_compare(x->title, y->title);
    if (order == 0)
        order = bi_natural_compare(x->date, y->date);
    return order ? order : strcmp(x->folder, y->folder);
}

int run_find(struct bi_arena *arena, char *const *scans, size_t scan_count, struct run_place **places,
             size_t *count, struct bi_error *err)
{
    struct finder finder = {.arena = arena};
    for (size_t i = 0; i < scan_count; i++) {
        char real[PATH_MAX];
        if (!realpath(scans[i], real))
            return bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read", scans[i]);
        if (find_below(&finder, bi_arena_strdup(arena, real), 0, err) != 0)
            return -1;
    }
    if (finder.count == 0)
        return bi_error_set(err, BI_EXIT_INPUT,
                            "%s: holds no issues; scans are looked for in <title>/<date>/ below it",
                            scans[0]);
    qsort(finder.places, finder.count, sizeof *finder.places, compare_places);
    size_t kept = 0;
    for (size_t i = 0; i < finder.count; i++) {
        const struct run_place *last = kept > 0 ? &finder.places[kept - 1] : NULL;
        struct run_place *place = &finder.places[i];
        if (last && strcmp(last->folder, place->folder) == 0)
            continue;
        if (last && strcmp(last->title, place->title) == 0 && strcmp(last->date, place->date) == 0)
            return bi_error_set(err, BI_EXIT_USAGE, "%s: is the same issue as %s by its title and date",
                                place->folder, last->folder);
        finder.places[kept++] = *place;
    }
    *places = finder.places;
    *count = kept;
    return 0;
}
