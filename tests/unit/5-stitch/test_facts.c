/* What masthead and running heads say, and how pages are numbered by vote. */
#include "facts.h"

#include <string.h>

#include "maker.h"

static struct st_head_facts parse(const char *text)
{
    struct bi_arena arena = {0};
    struct st_head_facts facts;
    st_facts_parse(&arena, text, &facts);
    bi_arena_release(&arena);
    return facts;
}

static void reads_an_issue_line(void **state)
{
    (void)state;
    struct st_head_facts facts = parse("2025年7月4日 星期五 第26期 (总第1495期) 本期 4 版");
    assert_int_equal(facts.year, 2025);
    assert_int_equal(facts.month, 7);
    assert_int_equal(facts.day, 4);
    assert_int_equal(facts.weekday, 5);
    assert_int_equal(facts.number, 26);
    assert_int_equal(facts.total, 1495);
    assert_int_equal(facts.pages, 4);
}

static void reads_other_writings(void **state)
{
    (void)state;
    struct st_head_facts facts = parse("二〇二五年七月十一日 星期日 总第二一六一期 今日十六版");
    assert_int_equal(facts.year, 2025);
    assert_int_equal(facts.month, 7);
    assert_int_equal(facts.day, 11);
    assert_int_equal(facts.weekday, 7);
    assert_int_equal(facts.total, 2161);
    assert_int_equal(facts.pages, 16);
    facts = parse("2025.07.04");
    assert_int_equal(facts.month, 7);
    assert_int_equal(facts.day, 4);
    facts = parse("2O25年6月2O日");
    assert_int_equal(facts.year, 2025);
    assert_int_equal(facts.day, 20);
    assert_int_equal(parse("民生").year, 0);
    assert_int_equal(parse("准印证号(B)0538 (内部资料 免费交流)").number, 0);
}

static void reads_folios(void **state)
{
    (void)state;
    assert_int_equal(parse("4").folio.number, 4);
    assert_int_equal(parse("04版").folio.number, 4);
    assert_int_equal(parse("第三版").folio.number, 3);
    assert_int_equal(parse("A3 要闻").folio.number, 3);
    assert_int_equal(parse("A3 要闻").folio.letter, 'A');
    assert_int_equal(parse("民生 12").folio.number, 12);
    assert_int_equal(parse("2025年6月20日 星期五 责任编辑：石磊").folio.number, 0);
}

static void knows_weekdays(void **state)
{
    (void)state;
    assert_int_equal(st_weekday(2025, 7, 4), 5);
    assert_int_equal(st_weekday(2024, 2, 29), 4);
    assert_int_equal(st_weekday(1949, 10, 1), 6);
    assert_int_equal(st_weekday(2000, 1, 2), 7);
}

static void masthead(struct bi_page *page, const char *name, const char *line)
{
    make_page(page);
    add_single(page, 200, 150, 150, BI_ROLE_MASTHEAD, name);
    add_single(page, 1200, 160, 40, BI_ROLE_MASTHEAD, line);
    add_single(page, 200, 600, 90, BI_ROLE_HEADLINE, "本日要闻");
    add_column(page, 200, 760, "  今天天气很好，大家都出来走|一走。");
}

static void running_head(struct bi_page *page, const char *folio, const char *section, const char *head)
{
    make_page(page);
    add_single(page, 200, 150, 60, BI_ROLE_HEADER, folio);
    add_single(page, 400, 150, 60, BI_ROLE_HEADER, section);
    add_single(page, 1200, 160, 38, BI_ROLE_HEADER, head);
    add_single(page, 200, 600, 90, BI_ROLE_HEADLINE, "另外一则");
    add_column(page, 200, 760, "  昨天也是好天气，没有人出门|走走。");
}

