#include "run/data.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

#define MODEL_SUFFIX ".traineddata"
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
    if (add_file(arena, hashes, folder, file, bi_arena_printf(arena, "model %s", name), parts, sha256, err) !=
        0)
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
    data->models = bi_arena_strdup(arena, bi_text_get(&models));
    bi_text_release(&models);
    return result;
}
