/* Two facing pages on one scan are told from everything else that is wider than high. */
#include <stdlib.h>

#include "2-deskew/synthetic.h"
#include "base/cleanup.h"
#include "page/image.h"
#include "spread.h"
#include "unit.h"

enum { PAGE_WIDTH = 1400, PAGE_HEIGHT = 1900, PAPER = 230, BED = 25 };

/* Two pages of nothing but text side by side; between them `apart` more pixels of a grey. */
static PIX *facing_pages(int apart, int grey)
{
    PIX *page = synthetic_page();
    PIX *sheet = pixCreate(2 * PAGE_WIDTH + apart, PAGE_HEIGHT, 8);
    pixSetAllGray(sheet, grey);
    pixRasterop(sheet, 0, 0, PAGE_WIDTH, PAGE_HEIGHT, PIX_SRC, page, 0, 0);
    pixRasterop(sheet, PAGE_WIDTH + apart, 0, PAGE_WIDTH, PAGE_HEIGHT, PIX_SRC, page, 0, 0);
    pixDestroy(&page);
    return sheet;
}

static PIX *on_bed(PIX *sheet, double degrees, int bed)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *framed = pixAddBorder(sheet, 90, (l_uint32)bed);
    pixDestroy(&sheet);
    return pixRotateAMGray(framed, (l_float32)(-degrees * RADIANS), (l_uint8)bed);
}

static bool find(PIX *scan, struct spread_cut *cut)
{
    bool found = spread_find(&scan, cut);
    assert_null(scan);
    return found;
}

static bool found(PIX *scan)
{
    struct spread_cut cut;
    return find(scan, &cut);
}

/* The cut runs between two lines that rise to the right as much as the pages do, each in a margin. */
static void expect_in_gutter(PIX *scan, double degrees, double slack)
{
    int height = pixGetHeight(scan);
    double middle = 0.5 * (pixGetWidth(scan) - 1), lean = 0.5 * (height - 1) * tan(degrees * RADIANS);
    struct spread_cut cut;
    assert_true(find(scan, &cut));
    /* What rises to the right has its foot to the right of its head. */
    if (fabs(cut.top - (middle - lean)) > slack || fabs(cut.bottom - (middle + lean)) > slack)
        fail_msg("at %.1f degrees cut from %d to %d, not from %.0f to %.0f", degrees, cut.top, cut.bottom,
                 middle - lean, middle + lean);
}

static void test_a_white_gutter_is_found_at_every_tilt(void **state)
{
    (void)state;
    static const double angles[] = {0, 0.7, -0.7, 2, -2, 4};
    for (size_t i = 0; i < sizeof angles / sizeof *angles; i++) {
        /* Each page's margin is 100 pixels wide and more. */
        expect_in_gutter(on_bed(facing_pages(0, PAPER), angles[i], PAPER), angles[i], 60);
        expect_in_gutter(on_bed(facing_pages(0, PAPER), angles[i], BED), angles[i], 60);
    }
}

static void test_a_bitonal_scan_is_cut_as_well(void **state)
{
    (void)state;
    PIX *grey = on_bed(facing_pages(0, PAPER), 1.5, PAPER);
    PIX *bitonal = pixThresholdToBinary(grey, 128);
    pixDestroy(&grey);
    expect_in_gutter(bitonal, 1.5, 60);
}

static void test_sheets_that_lie_apart_are_cut_between(void **state)
{
    (void)state;
    expect_in_gutter(on_bed(facing_pages(60, BED), -1, BED), -1, 20);
}

/* A narrow gutter, and the fold not in its middle: the cut goes through the fold. */
static void test_the_shadow_of_the_fold_is_cut_through(void **state)
{
    (void)state;
    PIX *scan = facing_pages(0, PAPER);
    enum { FOLD = PAGE_WIDTH + 40 };
    for (int x = FOLD - 30; x <= FOLD + 30; x++)
        for (int y = 0; y < PAGE_HEIGHT; y++)
            pixSetPixel(scan, x, y, (l_uint32)(PAPER - 120 + 4 * abs(x - FOLD)));
    struct spread_cut cut;
    assert_true(find(scan, &cut));
    assert_true(abs(cut.top - FOLD) <= 12 && abs(cut.bottom - FOLD) <= 12);
}