static void outvotes_a_misread_masthead(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[3];
    struct bi_articles articles;
    make_issue(&issue, 3, "2025-07-04");
    masthead(&pages[0], "咐江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 3 版");
    running_head(&pages[1], "2", "民生", "2025年7月4日 星期五 责任编辑：石磊 临江新报");
    running_head(&pages[2], "3", "文化", "2025年7月4日 星期五 责任编辑：石磊 临江新报");
    stitch(&issue, pages, 3, &articles);
    assert_string_equal(articles.facts.paper, "临江新报");
    assert_string_equal(articles.facts.date, "2025-07-04");
    assert_string_equal(articles.facts.weekday, "星期五");
    assert_int_equal(articles.facts.number, 26);
    assert_int_equal(articles.facts.total, 1495);
    assert_int_equal(articles.facts.pages, 3);
    assert_string_equal(articles.pages[1].section, "民生");
    assert_int_equal(articles.problem_count, 0);
    bi_articles_release(&articles);
    for (size_t i = 0; i < 3; i++)
        bi_page_release(&pages[i]);
    bi_issue_release(&issue);
}

static void a_name_read_with_a_speck_leaves_no_space(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[3];
    struct bi_articles articles;
    make_issue(&issue, 3, "2025-07-04");
    masthead(&pages[0], "1临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 3 版");
    running_head(&pages[1], "2", "民生", "2025年7月4日 星期五 责任编辑：石磊 临江新报");
    running_head(&pages[2], "3", "文化", "2025年7月4日 星期五 责任编辑：石磊 临江新报");
    stitch(&issue, pages, 3, &articles);
    assert_string_equal(articles.facts.paper, "临江新报");
    bi_articles_release(&articles);
    for (size_t i = 0; i < 3; i++)
        bi_page_release(&pages[i]);
    bi_issue_release(&issue);
}

static void reports_what_contradicts(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[2];
    struct bi_articles articles;
    make_issue(&issue, 2, "2025-07-05");
    masthead(&pages[0], "临江新报", "2025年7月4日 星期三 第26期 (总第1495期) 本期 8 版");
    running_head(&pages[1], "2", "民生", "2025年7月4日 星期三 临江新报");
    stitch(&issue, pages, 2, &articles);
    assert_string_equal(articles.facts.date, "2025-07-05"); /* the folder's date wins */
    assert_true(has_problem(&articles, "date-contradiction", "2025-07-04"));
    assert_true(has_problem(&articles, "date-contradiction", "星期三"));
    assert_true(has_problem(&articles, "page-count", "8 pages"));
    bi_articles_release(&articles);
    for (size_t i = 0; i < 2; i++)
        bi_page_release(&pages[i]);
    bi_issue_release(&issue);
}

static void release(struct bi_issue *issue, struct bi_page *pages, size_t count, struct bi_articles *articles)
{
    bi_articles_release(articles);
    for (size_t i = 0; i < count; i++)
        bi_page_release(&pages[i]);
    bi_issue_release(issue);
}

