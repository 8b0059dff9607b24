/* What a person says of articles: joined, split, titled, ordered; found again where characters are read
 * otherwise, and reported where it no longer applies. */
#include "maker.h"

static struct bi_issue issue;
static struct bi_page pages[3];
static struct bi_articles articles;

#define COLUMN(n) (200 + (n) * (MEASURE * EM + 50))
#define SHIP_1 "  废弃多年的红星船厂近日换|上新装，曾经停泊巨轮的船坞|如今被改造成广场；高大的龙"
#define SHIP_2 "门吊保留原位，成为船厂园区|的标志。船坞里的水仍旧连着|江面。"
#define FOOD "  晚上九点半，社区食堂的灯|还亮着。窗口里，番茄炖牛腩|冒着热气，米饭管够。"
#define BOOK "  周末的图书馆坐满了人。孩|子们在绘本区挑书，家长在走|廊里等候。"

static int set_up(void **state)
{
    (void)state;
    make_issue(&issue, 3, "2025-07-04");
    for (size_t i = 0; i < 3; i++)
        make_page(&pages[i]);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bi_articles_release(&articles);
    for (size_t i = 0; i < 3; i++)
        bi_page_release(&pages[i]);
    bi_issue_release(&issue);
    return 0;
}

static void article(int page, int column, const char *headline, const char *text, const char *pointer)
{
    struct bi_page *p = &pages[page - 1];
    if (headline)
        add_single(p, COLUMN(column), 600, 80, BI_ROLE_HEADLINE, headline);
    int height = add_column(p, COLUMN(column), 760, text);
    if (pointer)
        add_single(p, COLUMN(column) + 160, 760 + height, 38, BI_ROLE_BODY, pointer);
}

static void correct(const char *list)
{
    struct bi_corrections corrections;
    struct bi_error err;
    char text[2048];
    snprintf(text, sizeof text, "{\"format\": \"backissue-corrections/1\", \"corrections\": [%s]}", list);
    if (bi_corrections_parse("c.json", text, strlen(text), &corrections, &err) < 0)
        fail_msg("%s", err.text);
    stitch_corrected(&issue, pages, 3, &corrections, &articles);
    bi_corrections_release(&corrections);
}

static const struct bi_link *linked(void)
{
    for (size_t i = 0; i < articles.link_count; i++)
        if (strcmp(articles.links[i].status, "linked") == 0)
            return &articles.links[i];
    return NULL;
}

static void joins_what_nothing_else_joins(void **state)
{
    (void)state;
    article(1, 0, "老船厂变身", "  废弃多年的红星船厂近日换|上新装，船坞如今成了广场。", NULL);
    article(2, 0, "周末读书", BOOK, NULL);
    article(3, 2, NULL, FOOD, NULL);
    /* Half the text is read otherwise than when the correction was written. */
    correct("{\"do\": \"join\", \"article\": {\"page\": 1, \"text\": \"红里船厂近曰换上新装\"},"
            " \"with\": {\"page\": 3, \"text\": \"社区食堂的灯还壳着\"}, \"note\": \"the editor says so\"}");
    const struct bi_article *ship = find_article(&articles, "老船厂变身");
    assert_int_equal(ship->part_count, 2);
    assert_non_null(strstr(ship->body, "广场。\n晚上九点半"));
    const struct bi_link *link = linked();
    assert_non_null(link);
    assert_string_equal(link->reason, "joined by hand: the editor says so");
    assert_int_equal(link->source_page, 1);
    assert_int_equal(link->target_page, 3);
    assert_true(link->score >= 1);
    assert_int_equal(articles.article_count, 2);
}

static void a_join_takes_the_place_of_another(void **state)
{
    (void)state;
    article(1, 0, "老船厂变身", SHIP_1, "下转第2版");
    add_single(&pages[1], COLUMN(0), 704, 38, BI_ROLE_BODY, "上接第1版");
    article(2, 0, NULL, SHIP_2, NULL);
    article(3, 1, NULL, FOOD, NULL);
    correct("{\"do\": \"join\", \"article\": {\"page\": 1, \"point\": [300, 780]},"
            " \"with\": {\"page\": 3, \"point\": [800, 780]}}");
    const struct bi_article *ship = find_article(&articles, "老船厂变身");
    assert_int_equal(ship->part_count, 2);
    assert_int_equal(ship->parts[1].page_number, 3);
    assert_string_equal(linked()->reason, "joined by hand");
    /* What is left of the other join is told. */
    assert_true(has_problem(&articles, "dangling-jump", "上接第1版"));
}

static void splits_a_join_and_a_part(void **state)
{
    (void)state;
    article(1, 0, "老船厂变身", SHIP_1, "下转第2版");
    add_single(&pages[1], COLUMN(0), 704, 38, BI_ROLE_BODY, "上接第1版");
    article(2, 0, NULL, SHIP_2 "|" FOOD, NULL);
    correct("{\"do\": \"split\", \"at\": {\"page\": 2, \"text\": \"晚上九点半，社区食堂\"}},"
            "{\"do\": \"title\", \"article\": {\"page\": 2, \"text\": \"番茄炖牛腩\"}, \"headline\": "
            "\"食堂的灯\", \"byline\": \"何暖\"}");
    const struct bi_article *food = find_article(&articles, "食堂的灯");
    assert_string_equal(food->byline, "何暖");
    assert_true(strncmp(food->body, "晚上九点半", strlen("晚上九点半")) == 0);
    const struct bi_article *ship = find_article(&articles, "老船厂变身");
    assert_int_equal(ship->part_count, 2);
    assert_null(strstr(ship->body, "晚上九点半"));
    assert_non_null(strstr(ship->body, "江面。"));
    bi_articles_release(&articles);
    correct("{\"do\": \"split\", \"at\": {\"page\": 2, \"text\": \"门吊保留原位\"}}");
    assert_int_equal(find_article(&articles, "老船厂变身")->part_count, 1);
    assert_null(linked());
}

