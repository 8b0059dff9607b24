/* Lists of work for the tasks of Slurm jobs. */
#include "run/tasks.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/text.h"
#include "unit.h"

static char folder[] = "/tmp/backissue-tasks-XXXXXX";
static struct run_place places[] = {{.folder = "/scans/a paper/2025-07-04"},
                                    {.folder = "/scans/b\npaper/\xff\xfe"},
                                    {.folder = "/scans/c/3"}};

static int setup(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int teardown(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* Three pages of the first, which wait for deskew, one of the second, and the third waits to be stitched. */
static void fill(struct run_left *left)
{
    run_left_add(left, &places[2], 0, RUN_STITCH);
    run_left_add(left, &places[1], 7, RUN_OCR);
    run_left_add(left, &places[0], 5, RUN_DESKEW);
    run_left_add(left, &places[0], 1, RUN_DESKEW);
    run_left_add(left, &places[0], 3, RUN_DESKEW);
    run_left_sort(left);
}

static size_t write_lists(enum run_share share, size_t chunk, size_t max_tasks)
{
    struct run_left left = {0};
    struct bi_error err;
    size_t tasks;
    fill(&left);
    assert_int_equal(run_tasks_write(folder, share, &left, chunk, max_tasks, &tasks, &err), 0);
    run_left_release(&left);
    return tasks;
}

/* A list as "folder:first-last,…;…". */
static void assert_list(enum run_share share, long task, const char *expected)
{
    struct bi_arena arena = {0};
    struct run_place *found;
    size_t count;
    struct bi_error err;
    struct bi_text text = {0};
    assert_int_equal(run_tasks_read(&arena, folder, share, task, &found, &count, &err), 0);
    for (size_t i = 0; i < count; i++) {
        bi_text_printf(&text, "%s:", found[i].folder);
        for (size_t j = 0; j < found[i].page_count; j++)
            bi_text_printf(&text, "%d-%d,", found[i].pages[j].first, found[i].pages[j].last);
        bi_text_add(&text, ";");
    }
    assert_string_equal(bi_text_get(&text), expected);
    bi_text_release(&text);
    bi_arena_release(&arena);
}

static void pages_go_into_chunks_by_issue(void **state)
{
    (void)state;
    assert_int_equal(write_lists(RUN_SHARE_PAGES, 2, 100), 2);
    assert_list(RUN_SHARE_PAGES, 0, "/scans/a paper/2025-07-04:1-1,3-3,;");
    assert_list(RUN_SHARE_PAGES, 1, "/scans/a paper/2025-07-04:5-5,;/scans/b\npaper/\xff\xfe:7-7,;");
}

static void issues_whose_pages_are_read_are_stitched_and_loaded(void **state)
{
    (void)state;
    assert_int_equal(write_lists(RUN_SHARE_STITCH, 2, 100), 2);
    assert_list(RUN_SHARE_STITCH, 0, "/scans/a paper/2025-07-04:;/scans/b\npaper/\xff\xfe:;");
    assert_list(RUN_SHARE_STITCH, 1, "/scans/c/3:;");
    assert_int_equal(write_lists(RUN_SHARE_LOAD, 1000, 100), 1);
    assert_list(RUN_SHARE_LOAD, 0, "/scans/a paper/2025-07-04:;/scans/b\npaper/\xff\xfe:;/scans/c/3:;");
}

static void chunks_grow_where_an_array_has_too_few_tasks(void **state)
{
    (void)state;
    assert_int_equal(write_lists(RUN_SHARE_PAGES, 1, 2), 2);
    assert_list(RUN_SHARE_PAGES, 1, "/scans/a paper/2025-07-04:5-5,;/scans/b\npaper/\xff\xfe:7-7,;");
}

static void nothing_left_is_no_task(void **state)
{
    struct run_left left = {0};
    struct bi_error err;
    size_t tasks;
    (void)state;
    run_left_add(&left, &places[0], 0, RUN_LOAD);
    assert_int_equal(run_tasks_write(folder, RUN_SHARE_PAGES, &left, 5, 5, &tasks, &err), 0);
    assert_int_equal(tasks, 0);
    assert_int_equal(run_tasks_write(folder, RUN_SHARE_STITCH, &left, 5, 5, &tasks, &err), 0);
    assert_int_equal(tasks, 0);
    assert_int_equal(run_tasks_write(folder, RUN_SHARE_LOAD, &left, 5, 5, &tasks, &err), 0);
    assert_int_equal(tasks, 1);
    run_left_release(&left);
}

static void a_damaged_list_is_an_error(void **state)
{
    struct bi_arena arena = {0};
    struct run_place *found;
    size_t count;
    struct bi_error err;
    char path[64];
    (void)state;
    snprintf(path, sizeof path, "%s/pages.9", folder);
    assert_int_equal(bi_file_write(path, "/scans/a", 9, &err), 0);
    assert_int_equal(run_tasks_read(&arena, folder, RUN_SHARE_PAGES, 9, &found, &count, &err), -1);
    assert_int_equal(run_tasks_read(&arena, folder, RUN_SHARE_PAGES, 10, &found, &count, &err), -1);
    bi_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_go_into_chunks_by_issue),
        cmocka_unit_test(issues_whose_pages_are_read_are_stitched_and_loaded),
        cmocka_unit_test(chunks_grow_where_an_array_has_too_few_tasks),
        cmocka_unit_test(nothing_left_is_no_task),
        cmocka_unit_test(a_damaged_list_is_an_error),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
