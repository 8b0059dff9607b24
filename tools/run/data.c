#include "run/data.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/ini.h"

#define MODEL_SUFFIX ".traineddata"
/* A model's part of a fingerprint is called so, and by its name. */
#define MODEL_PART "model "
#define MAX_TABLE_BYTES ((size_t)1 << 20)
/* Where Debian's packages put models, the last place recognition looks. */
#define SYSTEM_MODELS "/usr/share/tesseract-ocr/5/tessdata"

/* What a stage reads of share/backissue/tessdata. A stage that reads another file has to be given it here. */
static const char *const ocr_files[] = {"profiles.ini", "models.ini", "folds.ini", "models/words.txt", NULL};
static const char *const stitch_files[] = {"jumps.ini", NULL};

static int add_file(struct bi_arena *arena, struct run_hashes *hashes, const char *folder, const char *name,
                    const char *part, struct run_parts *parts, char sha256[BI_SHA256_HEX],
                    struct bi_error *err)
{
    const char *path = bi_path_join(arena, folder, name);
    sha256[0] = '\0';
    if (access(path, F_OK) == 0 && run_hashes_get(hashes, path, false, sha256, err) != 0) {
        if (err)
            err->kind = BI_EXIT_MACHINE;
        return -1;
    }
    run_parts_add(parts, arena, part, *sha256 ? sha256 : "missing");
    return 0;
}

static int add_tables(struct bi_arena *arena, struct run_hashes *hashes, const char *folder,
                      const char *const *names, struct run_parts *parts, struct bi_error *err)
{
    char sha256[BI_SHA256_HEX];
    for (; folder && *names; names++)
        if (add_file(arena, hashes, folder, *names, bi_arena_printf(arena, "table %s", *names), parts, sha256,
                     err) != 0)
            return -1;
    return 0;
}

static int is_model(const struct dirent *entry)
{
    return fnmatch("*" MODEL_SUFFIX, entry->d_name, FNM_PERIOD) == 0;
}

static int add_model(struct bi_arena *arena, struct run_hashes *hashes, const char *folder, const char *file,
                     struct run_parts *parts, struct bi_text *models, struct bi_error *err)
{
    char sha256[BI_SHA256_HEX];
    const char *name = bi_arena_strndup(arena, file, strlen(file) - strlen(MODEL_SUFFIX));
    if (add_file(arena, hashes, folder, file, bi_arena_printf(arena, MODEL_PART "%s", name), parts, sha256,
                 err) != 0)
        return -1;
    if (*sha256)
        bi_text_printf(models, "%s%s:%s", models->length ? " " : "", name, sha256);
    return 0;
}

/* The models of the first folder that has the one called `wanted`, or any if that is NULL. */
static int add_models(struct bi_arena *arena, struct run_hashes *hashes, const char *const *folders,
                      size_t count, const char *wanted, struct run_parts *parts, struct bi_text *models,
                      struct bi_error *err)
{
    int found = 0, result = 0;
    for (size_t i = 0; i < count && found <= 0; i++) {
        struct dirent **entries;
        found = folders[i] ? scandir(folders[i], &entries, is_model, alphasort) : -1;
        int kept = 0;
        for (int j = 0; j < found; j++) {
            const char *file = entries[j]->d_name;
            size_t length = strlen(file) - strlen(MODEL_SUFFIX);
            bool counts = !wanted || (strlen(wanted) == length && strncmp(wanted, file, length) == 0);
            kept += counts;
            if (counts && result == 0)
                result = add_model(arena, hashes, folders[i], file, parts, models, err);
            free(entries[j]);
        }
        if (found >= 0)
            free(entries);
        found = kept;
    }
    return result;
}

struct profiles {
    struct bi_arena *arena;
    struct run_data *data;
};

static int take_profile(void *user, const char *section, const char *name, const char *value,
                        struct bi_error *err)
{
    (void)name, (void)value, (void)err;
    struct profiles *profiles = user;
    struct run_data *data = profiles->data;
    if (run_data_has_profile(data, section) && data->profile_count)
        return 0;
    data->profiles = bi_arena_grow(profiles->arena, data->profiles, data->profile_count,
                                   &data->profile_capacity, sizeof *data->profiles);
    data->profiles[data->profile_count++] = bi_arena_strdup(profiles->arena, section);
    return 0;
}

/* A table that cannot be read is recognition's to complain of. */
static void find_profiles(struct bi_arena *arena, const char *path, struct run_data *data)
{
    BI_CLEANUP(bi_freep) char *text = NULL;
    size_t size;
    struct profiles profiles = {arena, data};
    if (bi_file_read(path, MAX_TABLE_BYTES, true, &text, &size, NULL) == 0)
        bi_ini_parse(path, text, size, take_profile, &profiles, NULL);
}

bool run_data_has_profile(const struct run_data *data, const char *name)
{
    for (size_t i = 0; i < data->profile_count; i++)
        if (strcmp(data->profiles[i], name) == 0)
            return true;
    return data->profile_count == 0;
}

bool run_data_has_model(const struct run_data *data, const char *name)
{
    for (size_t i = 0; i < data->ocr.count; i++)
        if (strncmp(data->ocr.parts[i].name, MODEL_PART, strlen(MODEL_PART)) == 0 &&
            strcmp(data->ocr.parts[i].name + strlen(MODEL_PART), name) == 0)
            return true;
    return false;
}

int run_data_find(struct bi_arena *arena, const struct run_options *options, struct run_hashes *hashes,
                  struct run_data *data, struct bi_error *err)
{
    *data = (struct run_data){0};
    char *installed = NULL;
    if (bi_data_path(arena, "tessdata", &installed, NULL) != 0)
        installed = NULL;
    const char *usual[] = {installed ? bi_path_join(arena, installed, "models") : NULL,
                           getenv("TESSDATA_PREFIX"), SYSTEM_MODELS};
    const char *const own[] = {options->tessdata};
    struct bi_text models = {0};
    int result = add_models(arena, hashes, options->tessdata ? own : usual,
                            options->tessdata ? 1 : sizeof usual / sizeof *usual, options->model, &data->ocr,
                            &models, err);
    if (result == 0)
        result = add_tables(arena, hashes, installed, ocr_files, &data->ocr, err);
    if (result == 0)
        result = add_tables(arena, hashes, options->tables ? options->tables : installed, stitch_files,
                            &data->stitch, err);
    if (result == 0 && installed)
        find_profiles(arena, bi_path_join(arena, installed, "profiles.ini"), data);
    data->models = bi_arena_strdup(arena, bi_text_get(&models));
    bi_text_release(&models);
    return result;
}
