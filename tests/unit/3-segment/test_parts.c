/* Parts of characters and specks that come out as lines of their own, and the small characters in rows of
 * large type. */
#include "draw.h"
#include "edges.h"
#include "parts.h"

static void add(struct seg_layout *layout, int x, int y, int w, int h)
{
    struct seg_line *line = seg_add_line(layout);
    line->box = (struct bi_box){x, y, w, h};
    struct seg_glyph *glyph = seg_add_glyph(layout);
    glyph->box = line->box;
    glyph->line = (int)layout->line_count - 1;
}

static struct seg_layout lay_out(void)
{
    struct seg_layout layout;
    seg_layout_init(&layout);
    layout.em = 20;
    return layout;
}

static void a_mark_in_the_box_of_a_headline_is_of_it(void **state)
{
    (void)state;
    struct seg_layout layout = lay_out();
    add(&layout, 300, 102, 35, 30);
    add(&layout, 100, 100, 900, 80);
    add(&layout, 100, 300, 400, 20);
    seg_parts_unite(&layout);
    assert_int_equal(layout.line_count, 2);
    assert_int_equal(layout.lines[0].box.w, 900);
    assert_int_equal(layout.glyphs[0].line, 0);
    assert_int_equal(layout.glyphs[1].line, 0);
    assert_int_equal(layout.glyphs[2].line, 1);
    seg_layout_release(&layout);
}

static void small_type_two_deep_stays(void **state)
{
    (void)state;
    struct seg_layout layout = lay_out();
    add(&layout, 100, 100, 900, 80);
    add(&layout, 400, 105, 70, 30);
    add(&layout, 400, 145, 70, 30);
    add(&layout, 600, 105, 300, 30);
    seg_parts_unite(&layout);
    assert_int_equal(layout.line_count, 4);
    seg_layout_release(&layout);
}

static void halves_of_a_short_row_are_one(void **state)
{
    (void)state;
    struct seg_layout layout = lay_out();
    add(&layout, 100, 100, 90, 32);
    add(&layout, 102, 122, 84, 25);
    /* Long lines that blur has brought as near are two. */
    add(&layout, 100, 300, 600, 26);
    add(&layout, 100, 318, 600, 26);
    seg_parts_unite(&layout);
    assert_int_equal(layout.line_count, 3);
    assert_int_equal(layout.lines[0].box.h, 47);
    seg_layout_release(&layout);
}

static void cells_of_tables_stay(void **state)
{
    (void)state;
    struct seg_layout layout = lay_out();
    add(&layout, 100, 100, 900, 80);
    add(&layout, 300, 102, 35, 30);
    layout.lines[1].table = 1;
    seg_parts_unite(&layout);
    assert_int_equal(layout.line_count, 2);
    seg_layout_release(&layout);
}

static void specks_in_a_shadow_at_the_border_are_no_lines(void **state)
{
    (void)state;
    struct seg_layout layout = lay_out();
    layout.width = 1000;
    layout.height = 1400;
    add(&layout, 100, 100, 700, 20);
    layout.lines[0].glyphs = 30;
    add(&layout, 980, 600, 18, 22);
    layout.lines[1].glyphs = 3;
    /* A folio in the margin is further from the border. */
    add(&layout, 930, 100, 18, 22);
    layout.lines[2].glyphs = 1;
    seg_edges_drop_lines(&layout);
    assert_int_equal(layout.lines[0].glyphs, 30);
    assert_int_equal(layout.lines[1].glyphs, 0);
    assert_int_equal(layout.lines[2].glyphs, 1);
    /* Cropped to the type, the image ends where its lines do. */
    layout.lines[0].box.w = 890;
    layout.lines[1].glyphs = 3;
    seg_edges_drop_lines(&layout);
    assert_int_equal(layout.lines[1].glyphs, 3);
    seg_layout_release(&layout);
}

/* 口 fills half of its square, so that it is no larger than body type in a row twice that size. */
static void a_small_character_keeps_a_row_of_large_type_together(void **state)
{
    (void)state;
    PIX *pix = draw_page(1200, 1500);
    draw_column(pix, 100, 600, 24, 12);
    const int em = 2 * EM, pitch = em + em / 4;
    for (int i = 0; i < 9; i++)
        if (i != 4)
            draw_character(pix, 200 + i * pitch, 300, em, 0);
    const int x = 200 + 4 * pitch + em / 4, y = 300 + em / 4, size = em / 2;
    draw_box(pix, x, y, size, 6, 0);
    draw_box(pix, x, y + size - 6, size, 6, 0);
    draw_box(pix, x, y, 6, size, 0);
    draw_box(pix, x + size - 6, y, 6, size, 0);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    const int head = find_text(&page, 200, 300, 8 * pitch + em, em);
    assert_true(head >= 0);
    assert_int_equal(page.regions[head].line_count, 1);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

/* What a bitonal scan leaves of a pale picture: edges of its dark parts, open on two sides. */
static void draw_outlines(PIX *pix, int x, int y, int size)
{
    for (int i = 0; i < size; i++) {
        draw_box(pix, x + (i * i) % 7, y + i, 24 + i % 5, 1, 0);
        draw_box(pix, x + i, y + size - 24 - (i * i) % 5, 1, 20, 0);
        draw_box(pix, x + size / 3 + i / 2, y + size / 4 + i / 2, 20, 16, 0);
    }
}

static void two_pictures_with_a_caption_between_are_no_headline(void **state)
{
    (void)state;
    PIX *pix = draw_page(1200, 1700);
    draw_column(pix, 100, 100, 12, 26);
    draw_outlines(pix, 700, 100, 9 * EM);
    draw_line(pix, 760, 100 + 9 * EM + 20, EM, 6);
    draw_outlines(pix, 700, 100 + 9 * EM + 80, 9 * EM);
    draw_line(pix, 760, 100 + 18 * EM + 100, EM, 6);
    struct seg_layout layout;
    struct bi_page page;
    analyse(pix, &layout, &page);
    assert_int_equal(count_kind(&page, BI_REGION_IMAGE), 2);
    bi_page_release(&page);
    seg_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_in_the_box_of_a_headline_is_of_it),
        cmocka_unit_test(small_type_two_deep_stays),
        cmocka_unit_test(halves_of_a_short_row_are_one),
        cmocka_unit_test(cells_of_tables_stay),
        cmocka_unit_test(specks_in_a_shadow_at_the_border_are_no_lines),
        cmocka_unit_test(two_pictures_with_a_caption_between_are_no_headline),
        cmocka_unit_test(a_small_character_keeps_a_row_of_large_type_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