static void tells_two_issues_in_one_folder(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[4];
    struct bi_articles articles;
    make_issue(&issue, 4, "2025-07-04");
    masthead(&pages[0], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 2 版");
    running_head(&pages[1], "2", "民生", "2025年7月4日 星期五 临江新报");
    masthead(&pages[2], "临江新报", "2025年7月11日 星期五 第27期 (总第1496期) 本期 2 版");
    running_head(&pages[3], "2", "民生", "2025年7月11日 星期五 临江新报");
    stitch(&issue, pages, 4, &articles);
    assert_true(has_problem(&articles, "two-issues", "2025-07-04 (总第1495期)"));
    assert_true(has_problem(&articles, "two-issues", "2025-07-11 (总第1496期)"));
    release(&issue, pages, 4, &articles);
    /* A date misread on one page is none. */
    make_issue(&issue, 3, "2025-07-04");
    masthead(&pages[0], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 3 版");
    running_head(&pages[1], "2", "民生", "2025年7月1日 星期五 临江新报");
    running_head(&pages[2], "3", "民生", "2025年7月4日 星期五 临江新报");
    stitch(&issue, pages, 3, &articles);
    assert_false(has_problem(&articles, "two-issues", ""));
    release(&issue, pages, 3, &articles);
}

#define LONG_TEXT                                                                                                              \
    "  "                                                                                                                       \
    "推着一只带轮子的药箱，医|生敲开了四号的门。箱子里装|着心电图机，检查的数据实时|"    \
    "传到医院的电脑里去，大夫|"                                                                                    \
    "坐在屏幕前看完了一条曲线，|在电话里嘱咐老人少盐少油。|这样的上门服务从去年开始，|" \
    "如今全区已有一百多位老人|"                                                                                    \
    "签约，每月一次，风雨无阻。|  社区的护士说，最怕下雪。"

static void tells_a_page_scanned_twice(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[3];
    struct bi_articles articles;
    make_issue(&issue, 3, "2025-07-04");
    masthead(&pages[0], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 2 版");
    running_head(&pages[1], "2", "民生", "2025年7月4日 星期五 临江新报");
    running_head(&pages[2], "2", "民生", "2025年7月4日 星期五 临江新报");
    add_column(&pages[1], 1200, 760, LONG_TEXT);
    add_column(&pages[2], 1200, 766, LONG_TEXT);
    stitch(&issue, pages, 3, &articles);
    assert_true(has_problem(&articles, "folio-duplicate", "folio 2"));
    assert_true(has_problem(&articles, "page-duplicate", "of its text is there"));
    bi_articles_release(&articles);
    /* The file copied under another name. */
    issue.frames[0].sha256 = issue.frames[2].sha256 = bi_arena_strdup(&issue.arena, "ab");
    stitch(&issue, pages, 3, &articles);
    assert_true(has_problem(&articles, "page-duplicate", "frame 3 is the page that frame 1 is too"));
    assert_true(has_problem(&articles, "page-duplicate", "the same scan"));
    release(&issue, pages, 3, &articles);
}

static void tells_a_missing_folio(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[4];
    struct bi_articles articles;
    make_issue(&issue, 4, "2025-07-04");
    masthead(&pages[0], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 4 版");
    running_head(&pages[1], "2", "民生", "2025年7月4日 星期五 临江新报");
    running_head(&pages[2], "综合", "社会", "2025年7月4日 星期五 临江新报");
    running_head(&pages[3], "4", "民生", "2025年7月4日 星期五 临江新报");
    stitch(&issue, pages, 4, &articles);
    assert_int_equal(articles.pages[2].page_number, 3);
    assert_true(has_problem(&articles, "folio-missing", "by its place it is page 3"));
    assert_false(has_problem(&articles, "folio-missing", "page 1"));
    release(&issue, pages, 4, &articles);
}

static void tells_a_page_turned_as_no_other(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[4];
    struct bi_articles articles;
    make_issue(&issue, 4, "2025-07-04");
    masthead(&pages[0], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 4 版");
    for (int i = 1; i < 4; i++) {
        static const char *const folios[] = {"", "2", "3", "4"};
        running_head(&pages[i], folios[i], "民生", "2025年7月4日 星期五 临江新报");
    }
    for (int i = 0; i < 4; i++) {
        pages[i].transform.scan = bi_arena_strdup(&pages[i].arena, "scan.jpg");
        pages[i].transform.orientation_degrees = i == 3 ? 0 : 180;
    }
    pages[2].transform.orientation_unsure = pages[3].transform.orientation_unsure = true;
    pages[1].transform.inverted = true;
    stitch(&issue, pages, 4, &articles);
    assert_true(has_problem(&articles, "orientation",
                            "by 0 degrees without being sure, all other pages of the issue by 180"));
    assert_false(has_problem(&articles, "orientation", "cannot be told"));
    assert_true(has_problem(&articles, "inverted", "taken for a negative"));
    release(&issue, pages, 4, &articles);
}

/* Problems of a kind and a severity about a page (0: the issue). */
static int count_problems(const struct bi_articles *articles, const char *kind, const char *severity,
                          int page)
{
    int count = 0;
    for (size_t i = 0; i < articles->problem_count; i++)
        count += strcmp(articles->problems[i].kind, kind) == 0 &&
                 strcmp(articles->problems[i].severity, severity) == 0 &&
                 articles->problems[i].page_number == page;
    return count;
}

static void tells_once_of_an_issue_that_cannot_tell(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[2];
    struct bi_articles articles;
    make_issue(&issue, 2, "2025-07-04");
    masthead(&pages[0], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 2 版");
    running_head(&pages[1], "2", "民生", "2025年7月4日 星期五 临江新报");
    for (int i = 0; i < 2; i++) {
        pages[i].transform.scan = bi_arena_strdup(&pages[i].arena, "scan.jpg");
        pages[i].transform.orientation_unsure = true;
    }
    stitch(&issue, pages, 2, &articles);
    assert_true(has_problem(&articles, "orientation", "cannot be told from any page"));
    assert_int_equal(count_problems(&articles, "orientation", "note", 0), 1);
    assert_int_equal(count_problems(&articles, "orientation", "warning", 1), 0);
    assert_int_equal(count_problems(&articles, "orientation", "warning", 2), 0);
    release(&issue, pages, 2, &articles);
}

/* Two pages that tell say different things: the third cannot go by them. */
static void tells_of_a_page_that_cannot_tell(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[3];
    struct bi_articles articles;
    make_issue(&issue, 3, "2025-07-04");
    masthead(&pages[0], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 3 版");
    running_head(&pages[1], "2", "民生", "2025年7月4日 星期五 临江新报");
    running_head(&pages[2], "3", "民生", "2025年7月4日 星期五 临江新报");
    for (int i = 0; i < 3; i++) {
        pages[i].transform.scan = bi_arena_strdup(&pages[i].arena, "scan.jpg");
        pages[i].transform.orientation_degrees = i ? 180 : 0;
    }
    pages[2].transform.orientation_unsure = true;
    stitch(&issue, pages, 3, &articles);
    assert_int_equal(count_problems(&articles, "orientation", "note", 0), 0);
    assert_int_equal(count_problems(&articles, "orientation", "warning", 3), 1);
    release(&issue, pages, 3, &articles);
}

/* Ninety-six pages, and one. */
static void takes_issues_of_any_length(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page *pages = calloc(96, sizeof *pages);
    struct bi_articles articles;
    make_issue(&issue, 96, "2025-07-04");
    masthead(&pages[0], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 96 版");
    for (size_t i = 1; i < 96; i++) {
        char folio[8];
        snprintf(folio, sizeof folio, "%zu", i + 1);
        running_head(&pages[i], folio, "民生", "2025年7月4日 星期五 临江新报");
    }
    stitch(&issue, pages, 96, &articles);
    assert_int_equal(articles.page_count, 96);
    for (int i = 0; i < 96; i++)
        assert_int_equal(articles.pages[i].page_number, i + 1);
    assert_int_equal(articles.facts.pages, 96);
    assert_int_equal(articles.problem_count, 0);
    release(&issue, pages, 96, &articles);
    make_issue(&issue, 1, "2025-07-04");
    masthead(&pages[0], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 1 版");
    stitch(&issue, pages, 1, &articles);
    assert_int_equal(articles.article_count, 1);
    assert_int_equal(articles.problem_count, 0);
    release(&issue, pages, 1, &articles);
    free(pages);
}

static void numbers_pages_by_their_folios(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[4];
    struct bi_articles articles;
    /* Pages 5 to 8 of an issue; one folio misread. */
    make_issue(&issue, 4, "2025-07-04");
    running_head(&pages[0], "5", "民生", "2025年7月4日 星期五 临江新报");
    running_head(&pages[1], "6", "民生", "2025年7月4日 星期五 临江新报");
    running_head(&pages[2], "3", "民生", "2025年7月4日 星期五 临江新报");
    running_head(&pages[3], "8", "民生", "2025年7月4日 星期五 临江新报");
    stitch(&issue, pages, 4, &articles);
    for (int i = 0; i < 4; i++)
        assert_int_equal(articles.pages[i].page_number, i + 5);
    assert_true(has_problem(&articles, "folio-contradiction", "folio 3"));
    assert_true(has_problem(&articles, "number-gap", "page 1 is missing"));
    bi_articles_release(&articles);
    for (size_t i = 0; i < 4; i++)
        bi_page_release(&pages[i]);
    /* Delivered in another order. */
    static const char *const folios[] = {"3", "1", "4", "2"};
    for (size_t i = 0; i < 4; i++)
        running_head(&pages[i], folios[i], "民生", "2025年7月4日 星期五 临江新报");
    stitch(&issue, pages, 4, &articles);
    assert_int_equal(articles.pages[0].page_number, 3);
    assert_int_equal(articles.pages[3].page_number, 2);
    assert_true(has_problem(&articles, "page-order", "1"));
    bi_articles_release(&articles);
    for (size_t i = 0; i < 4; i++)
        bi_page_release(&pages[i]);
    bi_issue_release(&issue);
}

/* Two unfolded sheets, outside first: two pages on one scan each. */
static void numbers_pages_of_unfolded_sheets_by_their_folios(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[4];
    struct bi_articles articles;
    make_issue(&issue, 4, "2025-07-04");
    for (size_t i = 0; i < 4; i++)
        issue.frames[i].crop = bi_arena_strdup(&issue.arena, i % 2 ? "5,0 9,0 9,9 5,9" : "0,0 4,0 4,9 0,9");
    running_head(&pages[0], "4", "民生", "2025年7月4日 星期五 临江新报");
    masthead(&pages[1], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 4 版");
    running_head(&pages[2], "2", "要闻", "2025年7月4日 星期五 临江新报");
    running_head(&pages[3], "3", "综合", "2025年7月4日 星期五 临江新报");
    stitch(&issue, pages, 4, &articles);
    static const int want[] = {4, 1, 2, 3};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(articles.pages[i].page_number, want[i]);
    assert_false(has_problem(&articles, "folio-contradiction", ""));
    bi_articles_release(&articles);
    for (size_t i = 0; i < 4; i++)
        bi_page_release(&pages[i]);
    bi_issue_release(&issue);
}

static void believes_the_large_numeral(void **state)
{
    (void)state;
    struct bi_issue issue;
    struct bi_page pages[1];
    struct bi_articles articles;
    make_issue(&issue, 1, "2025-07-04");
    running_head(&pages[0], "8", "1名", "2025年7月4日 星期五 临江新报");
    add_single(&pages[0], 600, 150, 50, BI_ROLE_HEADER, "1到");
    add_single(&pages[0], 700, 150, 50, BI_ROLE_HEADER, "1名");
    for (size_t i = 0; i < pages[0].region_count; i++)
        if (strcmp(pages[0].regions[i].lines[0].text, "8") == 0)
            pages[0].regions[i].lines[0].em = 100;
    stitch(&issue, pages, 1, &articles);
    assert_int_equal(articles.pages[0].page_number, 8);
    bi_articles_release(&articles);
    bi_page_release(&pages[0]);
    bi_issue_release(&issue);
}

/* Numbers frames with these folios; 0 stands for none read. The first page has a masthead if `front`. */
static void expect_numbers(const int *folios, const int *want, size_t count, bool front)
{
    struct bi_arena arena = {0};
    struct bi_articles articles;
    bi_articles_init(&articles);
    struct st_line masthead = {.role = BI_ROLE_MASTHEAD};
    struct st_page *pages = bi_arena_array(&arena, count, sizeof *pages);
    for (size_t i = 0; i < count; i++) {
        pages[i].frame = (int)i + 1;
        pages[i].folio.number = folios[i];
    }
    if (front) {
        pages[0].lines = &masthead;
        pages[0].line_count = 1;
    }
    struct bi_issue source = {0};
    struct st_issue issue = {.arena = &arena, .source = &source, .pages = pages, .page_count = count};
    st_number_pages(&issue, &articles);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(pages[i].page_number, want[i]);
    bi_articles_release(&articles);
    bi_arena_release(&arena);
}

static void numbers_stay_unique_whatever_the_folios_say(void **state)
{
    (void)state;
    /* Pages 2, 3, 6 and 7 were not scanned. */
    expect_numbers((int[]){0, 4, 5, 8}, (int[]){1, 4, 5, 8}, 4, true);
    /* Most pages could not be read, and what the last one prints is less than its frame. */
    expect_numbers((int[]){0, 0, 0, 0, 0, 0, 4}, (int[]){1, 2, 3, 5, 6, 7, 4}, 7, true);
    /* One page scanned twice. */
    expect_numbers((int[]){0, 2, 3, 3, 4}, (int[]){1, 2, 3, 5, 4}, 5, true);
    /* A misread folio in the middle, one at the end, one past the issue's length. */
    expect_numbers((int[]){0, 2, 8, 4}, (int[]){1, 2, 3, 4}, 4, true);
    expect_numbers((int[]){0, 2, 3, 1}, (int[]){1, 2, 3, 4}, 4, true);
    /* Two neighbours swapped. */
    expect_numbers((int[]){0, 2, 4, 3, 5, 6}, (int[]){1, 2, 4, 3, 5, 6}, 6, true);
    /* Later pages of an issue, the first one's folio unread. */
    expect_numbers((int[]){0, 6, 7, 8}, (int[]){5, 6, 7, 8}, 4, false);
    expect_numbers((int[]){0, 0}, (int[]){1, 2}, 2, false);
    expect_numbers((int[]){7}, (int[]){7}, 1, false);
}

/* Gives the character of a line's text at `at` other readings, each of half the confidence of the one before.
 */
static void read_otherwise(struct bi_page *page, const char *text, size_t at, const char *others)
{
    for (size_t i = 0; i < page->region_count; i++) {
        struct bi_line *line = page->regions[i].line_count ? page->regions[i].lines : NULL;
        if (!line || strcmp(line->text, text) != 0)
            continue;
        line->glyph_count = bi_rune_count(text);
        line->glyphs = bi_arena_array(&page->arena, line->glyph_count, sizeof *line->glyphs);
        const char *next = text;
        for (size_t g = 0; g < line->glyph_count; g++) {
            struct bi_glyph *glyph = &line->glyphs[g];
            const char *from = next;
            bi_rune_next(&next);
            glyph->readings = bi_arena_array(&page->arena, 8, sizeof *glyph->readings);
            glyph->readings[glyph->reading_count++] =
                (struct bi_reading){bi_arena_strndup(&page->arena, from, (size_t)(next - from)), 0.6};
            for (const char *s = others; g == at && *s; s++) {
                double less = glyph->readings[glyph->reading_count - 1].confidence / 2;
                glyph->readings[glyph->reading_count++] =
                    (struct bi_reading){bi_arena_strndup(&page->arena, s, 1), less};
            }
        }
    }
}

/* An issue with a masthead that tells of so many pages and running heads with these folios, the i-th of which
 * may be others as well. */
static void expect_folios(const char *pages_printed, const char *const *folios, const char *const *others,
                          const int *want, size_t count)
{
    struct bi_issue issue;
    struct bi_page pages[8];
    struct bi_articles articles;
    struct bi_arena arena = {0};
    make_issue(&issue, count, "2025-07-04");
    masthead(&pages[0], "临江新报",
             bi_arena_printf(&arena, "2025年7月4日 星期五 第26期 (总第1495期) 本期 %s 版", pages_printed));
    for (size_t i = 1; i < count; i++) {
        running_head(&pages[i], folios[i], "民生", "2025年7月4日 星期五 临江新报");
        read_otherwise(&pages[i], folios[i], 0, others[i]);
    }
    stitch(&issue, pages, count, &articles);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(articles.pages[i].page_number, want[i]);
    bi_arena_release(&arena);
    release(&issue, pages, count, &articles);
}

static void weighs_what_a_folio_may_be_with_the_other_pages(void **state)
{
    (void)state;
    /* One figure of doubt would make pages 2 to 6 missing. */
    expect_folios("2", (const char *[]){"", "7"}, (const char *[]){"", "2"}, (int[]){1, 2}, 2);
    /* Without the doubt it is still a number past the last page, and of the shape of 2. */
    expect_folios("2", (const char *[]){"", "7"}, (const char *[]){"", ""}, (int[]){1, 2}, 2);
    /* Pages that really are missing stay so, whatever else the figure might be. */
    expect_folios("8", (const char *[]){"", "7", "8"}, (const char *[]){"", "5", "3"}, (int[]){1, 7, 8}, 3);
    expect_folios("8", (const char *[]){"", "4", "8"}, (const char *[]){"", "", ""}, (int[]){1, 4, 8}, 3);
    /* Of several doubts those that go together. */
    expect_folios("8", (const char *[]){"", "7", "8", "4", "6"}, (const char *[]){"", "12", "35", "", "58"},
                  (int[]){1, 2, 3, 4, 5}, 5);
    /* A figure of the shape of the only one that fits. */
    expect_folios("4", (const char *[]){"", "2", "8", "4"}, (const char *[]){"", "", "", ""},
                  (int[]){1, 2, 3, 4}, 4);
    /* In the order as it is, nothing is doubted. */
    expect_folios("4", (const char *[]){"", "2", "3", "4"}, (const char *[]){"", "7", "8", "9"},
                  (int[]){1, 2, 3, 4}, 4);
}

static void believes_the_names_of_scans_named_after_their_pages(void **state)
{
    (void)state;
    static const char *const names[] = {"p01.jpg", "p02.jpg", "p05.jpg", "p06.jpg"};
    struct bi_issue issue;
    struct bi_page pages[4];
    struct bi_articles articles;
    make_issue(&issue, 4, "2025-07-04");
    for (size_t i = 0; i < 4; i++)
        issue.frames[i].scan = bi_arena_strdup(&issue.arena, names[i]);
    masthead(&pages[0], "临江新报", "2025年7月4日 星期五 第26期 (总第1495期) 本期 8 版");
    running_head(&pages[1], "2", "民生", "2025年7月4日 星期五 临江新报");
    running_head(&pages[2], "综合", "社会", "2025年7月4日 星期五 临江新报"); /* no folio */
    running_head(&pages[3], "8", "民生", "2025年7月4日 星期五 临江新报");
    read_otherwise(&pages[3], "8", 0, "36");
    stitch(&issue, pages, 4, &articles);
    static const int want[] = {1, 2, 5, 6};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(articles.pages[i].page_number, want[i]);
    assert_true(has_problem(&articles, "folio-misread", "reads 8 and is taken for 6"));
    release(&issue, pages, 4, &articles);
}

static void follows_folios_of_sections(void **state)
{
    (void)state;
    static const char *const folios[] = {"A1", "A2", "B1", "82", "C1"};
    struct bi_issue issue;
    struct bi_page pages[5];
    struct bi_articles articles;
    make_issue(&issue, 5, "2025-07-04");
    for (size_t i = 0; i < 5; i++)
        running_head(&pages[i], folios[i], "民生", "2025年7月4日 星期五 临江新报");
    read_otherwise(&pages[3], "82", 0, "B");
    add_single(&pages[4], 200, 3000, EM, BI_ROLE_JUMP, "上接B2版");
    stitch(&issue, pages, 5, &articles);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(articles.pages[i].page_number, i + 1);
    assert_true(has_problem(&articles, "folio-misread", "reads 82 and is taken for B2"));
    release(&issue, pages, 5, &articles);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_an_issue_line),
        cmocka_unit_test(reads_other_writings),
        cmocka_unit_test(reads_folios),
        cmocka_unit_test(knows_weekdays),
        cmocka_unit_test(outvotes_a_misread_masthead),
        cmocka_unit_test(a_name_read_with_a_speck_leaves_no_space),
        cmocka_unit_test(reports_what_contradicts),
        cmocka_unit_test(tells_two_issues_in_one_folder),
        cmocka_unit_test(tells_a_page_scanned_twice),
        cmocka_unit_test(tells_a_missing_folio),
        cmocka_unit_test(tells_a_page_turned_as_no_other),
        cmocka_unit_test(tells_once_of_an_issue_that_cannot_tell),
        cmocka_unit_test(tells_of_a_page_that_cannot_tell),
        cmocka_unit_test(takes_issues_of_any_length),
        cmocka_unit_test(numbers_pages_by_their_folios),
        cmocka_unit_test(numbers_pages_of_unfolded_sheets_by_their_folios),
        cmocka_unit_test(believes_the_large_numeral),
        cmocka_unit_test(weighs_what_a_folio_may_be_with_the_other_pages),
        cmocka_unit_test(believes_the_names_of_scans_named_after_their_pages),
        cmocka_unit_test(follows_folios_of_sections),
        cmocka_unit_test(numbers_stay_unique_whatever_the_folios_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
