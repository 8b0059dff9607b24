/* Articles on a page: which columns follow which headline, in the layouts that newspapers use. */
#include "maker.h"

static struct bi_issue issue;
static struct bi_page page;
static struct bi_articles articles;

/* Column positions of a grid. */
#define COLUMN(n) (200 + (n) * (MEASURE * EM + 50))

static int set_up(void **state)
{
    (void)state;
    make_issue(&issue, 1, "2025-07-04");
    make_page(&page);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bi_articles_release(&articles);
    bi_page_release(&page);
    bi_issue_release(&issue);
    return 0;
}

static void expect_body(const char *headline, const char *body)
{
    assert_string_equal(find_article(&articles, headline)->body, body);
}

#define FIRST "  一台小坦克缓缓驶入地下管|道，车头的六盏灯照亮了漆黑"
#define SECOND "的管壁，把画面传回地面来。|  过去检查管道，靠的是人下|井。"
#define WHOLE                                                                                                                                                  \
    "一台小坦克缓缓驶入地下管道，车头的六盏灯照亮了漆黑的管壁，把画面传回地面来。\n过去检查管道，靠的是人下" \
    "井。"
#define OTHER_FIRST "  推着一只带轮子的药箱，医|生敲开了四号的门。箱子里装"
#define OTHER_SECOND "着心电图机，检查的数据实时|传到医院。"
#define OTHER_WHOLE "推着一只带轮子的药箱，医生敲开了四号的门。箱子里装着心电图机，检查的数据实时传到医院。"

static void two_columns_under_a_headline(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "机器人下井");
    add_column(&page, COLUMN(1), 760, SECOND); /* given in the wrong order */
    add_column(&page, COLUMN(0), 760, FIRST);
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 1);
    expect_body("机器人下井", WHOLE);
    assert_string_equal(articles.articles[0].kind, "article");
}

static void a_short_headline_over_the_middle(void **state)
{
    (void)state;
    /* It covers neither the first nor the last column. */
    add_single(&page, COLUMN(1) + 50, 600, 100, BI_ROLE_HEADLINE, "下井");
    add_column(&page, COLUMN(0), 760, "  一台小坦克缓缓驶入地下管|道，车头的六盏灯照亮了漆黑");
    add_column(&page, COLUMN(1), 760, "的管壁，把画面传回地面来。|机器在管壁上轻轻敲击着，从");
    add_column(&page, COLUMN(2), 760, "回声里判断背后有没有空洞，|准确率很高。");
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 1);
    expect_body(
        "下井",
        "一台小坦克缓缓驶入地下管道，车头的六盏灯照亮了漆黑的管壁，把画面传回地面来。机器在管壁上轻轻敲击着，"
        "从回声里判断背后有没有空洞，准确率很高。");
}

static void articles_side_by_side_and_below(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "机器人下井");
    add_column(&page, COLUMN(0), 760, FIRST);
    add_column(&page, COLUMN(1), 760, SECOND);
    add_single(&page, COLUMN(2), 600, 90, BI_ROLE_HEADLINE, "医生上门少跑腿");
    add_column(&page, COLUMN(2), 760, OTHER_FIRST);
    add_column(&page, COLUMN(3), 760, OTHER_SECOND);
    add_single(&page, COLUMN(0), 1100, 100, BI_ROLE_HEADLINE, "夜市升级了");
    add_column(&page, COLUMN(0), 1260, "  从七月起，月亮湾夜市将对|摊位实行星级管理。");
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 3);
    expect_body("机器人下井", WHOLE);
    expect_body("医生上门少跑腿", OTHER_WHOLE);
    expect_body("夜市升级了", "从七月起，月亮湾夜市将对摊位实行星级管理。");
}

static void vertical_headlines_left_and_right(void **state)
{
    (void)state;
    add_vertical(&page, COLUMN(0), 620, 100, "机器人下井");
    add_column(&page, COLUMN(0) + 150, 600, FIRST);
    add_column(&page, COLUMN(1) + 150, 600, SECOND);
    add_column(&page, COLUMN(0), 1500, OTHER_FIRST);
    add_column(&page, COLUMN(1), 1500, OTHER_SECOND);
    add_box(&page, BI_REGION_IMAGE, COLUMN(2), 1500, 800, 500);
    add_vertical(&page, COLUMN(2) + 900, 1520, 100, "医生上门");
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 2);
    expect_body("机器人下井", WHOLE);
    expect_body("医生上门", OTHER_WHOLE);
}

