/* A finished archive, opened for reading: where it is, and where what it speaks of is. */
#ifndef ARCHIVE_ARCHIVE_H
#define ARCHIVE_ARCHIVE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

struct archive {
    sqlite3 *db;
    char *path;   /* as given */
    char *folder; /* absolute: what relative paths in the archive start from */
};

/* The archive a verb works on: the one given, else $BACKISSUE_ARCHIVE, else archive.db in the current folder.
 */
const char *archive_choose(const char *given);

/* Opens an archive of backissue, to write in it too if asked; archive_close closes it. Errors are those of
 * bi_store_open. */
int archive_open(struct archive *archive, const char *path, bool to_write, struct bi_error *err);
void archive_close(struct archive *archive);

/* A path as the archive has it (scan_path, image_path) as one to open here and now; from the arena. */
char *archive_path(struct bi_arena *arena, const struct archive *archive, const char *stored);

#endif
