#include "run/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

int run_lock(const char *path, const char *subject, struct bi_error *err)
{
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (lock < 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be made", path);
    char holder[32] = "";
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        int cause = errno;
        ssize_t got = pread(lock, holder, sizeof holder - 1, 0);
        close(lock);
        errno = cause;
        if (cause != EWOULDBLOCK)
            return bi_error_errno(err, BI_EXIT_MACHINE, "%s: cannot be locked", path);
        long pid = got > 0 ? strtol(holder, NULL, 10) : 0;
        if (pid > 0)
            return bi_error_set(err, BI_EXIT_MACHINE, "%s: another run is at work on it (process %ld)",
                                subject, pid);
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: another run is at work on it", subject);
    }
    /* Only for the message above: without room on the disk the lock holds all the same. */
    int length = snprintf(holder, sizeof holder, "%ld\n", (long)getpid());
    if (ftruncate(lock, 0) == 0 && pwrite(lock, holder, (size_t)length, 0) != length)
        return lock;
    return lock;
}
