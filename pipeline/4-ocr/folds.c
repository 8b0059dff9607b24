#include "folds.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct load {
    struct bi_arena *arena;
    struct folds folds;
};

/* [always] or [beside-han], U+002C = ， */
static int fold_value(void *user, const char *section, const char *name, const char *value)
{
    struct load *load = user;
    bool beside_han = strcmp(section, "beside-han") == 0;
    char *end;
    if ((!beside_han && strcmp(section, "always") != 0) || strncmp(name, "U+", 2) != 0)
        return 0;
    unsigned long rune = strtoul(name + 2, &end, 16);
    if (*end || end == name + 2 || rune > 0x10FFFF || !*value)
        return 0;
    struct folds *folds = &load->folds;
    folds->folds =
        bi_arena_grow(load->arena, folds->folds, folds->count, &folds->capacity, sizeof *folds->folds);
    folds->folds[folds->count++] =
        (struct fold){(uint32_t)rune, bi_arena_strdup(load->arena, value), beside_han};
    return 1;
}

int folds_read(struct bi_arena *arena, const char *path, struct folds *folds, struct bi_error *err)
{
    struct load load = {.arena = arena};
    int status = ini_parse(path, fold_value, &load);
    if (status < 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be read", path);
    if (status > 0)
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: line %d is not understood", path, status);
    *folds = load.folds;
    return 0;
}

static bool is_chinese(const char *text)
{
    return text && bi_rune_is_cjk(bi_rune_next(&text));
}

const char *folds_apply(const struct folds *folds, const char *text, const char *before, const char *after)
{
    const char *rest = text;
    uint32_t rune = bi_rune_next(&rest);
    if (*rest)
        return text;
    for (size_t i = 0; i < folds->count; i++)
        if (folds->folds[i].from == rune &&
            (!folds->folds[i].beside_han || is_chinese(before) || is_chinese(after)))
            return folds->folds[i].to;
    return text;
}
