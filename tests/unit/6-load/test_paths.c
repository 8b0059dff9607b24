/* Paths as the archive keeps them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "paths.h"
#include "unit.h"

struct fixture {
    struct bi_arena arena;
    char *folder;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    char name[] = "/tmp/backissue-paths-XXXXXX";
    if (!mkdtemp(name))
        return -1;
    char *resolved = realpath(name, NULL);
    fixture->folder = bi_arena_strdup(&fixture->arena, resolved);
    free(resolved);
    *state = fixture;
    return bi_path_make(bi_path_join(&fixture->arena, fixture->folder, "a/b/scans"), NULL);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    int status = system(bi_arena_printf(&fixture->arena, "rm -rf %s", fixture->folder));
    bi_arena_release(&fixture->arena);
    free(fixture);
    return status;
}

static void expect_stored(struct fixture *fixture, const char *archive, const char *path,
                          const char *expected)
{
    struct bi_arena *arena = &fixture->arena;
    const char *whole = bi_path_join(arena, fixture->folder, path);
    assert_string_equal(load_path_store(arena, bi_path_join(arena, fixture->folder, archive), whole),
                        expected);
}

static void beneath_and_beside_the_archive_they_are_relative(void **state)
{
    expect_stored(*state, "a/archive.db", "a/b/scans/p1.tif", "b/scans/p1.tif");
    expect_stored(*state, "a/b/archive.db", "a/work/p1.tif", "../work/p1.tif");
    expect_stored(*state, "a/b/scans/archive.db", "p1.tif", "../../../p1.tif");
    expect_stored(*state, "a/b/archive.db", "a/bb/p1.tif", "../bb/p1.tif");
    expect_stored(*state, "a/archive.db", "a/b/../b/./scans/p1.tif", "b/scans/p1.tif");
}

static void bytes_that_are_no_utf8_are_escaped(void **state)
{
    expect_stored(*state, "a/archive.db", "a/p\xff 100%.tif", "p%FF 100%.tif");
    expect_stored(*state, "a/archive.db", "a/p%41.tif", "p%2541.tif");
}

static void with_only_the_root_in_common_they_are_absolute(void **state)
{
    struct fixture *fixture = *state;
    const char *archive = bi_path_join(&fixture->arena, fixture->folder, "archive.db");
    assert_string_equal(load_path_store(&fixture->arena, archive, "/usr/p1.tif"), "/usr/p1.tif");
}

static void relative_arguments_start_from_the_current_folder(void **state)
{
    struct fixture *fixture = *state;
    BI_CLEANUP(bi_freep) char *here = get_current_dir_name();
    assert_int_equal(chdir(fixture->folder), 0);
    assert_string_equal(load_path_store(&fixture->arena, "archive.db", "a/p1.tif"), "a/p1.tif");
    assert_int_equal(chdir(here), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(beneath_and_beside_the_archive_they_are_relative, setup, teardown),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_utf8_are_escaped, setup, teardown),
        cmocka_unit_test_setup_teardown(with_only_the_root_in_common_they_are_absolute, setup, teardown),
        cmocka_unit_test_setup_teardown(relative_arguments_start_from_the_current_folder, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
