/* The small parts: components, peaks, resolution, quarters. */
#include <stdlib.h>

#include "base/cleanup.h"
#include "components.h"
#include "orientation.h"
#include "page/image.h"
#include "peak.h"
#include "resolution.h"
#include "rotate.h"
#include "synthetic.h"
#include "unit.h"

static void test_components_are_those_of_leptonica(void **state)
{
    (void)state;
    static const int widths[] = {1, 31, 32, 33, 64, 200};
    uint32_t seed = 5;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        BI_CLEANUP(bi_pix_destroyp) PIX *pix = pixCreate(widths[i], 90, 1);
        for (int y = 0; y < 90; y++)
            for (int x = 0; x < widths[i]; x++)
                pixSetPixel(pix, x, y, synthetic_random(&seed, 100) < 38);
        l_int32 count, pixels;
        assert_int_equal(pixCountConnComp(pix, 8, &count), 0);
        assert_int_equal(pixCountPixels(pix, &pixels, NULL), 0);
        BI_CLEANUP(components_release) struct components components;
        components_find(pix, &components);
        assert_int_equal(components.count, count);
        int64_t area = 0;
        for (size_t k = 0; k < components.count; k++)
            area += components.items[k].area;
        assert_int_equal(area, pixels);
        BOXA *boxes = pixConnCompBB(pix, 8);
        for (int k = 0; k < count; k++) {
            l_int32 x, y, w, h, same = 0;
            boxaGetBoxGeometry(boxes, k, &x, &y, &w, &h);
            for (size_t m = 0; m < components.count; m++) {
                const struct component *c = &components.items[m];
                same += c->x0 == x && c->y0 == y && c->x1 == x + w && c->y1 == y + h;
            }
            assert_true(same >= 1);
        }
        boxaDestroy(&boxes);
    }
}

static void test_an_image_without_black_has_no_components(void **state)
{
    (void)state;
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = pixCreate(70, 3, 1);
    BI_CLEANUP(components_release) struct components components;
    components_find(pix, &components);
    assert_int_equal(components.count, 0);
}

static void test_the_middle_of_a_peak_lies_between_samples(void **state)
{
    (void)state;
    double curve[41];
    for (int i = 0; i < 41; i++)
        curve[i] = 10 + 100 * exp(-(i - 17.3) * (i - 17.3) / 18);
    struct peak peak = peak_find(curve, 41, 0.6);
    assert_true(fabs(peak.position - 17.3) < 0.15);
    assert_true(peak.height > 105 && peak.median < 20);
    double flat[5] = {3, 3, 3, 3, 3};
    assert_true(peak_find(flat, 5, 0.6).position == 0);
}

static void test_resolution_by_file_type_and_size(void **state)
{
    (void)state;
    const struct line_pitch none = {0}, body = {54, 300}, few = {54, 10};
    assert_int_equal(resolution_choose(300, none, 6600).dpi, 300);
    assert_false(resolution_choose(300, body, 6600).estimated);
    assert_int_equal(resolution_choose(72, body, 6600).dpi, 300);
    assert_true(resolution_choose(72, body, 6600).estimated);
    assert_int_equal(resolution_choose(0, (struct line_pitch){108, 90}, 13000).dpi, 600);
    assert_int_equal(resolution_choose(96, (struct line_pitch){18, 90}, 2200).dpi, 100);
    assert_int_equal(resolution_choose(1, none, 6800).dpi, 400);
    /* Type of twice the size: the file is wrong, if there is enough of it. */
    assert_int_equal(resolution_choose(600, body, 6600).dpi, 300);
    assert_true(resolution_choose(600, body, 6600).contradicted);
    assert_int_equal(resolution_choose(600, few, 6600).dpi, 600);
    /* Large or small body type does not contradict. */
    assert_int_equal(resolution_choose(300, (struct line_pitch){75, 300}, 6600).dpi, 300);
    assert_int_equal(resolution_choose(300, (struct line_pitch){40, 300}, 6600).dpi, 300);
}

