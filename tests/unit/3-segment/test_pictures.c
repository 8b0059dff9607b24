/* What is taken for a picture by its size alone, and what is not. */
#include "draw.h"

/* A thin line that wavers more than a rule does. */
static void draw_rough(PIX *pix, int x, int y, int length, bool down)
{
    for (int i = 0; i < length; i++) {
        const int aside = abs(i % 60 - 30) - 15;
        draw_box(pix, down ? x + aside : x + i, down ? y + i : y + aside, 3, 3, 0);
    }
}

/* Torn rules along the top and between two columns, in one piece. */
static PIX *draw_torn(bool with_text)
{
    PIX *pix = draw_page(1400, 1900);
    draw_rough(pix, 80, 100, 1240, false);
    draw_rough(pix, 700, 100, 1000, true);
    draw_rough(pix, 80, 100, 1000, true);
    for (int i = 0; i < 2 && with_text; i++)
        draw_column(pix, 130 + i * 620, 170, 13, 16);
    draw_column(pix, 130, 1260, 28, 10);
    return pix;
}

static void rules_in_one_piece_are_none(void **state)
{
    (void)state;
    struct seg_layout layout;
    struct bi_page page;
    analyse(draw_torn(true), &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
    int lines = 0;
    for (size_t i = 0; i < page.region_count; i++)
        for (size_t k = 0; k < page.regions[i].line_count; k++)
            lines += bi_polygon_box(&page.regions[i].lines[k].outline).h > EM / 2;
    assert_true(lines >= 2 * 16 + 10);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void a_drawing_of_thin_lines_is_one(void **state)
{
    (void)state;
    struct seg_layout layout;
    struct bi_page page;
    analyse(draw_torn(false), &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 1);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_in_one_piece_are_none),
        cmocka_unit_test(a_drawing_of_thin_lines_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