static void every_line_has_an_article_after_a_split(void **state)
{
    (void)state;
    article(1, 0, "老船厂变身", SHIP_1 "|" FOOD, NULL);
    correct("{\"do\": \"split\", \"at\": {\"page\": 1, \"text\": \"晚上九点半\"}}");
    assert_int_equal(articles.article_count, 2);
    const struct bi_page_verdict *page = &articles.pages[0];
    int of[2] = {0, 0};
    for (size_t i = 0; i < page->line_count; i++)
        if (page->lines[i].article >= 0)
            of[page->lines[i].article]++;
    assert_int_equal(of[0], 4);
    assert_int_equal(of[1], 3);
    assert_int_equal(articles.articles[1].parts[0].box.y, 760 + 3 * PITCH);
}

static void sets_kind_and_order(void **state)
{
    (void)state;
    article(1, 0, "老船厂变身", SHIP_1, NULL);
    article(1, 1, "食堂的灯", FOOD, NULL);
    article(1, 2, "周末读书", BOOK, NULL);
    correct("{\"do\": \"order\", \"article\": {\"page\": 1, \"text\": \"老船厂变身\"}, \"after\": "
            "{\"page\": 1, \"text\": \"周末读书\"}},"
            "{\"do\": \"kind\", \"article\": {\"page\": 1, \"text\": \"食堂的灯\"}, \"kind\": \"ad\"}");
    assert_string_equal(articles.articles[0].headline, "食堂的灯");
    assert_string_equal(articles.articles[0].kind, "ad");
    assert_string_equal(articles.articles[1].headline, "周末读书");
    assert_string_equal(articles.articles[2].headline, "老船厂变身");
    assert_false(has_problem(&articles, "correction-unapplied", ""));
}

static void reports_what_no_longer_applies(void **state)
{
    (void)state;
    article(1, 0, "老船厂变身", SHIP_1, NULL);
    article(2, 0, "食堂的灯", FOOD, NULL);
    article(2, 1, "食堂的灯", FOOD, NULL);
    correct(
        "{\"do\": \"title\", \"article\": {\"page\": 1, \"text\": \"消失的灯塔看守人\"}, \"headline\": "
        "\"x\"},"
        "{\"do\": \"title\", \"article\": {\"page\": 9, \"text\": \"红星船厂\"}, \"headline\": \"x\"},"
        "{\"do\": \"kind\", \"article\": {\"page\": 2, \"text\": \"番茄炖牛腩\"}, \"kind\": \"ad\"},"
        "{\"do\": \"kind\", \"article\": {\"page\": 2, \"text\": \"番茄炖牛腩\", \"point\": [900, 800]}, "
        "\"kind\": \"ad\"},"
        "{\"do\": \"join\", \"article\": {\"page\": 1, \"text\": \"红星船厂\"}, \"with\": {\"page\": 1, "
        "\"text\": \"停泊巨轮\"}},"
        "{\"do\": \"split\", \"at\": {\"page\": 1, \"text\": \"老船厂变身\"}},"
        "{\"do\": \"kind\", \"article\": {\"page\": 1, \"point\": [2900, 4100]}, \"kind\": \"ad\"},"
        "{\"do\": \"kind\", \"article\": {\"page\": 1, \"box\": [2000, 3000, 50, 50]}, \"kind\": \"ad\"}");
    assert_true(
        has_problem(&articles, "correction-unapplied",
                    "correction 1 (title) of articles.json does not apply: no article on page 1 prints"));
    assert_true(has_problem(&articles, "correction-unapplied",
                            "correction 2 (title) of articles.json does not apply: page 9 is not in"));
    assert_true(
        has_problem(&articles, "correction-unapplied",
                    "correction 3 (kind) of articles.json does not apply: 2 articles on page 2 print"));
    assert_false(has_problem(&articles, "correction-unapplied", "correction 4"));
    assert_true(has_problem(&articles, "correction-unapplied",
                            "correction 5 (join) of articles.json does not apply: both places"));
    assert_true(has_problem(&articles, "correction-unapplied",
                            "correction 6 (split) of articles.json does not apply: an article begins there"));
    assert_true(has_problem(&articles, "correction-unapplied", "no article is at 2900,4100 on page 1"));
    assert_true(has_problem(&articles, "correction-unapplied", "no article on page 1 fills the box"));
    assert_string_equal(find_article(&articles, "老船厂变身")->kind, "article");
}

/* One difference more than there may be in so short a text: not found, and not taken for found. */
static void a_text_that_is_just_too_different(void **state)
{
    (void)state;
    article(1, 0, "老船厂变身", SHIP_1, NULL);
    correct("{\"do\": \"title\", \"article\": {\"page\": 1, \"text\": \"停泊渔船\"}, \"headline\": \"x\"}");
    assert_true(has_problem(&articles, "correction-unapplied", "no article on page 1 prints 「停泊渔船」"));
    assert_string_equal(articles.articles[0].headline, "老船厂变身");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(joins_what_nothing_else_joins, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_join_takes_the_place_of_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(splits_a_join_and_a_part, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_line_has_an_article_after_a_split, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sets_kind_and_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reports_what_no_longer_applies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_that_is_just_too_different, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
