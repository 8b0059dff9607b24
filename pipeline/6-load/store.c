/* An archive is made in memory, written beside its place and moved there, so that whatever happens a file
 * with the archive's name is an archive. Whether a file is one is read from its first bytes before SQLite
 * sees it: opening would already roll back a journal or make -wal files beside a stranger's database. */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "migrate.h"
#include "tokenizer.h"

/* The archives that this process has open. Closing any descriptor of a file lets go of all the locks that a
 * process has on it (POSIX), those of its SQLite connections too: another process then takes itself for the
 * last one and removes the -wal file that these still read. So a file that is open already is not looked at
 * again. */
static struct {
    sqlite3 *db; /* NULL: free */
    dev_t device;
    ino_t file;
} OPEN[256];
static pthread_mutex_t OPEN_MUTEX = PTHREAD_MUTEX_INITIALIZER;

/* Notes a connection that was opened; with `file` NULL, that it is closed. */
static void note(sqlite3 *was, sqlite3 *is, const struct stat *file)
{
    pthread_mutex_lock(&OPEN_MUTEX);
    for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN; i++)
        if (OPEN[i].db == was) {
            OPEN[i].db = is;
            OPEN[i].device = file ? file->st_dev : 0;
            OPEN[i].file = file ? file->st_ino : 0;
            break;
        }
    pthread_mutex_unlock(&OPEN_MUTEX);
}

static bool is_open(const char *path)
{
    struct stat status;
    bool found = false;
    if (stat(path, &status) != 0)
        return false;
    pthread_mutex_lock(&OPEN_MUTEX);
    for (size_t i = 0; i < sizeof OPEN / sizeof *OPEN && !found; i++)
        found = OPEN[i].db && OPEN[i].device == status.st_dev && OPEN[i].file == status.st_ino;
    pthread_mutex_unlock(&OPEN_MUTEX);
    return found;
}

void bi_store_closep(sqlite3 **db)
{
    if (!*db)
        return;
    sqlite3_close_v2(*db);
    note(*db, NULL, NULL);
    *db = NULL;
}

/* Settings of every connection. */
static int prepare_connection(sqlite3 *db, struct bi_error *err)
{
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, BI_STORE_BUSY_MILLISECONDS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (bi_tokenizer_register(db) != SQLITE_OK)
        return bi_error_set(err, BI_EXIT_MACHINE, "this machine's SQLite has no full-text search (FTS5)");
    return bi_store_exec(db, "PRAGMA foreign_keys = ON", err);
}

/* Puts a new, empty archive at a path. */
static int create(const char *path, bool over_empty_file, struct bi_error *err)
{
    BI_CLEANUP(bi_store_closep) sqlite3 *memory = NULL;
    if (sqlite3_open(":memory:", &memory) != SQLITE_OK)
        return bi_store_fail(memory, err);
    if (prepare_connection(memory, err) < 0 || bi_store_build(memory, err) < 0)
        return -1;
    sqlite3_int64 size;
    unsigned char *bytes = sqlite3_serialize(memory, "main", &size, 0);
    if (!bytes)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", path);

    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    const char *made =
        bi_path_join(&arena, bi_path_dir(&arena, path),
                     bi_arena_printf(&arena, ".%.200s.%ld.tmp", bi_path_base(path), (long)getpid()));
    int status = bi_file_write(made, bytes, (size_t)size, err);
    sqlite3_free(bytes);
    if (status < 0) {
        bi_error_set(err, err->kind, "%s: the archive cannot be made: %s", path, err->text);
        return -1;
    }
    /* Another process may have been quicker: its archive stays. */
    if (renameat2(AT_FDCWD, made, AT_FDCWD, path, over_empty_file ? 0 : RENAME_NOREPLACE) == 0)
        return 0;
    int cause = errno;
    unlink(made);
    errno = cause;
    return cause == EEXIST ? 0 : bi_error_errno(err, BI_EXIT_MACHINE, "%s: the archive cannot be made", path);
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Looks at a file without SQLite. *state: 0 there is none, 1 it is empty, 2 it is an archive. */
static int look(const char *path, enum bi_exit kind, int *state, struct bi_error *err)
{
    enum { SQLITE_HEADER_BYTES = 100, APPLICATION_ID_OFFSET = 68 };
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT) {
        *state = 0;
        return 0;
    }
    if (fd < 0)
        return bi_error_errno(err, kind, "%s", path);
    struct stat status;
    unsigned char header[SQLITE_HEADER_BYTES];
    bool regular = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
    ssize_t have = regular ? pread(fd, header, sizeof header, 0) : 0;
    close(fd);
    if (!regular)
        return bi_error_set(err, kind, "%s: is not a regular file", path);
    if (have < 0)
        return bi_error_errno(err, kind, "%s", path);
    if (have == 0) {
        *state = 1;
        return 0;
    }
    if (have < (ssize_t)sizeof header || memcmp(header, "SQLite format 3", 16) != 0)
        return bi_error_set(err, kind, "%s: is not a SQLite database, so not an archive", path);
    if (big_endian(header + APPLICATION_ID_OFFSET) != BI_STORE_APPLICATION_ID)
        return bi_error_set(err, kind, "%s: is another program's SQLite database, not an archive", path);
    *state = 2;
    return 0;
}

