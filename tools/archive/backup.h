/* A copy of an archive as one file, that can be trusted. */
#ifndef ARCHIVE_BACKUP_H
#define ARCHIVE_BACKUP_H

#include "archive/archive.h"
#include "base/progress.h"

struct archive_backup {
    size_t issues, articles;
    long long bytes;
};

/* Copies the archive to `path`, as it is at one moment, also while somebody loads into it and without keeping
 * them waiting. The copy is checked (archive_check, without scans and page images), flushed to the disk and
 * moved to its place whole; it needs no other file beside it.
 *
 * An earlier backup is replaced, which is an archive all of whose issues are in this one, under the same ids
 * and loaded at the same time or later. Everything else that is there is left as it is, and BI_EXIT_INPUT:
 * another file, another archive, this archive, one that is in use. */
int archive_backup_make(const struct archive *archive, const char *path, struct bi_progress *progress,
                        struct archive_backup *backup, struct bi_error *err);

/* BI_EXIT_INPUT if a file stands beside the place of an archive that SQLite would take for a part of it. */
int archive_backup_clear_of_logs(const char *path, struct bi_error *err);

#endif
