/* Drop caps: plain, in a frame, and white on black. */
#include "draw.h"

enum cap { PLAIN, FRAMED, REVERSED };

/* A column of 20 lines of 14 characters whose first lines run beside a character. */
static void draw_paragraph(PIX *pix, int x, int y, int lines, enum cap kind)
{
    const int size = (lines - 1) * PITCH + EM, wide = size / EM + 1;
    if (kind == PLAIN)
        draw_character(pix, x, y, size, 0);
    if (kind == FRAMED) {
        draw_frame(pix, x - 6, y - 6, size + 12, size + 12);
        draw_character(pix, x + 8, y + 8, size - 16, 0);
    }
    if (kind == REVERSED) {
        draw_box(pix, x, y, size, size, 0);
        draw_character(pix, x + 12, y + 12, size - 24, 255);
    }
    for (int i = 0; i < lines; i++)
        draw_line(pix, x + wide * EM, y + i * PITCH, EM, 14 - wide);
    for (int i = lines; i < 20; i++)
        draw_line(pix, x, y + i * PITCH, EM, 14);
}

static void expect_cap(int lines, enum cap kind)
{
    PIX *pix = draw_page(1400, 1500);
    draw_line(pix, 100, 80, 90, 6);
    draw_paragraph(pix, 100, 220, lines, kind);
    draw_column(pix, 100 + 15 * EM, 220, 14, 20);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int size = (lines - 1) * PITCH + EM;
    const int column = find_text(&page, 100, 220, 14 * EM, 20 * PITCH - (PITCH - EM));
    assert_true(column >= 0);
    const struct bi_region *region = &page.regions[column];
    assert_int_equal(region->role, BI_ROLE_BODY);
    assert_int_equal(region->line_count, 21);
    const struct bi_line *cap = &region->lines[0];
    const struct bi_box box = bi_polygon_box(&cap->outline), wanted = {100, 220, size, size};
    assert_int_equal(cap->role, BI_ROLE_BODY);
    assert_true(bi_box_iou(box, wanted) > 0.5);
    assert_int_equal(cap->reversed, kind == REVERSED);
    if (kind == FRAMED)
        assert_true(box.x > 98 && box.x + box.w < 100 + size + 2);
    const struct bi_box first = bi_polygon_box(&region->lines[1].outline);
    assert_true(first.x > 100 + size - 4 && first.y < 220 + EM);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void of_two_to_four_lines(void **state)
{
    (void)state;
    for (int lines = 2; lines <= 4; lines++)
        expect_cap(lines, PLAIN);
}

static void in_a_frame(void **state)
{
    (void)state;
    expect_cap(3, FRAMED);
}

static void white_on_black(void **state)
{
    (void)state;
    expect_cap(2, REVERSED);
    expect_cap(3, REVERSED);
}

/* The character of a section's name at the head of a page has lines beside it, and no text below. */
static void large_figure_beside_a_note_is_none(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1500);
    draw_character(pix, 100, 60, 96, 0);
    draw_line(pix, 220, 60, EM, 6);
    draw_line(pix, 220, 60 + PITCH, EM, 6);
    draw_column(pix, 100, 300, 14, 18);
    draw_column(pix, 100 + 15 * EM, 300, 14, 18);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int figure = find_text(&page, 100, 60, 96, 96);
    assert_true(figure >= 0);
    assert_int_equal(page.regions[figure].line_count, 1);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_two_to_four_lines),
        cmocka_unit_test(in_a_frame),
        cmocka_unit_test(white_on_black),
        cmocka_unit_test(large_figure_beside_a_note_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