/* "file:" with what a URI gives a meaning to escaped. */
static void make_uri(struct bi_text *uri, const char *path, const char *parameters)
{
    bi_text_add(uri, *path == '/' ? "file:" : "file:./");
    for (const char *c = path; *c; c++)
        if (strchr("?#%", *c))
            bi_text_printf(uri, "%%%02X", (unsigned)(unsigned char)*c);
        else
            bi_text_add_bytes(uri, c, 1);
    bi_text_add(uri, parameters);
}

static int open_connection(const char *path, int flags, const char *parameters, sqlite3 **db,
                           struct bi_error *err)
{
    BI_CLEANUP(bi_text_release) struct bi_text uri = {0};
    make_uri(&uri, path, parameters);
    BI_CLEANUP(bi_store_closep) sqlite3 *opened = NULL;
    sqlite3_int64 version;
    if (sqlite3_open_v2(uri.data, &opened, flags | SQLITE_OPEN_URI, NULL) != SQLITE_OK)
        return bi_store_fail(opened, err);
    if (prepare_connection(opened, err) < 0 || bi_store_version(opened, &version, err) < 0)
        return -1;
    if (version > BI_STORE_SCHEMA_VERSION)
        return bi_error_set(
            err, BI_EXIT_MACHINE,
            "%s: is an archive of schema %lld, newer than the %d that this program knows; a newer "
            "backissue is needed",
            path, (long long)version, BI_STORE_SCHEMA_VERSION);
    *db = opened;
    opened = NULL;
    return 0;
}

/* On read-only media and on a full disk SQLite cannot make the -shm file that WAL needs; nobody writes there
 * either, so what is in the file is all there is. */
static bool is_immutable(const char *path)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    const char *folder = bi_path_dir(&arena, path);
    struct stat wal;
    bool unwritten = stat(bi_arena_printf(&arena, "%s-wal", path), &wal) < 0 || wal.st_size == 0;
    struct statvfs disk;
    bool unwritable = eaccess(folder, W_OK) < 0 || (statvfs(folder, &disk) == 0 && disk.f_bavail == 0);
    return unwritten && unwritable;
}

static int connect_to_read(const char *path, sqlite3 **db, struct bi_error *err)
{
    if (open_connection(path, SQLITE_OPEN_READONLY, "", db, err) == 0)
        return 0;
    return is_immutable(path) ? open_connection(path, SQLITE_OPEN_READONLY, "?immutable=1", db, err) : -1;
}

/* 32 MB instead of 4: an issue writes some 2 MB, and what several have changed in the full-text index then
 * goes into the file once. Every commit is on the disk as before. */
#define WAL_PAGES "PRAGMA wal_autocheckpoint = 8192"

