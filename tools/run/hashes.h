/* SHA-256 of files, remembered by inode, size and both times, so that what has not changed is not read again.
 */
#ifndef RUN_HASHES_H
#define RUN_HASHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"

struct run_hash {
    uint64_t inode, size;
    int64_t modified, changed; /* nanoseconds since 1970. The second cannot be set back by a program */
    char sha256[BI_SHA256_HEX];
    bool used;
};

struct run_hashes {
    struct bi_arena arena;
    char *path; /* where they are kept */
    struct run_hash *hashes;
    size_t count, capacity;
    bool dirty;
};

/* Reads what is remembered in the file `path`; a missing or broken file remembers nothing. */
void run_hashes_open(struct run_hashes *hashes, const char *path);
/* Writes them back if something was learnt; `all` false forgets what nobody asked for since run_hashes_open.
 */
int run_hashes_save(struct run_hashes *hashes, bool all, struct bi_error *err);
void run_hashes_release(struct run_hashes *hashes);

/* SHA-256 of a regular file. A file that changed within the last moments is read again next time, as it could
 * change once more without a sign; `settled` says that its writer has ended. BI_EXIT_INPUT if it is not there
 * or cannot be read. */
int run_hashes_get(struct run_hashes *hashes, const char *path, bool settled, char sha256[BI_SHA256_HEX],
                   struct bi_error *err);

#endif
