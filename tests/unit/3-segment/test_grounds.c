#include "draw.h"

/* Lines of text on the page that are light on dark. */
static int count_reversed(const struct bi_page *page)
{
    int count = 0;
    for (size_t i = 0; i < page->region_count; i++)
        for (size_t k = 0; k < page->regions[i].line_count; k++)
            count += page->regions[i].lines[k].reversed;
    return count;
}

static void draw_light(PIX *pix, int x, int y, int em, int count)
{
    for (int i = 0; i < count; i++)
        draw_character(pix, x + i * em, y, em, 255);
}

static void draw_text(PIX *pix, int y)
{
    for (int i = 0; i < 2; i++)
        draw_column(pix, 100 + i * 13 * EM, y, 11, 14);
}

/* The analysed page, of black and white only if `bitonal`. */
static void analyse_as(PIX *pix, bool bitonal, struct seg_layout *layout, struct bi_page *page)
{
    PIX *bits = bitonal ? pixThresholdToBinary(pix, 128) : pixClone(pix);
    pixDestroy(&pix);
    analyse(bits, layout, page);
}

static void headline_of_two_lines(void **state)
{
    (void)state;
    for (int bitonal = 0; bitonal < 2; bitonal++) {
        PIX *pix = draw_page(1300, 1500);
        draw_box(pix, 100, 100, 960, 270, 10);
        draw_light(pix, 180, 130, 100, 8);
        draw_light(pix, 180, 240, 100, 2);
        draw_text(pix, 420);
        struct seg_layout layout;
        struct bi_page page;
        analyse_as(pix, bitonal, &layout, &page);
        const int headline = find_text(&page, 180, 130, 800, 210);
        assert_int_equal(headline, 0);
        assert_int_equal(page.regions[headline].role, BI_ROLE_HEADLINE);
        assert_int_equal(page.regions[headline].line_count, 2);
        assert_int_equal(count_reversed(&page), 2);
        assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
        assert_int_equal(count_kind(&page, BI_REGION_FRAME), 0);
        bi_page_release(&page);
        seg_layout_release(&layout);
    }
}

static void headline_of_two_upright_lines(void **state)
{
    (void)state;
    PIX *pix = draw_page(1300, 1500);
    draw_box(pix, 100, 100, 300, 860, 10);
    for (int i = 0; i < 7; i++)
        for (int k = 0; k < (i < 5 ? 2 : 1); k++)
            draw_character(pix, 270 - 140 * k, 130 + 110 * i, 100, 255);
    draw_column(pix, 460, 100, 15, 20);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    int upright = 0;
    for (size_t i = 0; i < page.region_count; i++)
        for (size_t k = 0; k < page.regions[i].line_count; k++)
            upright += page.regions[i].lines[k].reversed && page.regions[i].lines[k].vertical;
    assert_int_equal(upright, 2);
    assert_int_equal(count_reversed(&page), 2);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* A large line and small ones, with round corners and a picture below. */
static void advertisement(void **state)
{
    (void)state;
    for (int bitonal = 0; bitonal < 2; bitonal++) {
        PIX *pix = draw_page(1300, 2200);
        draw_box(pix, 100, 100, 960, 1200, 15);
        for (int i = 0; i < 30; i++)
            for (int corner = 0; corner < 4; corner++)
                draw_box(pix, corner % 2 ? 1060 - 30 + i : 100, corner / 2 ? 1300 - 1 - i : 100 + i, 30 - i,
                         1, 255);
        draw_light(pix, 230, 160, 120, 6);
        for (int i = 0; i < 4; i++)
            draw_light(pix, 330 + 20 * i, 380 + 90 * i, 40 + 10 * i, 8);
        draw_box(pix, 380, 800, 400, 300, 255);
        draw_text(pix, 1400);
        struct seg_layout layout;
        struct bi_page page;
        analyse_as(pix, bitonal, &layout, &page);
        assert_int_equal(count_reversed(&page), 5);
        for (size_t i = 0; i < page.region_count; i++)
            if (page.regions[i].line_count > 0 && page.regions[i].lines[0].reversed)
                assert_int_equal(page.regions[i].role, BI_ROLE_AD);
        assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 1);
        bi_page_release(&page);
        seg_layout_release(&layout);
    }
}

/* Two columns that stand on black: their lines are parted. */
static void article_on_black(void **state)
{
    (void)state;
    PIX *pix = draw_page(1300, 1500);
    draw_box(pix, 60, 60, 1060, 620, 10);
    for (int i = 0; i < 10; i++)
        for (int k = 0; k < 2; k++)
            draw_light(pix, 100 + k * 13 * EM, 90 + i * PITCH, EM, i == 9 ? 5 : 11);
    draw_text(pix, 720);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_reversed(&page), 20);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
    assert_int_equal(count_kind(&page, BI_REGION_FRAME), 1);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Lights in a night, even or not, are no type. */
static void dark_pictures_stay(void **state)
{
    (void)state;
    for (int uneven = 0; uneven < 2; uneven++) {
        PIX *pix = draw_page(1300, 1700);
        for (int i = 0; i < 400; i++)
            for (int k = 0; k < 900; k++)
                pixSetPixel(pix, 100 + k, 100 + i, (l_uint32)(uneven ? 10 + (k / 9 + i / 6) % 90 : 15));
        for (int i = 0; i < 24; i++)
            draw_box(pix, 140 + (i * 337) % 800, 140 + (i * 131) % 300, 20 + i * 2, 24 + (i * 7) % 20, 250);
        draw_text(pix, 560);
        struct seg_layout layout;
        struct bi_page page;
        analyse(pix, &layout, &page);
        assert_int_equal(count_reversed(&page), 0);
        assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 1);
        bi_page_release(&page);
        seg_layout_release(&layout);
    }
}

/* 图 in bold type is dark round light pieces, and the headline's character all the same. */
static void bold_character_is_no_ground(void **state)
{
    (void)state;
    PIX *pix = draw_page(1300, 1500);
    draw_light(pix, 100, 100, 120, 0);
    draw_box(pix, 100, 100, 108, 108, 0);
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 2; k++)
            draw_box(pix, 118 + 40 * k, 116 + 28 * i, 28, 18, 255);
    draw_line(pix, 220, 94, 120, 6);
    draw_text(pix, 280);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_reversed(&page), 0);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
    assert_int_equal(find_text(&page, 100, 100, 834, 110), 0);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* A thick frame with a large line, a small one and a picture. */
static void frame_with_little_type(void **state)
{
    (void)state;
    PIX *pix = draw_page(1300, 2400);
    for (int i = 0; i < 10; i++)
        draw_frame(pix, 100 + i, 100 + i, 960 - 2 * i, 1200 - 2 * i);
    draw_line(pix, 230, 200, 120, 6);
    draw_line(pix, 330, 380, EM, 12);
    draw_picture(pix, 160, 700, 840, 560);
    draw_text(pix, 1400);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int title = find_text(&page, 230, 200, 720, 120), line = find_text(&page, 330, 380, 12 * EM, EM);
    assert_true(title >= 0 && line >= 0);
    assert_int_equal(page.regions[title].role, BI_ROLE_AD);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 1);
    assert_int_equal(count_kind(&page, BI_REGION_FRAME), 1);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headline_of_two_lines),  cmocka_unit_test(headline_of_two_upright_lines),
        cmocka_unit_test(advertisement),          cmocka_unit_test(article_on_black),
        cmocka_unit_test(dark_pictures_stay),     cmocka_unit_test(bold_character_is_no_ground),
        cmocka_unit_test(frame_with_little_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
