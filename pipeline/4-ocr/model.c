#include "model.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define MODEL_MAX_BYTES (256u << 20)
#define DEBIAN_TESSDATA "/usr/share/tesseract-ocr/5/tessdata"

struct wanted {
    struct bi_arena *arena;
    const char *name;
    char *sha256;
};

static int manifest_value(void *user, const char *section, const char *name, const char *value)
{
    struct wanted *wanted = user;
    if (strcmp(section, wanted->name) == 0 && strcmp(name, "sha256") == 0)
        wanted->sha256 = bi_arena_strdup(wanted->arena, value);
    return 1;
}

int model_expected(struct bi_arena *arena, const char *manifest, const char *name, char **sha256,
                   struct bi_error *err)
{
    struct wanted wanted = {arena, name, NULL};
    int status = ini_parse(manifest, manifest_value, &wanted);
    if (status < 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be read", manifest);
    if (status > 0)
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: line %d is not understood", manifest, status);
    *sha256 = wanted.sha256;
    return 0;
}

/* The first of the usual folders that has the file; the last one tried if none has. */
static char *find(struct bi_arena *arena, const char *directory, const char *name, const char *suffix)
{
    const char *file = bi_arena_printf(arena, "%s%s", name, suffix);
    if (directory)
        return bi_path_join(arena, directory, file);
    char *own = NULL;
    const char *prefix = getenv("TESSDATA_PREFIX");
    if (bi_data_path(arena, "tessdata/models", &own, NULL))
        own = NULL;
    const char *const places[] = {own, prefix && *prefix ? prefix : NULL};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *path = places[i] ? bi_path_join(arena, places[i], file) : NULL;
        if (path && access(path, F_OK) == 0)
            return path;
    }
    return bi_path_join(arena, DEBIAN_TESSDATA, file);
}

bool model_is_there(struct bi_arena *arena, const char *directory, const char *name, const char *suffix)
{
    return access(find(arena, directory, name, suffix), F_OK) == 0;
}

int model_load(struct bi_arena *arena, const char *directory, const char *name, const char *suffix,
               struct model *model, struct bi_error *err)
{
    char *manifest, *expected;
    if (!*name || strchr(name, '/') || strchr(name, '+'))
        return bi_error_set(err, BI_EXIT_USAGE, "%s: is not the name of one model", name);
    if (bi_data_path(arena, "tessdata/models.ini", &manifest, err) ||
        model_expected(arena, manifest, name, &expected, err))
        return -1;
    char *path = find(arena, directory, name, suffix);
    const char *hint = expected ? bi_arena_printf(arena, " (expected: SHA-256 %s)", expected) : "";

    char *data;
    size_t size;
    struct bi_error cause = {0};
    if (bi_file_read(path, MODEL_MAX_BYTES, false, &data, &size, &cause))
        return bi_error_set(err, BI_EXIT_MACHINE, "%s%s", cause.text, hint);
    struct model loaded = {.name = bi_arena_strdup(arena, name), .path = path, .data = data, .size = size};
    bi_sha256_bytes(data, size, loaded.sha256);
    if (expected && strcasecmp(expected, loaded.sha256) != 0) {
        model_release(&loaded);
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: is not the model meant: SHA-256 %s%s", path,
                            loaded.sha256, hint);
    }
    *model = loaded;
    return 0;
}

void model_release(struct model *model)
{
    free(model->data);
    model->data = NULL;
    model->size = 0;
}
