#include "run/tree.h"

#include <dirent.h>
#include <fts.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/file.h"

struct walk {
    int (*each)(void *data, const char *folder, const char *name);
    void *data;
};

static int is_visible_folder(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && entry->d_type != DT_REG;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return bi_natural_compare((*a)->d_name, (*b)->d_name);
}

/* `above` is the title, NULL at the top. */
static int walk_below(const struct walk *walk, const char *folder, const char *above, struct bi_error *err)
{
    struct dirent **entries;
    int result = 0, count = scandir(folder, &entries, is_visible_folder, by_name);
    if (count < 0)
        return above ? 0 : bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read as a work folder", folder);
    for (int i = 0; i < count; i++) {
        struct bi_arena arena = {0};
        const char *name = entries[i]->d_name;
        char *path = bi_path_join(&arena, folder, name);
        if (result == 0 && above)
            result = walk->each(walk->data, path, bi_arena_printf(&arena, "%s %s", above, name));
        else if (result == 0)
            result = walk_below(walk, path, name, err);
        bi_arena_release(&arena);
        free(entries[i]);
    }
    free(entries);
    return result;
}

int run_tree_each(const char *work, int (*each)(void *data, const char *folder, const char *name), void *data,
                  struct bi_error *err)
{
    struct walk walk = {each, data};
    return walk_below(&walk, work, NULL, err);
}

uint64_t run_tree_bytes(const char *path)
{
    char *paths[] = {(char *)(uintptr_t)path, NULL}; /* fts only reads it */
    uint64_t bytes = 0;
    FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; tree && (entry = fts_read(tree));)
        if (entry->fts_info == FTS_F)
            bytes += (uint64_t)entry->fts_statp->st_blocks * 512;
    if (tree)
        fts_close(tree);
    return bytes;
}
