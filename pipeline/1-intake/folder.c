#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/image.h"

/* Regular, and of a format that is read. Never opens what is not regular: a pipe would wait for its writer.
 */
static bool begins_like_image(const char *path)
{
    struct stat status;
    if (stat(path, &status) < 0 || !S_ISREG(status.st_mode))
        return false;
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rbe");
    unsigned char head[BI_IMAGE_HEAD];
    size_t size = in ? fread(head, 1, sizeof head, in) : 0;
    return bi_image_begins(head, size) != NULL;
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static int compare_names(const void *a, const void *b)
{
    return bi_natural_compare(*(char *const *)a, *(char *const *)b);
}

int folder_list(struct bi_arena *arena, const char *folder, char ***names, size_t *count,
                struct bi_error *err)
{
    BI_CLEANUP(bi_dir_closep) DIR *dir = opendir(folder);
    if (!dir)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", folder);
    char **list = NULL;
    size_t found = 0, capacity = 0;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (!entry)
            break;
        if (entry->d_name[0] == '.')
            continue;
        char *path = bi_path_join(arena, folder, entry->d_name);
        if (is_folder(path) || (!bi_image_named(entry->d_name) && !begins_like_image(path)))
            continue;
        list = bi_arena_grow(arena, list, found, &capacity, sizeof *list);
        list[found++] = bi_arena_strdup(arena, entry->d_name);
    }
    if (errno)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", folder);
    if (found)
        qsort(list, found, sizeof *list, compare_names);
    *names = list;
    *count = found;
    return 0;
}

int folder_names(struct bi_arena *arena, const char *folder, char **issue, char **title, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *absolute = realpath(folder, NULL);
    if (!absolute)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", folder);
    *issue = bi_arena_strdup(arena, bi_path_base(absolute));
    char *slash = strrchr(absolute, '/');
    *slash = 0;
    *title = bi_arena_strdup(arena, bi_path_base(absolute));
    return 0;
}
