/* Dates. */
#include "base/date.h"

#include <stddef.h>

#include "unit.h"

static void dates_are_days_and_back(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        int day;
    } CASES[] = {{"1970-01-01", 0},
                 {"1969-12-31", -1},
                 {"2025-07-04", 20273},
                 {"1912-02-29", -21126},
                 {"2000-02-29", 11016}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int day;
        char date[BI_DATE_CHARS];
        assert_true(bi_date_parse(CASES[i].date, &day));
        assert_int_equal(day, CASES[i].day);
        bi_date_format(day, date);
        assert_string_equal(date, CASES[i].date);
    }
}

static void dates_are_those_of_the_calendar(void **state)
{
    (void)state;
    static const char *const NONE[] = {"",           "2025",       "2025-6-20",  "2025-06-20b", "20250620",
                                       "2025-02-29", "1900-02-29", "2025-13-01", "2025-04-31",  "2025-00-10",
                                       "2025-01-00", "2025- 6-20", "星期五"};
    for (size_t i = 0; i < sizeof NONE / sizeof *NONE; i++)
        assert_false(bi_date_parse(NONE[i], NULL));
    assert_true(bi_date_parse("2024-02-29", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_days_and_back),
        cmocka_unit_test(dates_are_those_of_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
