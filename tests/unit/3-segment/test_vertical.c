/* Text set vertically: an article under a headline, a whole page, and what is none. */
#include "draw.h"

/* Lines that run down, from right to left in a strip `lines` lines wide; every sixth is short, and the next
 * is indented. */
static void draw_strip(PIX *pix, int x, int y, int characters, int lines)
{
    for (int i = 0; i < lines; i++) {
        const int indent = i % 6 == 0 ? 2 : 0, cut = i % 6 == 5 ? characters / 2 : 0;
        for (int k = indent; k < characters - cut; k++)
            draw_character(pix, x + (lines - 1 - i) * PITCH, y + k * EM, EM, 0);
    }
}

static int strip_at(const struct bi_page *page, int x, int y, int characters, int lines)
{
    return find_text(page, x, y, lines * PITCH - (PITCH - EM), characters * EM);
}

/* Vertical body text of so many lines, each left of the one before. */
static void expect_strip(const struct bi_page *page, int region, size_t lines)
{
    assert_true(region >= 0);
    const struct bi_region *strip = &page->regions[region];
    assert_int_equal(strip->role, BI_ROLE_BODY);
    assert_true(strip->vertical);
    assert_int_equal(strip->line_count, lines);
    for (size_t i = 0; i < lines; i++) {
        const struct bi_box box = bi_polygon_box(&strip->lines[i].outline);
        assert_true(strip->lines[i].vertical);
        assert_int_equal(strip->lines[i].role, BI_ROLE_BODY);
        assert_true(strip->lines[i].em > 0.85 * EM && strip->lines[i].em < 1.15 * EM);
        if (i > 0)
            assert_true(box.x < bi_polygon_box(&strip->lines[i - 1].outline).x);
    }
}

static void article_beside_horizontal_text(void **state)
{
    (void)state;
    PIX *pix = draw_page(1700, 1500);
    draw_line(pix, 180, 90, 90, 7);
    draw_strip(pix, 100, 240, 12, 14);
    draw_strip(pix, 100, 240 + 13 * EM + 20, 12, 14);
    draw_column(pix, 1000, 90, 14, 22);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int head = find_text(&page, 180, 90, 630, 90), first = strip_at(&page, 100, 240, 12, 14),
              second = strip_at(&page, 100, 240 + 13 * EM + 20, 12, 14);
    assert_true(head >= 0);
    assert_int_equal(first, head + 1);
    assert_int_equal(second, head + 2);
    expect_strip(&page, first, 14);
    expect_strip(&page, second, 14);
    const int column = find_text(&page, 1000, 90, 14 * EM, 22 * PITCH - 16);
    assert_true(column >= 0);
    assert_false(page.regions[column].vertical);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static void whole_page_with_vertical_headline(void **state)
{
    (void)state;
    PIX *pix = draw_page(1700, 1900);
    for (int i = 0; i < 4; i++)
        draw_character(pix, 1430, 100 + i * 124, 120, 0);
    for (int strip = 0; strip < 3; strip++)
        draw_strip(pix, 100, 100 + strip * (14 * EM + EM), 14, 23);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int head = find_text(&page, 1430, 100, 120, 492);
    assert_int_equal(head, 0);
    assert_int_equal(page.regions[0].role, BI_ROLE_HEADLINE);
    for (int strip = 0; strip < 3; strip++) {
        const int region = strip_at(&page, 100, 100 + strip * (14 * EM + EM), 14, 23);
        assert_int_equal(region, 1 + strip);
        expect_strip(&page, region, 23);
    }
    bi_page_release(&page);
    seg_layout_release(&layout);
}

static size_t count_vertical(const struct bi_page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->region_count; i++)
        count += page->regions[i].vertical ? page->regions[i].line_count : 0;
    return count;
}

/* Lines as close to each other as their characters: only a person can tell which way they run. */
static PIX *draw_square(void)
{
    PIX *pix = draw_page(1300, 1300);
    for (int i = 0; i < 20; i++)
        for (int k = 0; k < 20; k++)
            draw_character(pix, 150 + i * (EM + EM / 5), 150 + k * (EM + EM / 5), EM, 0);
    return pix;
}

