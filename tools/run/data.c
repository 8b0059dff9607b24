#include "run/data.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define MODEL_SUFFIX ".traineddata"

/* Tables are small text files. What else lies beside them, such as a README, does not change a page. */
static int is_table(const struct dirent *entry)
{
    static const char *const patterns[] = {"*.tsv", "*.ini", "*.conf", "*.config"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        if (fnmatch(patterns[i], entry->d_name, FNM_PERIOD) == 0)
            return 1;
    return 0;
}

static int is_model(const struct dirent *entry)
{
    return fnmatch("*" MODEL_SUFFIX, entry->d_name, FNM_PERIOD) == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* One part for every file that the filter takes; `models`, if not NULL, gets "name:<sha256>" for each. */
static int add_files(struct bi_arena *arena, struct run_hashes *hashes, const char *folder, const char *kind,
                     int (*filter)(const struct dirent *), struct run_parts *parts, struct bi_text *models,
                     struct bi_error *err)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, filter, by_name), result = 0;
    for (int i = 0; i < count; i++) {
        char sha256[BI_SHA256_HEX];
        const char *name = entries[i]->d_name;
        if (result == 0)
            result = run_hashes_get(hashes, bi_path_join(arena, folder, name), false, sha256, err);
        if (result == 0)
            run_parts_add(parts, arena, bi_arena_printf(arena, "%s %s", kind, name), sha256);
        if (result == 0 && models)
            bi_text_printf(models, "%s%.*s:%s", models->length ? " " : "",
                           (int)(strlen(name) - strlen(MODEL_SUFFIX)), name, sha256);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    if (result != 0 && err)
        err->kind = BI_EXIT_MACHINE;
    return result;
}

int run_data_find(struct bi_arena *arena, const struct run_options *options, struct run_hashes *hashes,
                  struct run_data *data, struct bi_error *err)
{
    *data = (struct run_data){0};
    char *installed = NULL;
    if (bi_data_path(arena, "tessdata", &installed, NULL) != 0)
        installed = NULL;
    const char *models = options->tessdata ? options->tessdata : installed;
    const char *tables = options->tables ? options->tables : installed;
    struct bi_text names = {0};
    int result = 0;
    if (models)
        result = add_files(arena, hashes, models, "model", is_model, &data->ocr, &names, err);
    if (result == 0 && tables)
        result = add_files(arena, hashes, tables, "table", is_table, &data->stitch, NULL, err);
    data->models = bi_arena_strdup(arena, bi_text_get(&names));
    bi_text_release(&names);
    return result;
}
