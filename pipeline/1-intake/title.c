#include "title.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/ini.h"

#define TITLE_FILE "title.ini"
#define MAX_TITLE_BYTES (1 << 20)

struct reader {
    struct bi_issue *issue;
    size_t before, capacity; /* settings that were there already; room for */
};

static bool is_set(const struct reader *reader, const char *section, const char *name)
{
    for (size_t i = 0; i < reader->before; i++)
        if (strcmp(reader->issue->settings[i].section, section) == 0 &&
            strcmp(reader->issue->settings[i].name, name) == 0)
            return true;
    return false;
}

static int add_setting(void *user, const char *section, const char *name, const char *value,
                       struct bi_error *err)
{
    (void)err;
    struct reader *reader = user;
    struct bi_issue *issue = reader->issue;
    if (is_set(reader, section, name))
        return 0;
    issue->settings = bi_arena_grow(&issue->arena, issue->settings, issue->setting_count, &reader->capacity,
                                    sizeof *issue->settings);
    issue->settings[issue->setting_count++] =
        (struct bi_setting){bi_arena_strdup(&issue->arena, section), bi_arena_strdup(&issue->arena, name),
                            bi_arena_strdup(&issue->arena, value)};
    return 0;
}

int title_parse(struct bi_issue *issue, const char *name, const char *data, size_t size, struct bi_error *err)
{
    /* The array moves at the first addition: what room it has is not known here. */
    struct reader reader = {issue, issue->setting_count, issue->setting_count};
    return bi_ini_parse(name, data, size, add_setting, &reader, err);
}

static int read_if_there(struct bi_issue *issue, const char *path, struct bi_error *err)
{
    struct stat status;
    if (lstat(path, &status) < 0)
        return 0;
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size = 0;
    if (bi_file_read(path, MAX_TITLE_BYTES, true, &data, &size, err) < 0)
        return -1;
    return title_parse(issue, path, data, size, err);
}

int title_read(struct bi_issue *issue, const char *folder, struct bi_error *err)
{
    struct bi_arena *arena = &issue->arena;
    if (read_if_there(issue, bi_path_join(arena, folder, TITLE_FILE), err) < 0)
        return -1;
    /* ".." of a folder that is a link is not the folder that the link lies in: go by the real path. */
    BI_CLEANUP(bi_freep) char *absolute = realpath(folder, NULL);
    if (!absolute)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", folder);
    char *above = bi_path_dir(arena, absolute);
    return read_if_there(issue, bi_path_join(arena, above, TITLE_FILE), err);
}
