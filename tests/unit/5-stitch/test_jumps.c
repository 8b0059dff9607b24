/* Articles over several pages: chains, two jumps between the same pages, lost and misread pointers, missing
 * pages, and announcements. */
#include "maker.h"

static struct bi_issue issue;
static struct bi_page pages[4];
static struct bi_articles articles;

#define COLUMN(n) (200 + (n) * (MEASURE * EM + 50))

/* The beginnings and ends of two articles, torn in the middle of a sentence. */
#define SHIP_1 "  废弃多年的红星船厂近日换|上新装，曾经停泊巨轮的船坞|如今被改造成广场；高大的龙"
#define SHIP_2                                                                                               \
    "门吊保留原位，成为船厂园区|的标志。船坞里的水仍旧连着|江面。|  "           \
    "船厂的老工人常来看看，说|起当年焊接巨轮的时候。"
#define FOOD_1 "  晚上九点半，社区食堂的灯|还亮着。窗口里，番茄炖牛腩|冒着热气，食堂的师傅们用土"
#define FOOD_2 "灶焖饭，米饭管够。社区食堂|的师傅说，番茄要选熟透的才|香。|  吃饭的人说，这里像家里的|厨房。"

static int set_up(void **state)
{
    (void)state;
    make_issue(&issue, 4, "2025-07-04");
    for (size_t i = 0; i < 4; i++)
        make_page(&pages[i]);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bi_articles_release(&articles);
    for (size_t i = 0; i < 4; i++)
        bi_page_release(&pages[i]);
    bi_issue_release(&issue);
    return 0;
}

/* An article's beginning in a column, or its continuation without a headline. */
static void start(int page, int column, const char *headline, const char *text, const char *pointer)
{
    struct bi_page *p = &pages[page - 1];
    add_single(p, COLUMN(column), 600, 80, BI_ROLE_HEADLINE, headline);
    int height = add_column(p, COLUMN(column), 760, text);
    if (pointer)
        add_single(p, COLUMN(column) + 160, 760 + height, 38, BI_ROLE_BODY, pointer);
}

static void go_on(int page, int column, const char *pointer, const char *text, const char *onward)
{
    struct bi_page *p = &pages[page - 1];
    int y = 1500;
    if (pointer) {
        add_single(p, COLUMN(column), y, 38, BI_ROLE_BODY, pointer);
        y += PITCH;
    }
    y += add_column(p, COLUMN(column), y, text);
    if (onward)
        add_single(p, COLUMN(column) + 160, y, 38, BI_ROLE_BODY, onward);
}

/* Another article, so that every page has a body. */
static void filler(int page)
{
    struct bi_page *p = &pages[page - 1];
    add_single(p, COLUMN(0), 600, 80, BI_ROLE_HEADLINE,
               page == 2   ? "夜市升级"
               : page == 3 ? "屋檐的雨"
                           : "菜市小记");
    add_column(p, COLUMN(0), 760,
               page == 2   ? "  从七月起，夜市将对二百个|摊位实行星级管理。"
               : page == 3 ? "  小时候最喜欢下雨天，坐在|屋檐下看雨水落下来。"
                           : "  卖豆腐的妇人起得最早，天|还黑着，豆腐已冒白气。");
}

static const struct bi_link *only_link(const char *kind)
{
    const struct bi_link *found = NULL;
    for (size_t i = 0; i < articles.link_count; i++)
        if (strcmp(articles.links[i].kind, kind) == 0) {
            assert_null(found);
            found = &articles.links[i];
        }
    assert_non_null(found);
    return found;
}

static void expect_whole(const char *headline, int first_page, int last_page, const char *seam)
{
    const struct bi_article *article = find_article(&articles, headline);
    assert_true(article->part_count >= 2);
    assert_int_equal(article->parts[0].page_number, first_page);
    assert_int_equal(article->parts[article->part_count - 1].page_number, last_page);
    if (!strstr(article->body, seam))
        fail_msg("「%s」 not in: %s", seam, article->body);
    assert_null(strstr(article->body, "转"));
    assert_null(strstr(article->body, "上接"));
}

