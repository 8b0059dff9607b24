/* Uneven paper goes, pictures stay. */
#include <stdlib.h>
#include <string.h>

#include "background.h"
#include "base/cleanup.h"
#include "border.h"
#include "synthetic.h"
#include "unit.h"

/* Mean grey of a box. */
static double mean(const struct grey *grey, int x, int y, int w, int h)
{
    double sum = 0;
    for (int v = y; v < y + h; v++)
        for (int u = x; u < x + w; u++)
            sum += grey_row(grey, v)[u];
    return sum / (w * h);
}

static struct tone flatten(struct grey *page)
{
    BI_CLEANUP(grey_release) struct grey work = grey_reduce(page, 1), small = grey_reduce(&work, 4);
    BI_CLEANUP(border_release) struct border border = border_find(&small);
    BI_CLEANUP(background_release) struct background background = background_find(&work, 1, &border.page);
    struct tone tone = background_tone(&background, page);
    background_flatten(&background, tone, &border.page, page);
    return tone;
}

/* Light that falls off from 235 at the left to 150 at the right, and into a gutter shadow there. */
static void shade(struct grey *page)
{
    for (int y = 0; y < page->height; y++) {
        uint8_t *row = grey_row(page, y);
        for (int x = 0; x < page->width; x++) {
            double light = 1 - 0.3 * x / page->width;
            if (x > page->width - 150)
                light *= 1 - 0.4 * (x - page->width + 150) / 150.0;
            row[x] = (uint8_t)(row[x] * light);
        }
    }
}

static void test_uneven_light_becomes_white_and_type_black(void **state)
{
    (void)state;
    PIX *pix = synthetic_page();
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
    shade(&page);
    flatten(&page);
    assert_true(mean(&page, 5, 5, 100, 1800) > 250);
    assert_true(mean(&page, 20, 10, 1300, 120) > 250);
    assert_true(mean(&page, 1320, 200, 75, 1500) > 250);
    /* Ink: every column of text keeps its share of black. */
    long black = 0;
    for (int y = 0; y < page.height; y++)
        for (int x = 0; x < page.width; x++)
            black += grey_row(&page, y)[x] < 60;
    double share = (double)black / page.width / page.height;
    assert_true(share > 0.1 && share < 0.3);
}

static void test_a_picture_stays_grey(void **state)
{
    (void)state;
    PIX *pix = synthetic_page();
    synthetic_box(pix, 300, 300, 800, 900, 115); /* half of the paper's light, half of the page's width */
    synthetic_box(pix, 500, 500, 200, 200, 40);
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
    flatten(&page);
    double grey = mean(&page, 320, 320, 150, 850), dark = mean(&page, 520, 520, 160, 160);
    assert_true(grey > 40 && grey < 200);
    assert_true(dark < grey - 40);
}

static void test_faint_show_through_goes(void **state)
{
    (void)state;
    PIX *pix = synthetic_page();
    synthetic_box(pix, 10, 20, 1200, 60, 205); /* 0.89 of the paper */
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
    flatten(&page);
    assert_true(mean(&page, 20, 25, 1000, 50) > 250);
}

static void test_grain_is_measured(void **state)
{
    (void)state;
    PIX *pix = synthetic_page();
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
    uint32_t seed = 3;
    for (int y = 0; y < page.height; y++)
        for (int x = 0; x < page.width; x++) {
            int noise = 0; /* about normal, with a standard deviation of 8 */
            for (int i = 0; i < 12; i++)
                noise += synthetic_random(&seed, 1001) - 500;
            int value = grey_row(&page, y)[x] - 30 + noise * 8 / 1000;
            grey_row(&page, y)[x] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
        }
    struct tone tone = flatten(&page);
    /* In 255ths of paper of grey 200. */
    assert_true(tone.noise > 7 && tone.noise < 14);
}

/* Ink that is hardly darker than the paper comes out as black as any, and the paper as white. */
static void test_pale_ink_becomes_black(void **state)
{
    (void)state;
    static const double shares[] = {1, 0.5, 0.25};
    double black[3] = {0};
    for (int i = 0; i < 3; i++) {
        PIX *pix = synthetic_page();
        BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
        for (int y = 0; y < page.height; y++)
            for (int x = 0; x < page.width; x++)
                grey_row(&page, y)[x] = (uint8_t)(230 - shares[i] * (230 - grey_row(&page, y)[x]));
        flatten(&page);
        for (int y = 0; y < page.height; y++)
            for (int x = 0; x < page.width; x++)
                black[i] += grey_row(&page, y)[x] < 100;
        assert_true(mean(&page, 5, 5, 100, 1800) > 250);
    }
    assert_true(fabs(black[1] / black[0] - 1) < 0.05);
    assert_true(fabs(black[2] / black[0] - 1) < 0.05);
}

/* A strip of white lid at either side, cut to pieces by dust, is no reason to take the paper between for
 * dark.
 */
static void test_dusty_lid_at_both_sides(void **state)
{
    (void)state;
    PIX *pix = synthetic_page();
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(&pix);
    for (int y = 0; y < page.height; y++) {
        uint8_t *row = grey_row(&page, y);
        for (int x = 0; x < page.width; x++) {
            bool lid = x < 40 || x >= page.width - 40, dust = x % 40 > 10 && x % 40 < 15 && y % 60 < 5;
            row[x] = (uint8_t)(lid ? (dust ? 60 : 251) : row[x] * 215 / 255);
        }
    }
    flatten(&page);
    assert_true(mean(&page, 60, 20, page.width - 120, 100) > 250);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dusty_lid_at_both_sides),
        cmocka_unit_test(test_uneven_light_becomes_white_and_type_black),
        cmocka_unit_test(test_a_picture_stays_grey),
        cmocka_unit_test(test_faint_show_through_goes),
        cmocka_unit_test(test_pale_ink_becomes_black),
        cmocka_unit_test(test_grain_is_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
