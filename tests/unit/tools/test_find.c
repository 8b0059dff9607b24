/* Which folders are issues. */
#include "run/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "unit.h"

static char root[] = "/tmp/test_find.XXXXXX";

static void make(const char *path)
{
    struct bi_arena arena = {0};
    char *whole = bi_path_join(&arena, root, path);
    assert_int_equal(bi_path_make(bi_path_dir(&arena, whole), NULL), 0);
    if (path[strlen(path) - 1] == '/')
        mkdir(whole, 0777);
    else
        assert_int_equal(bi_file_write(whole, "x", 1, NULL), 0);
    bi_arena_release(&arena);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(root))
        return -1;
    make("scans/README.md");
    make("scans/.hidden/2025-01-01/p1.tif");
    make("scans/linjiang/title.ini");
    make("scans/linjiang/2025-07-11/p1.TIF");
    make("scans/linjiang/2025-07-04/p1.jpg");
    make("scans/linjiang/2025-07-04/p2.JPEG");
    make("scans/linjiang/2025-07-04/notes.txt");
    make("scans/linjiang/2025-07-18/");
    make("scans/a b/10/1.png");
    make("scans/a b/9/1.png");
    make("deep/1/2/3/4.tif");
    make("other/linjiang/2025-07-04/p1.tif");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    return system(command);
}

/* The found issues as "title/date:images …". */
static void assert_finds(const char *const *below, size_t below_count, const char *expected)
{
    struct bi_arena arena = {0};
    char **scans = bi_arena_array(&arena, below_count, sizeof *scans);
    for (size_t i = 0; i < below_count; i++)
        scans[i] = bi_path_join(&arena, root, below[i]);
    struct run_place *places;
    size_t count;
    struct bi_error err = {0};
    struct bi_text found = {0};
    if (run_find(&arena, scans, below_count, &places, &count, &err) != 0)
        bi_text_printf(&found, "error %d", (int)err.kind);
    else
        for (size_t i = 0; i < count; i++)
            bi_text_printf(&found, "%s%s/%s:%d", i ? " " : "", places[i].title, places[i].date,
                           places[i].images);
    assert_string_equal(bi_text_get(&found), expected);
    bi_text_release(&found);
    bi_arena_release(&arena);
}

#define FINDS(expected, ...)                                                                                 \
    do {                                                                                                     \
        const char *const below[] = {__VA_ARGS__};                                                           \
        assert_finds(below, sizeof below / sizeof *below, expected);                                         \
    } while (0)

static void root_title_and_issue_are_taken(void **state)
{
    (void)state;
    FINDS("a b/9:1 a b/10:1 linjiang/2025-07-04:2 linjiang/2025-07-11:1 linjiang/2025-07-18:0", "scans");
    FINDS("linjiang/2025-07-04:2 linjiang/2025-07-11:1 linjiang/2025-07-18:0", "scans/linjiang");
    FINDS("linjiang/2025-07-04:2", "scans/linjiang/2025-07-04/");
}

static void a_folder_without_images_is_an_issue_for_intake_to_refuse(void **state)
{
    (void)state;
    FINDS("linjiang/2025-07-18:0", "scans/linjiang/2025-07-18");
}

static void an_issue_given_twice_counts_once(void **state)
{
    (void)state;
    FINDS("a b/9:1 a b/10:1", "scans/a b", "scans/a b/9");
}

static void two_issues_with_one_name_are_refused(void **state)
{
    (void)state;
    FINDS("error 2", "scans", "other");
}

static void a_missing_folder_or_one_without_issues_is_bad_input(void **state)
{
    (void)state;
    FINDS("error 3", "nowhere");
    FINDS("error 3", "deep");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(root_title_and_issue_are_taken),
        cmocka_unit_test(a_folder_without_images_is_an_issue_for_intake_to_refuse),
        cmocka_unit_test(an_issue_given_twice_counts_once),
        cmocka_unit_test(two_issues_with_one_name_are_refused),
        cmocka_unit_test(a_missing_folder_or_one_without_issues_is_bad_input),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