static void what_is_said_is_done(void **state)
{
    (void)state;
    struct seg_layout layout;
    struct bi_page page;
    analyse_wished(draw_square(), 0, (struct seg_wishes){.direction = SEG_DIRECTION_VERTICAL}, &layout,
                   &page);
    assert_int_equal(count_vertical(&page), 20);
    bi_page_release(&page);
    seg_layout_release(&layout);
    analyse(draw_square(), &layout, &page);
    assert_int_equal(count_vertical(&page), 0);
    bi_page_release(&page);
    seg_layout_release(&layout);

    PIX *pix = draw_page(1700, 1500);
    draw_strip(pix, 100, 240, 30, 20);
    analyse_wished(pix, 0, (struct seg_wishes){.direction = SEG_DIRECTION_HORIZONTAL, .em = EM}, &layout,
                   &page);
    assert_int_equal(count_vertical(&page), 0);
    assert_true(layout.em * layout.reduction > 0.99 * EM && layout.em * layout.reduction < 1.01 * EM);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Two strips side by side, a gutter apart: the right one is read first. */
static void right_strip_comes_first(void **state)
{
    (void)state;
    PIX *pix = draw_page(1900, 1000);
    draw_strip(pix, 100, 200, 14, 13);
    draw_strip(pix, 100 + 13 * PITCH + 100, 200, 14, 13);
    draw_line(pix, 400, 60, 90, 10);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int left = strip_at(&page, 100, 200, 14, 13),
              right = strip_at(&page, 100 + 13 * PITCH + 100, 200, 14, 13);
    expect_strip(&page, left, 13);
    expect_strip(&page, right, 13);
    assert_true(right < left);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* Columns of four characters have white at both sides of every character, and are set horizontally all the
 * same. */
static void narrow_columns_are_none(void **state)
{
    (void)state;
    PIX *pix = draw_page(1400, 1500);
    for (int i = 0; i < 5; i++)
        draw_column(pix, 100 + i * 5 * EM, 100, 4, 20);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    for (size_t i = 0; i < page.region_count; i++)
        assert_false(page.regions[i].vertical);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* A typeface whose characters fill four fifths of their squares leaves as much white between them along a
 * line as some lines have between them; here the lines' white is twice as wide. */
static void small_characters_on_a_grid(void **state)
{
    (void)state;
    enum { SIZE = 32, LINES = 16, CHARACTERS = 16 };
    PIX *pix = draw_page(1300, 1100);
    for (int i = 0; i < LINES; i++)
        for (int k = 0; k < CHARACTERS; k++)
            draw_character(pix, 100 + i * PITCH, 100 + k * EM, SIZE, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int strip =
        find_text(&page, 100, 100, LINES * PITCH - (PITCH - SIZE), CHARACTERS * EM - (EM - SIZE));
    assert_true(strip >= 0);
    assert_true(page.regions[strip].vertical);
    assert_int_equal(page.regions[strip].line_count, LINES);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* A line of one character between long ones is a line of its own, and its strip is one. */
static void line_of_one_character(void **state)
{
    (void)state;
    enum { WIDE = 64, LINES = 13, CHARACTERS = 14 };
    PIX *pix = draw_page(1200, 900);
    for (int i = 0; i < LINES; i++)
        for (int k = 0; k < (i == 5 ? 1 : CHARACTERS); k++)
            draw_character(pix, 100 + i * WIDE, 100 + k * EM, EM, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int strip = find_text(&page, 100, 100, LINES * WIDE - (WIDE - EM), CHARACTERS * EM);
    assert_true(strip >= 0);
    assert_true(page.regions[strip].vertical);
    assert_int_equal(page.regions[strip].line_count, LINES);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(article_beside_horizontal_text), cmocka_unit_test(whole_page_with_vertical_headline),
        cmocka_unit_test(what_is_said_is_done),           cmocka_unit_test(right_strip_comes_first),
        cmocka_unit_test(narrow_columns_are_none),        cmocka_unit_test(small_characters_on_a_grid),
        cmocka_unit_test(line_of_one_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
