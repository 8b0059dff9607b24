/* Headlines with a space of one character, and two headlines side by side. */
#include "draw.h"

enum { HEAD = 100, COUNT = 6, COLUMN = 16 * EM, GUTTER = 60, LEFT = 100, TOP = 100 };

/* Two columns under a headline, the right one so much lower. */
static void draw_two_columns(PIX *pix, int y, int lower)
{
    draw_column(pix, LEFT, y, 16, 16);
    draw_column(pix, LEFT + COLUMN + GUTTER, y + lower, 16, 16);
}

/* The line of a headline at a place. */
static int head_at(const struct bi_page *page, int x, int w)
{
    const int region = find_text(page, x, TOP, w, HEAD);
    if (region < 0 || page->regions[region].line_count != 1)
        return -1;
    assert_int_equal(page->regions[region].role, BI_ROLE_HEADLINE);
    return region;
}

/* The space stands over the gutter. */
static void space_over_the_gutter(void **state)
{
    (void)state;
    const int middle = LEFT + COLUMN + GUTTER / 2, x = middle - HEAD / 2 - 5 * HEAD;
    PIX *pix = draw_page(1600, 1300);
    draw_line(pix, x, TOP, HEAD, 5);
    draw_line(pix, x + 6 * HEAD, TOP, HEAD, 5);
    draw_two_columns(pix, TOP + HEAD + 50, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_true(head_at(&page, x, 11 * HEAD) >= 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Each begins with its column, and what is between them is as wide as a character. */
static void two_headlines_flush_with_their_columns(void **state)
{
    (void)state;
    const int right = LEFT + COLUMN + GUTTER, w = COUNT * HEAD;
    PIX *pix = draw_page(1600, 1300);
    draw_line(pix, LEFT, TOP, HEAD, COUNT);
    draw_line(pix, right, TOP, HEAD, COUNT);
    assert_int_equal(right - LEFT - w, HEAD);
    draw_two_columns(pix, TOP + HEAD + 50, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_true(head_at(&page, LEFT, w) >= 0);
    assert_true(head_at(&page, right, w) >= 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Near the middles of their columns, of which the right one begins lower. */
static void two_headlines_over_columns_not_level(void **state)
{
    (void)state;
    const int left = LEFT + (COLUMN - COUNT * HEAD) / 2 + 18, w = COUNT * HEAD, right = left + w + HEAD;
    PIX *pix = draw_page(1600, 1300);
    draw_line(pix, left, TOP, HEAD, COUNT);
    draw_line(pix, right, TOP, HEAD, COUNT);
    draw_two_columns(pix, TOP + HEAD + 50, 21);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_true(head_at(&page, left, w) >= 0);
    assert_true(head_at(&page, right, w) >= 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(space_over_the_gutter),
        cmocka_unit_test(two_headlines_flush_with_their_columns),
        cmocka_unit_test(two_headlines_over_columns_not_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
