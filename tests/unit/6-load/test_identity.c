/* Identity over reruns. */
#include "identity.h"
#include "unit.h"

static const struct bi_box LEFT = {0, 0, 100, 200}, RIGHT = {200, 0, 100, 200};

static void a_page_is_its_scan_wherever_it_stands(void **state)
{
    (void)state;
    const struct load_page_face old[] = {{1, "aa", 0}, {2, "bb", 0}};
    const struct load_page_face new[] = {{1, "cc", 0}, {2, "aa", 0}, {3, "bb", 0}};
    long match[3];
    load_match_pages(old, 2, new, 3, match);
    assert_int_equal(match[0], -1);
    assert_int_equal(match[1], 0);
    assert_int_equal(match[2], 1);
}

static void a_page_scanned_again_is_matched_by_frame(void **state)
{
    (void)state;
    const struct load_page_face old[] = {{1, "aa", 0}, {2, "bb", 0}};
    const struct load_page_face new[] = {{1, "xx", 0}, {2, "bb", 0}};
    long match[2];
    load_match_pages(old, 2, new, 2, match);
    assert_int_equal(match[0], 0);
    assert_int_equal(match[1], 1);
}

static void images_of_one_file_are_told_apart(void **state)
{
    (void)state;
    const struct load_page_face old[] = {{1, "aa", 0}, {2, "aa", 1}};
    const struct load_page_face new[] = {{1, "aa", 1}, {2, "aa", 0}};
    long match[2];
    load_match_pages(old, 2, new, 2, match);
    assert_int_equal(match[0], 1);
    assert_int_equal(match[1], 0);
}

static void an_article_is_known_by_its_text_in_any_order(void **state)
{
    (void)state;
    const struct load_article_face old[] = {{"甲", "今年年初全区排定项目", 1, {0, 0, 100, 200}},
                                            {"乙", "晚上九点半食堂的灯还亮着", 1, {200, 0, 100, 200}}};
    const struct load_article_face new[] = {{"乙", "晚上九点半食堂的灯还亮着", 1, {200, 0, 100, 200}},
                                            {"丙", "汛期来临之前主管道贯通", 2, {0, 0, 100, 200}},
                                            {"甲", "今年年初全区排定项目", 1, {0, 0, 100, 200}}};
    long match[3];
    load_match_articles(old, 2, new, 3, match);
    assert_int_equal(match[0], 1);
    assert_int_equal(match[1], -1);
    assert_int_equal(match[2], 0);
}

static void an_article_recognised_better_is_still_the_same(void **state)
{
    (void)state;
    const struct load_article_face old[] = {
        {"社区食堂的打", "晚土九点半枫林路社区食堂的灯述亮着窗口里", 1, LEFT},
        {"别的", "今年年初全区排定四十二个民生实事项目", 1, RIGHT}};
    const struct load_article_face new[] = {
        {"别的", "今年年初全区排定四十二个民生实事项目", 1, RIGHT},
        {"社区食堂的灯", "晚上九点半枫林路社区食堂的灯还亮着窗口里", 1, LEFT}};
    long match[2];
    load_match_articles(old, 2, new, 2, match);
    assert_int_equal(match[0], 1);
    assert_int_equal(match[1], 0);
}

static void without_text_only_the_place_tells(void **state)
{
    (void)state;
    const struct load_article_face old[] = {{"", "", 1, LEFT}, {"", "", 1, RIGHT}};
    const struct load_article_face new[] = {{"", "", 1, {198, 3, 100, 200}}, {"", "", 2, LEFT}};
    long match[2];
    load_match_articles(old, 2, new, 2, match);
    assert_int_equal(match[0], 1);
    assert_int_equal(match[1], -1);
}

static void headlines_alone_do_not_make_strangers_alike(void **state)
{
    (void)state;
    const struct load_article_face old[] = {{"天气预报", "", 1, LEFT}};
    const struct load_article_face new[] = {{"招聘启事", "", 3, RIGHT}};
    long match[1];
    load_match_articles(old, 1, new, 1, match);
    assert_int_equal(match[0], -1);
}

static void nothing_matches_nothing(void **state)
{
    (void)state;
    const struct load_article_face new[] = {{"甲", "乙", 1, LEFT}};
    long match[1];
    load_match_articles(NULL, 0, new, 1, match);
    assert_int_equal(match[0], -1);
    load_match_articles(new, 1, NULL, 0, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_its_scan_wherever_it_stands),
        cmocka_unit_test(a_page_scanned_again_is_matched_by_frame),
        cmocka_unit_test(images_of_one_file_are_told_apart),
        cmocka_unit_test(an_article_is_known_by_its_text_in_any_order),
        cmocka_unit_test(an_article_recognised_better_is_still_the_same),
        cmocka_unit_test(without_text_only_the_place_tells),
        cmocka_unit_test(headlines_alone_do_not_make_strangers_alike),
        cmocka_unit_test(nothing_matches_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
