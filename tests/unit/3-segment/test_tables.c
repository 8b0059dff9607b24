/* Tables with rules and without, and what is none. */
#include "draw.h"

/* The one table of a page, with as many cells, in row order. */
static void expect_table(const struct bi_page *page, struct bi_box wanted, int rows, int columns)
{
    assert_int_equal(count_kind(page, BI_REGION_TABLE), 1);
    size_t at = 0;
    while (page->regions[at].kind != BI_REGION_TABLE)
        at++;
    const struct bi_region *table = &page->regions[at];
    assert_true(bi_box_iou(region_box(page, at), wanted) > 0.8);
    assert_int_equal(table->line_count, rows * columns);
    for (int i = 0; i < rows * columns; i++) {
        const struct bi_box cell = bi_polygon_box(&table->lines[i].outline);
        assert_false(table->lines[i].vertical);
        assert_int_equal(table->lines[i].role, BI_ROLE_OTHER);
        if (i % columns == 0)
            continue;
        const struct bi_box left = bi_polygon_box(&table->lines[i - 1].outline);
        assert_true(cell.x >= left.x + left.w);
        assert_true(bi_box_overlap_y(cell, left) > 0);
    }
}

static void with_rules(void **state)
{
    (void)state;
    enum { ROWS = 6, COLUMNS = 4, WIDE = 200, HIGH = 70 };
    PIX *pix = draw_page(1200, 1500);
    draw_column(pix, 100, 100, 20, 7);
    draw_column(pix, 100, 1080, 20, 7);
    draw_frame(pix, 100, 560, COLUMNS * WIDE, ROWS * HIGH);
    for (int i = 1; i < ROWS; i++)
        draw_box(pix, 100, 560 + i * HIGH, COLUMNS * WIDE, 3, 0);
    for (int i = 1; i < COLUMNS; i++)
        draw_box(pix, 100 + i * WIDE, 560, 3, ROWS * HIGH, 0);
    for (int i = 0; i < ROWS * COLUMNS; i++)
        draw_line(pix, 120 + i % COLUMNS * WIDE, 576 + i / COLUMNS * HIGH, EM, 2 + i % 3);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    expect_table(&page, (struct bi_box){120, 576, 3 * WIDE + 4 * EM, 5 * HIGH + EM}, ROWS, COLUMNS);
    assert_int_equal(count_kind(&page, BI_REGION_FRAME), 0);
    assert_true(find_text(&page, 100, 100, 20 * EM, 7 * PITCH - 16) >= 0);
    assert_true(find_text(&page, 100, 1080, 20 * EM, 7 * PITCH - 16) >= 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* The rules between the columns of a table go on to the rule under the whole page. */
static void beside_text_over_a_rule(void **state)
{
    (void)state;
    enum { ROWS = 8, COLUMNS = 4, WIDE = 200, HIGH = 70, X = 700 };
    PIX *pix = draw_page(1600, 1200);
    draw_column(pix, 100, 100, 14, 10);
    for (int i = 0; i <= ROWS; i++)
        draw_box(pix, X, 100 + i * HIGH, COLUMNS * WIDE, 3, 0);
    for (int i = 0; i <= COLUMNS; i++)
        draw_box(pix, X + i * WIDE, 100, 3, ROWS * HIGH + 70, 0);
    for (int i = 0; i < ROWS * COLUMNS; i++)
        draw_line(pix, X + 20 + i % COLUMNS * WIDE, 116 + i / COLUMNS * HIGH, EM, 2 + i % 3);
    draw_box(pix, 100, 100 + ROWS * HIGH + 70, 1400, 3, 0);
    draw_column(pix, 100, 800, 34, 6);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    expect_table(&page, (struct bi_box){X + 20, 116, 3 * WIDE + 4 * EM, (ROWS - 1) * HIGH + EM}, ROWS,
                 COLUMNS);
    assert_true(find_text(&page, 100, 100, 14 * EM, 10 * PITCH - 16) >= 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void without_rules(void **state)
{
    (void)state;
    enum { ROWS = 9, COLUMNS = 4 };
    static const int xs[COLUMNS] = {100, 300, 500, 740};
    PIX *pix = draw_page(1100, 1500);
    draw_column(pix, 100, 100, 19, 7);
    draw_column(pix, 100, 1120, 19, 7);
    for (int i = 0; i < ROWS * COLUMNS; i++)
        draw_line(pix, xs[i % COLUMNS], 550 + i / COLUMNS * PITCH, EM, i % COLUMNS == 2 ? 1 + i % 3 : 2);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    expect_table(&page, (struct bi_box){100, 550, 720, ROWS * PITCH - 16}, ROWS, COLUMNS);
    assert_true(find_text(&page, 100, 100, 19 * EM, 7 * PITCH - 16) >= 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void narrow_columns_of_text_are_none(void **state)
{
    (void)state;
    for (int characters = 4; characters <= 8; characters += 2) {
        PIX *pix = draw_page(1400, 1500);
        for (int i = 0; i < 3; i++)
            draw_column(pix, 100 + i * (characters + 1) * EM, 100, characters, 20);
        struct seg_layout layout;
        struct bi_page page;
        analyse(pix, &layout, &page);
        assert_int_equal(count_kind(&page, BI_REGION_TABLE), 0);
        bi_page_release(&page);
        seg_layout_release(&layout);
    }
}

/* Articles in boxes that share their rules are no table. */
static void boxes_that_meet_are_none(void **state)
{
    (void)state;
    PIX *pix = draw_page(1800, 2000);
    for (int row = 0; row < 2; row++)
        for (int column = 0; column < 2; column++) {
            const int x = 100 + column * 760, y = 100 + row * 860;
            draw_frame(pix, x, y, 764, 864);
            draw_line(pix, x + 150, y + 30, 80, 5);
            draw_column(pix, x + 40, y + 160, 17, 12);
        }
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_TABLE), 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Notices parted by rules, each column at heights of its own: the rules hang together, and are no rows. */
static void notices_between_rules_are_none(void **state)
{
    (void)state;
    enum { COLUMNS = 4, WIDE = 320, HIGH = 900 };
    PIX *pix = draw_page(1500, 1600);
    draw_column(pix, 100, 1180, 31, 6);
    for (int column = 0; column < COLUMNS; column++) {
        const int x = 100 + column * WIDE;
        draw_box(pix, x, 100, 3, HIGH, 0);
        for (int notice = 0; notice < 6; notice++) {
            const int y = 116 + column * 25 + notice * 130;
            draw_line(pix, x + 20, y, EM, 7);
            draw_line(pix, x + 20, y + PITCH, EM, 3 + column);
            draw_box(pix, x, y + 2 * PITCH, WIDE, 3, 0);
        }
    }
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_TABLE), 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_rules),
        cmocka_unit_test(beside_text_over_a_rule),
        cmocka_unit_test(without_rules),
        cmocka_unit_test(narrow_columns_of_text_are_none),
        cmocka_unit_test(boxes_that_meet_are_none),
        cmocka_unit_test(notices_between_rules_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
