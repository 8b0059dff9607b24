/* Boxes of other borders than straight rules, and type on grey. */
#include <math.h>

#include "draw.h"

/* A boxed article, 640 pixels wide, with its headline and a column of 12 characters. */
static void draw_boxed(PIX *pix, int x, int y)
{
    draw_line(pix, x + 120, y + 50, 80, 5);
    draw_column(pix, x + 80, y + 180, 12, 12);
}

/* The page has one frame there, and in it a headline and a body of 12 lines, in that order. */
static void expect_boxed(const struct bi_page *page, int x, int y, int w, int h)
{
    const struct bi_box wanted = {x, y, w, h};
    int frames = 0;
    for (size_t i = 0; i < page->region_count; i++)
        frames += page->regions[i].kind == BI_REGION_FRAME && bi_box_iou(region_box(page, i), wanted) > 0.9;
    assert_int_equal(frames, 1);
    assert_int_equal(count_kind(page, BI_REGION_IMAGE), 0);
    const int head = find_text(page, x + 120, y + 50, 400, 80);
    const int body = find_text(page, x + 80, y + 180, 12 * EM, 12 * PITCH - (PITCH - EM));
    assert_true(head >= 0);
    assert_int_equal(page->regions[head].role, BI_ROLE_HEADLINE);
    assert_int_equal(body, head + 1);
    assert_int_equal(page->regions[body].line_count, 12);
}

static void expect_border(void (*draw)(PIX *, int, int, int, int))
{
    PIX *pix = draw_page(1400, 1300);
    draw_column(pix, 100, 100, 11, 20);
    draw(pix, 640, 100, 640, 900);
    draw_boxed(pix, 640, 100);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    expect_boxed(&page, 640, 100, 640, 900);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* A border of waves. */
static void draw_wave(PIX *pix, int x, int y, int w, int h)
{
    for (int i = 0; i < w; i++)
        for (int side = 0; side < 2; side++)
            draw_box(pix, x + i, y + side * (h - 4) + (int)lround(6 * sin(i / 6.0)), 4, 4, 0);
    for (int i = 0; i < h; i++)
        for (int side = 0; side < 2; side++)
            draw_box(pix, x + side * (w - 4) + (int)lround(6 * sin(i / 6.0)), y + i, 4, 4, 0);
}

static void draw_rounded(PIX *pix, int x, int y, int w, int h)
{
    const int r = 60;
    draw_box(pix, x + r, y, w - 2 * r, 4, 0);
    draw_box(pix, x + r, y + h - 4, w - 2 * r, 4, 0);
    draw_box(pix, x, y + r, 4, h - 2 * r, 0);
    draw_box(pix, x + w - 4, y + r, 4, h - 2 * r, 0);
    for (int i = 0; i <= 200; i++) {
        const int dx = (int)lround(r * (1 - cos(i * M_PI / 400))),
                  dy = (int)lround(r * (1 - sin(i * M_PI / 400)));
        draw_box(pix, x + dx, y + dy, 4, 4, 0);
        draw_box(pix, x + w - 4 - dx, y + dy, 4, 4, 0);
        draw_box(pix, x + dx, y + h - 4 - dy, 4, 4, 0);
        draw_box(pix, x + w - 4 - dx, y + h - 4 - dy, 4, 4, 0);
    }
}

static void draw_dotted(PIX *pix, int x, int y, int w, int h)
{
    for (int i = 0; i <= w - 8; i += 16) {
        draw_box(pix, x + i, y, 8, 8, 0);
        draw_box(pix, x + i, y + h - 8, 8, 8, 0);
    }
    for (int i = 0; i <= h - 8; i += 16) {
        draw_box(pix, x, y + i, 8, 8, 0);
        draw_box(pix, x + w - 8, y + i, 8, 8, 0);
    }
}

static void draw_double(PIX *pix, int x, int y, int w, int h)
{
    draw_frame(pix, x, y, w, h);
    draw_frame(pix, x + 16, y + 16, w - 32, h - 32);
}

/* A frame that carries its title white on a dark band along its top, as 导读 boxes do. */
static void draw_titled(PIX *pix, int x, int y, int w, int h)
{
    draw_frame(pix, x, y, w, h);
    draw_box(pix, x, y, w, 120, 0);
}

static void wavy_border(void **state)
{
    (void)state;
    expect_border(draw_wave);
}

static void round_corners(void **state)
{
    (void)state;
    expect_border(draw_rounded);
}

static void dotted_border(void **state)
{
    (void)state;
    expect_border(draw_dotted);
}

static void double_border(void **state)
{
    (void)state;
    expect_border(draw_double);
}

static void nested_boxes(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1900);
    draw_column(pix, 100, 100, 11, 20);
    draw_frame(pix, 640, 100, 700, 1500);
    draw_line(pix, 760, 130, 80, 5);
    draw_column(pix, 700, 260, 13, 6);
    draw_frame(pix, 670, 660, 640, 900);
    draw_boxed(pix, 670, 660);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_FRAME), 2);
    expect_boxed(&page, 670, 660, 640, 900);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void titled_box_keeps_its_text(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1300);
    draw_column(pix, 100, 100, 11, 20);
    draw_titled(pix, 640, 100, 640, 900);
    for (int i = 0; i < 5; i++)
        draw_character(pix, 710 + i * 100, 110, 100, 255);
    draw_column(pix, 720, 260, 12, 12);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_FRAME), 1);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
    const int title = find_text(&page, 710, 110, 500, 100);
    assert_true(title >= 0);
    assert_true(page.regions[title].lines[0].reversed);
    assert_true(find_text(&page, 720, 260, 12 * EM, 12 * PITCH - 16) > title);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void headline_on_a_tint(void **state)
{
    (void)state;
    const int grounds[3] = {225, 190, 130};
    for (int i = 0; i < 3; i++) {
        PIX *pix = draw_page(1300, 1500);
        draw_box(pix, 100, 100, 960, 120, grounds[i]);
        draw_line(pix, 180, 110, 100, 8);
        draw_column(pix, 100, 260, 11, 18);
        draw_column(pix, 100 + 13 * EM, 260, 11, 18);
        struct seg_layout layout;
        struct bi_page page;
        analyse(pix, &layout, &page);
        const int headline = find_text(&page, 180, 110, 800, 100);
        assert_int_equal(headline, 0);
        assert_int_equal(page.regions[headline].role, BI_ROLE_HEADLINE);
        assert_false(page.regions[headline].lines[0].reversed);
        assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
        bi_page_release(&page);
        seg_layout_release(&layout);
    }
}

