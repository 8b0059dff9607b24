/* What a request for an image asks for, by the IIIF Image API. */
#include "serve/image.h"
#include "unit.h"

static void assert_wish(const char *text, struct bi_box region, int width, int height)
{
    struct serve_image_wish wish;
    assert_int_equal(serve_image_parse(text, 1000, 2000, &wish), 200);
    assert_int_equal(wish.region.x, region.x);
    assert_int_equal(wish.region.y, region.y);
    assert_int_equal(wish.region.w, region.w);
    assert_int_equal(wish.region.h, region.h);
    assert_int_equal(wish.width, width);
    assert_int_equal(wish.height, height);
}

static void assert_refused(const char *text, int status)
{
    struct serve_image_wish wish;
    assert_int_equal(serve_image_parse(text, 1000, 2000, &wish), status);
}

static void regions(void **state)
{
    (void)state;
    assert_wish("full/max/0/default.jpg", (struct bi_box){0, 0, 1000, 2000}, 1000, 2000);
    assert_wish("square/max/0/default.jpg", (struct bi_box){0, 500, 1000, 1000}, 1000, 1000);
    assert_wish("10,20,30,40/max/0/default.jpg", (struct bi_box){10, 20, 30, 40}, 30, 40);
    assert_wish("900,1900,512,512/max/0/gray.jpg", (struct bi_box){900, 1900, 100, 100}, 100, 100);
    assert_wish("pct:10,10.5,50,50/max/0/default.jpg", (struct bi_box){100, 210, 500, 1000}, 500, 1000);
    assert_refused("1000,0,10,10/max/0/default.jpg", 400);
    assert_refused("0,0,0,10/max/0/default.jpg", 400);
    assert_refused("-1,0,10,10/max/0/default.jpg", 400);
    assert_refused("1,2,3/max/0/default.jpg", 400);
    assert_refused("99999999999999999999,0,1,1/max/0/default.jpg", 400);
    assert_refused("", 400);
}

static void sizes(void **state)
{
    (void)state;
    struct bi_box whole = {0, 0, 1000, 2000};
    assert_wish("full/250,/0/default.jpg", whole, 250, 500);
    assert_wish("full/,100/0/default.jpg", whole, 50, 100);
    assert_wish("full/30,40/0/default.jpg", whole, 30, 40);
    assert_wish("full/!100,100/0/default.jpg", whole, 50, 100);
    assert_wish("full/!5000,5000/0/default.jpg", whole, 1000, 2000);
    assert_wish("full/pct:12.5/0/default.jpg", whole, 125, 250);
    assert_wish("full/1,/0/default.jpg", whole, 1, 2);
    assert_refused("full/1001,/0/default.jpg", 400);
    assert_refused("full/^1001,/0/default.jpg", 400);
    assert_refused("full/pct:101/0/default.jpg", 400);
    assert_refused("full/pct:0/0/default.jpg", 400);
    assert_refused("full/,/0/default.jpg", 400);
    assert_refused("full/0,/0/default.jpg", 400);
    assert_refused("full/!10,/0/default.jpg", 400);
    assert_refused("full/10", 400);
}

static void what_is_not_offered(void **state)
{
    (void)state;
    assert_refused("full/max/90/default.jpg", 501);
    assert_refused("full/max/!0/default.jpg", 501);
    assert_refused("full/max/0/color.jpg", 501);
    assert_refused("full/max/0/default.png", 501);
    assert_refused("full/max/0/default.jpg/", 501);
}

/* A page at 600 dpi is not sent whole, but as large as may be. */
static void much_is_sent_smaller(void **state)
{
    (void)state;
    struct serve_image_wish wish;
    assert_int_equal(serve_image_parse("full/max/0/default.jpg", 9600, 13200, &wish), 200);
    assert_true((long)wish.width * wish.height <= SERVE_IMAGE_MAX_PIXELS);
    assert_true((long)wish.width * wish.height > SERVE_IMAGE_MAX_PIXELS * 99 / 100);
    assert_int_equal(serve_image_parse("full/9600,/0/default.jpg", 9600, 13200, &wish), 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regions),
        cmocka_unit_test(sizes),
        cmocka_unit_test(what_is_not_offered),
        cmocka_unit_test(much_is_sent_smaller),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
