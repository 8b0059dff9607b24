/* Lines that bend: the model of them, when it is believed, and the straightened page. */
#include "curl.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "deskew.h"
#include "page/image.h"
#include "surface.h"
#include "synthetic.h"
#include "unit.h"

/* How far down what stands at a place of a page of 1400 × 1900 comes to lie. */
static double flat(double x, double y)
{
    (void)x, (void)y;
    return 0;
}

/* Into a gutter at the left: 30 pixels at the foot, 10 at the head, over 40 % of the width. */
static double gutter_left(double x, double y)
{
    double away = fmin(x / 560, 1);
    return (10 + 20 * y / 1900) * (1 - away) * (1 - away);
}

/* At the right, the other way. */
static double gutter_right(double x, double y)
{
    return -gutter_left(1400 - x, y);
}

static double wave(double x, double y)
{
    (void)y;
    return 9 * sin(2 * M_PI * x / 1400);
}

/* Every line its own way, as no sheet of paper can. */
static double crumpled(double x, double y)
{
    return 10 * sin(2 * M_PI * x / 900) * ((int)(y / 35) % 2 ? 1 : -1);
}

/* Takes page over. The columns of pixels are moved; a bend of a pixel and more is as smooth as print. */
static PIX *bend_page(PIX *page, double (*bend)(double x, double y), int grey)
{
    int width = pixGetWidth(page), height = pixGetHeight(page);
    PIX *bent = pixCreate(width, height, 8);
    pixSetAllGray(bent, grey);
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
            double from = y;
            for (int k = 0; k < 4; k++)
                from = y - bend(x, from);
            int above = (int)floor(from);
            double share = from - above;
            l_uint32 a, b;
            if (above < 0 || above + 1 >= height)
                continue;
            pixGetPixel(page, x, above, &a);
            pixGetPixel(page, x, above + 1, &b);
            pixSetPixel(bent, x, y, (l_uint32)lround((1 - share) * a + share * b));
        }
    }
    pixSetResolution(bent, 200, 200);
    pixDestroy(&page);
    return bent;
}

/* How far lines of text of the flat page are from straight on the upright one: the largest difference of
 * heights, in pixels, along a column's width anywhere, where `to_scan` maps the flat page's pixels to the
 * scan's. */
static double worst_rise(const struct bi_transform *transform, double (*bend)(double x, double y),
                         int quarters, int scan_width, int scan_height)
{
    double worst = 0;
    for (int y = 200; y <= 1700; y += 100) {
        for (int x = 120; x + 364 <= 1264; x += 35) {
            double heights[2];
            for (int k = 0; k < 2; k++) {
                double u = x + 364 * k, v = y + bend(x + 364 * k, y), w = u;
                if (quarters == 2) {
                    u = scan_width - 1 - u;
                    v = scan_height - 1 - v;
                } else if (quarters == 1) {
                    u = scan_width - 1 - v;
                    v = w;
                }
                bi_transform_unmap(transform, &u, &v);
                heights[k] = v;
            }
            worst = fmax(worst, fabs(heights[1] - heights[0]));
        }
    }
    return worst;
}

