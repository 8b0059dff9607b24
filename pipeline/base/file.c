#include "base/file.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"

/* Opens a regular file for reading. O_NONBLOCK: a FIFO given by mistake must not hang a night's run. */
static int open_regular(const char *path, int *fd, struct stat *status, struct bi_error *err)
{
    int opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (opened < 0)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
    if (fstat(opened, status) < 0 || !S_ISREG(status->st_mode)) {
        close(opened);
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is not a regular file", path);
    }
    *fd = opened;
    return 0;
}

int bi_file_read(const char *path, size_t max_bytes, bool allow_empty, char **data, size_t *size,
                 struct bi_error *err)
{
    BI_CLEANUP(bi_descriptor_closep) int fd = -1;
    struct stat status;
    if (open_regular(path, &fd, &status, err) < 0)
        return -1;
    if (status.st_size == 0 && !allow_empty)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is empty", path);
    if ((size_t)status.st_size > max_bytes)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has %lld bytes, more than the %zu that are read", path,
                            (long long)status.st_size, max_bytes);
    size_t want = (size_t)status.st_size, have = 0;
    BI_CLEANUP(bi_freep) char *buffer = malloc(want + 1);
    if (!buffer)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", path);
    while (have < want) {
        ssize_t n = read(fd, buffer + have, want - have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
        if (n == 0)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: shrank while it was read", path);
        have += (size_t)n;
    }
    buffer[want] = '\0';
    *data = buffer;
    *size = want;
    buffer = NULL;
    return 0;
}

static void hex_digest(const unsigned char *digest, char hex[BI_SHA256_HEX])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 32; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[64] = '\0';
}

static void digest_freep(EVP_MD_CTX **context)
{
    EVP_MD_CTX_free(*context);
}

int bi_sha256_file(const char *path, char hex[BI_SHA256_HEX], struct bi_error *err)
{
    BI_CLEANUP(bi_descriptor_closep) int fd = -1;
    struct stat status;
    if (open_regular(path, &fd, &status, err) < 0)
        return -1;
    BI_CLEANUP(digest_freep) EVP_MD_CTX *context = EVP_MD_CTX_new();
    enum { CHUNK = 1 << 18 };
    BI_CLEANUP(bi_freep) unsigned char *chunk = malloc(CHUNK);
    if (!context || !chunk || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot compute its SHA-256", path);
    for (;;) {
        ssize_t n = read(fd, chunk, CHUNK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
        if (n == 0)
            break;
        EVP_DigestUpdate(context, chunk, (size_t)n);
    }
    unsigned char digest[EVP_MAX_MD_SIZE];
    EVP_DigestFinal_ex(context, digest, NULL);
    hex_digest(digest, hex);
    return 0;
}

void bi_sha256_bytes(const void *data, size_t size, char hex[BI_SHA256_HEX])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length;
    if (EVP_Digest(data, size, digest, &length, EVP_sha256(), NULL) != 1)
        abort(); /* only a libcrypto without SHA-256 gets here */
    hex_digest(digest, hex);
}

int bi_natural_compare(const char *a, const char *b)
{
    const char *p = a, *q = b;
    while (*p && *q) {
        if (isdigit((unsigned char)*p) && isdigit((unsigned char)*q)) {
            while (*p == '0')
                p++;
            while (*q == '0')
                q++;
            size_t m = strspn(p, "0123456789"), n = strspn(q, "0123456789");
            if (m != n)
                return m < n ? -1 : 1;
            int order = strncmp(p, q, m);
            if (order)
                return order;
            p += m;
            q += n;
        } else {
            if (*p != *q)
                return (unsigned char)*p < (unsigned char)*q ? -1 : 1;
            p++;
            q++;
        }
    }
    if (*p || *q)
        return *p ? 1 : -1;
    return strcmp(a, b);
}

char *bi_path_join(struct bi_arena *arena, const char *dir, const char *name)
{
    size_t n = strlen(dir);
    return bi_arena_printf(arena, "%s%s%s", dir, n && dir[n - 1] == '/' ? "" : "/", name);
}

const char *bi_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *bi_path_dir(struct bi_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return bi_arena_strdup(arena, ".");
    return bi_arena_strndup(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

int bi_path_make(const char *path, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *copy = bi_xstrdup(path);
    for (char *p = copy + 1;; p++) {
        if (*p && *p != '/')
            continue;
        char kept = *p;
        *p = '\0';
        if (mkdir(copy, 0777) < 0 && errno != EEXIST)
            return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot make the folder", copy);
        *p = kept;
        if (!kept)
            break;
    }
    struct stat status;
    if (stat(path, &status) < 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s", path);
    if (!S_ISDIR(status.st_mode))
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: is not a folder", path);
    return 0;
}

int bi_data_path(struct bi_arena *arena, const char *name, char **path, struct bi_error *err)
{
    const char *data = getenv("BACKISSUE_DATA");
    char *candidate;
    if (data && *data) {
        candidate = bi_path_join(arena, data, name);
    } else {
        char self[PATH_MAX];
        ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
        if (n < 0)
            return bi_error_errno(err, BI_EXIT_MACHINE, "/proc/self/exe");
        self[n] = '\0';
        candidate = bi_arena_printf(arena, "%s/../share/backissue/%s", bi_path_dir(arena, self), name);
    }
    if (access(candidate, F_OK) < 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: data of backissue that should be installed",
                              candidate);
    *path = candidate;
    return 0;
}
