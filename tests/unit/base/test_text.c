#include <string.h>

#include "base/text.h"
#include "unit.h"

static void folded(const char *in, const char *want)
{
    struct bi_text out = {0};
    bi_text_fold(&out, in);
    assert_string_equal(bi_text_get(&out), want);
    bi_text_release(&out);
}

static void test_fold_makes_widths_case_and_spaces_equal(void **state)
{
    (void)state;
    folded("（下转第３版 ）", "(下转第3版)");
    folded("ＡＢＣ abc　Ｄ", "abcabcd");
    folded("", "");
    folded(" \n\t　", "");
}

static void test_fold_skips_broken_bytes(void **state)
{
    (void)state;
    folded("第\xff\xe4版", "第版");
    folded("\xe4\xb8", "");
}

static void test_rune_next_walks_and_stops(void **state)
{
    (void)state;
    const char *s = "a中𠮷";
    assert_int_equal(bi_rune_next(&s), 'a');
    assert_int_equal(bi_rune_next(&s), 0x4E2D);
    assert_int_equal(bi_rune_next(&s), 0x20BB7);
    assert_int_equal(bi_rune_next(&s), 0);
    assert_int_equal(bi_rune_next(&s), 0);
    assert_int_equal(bi_rune_count("中文abc"), 5);
}

static void test_rune_next_never_reads_past_a_cut_character(void **state)
{
    (void)state;
    char cut[] = {'\xe4', '\xb8', '\0', '\xad', '\0'};
    const char *s = cut;
    assert_int_equal(bi_rune_next(&s), 0xFFFD);
    assert_int_equal(bi_rune_next(&s), 0xFFFD);
    assert_int_equal(bi_rune_next(&s), 0);
}

static void test_validity(void **state)
{
    (void)state;
    assert_true(bi_utf8_valid("中文", 6));
    assert_false(bi_utf8_valid("中文", 5));
    assert_false(bi_utf8_valid("a\0b", 3));
    assert_true(bi_utf8_valid("", 0));
}

/* The short way through ordinary characters gives what Unicode's tables give: a ligature beside it makes any
 * text take the long way. */
static void test_fold_is_the_same_both_ways(void **state)
{
    (void)state;
    struct bi_text alone = {0}, beside = {0}, in = {0};
    for (uint32_t rune = 1; rune < 0x10000; rune++) {
        if (rune >= 0xD800 && rune < 0xE000)
            continue;
        bi_text_clear(&in);
        bi_text_clear(&alone);
        bi_text_clear(&beside);
        bi_text_add_rune(&in, rune);
        bi_text_fold(&alone, bi_text_get(&in));
        bi_text_add(&in, "\xEF\xAC\x81"); /* fi */
        bi_text_fold(&beside, bi_text_get(&in));
        assert_true(beside.length >= 2);
        assert_int_equal(alone.length, beside.length - 2);
        assert_memory_equal(bi_text_get(&alone), bi_text_get(&beside), alone.length);
    }
    bi_text_release(&in);
    bi_text_release(&alone);
    bi_text_release(&beside);
}

static void test_classes(void **state)
{
    (void)state;
    assert_true(bi_rune_is_han(0x4E00));
    assert_true(bi_rune_is_han(0x3007));
    assert_false(bi_rune_is_han('A'));
    assert_true(bi_rune_is_cjk(0xFF0C));
    assert_true(bi_rune_is_cjk(0x201C));
    assert_false(bi_rune_is_cjk('.'));
    assert_true(bi_rune_is_space(0x3000));
    assert_false(bi_rune_is_space('x'));
}

static void test_distance_counts_characters_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(bi_text_distance("下转第3版", "下转第3版"), 0);
    assert_int_equal(bi_text_distance("下转第3版", "下转弟3版"), 1);
    assert_int_equal(bi_text_distance("", "中文"), 2);
    assert_int_equal(bi_text_distance("上接一版", "接一版"), 1);
}

static void test_text_grows(void **state)
{
    (void)state;
    struct bi_text text = {0};
    assert_string_equal(bi_text_get(&text), "");
    for (int i = 0; i < 1000; i++)
        bi_text_printf(&text, "%d,", i);
    assert_int_equal(text.length, 3890);
    assert_int_equal(strlen(text.data), text.length);
    bi_text_clear(&text);
    bi_text_add_rune(&text, 0x7248);
    bi_text_add(&text, NULL);
    assert_string_equal(bi_text_get(&text), "版");
    bi_text_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold_makes_widths_case_and_spaces_equal),
        cmocka_unit_test(test_fold_skips_broken_bytes),
        cmocka_unit_test(test_fold_is_the_same_both_ways),
        cmocka_unit_test(test_rune_next_walks_and_stops),
        cmocka_unit_test(test_rune_next_never_reads_past_a_cut_character),
        cmocka_unit_test(test_validity),
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_distance_counts_characters_not_bytes),
        cmocka_unit_test(test_text_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
