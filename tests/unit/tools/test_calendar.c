/* Gaps in a paper's calendar. */
#include "archive/calendar.h"

#include "base/date.h"
#include "base/text.h"
#include "unit.h"

#define MOST 400

static struct archive_day issues[MOST];
static size_t issue_count;

static void add(const char *date, int total, int number)
{
    assert_true(bi_date_parse(date, &issues[issue_count].day));
    issues[issue_count].total = total;
    issues[issue_count++].number = number;
}

static void add_day(int day)
{
    issues[issue_count++] = (struct archive_day){.day = day};
}

/* The gaps as "after before missing: days", one a line. */
static void expect(const char *expected)
{
    struct bi_arena arena = {0};
    struct bi_text text = {0};
    size_t count;
    struct archive_gap *gaps = archive_calendar_gaps(&arena, issues, issue_count, &count);
    for (size_t i = 0; i < count; i++) {
        char a[BI_DATE_CHARS], b[BI_DATE_CHARS];
        bi_date_format(issues[gaps[i].after].day, a);
        bi_date_format(issues[gaps[i].after + 1].day, b);
        bi_text_printf(&text, "%s %s %d %s:", a, b, gaps[i].missing, gaps[i].by_number ? "number" : "days");
        for (int k = 0; gaps[i].days && k < gaps[i].missing; k++) {
            bi_date_format(gaps[i].days[k], a);
            bi_text_printf(&text, " %s", a);
        }
        bi_text_add(&text, "\n");
    }
    assert_string_equal(bi_text_get(&text), expected);
    bi_text_release(&text);
    bi_arena_release(&arena);
    issue_count = 0;
}

static void a_weekly_paper_lacks_a_week(void **state)
{
    (void)state;
    add("2025-06-20", 0, 0);
    add("2025-06-27", 0, 0);
    add("2025-07-11", 0, 0);
    expect("2025-06-27 2025-07-11 1 days: 2025-07-04\n");
    add("2025-06-20", 0, 0);
    add("2025-06-27", 0, 0);
    add("2025-08-01", 0, 0);
    expect("2025-06-27 2025-08-01 4 days: 2025-07-04 2025-07-11 2025-07-18 2025-07-25\n");
}

static void numbers_decide_over_days(void **state)
{
    (void)state;
    /* A holiday: nothing is missing. */
    add("2025-06-20", 1493, 0);
    add("2025-06-27", 1494, 0);
    add("2025-07-11", 1495, 0);
    expect("");
    /* An extra: more is missing than there are usual days. */
    add("2025-06-20", 1493, 0);
    add("2025-06-27", 1494, 0);
    add("2025-07-11", 1497, 0);
    expect("2025-06-27 2025-07-11 2 number:\n");
    /* The number of the year, but not over its end; one misread says nothing. */
    add("2024-12-13", 0, 50);
    add("2024-12-27", 0, 52);
    add("2025-01-10", 0, 2);
    expect("2024-12-13 2024-12-27 1 number:\n");
    add("2025-06-20", 1493, 0);
    add("2025-06-27", 9494, 0);
    add("2025-07-11", 1496, 0);
    expect("2025-06-27 2025-07-11 1 days: 2025-07-04\n");
}

static void every_rhythm_is_its_own(void **state)
{
    (void)state;
    int first;
    assert_true(bi_date_parse("2025-03-03", &first)); /* a Monday */
    /* Every day but Sunday, one Wednesday lost. */
    for (int day = 0; day < 70; day++)
        if (day % 7 != 6 && day != 37)
            add_day(first + day);
    expect("2025-04-08 2025-04-10 1 days: 2025-04-09\n");
    /* Every other Friday, and three times a month: no gap. */
    for (int week = 0; week < 20; week += 2)
        add_day(first + 7 * week + 4);
    expect("");
    for (int day = 0; day < 300; day += 10)
        add_day(first + day);
    expect("");
    /* From a weekly to a daily paper. */
    for (int day = 0; day < 120; day++)
        if (day % 7 == 0 || day > 60)
            add_day(first + day);
    expect("");
}

static void few_issues_have_no_rhythm(void **state)
{
    (void)state;
    expect("");
    add("2025-06-20", 0, 0);
    expect("");
    add("2025-06-20", 0, 0);
    add("2025-07-04", 0, 0);
    expect("");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_weekly_paper_lacks_a_week),
        cmocka_unit_test(numbers_decide_over_days),
        cmocka_unit_test(every_rhythm_is_its_own),
        cmocka_unit_test(few_issues_have_no_rhythm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
