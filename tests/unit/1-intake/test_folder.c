/* Which files of a folder are scans, in what order, and what its name says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "folder.h"
#include "unit.h"

static char root[] = "/tmp/backissue-intake-XXXXXX";

static void put(const char *name, const char *data, size_t size)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(data, 1, size, out), size);
    fclose(out);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(root) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[400];
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    return system(command);
}

static void test_scans_in_natural_order_and_nothing_else(void **state)
{
    (void)state;
    char path[300];
    put("p10.tif", "x", 1);
    put("p2.TIF", "x", 1);
    put("-p1 \"'\n.jpg", "x", 1);
    put("scan", "\xff\xd8\xff\xe0 a JPEG by its contents", 20);
    put("p3.bmp", "BM", 2);
    put("notes.txt", "x", 1);
    put("title.ini", "x", 1);
    put("Thumbs.db", "x", 1);
    put("empty", "", 0);
    put(".hidden.tif", "x", 1);
    snprintf(path, sizeof path, "%s/p5.tif", root);
    assert_int_equal(mkdir(path, 0777), 0);
    snprintf(path, sizeof path, "%s/fifo", root);
    assert_int_equal(mkfifo(path, 0666), 0);
    snprintf(path, sizeof path, "%s/p4.png", root);
    assert_int_equal(symlink("nowhere", path), 0);

    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    char **names;
    size_t count;
    assert_int_equal(folder_list(&arena, root, &names, &count, NULL), 0);
    static const char *const want[] = {"-p1 \"'\n.jpg", "p2.TIF", "p3.bmp", "p4.png", "p10.tif", "scan"};
    assert_int_equal(count, sizeof want / sizeof *want);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(names[i], want[i]);
}

static void test_a_missing_folder_is_named(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    char **names;
    size_t count;
    struct bi_error err = {0};
    assert_int_equal(folder_list(&arena, "/nowhere/2025-01-01", &names, &count, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    assert_non_null(strstr(err.text, "/nowhere/2025-01-01: "));
}

static void test_names_come_from_the_real_path(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    char *issue, *title;
    assert_int_equal(folder_names(&arena, "/usr/../usr/share/./", &issue, &title, NULL), 0);
    assert_string_equal(issue, "share");
    assert_string_equal(title, "usr");
    assert_int_equal(folder_names(&arena, "/", &issue, &title, NULL), 0);
    assert_string_equal(issue, "");
    assert_string_equal(title, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scans_in_natural_order_and_nothing_else),
        cmocka_unit_test(test_a_missing_folder_is_named),
        cmocka_unit_test(test_names_come_from_the_real_path),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
