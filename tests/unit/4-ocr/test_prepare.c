/* Cutting, toning and denoising. */
#include <math.h>

#include "cut.h"
#include "denoise.h"
#include "shapes.h"
#include "tone.h"
#include "unit.h"

static const struct bi_box LINE = {20, 20, 60, 20};

static void a_line_is_cut_with_its_margin(void **state)
{
    (void)state;
    struct plane page = plane_new(100, 60);
    struct bi_point points[4], origin;
    struct bi_polygon outline = outline_of(points, LINE);
    draw(&page, 19, 30, 62, 2, 10);
    struct plane cut = cut_line(&page, &outline, 3, false, NULL, &origin);
    assert_int_equal(origin.x, 17);
    assert_int_equal(origin.y, 17);
    assert_int_equal(cut.width, 66);
    assert_int_equal(cut.height, 26);
    assert_int_equal(plane_row(&cut, 13)[2], 10);
    plane_release(&cut);
    plane_release(&page);
}

static void neighbours_do_not_look_in(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct plane page = plane_new(100, 60);
    struct bi_page model;
    bi_page_init(&model);
    struct bi_region *region = bi_page_add_region(&model, BI_REGION_TEXT);
    struct bi_line lines[2] = {0};
    bi_polygon_from_box(&arena, &lines[0].outline, LINE);
    bi_polygon_from_box(&arena, &lines[1].outline, (struct bi_box){20, 35, 60, 20}); /* overlaps by 5 rows */
    region->lines = lines;
    region->line_count = 2;
    draw(&page, 30, 36, 10, 10, 0); /* from the common rows into those of the neighbour alone */

    struct cut_neighbours neighbours = cut_neighbours_find(&arena, &model);
    assert_int_equal(neighbours.count, 2);
    struct bi_point origin;
    struct plane cut = cut_line(&page, &lines[0].outline, 4, false, &neighbours, &origin);
    assert_int_equal(plane_row(&cut, 37 - origin.y)[32 - origin.x], 0); /* both claim it: kept */
    assert_int_equal(plane_row(&cut, 41 - origin.y)[32 - origin.x], PLANE_WHITE);
    plane_release(&cut);
    bi_page_release(&model);
    plane_release(&page);
    bi_arena_release(&arena);
}

static void light_on_dark_is_turned_round(void **state)
{
    (void)state;
    struct plane page = plane_new(100, 60);
    draw(&page, 0, 0, 100, 60, 20);
    draw(&page, 40, 25, 5, 5, 250);
    struct bi_point points[4], origin;
    struct bi_polygon outline = outline_of(points, LINE);
    struct plane cut = cut_line(&page, &outline, 2, true, NULL, &origin);
    assert_int_equal(plane_row(&cut, 27 - origin.y)[42 - origin.x], 5);
    assert_int_equal(plane_row(&cut, 0)[0], 235);
    plane_release(&cut);
    plane_release(&page);
}

static void outlines_off_the_page_give_nothing(void **state)
{
    (void)state;
    static const struct bi_box OFF[] = {{200, 10, 30, 10}, {10, -50, 30, 10}, {-100, 0, 50, 20}};
    struct plane page = plane_new(100, 60);
    struct bi_point points[4], origin;
    for (size_t i = 0; i < sizeof OFF / sizeof *OFF; i++) {
        struct bi_polygon outline = outline_of(points, OFF[i]);
        assert_null(cut_line(&page, &outline, 4, false, NULL, &origin).pixels);
    }
    struct bi_polygon none = {NULL, 0};
    assert_null(cut_line(&page, &none, 4, false, NULL, &origin).pixels);
    struct bi_polygon huge = outline_of(points, (struct bi_box){-1000000, -1000, 3000000, 3000});
    struct plane cut = cut_line(&page, &huge, 4, false, NULL, &origin);
    assert_int_equal(cut.width, 100);
    assert_int_equal(cut.height, 60);
    plane_release(&cut);
    plane_release(&page);
}

static void even_lines_have_no_tone(void **state)
{
    (void)state;
    static const uint8_t GREYS[] = {0, 128, 255};
    struct tone tone;
    struct plane plane = plane_new(40, 10);
    for (size_t i = 0; i < sizeof GREYS; i++) {
        draw(&plane, 0, 0, 40, 10, GREYS[i]);
        assert_false(tone_find(&plane, &tone));
    }
    draw(&plane, 0, 0, 40, 10, 255);
    draw(&plane, 5, 2, 10, 5, 255 - TONE_MIN_CONTRAST + 5); /* show-through */
    assert_false(tone_find(&plane, &tone));
    plane_release(&plane);
}

static void stretching_makes_ink_black_and_paper_white(void **state)
{
    (void)state;
    struct plane plane = plane_new(40, 10);
    draw(&plane, 0, 0, 40, 10, 190);
    draw(&plane, 5, 2, 10, 5, 90);
    struct tone tone;
    assert_true(tone_find(&plane, &tone));
    assert_true(tone.threshold > 90 && tone.threshold < 190);
    assert_true(fabs(tone.ink - 90) < 0.01 && fabs(tone.paper - 190) < 0.01);
    tone_stretch(&plane, &tone, 0.75);
    assert_int_equal(plane_row(&plane, 3)[6], 0);
    assert_int_equal(plane_row(&plane, 0)[0], 255);
    plane_release(&plane);
}

/* Deterministic grain of about the given standard deviation. */
static int grain(unsigned *seed, int deviation)
{
    int sum = 0;
    for (int i = 0; i < 12; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        sum += (int)(*seed >> 24);
    }
    return (sum - 12 * 127) * deviation / 256;
}

static double deviation(const struct plane *plane, int x0, int x1)
{
    double sum = 0, squares = 0, n = 0;
    for (int y = 0; y < plane->height; y++)
        for (int x = x0; x < x1; x++, n++) {
            sum += plane_row(plane, y)[x];
            squares += plane_row(plane, y)[x] * plane_row(plane, y)[x];
        }
    return sqrt(squares / n - sum / n * (sum / n));
}

static void denoising_takes_grain_and_leaves_edges(void **state)
{
    (void)state;
    unsigned seed = 7;
    struct plane plane = plane_new(80, 40);
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 80; x++)
            plane_row(&plane, y)[x] = (uint8_t)((x < 40 ? 60 : 200) + grain(&seed, 10));
    double before = deviation(&plane, 50, 80);
    struct tone tone;
    assert_true(tone_find(&plane, &tone));
    denoise(&plane, &tone);
    assert_true(before > 8);
    assert_true(deviation(&plane, 50, 80) < before / 3);
    assert_true(deviation(&plane, 0, 30) < before / 3);
    for (int y = 0; y < 40; y++) { /* the edge is as sharp as it was */
        assert_true(plane_row(&plane, y)[38] < 90);
        assert_true(plane_row(&plane, y)[41] > 170);
    }
    plane_release(&plane);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_cut_with_its_margin),
        cmocka_unit_test(neighbours_do_not_look_in),
        cmocka_unit_test(light_on_dark_is_turned_round),
        cmocka_unit_test(outlines_off_the_page_give_nothing),
        cmocka_unit_test(even_lines_have_no_tone),
        cmocka_unit_test(stretching_makes_ink_black_and_paper_white),
        cmocka_unit_test(denoising_takes_grain_and_leaves_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
