/* The whole of a page: angles, turns, what lies around it, and the way back to the scan. */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "deskew.h"
#include "page/image.h"
#include "synthetic.h"
#include "unit.h"

/* Of the bends of all transforms. */
static struct bi_arena arena;

static PIX *deskew(PIX *scan, struct bi_transform *transform, struct bi_text *remarks)
{
    memset(transform, 0, sizeof *transform);
    int dpi = pixGetXRes(scan);
    PIX *upright = deskew_page(&scan, dpi, &DESKEW_NO_WISHES, &arena, transform, remarks);
    assert_null(scan);
    assert_non_null(upright);
    assert_int_equal(pixGetDepth(upright), 8);
    return upright;
}

/* For what the transform says alone. */
static void measure(PIX *scan, struct bi_transform *transform, struct bi_text *remarks)
{
    PIX *upright = deskew(scan, transform, remarks);
    pixDestroy(&upright);
}

static void test_skew_is_found_within_a_twentieth_of_a_degree(void **state)
{
    (void)state;
    static const double angles[] = {0, 0.08, -0.1, 0.3, 1.66, -3.7, 9.4, -12, 14.9, -15};
    for (size_t i = 0; i < sizeof angles / sizeof *angles; i++) {
        BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
        struct bi_transform transform;
        measure(synthetic_skewed(synthetic_page(), angles[i], 230), &transform, &remarks);
        if (!(fabs(transform.skew_degrees - angles[i]) <= 0.05))
            fail_msg("%.3f found for %.3f", transform.skew_degrees, angles[i]);
        assert_true(transform.skew_confidence > 0.5);
        assert_int_equal(transform.orientation_degrees, 0);
        assert_int_equal(transform.dpi, 200);
        assert_false(transform.dpi_estimated);
        assert_string_equal(bi_text_get(&remarks), "");
    }
}

static void test_a_bitonal_scan_is_read_as_well(void **state)
{
    (void)state;
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    PIX *grey = synthetic_skewed(synthetic_page(), -2.4, 230);
    PIX *bitonal = pixThresholdToBinary(grey, 128);
    pixSetResolution(bitonal, 200, 200);
    pixDestroy(&grey);
    struct bi_transform transform;
    measure(bitonal, &transform, &remarks);
    assert_true(transform.bitonal);
    assert_true(fabs(transform.skew_degrees + 2.4) <= 0.05);
}

static void test_pages_on_their_side_or_head_are_turned(void **state)
{
    (void)state;
    for (int quarters = 0; quarters < 4; quarters++) {
        BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
        PIX *page = synthetic_skewed(synthetic_page(), 1.2, 230);
        PIX *turned = quarters ? pixRotateOrth(page, quarters) : pixClone(page);
        pixDestroy(&page);
        pixSetResolution(turned, 200, 200);
        struct bi_transform transform;
        BI_CLEANUP(bi_pix_destroyp) PIX *upright = deskew(turned, &transform, &remarks);
        assert_int_equal(transform.orientation_degrees, (4 - quarters) % 4 * 90);
        assert_true(fabs(transform.skew_degrees - 1.2) <= 0.05);
        assert_true(pixGetHeight(upright) > pixGetWidth(upright));
    }
}

static void test_vertical_setting_on_a_portrait_page_stays(void **state)
{
    (void)state;
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    PIX *page = pixCreate(1900, 2400, 8);
    pixSetAllGray(page, 230);
    synthetic_text(page, 120, 150, 1800, 2300, 26, 9);
    PIX *side = pixRotateOrth(page, 1);
    PIX *portrait = pixCreate(2000, 2600, 8);
    pixSetAllGray(portrait, 230);
    pixRasterop(portrait, 0, 300, 2000, 1900, PIX_SRC, side, 0, 0);
    pixDestroy(&page);
    pixDestroy(&side);
    struct bi_transform transform;
    measure(portrait, &transform, &remarks);
    assert_int_equal(transform.orientation_degrees, 0);
    assert_true(fabs(transform.skew_degrees) <= 0.05);
}

