/* Datelines: who says so at the beginning of an article. */
#include "stitch.h"
#include "unit.h"

static void assert_dateline(const char *text, const char *expected)
{
    struct bi_arena arena = {0};
    char *found = st_dateline(&arena, text);
    if (expected)
        assert_string_equal(found ? found : "(none)", expected);
    else
        assert_null(found);
    bi_arena_release(&arena);
}

static void a_dateline_ends_with_its_bracket(void **state)
{
    (void)state;
    assert_dateline("本报讯(记者 沈若溪)昨日，", "本报讯(记者 沈若溪)");
    assert_dateline("新华社北京７月４日电（记者张三）国务院", "新华社北京７月４日电（记者张三）");
    assert_dateline("本报讯昨日，老菜场(南门)开张。", "本报讯");
    assert_dateline("昨日，本报讯(记者 沈若溪)", NULL);
}

static void one_cut_in_two_is_one(void **state)
{
    (void)state;
    assert_dateline("本报讯(记者\n程远)一台机器人", "本报讯(记者程远)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dateline_ends_with_its_bracket),
        cmocka_unit_test(one_cut_in_two_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
