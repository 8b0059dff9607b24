/* Progress: what of a line fits, and that a stream that is no terminal gets lines alone. */
#include "base/progress.h"

#include <stdlib.h>

#include "unit.h"

static void chinese_characters_take_two_columns(void **state)
{
    (void)state;
    assert_int_equal(bi_progress_fit("abc", 10), 3);
    assert_int_equal(bi_progress_fit("abc", 2), 2);
    assert_int_equal(bi_progress_fit("临江日报", 8), 12);
    assert_int_equal(bi_progress_fit("临江日报", 7), 9);
    assert_int_equal(bi_progress_fit("a临", 2), 1);
    assert_int_equal(bi_progress_fit("", 0), 0);
}

static void no_terminal_no_status(void **state)
{
    (void)state;
    char *text = NULL;
    FILE *stream = tmpfile();
    struct bi_progress progress;
    bi_progress_init(&progress, stream, true);
    bi_progress_status(&progress, "page 1 of 2");
    bi_progress_line(&progress, "p\n1 %s", "read");
    bi_progress_clear(&progress);
    rewind(stream);
    size_t capacity = 0;
    assert_true(getline(&text, &capacity, stream) > 0);
    assert_string_equal(text, "p?1 read\n");
    assert_int_equal(getline(&text, &capacity, stream), -1);
    free(text);
    fclose(stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_characters_take_two_columns),
        cmocka_unit_test(no_terminal_no_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
