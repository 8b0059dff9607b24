/* The other side's type goes, this side's stays, however pale. */
#include <math.h>
#include <string.h>

#include "base/cleanup.h"
#include "through.h"
#include "unit.h"

enum { WIDTH = 1200, HEIGHT = 1200, EM = 40, PITCH = 56, CHARACTER = 32 };

/* Characters of so many level and upright strokes, `wide` pixels, in lines from x on; of depth 0 … 255 with
 * edges that run over `blur` pixels. */
static double stroke_depth(double distance, double wide, double blur)
{
    double in = (wide / 2 - distance) / blur + 0.5;
    return in < 0 ? 0 : in > 1 ? 1 : in;
}

static void print(struct grey *page, int left, int top, int strokes, double wide, double blur, int depth)
{
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            int u = x - left, v = y - top;
            if (u < 0 || v < 0 || u % EM >= CHARACTER || v % PITCH >= CHARACTER)
                continue;
            u %= EM;
            v %= PITCH;
            double share = 0;
            for (int k = 0; k < strokes; k++) {
                share = fmax(share, stroke_depth(fabs(u - 8.0 - 16 * k), wide, blur));
                share = fmax(share, stroke_depth(fabs(v - 8.0 - 16 * k), wide, blur));
            }
            uint8_t *pixel = &grey_row(page, y)[x];
            *pixel = (uint8_t)lround(*pixel * (1 - share * depth / 255.0));
        }
}

static struct grey white_page(void)
{
    struct grey page = grey_new(WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++)
        memset(grey_row(&page, y), 255, WIDTH);
    return page;
}

static struct grey copy(const struct grey *page)
{
    struct grey other = grey_new(WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++)
        memcpy(grey_row(&other, y), grey_row(page, y), WIDTH);
    return other;
}

/* Pixels that differ by more than 2 levels, at least as dark as `depth` in `a`. */
static long differ(const struct grey *a, const struct grey *b, int depth)
{
    long count = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            int p = grey_row(a, y)[x], q = grey_row(b, y)[x];
            count += 255 - p >= depth && (p > q + 2 || q > p + 2);
        }
    return count;
}

static void test_blurred_grey_goes_and_type_stays(void **state)
{
    (void)state;
    BI_CLEANUP(grey_release) struct grey type = white_page();
    print(&type, 40, 40, 2, 3, 1.2, 230);
    BI_CLEANUP(grey_release) struct grey page = copy(&type);
    print(&page, 53, 68, 1, 5, 7, 90);
    BI_CLEANUP(grey_release) struct grey before = copy(&page);
    assert_int_equal(through_remove(&page, EM), THROUGH_REMOVED);
    assert_int_equal(differ(&type, &page, 100), differ(&type, &before, 100));
    /* What is left touches type. */
    long shown = differ(&before, &type, 20);
    assert_true(shown > 20000);
    assert_true(differ(&page, &type, 20) < shown / 3);
}

static void test_pale_type_beside_black_headlines_stays(void **state)
{
    (void)state;
    for (int depth = 70; depth <= 230; depth += 40) {
        BI_CLEANUP(grey_release) struct grey page = white_page();
        print(&page, 40, 240, 2, 3, 1.2, depth);
        for (int y = 40; y < 160; y++)
            for (int x = 60; x < 900; x++)
                grey_row(&page, y)[x] = x % 60 < 18 || y % 60 < 18 ? 10 : 255;
        BI_CLEANUP(grey_release) struct grey before = copy(&page);
        through_remove(&page, EM);
        assert_int_equal(differ(&before, &page, 0), 0);
    }
}

static void test_a_picture_of_soft_greys_stays(void **state)
{
    (void)state;
    BI_CLEANUP(grey_release) struct grey page = white_page();
    print(&page, 40, 640, 2, 3, 1.2, 230);
    for (int y = 60; y < 560; y++)
        for (int x = 60; x < 1100; x++)
            grey_row(&page, y)[x] = (uint8_t)(150 + 60 * sin(x / 50.0) * cos(y / 40.0));
    BI_CLEANUP(grey_release) struct grey before = copy(&page);
    through_remove(&page, EM);
    assert_int_equal(differ(&before, &page, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blurred_grey_goes_and_type_stays),
        cmocka_unit_test(test_pale_type_beside_black_headlines_stays),
        cmocka_unit_test(test_a_picture_of_soft_greys_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