/* Black squares on the page, found again on the upright image, must lie where to_scan says. */
static void test_the_way_back_to_the_scan_is_exact(void **state)
{
    (void)state;
    static const double angles[] = {0, 2.3, -7};
    for (int quarters = 0; quarters < 4; quarters++) {
        for (int a = 0; a < 3; a++) {
            BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
            PIX *page = synthetic_page();
            for (int k = 0; k < 3; k++)
                synthetic_box(page, 30 + 600 * k, 20 + k * 900, 60, 60, 0);
            page = synthetic_skewed(page, angles[a], 230);
            PIX *scan = quarters ? pixRotateOrth(page, quarters) : pixClone(page);
            pixDestroy(&page);
            BI_CLEANUP(bi_pix_destroyp) PIX *before = pixCopy(NULL, scan);
            struct bi_transform transform;
            BI_CLEANUP(bi_pix_destroyp) PIX *upright = deskew(scan, &transform, &remarks);
            int compared = 0;
            for (int y = 5; y < pixGetHeight(upright); y += 7) {
                for (int x = 5; x < pixGetWidth(upright); x += 7) {
                    struct bi_point p = bi_transform_to_scan(&transform, x, y);
                    l_uint32 here, there;
                    if (p.x < 2 || p.y < 2 || p.x >= pixGetWidth(before) - 2 ||
                        p.y >= pixGetHeight(before) - 2)
                        continue;
                    pixGetPixel(upright, x, y, &here);
                    pixGetPixel(before, p.x, p.y, &there);
                    /* Well inside black here must be black there. */
                    l_uint32 around[4];
                    pixGetPixel(upright, x - 2, y, &around[0]);
                    pixGetPixel(upright, x + 2, y, &around[1]);
                    pixGetPixel(upright, x, y - 2, &around[2]);
                    pixGetPixel(upright, x, y + 2, &around[3]);
                    if (here + around[0] + around[1] + around[2] + around[3] < 20) {
                        assert_true(there < 80);
                        compared++;
                    }
                }
            }
            assert_true(compared > 150);
        }
    }
}

/* Twice and three times as fine as reading needs: as large as at 300 dpi, and the squares where to_scan says.
 */
static void test_fine_scans_are_reduced(void **state)
{
    (void)state;
    for (int quarters = 0; quarters < 4; quarters += 3) {
        BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
        PIX *page = synthetic_page();
        synthetic_box(page, 700, 40, 60, 60, 0);
        page = synthetic_skewed(page, 1.5, 230);
        PIX *fine = pixExpandReplicate(page, 3);
        pixDestroy(&page);
        PIX *scan = quarters ? pixRotateOrth(fine, quarters) : pixClone(fine);
        pixDestroy(&fine);
        pixSetResolution(scan, 600, 600);
        BI_CLEANUP(bi_pix_destroyp) PIX *before = pixCopy(NULL, scan);
        struct bi_transform transform;
        BI_CLEANUP(bi_pix_destroyp) PIX *upright = deskew(scan, &transform, &remarks);
        assert_int_equal(transform.dpi, 300);
        assert_int_equal(pixGetXRes(upright), 300);
        assert_true(fabs(transform.skew_degrees - 1.5) <= 0.05);
        assert_int_equal(transform.scan_width, pixGetWidth(before));
        /* Dark here is dark there. */
        int compared = 0;
        for (int y = 5; y < 600; y += 3) {
            for (int x = 5; x < pixGetWidth(upright) - 5; x += 3) {
                l_uint32 here, left, right, above, below, there;
                pixGetPixel(upright, x, y, &here);
                pixGetPixel(upright, x - 2, y, &left);
                pixGetPixel(upright, x + 2, y, &right);
                pixGetPixel(upright, x, y - 2, &above);
                pixGetPixel(upright, x, y + 2, &below);
                if (here + left + right + above + below >= 20)
                    continue;
                struct bi_point p = bi_transform_to_scan(&transform, x, y);
                assert_int_equal(pixGetPixel(before, p.x, p.y, &there), 0);
                assert_true(there < 80);
                compared++;
            }
        }
        assert_true(compared > 500);
    }
}

static void test_black_surround_is_cropped_and_white_paper_kept(void **state)
{
    (void)state;
    static const double angles[] = {0.8, -6};
    for (int a = 0; a < 2; a++) {
        BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
        struct bi_transform transform;
        BI_CLEANUP(bi_pix_destroyp)
        PIX *upright = deskew(synthetic_skewed(synthetic_page(), angles[a], 15), &transform, &remarks);
        assert_true(fabs(transform.skew_degrees - angles[a]) <= 0.05);
        assert_true(abs(pixGetWidth(upright) - 1400) <= 24);
        assert_true(abs(pixGetHeight(upright) - 1900) <= 24);
        /* Nothing of the surround along the edges: they are margin. */
        l_float32 mean;
        PIX *edge = pixCreate(pixGetWidth(upright), 60, 8);
        pixRasterop(edge, 0, 0, pixGetWidth(upright), 60, PIX_SRC, upright, 0, 0);
        pixGetAverageMasked(edge, NULL, 0, 0, 1, L_MEAN_ABSVAL, &mean);
        pixDestroy(&edge);
        assert_true(mean > 253);
    }
}

static void test_a_bright_lid_is_cropped(void **state)
{
    (void)state;
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    struct bi_transform transform;
    BI_CLEANUP(bi_pix_destroyp)
    PIX *upright = deskew(synthetic_skewed(synthetic_page(), 1.5, 247), &transform, &remarks);
    assert_true(abs(pixGetWidth(upright) - 1400) <= 24);
    assert_true(abs(pixGetHeight(upright) - 1900) <= 24);
}

