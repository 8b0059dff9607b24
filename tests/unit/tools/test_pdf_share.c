/* The body of an article put back on its printed lines. */
#include "base/text.h"
#include "export/pdf/share.h"
#include "unit.h"

#define MOST 8

static struct export_line lines[MOST];
static struct export_line *list[MOST];
static struct export_article article;

static void add(const char *role, const char *text)
{
    struct export_line *line = &lines[article.line_count];
    *line = (struct export_line){.role = role, .text = text, .box = {0, 0, 400, 40}};
    list[article.line_count++] = line;
    article.lines = list;
}

/* The texts of the lines that the body makes, with '|' after each. */
static void expect(const char *body, const char *expected)
{
    struct bi_arena arena = {0};
    struct bi_text text = {0};
    article.body = body;
    struct pdf_line *made = pdf_share_body(&arena, &article);
    for (size_t i = 0; i < article.line_count; i++) {
        assert_ptr_equal(made[i].line, &lines[i]);
        for (size_t k = 0; k < made[i].count; k++)
            bi_text_add(&text, made[i].characters[k].text);
        bi_text_add(&text, "|");
    }
    assert_string_equal(bi_text_get(&text), expected);
    bi_text_release(&text);
    bi_arena_release(&arena);
    article = (struct export_article){0};
}

static void a_body_is_its_lines(void **state)
{
    (void)state;
    add("headline", "老菜场");
    add("body", "改造七个");
    add("caption", "街景");
    add("body", "月开门。");
    add("body", "又一段");
    expect("改造七个月开门。\n又一段", "老菜场|改造七个||月开门。|又一段|");
}

static void what_the_body_has_otherwise_is_taken_from_it(void **state)
{
    (void)state;
    add("body", "其中Build-");
    add("body", "Depends 宇段");
    add("body", "多出的行");
    add("body", "提到的软件");
    expect("其中Build-Depends字段提到的软件包。", "其中Build|-Depends字段||提到的软件包。|");
}

static void hyphens_that_only_divide_are_left_out(void **state)
{
    (void)state;
    add("body", "an exam-");
    add("body", "ple of it");
    expect("an example of it", "an exam|ple of it|");
    add("body", "用-r或--");
    add("body", "remove");
    expect("用-r或--remove", "用-r或|--remove|");
}

static void spaces_are_those_of_the_body(void **state)
{
    (void)state;
    add("body", "三毛 钱，");
    add("body", "New");
    add("body", "York");
    expect("三毛钱， New York", "三毛钱， |New |York|");
    add("body", "招聘通过");
    expect("招聘\u3000通过", "招聘\u3000通过|");
}

static void a_notice_is_in_lines_of_an_advertisement(void **state)
{
    (void)state;
    add("ad", "遗失声明");
    add("ad", "王某遗失");
    expect("王某遗失", "|王某遗失|");
}

static void nothing_is_lost_where_nothing_fits(void **state)
{
    (void)state;
    add("body", "甲乙");
    add("body", "丙丁");
    expect("全部改写了", "全部改写了||");
    add("body", "甲乙");
    expect("", "|");
    expect("没有行", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_is_its_lines),
        cmocka_unit_test(what_the_body_has_otherwise_is_taken_from_it),
        cmocka_unit_test(hyphens_that_only_divide_are_left_out),
        cmocka_unit_test(spaces_are_those_of_the_body),
        cmocka_unit_test(a_notice_is_in_lines_of_an_advertisement),
        cmocka_unit_test(nothing_is_lost_where_nothing_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
