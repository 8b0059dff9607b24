/* Folders that appear whole: what a format writes of an issue, made beside its place and moved there when all
 * is written. Each has a file export.json, which says what it was made from and lists its files:
 *
 *   {"format": "backissue-export/1", "export": "pdf", "version": 1, "program": "0.1.0", "options": "dpi=150",
 *    "issue": "linjiang/2025-06-20", "articles": "", "sha256": "…",
 *    "files": [{"path": "issue.pdf", "bytes": 5012345, "sha256": "…"}, …]}
 *
 * `articles` are the ids of those exported, "" for the whole issue; `sha256` is that of what the archive says
 * (export_issue.sha256). Files are in the order of their paths. */
#ifndef EXPORT_FOLDER_H
#define EXPORT_FOLDER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"

#define EXPORT_FOLDER_FORMAT "backissue-export/1"
#define EXPORT_FOLDER_RECORD "export.json"

/* What a folder is made from: equal where its content would be. */
struct export_origin {
    const char *format; /* name */
    unsigned version;   /* of the format */
    const char *options, *issue, *articles, *sha256;
};

struct export_folder {
    struct bi_arena arena;
    char *path;      /* where it will appear */
    char *temporary; /* where files are written; NULL when there is nothing to write */
};

/* Makes room for a folder at `path`, whose parents are made. 1: it is there already, made from the same, and
 * nothing is held. 0: write into folder->temporary. BI_EXIT_INPUT if something stands there that no export
 * made: it is left as it is. */
int export_folder_open(struct export_folder *folder, const char *path, const struct export_origin *origin,
                       struct bi_error *err);
/* Records the files, flushes all to the disk and moves the folder to its place; an earlier one is removed. */
int export_folder_commit(struct export_folder *folder, const struct export_origin *origin,
                         struct bi_error *err);
/* Removes what was written. Safe after commit and on a zeroed struct. */
void export_folder_discard(struct export_folder *folder);

/* A file of a folder, from its record. */
struct export_file {
    const char *path; /* relative to the folder */
    long long bytes;
    const char *sha256;
};

/* The files of a folder, from its record, into the arena; the record itself is not among them. 0 with *files
 * NULL if the folder has no record. */
int export_folder_files(struct bi_arena *arena, const char *folder, struct export_file **files, size_t *count,
                        struct bi_error *err);

/* Whether a name is that of a folder under way; one that a killed process left, if nobody holds the lock. */
bool export_folder_is_temporary(const char *name);

#endif
