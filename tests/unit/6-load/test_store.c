/* The archive as a file: what is opened, what is made, and what is left alone. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "store.h"
#include "unit.h"

struct fixture {
    struct bi_arena arena;
    char folder[64];
    char *path;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    strcpy(fixture->folder, "/tmp/backissue-store-XXXXXX");
    *state = fixture;
    if (!mkdtemp(fixture->folder))
        return -1;
    fixture->path = bi_path_join(&fixture->arena, fixture->folder, "a #1?%41.db");
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    int status = system(bi_arena_printf(&fixture->arena, "rm -rf %s", fixture->folder));
    bi_arena_release(&fixture->arena);
    free(fixture);
    return status;
}

static void expect_open(struct fixture *fixture, enum bi_store_mode mode)
{
    BI_CLEANUP(bi_store_closep) sqlite3 *db = NULL;
    struct bi_error err;
    if (bi_store_open(fixture->path, mode, &db, &err) < 0)
        fail_msg("%s", err.text);
}

static void expect_refused(struct fixture *fixture, enum bi_store_mode mode, enum bi_exit kind,
                           const char *why)
{
    BI_CLEANUP(bi_store_closep) sqlite3 *db = NULL;
    struct bi_error err = {0};
    assert_int_equal(bi_store_open(fixture->path, mode, &db, &err), -1);
    assert_null(db);
    if (err.kind != kind || !strstr(err.text, why) || !strstr(err.text, "a #1?%41.db"))
        fail_msg("exit %d, '%s' is not about '%s'", (int)err.kind, err.text, why);
}

static void exec(struct fixture *fixture, const char *sql)
{
    BI_CLEANUP(bi_store_closep) sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

static size_t count_files(struct fixture *fixture)
{
    return (size_t)system(bi_arena_printf(&fixture->arena, "exit $(ls -A %s | wc -l)", fixture->folder)) >> 8;
}

static void a_new_archive_appears_and_opens_again(void **state)
{
    struct fixture *fixture = *state;
    expect_refused(fixture, BI_STORE_READ, BI_EXIT_INPUT, "there is no such archive");
    expect_refused(fixture, BI_STORE_WRITE, BI_EXIT_MACHINE, "there is no such archive");
    expect_open(fixture, BI_STORE_CREATE);
    assert_int_equal(count_files(fixture), 1);
    expect_open(fixture, BI_STORE_CREATE);
    expect_open(fixture, BI_STORE_WRITE);
    expect_open(fixture, BI_STORE_READ);
    exec(fixture,
         "SELECT * FROM archive_issue, archive_page, archive_article, archive_article_page, archive_line,"
         " archive_link, archive_problem, archive_run");
}

static void an_empty_file_becomes_an_archive(void **state)
{
    struct fixture *fixture = *state;
    close(open(fixture->path, O_CREAT | O_WRONLY, 0600));
    expect_refused(fixture, BI_STORE_READ, BI_EXIT_INPUT, "is empty");
    expect_open(fixture, BI_STORE_CREATE);
    expect_open(fixture, BI_STORE_READ);
}

static void a_file_that_is_no_archive_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    static const char TEXT[] =
        "Dear diary, this is no database at all, but it is quite a bit longer than a hundred "
        "bytes, so that there would be a header.";
    assert_int_equal(bi_file_write(fixture->path, TEXT, sizeof TEXT, NULL), 0);
    expect_refused(fixture, BI_STORE_CREATE, BI_EXIT_MACHINE, "is not a SQLite database");
    expect_refused(fixture, BI_STORE_READ, BI_EXIT_INPUT, "is not a SQLite database");
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    assert_int_equal(bi_file_read(fixture->path, 1000, false, &data, &size, NULL), 0);
    assert_int_equal(size, sizeof TEXT);
    assert_memory_equal(data, TEXT, size);
    assert_int_equal(count_files(fixture), 1);
}

static void a_strangers_database_is_left_alone(void **state)
{
    struct fixture *fixture = *state;
    exec(fixture, "PRAGMA journal_mode = WAL; CREATE TABLE article (mine)");
    char before[BI_SHA256_HEX], after[BI_SHA256_HEX];
    assert_int_equal(bi_sha256_file(fixture->path, before, NULL), 0);
    expect_refused(fixture, BI_STORE_CREATE, BI_EXIT_MACHINE, "another program's");
    assert_int_equal(bi_sha256_file(fixture->path, after, NULL), 0);
    assert_string_equal(before, after);
    assert_int_equal(count_files(fixture), 1);
}

static void a_newer_archive_is_refused_and_left_alone(void **state)
{
    struct fixture *fixture = *state;
    expect_open(fixture, BI_STORE_CREATE);
    exec(fixture, "PRAGMA user_version = 99");
    expect_refused(fixture, BI_STORE_CREATE, BI_EXIT_MACHINE, "of schema 99, newer than");
    expect_refused(fixture, BI_STORE_READ, BI_EXIT_MACHINE, "of schema 99, newer than");
}

static void a_truncated_archive_is_refused(void **state)
{
    struct fixture *fixture = *state;
    expect_open(fixture, BI_STORE_CREATE);
    struct stat status;
    assert_int_equal(stat(fixture->path, &status), 0);
    assert_int_equal(truncate(fixture->path, 50), 0);
    expect_refused(fixture, BI_STORE_CREATE, BI_EXIT_MACHINE, "is not a SQLite database");
    /* Cut later, SQLite finds it out when it gets there, and says so. */
    assert_int_equal(unlink(fixture->path), 0);
    expect_open(fixture, BI_STORE_CREATE);
    assert_int_equal(truncate(fixture->path, status.st_size / 2), 0);
    BI_CLEANUP(bi_store_closep) sqlite3 *db = NULL;
    struct bi_error err = {0};
    if (bi_store_open(fixture->path, BI_STORE_WRITE, &db, &err) == 0)
        assert_int_equal(bi_store_exec(db, "PRAGMA quick_check; SELECT * FROM archive_line; REINDEX", &err),
                         -1);
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    assert_non_null(strstr(err.text, "is damaged"));
}

