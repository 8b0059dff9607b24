/* Specks go where they are dense; what may be printed stays. */
#include <stdbool.h>
#include <string.h>

#include "base/cleanup.h"
#include "specks.h"
#include "unit.h"

enum { WIDTH = 1600, HEIGHT = 1600, EM = 40 };

static struct grey white_page(void)
{
    struct grey page = grey_new(WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++)
        memset(grey_row(&page, y), 255, WIDTH);
    return page;
}

static void put(struct grey *page, int x, int y, int w, int h, uint8_t tone)
{
    for (int v = y; v < y + h; v++)
        memset(grey_row(page, v) + x, tone, (size_t)w);
}

static bool is_there(const struct grey *page, int x, int y, int w, int h, uint8_t tone)
{
    for (int v = y; v < y + h; v++)
        for (int u = x; u < x + w; u++)
            if (grey_row(page, v)[u] != tone)
                return false;
    return true;
}

/* A speck of 3 × 3 with a soft edge in every `step` pixels, none in line with another; how many. */
static size_t speckle(struct grey *page, int step, int from)
{
    size_t count = 0;
    for (int row = 0; from + row * step < HEIGHT - step; row++)
        for (int column = 0; column * step < WIDTH - step; column++, count++) {
            const int x = column * step + 5 + row * 7 % step / 2, y = from + row * step + 5 + column * 7 % 22;
            put(page, x - 1, y - 1, 5, 5, 225);
            put(page, x, y, 3, 3, 60);
        }
    return count;
}

/* In the upper part of a page, with a stroke to stand beside. */
static void print_type(struct grey *page)
{
    put(page, 200, 100, 30, 34, 20); /* a character, … */
    put(page, 236, 124, 9, 9, 20);   /* 。… */
    put(page, 300, 130, 4, 4, 20);   /* a full stop of tiny type, beside a letter */
    put(page, 280, 100, 15, 34, 20);
    put(page, 400, 100, 30, 34, 20); /* a middle dot between two characters */
    put(page, 446, 115, 4, 4, 20);
    put(page, 466, 100, 30, 34, 20);
    for (int i = 0; i < 6; i++) /* an ellipsis, leaders */
        put(page, 600 + 13 * i, 116, 4, 4, 20);
    put(page, 800, 116, 30, 2, 20); /* 一, thin */
    for (int i = 0; i < 5; i++)     /* a stroke that comes to pieces */
        put(page, 900 + i, 100 + 6 * i, 4, 4, 20);
    put(page, 1000, 116, 60, 3, 215); /* a pale one, of which a bit is dark */
    put(page, 1028, 116, 4, 3, 150);
}

static void test_dense_specks_go_and_type_stays(void **state)
{
    (void)state;
    BI_CLEANUP(grey_release) struct grey page = white_page();
    print_type(&page);
    BI_CLEANUP(grey_release) struct grey type = white_page();
    print_type(&type);
    const size_t count = speckle(&page, 50, 200);
    assert_int_equal(specks_remove(&page, EM), count);
    for (int y = 0; y < HEIGHT; y++)
        assert_memory_equal(grey_row(&page, y), grey_row(&type, y), WIDTH);
}

static void test_bitonal_specks_go_too(void **state)
{
    (void)state;
    BI_CLEANUP(grey_release) struct grey page = white_page();
    for (int i = 0; i < 600; i++)
        put(&page, i % 25 * 60 + i / 25 % 7 * 4, i / 25 * 60 + i % 25 % 7 * 5, 2, 2, 0);
    specks_remove(&page, EM);
    long left = 0;
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            left += grey_row(&page, y)[x] == 0;
    assert_true(left < 4 * 600 / 10);
}

static void test_few_specks_stay(void **state)
{
    (void)state;
    BI_CLEANUP(grey_release) struct grey page = white_page();
    speckle(&page, 250, 200);
    BI_CLEANUP(grey_release) struct grey before = white_page();
    speckle(&before, 250, 200);
    assert_int_equal(specks_remove(&page, EM), 0);
    for (int y = 0; y < HEIGHT; y++)
        assert_memory_equal(grey_row(&page, y), grey_row(&before, y), WIDTH);
}

/* As many as on a page full of them, but in one place: a picture. */
static void test_specks_of_one_place_stay(void **state)
{
    (void)state;
    BI_CLEANUP(grey_release) struct grey page = white_page();
    speckle(&page, 50, 1200);
    assert_int_equal(specks_remove(&page, EM), 0);
    assert_true(is_there(&page, 5, 1205, 3, 3, 60));
}

static void test_an_empty_page_stays(void **state)
{
    (void)state;
    BI_CLEANUP(grey_release) struct grey page = white_page();
    assert_int_equal(specks_remove(&page, EM), 0);
    assert_true(is_there(&page, 0, 0, WIDTH, HEIGHT, 255));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dense_specks_go_and_type_stays),
        cmocka_unit_test(test_bitonal_specks_go_too),
        cmocka_unit_test(test_few_specks_stay),
        cmocka_unit_test(test_specks_of_one_place_stay),
        cmocka_unit_test(test_an_empty_page_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