static void joins_a_jump_and_says_why(void **state)
{
    (void)state;
    start(1, 0, "老船厂变身", SHIP_1, "（下转第3版）");
    filler(2);
    filler(3);
    go_on(3, 1, "（上接第1版）", SHIP_2, NULL);
    filler(4);
    stitch(&issue, pages, 4, &articles);
    expect_whole("老船厂变身", 1, 3, "高大的龙门吊保留原位");
    const struct bi_link *link = only_link("continuation");
    assert_string_equal(link->status, "linked");
    assert_string_equal(link->marker, "（下转第3版）");
    assert_int_equal(link->target_page, 3);
    assert_non_null(strstr(link->reason, "p1 says 下转第3版, p3 says 上接第1版"));
    assert_non_null(strstr(link->reason, "sentence continues"));
    assert_true(link->score > 0.9);
}

static void keeps_two_jumps_between_the_same_pages_apart(void **state)
{
    (void)state;
    start(1, 0, "老船厂变身", SHIP_1, "下转3版");
    start(1, 1, "食堂的灯", FOOD_1, "下转3版");
    filler(2);
    filler(3);
    go_on(3, 1, "上接1版", FOOD_2, NULL);
    go_on(3, 2, "上接1版", SHIP_2, NULL);
    filler(4);
    stitch(&issue, pages, 4, &articles);
    expect_whole("老船厂变身", 1, 3, "高大的龙门吊保留");
    expect_whole("食堂的灯", 1, 3, "用土灶焖饭");
}

static void follows_a_chain_over_three_pages(void **state)
{
    (void)state;
    start(1, 0, "老船厂变身", SHIP_1, "下转2版");
    filler(2);
    go_on(2, 1, "上接1版", "门吊保留原位，成为船厂园区|的标志。船坞里的水仍旧连着", "下转4版");
    filler(3);
    filler(4);
    go_on(4, 1, "上接2版", "江面，船厂的老工人常来看看|，说起当年焊接的时候。", NULL);
    stitch(&issue, pages, 4, &articles);
    expect_whole("老船厂变身", 1, 4, "高大的龙门吊保留原位");
    const struct bi_article *article = find_article(&articles, "老船厂变身");
    assert_int_equal(article->part_count, 3);
    assert_non_null(strstr(article->body, "水仍旧连着江面"));
}

static void knows_a_repeated_headline(void **state)
{
    (void)state;
    start(1, 0, "老船厂变身", SHIP_1, "下转3版");
    filler(2);
    filler(3);
    add_single(&pages[2], COLUMN(1), 1380, 70, BI_ROLE_HEADLINE, "老船厂变身");
    go_on(3, 1, "上接1版", SHIP_2, NULL);
    filler(4);
    stitch(&issue, pages, 4, &articles);
    expect_whole("老船厂变身", 1, 3, "高大的龙门吊保留");
    assert_non_null(strstr(only_link("continuation")->reason, "headline repeated"));
}

static void bears_a_misread_page_number(void **state)
{
    (void)state;
    start(1, 0, "老船厂变身", SHIP_1, "下转8版"); /* 3, misread */
    filler(2);
    filler(3);
    go_on(3, 1, "上接1版", SHIP_2, NULL);
    filler(4);
    stitch(&issue, pages, 4, &articles);
    expect_whole("老船厂变身", 1, 3, "高大的龙门吊保留");
    assert_non_null(strstr(only_link("continuation")->reason, "misread"));
}

static void bears_a_lost_pointer(void **state)
{
    (void)state;
    start(1, 0, "老船厂变身", SHIP_1, "下转3版");
    filler(2);
    filler(3);
    go_on(3, 1, NULL, SHIP_2, NULL);
    filler(4);
    stitch(&issue, pages, 4, &articles);
    expect_whole("老船厂变身", 1, 3, "高大的龙门吊保留");
    assert_non_null(strstr(only_link("continuation")->reason, "no readable pointer"));
}

