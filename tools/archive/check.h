/* Whether an archive is what it should be. */
#ifndef ARCHIVE_CHECK_H
#define ARCHIVE_CHECK_H

#include <stddef.h>

#include "archive/archive.h"
#include "base/progress.h"

/* Told of each fault, as one line. */
typedef void archive_fault(void *context, const char *fault);

struct archive_checks {
    size_t faults, files, rows; /* found; files looked at; rows of all views read */
    bool index_unchecked;       /* the archive cannot be written, which SQLite asks for to check the index */
};

/* Checks, in this order: the file's structure, references between tables, the full-text index against the
 * articles, every row of every public view, and (if `with_files`) that every scan and page image is there
 * with its SHA-256 unchanged. The archive must be opened to write for the index to be checked; nothing is
 * changed. What is being checked is shown on the status line of `progress`, unless that is NULL. -1 only
 * where checking itself fails; faults are told and counted. */
int archive_check(const struct archive *archive, bool with_files, struct bi_progress *progress,
                  archive_fault *tell, void *context, struct archive_checks *checks, struct bi_error *err);

#endif