static int open_to_write(const char *path, sqlite3 **db, struct bi_error *err)
{
    BI_CLEANUP(bi_store_closep) sqlite3 *opened = NULL;
    if (open_connection(path, SQLITE_OPEN_READWRITE, "", &opened, err) < 0 ||
        bi_store_exec(opened, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" WAL_PAGES, err) < 0 ||
        bi_store_migrate(opened, err) < 0)
        return -1;
    *db = opened;
    opened = NULL;
    return 0;
}

/* What is read here knows only the present schema. An archive of an earlier one that cannot be written is
 * copied to a temporary file, which is gone with its connection, and brought to the present schema there. */
static int copy_to_read(sqlite3 *source, const char *path, sqlite3 **db, struct bi_error *err)
{
    BI_CLEANUP(bi_store_closep) sqlite3 *copy = NULL;
    if (sqlite3_open_v2("", &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK ||
        prepare_connection(copy, err) < 0)
        return bi_store_fail(copy, err);
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", source, "main");
    if (!backup)
        return bi_store_fail(copy, err);
    sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK || bi_store_migrate(copy, err) < 0) {
        bi_store_fail(copy, err);
        return bi_error_set(err, err->kind, "%s: is of an earlier schema, and a copy cannot be made: %s",
                            path, err->text);
    }
    *db = copy;
    copy = NULL;
    return 0;
}

static int open_to_read(const char *path, sqlite3 **db, struct bi_error *err)
{
    BI_CLEANUP(bi_store_closep) sqlite3 *opened = NULL, *copy = NULL;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    sqlite3_int64 version;
    if (connect_to_read(path, &opened, err) < 0 || bi_store_version(opened, &version, err) < 0)
        return -1;
    if (version < BI_STORE_SCHEMA_VERSION) {
        if (eaccess(path, W_OK) == 0 && eaccess(bi_path_dir(&arena, path), W_OK) == 0) {
            bi_store_closep(&opened);
            if (open_to_write(path, &opened, err) < 0)
                return -1;
            bi_store_closep(&opened);
            if (connect_to_read(path, &opened, err) < 0)
                return -1;
        } else if (copy_to_read(opened, path, &copy, err) < 0) {
            return -1;
        }
    }
    *db = copy ? copy : opened;
    if (copy)
        copy = NULL;
    else
        opened = NULL;
    /* A stranger's archive must not run functions through its views. (Writing needs FTS5 in triggers.) */
    sqlite3_db_config(*db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return 0;
}

static int open_store(const char *path, enum bi_store_mode mode, sqlite3 **db, struct bi_error *err)
{
    enum bi_exit kind = mode == BI_STORE_READ ? BI_EXIT_INPUT : BI_EXIT_MACHINE;
    int state = 2;
    if (!is_open(path) && look(path, kind, &state, err) < 0)
        return -1;
    if (state != 2 && mode != BI_STORE_CREATE)
        return bi_error_set(
            err, kind, state == 0 ? "%s: there is no such archive" : "%s: is empty, not an archive", path);
    if (state != 2 && create(path, state == 1, err) < 0)
        return -1;
    if (mode == BI_STORE_READ)
        return open_to_read(path, db, err);
    if (eaccess(path, W_OK) < 0)
        return bi_error_errno(err, BI_EXIT_MACHINE, "%s: the archive cannot be written", path);
    return open_to_write(path, db, err);
}

int bi_store_open(const char *path, enum bi_store_mode mode, sqlite3 **db, struct bi_error *err)
{
    struct stat status;
    if (open_store(path, mode, db, err) < 0)
        return -1;
    if (stat(path, &status) == 0)
        note(NULL, *db, &status);
    return 0;
}

bool bi_store_on_network(const char *path)
{
    static const unsigned long NETWORKS[] = {
        0x6969 /* NFS */, 0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB2 */, 0x517B /* SMB */,
        0x564C /* NCP */, 0x5346414F /* AFS */,  0x01021997 /* 9P */,   0x00C36400 /* Ceph */};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct statfs status;
    if (statfs(path, &status) < 0 && statfs(bi_path_dir(&arena, path), &status) < 0)
        return false;
    for (size_t i = 0; i < sizeof NETWORKS / sizeof *NETWORKS; i++)
        if (((unsigned long)status.f_type & 0xFFFFFFFFul) == NETWORKS[i])
            return true;
    return false;
}