static void leaves_a_jump_off_the_issue_dangling(void **state)
{
    (void)state;
    start(1, 0, "老船厂变身", SHIP_1, "下转9版");
    filler(2);
    filler(3);
    filler(4);
    stitch(&issue, pages, 4, &articles);
    const struct bi_link *link = only_link("continuation");
    assert_string_equal(link->status, "dangling");
    assert_int_equal(link->target_article, -1);
    assert_int_equal(find_article(&articles, "老船厂变身")->part_count, 1);
    assert_true(has_problem(&articles, "dangling-jump", "page 9 is not in this issue"));
}

/* The page it names is known not to be there: what begins in the middle of a sentence elsewhere is not it. */
static void takes_no_orphan_for_a_page_that_is_not_there(void **state)
{
    (void)state;
    start(1, 1, "红星船厂换新装", SHIP_1, "下转第9版");
    filler(1);
    filler(2);
    filler(3);
    go_on(3, 2, NULL, FOOD_2, NULL);
    stitch(&issue, pages, 3, &articles);
    assert_string_equal(only_link("continuation")->status, "dangling");
    assert_true(has_problem(&articles, "dangling-jump", "page 9 is not in this issue"));
}

static void joins_a_repeated_headline_without_pointers(void **state)
{
    (void)state;
    start(1, 1, "红星船厂换新装", SHIP_1, NULL);
    filler(1);
    filler(2);
    filler(3);
    start(3, 2, "红星船厂换新装", SHIP_2, NULL);
    stitch(&issue, pages, 3, &articles);
    const struct bi_link *link = only_link("continuation");
    assert_string_equal(link->status, "linked");
    assert_int_equal(link->source_page, 1);
    assert_int_equal(link->target_page, 3);
    assert_non_null(strstr(link->reason, "headline repeated"));
}

/* A signature that was not read as one stands at the right and is as full as a line that goes on. */
static void does_not_take_a_signature_for_text_that_goes_on(void **state)
{
    (void)state;
    start(1, 1, "红星船厂换新装", "  废弃多年的红星船厂近日换|上新装，船坞如今成了广场。|      夲极记看沉若",
          NULL);
    filler(1);
    filler(2);
    go_on(2, 2, NULL, SHIP_2, NULL);
    stitch(&issue, pages, 2, &articles);
    assert_int_equal(articles.link_count, 0);
}

static void leaves_a_jump_to_a_failed_page_dangling(void **state)
{
    (void)state;
    start(1, 0, "老船厂变身", SHIP_1, "下转3版");
    filler(2);
    filler(4); /* page 3 has nothing */
    stitch(&issue, pages, 4, &articles);
    assert_true(has_problem(&articles, "dangling-jump", "page 3 has no text"));
    assert_true(has_problem(&articles, "unreadable-page", "page 3"));
    assert_int_equal(articles.page_count, 4);
    assert_int_equal(articles.pages[2].page_number, 3);
    assert_true(strncmp(articles.pages[2].status, "failed", 6) == 0);
}

static void does_not_join_what_only_ends_at_a_full_line(void **state)
{
    (void)state;
    start(1, 0, "老船厂变身", SHIP_1, NULL);
    filler(2);
    filler(3);
    go_on(3, 1, NULL, "  完全另外的一件事情，与船|无关。", NULL);
    filler(4);
    stitch(&issue, pages, 4, &articles);
    assert_int_equal(find_article(&articles, "老船厂变身")->part_count, 1);
    assert_int_equal(articles.link_count, 0);
}

static void links_announcements(void **state)
{
    (void)state;
    start(1, 0, "老船厂变身", SHIP_1, "下转3版");
    add_single(&pages[0], COLUMN(0), 3900, 48, BI_ROLE_BODY, "夜市升级");
    add_single(&pages[0], COLUMN(0), 3970, 40, BI_ROLE_BODY, ">>>刊2版");
    add_single(&pages[0], COLUMN(2), 3900, 48, BI_ROLE_BODY, "从未有过的事");
    add_single(&pages[0], COLUMN(2), 3970, 40, BI_ROLE_BODY, ">>>刊7版");
    filler(2);
    filler(3);
    go_on(3, 1, "上接1版", SHIP_2, NULL);
    filler(4);
    stitch(&issue, pages, 4, &articles);
    size_t linked = 0, dangling = 0;
    for (size_t i = 0; i < articles.link_count; i++) {
        const struct bi_link *link = &articles.links[i];
        if (strcmp(link->kind, "teaser") != 0)
            continue;
        if (strcmp(link->status, "linked") == 0) {
            linked++;
            assert_string_equal(articles.articles[link->target_article].headline, "夜市升级");
            assert_int_equal(link->target_page, 2);
        } else {
            dangling++;
            assert_int_equal(link->target_page, 7);
        }
    }
    assert_int_equal(linked, 1);
    assert_int_equal(dangling, 1);
    assert_true(has_problem(&articles, "dangling-teaser", "page 7 is not in this issue"));
}

