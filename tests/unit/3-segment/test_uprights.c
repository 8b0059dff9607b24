/* Vertical headlines, close to text as they are printed, and what looks like one. */
#include "draw.h"

enum { HEAD = 110, DECK = 50 };

/* A line of large characters one under another. */
static void draw_upright(PIX *pix, int x, int y, int em, int count)
{
    for (int i = 0; i < count; i++)
        draw_character(pix, x, y + i * em, em, 0);
}

/* The only line of the region at a place, which must be vertical and a headline. */
static void expect_head(const struct bi_page *page, int x, int y, int w, int h)
{
    const int region = find_text(page, x, y, w, h);
    assert_true(region >= 0);
    assert_true(page->regions[region].vertical);
    assert_int_equal(page->regions[region].role, BI_ROLE_HEADLINE);
    assert_int_equal(page->regions[region].line_count, 1);
}

static void expect_column(const struct bi_page *page, int x, int y, int characters, int lines)
{
    const int region = find_text(page, x, y, characters * EM, lines * PITCH - (PITCH - EM));
    assert_true(region >= 0);
    assert_false(page->regions[region].vertical);
    assert_int_equal(page->regions[region].line_count, lines);
}

/* Six tenths of an em of white at both sides. */
static void headline_close_to_text(void **state)
{
    (void)state;
    PIX *pix = draw_page(1700, 1200);
    draw_column(pix, 100, 100, 16, 18);
    draw_upright(pix, 100 + 16 * EM + 24, 100, HEAD, 8);
    draw_column(pix, 100 + 16 * EM + 48 + HEAD, 100, 16, 18);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    expect_head(&page, 100 + 16 * EM + 24, 100, HEAD, 8 * HEAD);
    expect_column(&page, 100, 100, 16, 18);
    expect_column(&page, 100 + 16 * EM + 48 + HEAD, 100, 16, 18);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Its last character ends in a part that is much narrower than the column, as 告 does. */
static void headline_with_narrow_foot(void **state)
{
    (void)state;
    enum { LEFT = 100 + 16 * EM + 24, FOOT = 100 + 6 * HEAD };
    PIX *pix = draw_page(1700, 1200);
    draw_column(pix, 100, 100, 16, 18);
    draw_upright(pix, LEFT, 100, HEAD, 6);
    draw_box(pix, LEFT + HEAD / 4, FOOT, HEAD / 2, HEAD / 2, 0);
    draw_column(pix, LEFT + 24 + HEAD, 100, 16, 18);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    expect_head(&page, LEFT, 100, HEAD, 6 * HEAD + HEAD / 2);
    const int head = find_text(&page, LEFT, 100, HEAD, 6 * HEAD + HEAD / 2);
    const struct bi_box box = bi_polygon_box(&page.regions[head].lines[0].outline);
    assert_true(box.y + box.h >= FOOT + HEAD / 2 - 1);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Beside vertical text, with a space of one character in it and a vertical subhead at its left. */
static void headline_with_space_and_subhead(void **state)
{
    (void)state;
    enum { LEFT = 100, TEXT = 12 * PITCH };
    PIX *pix = draw_page(1200, 1200);
    for (int i = 0; i < 12; i++)
        for (int k = 0; k < 24; k++)
            draw_character(pix, LEFT + i * PITCH, 100 + k * EM, EM, 0);
    draw_upright(pix, LEFT + TEXT + 10, 100, DECK, 10);
    draw_upright(pix, LEFT + TEXT + 10 + DECK + 20, 100, HEAD, 5);
    draw_upright(pix, LEFT + TEXT + 10 + DECK + 20, 100 + 6 * HEAD, HEAD, 3);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    expect_head(&page, LEFT + TEXT + 10 + DECK + 20, 100, HEAD, 9 * HEAD);
    const int deck = find_text(&page, LEFT + TEXT + 10, 100, DECK, 10 * DECK);
    assert_true(deck >= 0);
    assert_true(page.regions[deck].vertical);
    assert_int_equal(page.regions[deck].line_count, 1);
    const int text = find_text(&page, LEFT, 100, TEXT - (PITCH - EM), 24 * EM);
    assert_true(text >= 0);
    assert_int_equal(page.regions[text].line_count, 12);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Two vertical headlines one above the other with a rule between are two. */
static void rule_parts_headlines(void **state)
{
    (void)state;
    PIX *pix = draw_page(1200, 1500);
    for (int i = 0; i < 2; i++) {
        draw_upright(pix, 100, 100 + i * 600, HEAD, 4);
        draw_column(pix, 100 + HEAD + 40, 100 + i * 600, 18, 8);
    }
    draw_box(pix, 100, 100 + 4 * HEAD + 70, 900, 3, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    for (int i = 0; i < 2; i++)
        expect_head(&page, 100, 100 + i * 600, HEAD, 4 * HEAD);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* A headline of three rows has its characters under one another too. */
static void three_rows_are_no_columns(void **state)
{
    (void)state;
    PIX *pix = draw_page(1300, 1200);
    for (int row = 0; row < 3; row++)
        draw_line(pix, 100, 100 + row * (HEAD + 30), HEAD, 8);
    draw_column(pix, 100, 100 + 3 * (HEAD + 30) + 30, 22, 9);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int head = find_text(&page, 100, 100, 8 * HEAD, 3 * HEAD + 60);
    assert_true(head >= 0);
    assert_false(page.regions[head].vertical);
    assert_int_equal(page.regions[head].line_count, 3);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headline_close_to_text),          cmocka_unit_test(headline_with_narrow_foot),
        cmocka_unit_test(headline_with_space_and_subhead), cmocka_unit_test(rule_parts_headlines),
        cmocka_unit_test(three_rows_are_no_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
