/* Numbers in Chinese and Arabic, page numbers with section letters, and digits that recognition confuses. */
#include "numerals.h"

#include "maker.h"
#include "runes.h"

static struct bi_arena arena;

static long number(const char *text)
{
    struct st_runes runes = st_runes_folded(&arena, text);
    return st_number_parse(runes.data, runes.count);
}

static double folio(const char *text, struct st_folio *out)
{
    struct st_runes runes = st_runes_folded(&arena, text);
    *out = (struct st_folio){0, 0};
    return st_folio_parse(runes.data, runes.count, out);
}

static void reads_chinese_numerals_to_twenty_four(void **state)
{
    (void)state;
    static const char *const numerals[] = {"一",   "二",   "三",     "四",     "五",     "六",
                                           "七",   "八",   "九",     "十",     "十一",   "十二",
                                           "十三", "十四", "十五",   "十六",   "十七",   "十八",
                                           "十九", "二十", "二十一", "二十二", "二十三", "二十四"};
    for (size_t i = 0; i < 24; i++)
        assert_int_equal(number(numerals[i]), i + 1);
    assert_int_equal(number("廿四"), 24);
    assert_int_equal(number("二四"), 24);
    assert_int_equal(number("一千四百九十五"), 1495);
    assert_int_equal(number("１４９５"), 1495);
    assert_int_equal(number("三版"), 0);
    assert_int_equal(number("1二"), 0);
}

static void reads_sections_from_a1_to_d8(void **state)
{
    (void)state;
    for (char letter = 'A'; letter <= 'D'; letter++)
        for (int page = 1; page <= 8; page++) {
            char text[16];
            struct st_folio read;
            snprintf(text, sizeof text, "%c%d", letter, page);
            assert_true(folio(text, &read) >= 0);
            assert_int_equal(read.letter, letter);
            assert_int_equal(read.number, page);
        }
    struct st_folio read;
    assert_true(folio("P4", &read) >= 0);
    assert_int_equal(read.letter, 0);
    assert_int_equal(read.number, 4);
}

static void doubts_confused_digits(void **state)
{
    (void)state;
    struct st_folio read;
    assert_true(folio("12", &read) < 0.01 && folio("12", &read) >= 0);
    assert_true(folio("l2", &read) > 0.1);
    assert_int_equal(read.number, 12);
    assert_true(folio("O3", &read) > 0.1);
    assert_int_equal(read.number, 3);
    assert_true(folio("0", &read) < 0);
    assert_true(folio("999", &read) < 0);
    assert_true(folio("天", &read) < 0);
    assert_true(folio("", &read) < 0);
}

static void knows_which_numbers_look_alike(void **state)
{
    (void)state;
    assert_true(st_number_confusable(1, 7));
    assert_true(st_number_confusable(3, 8));
    assert_true(st_number_confusable(13, 18));
    assert_false(st_number_confusable(2, 4));
    assert_true(st_number_confusable(1, 14));
    assert_false(st_number_confusable(2, 14));
    assert_false(st_number_confusable(1, 114));
}

static int tear_down(void **state)
{
    (void)state;
    bi_arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_chinese_numerals_to_twenty_four),
        cmocka_unit_test(reads_sections_from_a1_to_d8),
        cmocka_unit_test(doubts_confused_digits),
        cmocka_unit_test(knows_which_numbers_look_alike),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