static void test_a_majority_of_marks_must_be_clear(void **state)
{
    (void)state;
    assert_int_equal(
        orientation_upside((struct orientation_marks){40, 2, 0}, (struct orientation_indents){0}), UPSIDE_UP);
    assert_int_equal(
        orientation_upside((struct orientation_marks){2, 40, 0}, (struct orientation_indents){0}),
        UPSIDE_DOWN);
    /* Centred punctuation: the quotation marks at the head turn nothing by themselves. */
    assert_int_equal(
        orientation_upside((struct orientation_marks){1, 45, 61}, (struct orientation_indents){2, 1}),
        UPSIDE_UNKNOWN);
    assert_int_equal(
        orientation_upside((struct orientation_marks){1, 45, 61}, (struct orientation_indents){2, 9}),
        UPSIDE_DOWN);
    assert_int_equal(
        orientation_upside((struct orientation_marks){20, 18, 0}, (struct orientation_indents){0}),
        UPSIDE_UNKNOWN);
    assert_int_equal(orientation_upside((struct orientation_marks){3, 0, 0}, (struct orientation_indents){0}),
                     UPSIDE_UNKNOWN);
    assert_int_equal(orientation_upside((struct orientation_marks){0, 9, 0}, (struct orientation_indents){0}),
                     UPSIDE_UNKNOWN);
}

/* A matrix that does nothing to a turned image leads, after the change, to the pixels it was turned from. */
static void test_quarter_turns_and_their_matrices_agree(void **state)
{
    (void)state;
    for (int degrees = 0; degrees < 360; degrees += 90) {
        struct grey image = grey_new(7, 5);
        for (int y = 0; y < 5; y++)
            for (int x = 0; x < 7; x++)
                grey_row(&image, y)[x] = (uint8_t)(10 * y + x);
        BI_CLEANUP(grey_release) struct grey turned = rotate_quarters(&image, degrees);
        assert_int_equal(turned.width, degrees % 180 ? 5 : 7);
        double m[6] = {1, 0, 0, 0, 1, 0};
        rotate_quarters_matrix(m, degrees, 7, 5);
        for (int y = 0; y < turned.height; y++)
            for (int x = 0; x < turned.width; x++) {
                int sx = (int)(m[0] * x + m[1] * y + m[2]), sy = (int)(m[3] * x + m[4] * y + m[5]);
                assert_int_equal(grey_row(&turned, y)[x], 10 * sy + sx);
            }
    }
}

static void test_resampling_by_nothing_changes_nothing(void **state)
{
    (void)state;
    BI_CLEANUP(grey_release) struct grey image = grey_new(40, 30);
    uint32_t seed = 11;
    for (int y = 0; y < 30; y++)
        for (int x = 0; x < 40; x++)
            grey_row(&image, y)[x] = (uint8_t)synthetic_random(&seed, 256);
    const double same[6] = {1, 0, 0, 0, 1, 0};
    BI_CLEANUP(grey_release) struct grey copy = rotate_resample(&image, &(struct bi_bend){0}, same, 40, 30);
    for (int y = 0; y < 30; y++)
        for (int x = 0; x < 40; x++)
            assert_int_equal(grey_row(&copy, y)[x], grey_row(&image, y)[x]);
}

/* Two columns of lines one under the other; in one the third begins later, in the other it ends sooner. */
static void test_indents_are_counted(void **state)
{
    (void)state;
    struct text_line made[12];
    for (int i = 0; i < 12; i++) {
        int row = i % 6, left = i < 6 ? 0 : 1000;
        made[i] = (struct text_line){left, left + 400, 30 * row, 30 * row + 20, 14};
    }
    made[2].x0 += 40;
    made[8].x1 -= 40;
    made[9].x1 -= 150; /* a last line */
    struct text_lines lines = {.lines = made, .count = 6, .type_pixels = 18};
    assert_int_equal(orientation_count_indents(&lines).left, 1);
    assert_int_equal(orientation_count_indents(&lines).right, 0);
    lines.lines = made + 6;
    assert_int_equal(orientation_count_indents(&lines).left, 0);
    assert_int_equal(orientation_count_indents(&lines).right, 1);
}

static void test_a_reduced_image_leads_back_to_the_middle_of_its_pixels(void **state)
{
    (void)state;
    double matrix[6] = {1, 0, 5, 0, 1, 7};
    rotate_scale_matrix(matrix, 3);
    static const double expected[6] = {3, 0, 16, 0, 3, 22};
    for (int i = 0; i < 6; i++)
        assert_true(matrix[i] == expected[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_components_are_those_of_leptonica),
        cmocka_unit_test(test_an_image_without_black_has_no_components),
        cmocka_unit_test(test_the_middle_of_a_peak_lies_between_samples),
        cmocka_unit_test(test_resolution_by_file_type_and_size),
        cmocka_unit_test(test_a_majority_of_marks_must_be_clear),
        cmocka_unit_test(test_quarter_turns_and_their_matrices_agree),
        cmocka_unit_test(test_resampling_by_nothing_changes_nothing),
        cmocka_unit_test(test_indents_are_counted),
        cmocka_unit_test(test_a_reduced_image_leads_back_to_the_middle_of_its_pixels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
