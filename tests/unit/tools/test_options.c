/* Lists of pages. */
#include "run/options.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "unit.h"

/* The ranges as "first-last …", or "error". */
static void assert_pages(const char *text, const char *expected)
{
    struct bi_arena arena = {0};
    struct run_range *ranges;
    size_t count;
    struct bi_error err;
    struct bi_text found = {0};
    if (run_options_pages(&arena, text, &ranges, &count, &err) != 0) {
        assert_int_equal(err.kind, BI_EXIT_USAGE);
        bi_text_add(&found, "error");
    } else {
        for (size_t i = 0; i < count; i++)
            bi_text_printf(&found, "%s%d-%d", i ? " " : "", ranges[i].first, ranges[i].last);
    }
    assert_string_equal(bi_text_get(&found), expected);
    bi_text_release(&found);
    bi_arena_release(&arena);
}

static void lists_and_ranges(void **state)
{
    (void)state;
    assert_pages("3", "3-3");
    assert_pages("1,4-6", "1-1 4-6");
    assert_pages("12-12,1", "12-12 1-1");
}

static void anything_else_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",   "0",   "-1",    "+1", " 1",  "1,",     ",1",
                                        "1-", "2-1", "1-2-3", "a",  "1.5", "9999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_pages(wrong[i], "error");
}

static void without_a_list_every_page_is_wanted(void **state)
{
    (void)state;
    struct run_range ranges[] = {{2, 3}, {7, 7}};
    struct run_options some = {.pages = ranges, .page_count = 2}, all = {0};
    assert_true(run_options_wants(all.pages, all.page_count, 1));
    assert_false(run_options_wants(some.pages, some.page_count, 1));
    assert_true(run_options_wants(some.pages, some.page_count, 2));
    assert_true(run_options_wants(some.pages, some.page_count, 3));
    assert_false(run_options_wants(some.pages, some.page_count, 6));
    assert_true(run_options_wants(some.pages, some.page_count, 7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_and_ranges),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(without_a_list_every_page_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
