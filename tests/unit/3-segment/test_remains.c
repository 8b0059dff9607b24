/* What is left of pictures and looks as large as a headline. */
#include "draw.h"

#include "base/cleanup.h"
#include "remains.h"

/* A layout with a page of ink, and body type of EM. */
static void begin(struct seg_layout *layout)
{
    seg_layout_init(layout);
    layout->reduction = 1;
    layout->width = layout->height = 1000;
    layout->em = EM;
    layout->text = pixCreate(1000, 1000, 1);
    assert_non_null(layout->text);
}

static void add_line(struct seg_layout *layout, struct bi_box box, int glyphs)
{
    struct seg_line *line = seg_add_line(layout);
    line->box = box;
    line->em = box.h;
    line->glyphs = glyphs;
}

static void draw_type(struct seg_layout *layout, int x, int y, int em, int count)
{
    for (int i = 0; i < count; i++)
        draw_character(layout->text, x + i * em, y, em, 1);
}

/* Dots of a screen in a box, as far apart as two of them are wide. */
static int draw_dots(struct seg_layout *layout, struct bi_box b)
{
    int count = 0;
    for (int y = b.y; y + 6 <= seg_bottom(b); y += 12)
        for (int x = b.x; x + 6 <= seg_right(b); x += 12, count++)
            draw_box(layout->text, x, y, 6, 6, 1);
    return count;
}

static void dots_under_a_picture_are_its_foot(void **state)
{
    (void)state;
    BI_CLEANUP(seg_layout_release) struct seg_layout layout;
    begin(&layout);
    const struct bi_box foot = {100, 310, 600, 150};
    *seg_add_picture(&layout) = (struct bi_box){100, 100, 600, 200};
    add_line(&layout, foot, draw_dots(&layout, foot));
    seg_remains_take(&layout);
    assert_int_equal(layout.lines[0].glyphs, 0);
    assert_int_equal(layout.picture_count, 1);
    assert_int_equal(layout.pictures[0].h, 360);
}

static void a_picture_grows_over_no_line(void **state)
{
    (void)state;
    BI_CLEANUP(seg_layout_release) struct seg_layout layout;
    begin(&layout);
    const struct bi_box side = {620, 100, 250, 150};
    *seg_add_picture(&layout) = (struct bi_box){100, 100, 500, 300};
    add_line(&layout, side, draw_dots(&layout, side));
    add_line(&layout, (struct bi_box){620, 300, 250, EM}, 12);
    seg_remains_take(&layout);
    assert_int_equal(layout.lines[0].glyphs, 0);
    assert_int_equal(layout.lines[1].glyphs, 12);
    assert_int_equal(layout.picture_count, 2);
    assert_true(bi_box_iou(layout.pictures[1], side) > 0.99);
}

static void a_broken_headline_far_from_pictures_stays(void **state)
{
    (void)state;
    BI_CLEANUP(seg_layout_release) struct seg_layout layout;
    begin(&layout);
    const struct bi_box title = {100, 310, 600, 150};
    *seg_add_picture(&layout) = (struct bi_box){100, 600, 600, 200};
    add_line(&layout, title, draw_dots(&layout, title));
    seg_remains_take(&layout);
    assert_int_not_equal(layout.lines[0].glyphs, 0);
    assert_int_equal(layout.picture_count, 1);
}

static void a_solid_mass_is_a_picture_and_type_is_not(void **state)
{
    (void)state;
    BI_CLEANUP(seg_layout_release) struct seg_layout layout;
    begin(&layout);
    draw_box(layout.text, 100, 100, 180, 90, 1);
    draw_box(layout.text, 300, 110, 60, 80, 1);
    add_line(&layout, (struct bi_box){100, 100, 260, 90}, 2);
    draw_type(&layout, 100, 400, 90, 6);
    add_line(&layout, (struct bi_box){100, 400, 540, 90}, 6);
    /* Body type is not asked, however black: a square bullet begins it. */
    draw_box(layout.text, 100, 600, 80, EM, 1);
    add_line(&layout, (struct bi_box){100, 600, 80, EM}, 1);
    seg_remains_take(&layout);
    assert_int_equal(layout.lines[0].glyphs, 0);
    assert_int_equal(layout.lines[1].glyphs, 6);
    assert_int_equal(layout.lines[2].glyphs, 1);
    assert_int_equal(layout.picture_count, 1);
    assert_int_equal(layout.pictures[0].w, 260);
}

static void a_heavy_headline_by_a_picture_stays(void **state)
{
    (void)state;
    BI_CLEANUP(seg_layout_release) struct seg_layout layout;
    begin(&layout);
    *seg_add_picture(&layout) = (struct bi_box){100, 100, 600, 200};
    /* Strokes of a fifth of the character, the fattest there are. */
    for (int i = 0; i < 5; i++) {
        const int x = 100 + i * 100;
        draw_box(layout.text, x, 320, 90, 18, 1);
        draw_box(layout.text, x, 392, 90, 18, 1);
        draw_box(layout.text, x + 36, 320, 18, 90, 1);
    }
    add_line(&layout, (struct bi_box){100, 320, 490, 90}, 5);
    seg_remains_take(&layout);
    assert_int_equal(layout.lines[0].glyphs, 5);
    assert_int_equal(layout.picture_count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dots_under_a_picture_are_its_foot),
        cmocka_unit_test(a_picture_grows_over_no_line),
        cmocka_unit_test(a_broken_headline_far_from_pictures_stays),
        cmocka_unit_test(a_solid_mass_is_a_picture_and_type_is_not),
        cmocka_unit_test(a_heavy_headline_by_a_picture_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
