#include "run/hashes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/text.h"

#define MAX_FILE_BYTES ((size_t)64 << 20)
/* Two changes within one tick of the kernel's clock have the same time; file servers count in seconds. */
#define UNSETTLED_NANOSECONDS 2000000000
#define HEADING "backissue-hashes/1\n"

static int64_t nanoseconds(struct timespec t)
{
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void add_hash(struct run_hashes *hashes, const struct run_hash *hash)
{
    hashes->hashes = bi_arena_grow(&hashes->arena, hashes->hashes, hashes->count, &hashes->capacity,
                                   sizeof *hashes->hashes);
    hashes->hashes[hashes->count++] = *hash;
}

void run_hashes_open(struct run_hashes *hashes, const char *path)
{
    *hashes = (struct run_hashes){0};
    hashes->path = bi_arena_strdup(&hashes->arena, path);
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (bi_file_read(path, MAX_FILE_BYTES, true, &data, &size, NULL) != 0 ||
        strncmp(data, HEADING, strlen(HEADING)) != 0)
        return;
    struct run_hash hash = {0};
    int taken;
    for (const char *s = data + strlen(HEADING);
         sscanf(s, "%64[0-9a-f] %" SCNu64 " %" SCNu64 " %" SCNd64 " %" SCNd64 "\n%n", hash.sha256,
                &hash.inode, &hash.size, &hash.modified, &hash.changed, &taken) == 5;
         s += taken)
        if (strlen(hash.sha256) == BI_SHA256_HEX - 1)
            add_hash(hashes, &hash);
}

int run_hashes_save(struct run_hashes *hashes, bool all, struct bi_error *err)
{
    if (!hashes->dirty)
        return 0;
    struct bi_text text = {0};
    bi_text_add(&text, HEADING);
    for (size_t i = 0; i < hashes->count; i++) {
        const struct run_hash *hash = &hashes->hashes[i];
        if (all || hash->used)
            bi_text_printf(&text, "%s %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 "\n", hash->sha256,
                           hash->inode, hash->size, hash->modified, hash->changed);
    }
    int result = bi_file_write(hashes->path, text.data, text.length, err);
    bi_text_release(&text);
    if (result == 0)
        hashes->dirty = false;
    return result;
}

void run_hashes_release(struct run_hashes *hashes)
{
    bi_arena_release(&hashes->arena);
    *hashes = (struct run_hashes){0};
}

int run_hashes_get(struct run_hashes *hashes, const char *path, bool settled, char sha256[BI_SHA256_HEX],
                   struct bi_error *err)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s: cannot be read", path);
    struct run_hash wanted = {
        .inode = status.st_ino,
        .size = (uint64_t)status.st_size,
        .modified = nanoseconds(status.st_mtim),
        .changed = nanoseconds(status.st_ctim),
        .used = true,
    };
    for (size_t i = 0; i < hashes->count; i++) {
        struct run_hash *hash = &hashes->hashes[i];
        if (hash->inode != wanted.inode || hash->size != wanted.size || hash->modified != wanted.modified ||
            hash->changed != wanted.changed)
            continue;
        hash->used = true;
        memcpy(sha256, hash->sha256, BI_SHA256_HEX);
        return 0;
    }
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (bi_sha256_file(path, wanted.sha256, err) != 0)
        return -1;
    memcpy(sha256, wanted.sha256, BI_SHA256_HEX);
    if (settled || nanoseconds(now) - wanted.changed > UNSETTLED_NANOSECONDS) {
        add_hash(hashes, &wanted);
        hashes->dirty = true;
    }
    return 0;
}
