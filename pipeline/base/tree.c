#include "base/tree.h"

#include <ftw.h>
#include <stdio.h>

#define MAX_OPEN_FOLDERS 16

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
    (void)status, (void)kind, (void)walk;
    remove(path);
    return 0;
}

void bi_tree_remove(const char *path)
{
    nftw(path, remove_one, MAX_OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}
