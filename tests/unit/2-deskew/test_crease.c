/* Creases go, type and rules stay. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "border.h"
#include "crease.h"
#include "synthetic.h"
#include "unit.h"

static int flatten_scan(struct grey *page, bool bitonal)
{
    BI_CLEANUP(grey_release) struct grey work = grey_reduce(page, 1), small = grey_reduce(&work, 4);
    BI_CLEANUP(border_release) struct border border = border_find(&small);
    return crease_flatten(&work, 1, &border.page, bitonal, page);
}

static int flatten(struct grey *page)
{
    return flatten_scan(page, false);
}

/* Darker by a third, three pixels wide, and a little askew, through the middle from edge to edge. */
static void fold(struct grey *page, bool down)
{
    int length = down ? page->height : page->width, middle = (down ? page->width : page->height) / 2;
    for (int i = 0; i < length; i++) {
        for (int k = -1; k <= 1; k++) {
            int at = middle + 6 * i / length + k;
            uint8_t *pixel = down ? grey_row(page, i) + at : grey_row(page, at) + i;
            *pixel = (uint8_t)(*pixel * 2 / 3);
        }
    }
}

static void test_folds_are_divided_out_of_paper_and_type(void **state)
{
    (void)state;
    PIX *pix = synthetic_page();
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
    PIX *again = synthetic_page();
    BI_CLEANUP(grey_release) struct grey before = grey_from_pix(&again);
    fold(&page, false);
    fold(&page, true);
    assert_int_equal(flatten(&page), 2);
    long wrong = 0;
    for (int y = 0; y < page.height; y++)
        for (int x = 0; x < page.width; x++)
            wrong += abs(grey_row(&page, y)[x] - grey_row(&before, y)[x]) > 30;
    /* One in twenty of the folds' pixels, each of which was off by 77 on paper. */
    if (wrong >= 500)
        fail_msg("%ld pixels wrong", wrong);
}

static void test_a_page_without_folds_keeps_every_pixel(void **state)
{
    (void)state;
    PIX *pix = synthetic_page();
    /* Rules that span the type and not the margins. */
    synthetic_box(pix, 120, 100, 1180, 3, 120);
    synthetic_box(pix, 120, 1840, 1180, 4, 20);
    synthetic_box(pix, 700, 150, 2, 1600, 60);
    PIX *copy = pixCopy(NULL, pix);
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
    BI_CLEANUP(grey_release) struct grey before = grey_from_pix(&copy);
    assert_int_equal(flatten(&page), 0);
    for (int y = 0; y < page.height; y++)
        assert_memory_equal(grey_row(&page, y), grey_row(&before, y), (size_t)page.width);
}

static PIX *page_of_two_tones(void)
{
    PIX *grey = synthetic_page(), *pix = pixCreate(1400, 1900, 8);
    pixSetAllGray(pix, 255);
    for (int y = 0; y < 1900; y++)
        for (int x = 0; x < 1400; x++) {
            l_uint32 value;
            pixGetPixel(grey, x, y, &value);
            if (value < 128)
                pixSetPixel(pix, x, y, 0);
        }
    pixDestroy(&grey);
    return pix;
}

static long count_changed(const struct grey *page, const struct grey *before)
{
    long changed = 0;
    for (int y = 0; y < page->height; y++)
        for (int x = 0; x < page->width; x++)
            changed += abs(grey_row(page, y)[x] - grey_row(before, y)[x]) > 60;
    return changed;
}

/* Through type, and black on a scan of either kind. What is left of them lies along strokes that they touch.
 */
static void test_black_streaks_are_struck_out(void **state)
{
    (void)state;
    for (int bitonal = 0; bitonal < 2; bitonal++) {
        PIX *pix = bitonal ? page_of_two_tones() : synthetic_page(), *copy = pixCopy(NULL, pix);
        synthetic_box(pix, 340, 0, 3, 1900, 0);
        synthetic_box(pix, 1111, 0, 2, 1900, 0);
        synthetic_box(pix, 0, 901, 1400, 3, 0);
        BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
        BI_CLEANUP(grey_release) struct grey before = grey_from_pix(&copy);
        assert_int_equal(flatten_scan(&page, bitonal), 3);
        const long changed = count_changed(&page, &before);
        if (changed >= 3400)
            fail_msg("%ld of 13,700 pixels wrong", changed);
    }
}

/* A fold of a bitonal scan: two broken lips that sway, ink gone between them and beside. */
static void test_folds_of_two_tones_are_struck_out(void **state)
{
    (void)state;
    PIX *pix = page_of_two_tones(), *copy = pixCopy(NULL, pix);
    uint32_t seed = 5;
    for (int x = 0; x < 1400; x++) {
        const int y = 960 + (int)lround(2 * sin(x / 180.0));
        synthetic_box(pix, x, y - 2, 1, 5, 255);
        for (int lip = -1; lip <= 1; lip += 2)
            if (synthetic_random(&seed, 8))
                synthetic_box(pix, x, y + lip, 1, 1, 0);
    }
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
    BI_CLEANUP(grey_release) struct grey before = grey_from_pix(&copy);
    assert_int_equal(flatten_scan(&page, true), 1);
    long left = 0;
    for (int y = 955; y < 966; y++)
        for (int x = 0; x < 1400; x++)
            left += grey_row(&page, y)[x] < 128 && grey_row(&before, y)[x] > 128;
    if (left >= 490)
        fail_msg("%ld of some 2,450 pixels of the fold are left", left);
}

/* Column rules and a head rule that the scan was cropped to: they reach its edges, and run through nothing.
 */
static void test_rules_at_the_edges_of_a_tight_crop_stay(void **state)
{
    (void)state;
    for (int bitonal = 0; bitonal < 2; bitonal++) {
        PIX *pix = bitonal ? page_of_two_tones() : synthetic_page();
        synthetic_box(pix, 496, 0, 3, 1900, 20);
        synthetic_box(pix, 886, 0, 2, 1900, 20);
        synthetic_box(pix, 0, 141, 1400, 4, 20);
        synthetic_box(pix, 0, 1699, 1400, 2, 20);
        BOX *type = boxCreate(120, 141, 1144, 1560);
        PIX *tight = pixClipRectangle(pix, type, NULL);
        boxDestroy(&type);
        pixDestroy(&pix);
        PIX *copy = pixCopy(NULL, tight);
        BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&tight);
        BI_CLEANUP(grey_release) struct grey before = grey_from_pix(&copy);
        assert_int_equal(flatten_scan(&page, bitonal), 0);
        assert_int_equal(count_changed(&page, &before), 0);
    }
}

static void test_small_and_dark_images_pass(void **state)
{
    (void)state;
    static const int sizes[][3] = {{1, 1, 0}, {30, 4000, 200}, {200, 200, 10}, {700, 50, 230}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        PIX *pix = pixCreate(sizes[i][0], sizes[i][1], 8);
        pixSetAllGray(pix, sizes[i][2]);
        BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
        assert_int_equal(flatten(&page), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folds_are_divided_out_of_paper_and_type),
        cmocka_unit_test(test_a_page_without_folds_keeps_every_pixel),
        cmocka_unit_test(test_black_streaks_are_struck_out),
        cmocka_unit_test(test_folds_of_two_tones_are_struck_out),
        cmocka_unit_test(test_rules_at_the_edges_of_a_tight_crop_stay),
        cmocka_unit_test(test_small_and_dark_images_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
