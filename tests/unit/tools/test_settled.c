/* How long a folder of the inbox must have been left alone, as people write it. */
#include "run/settled.h"

#include "unit.h"

static void times_have_units(void **state)
{
    (void)state;
    assert_true(run_settled_parse("90") == 90);
    assert_true(run_settled_parse("90s") == 90);
    assert_true(run_settled_parse("10m") == 600);
    assert_true(run_settled_parse("1.5h") == 5400);
    assert_true(run_settled_parse("2d") == 172800);
    assert_true(run_settled_parse("0") == 0);
}

static void other_words_are_none(void **state)
{
    (void)state;
    static const char *const words[] = {"", "m", "-1", "10 m", "10min", "nan", "inf", "1e999", "+3"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(run_settled_parse(words[i]) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_have_units),
        cmocka_unit_test(other_words_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
