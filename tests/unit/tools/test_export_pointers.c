/* Where printed pointers lead. */
#include "export/pointers.h"
#include "unit.h"

/* Page 1 announces two articles of page 4 in the same words; one of these goes on from page 4 to page 8. */
struct fixture {
    struct export_page pages[3];
    struct export_line front[4], fourth[2], eighth[1];
    struct export_part parts[3];
    struct export_article articles[2];
    struct export_link links[3];
    struct export_issue issue;
};

static struct export_line pointer(const char *role, const char *text, struct export_page *page,
                                  struct export_article *article)
{
    return (struct export_line){.role = role, .text = text, .page = page, .article = article};
}

static void set_up(struct fixture *f)
{
    *f = (struct fixture){0};
    static const int NUMBERS[] = {1, 4, 8};
    struct export_line *lines[] = {f->front, f->fourth, f->eighth};
    static const size_t COUNTS[] = {4, 2, 1};
    for (int i = 0; i < 3; i++)
        f->pages[i] = (struct export_page){
            .number = NUMBERS[i], .frame = i + 1, .lines = lines[i], .line_count = COUNTS[i]};
    f->front[0] = pointer("teaser", "社区食堂的灯", &f->pages[0], NULL);
    f->front[1] = pointer("teaser", ">>>刊4版", &f->pages[0], NULL);
    f->front[2] = pointer("teaser", "一条老街", &f->pages[0], NULL);
    f->front[3] = pointer("teaser", ">>>刊4版", &f->pages[0], NULL);
    f->fourth[0] = pointer("body", "走进青石街", &f->pages[1], &f->articles[1]);
    f->fourth[1] = pointer("jump", "（下转第８版 ）", &f->pages[1], &f->articles[1]);
    f->eighth[0] = pointer("jump", "(上接第4版)", &f->pages[2], &f->articles[1]);
    f->links[0] = (struct export_link){.kind = "teaser",
                                       .marker = ">>>刊4版",
                                       .source_page = 1,
                                       .target_page = 4,
                                       .target = &f->articles[0]};
    f->links[1] = (struct export_link){.kind = "teaser",
                                       .marker = ">>>刊4版",
                                       .source_page = 1,
                                       .target_page = 4,
                                       .target = &f->articles[1]};
    f->links[2] = (struct export_link){.kind = "continuation",
                                       .marker = "(下转第8版)",
                                       .source_page = 4,
                                       .target_page = 8,
                                       .source = &f->articles[1],
                                       .target = &f->articles[1]};
    f->issue = (struct export_issue){.pages = f->pages,
                                     .page_total = 3,
                                     .articles = f->articles,
                                     .article_count = 2,
                                     .links = f->links,
                                     .link_count = 3};
}

static void assert_target(const struct fixture *f, const struct export_line *line, int article, int page)
{
    struct export_target target = export_target_of(&f->issue, line);
    assert_ptr_equal(target.article, article < 0 ? NULL : &f->articles[article]);
    assert_ptr_equal(target.page, page < 0 ? NULL : &f->pages[page]);
}

static void teasers_in_the_same_words_lead_to_different_articles(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    assert_target(&f, &f.front[1], 0, 1);
    assert_target(&f, &f.front[3], 1, 1);
}

static void a_jump_leads_to_its_other_end(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    assert_target(&f, &f.fourth[1], 1, 2);
    assert_target(&f, &f.eighth[0], 1, 1);
}

static void other_lines_lead_nowhere(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f);
    assert_target(&f, &f.front[0], -1, -1);
    assert_target(&f, &f.fourth[0], -1, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(teasers_in_the_same_words_lead_to_different_articles),
        cmocka_unit_test(a_jump_leads_to_its_other_end),
        cmocka_unit_test(other_lines_lead_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
