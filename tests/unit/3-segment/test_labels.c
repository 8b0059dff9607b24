/* Cross-heads in small boxes and on dark bars: part of their column, no headline. */
#include "draw.h"

#include <stdlib.h>

enum { X = 100, WIDE = 14 * EM };

/* A column of body text, interrupted at y for something as high as two lines and a half. */
static void draw_text(PIX *pix, int y)
{
    draw_line(pix, 100, 80, 90, 6);
    draw_column(pix, X, 220, 14, (y - 220) / PITCH);
    draw_column(pix, X, y + 5 * PITCH / 2, 14, 10);
    draw_column(pix, X + 15 * EM, 220, 14, 20);
}

static void expect_crosshead(PIX *pix, struct bi_box wanted)
{
    struct seg_layout layout;
    struct bi_page page;
    int headlines = 0, crossheads = 0;
    analyse(pix, &layout, &page);
    for (size_t i = 0; i < page.region_count; i++) {
        headlines += page.regions[i].kind == BI_REGION_TEXT && page.regions[i].role == BI_ROLE_HEADLINE;
        if (page.regions[i].role != BI_ROLE_CROSSHEAD)
            continue;
        crossheads++;
        assert_true(bi_box_iou(region_box(&page, i), wanted) > 0.6);
    }
    assert_int_equal(headlines, 1);
    assert_int_equal(crossheads, 1);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void in_a_box(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1500);
    const int y = 220 + 6 * PITCH;
    draw_text(pix, y);
    draw_frame(pix, X + EM, y + 10, WIDE - 2 * EM, 90);
    draw_line(pix, X + 3 * EM, y + 35, EM, 8);
    expect_crosshead(pix, (struct bi_box){X + 3 * EM, y + 35, 8 * EM, EM});
}

static void in_a_box_beside_a_rule(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1500);
    const int y = 220 + 6 * PITCH;
    draw_text(pix, y);
    draw_frame(pix, X, y + 10, WIDE, 90);
    draw_box(pix, X + WIDE + EM / 2, 220, 3, 20 * PITCH, 0);
    draw_line(pix, X + 3 * EM, y + 35, EM, 8);
    expect_crosshead(pix, (struct bi_box){X + 3 * EM, y + 35, 8 * EM, EM});
}

static void in_a_box_with_round_corners(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1500);
    const int y = 220 + 6 * PITCH, x = X + EM, w = WIDE - 2 * EM, round = 16;
    draw_text(pix, y);
    draw_box(pix, x + round, y + 10, w - 2 * round, 3, 0);
    draw_box(pix, x + round, y + 97, w - 2 * round, 3, 0);
    draw_box(pix, x, y + 10 + round, 3, 90 - 2 * round, 0);
    draw_box(pix, x + w - 3, y + 10 + round, 3, 90 - 2 * round, 0);
    for (int i = 0; i <= round; i++) {
        draw_box(pix, x + i, y + 10 + round - i, 3, 3, 0);
        draw_box(pix, x + w - 3 - i, y + 10 + round - i, 3, 3, 0);
        draw_box(pix, x + i, y + 97 - round + i, 3, 3, 0);
        draw_box(pix, x + w - 3 - i, y + 97 - round + i, 3, 3, 0);
    }
    draw_line(pix, X + 3 * EM, y + 35, EM, 8);
    expect_crosshead(pix, (struct bi_box){X + 3 * EM, y + 35, 8 * EM, EM});
}

static void on_a_dark_bar(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1500);
    const int y = 220 + 6 * PITCH;
    draw_text(pix, y);
    draw_box(pix, X, y + 10, WIDE, 90, 0);
    for (int i = 0; i < 8; i++)
        draw_character(pix, X + (3 + i) * EM, y + 35, EM, 255);
    expect_crosshead(pix, (struct bi_box){X + 3 * EM, y + 35, 8 * EM, EM});
}

/* Two rules with a line between and nothing at their ends part what is above and below. */
static void rules_without_sides(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1500);
    const int y = 220 + 6 * PITCH;
    struct seg_layout layout;
    struct bi_page page;
    draw_text(pix, y);
    draw_box(pix, X, y + 10, WIDE, 4, 0);
    draw_box(pix, X, y + 96, WIDE, 4, 0);
    draw_line(pix, X + 3 * EM, y + 35, EM, 8);
    analyse(pix, &layout, &page);
    assert_int_equal(layout.label_count, 0);
    int rules = 0;
    for (size_t i = 0; i < page.region_count; i++) {
        const struct bi_box box = region_box(&page, i);
        rules += page.regions[i].kind == BI_REGION_SEPARATOR && box.w > WIDE / 2 &&
                 (abs(box.y - y - 10) < 4 || abs(box.y - y - 96) < 4);
    }
    assert_int_equal(rules, 2);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_a_box),
        cmocka_unit_test(in_a_box_beside_a_rule),
        cmocka_unit_test(in_a_box_with_round_corners),
        cmocka_unit_test(on_a_dark_bar),
        cmocka_unit_test(rules_without_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
