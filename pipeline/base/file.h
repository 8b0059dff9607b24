/* Files: reading whole, writing whole or not at all, hashing, and the order of file names. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"

/* Reads a regular file of at most max_bytes into a buffer that the caller frees with free(); one NUL byte
 * follows the data. BI_EXIT_INPUT for a missing, unreadable, empty (if !allow_empty) or too large file. */
int bi_file_read(const char *path, size_t max_bytes, bool allow_empty, char **data, size_t *size,
                 struct bi_error *err);

/* An output file that appears whole or not at all: written beside its place under a temporary name, flushed
 * to the disk, then renamed. Temporary files are removed when the process ends by exit() or by SIGINT,
 * SIGTERM or SIGHUP; a name left by a killed process starts with '.' and ends with ".tmp". */
struct bi_output {
    FILE *stream; /* write here, or to fileno(stream) */
    char *path;   /* where it will appear */
    char *temporary;
};

int bi_output_open(struct bi_output *out, const char *path, struct bi_error *err);
/* Flush, fsync, rename, fsync the folder. On failure nothing is left behind. */
int bi_output_commit(struct bi_output *out, struct bi_error *err);
/* Forget what was written. Safe after commit and on a zeroed struct, so it can be the cleanup function. */
void bi_output_discard(struct bi_output *out);
/* The three in one. */
int bi_file_write(const char *path, const void *data, size_t size, struct bi_error *err);

/* A file without a name in $TMPDIR (/tmp), for what another program is to write: gone when it is closed. The
 * descriptor, or -1. */
int bi_scratch_file(struct bi_error *err);

/* Names in $TMPDIR (/tmp) for files that another program is to write, under names that begin with `root` and
 * that nobody can guess. The files, if there, are removed by bi_scratch_close and as bi_output's are. */
enum { BI_SCRATCH_MAX = 4 };
struct bi_scratch {
    char *root;
    char *names[BI_SCRATCH_MAX]; /* root and each ending */
};
int bi_scratch_open(struct bi_scratch *scratch, const char *const *endings, size_t count,
                    struct bi_error *err);
void bi_scratch_close(struct bi_scratch *scratch);

#define BI_SHA256_HEX 65
/* SHA-256 of a file or of memory as 64 lower-case hex digits and a NUL. */
int bi_sha256_file(const char *path, char hex[BI_SHA256_HEX], struct bi_error *err);
void bi_sha256_bytes(const void *data, size_t size, char hex[BI_SHA256_HEX]);

/* Order of file names as people count: runs of digits compare as numbers ("p2" before "p10"); ties are
 * broken bytewise, so the order is total. For qsort of strings use bi_natural_compare on the elements. */
int bi_natural_compare(const char *a, const char *b);

/* dir + "/" + name, from the arena. */
char *bi_path_join(struct bi_arena *arena, const char *dir, const char *name);
/* The part after the last '/'. */
const char *bi_path_base(const char *path);
/* The folder of a path, "." if it has none. */
char *bi_path_dir(struct bi_arena *arena, const char *path);
/* mkdir -p. */
int bi_path_make(const char *path, struct bi_error *err);

/* Where the project's data files (tessdata/…, schema.sql) are: $BACKISSUE_DATA/name if set, else
 * ../share/backissue/name from the running program (which holds in the build tree and once installed). */
int bi_data_path(struct bi_arena *arena, const char *name, char **path, struct bi_error *err);

#endif
