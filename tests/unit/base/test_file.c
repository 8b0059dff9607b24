#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "unit.h"

static char folder[] = "/tmp/backissue-file-XXXXXX";

static char *in_folder(struct bi_arena *arena, const char *name)
{
    return bi_path_join(arena, folder, name);
}

static size_t files_left(void)
{
    size_t count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return count;
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void test_an_output_appears_only_when_committed(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    const char *path = in_folder(&arena, "out");
    struct bi_output out = {0};
    assert_int_equal(bi_output_open(&out, path, &err), 0);
    fputs("whole", out.stream);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(bi_output_commit(&out, &err), 0);
    char *data;
    size_t size;
    assert_int_equal(bi_file_read(path, 100, false, &data, &size, &err), 0);
    assert_int_equal(size, 5);
    assert_string_equal(data, "whole");
    free(data);
    bi_output_discard(&out); /* harmless after commit */
    unlink(path);
    bi_arena_release(&arena);
}

static void test_a_discarded_output_leaves_nothing(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    struct bi_output out = {0};
    assert_int_equal(bi_output_open(&out, in_folder(&arena, "out"), &err), 0);
    fputs("half", out.stream);
    bi_output_discard(&out);
    assert_int_equal(files_left(), 0);
    bi_arena_release(&arena);
}

static void test_a_full_disk_is_reported_and_leaves_the_old_file(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    const char *path = in_folder(&arena, "out");
    assert_int_equal(bi_file_write(path, "old", 3, &err), 0);
    /* A limit on file sizes fails writes as a full disk does. */
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit kept, small;
    getrlimit(RLIMIT_FSIZE, &kept);
    small = kept;
    small.rlim_cur = 4096;
    setrlimit(RLIMIT_FSIZE, &small);
    char *big = calloc(1, 1 << 20);
    int status = bi_file_write(path, big, 1 << 20, &err);
    setrlimit(RLIMIT_FSIZE, &kept);
    free(big);
    assert_int_equal(status, -1);
    assert_int_equal(err.kind, BI_EXIT_INTERNAL);
    assert_non_null(strstr(err.text, path));
    char *data;
    size_t size;
    assert_int_equal(bi_file_read(path, 100, false, &data, &size, &err), 0);
    assert_string_equal(data, "old");
    free(data);
    assert_int_equal(files_left(), 1);
    unlink(path);
    bi_arena_release(&arena);
}

static void test_a_name_of_255_bytes_can_be_written(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    const char *path = in_folder(&arena, name);
    assert_int_equal(bi_file_write(path, "x", 1, &err), 0);
    assert_int_equal(unlink(path), 0);
    bi_arena_release(&arena);
}

static void test_reading_refuses_what_is_no_good_file(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    char *data;
    size_t size;
    assert_int_equal(bi_file_read(in_folder(&arena, "none"), 10, false, &data, &size, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    assert_non_null(strstr(err.text, "No such file"));
    assert_int_equal(bi_file_read(folder, 10, false, &data, &size, &err), -1);
    const char *path = in_folder(&arena, "empty");
    assert_int_equal(bi_file_write(path, "", 0, &err), 0);
    assert_int_equal(bi_file_read(path, 10, false, &data, &size, &err), -1);
    assert_non_null(strstr(err.text, "is empty"));
    assert_int_equal(bi_file_write(path, "0123456789x", 11, &err), 0);
    assert_int_equal(bi_file_read(path, 10, false, &data, &size, &err), -1);
    unlink(path);
    const char *fifo = in_folder(&arena, "fifo");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(bi_file_read(fifo, 10, false, &data, &size, &err), -1);
    unlink(fifo);
    bi_arena_release(&arena);
}

static void test_sha256(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct bi_error err;
    static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    char hex[BI_SHA256_HEX];
    bi_sha256_bytes("abc", 3, hex);
    assert_string_equal(hex, abc);
    const char *path = in_folder(&arena, "abc");
    bi_file_write(path, "abc", 3, &err);
    assert_int_equal(bi_sha256_file(path, hex, &err), 0);
    assert_string_equal(hex, abc);
    unlink(path);
    assert_int_equal(bi_sha256_file(path, hex, &err), -1);
    bi_arena_release(&arena);
}

static void test_natural_order(void **state)
{
    (void)state;
    static const char *const sorted[] = {"p1.tif", "p01a.tif", "p2.tif", "p10.tif", "p010b.tif", "q"};
    for (size_t i = 0; i < 6; i++) {
        for (size_t j = 0; j < 6; j++) {
            int order = bi_natural_compare(sorted[i], sorted[j]);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    }
    assert_true(bi_natural_compare("p01", "p1") != 0);
    assert_true(bi_natural_compare("99999999999999999999", "100000000000000000000") < 0);
}

static void test_paths(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    assert_string_equal(bi_path_join(&arena, "a", "b"), "a/b");
    assert_string_equal(bi_path_join(&arena, "a/", "b"), "a/b");
    assert_string_equal(bi_path_dir(&arena, "a/b"), "a");
    assert_string_equal(bi_path_dir(&arena, "/b"), "/");
    assert_string_equal(bi_path_dir(&arena, "b"), ".");
    assert_string_equal(bi_path_base("a/b"), "b");
    struct bi_error err;
    const char *deep = in_folder(&arena, "x/y/z");
    assert_int_equal(bi_path_make(deep, &err), 0);
    assert_int_equal(bi_path_make(deep, &err), 0);
    rmdir(deep);
    rmdir(in_folder(&arena, "x/y"));
    rmdir(in_folder(&arena, "x"));
    bi_arena_release(&arena);
}

static void test_messages_stay_one_line(void **state)
{
    (void)state;
    struct bi_error err;
    bi_error_set(&err, BI_EXIT_INPUT, "%s: is empty", "a\nb\x1b[31m");
    assert_string_equal(err.text, "a?b?[31m: is empty");
    bi_error_set(&err, BI_EXIT_INPUT, "outer: %s", err.text);
    assert_string_equal(err.text, "outer: a?b?[31m: is empty");
    bi_error_set(&err, BI_EXIT_INPUT, "%s", "报\xe6\x8a.tif\xff: is empty");
    assert_string_equal(err.text, "报%E6%8A.tif%FF: is empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_output_appears_only_when_committed),
        cmocka_unit_test(test_a_discarded_output_leaves_nothing),
        cmocka_unit_test(test_a_full_disk_is_reported_and_leaves_the_old_file),
        cmocka_unit_test(test_a_name_of_255_bytes_can_be_written),
        cmocka_unit_test(test_reading_refuses_what_is_no_good_file),
        cmocka_unit_test(test_sha256),
        cmocka_unit_test(test_natural_order),
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_messages_stay_one_line),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
