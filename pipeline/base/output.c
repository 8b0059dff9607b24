/* Output files that appear whole or not at all. The names of open temporary files are kept in a fixed table
 * that a signal handler may read, as in git's tempfile.c: a slot is published only when its name is complete.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/output.h"

enum { MAX_OPEN_OUTPUTS = 16 };

static _Atomic(char *) open_names[MAX_OPEN_OUTPUTS];
static pid_t owner;

void bi_output_remove_all(void)
{
    if (getpid() != owner)
        return; /* a forked child must not remove what its parent is writing */
    for (int i = 0; i < MAX_OPEN_OUTPUTS; i++) {
        char *name = atomic_exchange(&open_names[i], NULL);
        if (name)
            unlink(name);
    }
}

static int publish(char *name)
{
    static bool registered;
    if (!registered) {
        registered = true;
        owner = getpid();
        atexit(bi_output_remove_all);
    }
    for (int i = 0; i < MAX_OPEN_OUTPUTS; i++) {
        char *none = NULL;
        if (atomic_compare_exchange_strong(&open_names[i], &none, name))
            return 0;
    }
    return -1;
}

static void withdraw(const char *name)
{
    for (int i = 0; i < MAX_OPEN_OUTPUTS; i++)
        if (atomic_load(&open_names[i]) == name)
            atomic_store(&open_names[i], NULL);
}

/* For the folder of names and of files without one. */
static const char *scratch_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder && *folder ? folder : "/tmp";
}

int bi_scratch_file(struct bi_error *err)
{
    int fd = open(scratch_folder(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
        return fd;
    /* Not every file system has such files. */
    struct bi_arena arena = {0};
    char *name = bi_path_join(&arena, scratch_folder(), ".backissue.XXXXXX.tmp");
    fd = mkostemps(name, 4, O_CLOEXEC);
    if (fd >= 0)
        unlink(name);
    else
        bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be written", scratch_folder());
    bi_arena_release(&arena);
    return fd;
}

int bi_scratch_open(struct bi_scratch *scratch, const char *const *endings, size_t count,
                    struct bi_error *err)
{
    *scratch = (struct bi_scratch){0};
    uint64_t random[2];
    if (count > BI_SCRATCH_MAX || getrandom(random, sizeof random, 0) != sizeof random)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: no names for temporary files", scratch_folder());
    struct bi_arena arena = {0};
    const char *root = bi_arena_printf(&arena, "%s/.backissue.%016llx%016llx", scratch_folder(),
                                       (unsigned long long)random[0], (unsigned long long)random[1]);
    scratch->root = bi_xstrdup(root);
    int status = 0;
    for (size_t i = 0; status == 0 && i < count; i++) {
        scratch->names[i] = bi_xstrdup(bi_arena_printf(&arena, "%s%s", root, endings[i]));
        status = publish(scratch->names[i]);
    }
    bi_arena_release(&arena);
    if (status == 0)
        return 0;
    bi_scratch_close(scratch);
    return bi_error_set(err, BI_EXIT_INTERNAL, "%s: too many open output files", scratch_folder());
}

void bi_scratch_close(struct bi_scratch *scratch)
{
    for (size_t i = 0; i < BI_SCRATCH_MAX; i++) {
        if (!scratch->names[i])
            continue;
        unlink(scratch->names[i]);
        withdraw(scratch->names[i]);
        free(scratch->names[i]);
    }
    free(scratch->root);
    *scratch = (struct bi_scratch){0};
}

int bi_output_open(struct bi_output *out, const char *path, struct bi_error *err)
{
    struct bi_arena arena = {0};
    const char *base = bi_path_base(path);
    struct stat status;
    if (!*base || (stat(path, &status) == 0 && S_ISDIR(status.st_mode))) {
        bi_arena_release(&arena);
        return bi_error_set(err, BI_EXIT_USAGE, "%s: is a folder, not a file to write", path);
    }
    /* A name of 255 bytes leaves no room for a suffix; the temporary name keeps only its start. */
    const char *name =
        bi_path_join(&arena, bi_path_dir(&arena, path), bi_arena_printf(&arena, ".%.200s.XXXXXX.tmp", base));
    struct bi_output opened = {.path = bi_xstrdup(path), .temporary = bi_xstrdup(name)};
    bi_arena_release(&arena);

    int fd = mkostemps(opened.temporary, 4, O_CLOEXEC);
    if (fd < 0) {
        bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be written", path);
        free(opened.path);
        free(opened.temporary);
        return -1;
    }
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, 0666 & ~mask);
    if (publish(opened.temporary) < 0 || !(opened.stream = fdopen(fd, "w+b"))) {
        bi_error_set(err, BI_EXIT_INTERNAL, "%s: too many open output files", path);
        withdraw(opened.temporary);
        unlink(opened.temporary);
        close(fd);
        free(opened.path);
        free(opened.temporary);
        return -1;
    }
    *out = opened;
    return 0;
}

static void forget(struct bi_output *out)
{
    withdraw(out->temporary);
    free(out->path);
    free(out->temporary);
    *out = (struct bi_output){0};
}

void bi_output_discard(struct bi_output *out)
{
    if (!out->temporary)
        return;
    if (out->stream)
        fclose(out->stream);
    unlink(out->temporary);
    forget(out);
}

static void sync_folder(const char *path)
{
    struct bi_arena arena = {0};
    int fd = open(bi_path_dir(&arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bi_arena_release(&arena);
    if (fd < 0)
        return; /* the file itself is safe; some file systems do not sync folders */
    fsync(fd);
    close(fd);
}

int bi_output_commit(struct bi_output *out, struct bi_error *err)
{
    bool ok = !ferror(out->stream) && fflush(out->stream) == 0 && fsync(fileno(out->stream)) == 0;
    int cause = errno;
    if (fclose(out->stream) != 0 && ok) {
        cause = errno;
        ok = false;
    }
    out->stream = NULL;
    if (ok && rename(out->temporary, out->path) < 0) {
        cause = errno;
        ok = false;
    }
    if (!ok) {
        errno = cause;
        bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", out->path);
        bi_output_discard(out);
        return -1;
    }
    sync_folder(out->path);
    forget(out);
    return 0;
}

int bi_file_write(const char *path, const void *data, size_t size, struct bi_error *err)
{
    BI_CLEANUP(bi_output_discard) struct bi_output out = {0};
    if (bi_output_open(&out, path, err) < 0)
        return -1;
    if (size && fwrite(data, 1, size, out.stream) != size)
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", path);
    return bi_output_commit(&out, err);
}
