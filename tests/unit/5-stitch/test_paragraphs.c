/* Lines become paragraphs: by indentation, over columns, and where there is none by short lines. */
#include "maker.h"
#include "stitch.h"

static void joined(const char *first, const char *second, const char *expected)
{
    struct bi_text text = {0};
    bi_text_add(&text, first);
    st_join(&text, second);
    assert_string_equal(bi_text_get(&text), expected);
    bi_text_release(&text);
}

static void joins_by_script(void **state)
{
    (void)state;
    joined("一台形似", "小坦克", "一台形似小坦克");
    joined("软件包", "dpkg", "软件包dpkg");
    joined("dpkg", "软件包", "dpkg软件包");
    joined("free software", "license", "free software license");
    joined("recog-", "nition", "recognition");
    joined("2025", "年", "2025年");
    joined("电话62581", "234", "电话62581234");
    joined("RAID-", "1卷", "RAID-1卷");
    joined("end of it,", "then", "end of it, then");
    joined("", "开头", "开头");
    joined("结尾", "", "结尾");
}

static char body[4096];

static const char *body_of(const char *first, const char *second)
{
    struct bi_issue issue;
    struct bi_page page;
    struct bi_articles articles;
    make_issue(&issue, 1, "2025-07-04");
    make_page(&page);
    add_single(&page, 200, 600, 100, BI_ROLE_HEADLINE, "机器人下井");
    add_column(&page, 200, 760, first);
    if (second)
        add_column(&page, 200 + MEASURE * EM + 50, 760, second);
    stitch(&issue, &page, 1, &articles);
    snprintf(body, sizeof body, "%s", find_article(&articles, "机器人下井")->body);
    bi_articles_release(&articles);
    bi_page_release(&page);
    bi_issue_release(&issue);
    return body;
}

static void splits_at_indentation(void **state)
{
    (void)state;
    assert_string_equal(
        body_of("  走进青石街，先看见的是字|。酱园的招牌是颜体，厚重得|像坛子。|  药铺的招牌是隶书。|  "
                "剪刀铺的招牌只有一个字，瘦|硬如铁。",
                NULL),
        "走进青石街，先看见的是字。酱园的招牌是颜体，厚重得像坛子。\n药铺的招牌是隶书。\n"
        "剪刀铺的招牌只有一个字，瘦硬如铁。");
}

static void goes_on_over_a_column_s_end(void **state)
{
    (void)state;
    assert_string_equal(
        body_of("  走进青石街，先看见的是字|。酱园的招牌是颜体。厚重得", "像老酱一样，|  药铺的招牌是隶书。"),
        "走进青石街，先看见的是字。酱园的招牌是颜体。厚重得像老酱一样，\n药铺的招牌是隶书。");
}

static void starts_anew_where_the_next_column_is_indented(void **state)
{
    (void)state;
    assert_string_equal(
        body_of("  走进青石街，先看见的是字|。酱园的招牌是颜体，厚重。", "  药铺的招牌是隶书，笔画舒|展。"),
        "走进青石街，先看见的是字。酱园的招牌是颜体，厚重。\n药铺的招牌是隶书，笔画舒展。");
}

static void keeps_crossheads_apart(void **state)
{
    (void)state;
    assert_string_equal(
        body_of("  走进青石街，先看见的是字|。酱园的招牌是颜体，厚重。|    难在精度|  "
                "微型螺丝的公差控制在两微|米以内。",
                NULL),
        "走进青石街，先看见的是字。酱园的招牌是颜体，厚重。\n难在精度\n微型螺丝的公差控制在两微米以内。");
}

static void follows_short_lines_without_indentation(void **state)
{
    (void)state;
    assert_string_equal(
        body_of("走进青石街，先看见的都是字|体，酱园的招牌厚。|药铺的招牌是隶书，笔画舒展|开，带着药香。|"
                "剪刀铺的招牌只有一个字，瘦|硬如铁。",
                NULL),
        "走进青石街，先看见的都是字体，酱园的招牌厚。\n药铺的招牌是隶书，笔画舒展开，带着药香。\n"
        "剪刀铺的招牌只有一个字，瘦硬如铁。");
}

/* A character three lines high with three lines beside it. Whatever role it has come with. */
static const char *body_with_dropcap(enum bi_role role, const char *before)
{
    struct bi_issue issue;
    struct bi_page page;
    struct bi_articles articles;
    make_issue(&issue, 1, "2025-07-04");
    make_page(&page);
    add_single(&page, 200, 600, 100, BI_ROLE_HEADLINE, "机器人下井");
    int y = 760;
    if (before)
        y += add_column(&page, 200, y, before);
    add_single(&page, 200, y, 2 * PITCH + EM, role, "走");
    y += add_column(&page, 200 + 4 * EM, y, "进青石街，先看见|的是字。酱园的招|牌是颜体，厚重得");
    add_column(&page, 200, y, "像坛子。|  药铺的招牌是隶书，笔画|舒展。");
    stitch(&issue, &page, 1, &articles);
    const struct bi_article *article = find_article(&articles, "机器人下井");
    snprintf(body, sizeof body, "%s", article->body);
    size_t lines = 0;
    for (size_t i = 0; i < articles.pages[0].line_count; i++)
        lines += articles.pages[0].lines[i].article >= 0;
    assert_int_equal(lines, before ? 9 : 8);
    bi_articles_release(&articles);
    bi_page_release(&page);
    bi_issue_release(&issue);
    return body;
}

static void dropcap_begins_its_paragraph(void **state)
{
    (void)state;
    static const char expected[] =
        "走进青石街，先看见的是字。酱园的招牌是颜体，厚重得像坛子。\n药铺的招牌是隶书，笔画舒展。";
    assert_string_equal(body_with_dropcap(BI_ROLE_BODY, NULL), expected);
    assert_string_equal(body_with_dropcap(BI_ROLE_HEADLINE, NULL), expected);
    assert_string_equal(body_with_dropcap(BI_ROLE_BODY, "剪刀铺的招牌只有一个字。") +
                            strlen("剪刀铺的招牌只有一个字。\n"),
                        expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_by_script),
        cmocka_unit_test(splits_at_indentation),
        cmocka_unit_test(goes_on_over_a_column_s_end),
        cmocka_unit_test(starts_anew_where_the_next_column_is_indented),
        cmocka_unit_test(keeps_crossheads_apart),
        cmocka_unit_test(dropcap_begins_its_paragraph),
        cmocka_unit_test(follows_short_lines_without_indentation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
