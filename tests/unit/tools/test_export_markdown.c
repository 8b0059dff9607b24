/* Text as Markdown that shows it as it is. */
#include <string.h>

#include "export/text/markdown.h"
#include "unit.h"

static void assert_markdown(const char *text, const char *expected)
{
    struct bi_text out = {0};
    export_markdown_add(&out, text);
    assert_string_equal(bi_text_get(&out), expected);
    bi_text_release(&out);
}

static void text_without_marks_stays(void **state)
{
    (void)state;
    assert_markdown("", "");
    assert_markdown("老菜场改造７个月，用上了Linux - 1.5倍。", "老菜场改造７个月，用上了Linux - 1.5倍。");
}

static void marks_are_escaped_where_they_stand(void **state)
{
    (void)state;
    assert_markdown("*a*_b_[c](d)<e>`f`\\&amp;~~g~~|",
                    "\\*a\\*\\_b\\_\\[c\\](d)\\<e\\>\\`f\\`\\\\\\&amp;\\~\\~g\\~\\~\\|");
}

static void what_begins_a_line_is_escaped_there_only(void **state)
{
    (void)state;
    assert_markdown("# 1", "\\# 1");
    assert_markdown("一#", "一#");
    assert_markdown("- a - b", "\\- a - b");
    assert_markdown("+", "\\+");
    assert_markdown("===", "\\===");
    assert_markdown("1. 一", "1\\. 一");
    assert_markdown("12)一", "12\\)一");
    assert_markdown("2025年1.5", "2025年1.5");
    assert_markdown("12", "12");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_without_marks_stays),
        cmocka_unit_test(marks_are_escaped_where_they_stand),
        cmocka_unit_test(what_begins_a_line_is_escaped_there_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
