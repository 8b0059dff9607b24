/* Folding: what search takes for the same, and the rule that a text folds character by character. */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "fold.h"
#include "unit.h"

static void expect_fold(const char *text, const char *folded)
{
    BI_CLEANUP(bi_text_release) struct bi_text out = {0};
    bi_fold_text(&out, text, strlen(text));
    assert_string_equal(bi_text_get(&out), folded);
}

static void width_and_case_make_no_difference(void **state)
{
    (void)state;
    expect_fold("ＡＢＣ１２３（％）", "abc123(%)");
    expect_fold("Debian GNU", "debiangnu");
    expect_fold("ΣΑΣ Straße", "σασstrasse");
}

static void compatibility_characters_are_taken_apart(void **state)
{
    (void)state;
    expect_fold("㎡①ﬁ…", "m21fi...");
}

static void white_space_and_invisible_characters_are_dropped(void **state)
{
    (void)state;
    expect_fold(" 下\t转\n第　３ 版\u200b\u00ad\ufeff", "下转第3版");
    expect_fold("葛\U000e0100", "葛");
    expect_fold("\x01\x7f", "");
}

static void traditional_becomes_simplified(void **state)
{
    (void)state;
    expect_fold("臺灣國學，鐘錶", "台湾国学,钟表");
    expect_fold("薴", "苎");
    expect_fold("简体不变", "简体不变");
}

static void rare_han_and_emoji_stay(void **state)
{
    (void)state;
    expect_fold("𠮷野家😀", "𠮷野家😀");
}

static void broken_bytes_are_skipped(void **state)
{
    (void)state;
    expect_fold("上\xff\xe6\xb5海\xe6", "上海");
}

static void every_code_point_folds_within_the_limit_and_folding_again_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t rune = 1; rune < 0x110000; rune++) {
        if (rune >= 0xD800 && rune < 0xE000)
            continue;
        uint32_t once[BI_FOLD_MAX], twice[BI_FOLD_MAX];
        size_t count = bi_fold_rune(rune, once);
        assert_true(count <= BI_FOLD_MAX);
        for (size_t i = 0; i < count; i++)
            if (bi_fold_rune(once[i], twice) != 1 || twice[0] != once[i])
                fail_msg("U+%04X folds to U+%04X, which folds on", rune, once[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(width_and_case_make_no_difference),
        cmocka_unit_test(compatibility_characters_are_taken_apart),
        cmocka_unit_test(white_space_and_invisible_characters_are_dropped),
        cmocka_unit_test(traditional_becomes_simplified),
        cmocka_unit_test(rare_han_and_emoji_stay),
        cmocka_unit_test(broken_bytes_are_skipped),
        cmocka_unit_test(every_code_point_folds_within_the_limit_and_folding_again_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