static void text_goes_on_beneath_a_picture(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "机器人下井");
    int height = add_column(&page, COLUMN(0), 760, FIRST);
    add_box(&page, BI_REGION_IMAGE, COLUMN(0), 760 + height + 30, MEASURE * EM, 400);
    add_single(&page, COLUMN(0) + 40, 760 + height + 450, 34, BI_ROLE_CAPTION, "施工现场。资料图片");
    add_column(&page, COLUMN(0), 760 + height + 520, SECOND);
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 1);
    expect_body("机器人下井", WHOLE);
    assert_int_equal(articles.articles[0].parts[0].region_count, 5);
}

static void frames_keep_apart(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "机器人下井");
    add_column(&page, COLUMN(0), 760, FIRST);
    add_column(&page, COLUMN(1), 760, SECOND);
    add_box(&page, BI_REGION_FRAME, COLUMN(2) - 20, 580, 1100, 500);
    add_single(&page, COLUMN(2), 600, 90, BI_ROLE_HEADLINE, "医生上门少跑腿");
    add_column(&page, COLUMN(2), 760, OTHER_FIRST);
    add_column(&page, COLUMN(3), 760, OTHER_SECOND);
    add_box(&page, BI_REGION_FRAME, COLUMN(0) - 20, 1200, 1000, 700);
    add_single(&page, COLUMN(0), 1400, 180, BI_ROLE_HEADLINE, "新风家电");
    add_single(&page, COLUMN(0), 1700, 70, BI_ROLE_BODY, "以旧换新 最高补贴2000元");
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 3);
    expect_body("机器人下井", WHOLE);
    expect_body("医生上门少跑腿", OTHER_WHOLE);
    assert_string_equal(find_article(&articles, "新风家电")->kind, "ad");
}

static void kicker_subhead_and_signature(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 500, 56, BI_ROLE_OTHER, "聚焦民生实事");
    page.regions[0].role = page.regions[0].lines[0].role = BI_ROLE_KICKER;
    add_single(&page, COLUMN(0), 600, 110, BI_ROLE_HEADLINE, "办到心坎里");
    add_single(&page, COLUMN(0), 740, 58, BI_ROLE_SUBHEAD, "四十二个项目完工");
    add_single(&page, COLUMN(0) + 120, 830, 38, BI_ROLE_BODY, "□ 林间");
    add_column(&page, COLUMN(0), 890, FIRST);
    add_column(&page, COLUMN(1), 830, SECOND);
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 1);
    const struct bi_article *article = &articles.articles[0];
    assert_string_equal(article->kicker, "聚焦民生实事");
    assert_string_equal(article->headline, "办到心坎里");
    assert_string_equal(article->subhead, "四十二个项目完工");
    assert_string_equal(article->byline, "□ 林间");
    assert_string_equal(article->body, WHOLE);
}

static void the_opening_stays_in_the_body(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "机器人下井");
    add_column(&page, COLUMN(0), 760, "  本报讯(记者 程远)一台|小坦克驶入地下。");
    stitch(&issue, &page, 1, &articles);
    assert_string_equal(articles.articles[0].byline, "本报讯(记者 程远)");
    assert_string_equal(articles.articles[0].body, "本报讯(记者 程远)一台小坦克驶入地下。");
}

static void pages_without_roles(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_OTHER, "机器人下井");
    add_column(&page, COLUMN(0), 760, FIRST);
    add_column(&page, COLUMN(1), 760, SECOND);
    for (size_t i = 0; i < page.region_count; i++) {
        page.regions[i].role = BI_ROLE_OTHER;
        for (size_t j = 0; j < page.regions[i].line_count; j++) {
            page.regions[i].lines[j].role = BI_ROLE_OTHER;
            page.regions[i].lines[j].em = 0;
        }
    }
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 1);
    expect_body("机器人下井", WHOLE);
}

/* A character's space in a headline is as wide as a gutter; the column beneath its second half goes on from
 * the first. */
