#include "paths.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/issue.h"

/* The absolute path; of a missing file, that of its folder and its name behind it. */
static char *make_absolute(struct bi_arena *arena, const char *path)
{
    BI_CLEANUP(bi_freep) char *whole = realpath(path, NULL);
    if (whole)
        return bi_arena_strdup(arena, whole);
    BI_CLEANUP(bi_freep) char *folder = realpath(bi_path_dir(arena, path), NULL);
    if (folder)
        return bi_path_join(arena, folder, bi_path_base(path));
    BI_CLEANUP(bi_freep) char *here = get_current_dir_name();
    return *path == '/' || !here ? bi_arena_strdup(arena, path) : bi_path_join(arena, here, path);
}

static char *make_relative(struct bi_arena *arena, const char *archive, const char *path)
{
    char *from = bi_path_dir(arena, make_absolute(arena, archive)), *to = make_absolute(arena, path);
    if (*from != '/' || *to != '/')
        return to;
    /* common: bytes of both up to the last '/' that ends equal components. */
    size_t common = 0, i = 0;
    for (; from[i] && from[i] == to[i]; i++)
        if (from[i] == '/')
            common = i;
    if (!from[i] && to[i] == '/')
        common = i;
    if (common == 0)
        return to;
    size_t ups = 0;
    for (const char *c = from + common; *c; c++)
        ups += *c == '/' && c[1];
    char *relative = bi_arena_strdup(arena, "");
    for (size_t k = 0; k < ups; k++)
        relative = bi_arena_printf(arena, "%s../", relative);
    return bi_arena_printf(arena, "%s%s", relative, to + common + 1);
}

char *load_path_store(struct bi_arena *arena, const char *archive, const char *path)
{
    return bi_name_escape(arena, make_relative(arena, archive, path));
}
