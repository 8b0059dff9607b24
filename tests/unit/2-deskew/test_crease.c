/* Creases go, type and rules stay. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "border.h"
#include "crease.h"
#include "synthetic.h"
#include "unit.h"

static int flatten(struct grey *page)
{
    BI_CLEANUP(grey_release) struct grey work = grey_reduce(page, 1), small = grey_reduce(&work, 4);
    BI_CLEANUP(border_release) struct border border = border_find(&small);
    return crease_flatten(&work, 1, &border.page, page);
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
    /* Rules: one that spans the type and not the margins, one from edge to edge and black. */
    synthetic_box(pix, 120, 100, 1180, 3, 120);
    synthetic_box(pix, 0, 1840, 1400, 4, 20);
    synthetic_box(pix, 700, 150, 2, 1600, 60);
    PIX *copy = pixCopy(NULL, pix);
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
    BI_CLEANUP(grey_release) struct grey before = grey_from_pix(&copy);
    assert_int_equal(flatten(&page), 0);
    for (int y = 0; y < page.height; y++)
        assert_memory_equal(grey_row(&page, y), grey_row(&before, y), (size_t)page.width);
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
        cmocka_unit_test(test_small_and_dark_images_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