static void a_headline_of_two_halves(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 600, 80, BI_ROLE_HEADLINE, "道路通车");
    add_single(&page, COLUMN(0) + 4 * 80 + 100, 600, 80, BI_ROLE_HEADLINE, "机器下井");
    add_column(&page, COLUMN(0), 760, FIRST);
    add_column(&page, COLUMN(1), 760, SECOND);
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 1);
    expect_body("道路通车　机器下井", WHOLE);
}

static void two_headlines_side_by_side(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 600, 80, BI_ROLE_HEADLINE, "机器人下井");
    add_single(&page, COLUMN(1), 600, 80, BI_ROLE_HEADLINE, "药箱上门");
    add_column(&page, COLUMN(0), 760, "  推着一只带轮子的药箱，医|生敲开了四号的门。");
    add_column(&page, COLUMN(1), 760, OTHER_FIRST);
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 2);
    assert_string_equal(find_article(&articles, "药箱上门")->kicker, "");
}

static void a_drawing_is_no_headline(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 300, 300, BI_ROLE_HEADLINE, "色色");
    page.regions[0].lines[0].confidence = 0.52;
    add_single(&page, COLUMN(0), 620, 80, BI_ROLE_HEADLINE, "机器人下井");
    add_column(&page, COLUMN(0), 760, FIRST);
    add_column(&page, COLUMN(1), 760, SECOND);
    stitch(&issue, &page, 1, &articles);
    expect_body("机器人下井", WHOLE);
    assert_string_equal(find_article(&articles, "机器人下井")->kicker, "");
}

/* The same as sure type is a large word above the headline. */
static void a_large_word_is_a_headline(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 300, 300, BI_ROLE_HEADLINE, "小满");
    add_single(&page, COLUMN(0), 620, 80, BI_ROLE_HEADLINE, "机器人下井");
    add_column(&page, COLUMN(0), 760, FIRST);
    stitch(&issue, &page, 1, &articles);
    assert_string_equal(articles.articles[0].headline, "小满");
    assert_string_equal(articles.articles[0].subhead, "机器人下井");
}

/* A continuation without a headline beside another article: the rule over it says where it begins. */
static void a_rule_over_one_of_two_columns(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 600, 80, BI_ROLE_HEADLINE, "药箱上门");
    add_column(&page, COLUMN(0), 760, OTHER_FIRST "|着仪器。");
    add_box(&page, BI_REGION_SEPARATOR, COLUMN(1), 710, MEASURE * EM, 4);
    add_column(&page, COLUMN(1), 760, "的管壁，把画面传回地面来。|过去检查管道，靠的是人下井|敲敲打打。");
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 2);
    assert_null(strstr(find_article(&articles, "药箱上门")->body, "管壁"));
}

/* Letters are not as high as characters: a paragraph's last line of nothing else is no text of another size.
 */
static void a_line_of_letters_among_characters(void **state)
{
    (void)state;
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "机器人下井");
    add_column(&page, COLUMN(0), 760,
               "  一台小坦克缓缓驶入地下管|道，它在纸上的名字叫做，|Internet)。|  过去检查管道，靠的是人下");
    struct bi_region *region = &page.regions[page.region_count - 1];
    region->lines[2].em = 0.69 * EM;
    add_column(&page, COLUMN(1), 760, "井。");
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 1);
    expect_body("机器人下井",
                "一台小坦克缓缓驶入地下管道，它在纸上的名字叫做，Internet)。\n过去检查管道，靠的是人下井。");
}

static void text_beside_the_picture_of_the_first_column(void **state)
{
    (void)state;
    /* The second column ends before the text under the picture begins. */
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "机器人下井检查管道");
    add_box(&page, BI_REGION_IMAGE, COLUMN(0), 750, 560, 400);
    add_column(&page, COLUMN(0), 1200, FIRST);
    add_column(&page, COLUMN(0) + 610, 760, SECOND);
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 1);
    expect_body("机器人下井检查管道", WHOLE);
}

static void a_vertical_headline_between_columns(void **state)
{
    (void)state;
    add_column(&page, COLUMN(0), 600, FIRST);
    add_vertical(&page, COLUMN(1), 600, 100, "机器人下井");
    add_column(&page, COLUMN(1) + 150, 600, SECOND);
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 1);
    expect_body("机器人下井", WHOLE);
}

