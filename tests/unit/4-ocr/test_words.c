/* How much a text looks like words. */
#include <string.h>

#include "base/text.h"
#include "unit.h"
#include "words.h"

static const char TABLE[] =
    "一\t900\n人\t500\n入\t400\n口\t300\n人口\t200\n入口\t20\n清\t50\n晨\t40\n展\t60\n清晨\t80\n";

static struct words *table(void)
{
    struct words *words;
    assert_int_equal(words_parse("words.txt", TABLE, strlen(TABLE), &words, NULL), 0);
    return words;
}

static double score(const struct words *words, const char *text)
{
    uint32_t runes[32];
    size_t count = 0;
    while (*text)
        runes[count++] = bi_rune_next(&text);
    return words_score(words, runes, count);
}

static void a_word_is_likelier_than_its_characters(void **state)
{
    (void)state;
    struct words *words = table();
    assert_true(score(words, "清晨") > score(words, "清展"));
    assert_true(score(words, "一清晨一") > score(words, "一清展一"));
    assert_true(score(words, "人口") > score(words, "入口"));
    assert_true(score(words, "展") > score(words, "晨"));  /* alone it is the likelier one */
    assert_true(score(words, "晨") > score(words, "鹭"));  /* in no word */
    assert_true(score(words, "鹭") == score(words, "鹮")); /* nothing is known of either */
    words_free(words);
}

static void latin_and_numbers_are_not_judged(void **state)
{
    (void)state;
    struct words *words = table();
    assert_true(score(words, "gcc") == score(words, "9cc"));
    assert_true(score(words, "12") == score(words, "13"));
    assert_true(score(words, "1.2") == score(words, "1-2"));
    assert_true(score(words, "") == 0);
    words_free(words);
}

static void a_point_after_chinese_is_no_punctuation(void **state)
{
    (void)state;
    struct words *words = table();
    assert_true(score(words, "清晨。") > score(words, "清晨."));
    assert_true(score(words, "清晨，人") > score(words, "清晨、人"));
    words_free(words);
}

static void what_is_no_table_is_refused_with_its_line(void **state)
{
    (void)state;
    static const char *const BAD[] = {"一\t1\n人\n", "一\t1\n\t5\n", "一\t1\n人\t-1\n", "一\t1\n人\tx\n",
                                      "一\t1\n人\t2"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        struct words *words;
        struct bi_error err;
        assert_int_equal(words_parse("words.txt", BAD[i], strlen(BAD[i]), &words, &err), -1);
        assert_int_equal(err.kind, BI_EXIT_MACHINE);
        assert_non_null(strstr(err.text, "words.txt: line 2 "));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_likelier_than_its_characters),
        cmocka_unit_test(latin_and_numbers_are_not_judged),
        cmocka_unit_test(a_point_after_chinese_is_no_punctuation),
        cmocka_unit_test(what_is_no_table_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
