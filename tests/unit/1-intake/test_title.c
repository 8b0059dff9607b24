/* title.ini, and the names that issue.json carries. */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "page/issue.h"
#include "title.h"
#include "unit.h"

static int parse(struct bi_issue *issue, const char *text, struct bi_error *err)
{
    return title_parse(issue, "title.ini", text, strlen(text), err);
}

static void test_settings_with_comments_bom_and_indents(void **state)
{
    (void)state;
    BI_CLEANUP(bi_issue_release) struct bi_issue issue = {0};
    assert_int_equal(
        parse(&issue,
              "\xef\xbb\xbf[title]\r\npaper = 临江新报   ; as printed\r\n"
              "\n[sections]\n  1 = 要闻\n  2 = 综合\n# a comment\n[jumps]\nto = 接第N版\nto = 转N版\n",
              NULL),
        0);
    assert_string_equal(bi_issue_setting(&issue, "title", "paper"), "临江新报");
    assert_string_equal(bi_issue_setting(&issue, "sections", "1"), "要闻");
    assert_string_equal(bi_issue_setting(&issue, "sections", "2"), "综合");
    assert_string_equal(bi_issue_setting(&issue, "jumps", "to"), "接第N版");
    assert_int_equal(issue.setting_count, 5);
    assert_string_equal(issue.settings[4].value, "转N版");
}

static void test_the_file_read_first_wins_name_by_name(void **state)
{
    (void)state;
    BI_CLEANUP(bi_issue_release) struct bi_issue issue = {0};
    assert_int_equal(parse(&issue, "[title]\npaper = 晨报\n", NULL), 0);
    assert_int_equal(parse(&issue, "[title]\npaper = 晚报\n[sections]\n1 = 要闻\n", NULL), 0);
    assert_int_equal(issue.setting_count, 2);
    assert_string_equal(bi_issue_setting(&issue, "title", "paper"), "晨报");
    assert_string_equal(bi_issue_setting(&issue, "sections", "1"), "要闻");
}

static void test_faults_name_their_line(void **state)
{
    (void)state;
    char longer[400] = "[title]\n\npaper = ";
    memset(longer + strlen(longer), 'x', 250);
    const struct {
        const char *text, *message;
    } cases[] = {
        {"[title]\npaper\n", "title.ini: line 2 "},
        {"paper = 晨报\n", "title.ini: line 1 "},
        {"[title]\n\n\n[sections\n1 = a\n", "title.ini: line 4 "},
        {"[title]\npaper = \xff\xfe\n", "title.ini: line 2 is not UTF-8"},
        {longer, "title.ini: line 3 is longer"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BI_CLEANUP(bi_issue_release) struct bi_issue issue = {0};
        struct bi_error err = {0};
        assert_int_equal(parse(&issue, cases[i].text, &err), -1);
        assert_int_equal(err.kind, BI_EXIT_INPUT);
        if (!strstr(err.text, cases[i].message))
            fail_msg("%s is not %s…", err.text, cases[i].message);
    }
}

static void test_names_of_any_bytes_come_back(void **state)
{
    (void)state;
    static const struct {
        const char *name, *escaped;
    } cases[] = {
        {"p01.jpg", "p01.jpg"},
        {"第1版.tif", "第1版.tif"},
        {"100% 50%a %zz", "100% 50%a %zz"},
        {"\xff\xfe.tif", "%FF%FE.tif"},
        {"a%41b", "a%2541b"},
        {"\xb5\xda"
         "1\xb0\xe6.tif",
         "%B5%DA1%B0%E6.tif"},
        {"%25", "%2525"},
        {"cut \xe7\xac", "cut %E7%AC"},
    };
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *escaped = bi_name_escape(&arena, cases[i].name);
        assert_string_equal(escaped, cases[i].escaped);
        assert_string_equal(bi_name_unescape(&arena, escaped), cases[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings_with_comments_bom_and_indents),
        cmocka_unit_test(test_the_file_read_first_wins_name_by_name),
        cmocka_unit_test(test_faults_name_their_line),
        cmocka_unit_test(test_names_of_any_bytes_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
