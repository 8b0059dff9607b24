/* What can befall a program, at will: a library for LD_PRELOAD that counts the calls by which a program
 * changes files and at the call that the environment names kills it, or fills the disk.
 *
 *   FAULT_COUNT=FILE   the number of such calls, written at the end
 *   FAULT_KILL=N       SIGKILL at call N; of a write, one half is done before
 *   FAULT_FULL=N       from call N on the disk is full: a write stores half of what it should, the next fail
 *   FAULT_KILL_AFTER=N SIGKILL after N microseconds
 *   FAULT_READONLY=1   no file can be made or opened to be written
 *   FAULT_PROGRAM=NAME only this program has these faults, not others that inherit the environment
 *   FAULT_NETWORK=1    all files are on NFS
 *   FAULT_ROOM=N       N bytes are free on every disk, as statvfs tells
 *   FAULT_CLOCK=N      the clock goes N seconds ahead, or behind if negative; times of files do not
 *
 * Nothing is flushed to the disk, which takes most of the time of a small load: what a process has written
 * outlives it all the same.
 *
 * Calls that the C library makes itself (stdio) do not come through here, but fflush does. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#define NFS_SUPER_MAGIC 0x6969

static long calls;

static bool is_meant(void)
{
    const char *program = getenv("FAULT_PROGRAM");
    return !program || strcmp(program, program_invocation_short_name) == 0;
}

static long number(const char *name)
{
    const char *value = is_meant() ? getenv(name) : NULL;
    return value ? atol(value) : 0;
}

__attribute__((constructor)) static void set_alarm(void)
{
    long microseconds = number("FAULT_KILL_AFTER");
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL};
    struct itimerspec when = {.it_value = {microseconds / 1000000, microseconds % 1000000 * 1000}};
    if (microseconds > 0 && timer_create(CLOCK_MONOTONIC, &event, &timer) == 0)
        timer_settime(timer, 0, &when, NULL);
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

static bool is_file(int fd)
{
    struct stat status;
    return fd > STDERR_FILENO && fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

int fsync(int fd)
{
    (void)fd;
    DIE_IF_LAST();
    if (is_full()) {
        errno = ENOSPC;
        return -1;
    }
    return 0;
}

int fdatasync(int fd)
{
    return fsync(fd);
}

ssize_t write(int fd, const void *data, size_t size)
{
    ssize_t (*call)(int, const void *, size_t) = real("write");
    if (!is_file(fd))
        return call(fd, data, size);
    if (is_last()) {
        call(fd, data, size / 2);
        die();
    }
    if (is_full()) {
        errno = ENOSPC;
        return -1;
    }
    return call(fd, data, size);
}

int fflush(FILE *stream)
{
    int (*call)(FILE *) = real("fflush");
    if (!stream || !is_file(fileno(stream)))
        return call(stream);
    DIE_IF_LAST();
    if (is_full()) {
        errno = ENOSPC;
        return EOF;
    }
    return call(stream);
}

static bool is_refused(int flags)
{
    if ((flags & O_ACCMODE) == O_RDONLY || !number("FAULT_READONLY"))
        return false;
    errno = EROFS;
    return true;
}

int open64(const char *path, int flags, ...)
{
    int (*call)(const char *, int, ...) = real("open64");
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return is_refused(flags) ? -1 : call(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return open64(path, flags, mode);
}

int mkdir(const char *path, mode_t mode)
{
    int (*call)(const char *, mode_t) = real("mkdir");
    return is_refused(O_WRONLY) ? -1 : call(path, mode);
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
    if (result == 0 && getenv("FAULT_ROOM") && is_meant())
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
