#include "serve/shelf.h"

#include <sys/stat.h>

#include "store.h"

void serve_shelf_init(struct serve_shelf *shelf, const char *path)
{
    *shelf = (struct serve_shelf){.path = path};
    pthread_mutex_init(&shelf->mutex, NULL);
}

static void close_idle(struct serve_shelf *shelf)
{
    while (shelf->count > 0)
        archive_close(&shelf->idle[--shelf->count]);
}

void serve_shelf_release(struct serve_shelf *shelf)
{
    close_idle(shelf);
    pthread_mutex_destroy(&shelf->mutex);
}

/* Under the lock: one of the archive that the path leads to now, if there is any. */
static bool take_idle(struct serve_shelf *shelf, struct archive *archive)
{
    struct stat status;
    if (stat(shelf->path, &status) != 0)
        return false;
    if (status.st_dev != shelf->device || status.st_ino != shelf->file) {
        close_idle(shelf);
        shelf->device = status.st_dev;
        shelf->file = status.st_ino;
    }
    if (shelf->count == 0)
        return false;
    *archive = shelf->idle[--shelf->count];
    return true;
}

int serve_shelf_take(struct serve_shelf *shelf, struct archive *archive, struct bi_error *err)
{
    pthread_mutex_lock(&shelf->mutex);
    bool taken = take_idle(shelf, archive);
    pthread_mutex_unlock(&shelf->mutex);
    if (!taken && archive_open(archive, shelf->path, false, err) < 0)
        return -1;
    if (bi_store_exec(archive->db, "BEGIN", err) == 0)
        return 0;
    archive_close(archive);
    return -1;
}

void serve_shelf_return(struct serve_shelf *shelf, struct archive *archive)
{
    struct bi_error err;
    bool good = bi_store_exec(archive->db, "COMMIT", &err) == 0;
    pthread_mutex_lock(&shelf->mutex);
    if (good && shelf->count < SERVE_SHELF_SIZE)
        shelf->idle[shelf->count++] = *archive;
    else
        good = false;
    pthread_mutex_unlock(&shelf->mutex);
    if (!good)
        archive_close(archive);
}
