/* The journal of executions: lines are added once, and a line that was not finished is no line. */
#include "run/journal.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "unit.h"

static char path[] = "/tmp/test_journal.XXXXXX";

static void expect(const char *text)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    assert_int_equal(bi_file_read(path, 1000, true, &data, &size, NULL), 0);
    assert_string_equal(data, text);
}

static void every_line_is_there_once(void **state)
{
    (void)state;
    unlink(path);
    assert_int_equal(run_journal_add(path, "", NULL), 0);
    expect("");
    assert_int_equal(run_journal_add(path, "{1}\n", NULL), 0);
    assert_int_equal(run_journal_add(path, "{1}\n{2}\n", NULL), 0);
    assert_int_equal(run_journal_add(path, "{2}\n{1}\n", NULL), 0);
    expect("{1}\n{2}\n");
}

static void what_is_left_of_a_line_goes(void **state)
{
    (void)state;
    assert_int_equal(bi_file_write(path, "{1}\n{2", 6, NULL), 0);
    assert_int_equal(run_journal_add(path, "{2}\n", NULL), 0);
    expect("{1}\n{2}\n");
    assert_int_equal(bi_file_write(path, "{1", 2, NULL), 0);
    assert_int_equal(run_journal_add(path, "{3}\n", NULL), 0);
    expect("{3}\n");
}

static void a_place_that_cannot_be_written_is_told(void **state)
{
    (void)state;
    struct bi_error err;
    assert_int_equal(run_journal_add("/proc/none/runs.jsonl", "{1}\n", &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INTERNAL);
}

int main(void)
{
    close(mkstemp(path));
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_is_there_once),
        cmocka_unit_test(what_is_left_of_a_line_goes),
        cmocka_unit_test(a_place_that_cannot_be_written_is_told),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
