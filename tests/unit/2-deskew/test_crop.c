/* A page cut out of a scan of two. */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "crop.h"
#include "deskew.h"
#include "page/image.h"
#include "synthetic.h"
#include "unit.h"

static void test_corners_are_read(void **state)
{
    (void)state;
    struct crop crop;
    assert_true(crop_parse("1,2 30,4 50,60 7,80", &crop));
    assert_int_equal(crop.corners[0].x, 1);
    assert_int_equal(crop.corners[1].y, 4);
    assert_int_equal(crop.corners[2].x, 50);
    assert_int_equal(crop.corners[3].y, 80);
    static const char *const bad[] = {"",
                                      "1,2 30,4 50,60",
                                      "1,2 30,4 50,60 7,80 9,9",
                                      "1,2 30,4 50,60 7,80x",
                                      "1 2 30 4 50 60 7 80",
                                      "30,2 1,4 50,60 7,80",
                                      "1,80 30,4 50,60 7,2",
                                      "1,2 1,2 1,2 1,2",
                                      "99999999,1 999999999,1 999999999,2 99999999,2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (crop_parse(bad[i], &crop))
            fail_msg("taken for corners: %s", bad[i]);
}

static void test_a_page_off_the_scan_is_bad_input(void **state)
{
    (void)state;
    static const char *const off[] = {"0,0 100,0 100,49 0,49", "-1,0 9,0 9,9 -1,9", "0,0 9,0 9,50 0,50"};
    PIX *scan = pixCreate(100, 50, 8);
    for (size_t i = 0; i < 3; i++) {
        struct crop crop;
        struct bi_error err;
        assert_true(crop_parse(off[i], &crop));
        assert_int_equal(crop_cut(&scan, &crop, "p.tif", &err), -1);
        assert_int_equal(err.kind, BI_EXIT_INPUT);
        assert_non_null(strstr(err.text, "p.tif: has 100 x 50 pixels"));
        assert_non_null(scan);
    }
    pixDestroy(&scan);
}

/* A gutter that leans: of the neighbour's page nothing is left, of the page itself nothing is lost. */
static void test_the_neighbour_beyond_a_leaning_side_is_painted_over(void **state)
{
    (void)state;
    static const int depths[] = {1, 8, 32};
    for (size_t i = 0; i < 3; i++) {
        int depth = depths[i];
        l_uint32 page = depth == 1 ? 0 : depth == 8 ? 200 : 0xc8b49600, other = depth == 1 ? 1 : 0;
        PIX *scan = pixCreate(200, 101, depth);
        for (int y = 0; y < 101; y++)
            for (int x = 0; x < 200; x++)
                pixSetPixel(scan, x, y, x >= lround(100 - 0.2 * y) ? page : other);
        pixSetPixel(scan, 150, 50, other); /* print */
        struct crop crop;
        assert_true(crop_parse("100,0 199,0 199,100 80,100", &crop));
        assert_int_equal(crop_cut(&scan, &crop, "p.tif", NULL), 0);
        assert_int_equal(pixGetWidth(scan), 120);
        assert_int_equal(pixGetHeight(scan), 101);
        for (int y = 0; y < 101; y++) {
            for (int x = 0; x < 120; x++) {
                l_uint32 value;
                pixGetPixel(scan, x, y, &value);
                assert_int_equal(value, x == 70 && y == 50 ? other : page);
            }
        }
        pixDestroy(&scan);
    }
}

/* The right page of two: found like the page alone, and its pixels lead back to the whole scan. */
static void test_the_way_back_leads_to_the_whole_scan(void **state)
{
    (void)state;
    enum { LEFT = 900, ABOVE = 70 };
    PIX *page = synthetic_skewed(synthetic_page(), 1.3, 230);
    int width = pixGetWidth(page), height = pixGetHeight(page);
    PIX *scan = pixCreate(LEFT + width, ABOVE + height, 8);
    pixSetAllGray(scan, 60);
    pixRasterop(scan, LEFT, ABOVE, width, height, PIX_SRC, page, 0, 0);
    pixSetResolution(scan, 200, 200);

    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct bi_transform alone = {0}, part = {0};
    PIX *one = deskew_page(&page, 200, &DESKEW_NO_WISHES, &arena, &alone, &remarks);
    struct crop crop = {{{LEFT, ABOVE},
                         {LEFT + width - 1, ABOVE},
                         {LEFT + width - 1, ABOVE + height - 1},
                         {LEFT, ABOVE + height - 1}}};
    int scan_width = pixGetWidth(scan), scan_height = pixGetHeight(scan);
    assert_int_equal(crop_cut(&scan, &crop, "p.tif", NULL), 0);
    assert_int_equal(pixGetXRes(scan), 200);
    PIX *two = deskew_page(&scan, 200, &DESKEW_NO_WISHES, &arena, &part, &remarks);
    crop_restore(&crop, scan_width, scan_height, &part);

    l_int32 same = 0;
    pixEqual(one, two, &same);
    assert_true(same);
    assert_int_equal(part.scan_width, LEFT + width);
    assert_int_equal(part.scan_height, ABOVE + height);
    struct bi_point p = bi_transform_to_scan(&alone, 400, 300), q = bi_transform_to_scan(&part, 400, 300);
    assert_int_equal(q.x, p.x + LEFT);
    assert_int_equal(q.y, p.y + ABOVE);
    pixDestroy(&one);
    pixDestroy(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_corners_are_read),
        cmocka_unit_test(test_a_page_off_the_scan_is_bad_input),
        cmocka_unit_test(test_the_neighbour_beyond_a_leaning_side_is_painted_over),
        cmocka_unit_test(test_the_way_back_leads_to_the_whole_scan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
