/* Paths as the archive keeps them: relative to its own folder, so that archive, work folder and scans can be
 * moved together; absolute where they have nothing but the root in common. */
#ifndef LOAD_PATHS_H
#define LOAD_PATHS_H

#include "base/arena.h"

/* How `path`, as a program here and now would open it, is written in the archive `archive`. Symbolic links
 * are followed; what does not exist any more is taken by its name. Bytes that are no UTF-8 are escaped as
 * names in issue.json are (page/issue.h). From the arena. */
char *load_path_store(struct bi_arena *arena, const char *archive, const char *path);

#endif
