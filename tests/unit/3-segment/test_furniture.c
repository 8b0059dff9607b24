/* Vertical headlines, frames, pictures, rules, white on black, and pages without text. */
#include "draw.h"

static void vertical_headline(void **state)
{
    (void)state;
    PIX *pix = draw_page(1500, 1600);
    draw_column(pix, 100, 100, 11, 24);
    for (int i = 0; i < 6; i++)
        draw_character(pix, 700, 200 + i * 104, 100, 0);
    draw_column(pix, 900, 100, 11, 24);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int headline = find_text(&page, 700, 200, 100, 620);
    assert_true(headline >= 0);
    assert_int_equal(page.regions[headline].role, BI_ROLE_HEADLINE);
    assert_true(page.regions[headline].vertical);
    assert_int_equal(page.regions[headline].line_count, 1);
    assert_true(page.regions[headline].lines[0].vertical);
    const struct bi_polygon *baseline = &page.regions[headline].lines[0].baseline;
    assert_int_equal(baseline->count, 2);
    assert_true(baseline->points[1].y - baseline->points[0].y > 500);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void vertical_headline_takes_the_text_beside_it(void **state)
{
    (void)state;
    /* An article with a picture; below the picture the text of another that has its headline at the left. */
    PIX *pix = draw_page(1300, 2100);
    draw_line(pix, 100, 100, 90, 8);
    draw_column(pix, 100, 240, 11, 12);
    draw_picture(pix, 600, 240, 440, 620);
    draw_line(pix, 600 + 120, 876, 32, 6);
    for (int i = 0; i < 6; i++)
        draw_character(pix, 470, 1060 + i * 84, 80, 0);
    draw_column(pix, 600, 980, 11, 14);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int first = find_text(&page, 100, 240, 440, 12 * PITCH - 16),
              headline = find_text(&page, 470, 1060, 80, 500),
              text = find_text(&page, 600, 980, 440, 14 * PITCH - 16);
    assert_true(first >= 0);
    assert_true(headline > first);
    assert_true(text > headline);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void frame_keeps_its_text_together(void **state)
{
    (void)state;
    /* A boxed article between two columns of another that runs past it. */
    PIX *pix = draw_page(2000, 1600);
    draw_column(pix, 60, 100, 11, 24);
    draw_frame(pix, 540, 100, 900, 900);
    draw_line(pix, 720, 140, 80, 6);
    draw_column(pix, 570, 280, 10, 11);
    draw_column(pix, 1010, 280, 10, 11);
    draw_column(pix, 1480, 100, 11, 24);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_FRAME), 1);
    const int head = find_text(&page, 720, 140, 480, 80);
    const int first = find_text(&page, 570, 280, 10 * EM, 11 * PITCH - 16);
    const int second = find_text(&page, 1010, 280, 10 * EM, 11 * PITCH - 16);
    assert_true(head >= 0);
    assert_int_equal(first, head + 1);
    assert_int_equal(second, head + 2);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void picture_with_caption(void **state)
{
    (void)state;
    PIX *pix = draw_page(1500, 1800);
    draw_column(pix, 100, 100, 11, 24);
    draw_column(pix, 600, 100, 11, 6);
    draw_picture(pix, 600, 470, 440, 400);
    draw_line(pix, 600 + 120, 890, 32, 6);
    draw_column(pix, 600, 980, 11, 8);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 1);
    const struct bi_box wanted = {600, 470, 440, 400};
    assert_true(bi_box_iou(region_box(&page, page.region_count - 1), wanted) > 0.9);
    const int caption = find_text(&page, 720, 890, 6 * 32, 32);
    assert_true(caption >= 0);
    assert_int_equal(page.regions[caption].role, BI_ROLE_CAPTION);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void a_headline_run_together_is_no_picture(void **state)
{
    (void)state;
    /* Bold characters of which the scan has closed all but two slits. */
    PIX *pix = draw_page(1300, 1500);
    for (int i = 0; i < 8; i++) {
        draw_box(pix, 102 + i * 82, 100, 76, 76, i % 3 ? 60 : 40);
        draw_box(pix, 118 + i * 82, 116, 4, 14, 255);
        draw_box(pix, 146 + i * 82, 146, 14, 4, 255);
    }
    draw_column(pix, 100, 260, 11, 18);
    draw_column(pix, 100 + 13 * EM, 260, 11, 18);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
    const int headline = find_text(&page, 102, 100, 650, 76);
    assert_int_equal(headline, 0);
    assert_int_equal(page.regions[headline].role, BI_ROLE_HEADLINE);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void outlines_side_by_side_are_pictures(void **state)
{
    (void)state;
    /* What a bitonal scan leaves of two pictures: a rim all round, and one with its upper side lost. Together
     * they could be two characters. */
    PIX *pix = draw_page(1300, 1500);
    draw_column(pix, 100, 560, 11, 14);
    draw_column(pix, 100 + 13 * EM, 560, 11, 14);
    for (int i = 0; i < 2; i++) {
        const int x = 100 + i * 440;
        draw_box(pix, x, 100, 24, 360, 0);
        draw_box(pix, x, 436, 360, 24, 0);
        draw_box(pix, x + 336, 100, 24, 360, 0);
        if (i == 0)
            draw_box(pix, x, 100, 360, 24, 0);
        draw_box(pix, x + 20, 300, 320, 24, 0);
        draw_box(pix, x + 180, 200, 24, 250, 0);
    }
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 2);
    assert_int_equal(count_kind(&page, BI_REGION_TEXT), 2);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Two pieces of a picture, its sides between them, and in the light there strokes or a line of type. */
static PIX *draw_light_picture(bool type)
{
    PIX *pix = draw_page(1300, 1500);
    draw_column(pix, 100, 100, 11, 22);
    draw_picture(pix, 640, 100, 480, 160);
    draw_picture(pix, 640, 900, 480, 160);
    draw_box(pix, 640, 260, 5, 640, 0);
    draw_box(pix, 1115, 260, 5, 640, 0);
    if (type)
        draw_line(pix, 720, 560, EM, 8);
    for (int i = 0; i < 6 && !type; i++)
        draw_box(pix, 700 + 61 * i, 400 + 67 * i, 24, 30, 0);
    return pix;
}

static void a_picture_with_drawn_sides_is_one(void **state)
{
    (void)state;
    for (int type = 0; type < 2; type++) {
        struct seg_layout layout;
        struct bi_page page;
        analyse(draw_light_picture(type), &layout, &page);
        assert_int_equal(count_kind(&page, BI_REGION_IMAGE), type ? 2 : 1);
        assert_int_equal(count_kind(&page, BI_REGION_TEXT), type ? 2 : 1);
        bi_page_release(&page);
        seg_layout_release(&layout);
    }
}

static void the_end_of_a_caption_may_be_one_character(void **state)
{
    (void)state;
    PIX *pix = draw_page(1300, 1500);
    draw_column(pix, 100, 100, 11, 22);
    draw_picture(pix, 620, 100, 480, 700);
    draw_line(pix, 620, 820, 30, 16);
    draw_line(pix, 845, 881, 30, 1);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int end = find_text(&page, 845, 881, 30, 30);
    assert_true(end >= 0);
    assert_int_equal(page.regions[end].role, BI_ROLE_CAPTION);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void white_on_black_headline(void **state)
{
    (void)state;
    PIX *pix = draw_page(1300, 1500);
    draw_box(pix, 100, 100, 960, 120, 0);
    for (int i = 0; i < 8; i++)
        draw_character(pix, 180 + i * 100, 110, 100, 255);
    draw_column(pix, 100, 260, 11, 18);
    draw_column(pix, 100 + 13 * EM, 260, 11, 18);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int headline = find_text(&page, 180, 110, 800, 100);
    assert_int_equal(headline, 0);
    assert_int_equal(page.regions[headline].role, BI_ROLE_HEADLINE);
    assert_true(page.regions[headline].lines[0].reversed);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void white_on_black_headline_with_blank_bars(void **state)
{
    (void)state;
    PIX *pix = draw_page(1300, 1500);
    draw_box(pix, 100, 100, 1060, 120, 0);
    /* A ragged rim, and what a bitonal scan leaves of a tint at both ends. */
    for (int x = 100; x < 1160; x += 7)
        draw_box(pix, x, 99, 3, 1, 0);
    draw_box(pix, 120, 130, 190, 60, 255);
    draw_box(pix, 960, 130, 180, 60, 255);
    for (int i = 0; i < 6; i++)
        draw_character(pix, 340 + i * 100, 110, 100, 255);
    draw_column(pix, 100, 260, 11, 18);
    draw_column(pix, 100 + 13 * EM, 260, 11, 18);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int headline = find_text(&page, 340, 110, 600, 100);
    assert_int_equal(headline, 0);
    assert_true(page.regions[headline].lines[0].reversed);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void running_head_above_a_rule(void **state)
{
    (void)state;
    PIX *pix = draw_page(1300, 1800);
    draw_line(pix, 100, 60, EM, 3);
    draw_line(pix, 800, 60, EM, 8);
    draw_box(pix, 100, 120, 1040, 4, 0);
    draw_column(pix, 100, 180, 11, 24);
    draw_column(pix, 100 + 13 * EM, 180, 11, 24);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_SEPARATOR), 1);
    assert_int_equal(page.regions[0].role, BI_ROLE_HEADER);
    assert_int_equal(page.regions[1].role, BI_ROLE_HEADER);
    assert_int_equal(page.regions[2].role, BI_ROLE_BODY);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* The role of the region with that box; the test fails where there is none. */
static enum bi_role role_at(const struct bi_page *page, int x, int y, int w, int h)
{
    const int region = find_text(page, x, y, w, h);
    if (region < 0)
        fail_msg("nothing found at %d,%d %dx%d", x, y, w, h);
    return page->regions[region].role;
}

static void running_head_and_foot_without_a_rule(void **state)
{
    (void)state;
    PIX *pix = draw_page(1700, 2100);
    draw_line(pix, 100, 60, EM, 2);
    draw_line(pix, 750, 60, EM, 4);
    draw_line(pix, 1300, 60, EM, 6);
    for (int i = 0; i < 3; i++)
        draw_column(pix, 100 + i * 13 * EM, 180, 11, 31);
    draw_character(pix, 800, 1960, EM, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(role_at(&page, 100, 60, 2 * EM, EM), BI_ROLE_HEADER);
    assert_int_equal(role_at(&page, 1300, 60, 6 * EM, EM), BI_ROLE_HEADER);
    assert_int_equal(role_at(&page, 800, 1960, EM, EM), BI_ROLE_HEADER);
    assert_int_equal(role_at(&page, 100, 180, 11 * EM, 31 * PITCH - 16), BI_ROLE_BODY);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Kickers over two headlines side by side, and the short last lines of columns, are in rows of their own too.
 */
static void kickers_and_last_lines_are_no_running_heads(void **state)
{
    (void)state;
    PIX *pix = draw_page(1700, 2100);
    draw_line(pix, 140, 60, EM, 6);
    draw_line(pix, 1000, 60, EM, 6);
    draw_line(pix, 100, 130, 90, 5);
    draw_line(pix, 960, 130, 90, 5);
    for (int i = 0; i < 3; i++)
        draw_column(pix, 100 + i * 13 * EM, 280, 11, 29);
    draw_line(pix, 100 + 13 * EM, 280 + 29 * PITCH, EM, 3);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    for (size_t i = 0; i < page.region_count; i++)
        assert_int_not_equal(page.regions[i].role, BI_ROLE_HEADER);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Set close over the column that goes on under the picture, flush with it. */
static void caption_over_a_column(void **state)
{
    (void)state;
    PIX *pix = draw_page(1500, 1800);
    draw_column(pix, 100, 100, 11, 24);
    draw_column(pix, 600, 100, 11, 6);
    draw_picture(pix, 600, 470, 440, 400);
    draw_line(pix, 600, 888, 34, 12);
    draw_line(pix, 600, 888 + 46, 34, 7);
    draw_column(pix, 600, 888 + 100, 11, 8);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(role_at(&page, 600, 888, 12 * 34, 46 + 34), BI_ROLE_CAPTION);
    assert_int_equal(role_at(&page, 600, 988, 440, 8 * PITCH - 16), BI_ROLE_BODY);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Wider than its picture, and over the two columns that go on under it. */
static void caption_wider_than_its_picture(void **state)
{
    (void)state;
    PIX *pix = draw_page(1500, 1800);
    draw_line(pix, 100, 60, 90, 8);
    draw_picture(pix, 250, 220, 520, 360);
    draw_line(pix, 130, 640, EM, 21);
    draw_column(pix, 100, 640 + PITCH + 20, 11, 14);
    draw_column(pix, 600, 640 + PITCH + 20, 11, 14);
    draw_column(pix, 1060, 220, 10, 22);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(role_at(&page, 130, 640, 21 * EM, EM), BI_ROLE_CAPTION);
    assert_int_equal(role_at(&page, 100, 660 + PITCH, 440, 14 * PITCH - 16), BI_ROLE_BODY);
    assert_int_equal(role_at(&page, 600, 660 + PITCH, 440, 14 * PITCH - 16), BI_ROLE_BODY);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void decks_under_one_another(void **state)
{
    (void)state;
    PIX *pix = draw_page(1500, 1800);
    draw_line(pix, 100, 100, 100, 4);
    draw_line(pix, 100, 240, 62, 7);
    draw_line(pix, 100, 334, 48, 8);
    draw_column(pix, 100, 440, 11, 20);
    draw_column(pix, 600, 100, 11, 26);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(role_at(&page, 100, 100, 400, 100), BI_ROLE_HEADLINE);
    assert_int_equal(role_at(&page, 100, 240, 7 * 62, 62), BI_ROLE_SUBHEAD);
    assert_int_equal(role_at(&page, 100, 334, 8 * 48, 48), BI_ROLE_SUBHEAD);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void notices_in_small_type(void **state)
{
    (void)state;
    PIX *pix = draw_page(1500, 1800);
    draw_column(pix, 100, 100, 11, 26);
    draw_column(pix, 600, 100, 11, 8);
    for (int notice = 0; notice < 4; notice++)
        for (int i = 0; i < 4; i++)
            for (int k = 0; k < (i < 3 ? 14 : 9); k++)
                draw_character(pix, 600 + k * 32, 640 + notice * 160 + i * 38, 28, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    int notices = 0;
    for (size_t i = 0; i < page.region_count; i++)
        for (size_t j = 0; j < page.regions[i].line_count; j++)
            notices += page.regions[i].role == BI_ROLE_AD;
    assert_int_equal(notices, 16);
    assert_int_equal(role_at(&page, 600, 100, 440, 8 * PITCH - 16), BI_ROLE_BODY);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void edges_of_the_sheet_are_neither_type_nor_picture(void **state)
{
    (void)state;
    /* The left edge and the lower one, curved, with a grey shadow along them, and a strip of the next sheet.
     */
    PIX *pix = draw_page(1300, 1500);
    for (int i = 0; i < 1500; i++)
        draw_box(pix, (i - 750) * (i - 750) / 22500, i, 12, 1, 20);
    for (int i = 0; i < 1300; i++)
        draw_box(pix, i, 1440 + (i - 650) * (i - 650) / 16900, 1, 30, 120);
    for (int i = 200; i < 1300; i++)
        draw_box(pix, 1270 + (i / 11) % 3, i, 22, 1, 60);
    draw_column(pix, 100, 160, 11, 18);
    draw_column(pix, 100 + 13 * EM, 160, 11, 18);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
    assert_int_equal(count_kind(&page, BI_REGION_TEXT), 2);
    assert_true(find_text(&page, 100, 160, 440, 18 * PITCH - 16) >= 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* A sheet that lies on a grey surround, with more of the surround kept than a border's width. */
static void rim_of_the_sheet_is_no_line(void **state)
{
    (void)state;
    PIX *pix = draw_page(1500, 1700);
    for (int i = 0; i < 1200; i++) {
        draw_box(pix, 100 + i, 90 + i / 100, 1, 36, 60);
        draw_box(pix, 1320 - i / 100, 140 + i, 36, 1, 60);
    }
    for (int i = 0; i < 2; i++)
        draw_column(pix, 180 + i * 13 * EM, 240, 11, 18);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_TEXT), 2);
    assert_true(find_text(&page, 180, 240, 440, 18 * PITCH - 16) >= 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void pages_without_text(void **state)
{
    (void)state;
    const int sizes[4][2] = {{1, 1}, {3000, 4000}, {4000, 5}, {5, 4000}};
    for (int i = 0; i < 4; i++)
        for (int value = 0; value < 256; value += 255) {
            PIX *pix = draw_page(sizes[i][0], sizes[i][1]);
            pixSetAllArbitrary(pix, (l_uint32)value);
            struct seg_layout layout;
            struct bi_page page;
            analyse(pix, &layout, &page);
            assert_int_equal(count_kind(&page, BI_REGION_TEXT), 0);
            bi_page_release(&page);
            seg_layout_release(&layout);
        }
    PIX *pix = draw_page(1000, 1000);
    draw_picture(pix, 100, 100, 700, 700);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_TEXT), 0);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 1);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vertical_headline),
        cmocka_unit_test(vertical_headline_takes_the_text_beside_it),
        cmocka_unit_test(frame_keeps_its_text_together),
        cmocka_unit_test(picture_with_caption),
        cmocka_unit_test(a_headline_run_together_is_no_picture),
        cmocka_unit_test(outlines_side_by_side_are_pictures),
        cmocka_unit_test(a_picture_with_drawn_sides_is_one),
        cmocka_unit_test(the_end_of_a_caption_may_be_one_character),
        cmocka_unit_test(white_on_black_headline),
        cmocka_unit_test(white_on_black_headline_with_blank_bars),
        cmocka_unit_test(running_head_above_a_rule),
        cmocka_unit_test(running_head_and_foot_without_a_rule),
        cmocka_unit_test(kickers_and_last_lines_are_no_running_heads),
        cmocka_unit_test(caption_over_a_column),
        cmocka_unit_test(caption_wider_than_its_picture),
        cmocka_unit_test(decks_under_one_another),
        cmocka_unit_test(notices_in_small_type),
        cmocka_unit_test(edges_of_the_sheet_are_neither_type_nor_picture),
        cmocka_unit_test(rim_of_the_sheet_is_no_line),
        cmocka_unit_test(pages_without_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
