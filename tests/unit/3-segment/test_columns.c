/* Columns, gutters, headlines over them, and reading order. */
#include "draw.h"

/* The figures for a column: where draw_column leaves its ink. */
static int column_at(const struct bi_page *page, int x, int y, int characters, int lines)
{
    return find_text(page, x, y, characters * EM, lines * PITCH - (PITCH - EM));
}

static void two_columns_with_a_gutter_of_one_character(void **state)
{
    (void)state;
    PIX *pix = draw_page(1200, 1500);
    draw_column(pix, 100, 100, 11, 20);
    draw_column(pix, 100 + 12 * EM, 100, 11, 20);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int left = column_at(&page, 100, 100, 11, 20), right = column_at(&page, 100 + 12 * EM, 100, 11, 20);
    assert_true(left >= 0);
    assert_true(right > left);
    assert_int_equal(page.regions[left].line_count, 20);
    assert_int_equal(page.regions[right].line_count, 20);
    for (size_t i = 0; i < 20; i++) {
        assert_true(page.regions[left].lines[i].em > 0.85 * EM && page.regions[left].lines[i].em < 1.15 * EM);
        assert_int_equal(page.regions[left].lines[i].role, BI_ROLE_BODY);
    }
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void a_pale_hairline_joins_no_columns(void **state)
{
    (void)state;
    PIX *pix = draw_page(1200, 1500);
    const int gutter = 100 + 11 * EM + EM / 2;
    draw_column(pix, 100, 100, 11, 20);
    draw_column(pix, 100 + 12 * EM, 100, 11, 20);
    /* Drawn in its upper half; below, pale scanning has left a dash as high as a line here and there. */
    draw_box(pix, gutter, 100, 2, 10 * PITCH, 0);
    for (int line = 12; line < 20; line += 3)
        draw_box(pix, gutter, 100 + line * PITCH - 4, 2, EM + 8, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int left = column_at(&page, 100, 100, 11, 20), right = column_at(&page, 100 + 12 * EM, 100, 11, 20);
    assert_true(left >= 0 && right > left);
    assert_int_equal(page.regions[left].line_count, 20);
    assert_int_equal(page.regions[right].line_count, 20);
    for (size_t i = 0; i < 20; i++) {
        const struct bi_box box = bi_polygon_box(&page.regions[left].lines[i].outline);
        assert_true(box.x + box.w <= gutter);
        assert_true(bi_polygon_box(&page.regions[right].lines[i].outline).x > gutter);
    }
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void a_column_rule_lost_in_grain_joins_no_columns(void **state)
{
    (void)state;
    PIX *pix = draw_page(1200, 1500);
    const int gutter = 100 + 11 * EM + EM / 2, foot = 100 + 20 * PITCH;
    draw_column(pix, 100, 100, 11, 20);
    draw_column(pix, 100 + 12 * EM, 100, 11, 20);
    /* Specks all over, as strong as what is left of the rule: dots paler than the threshold in grain, but for
     * a dash at every third line, which would be of that line. */
    unsigned random = 1;
    for (int i = 0; i < 6000; i++) {
        random = random * 1103515245u + 12345u;
        const int x = (int)(random >> 8) % 1190;
        random = random * 1103515245u + 12345u;
        draw_box(pix, x, (int)(random >> 8) % 1490, 2, 2, 190);
    }
    for (int y = 100; y < foot; y += 10)
        draw_box(pix, gutter, y, 2, 4, 190);
    for (int line = 0; line < 20; line += 3)
        draw_box(pix, gutter, 100 + line * PITCH - 4, 2, EM + 8, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse_grainy(pix, 12, &layout, &page);
    const int left = column_at(&page, 100, 100, 11, 20), right = column_at(&page, 100 + 12 * EM, 100, 11, 20);
    assert_true(left >= 0 && right > left);
    assert_int_equal(count_kind(&page, BI_REGION_SEPARATOR), 1);
    assert_int_equal(page.regions[left].line_count, 20);
    assert_int_equal(page.regions[right].line_count, 20);
    for (size_t i = 0; i < 20; i++) {
        const struct bi_box box = bi_polygon_box(&page.regions[left].lines[i].outline);
        assert_true(box.x + box.w <= gutter);
        assert_true(bi_polygon_box(&page.regions[right].lines[i].outline).x > gutter);
    }
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void pale_strokes_hold_where_grain_has_been_cleaned(void **state)
{
    (void)state;
    /* The page was grainy, and what has cleaned it has left dark spots of the type and pale strokes between.
     */
    PIX *pix = draw_page(1200, 1500);
    draw_column(pix, 100, 100, 11, 20);
    draw_column(pix, 100 + 12 * EM, 100, 11, 20);
    for (int y = 0; y < 1500; y++)
        for (int x = 0; x < 1200; x++) {
            l_uint32 value;
            pixGetPixel(pix, x, y, &value);
            if (value == 0 && (x / 4 + y / 4) % 5 != 0)
                pixSetPixel(pix, x, y, 170);
        }
    struct seg_layout layout;
    struct bi_page page;
    analyse_grainy(pix, 14, &layout, &page);
    const int left = column_at(&page, 100, 100, 11, 20), right = column_at(&page, 100 + 12 * EM, 100, 11, 20);
    assert_true(left >= 0 && right > left);
    assert_int_equal(page.regions[left].line_count, 20);
    assert_int_equal(page.regions[right].line_count, 20);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void spaced_lines_are_not_cut(void **state)
{
    (void)state;
    PIX *pix = draw_page(1000, 1500);
    draw_column(pix, 100, 100, 14, 20);
    /* One line set wide to fill the measure: gaps of three quarters of a character. */
    draw_box(pix, 100, 100 + 8 * PITCH, 14 * EM, EM, 255);
    for (int i = 0; i < 8; i++)
        draw_character(pix, 100 + i * (14 * EM - EM) / 7, 100 + 8 * PITCH, EM, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int column = column_at(&page, 100, 100, 14, 20);
    assert_true(column >= 0);
    assert_int_equal(page.regions[column].line_count, 20);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Every region of the page is the column, and it has all its lines. */
static void assert_one_column(PIX *pix, int lines)
{
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(layout.block_count, 1);
    assert_int_equal(page.regions[0].line_count, lines);
    for (int i = 0; i < lines; i++)
        assert_false(page.regions[0].lines[i].vertical);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void a_faint_character_cuts_no_line(void **state)
{
    (void)state;
    /* A spaced line; of a 二 in it only the upper stroke is left, and what follows has lost its top. */
    PIX *pix = draw_page(1000, 1500);
    draw_column(pix, 100, 100, 14, 20);
    const int y = 100 + 8 * PITCH, pitch = 3 * EM / 2;
    draw_box(pix, 100, y, 14 * EM, EM, 255);
    for (int i = 0; i < 6; i++)
        draw_character(pix, 100 + i * pitch, y, EM, 0);
    draw_box(pix, 100 + 6 * pitch + 8, y + 4, 24, 4, 0);
    draw_character(pix, 100 + 7 * pitch + 8, y + 12, 28, 0);
    assert_one_column(pix, 20);
}

static void three_characters_spaced_over_a_column_are_one_line(void **state)
{
    (void)state;
    PIX *pix = draw_page(1000, 1500);
    draw_column(pix, 100, 100, 14, 20);
    draw_box(pix, 100, 100 + 8 * PITCH, 14 * EM, EM, 255);
    for (int i = 0; i < 3; i++)
        draw_character(pix, 100 + i * 13 * EM / 2, 100 + 8 * PITCH, EM, 0);
    assert_one_column(pix, 20);
}

static void first_characters_of_spaced_lines_are_no_vertical_line(void **state)
{
    (void)state;
    /* Spaced lines, and two under them whose first character stands off further. */
    PIX *pix = draw_page(1000, 1500);
    draw_column(pix, 100, 100, 14, 20);
    for (int line = 8; line < 12; line++) {
        const int y = 100 + line * PITCH, away = line < 9 ? 0 : EM;
        draw_box(pix, 100, y, 14 * EM, EM, 255);
        draw_character(pix, 100, y, EM, 0);
        for (int i = 1; i < 9; i++)
            draw_character(pix, 100 + away + i * (13 * EM - away) / 8, y, EM, 0);
    }
    assert_one_column(pix, 20);
}

static void lines_of_latin_letters_stay_in_their_column(void **state)
{
    (void)state;
    PIX *pix = draw_page(1000, 1500);
    draw_column(pix, 100, 100, 14, 17);
    /* Lower than the characters above it, on the same foot, flush and indented. */
    draw_line(pix, 100, 100 + 17 * PITCH + 10, 30, 6);
    draw_line(pix, 100 + 2 * EM, 100 + 18 * PITCH + 10, 30, 12);
    draw_line(pix, 100, 100 + 19 * PITCH, EM, 14);
    assert_one_column(pix, 20);
}

static void headlines_come_before_their_columns(void **state)
{
    (void)state;
    /* Two articles side by side, each a headline in the middle over two columns, and one below over all four.
     */
    PIX *pix = draw_page(2300, 3000);
    const int xs[4] = {100, 100 + 12 * EM, 100 + 25 * EM, 100 + 37 * EM};
    draw_line(pix, xs[0] + 3 * EM, 100, 90, 7);
    draw_line(pix, xs[2] + 3 * EM, 100, 90, 7);
    draw_line(pix, xs[0] + 8 * EM, 1400, 120, 10);
    for (int i = 0; i < 4; i++) {
        draw_column(pix, xs[i], 260, 11, 16);
        draw_column(pix, xs[i], 1600, 11, 20);
    }
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int order[11] = {find_text(&page, xs[0] + 3 * EM, 100, 630, 90),
                           column_at(&page, xs[0], 260, 11, 16),
                           column_at(&page, xs[1], 260, 11, 16),
                           find_text(&page, xs[2] + 3 * EM, 100, 630, 90),
                           column_at(&page, xs[2], 260, 11, 16),
                           column_at(&page, xs[3], 260, 11, 16),
                           find_text(&page, xs[0] + 8 * EM, 1400, 1200, 120),
                           column_at(&page, xs[0], 1600, 11, 20),
                           column_at(&page, xs[1], 1600, 11, 20),
                           column_at(&page, xs[2], 1600, 11, 20),
                           column_at(&page, xs[3], 1600, 11, 20)};
    assert_true(order[0] >= 0);
    for (int i = 1; i < 11; i++)
        assert_true(order[i] > order[i - 1]);
    assert_int_equal(page.regions[order[0]].role, BI_ROLE_HEADLINE);
    assert_int_equal(page.regions[order[6]].role, BI_ROLE_HEADLINE);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void sizes_do_not_depend_on_resolution(void **state)
{
    (void)state;
    /* The same page at half the resolution has the same lines. */
    PIX *pix = draw_page(1400, 1500);
    draw_column(pix, 100, 100, 11, 20);
    draw_column(pix, 100 + 12 * EM, 100, 11, 20);
    PIX *half = pixScaleAreaMap2(pix);
    struct seg_layout layout;
    struct bi_page page;
    analyse(half, &layout, &page);
    assert_int_equal(layout.line_count, 40);
    bi_page_release(&page);
    seg_layout_release(&layout);
    analyse(pix, &layout, &page);
    assert_int_equal(layout.line_count, 40);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_columns_with_a_gutter_of_one_character),
        cmocka_unit_test(a_pale_hairline_joins_no_columns),
        cmocka_unit_test(a_column_rule_lost_in_grain_joins_no_columns),
        cmocka_unit_test(pale_strokes_hold_where_grain_has_been_cleaned),
        cmocka_unit_test(spaced_lines_are_not_cut),
        cmocka_unit_test(a_faint_character_cuts_no_line),
        cmocka_unit_test(three_characters_spaced_over_a_column_are_one_line),
        cmocka_unit_test(first_characters_of_spaced_lines_are_no_vertical_line),
        cmocka_unit_test(lines_of_latin_letters_stay_in_their_column),
        cmocka_unit_test(headlines_come_before_their_columns),
        cmocka_unit_test(sizes_do_not_depend_on_resolution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