static void test_absurd_resolutions_are_estimated(void **state)
{
    (void)state;
    static const int absurd[] = {0, 1, 72, 96, 5000};
    for (size_t i = 0; i < sizeof absurd / sizeof *absurd; i++) {
        BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
        PIX *page = synthetic_page();
        pixSetXRes(page, absurd[i]); /* pixSetResolution leaves out 0 */
        struct bi_transform transform;
        BI_CLEANUP(bi_pix_destroyp) PIX *upright = deskew(page, &transform, &remarks);
        if (!transform.dpi_estimated)
            fail_msg("%d dpi is believed", absurd[i]);
        assert_int_equal(transform.dpi, 200);
        assert_int_equal(pixGetXRes(upright), 200);
        assert_non_null(strstr(bi_text_get(&remarks), "taken as 200 dpi by its type\n"));
    }
}

static void test_a_negative_is_inverted(void **state)
{
    (void)state;
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    struct bi_transform positive, negative;
    BI_CLEANUP(bi_pix_destroyp)
    PIX *expected = deskew(synthetic_skewed(synthetic_page(), 2, 230), &positive, &remarks);
    PIX *scan = synthetic_skewed(synthetic_page(), 2, 230);
    pixInvert(scan, scan);
    BI_CLEANUP(bi_pix_destroyp) PIX *upright = deskew(scan, &negative, &remarks);
    assert_string_equal(bi_text_get(&remarks), "is white on black, inverted\n");
    assert_true(fabs(negative.skew_degrees - positive.skew_degrees) <= 0.02);
    assert_int_equal(negative.orientation_degrees, 0);
    l_float32 here, there;
    pixGetAverageMasked(upright, NULL, 0, 0, 1, L_MEAN_ABSVAL, &here);
    pixGetAverageMasked(expected, NULL, 0, 0, 1, L_MEAN_ABSVAL, &there);
    assert_true(fabs(here - there) < 6);
}

/* Brown paper, darker than the middle of all tones, with light spots of the size of type at its foot. */
static void test_a_dark_page_with_light_spots_is_no_negative(void **state)
{
    (void)state;
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    PIX *page = pixCreate(1400, 1900, 8);
    pixSetAllGray(page, 110);
    synthetic_text(page, 120, 150, 1300, 1500, 26, 7);
    for (int y = 1520; y < 1880; y += 20)
        for (int x = 20; x < 1380; x += 20)
            synthetic_box(page, x, y, 12, 12, 240);
    pixSetResolution(page, 200, 200);
    struct bi_transform transform;
    PIX *upright = deskew(page, &transform, &remarks);
    pixDestroy(&upright);
    assert_null(strstr(bi_text_get(&remarks), "inverted"));
}

static void test_blank_pages_pass_with_one_remark(void **state)
{
    (void)state;
    static const struct {
        int width, height, depth, grey;
    } cases[] = {{1, 1, 8, 255},    {1, 1, 1, 0},      {900, 1200, 8, 255},
                 {900, 1200, 8, 0}, {900, 1200, 1, 1}, {1, 4000, 8, 200}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
        PIX *page = pixCreate(cases[i].width, cases[i].height, cases[i].depth);
        pixSetAllArbitrary(page, (l_uint32)cases[i].grey);
        struct bi_transform transform;
        BI_CLEANUP(bi_pix_destroyp) PIX *upright = deskew(page, &transform, &remarks);
        assert_int_equal(pixGetWidth(upright), cases[i].width);
        assert_int_equal(pixGetHeight(upright), cases[i].height);
        assert_true(transform.skew_degrees == 0 && transform.skew_confidence == 0);
        assert_string_equal(bi_text_get(&remarks), "is blank, left as it is\n");
    }
}

static void test_a_page_without_text_is_not_turned(void **state)
{
    (void)state;
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    PIX *page = pixCreate(900, 1200, 8);
    pixSetAllGray(page, 220);
    synthetic_box(page, 200, 300, 500, 400, 90);
    struct bi_transform transform;
    measure(page, &transform, &remarks);
    assert_true(transform.skew_degrees == 0);
    assert_true(transform.skew_confidence < 0.15);
    assert_non_null(strstr(bi_text_get(&remarks), "no lines of text"));
}

int main(void)
{
    bi_image_quiet();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_skew_is_found_within_a_twentieth_of_a_degree),
        cmocka_unit_test(test_a_bitonal_scan_is_read_as_well),
        cmocka_unit_test(test_pages_on_their_side_or_head_are_turned),
        cmocka_unit_test(test_vertical_setting_on_a_portrait_page_stays),
        cmocka_unit_test(test_the_way_back_to_the_scan_is_exact),
        cmocka_unit_test(test_fine_scans_are_reduced),
        cmocka_unit_test(test_black_surround_is_cropped_and_white_paper_kept),
        cmocka_unit_test(test_a_bright_lid_is_cropped),
        cmocka_unit_test(test_absurd_resolutions_are_estimated),
        cmocka_unit_test(test_a_negative_is_inverted),
        cmocka_unit_test(test_a_dark_page_with_light_spots_is_no_negative),
        cmocka_unit_test(test_blank_pages_pass_with_one_remark),
        cmocka_unit_test(test_a_page_without_text_is_not_turned),
    };
    int status = cmocka_run_group_tests(tests, NULL, NULL);
    bi_arena_release(&arena);
    return status;
}
