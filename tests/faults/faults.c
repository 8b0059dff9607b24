/* What can befall a program, at will: a library for LD_PRELOAD that counts the calls by which a program
 * changes files and at the call that the environment names kills it, or fills the disk.
 *
 *   FAULT_COUNT=FILE   the number of such calls, written at the end
 *   FAULT_KILL=N       SIGKILL at call N; of a write, one half is done before
 *   FAULT_FULL=N       from call N on the disk is full: a write stores half of what it should, the next fail
 *   FAULT_NETWORK=1    all files are on NFS
 *   FAULT_ROOM=N       N bytes are free on every disk, as statvfs tells
 *   FAULT_CLOCK=N      the clock goes N seconds ahead, or behind if negative; times of files do not
 *
 * Nothing is flushed to the disk, which takes most of the time of a small load: what a process has written
 * outlives it all the same.
 *
 * Calls that the C library makes itself (stdio) do not come through here. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#define NFS_SUPER_MAGIC 0x6969

static long calls;

static long number(const char *name)
{
    const char *value = getenv(name);
    return value ? atol(value) : 0;
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file)
        return;
    fprintf(file, "%ld\n", calls);
    fclose(file);
}

/* True if this call is to be the last. */
static bool is_last(void)
{
    calls++;
    return calls == number("FAULT_KILL");
}

static void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

static bool is_full(void)
{
    long from = number("FAULT_FULL");
    return from > 0 && calls >= from;
}

static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset)
{
    ssize_t (*call)(int, const void *, size_t, off64_t) = real("pwrite64");
    if (is_last()) {
        call(fd, data, size / 2, offset);
        die();
    }
    if (is_full()) {
        if (calls == number("FAULT_FULL") && size > 1)
            return call(fd, data, size / 2, offset);
        errno = ENOSPC;
        return -1;
    }
    return call(fd, data, size, offset);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset)
{
    return pwrite64(fd, data, size, offset);
}

/* Calls that change a file without needing room. */
#define DIE_IF_LAST()                                                                                        \
    do {                                                                                                     \
        if (is_last())                                                                                       \
            die();                                                                                           \
    } while (0)

int fsync(int fd)
{
    (void)fd;
    DIE_IF_LAST();
    return 0;
}

int fdatasync(int fd)
{
    return fsync(fd);
}

int ftruncate64(int fd, off64_t size)
{
    int (*call)(int, off64_t) = real("ftruncate64");
    DIE_IF_LAST();
    return call(fd, size);
}

int unlink(const char *path)
{
    int (*call)(const char *) = real("unlink");
    DIE_IF_LAST();
    return call(path);
}

int rename(const char *from, const char *to)
{
    int (*call)(const char *, const char *) = real("rename");
    DIE_IF_LAST();
    return call(from, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    int (*call)(int, const char *, int, const char *, unsigned) = real("renameat2");
    DIE_IF_LAST();
    return call(from_folder, from, to_folder, to, flags);
}

int statvfs(const char *path, struct statvfs *status)
{
    int (*call)(const char *, struct statvfs *) = real("statvfs");
    int result = call(path, status);
    if (result == 0 && getenv("FAULT_ROOM"))
        status->f_bavail = (fsblkcnt_t)number("FAULT_ROOM") / status->f_frsize;
    return result;
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    int (*call)(clockid_t, struct timespec *) = real("clock_gettime");
    int result = call(clock, time);
    if (result == 0 && clock == CLOCK_REALTIME)
        time->tv_sec += number("FAULT_CLOCK");
    return result;
}

int statfs(const char *path, struct statfs *status)
{
    int (*call)(const char *, struct statfs *) = real("statfs");
    int result = call(path, status);
    if (result == 0 && getenv("FAULT_NETWORK"))
        status->f_type = NFS_SUPER_MAGIC;
    return result;
}