static void test_bent_pages_become_straight(void **state)
{
    (void)state;
    static const struct {
        double (*bend)(double x, double y);
        int quarters;
        bool bitonal;
    } cases[] = {{gutter_left, 0, false},  {gutter_right, 0, false}, {gutter_left, 2, false},
                 {gutter_right, 1, false}, {gutter_left, 0, true},   {wave, 0, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
        BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
        PIX *page = bend_page(synthetic_page(), cases[i].bend, 230);
        PIX *scan = cases[i].quarters ? pixRotateOrth(page, cases[i].quarters) : pixClone(page);
        pixDestroy(&page);
        if (cases[i].bitonal) {
            PIX *bitonal = pixThresholdToBinary(scan, 128);
            pixDestroy(&scan);
            scan = bitonal;
        }
        pixSetResolution(scan, 200, 200);
        int width = pixGetWidth(scan), height = pixGetHeight(scan);
        struct bi_transform transform = {0};
        PIX *upright = deskew_page(&scan, 200, &DESKEW_NO_WISHES, &arena, &transform, &remarks);
        pixDestroy(&upright);
        assert_string_equal(bi_text_get(&remarks), "");
        assert_int_equal(transform.orientation_degrees, (4 - cases[i].quarters) % 4 * 90);
        if (transform.bend.columns == 0 || transform.curl_confidence < 0.8)
            fail_msg("case %zu: left bent, %.1f pixels, slope %.4f, confidence %.2f", i,
                     transform.curl_pixels, transform.curl_slope, transform.curl_confidence);
        assert_true(bi_bend_valid(&transform.bend));
        /* A pixel and a half over a column of 14 characters is a slope of 0.004. */
        double before =
            worst_rise(&(struct bi_transform){.to_scan = {1, 0, 0, 0, 1, 0}}, cases[i].bend, 0, 0, 0);
        double after = worst_rise(&transform, cases[i].bend, cases[i].quarters, width, height);
        if (!(before > 6 && after < 2))
            fail_msg("case %zu: lines rise by %.2f, before by %.2f", i, after, before);
    }
}

/* Black squares of the upright page are where the transform says on the scan. */
static void test_pixels_go_the_way_the_transform_says(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    PIX *page = synthetic_page();
    for (int k = 0; k < 3; k++)
        synthetic_box(page, 30 + 600 * k, 20 + k * 900, 60, 60, 0);
    PIX *scan = synthetic_skewed(bend_page(page, gutter_left, 230), 1.3, 230);
    BI_CLEANUP(bi_pix_destroyp) PIX *before = pixCopy(NULL, scan);
    struct bi_transform transform = {0};
    BI_CLEANUP(bi_pix_destroyp)
    PIX *upright = deskew_page(&scan, 200, &DESKEW_NO_WISHES, &arena, &transform, &remarks);
    assert_true(transform.bend.columns > 0);
    int compared = 0;
    for (int y = 5; y < pixGetHeight(upright) - 5; y++) {
        for (int x = 5; x < pixGetWidth(upright) - 5; x++) {
            l_uint32 around[5], there;
            static const int off[5][2] = {{0, 0}, {2, 0}, {-2, 0}, {0, 2}, {0, -2}};
            l_uint32 sum = 0;
            for (int k = 0; k < 5; k++) {
                pixGetPixel(upright, x + off[k][0], y + off[k][1], &around[k]);
                sum += around[k];
            }
            if (sum >= 20)
                continue;
            struct bi_point p = bi_transform_to_scan(&transform, x, y);
            assert_int_equal(pixGetPixel(before, p.x, p.y, &there), 0);
            assert_true(there < 80);
            compared++;
        }
    }
    assert_true(compared > 3000);
}

static void test_what_is_not_curl_is_left_alone(void **state)
{
    (void)state;
    static const struct {
        double (*bend)(double x, double y);
        double skew;
        const char *remark;
    } cases[] = {{flat, 0.4, ""}, {crumpled, 0, "lines bend by up to"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
        BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
        PIX *scan = bend_page(synthetic_page(), cases[i].bend, 230);
        if (cases[i].skew != 0)
            scan = synthetic_skewed(scan, cases[i].skew, 230);
        struct bi_transform transform = {0};
        PIX *upright = deskew_page(&scan, 200, &DESKEW_NO_WISHES, &arena, &transform, &remarks);
        pixDestroy(&upright);
        assert_int_equal(transform.bend.columns, 0);
        assert_true(transform.curl_confidence < 0.5);
        if (*cases[i].remark ? !strstr(bi_text_get(&remarks), cases[i].remark) : *bi_text_get(&remarks))
            fail_msg("case %zu: %s", i, bi_text_get(&remarks));
    }
}

/* Rows of points of a known surface, each row with a height of its own, one in ten points far off. */
static struct traces make_traces(void)
{
    enum { LINES = 120, POINTS = 30 };
    struct traces traces = {.points = calloc(LINES * POINTS, sizeof *traces.points),
                            .traces = calloc(LINES, sizeof *traces.traces)};
    uint32_t seed = 3;
    for (size_t i = 0; i < LINES; i++) {
        traces.traces[i] = (struct trace){
            .first = i * POINTS, .count = POINTS, .y = 150 + 13 * (double)i, .size = 20, .line = i};
        double own = 150 + 13 * (double)i + 4 * synthetic_random(&seed, 10);
        int left = synthetic_random(&seed, 700);
        for (int k = 0; k < POINTS; k++) {
            double x = left + 20 * k, noise = 0.1 * (synthetic_random(&seed, 21) - 10);
            double y = own + gutter_left(x, traces.traces[i].y) + noise;
            if (synthetic_random(&seed, 10) == 0)
                y += 12;
            traces.points[traces.point_count++] = (struct trace_point){(float)x, (float)y};
        }
        traces.count++;
    }
    return traces;
}

static void test_a_surface_is_found_from_lines_of_unknown_height(void **state)
{
    (void)state;
    BI_CLEANUP(traces_release) struct traces traces = make_traces();
    for (size_t parts = 0; parts <= 2; parts += 2) {
        struct surface surface;
        assert_true(surface_fit(&traces, 20, parts, 1, &surface));
        for (int y = 200; y < 1700; y += 100)
            for (int x = 100; x < 1200; x += 50) {
                double found = surface_at(&surface, x, y) - surface_at(&surface, 800, y);
                double true_down = gutter_left(x, y) - gutter_left(800, y);
                if (!(fabs(found - true_down) < 1))
                    fail_msg("%d, %d: %.2f for %.2f", x, y, found, true_down);
            }
    }
    struct traces none = {0};
    struct surface surface;
    assert_false(surface_fit(&none, 20, 0, 0, &surface));
}

int main(void)
{
    bi_image_quiet();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_surface_is_found_from_lines_of_unknown_height),
        cmocka_unit_test(test_bent_pages_become_straight),
        cmocka_unit_test(test_pixels_go_the_way_the_transform_says),
        cmocka_unit_test(test_what_is_not_curl_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
