/* Which lines make which paragraph of an article. */
#include "export/paragraphs.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "unit.h"

enum { MAX_LINES = 12 };

/* An article and its lines, as role and text one after the other, ended with NULL. */
struct made {
    struct bi_arena arena;
    struct export_article article;
    struct export_line lines[MAX_LINES];
    struct export_line *order[MAX_LINES];
    struct export_paragraphs paragraphs;
};

static void make(struct made *made, struct export_article article, const char *const *lines)
{
    *made = (struct made){.article = article};
    const char **texts[] = {&made->article.kicker, &made->article.headline, &made->article.subhead,
                            &made->article.byline, &made->article.body};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!*texts[i])
            *texts[i] = "";
    size_t n = 0;
    for (; lines[2 * n]; n++) {
        bool crosshead = strcmp(lines[2 * n], "crosshead") == 0;
        made->lines[n] = (struct export_line){
            .role = crosshead ? "body" : lines[2 * n], .crosshead = crosshead, .text = lines[2 * n + 1]};
        made->order[n] = &made->lines[n];
    }
    made->article.lines = made->order;
    made->article.line_count = n;
    export_paragraphs_align(&made->arena, &made->article, &made->paragraphs);
}

/* A paragraph in a form to compare: "line first-last …", with '-' for a hyphen left out and '_' for a space,
 * and '!' before one that is not exact. */
static void assert_paragraph(struct made *made, size_t index, const char *expected)
{
    assert_true(index < made->paragraphs.count);
    const struct export_paragraph *paragraph = &made->paragraphs.list[index];
    BI_CLEANUP(bi_text_release) struct bi_text said = {0};
    bi_text_add(&said, paragraph->exact ? "" : "!");
    for (size_t i = 0; i < paragraph->piece_count; i++) {
        const struct export_piece *piece = &paragraph->pieces[i];
        bi_text_printf(&said, "%s%d", i ? " " : "", (int)(piece->line - made->lines));
        if (!export_piece_is_line(piece))
            bi_text_printf(&said, ":%zu+%zu", piece->first, piece->count);
        bi_text_add(&said, piece->hyphen ? "-" : piece->space ? "_" : "");
    }
    assert_string_equal(bi_text_get(&said), expected);
}

static void an_article_is_made_of_its_lines(void **state)
{
    (void)state;
    struct made made;
    make(&made,
         (struct export_article){.kicker = "引题",
                                 .headline = "老菜场开门迎客",
                                 .byline = "□ 林间",
                                 .body = "老菜场改造七个月，用上了Linux 系统。\n小标题\n第二段"},
         (const char *const[]){"kicker", "引题", "headline", "老菜场", "headline", "开门迎客", "body",
                               "老菜场改造七个月，", "body", "用上了Linux 系统。", "crosshead", "小标题",
                               "body", "第二段", "byline", "□ 林间", "caption", "图为菜场", NULL});
    assert_int_equal(made.paragraphs.count, 6);
    assert_paragraph(&made, 0, "0");
    assert_paragraph(&made, 1, "1 2");
    assert_paragraph(&made, 2, "7");
    assert_paragraph(&made, 3, "3 4");
    assert_paragraph(&made, 4, "5");
    assert_paragraph(&made, 5, "6");
    assert_true(made.paragraphs.list[4].crosshead);
    assert_false(made.paragraphs.list[5].crosshead);
    assert_int_equal(made.paragraphs.rest_count, 1);
    assert_ptr_equal(made.paragraphs.rest[0], &made.lines[8]);
    bi_arena_release(&made.arena);
}

static void latin_words_keep_their_spaces_and_lose_their_hyphens(void **state)
{
    (void)state;
    struct made made;
    make(&made, (struct export_article){.body = "The information of the day and night-time trains"},
         (const char *const[]){"body", "The infor-", "body", "mation of", "body", "the day and", "body",
                               "night-", "body", "time trains", NULL});
    assert_paragraph(&made, 0, "0- 1_ 2_ 3 4");
    bi_arena_release(&made.arena);
}

static void lines_may_stand_in_another_order(void **state)
{
    (void)state;
    struct made made;
    /* A drop cap, and a caption that says what the text says. */
    make(&made, (struct export_article){.body = "春天到了，江边的树都绿了。\n江边的人多了。"},
         (const char *const[]){"caption", "江边的人多", "body", "天到了，江边的", "body", "树都绿了。",
                               "body", "春", "body", "江边的人多了。", NULL});
    assert_paragraph(&made, 0, "3 1 2");
    assert_paragraph(&made, 1, "4");
    assert_int_equal(made.paragraphs.rest_count, 1);
    bi_arena_release(&made.arena);
}