static void test_only_wide_images_are_looked_at(void **state)
{
    (void)state;
    assert_false(spread_possible(PAGE_WIDTH, PAGE_HEIGHT));
    assert_false(spread_possible(1000, 1000));
    assert_true(spread_possible(2 * PAGE_WIDTH, PAGE_HEIGHT));
    assert_false(spread_possible(9000, 1000));
}

/* Half way down the page, so in the middle of the scan, a band without text from edge to edge. */
static void test_a_page_on_its_side_is_one_page(void **state)
{
    (void)state;
    for (int quarters = 1; quarters <= 3; quarters += 2) {
        for (int degrees = -6; degrees <= 6; degrees += 6) {
            PIX *page = synthetic_page();
            synthetic_box(page, 0, PAGE_HEIGHT / 2 - 40, PAGE_WIDTH, 80, PAPER);
            PIX *turned = pixRotateOrth(page, quarters);
            pixDestroy(&page);
            assert_false(found(on_bed(turned, degrees, PAPER)));
        }
    }
}

static void test_a_wide_page_under_one_headline_is_one_page(void **state)
{
    (void)state;
    PIX *scan = pixCreate(2 * PAGE_WIDTH, PAGE_HEIGHT, 8);
    pixSetAllGray(scan, PAPER);
    synthetic_text(scan, 120, 400, 2 * PAGE_WIDTH - 100, PAGE_HEIGHT - 120, 26, 3);
    uint32_t seed = 5;
    for (int k = 0; k < 10; k++)
        synthetic_character(scan, PAGE_WIDTH - 650 + 130 * k, 180, 130, false, &seed);
    assert_false(found(scan));
}

/* The gutter between two columns, about one character wide, is no gutter between pages. */
static void test_columns_alone_are_no_pages(void **state)
{
    (void)state;
    PIX *scan = pixCreate(2 * PAGE_WIDTH, PAGE_HEIGHT, 8);
    pixSetAllGray(scan, PAPER);
    synthetic_text(scan, 120, 150, 2 * PAGE_WIDTH - 100, PAGE_HEIGHT - 120, 26, 3);
    assert_false(found(scan));
}

static void test_one_page_on_a_wide_bed_is_one_page(void **state)
{
    (void)state;
    static const int beds[] = {BED, 250};
    for (size_t i = 0; i < 2; i++) {
        PIX *page = synthetic_page(), *scan = pixCreate(2 * PAGE_WIDTH, PAGE_HEIGHT, 8);
        pixSetAllGray(scan, beds[i]);
        pixRasterop(scan, 100, 0, PAGE_WIDTH, PAGE_HEIGHT, PIX_SRC, page, 0, 0);
        pixDestroy(&page);
        assert_false(found(scan));
    }
}

static void test_nothing_is_no_spread(void **state)
{
    (void)state;
    static const int depths[] = {1, 8, 32};
    for (size_t i = 0; i < 3; i++) {
        assert_false(found(pixCreate(300, 200, depths[i])));
        assert_false(found(pixCreate(2, 1, depths[i])));
        assert_false(found(pixCreate(5000, 3000, depths[i])));
    }
}

int main(void)
{
    bi_image_quiet();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_white_gutter_is_found_at_every_tilt),
        cmocka_unit_test(test_a_bitonal_scan_is_cut_as_well),
        cmocka_unit_test(test_sheets_that_lie_apart_are_cut_between),
        cmocka_unit_test(test_the_shadow_of_the_fold_is_cut_through),
        cmocka_unit_test(test_only_wide_images_are_looked_at),
        cmocka_unit_test(test_a_page_on_its_side_is_one_page),
        cmocka_unit_test(test_a_wide_page_under_one_headline_is_one_page),
        cmocka_unit_test(test_columns_alone_are_no_pages),
        cmocka_unit_test(test_one_page_on_a_wide_bed_is_one_page),
        cmocka_unit_test(test_nothing_is_no_spread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