/* Under 导读 a page number alone is a pointer, in whatever way the paper sets it. */
static void links_the_entries_of_a_list(void **state)
{
    (void)state;
    filler(1);
    filler(2);
    filler(3);
    start(2, 2, "老船厂变身", FOOD_1, NULL);
    add_single(&pages[0], COLUMN(2), 2000, 60, BI_ROLE_HEADLINE, "今日导读");
    add_single(&pages[0], COLUMN(2), 2090, 42, BI_ROLE_BODY, "老船厂变身……02版");
    add_single(&pages[0], COLUMN(2), 2160, 42, BI_ROLE_BODY, "3版　市民夜话");
    add_single(&pages[0], COLUMN(2), 2230, 42, BI_ROLE_BODY, "远方来信");
    add_single(&pages[0], COLUMN(2), 2300, 42, BI_ROLE_BODY, "（7版）");
    add_single(&pages[0], COLUMN(2), 2370, 42, BI_ROLE_BODY, "夜市升级 2");
    stitch(&issue, pages, 4, &articles);
    static const struct {
        const char *headline;
        int page;
    } wanted[] = {{"老船厂变身", 2}, {"夜市升级", 2}};
    size_t teasers = 0;
    for (size_t i = 0; i < articles.link_count; i++)
        teasers += strcmp(articles.links[i].kind, "teaser") == 0;
    assert_int_equal(teasers, 4);
    for (size_t w = 0; w < 2; w++) {
        bool found = false;
        for (size_t i = 0; i < articles.link_count; i++) {
            const struct bi_link *link = &articles.links[i];
            found =
                found || (link->target_article >= 0 && link->target_page == wanted[w].page &&
                          strcmp(articles.articles[link->target_article].headline, wanted[w].headline) == 0);
        }
        if (!found)
            fail_msg("%s is not linked", wanted[w].headline);
    }
    assert_true(has_problem(&articles, "dangling-teaser", "page 7 is not in this issue"));
}

static void refuses_two_pages_for_one_frame(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct st_wordings wordings;
    struct bi_error err = {0};
    const char *names[] = {"a.xml", "b.xml"};
    read_wordings(&arena, &wordings);
    filler(2);
    pages[0].transform.frame = pages[1].transform.frame = 1;
    bi_articles_init(&articles);
    assert_int_equal(st_issue_build(&issue, &wordings, NULL, pages, names, 2, &articles, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    assert_non_null(strstr(err.text, "b.xml"));
    pages[1].transform.frame = 9;
    assert_int_equal(st_issue_build(&issue, &wordings, NULL, pages, names, 2, &articles, &err), -1);
    bi_arena_release(&arena);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(joins_a_jump_and_says_why),
        TEST(keeps_two_jumps_between_the_same_pages_apart),
        TEST(follows_a_chain_over_three_pages),
        TEST(knows_a_repeated_headline),
        TEST(bears_a_misread_page_number),
        TEST(bears_a_lost_pointer),
        TEST(leaves_a_jump_off_the_issue_dangling),
        TEST(takes_no_orphan_for_a_page_that_is_not_there),
        TEST(joins_a_repeated_headline_without_pointers),
        TEST(does_not_take_a_signature_for_text_that_goes_on),
        TEST(leaves_a_jump_to_a_failed_page_dangling),
        TEST(does_not_join_what_only_ends_at_a_full_line),
        TEST(links_announcements),
        TEST(links_the_entries_of_a_list),
        TEST(refuses_two_pages_for_one_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
