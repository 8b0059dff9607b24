#include "plane.h"
#include "shapes.h"
#include "unit.h"

static void a_pix_keeps_its_pixels(void **state)
{
    (void)state;
    PIX *pix = pixCreate(5, 2, 8);
    for (int x = 0; x < 5; x++)
        pixSetPixel(pix, x, 1, (l_uint32)(10 * x));
    struct plane plane = plane_from_pix(pix);
    assert_int_equal(plane.width, 5);
    for (int x = 0; x < 5; x++) {
        assert_int_equal(plane_row(&plane, 0)[x], 0);
        assert_int_equal(plane_row(&plane, 1)[x], 10 * x);
    }
    plane_release(&plane);
    pixDestroy(&pix);
}

static void shrinking_takes_means(void **state)
{
    (void)state;
    struct plane plane = plane_new(6, 4);
    draw(&plane, 0, 0, 1, 4, 0); /* one column of three: two thirds of white are left */
    struct plane small = plane_scale(&plane, 2, 2);
    assert_in_range(plane_row(&small, 0)[0], 169, 171);
    assert_int_equal(plane_row(&small, 1)[1], PLANE_WHITE);
    plane_release(&small);
    small = plane_scale(&plane, 4, 4); /* a pixel and a half each: one black, half a white */
    assert_in_range(plane_row(&small, 0)[0], 84, 86);
    assert_int_equal(plane_row(&small, 0)[1], PLANE_WHITE);
    plane_release(&small);
    plane_release(&plane);
}

static void even_grey_stays_even(void **state)
{
    (void)state;
    static const int SIZES[][2] = {{1, 1}, {7, 48}, {100, 3}, {333, 77}};
    struct plane plane = plane_new(97, 31);
    draw(&plane, 0, 0, 97, 31, 77);
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        struct plane other = plane_scale(&plane, SIZES[i][0], SIZES[i][1]);
        for (int p = 0; p < other.width * other.height; p++)
            assert_int_equal(other.pixels[p], 77);
        plane_release(&other);
    }
    plane_release(&plane);
}

static void growing_interpolates(void **state)
{
    (void)state;
    struct plane plane = plane_new(2, 1);
    plane.pixels[0] = 0;
    plane.pixels[1] = 200;
    struct plane large = plane_scale(&plane, 8, 1);
    assert_int_equal(large.pixels[0], 0);
    assert_int_equal(large.pixels[7], 200);
    for (int x = 1; x < 8; x++)
        assert_true(large.pixels[x] >= large.pixels[x - 1]);
    assert_in_range(large.pixels[3], 60, 100);
    plane_release(&large);
    plane_release(&plane);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pix_keeps_its_pixels),
        cmocka_unit_test(shrinking_takes_means),
        cmocka_unit_test(even_grey_stays_even),
        cmocka_unit_test(growing_interpolates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
