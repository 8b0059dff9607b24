/* Remembered hashes: right after every kind of change, and not computed twice. */
#include "run/hashes.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static char folder[] = "/tmp/test_hashes.XXXXXX";
static char cache[64], file[64];

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(cache, sizeof cache, "%s/hashes.txt", folder);
    snprintf(file, sizeof file, "%s/file", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(cache);
    unlink(file);
    return rmdir(folder);
}

static void write_file(const char *content)
{
    assert_int_equal(bi_file_write(file, content, strlen(content), NULL), 0);
}

/* The hash as a new process would find it. */
static void get_anew(bool settled, char sha256[BI_SHA256_HEX])
{
    struct run_hashes hashes;
    run_hashes_open(&hashes, cache);
    assert_int_equal(run_hashes_get(&hashes, file, settled, sha256, NULL), 0);
    assert_int_equal(run_hashes_save(&hashes, true, NULL), 0);
    run_hashes_release(&hashes);
}

static void assert_hash(const char *sha256, const char *content)
{
    char expected[BI_SHA256_HEX];
    bi_sha256_bytes(content, strlen(content), expected);
    assert_string_equal(sha256, expected);
}

/* Puts a wrong hash into the cache, for a test to see whether it is used. */
static void spoil_cache(void)
{
    char *data;
    size_t size;
    assert_int_equal(bi_file_read(cache, 1 << 20, false, &data, &size, NULL), 0);
    char *hash = strchr(data, '\n') + 1;
    memset(hash, 'f', 64);
    assert_int_equal(bi_file_write(cache, data, size, NULL), 0);
    free(data);
}

static void an_unchanged_file_is_not_read_again(void **state)
{
    (void)state;
    char sha256[BI_SHA256_HEX];
    unlink(cache);
    write_file("one");
    get_anew(true, sha256);
    assert_hash(sha256, "one");
    spoil_cache();
    get_anew(true, sha256);
    assert_int_equal(strspn(sha256, "f"), 64);
}

static void a_change_that_keeps_size_and_time_is_seen(void **state)
{
    (void)state;
    char sha256[BI_SHA256_HEX];
    struct stat before;
    unlink(cache);
    write_file("one");
    get_anew(true, sha256);
    assert_int_equal(stat(file, &before), 0);
    usleep(20000);
    int f = open(file, O_WRONLY);
    assert_int_equal(write(f, "two", 3), 3);
    struct timespec times[2] = {before.st_atim, before.st_mtim};
    assert_int_equal(futimens(f, times), 0);
    close(f);
    get_anew(true, sha256);
    assert_hash(sha256, "two");
}

static void a_file_written_just_now_is_read_again(void **state)
{
    (void)state;
    char sha256[BI_SHA256_HEX];
    unlink(cache);
    write_file("one");
    get_anew(false, sha256);
    assert_hash(sha256, "one");
    assert_int_not_equal(access(cache, F_OK), 0); /* nothing was kept */
}

static void a_broken_cache_is_no_cache(void **state)
{
    (void)state;
    static const char *const broken[] = {"", "nonsense", "backissue-hashes/1\nabc 1 2 3 4\n",
                                         "backissue-hashes/1\n"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        char sha256[BI_SHA256_HEX];
        assert_int_equal(bi_file_write(cache, broken[i], strlen(broken[i]), NULL), 0);
        write_file("three");
        get_anew(true, sha256);
        assert_hash(sha256, "three");
    }
}

static void what_nobody_asked_for_can_be_forgotten(void **state)
{
    (void)state;
    char sha256[BI_SHA256_HEX];
    unlink(cache);
    write_file("old");
    get_anew(true, sha256);
    write_file("new");
    struct run_hashes hashes;
    run_hashes_open(&hashes, cache);
    assert_int_equal(run_hashes_get(&hashes, file, true, sha256, NULL), 0);
    assert_int_equal(hashes.count, 2);
    assert_int_equal(run_hashes_save(&hashes, false, NULL), 0);
    run_hashes_release(&hashes);
    run_hashes_open(&hashes, cache);
    assert_int_equal(hashes.count, 1);
    assert_hash(hashes.hashes[0].sha256, "new");
    run_hashes_release(&hashes);
}

static void a_missing_file_is_an_error(void **state)
{
    (void)state;
    struct run_hashes hashes;
    struct bi_error err;
    char sha256[BI_SHA256_HEX] = "untouched";
    run_hashes_open(&hashes, cache);
    assert_int_equal(run_hashes_get(&hashes, "/nonexistent", true, sha256, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    assert_string_equal(sha256, "untouched");
    run_hashes_release(&hashes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unchanged_file_is_not_read_again),
        cmocka_unit_test(a_change_that_keeps_size_and_time_is_seen),
        cmocka_unit_test(a_file_written_just_now_is_read_again),
        cmocka_unit_test(a_broken_cache_is_no_cache),
        cmocka_unit_test(what_nobody_asked_for_can_be_forgotten),
        cmocka_unit_test(a_missing_file_is_an_error),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