static void a_vertical_headline_under_another_article(void **state)
{
    (void)state;
    /* The columns stand under those of the article above, with little more white than between lines. */
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "医生上门少跑腿");
    add_column(&page, COLUMN(0), 760, OTHER_FIRST);
    int height = add_column(&page, COLUMN(1), 760, OTHER_SECOND);
    add_vertical(&page, COLUMN(0), 760 + height + 60, 100, "机器人下井");
    add_column(&page, COLUMN(0) + 150, 760 + height + 60, FIRST);
    add_column(&page, COLUMN(1) + 150, 760 + height + 60, SECOND);
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 2);
    expect_body("医生上门少跑腿", OTHER_WHOLE);
    expect_body("机器人下井", WHOLE);
}

static void a_cross_head_under_some_white(void **state)
{
    (void)state;
    /* As wide as the column, it does not go on with the sentence; a paragraph begins beneath it. */
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "机器人下井");
    int height = add_column(&page, COLUMN(0), 760, "  一台小坦克缓缓驶入地下管|道，不见了。");
    int y = 760 + height + 80;
    add_single(&page, COLUMN(0), y, EM, BI_ROLE_CROSSHEAD, "检查管道的新办法管用不管用");
    add_column(&page, COLUMN(0), y + PITCH, "  过去检查管道，靠的是人下|井。");
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 1);
}

static void a_continuation_under_another_article(void **state)
{
    (void)state;
    /* Its second column stands under one of the article above, and both could go on there. */
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "医生上门少跑腿");
    add_column(&page, COLUMN(0), 760, OTHER_FIRST);
    int height = add_column(&page, COLUMN(1), 760, OTHER_SECOND);
    add_column(&page, COLUMN(0), 760 + height + 60,
               "（上接第1版）|一台小坦克缓缓驶入地下管|道的时候天气不好。");
    add_column(&page, COLUMN(1), 760 + height + 60, "  过去检查管道，靠的是人下|井。");
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 2);
    expect_body("医生上门少跑腿", OTHER_WHOLE);
}

static void a_vertical_headline_does_not_reach_over_a_box(void **state)
{
    (void)state;
    /* A scrap of text keeps the first article's columns from its headline. */
    add_single(&page, COLUMN(0), 600, 100, BI_ROLE_HEADLINE, "医生上门");
    add_column(&page, COLUMN(0), 720, "少跑腿");
    add_column(&page, COLUMN(0), 860, OTHER_FIRST);
    add_box(&page, BI_REGION_FRAME, COLUMN(1), 600, MEASURE * EM, 800);
    add_single(&page, COLUMN(1) + 40, 800, 80, BI_ROLE_AD, "新风家电");
    add_column(&page, COLUMN(2), 600, FIRST);
    add_column(&page, COLUMN(3), 600, SECOND);
    add_vertical(&page, COLUMN(4), 600, 100, "机器人下井");
    stitch(&issue, &page, 1, &articles);
    expect_body("机器人下井", WHOLE);
}

static void an_empty_page(void **state)
{
    (void)state;
    add_box(&page, BI_REGION_IMAGE, 100, 100, 500, 500);
    stitch(&issue, &page, 1, &articles);
    assert_int_equal(articles.article_count, 0);
    assert_int_equal(articles.page_count, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(two_columns_under_a_headline),
        TEST(a_short_headline_over_the_middle),
        TEST(articles_side_by_side_and_below),
        TEST(vertical_headlines_left_and_right),
        TEST(text_goes_on_beneath_a_picture),
        TEST(frames_keep_apart),
        TEST(kicker_subhead_and_signature),
        TEST(the_opening_stays_in_the_body),
        TEST(pages_without_roles),
        TEST(a_rule_over_one_of_two_columns),
        TEST(a_headline_of_two_halves),
        TEST(two_headlines_side_by_side),
        TEST(a_drawing_is_no_headline),
        TEST(a_large_word_is_a_headline),
        TEST(a_line_of_letters_among_characters),
        TEST(text_beside_the_picture_of_the_first_column),
        TEST(a_vertical_headline_between_columns),
        TEST(a_vertical_headline_under_another_article),
        TEST(a_cross_head_under_some_white),
        TEST(a_continuation_under_another_article),
        TEST(a_vertical_headline_does_not_reach_over_a_box),
        TEST(an_empty_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