static void article_on_a_tint(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1300);
    draw_column(pix, 100, 100, 11, 20);
    draw_box(pix, 640, 100, 640, 900, 200);
    draw_boxed(pix, 640, 100);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 0);
    const int body = find_text(&page, 720, 280, 12 * EM, 12 * PITCH - 16);
    assert_true(body >= 0);
    assert_int_equal(page.regions[body].line_count, 12);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* A tone with nothing printed on it, and one that is not even, are pictures. */
static void tone_without_type_is_a_picture(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1300);
    draw_column(pix, 100, 100, 11, 20);
    draw_box(pix, 640, 100, 640, 300, 190);
    draw_picture(pix, 640, 600, 640, 300);
    draw_box(pix, 800, 700, 60, 90, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 2);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* The rim of a drawing is no box: there is no type in it. */
static void bordered_drawing_is_a_picture(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1300);
    draw_column(pix, 100, 100, 11, 20);
    draw_wave(pix, 640, 100, 640, 500);
    draw_box(pix, 800, 300, 200, 160, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_FRAME), 0);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 1);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wavy_border),
        cmocka_unit_test(round_corners),
        cmocka_unit_test(dotted_border),
        cmocka_unit_test(double_border),
        cmocka_unit_test(nested_boxes),
        cmocka_unit_test(titled_box_keeps_its_text),
        cmocka_unit_test(headline_on_a_tint),
        cmocka_unit_test(article_on_a_tint),
        cmocka_unit_test(tone_without_type_is_a_picture),
        cmocka_unit_test(bordered_drawing_is_a_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
