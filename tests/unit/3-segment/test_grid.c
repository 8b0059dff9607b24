/* Two columns with a narrow gutter of which a picture leaves two lines: told apart by the columns below. */
#include "draw.h"

enum { X = 100, WIDE = 12 * EM, GUTTER = EM, TOP = 220 };

/* Lines as far as the page is wide, so that none of the rows beside shows the gutter. */
static PIX *draw_remnant(bool columns)
{
    PIX *pix = draw_page(1300, 1800);
    draw_line(pix, X, 80, 90, 8);
    for (int i = 0; i < 2; i++)
        for (int column = 0; column < 2; column++)
            draw_line(pix, X + column * (WIDE + GUTTER), TOP + i * PITCH, EM, 12);
    draw_picture(pix, X, TOP + 2 * PITCH + 20, 2 * WIDE + GUTTER, 300);
    const int y = TOP + 2 * PITCH + 360;
    for (int i = 0; i < 14; i++)
        if (columns)
            for (int column = 0; column < 2; column++)
                draw_line(pix, X + column * (WIDE + GUTTER), y + i * PITCH, EM, 12);
        else
            draw_line(pix, X, y + i * PITCH, EM, 25);
    return pix;
}

static int count_lines(PIX *pix)
{
    struct seg_layout layout;
    struct bi_page page;
    int lines = 0;
    analyse(pix, &layout, &page);
    for (size_t i = 0; i < page.region_count; i++)
        for (size_t k = 0; k < page.regions[i].line_count; k++) {
            const struct bi_box box = bi_polygon_box(&page.regions[i].lines[k].outline);
            lines += box.y >= TOP - 4 && box.y < TOP + 2 * PITCH && box.h > EM / 2;
        }
    bi_page_release(&page);
    seg_layout_release(&layout);
    return lines;
}

static void two_lines_over_a_picture(void **state)
{
    (void)state;
    assert_int_equal(count_lines(draw_remnant(true)), 4);
}

static void a_space_over_wide_lines(void **state)
{
    (void)state;
    assert_int_equal(count_lines(draw_remnant(false)), 2);
}

/* A rule between the columns, too low for one elsewhere, is no type. */
static void a_short_rule_over_a_picture(void **state)
{
    (void)state;
    PIX *pix = draw_remnant(true);
    draw_box(pix, X + WIDE + GUTTER / 2 - 1, TOP, 2, 2 * PITCH - 16, 0);
    assert_int_equal(count_lines(pix), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_lines_over_a_picture),
        cmocka_unit_test(a_short_rule_over_a_picture),
        cmocka_unit_test(a_space_over_wide_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
