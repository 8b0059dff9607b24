#include "rerun/trial.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/tree.h"
#include "run/stage.h"

#define MAX_FILE_BYTES ((size_t)256 << 20)

static bool is_output(const char *name)
{
    for (enum run_stage stage = 0; stage < RUN_LOAD; stage++)
        if (strcmp(name, run_stage_names(stage)->output) == 0)
            return true;
    return strcmp(name, RUN_CORRECTED) == 0 || strcmp(name, RUN_DRAWN) == 0;
}

static bool is_kept(const char *name)
{
    return fnmatch("*.run.json", name, FNM_PERIOD) == 0 || strcmp(name, "hashes.txt") == 0;
}

static int copy(const char *from, const char *to, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (bi_file_read(from, MAX_FILE_BYTES, true, &data, &size, err) != 0)
        return -1;
    return bi_file_write(to, data, size, err);
}

static int mirror(struct bi_arena *arena, const char *from, const char *to, struct bi_error *err)
{
    DIR *dir = opendir(from);
    if (!dir)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read", from);
    int result = bi_path_make(to, err);
    for (struct dirent *entry; result == 0 && (entry = readdir(dir));) {
        const char *name = entry->d_name;
        struct stat status;
        char *source = bi_path_join(arena, from, name), *target = bi_path_join(arena, to, name);
        if (name[0] == '.' || stat(source, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            result = mirror(arena, source, target, err);
        else if (is_output(name) && symlink(source, target) != 0)
            result = bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be made", target);
        else if (is_kept(name))
            result = copy(source, target, err);
    }
    closedir(dir);
    return result;
}

int trial_make(struct bi_arena *arena, const char *work, const char *below, char **trial,
               struct bi_error *err)
{
    const char *temporary = getenv("TMPDIR");
    const char *issue = bi_path_join(arena, work, below);
    const char *articles = bi_path_join(arena, issue, run_stage_names(RUN_STITCH)->output);
    if (access(articles, R_OK) != 0)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read, so there is nothing to compare with",
                              articles);
    char *folder =
        bi_path_join(arena, temporary && *temporary ? temporary : "/tmp", "backissue-rerun.XXXXXX");
    if (!mkdtemp(folder))
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be made", folder);
    *trial = folder;
    const char *hashes = bi_path_join(arena, work, "hashes.txt");
    if (access(hashes, R_OK) == 0 && copy(hashes, bi_path_join(arena, folder, "hashes.txt"), err) != 0)
        return -1;
    return mirror(arena, issue, bi_path_join(arena, folder, below), err);
}

void trial_remove(const char *trial)
{
    if (trial)
        bi_tree_remove(trial);
}
