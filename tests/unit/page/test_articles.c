#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "page/articles.h"
#include "page/issue.h"
#include "unit.h"

static char path[] = "/tmp/backissue-articles-XXXXXX";

static void make_articles(struct bi_articles *a)
{
    bi_articles_init(a);
    a->facts =
        (struct bi_issue_facts){.paper = "临江新报", .date = "2025-06-20", .number = 10, .total = 1080};
    for (int p = 1; p <= 20; p++) {
        struct bi_page_verdict *page = bi_articles_add_page(a);
        page->frame = page->page_number = p;
        page->confidence = 0.98765;
        page->status = "ok";
        for (int l = 0; l < 20; l++) {
            struct bi_line_verdict *line = bi_articles_add_line(a, page);
            line->line_id = bi_arena_printf(&a->arena, "r1l%d", l);
            line->role = BI_ROLE_JUMP;
            line->article = l % 2 ? 0 : -1;
        }
    }
    struct bi_article *article = bi_articles_add_article(a);
    article->id = "a1";
    article->kind = "article";
    article->kicker = article->subhead = article->byline = "";
    article->headline = "慢工也是一种\"效率\"";
    article->body = "第一段。\n第二段。";
    struct bi_part *part = bi_articles_add_part(a, article);
    part->page_number = 1;
    part->box = (struct bi_box){1, 2, 3, 4};
    part->region_count = 1;
    part->regions = bi_arena_array(&a->arena, 1, sizeof *part->regions);
    part->regions[0] = "r1";
    struct bi_link *link = bi_articles_add_link(a);
    link->kind = "continuation";
    link->marker = "下转第3版";
    link->source_article = 0;
    link->target_page = 3;
    link->status = "dangling";
    link->reason = "page 3 has no open part";
    bi_articles_add_problem(a, 1, 0, "dangling-jump", "warning", "下转第%d版: page %d is not in this issue",
                            5, 5);
}

static void test_articles_come_back_as_they_were(void **state)
{
    (void)state;
    struct bi_articles a, back;
    struct bi_error err = {0};
    make_articles(&a);
    assert_int_equal(bi_articles_write(path, &a, &err), 0);
    assert_int_equal(bi_articles_read(path, &back, &err), 0);
    assert_string_equal(back.facts.paper, "临江新报");
    assert_null(back.facts.weekday);
    assert_int_equal(back.facts.total, 1080);
    assert_int_equal(back.page_count, 20);
    assert_int_equal(back.pages[19].line_count, 20);
    assert_string_equal(back.pages[19].lines[19].line_id, "r1l19");
    assert_int_equal(back.pages[19].lines[19].role, BI_ROLE_JUMP);
    assert_int_equal(back.pages[19].lines[18].article, -1);
    assert_true(back.pages[0].confidence == 0.9877);
    assert_string_equal(back.articles[0].headline, a.articles[0].headline);
    assert_string_equal(back.articles[0].body, a.articles[0].body);
    assert_null(back.articles[0].section);
    assert_int_equal(back.articles[0].parts[0].box.h, 4);
    assert_string_equal(back.articles[0].parts[0].regions[0], "r1");
    assert_int_equal(back.links[0].target_article, -1);
    assert_string_equal(back.problems[0].detail, "下转第5版: page 5 is not in this issue");
    bi_articles_release(&a);
    bi_articles_release(&back);
}

static void expect_refused(const char *json)
{
    struct bi_articles a;
    struct bi_error err = {0};
    assert_int_equal(bi_articles_parse("x.json", json, strlen(json), &a, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
}

static void test_references_out_of_range_are_refused(void **state)
{
    (void)state;
    expect_refused("");
    expect_refused("[]");
    expect_refused("{\"format\":\"backissue-articles/2\"}");
    expect_refused("{\"format\":\"backissue-articles/1\",\"links\":[{\"source_article\":0}]}");
    expect_refused("{\"format\":\"backissue-articles/1\",\"pages\":[{\"lines\":[{\"article\":-2}]}]}");
    expect_refused("{\"format\":\"backissue-articles/1\",\"problems\":[{\"article\":1}],\"articles\":[{}]}");
}

static void test_types_that_are_wrong_count_as_missing(void **state)
{
    (void)state;
    static const char json[] = "{\"format\":\"backissue-articles/1\",\"issue\":[],\"pages\":{},"
                               "\"articles\":[{\"headline\":3,\"parts\":[{\"box\":[1,\"2\"]}]}, 7]}";
    struct bi_articles a;
    struct bi_error err = {0};
    assert_int_equal(bi_articles_parse("x.json", json, strlen(json), &a, &err), 0);
    assert_int_equal(a.article_count, 2);
    assert_string_equal(a.articles[0].headline, "");
    assert_int_equal(a.articles[0].parts[0].box.x, 1);
    assert_int_equal(a.articles[0].parts[0].box.y, 0);
    bi_articles_release(&a);
}

static void test_an_issue_comes_back_as_it_was(void **state)
{
    (void)state;
    struct bi_error err = {0};
    struct bi_issue issue = {
        .folder = "scans/linjiang/2025-06-20", .title = "linjiang", .date = "2025-06-20"};
    struct bi_setting settings[] = {{"title", "paper", "临江新报"}, {"jumps", "to", "下转"}};
    struct bi_frame frames[] = {
        {.number = 1,
         .scan = "p 1.tif",
         .sha256 = "ab",
         .size = 5000000000,
         .format = "tiff",
         .width = 10,
         .crop = "0,0 4,0 5,9 0,9"},
        {.number = 2, .scan = "p2.tif", .sha256 = "", .format = "", .problem = "p2.tif: is empty"},
    };
    issue.settings = settings;
    issue.setting_count = 2;
    issue.frames = frames;
    issue.frame_count = 2;
    assert_int_equal(bi_issue_write(path, &issue, &err), 0);
    struct bi_issue back;
    assert_int_equal(bi_issue_read(path, &back, &err), 0);
    assert_string_equal(back.title, "linjiang");
    assert_string_equal(bi_issue_setting(&back, "jumps", "to"), "下转");
    assert_null(bi_issue_setting(&back, "jumps", "from"));
    assert_int_equal(back.frame_count, 2);
    assert_true(back.frames[0].size == 5000000000);
    assert_null(back.frames[0].problem);
    assert_string_equal(back.frames[0].crop, "0,0 4,0 5,9 0,9");
    assert_null(back.frames[1].crop);
    assert_string_equal(back.frames[1].problem, "p2.tif: is empty");
    bi_issue_release(&back);
}

int main(void)
{
    int fd = mkstemp(path);
    close(fd);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_articles_come_back_as_they_were),
        cmocka_unit_test(test_references_out_of_range_are_refused),
        cmocka_unit_test(test_types_that_are_wrong_count_as_missing),
        cmocka_unit_test(test_an_issue_comes_back_as_it_was),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
