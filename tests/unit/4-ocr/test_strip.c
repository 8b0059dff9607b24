#include <stdlib.h>

#include "profile.h"
#include "shapes.h"
#include "strip.h"
#include "unit.h"
#include "vertical.h"

static const struct strip_style STYLE = {31, 6};

/* `count` squares of 90 pixels, 100 apart, from (20, 15): an em of 100. */
static struct plane squares(int count)
{
    struct plane line = plane_new(count * 100 + 40, 120);
    for (int i = 0; i < count; i++)
        draw(&line, 20 + i * 100, 15, 90, 90, 0);
    return line;
}

static void a_line_gets_the_size_the_network_likes(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct plane line = squares(5);
    struct strip *strips;
    assert_int_equal(strip_horizontal(&arena, &line, (struct bi_point){1000, 2000}, 100, STYLE, &strips), 1);
    assert_int_equal(strips[0].plane.height, STRIP_HEIGHT);
    struct bi_box ink = profile_ink_box(&strips[0].plane);
    assert_in_range(ink.h, 27, 29); /* 90 hundredths of 31 pixels */
    assert_in_range(ink.w, 151, 153);
    assert_in_range(ink.y + ink.h / 2, 23, 25);
    assert_in_range(ink.x, 6, 7);
    assert_in_range(strips[0].plane.width - ink.x - ink.w, 6, 7);

    /* Back on the page, the third square is where it was. */
    struct bi_box third = strip_box_on_page(&strips[0], 6 + 62, 28);
    assert_true(abs(third.x - 1220) <= 4 && abs(third.w - 90) <= 6);
    assert_true(abs(third.y - 2015) <= 4 && abs(third.h - 90) <= 6);
    strip_release(&strips[0]);
    plane_release(&line);
    bi_arena_release(&arena);
}

/* At 200 dpi the 一 of a light face is one pixel high but for its end; a speck is one pixel every way. */
static void a_hairline_at_the_rim_is_ink_and_a_speck_is_not(void **state)
{
    (void)state;
    struct plane line = plane_new(120, 40);
    draw(&line, 4, 20, 1, 1, 0);
    draw(&line, 10, 20, 20, 1, 0);
    draw(&line, 35, 8, 24, 24, 0);
    draw(&line, 65, 20, 20, 1, 0);
    draw(&line, 92, 21, 2, 1, 0);
    struct bi_box ink = profile_ink_box(&line);
    assert_int_equal(ink.x, 10);
    assert_int_equal(ink.w, 75);
    assert_int_equal(ink.y, 8);
    assert_int_equal(ink.h, 24);
    plane_release(&line);
}

static void an_unknown_size_is_taken_from_the_ink(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct plane line = squares(2);
    struct strip *strips;
    assert_int_equal(strip_horizontal(&arena, &line, (struct bi_point){0, 0}, 0, STYLE, &strips), 1);
    assert_in_range(profile_ink_box(&strips[0].plane).h, 27, 30);
    strip_release(&strips[0]);
    plane_release(&line);
    bi_arena_release(&arena);
}

static void a_wrong_size_does_not_cut_ink_off(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct plane line = squares(2);
    struct strip *strips;
    assert_int_equal(strip_horizontal(&arena, &line, (struct bi_point){0, 0}, 20, STYLE, &strips), 1);
    struct bi_box ink = profile_ink_box(&strips[0].plane);
    assert_true(ink.y > 0 && ink.y + ink.h < STRIP_HEIGHT);
    assert_true(ink.h > 35);
    strip_release(&strips[0]);
    plane_release(&line);
    bi_arena_release(&arena);
}

static void white_gives_nothing(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct plane line = plane_new(200, 50);
    struct strip *strips;
    line.pixels[77] = 0; /* a speck */
    assert_int_equal(strip_horizontal(&arena, &line, (struct bi_point){0, 0}, 40, STYLE, &strips), 0);
    assert_int_equal(strip_vertical(&arena, &line, (struct bi_point){0, 0}, 40, STYLE, &strips), 0);
    plane_release(&line);
    bi_arena_release(&arena);
}

static void a_very_long_line_is_divided_in_gaps(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct plane line = squares(600); /* 60,040 pixels, 18,600 of the network's */
    struct strip *strips;
    size_t count = strip_horizontal(&arena, &line, (struct bi_point){0, 0}, 100, STYLE, &strips);
    assert_in_range(count, 3, 4);
    int last = 0;
    for (size_t i = 0; i < count; i++) {
        struct bi_box part = strips[i].pieces[0].on_page;
        assert_true(strips[i].plane.width <= STRIP_MAX_PIXELS);
        assert_true(part.x >= last);
        last = part.x + part.w;
        if (i + 1 < count) /* not through a square */
            assert_true((last - 20) % 100 >= 90 || (last - 20) % 100 == 0);
        strip_release(&strips[i]);
    }
    assert_in_range(last, 20 + 599 * 100 + 89, 20 + 600 * 100);
    plane_release(&line);
    bi_arena_release(&arena);
}

static void vertical_characters_come_side_by_side(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct plane line = plane_new(120, 460);
    draw(&line, 15, 20, 90, 90, 0);
    draw(&line, 15, 160, 90, 12, 0); /* 一 */
    draw(&line, 15, 225, 90, 14, 0); /* 三 */
    draw(&line, 25, 260, 70, 12, 0);
    draw(&line, 15, 295, 90, 14, 0);
    draw(&line, 15, 330, 90, 90, 0);
    struct bi_box *cells;
    assert_int_equal(vertical_cells(&arena, &line, profile_ink_box(&line), 100, &cells), 4);
    assert_int_equal(cells[2].y, 225);
    assert_int_equal(cells[2].h, 84);

    struct strip *strips;
    assert_int_equal(strip_vertical(&arena, &line, (struct bi_point){500, 600}, 100, STYLE, &strips), 1);
    assert_int_equal(strips[0].piece_count, 4);
    assert_true(strips[0].plane.width > 4 * 27 && strips[0].plane.width < 4 * 36);
    struct bi_box last = strip_box_on_page(&strips[0], strips[0].pieces[3].x + 2, 20);
    assert_int_equal(last.y, 930);
    assert_int_equal(last.h, 90);
    strip_release(&strips[0]);
    plane_release(&line);
    bi_arena_release(&arena);
}

static void touching_vertical_characters_are_parted(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct plane line = plane_new(120, 340);
    for (int i = 0; i < 3; i++)
        draw(&line, 15, 20 + i * 100, 90, 92, 0);
    draw(&line, 50, 20, 3, 290, 0); /* a stroke through all of them */
    struct bi_box *cells;
    assert_int_equal(vertical_cells(&arena, &line, profile_ink_box(&line), 100, &cells), 3);
    assert_in_range(cells[1].y, 110, 122);
    plane_release(&line);
    bi_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_gets_the_size_the_network_likes),
        cmocka_unit_test(a_hairline_at_the_rim_is_ink_and_a_speck_is_not),
        cmocka_unit_test(an_unknown_size_is_taken_from_the_ink),
        cmocka_unit_test(a_wrong_size_does_not_cut_ink_off),
        cmocka_unit_test(white_gives_nothing),
        cmocka_unit_test(a_very_long_line_is_divided_in_gaps),
        cmocka_unit_test(vertical_characters_come_side_by_side),
        cmocka_unit_test(touching_vertical_characters_are_parted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