static void read_only_media_can_be_read(void **state)
{
    struct fixture *fixture = *state;
    enum { NOBODY = 65534 };
    expect_open(fixture, BI_STORE_CREATE);
    assert_int_equal(chmod(fixture->path, 0400), 0);
    assert_int_equal(chmod(fixture->folder, 0500), 0);
    /* Root writes everywhere, so the test becomes somebody else. */
    bool root = geteuid() == 0;
    if (root) {
        assert_int_equal(chown(fixture->path, NOBODY, NOBODY) | chown(fixture->folder, NOBODY, NOBODY), 0);
        assert_int_equal(seteuid(NOBODY), 0);
    }
    expect_open(fixture, BI_STORE_READ);
    expect_refused(fixture, BI_STORE_WRITE, BI_EXIT_MACHINE, "cannot be written");
    if (root)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod(fixture->folder, 0700), 0);
}

static void a_folder_or_a_place_that_is_not_there_is_told(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(mkdir(fixture->path, 0700), 0);
    expect_refused(fixture, BI_STORE_CREATE, BI_EXIT_MACHINE, "is not a regular file");
    fixture->path = bi_path_join(&fixture->arena, fixture->folder, "missing/a #1?%41.db");
    expect_refused(fixture, BI_STORE_CREATE, BI_EXIT_MACHINE, "cannot be made");
}

/* Whether a connection of this process holds the lock that keeps others from taking themselves for the last
 * reader: asked from a child, since a process does not see its own. */
static bool is_locked(const char *path)
{
    enum { SHARED_FIRST = 0x40000002, SHARED_SIZE = 510 }; /* of SQLite's file format */
    pid_t child = fork();
    if (child == 0) {
        struct flock lock = {
            .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = SHARED_FIRST, .l_len = SHARED_SIZE};
        int fd = open(path, O_RDWR | O_CLOEXEC);
        _exit(fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

static void opening_again_leaves_the_locks_of_the_first(void **state)
{
    struct fixture *fixture = *state;
    BI_CLEANUP(bi_store_closep) sqlite3 *first = NULL, *second = NULL;
    struct bi_error err;
    expect_open(fixture, BI_STORE_CREATE);
    assert_int_equal(bi_store_open(fixture->path, BI_STORE_READ, &first, &err), 0);
    assert_true(is_locked(fixture->path));
    assert_int_equal(bi_store_open(fixture->path, BI_STORE_READ, &second, &err), 0);
    assert_true(is_locked(fixture->path));
    bi_store_closep(&second);
    assert_true(is_locked(fixture->path));
    bi_store_closep(&first);
    assert_false(is_locked(fixture->path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_archive_appears_and_opens_again, setup, teardown),
        cmocka_unit_test_setup_teardown(an_empty_file_becomes_an_archive, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_that_is_no_archive_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(a_strangers_database_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(a_newer_archive_is_refused_and_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(a_truncated_archive_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(read_only_media_can_be_read, setup, teardown),
        cmocka_unit_test_setup_teardown(a_folder_or_a_place_that_is_not_there_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(opening_again_leaves_the_locks_of_the_first, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