static void a_line_cut_at_a_gutter_is_found_in_parts(void **state)
{
    (void)state;
    struct made made;
    make(&made, (struct export_article){.body = "左栏的第一行文字左栏的第二行。\n右栏的第一行右栏的第二行。"},
         (const char *const[]){"body", "左栏的第一行文字", "body", "左栏的第二行。 | 右栏的第一行", "body",
                               "右栏的第二行。", NULL});
    assert_paragraph(&made, 0, "0 1:0+7");
    assert_paragraph(&made, 1, "1:8+6 2");
    assert_int_equal(made.paragraphs.rest_count, 0);
    bi_arena_release(&made.arena);
}

static void what_no_line_says_is_a_gap(void **state)
{
    (void)state;
    struct made made;
    make(&made, (struct export_article){.headline = "改过的标题", .body = "第一行。这里少了一行。第三行。"},
         (const char *const[]){"headline", "该过的标題", "body", "第一行。", "body", "第三行。", NULL});
    assert_paragraph(&made, 0, "!");
    assert_paragraph(&made, 1, "!1 2");
    assert_int_equal(made.paragraphs.rest_count, 1);
    bi_arena_release(&made.arena);
}

static void a_byline_may_be_the_opening_of_the_body(void **state)
{
    (void)state;
    struct made made;
    make(&made,
         (struct export_article){.byline = "本报讯(记者 沈若溪)", .body = "本报讯(记者 沈若溪)昨天下雨。"},
         (const char *const[]){"body", "本报讯(记者 沈若", "body", "溪)昨天下雨。", NULL});
    assert_paragraph(&made, 0, "0 1:0+2");
    assert_paragraph(&made, 1, "0 1");
    /* Signed twice: two lines with a space between them. */
    struct made signed_twice;
    make(&signed_twice, (struct export_article){.byline = "□ 林间 ○ 苏禾"},
         (const char *const[]){"byline", "□ 林间", "byline", "○ 苏禾", NULL});
    assert_paragraph(&signed_twice, 0, "0_ 1");
    bi_arena_release(&signed_twice.arena);
    bi_arena_release(&made.arena);
}

static void advertisements_have_their_own_lines(void **state)
{
    (void)state;
    struct made made;
    make(&made, (struct export_article){.headline = "招租", .body = "菜场旁旺铺\n电话 1234"},
         (const char *const[]){"ad", "菜场旁旺铺", "ad", "招租", "ad", "电话 1234", NULL});
    assert_paragraph(&made, 0, "1");
    assert_paragraph(&made, 1, "0");
    assert_paragraph(&made, 2, "2");
    bi_arena_release(&made.arena);
}

static void hostile_texts_end(void **state)
{
    (void)state;
    /* One character over and over, which the lines have too, but never as the text goes on. */
    enum { LENGTH = 20000 };
    static char body[LENGTH + 2], line[LENGTH / 2 + 2];
    memset(body, 'a', LENGTH);
    memset(line, 'a', LENGTH / 2);
    body[LENGTH] = 'c';
    line[LENGTH / 2] = 'b';
    struct made made;
    make(&made, (struct export_article){.body = body},
         (const char *const[]){"body", line, "body", line, "body", "", "body", "\xFF\xFE", NULL});
    assert_int_equal(made.paragraphs.count, 1);
    assert_false(made.paragraphs.list[0].exact);
    bi_arena_release(&made.arena);
    make(&made, (struct export_article){.headline = "无行", .body = "\n\n没有行的正文\n"},
         (const char *const[]){NULL});
    assert_int_equal(made.paragraphs.count, 2);
    assert_paragraph(&made, 0, "!");
    assert_paragraph(&made, 1, "!");
    bi_arena_release(&made.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_article_is_made_of_its_lines),
        cmocka_unit_test(latin_words_keep_their_spaces_and_lose_their_hyphens),
        cmocka_unit_test(lines_may_stand_in_another_order),
        cmocka_unit_test(a_line_cut_at_a_gutter_is_found_in_parts),
        cmocka_unit_test(what_no_line_says_is_a_gap),
        cmocka_unit_test(a_byline_may_be_the_opening_of_the_body),
        cmocka_unit_test(advertisements_have_their_own_lines),
        cmocka_unit_test(hostile_texts_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
