/* The way from the upright page to the scan and back, with and without a bend, and as text. */
#include "page/transform.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "unit.h"

enum { COLUMNS = 5, ROWS = 4 };

/* A page of 400 × 300 pixels turned by two degrees, that sinks at its left by up to 40 pixels at the foot. */
static void make_transform(struct bi_arena *arena, bool bent, struct bi_transform *transform)
{
    double cosine = cos(0.035), sine = sin(0.035);
    *transform = (struct bi_transform){.frame = 2,
                                       .scan = bi_arena_strdup(arena, "p02.tif"),
                                       .scan_width = 500,
                                       .scan_height = 400,
                                       .dpi = 300,
                                       .curl_pixels = 40,
                                       .curl_slope = 0.03125,
                                       .curl_confidence = 0.875,
                                       .to_scan = {cosine, sine, 17.25, -sine, cosine, 31.5}};
    if (!bent)
        return;
    transform->bend = (struct bi_bend){COLUMNS, ROWS, 100, 100, NULL};
    transform->bend.down = bi_arena_array(arena, COLUMNS * ROWS, sizeof *transform->bend.down);
    for (int j = 0; j < ROWS; j++)
        for (int i = 0; i < 2; i++)
            transform->bend.down[j * COLUMNS + i] = (i ? 10.5 : 30.25) * (j + 1) / 3;
}

static void test_there_and_back_is_the_same_place(void **state)
{
    (void)state;
    for (int bent = 0; bent < 2; bent++) {
        BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
        struct bi_transform transform;
        make_transform(&arena, bent, &transform);
        for (double y = -50; y < 400; y += 7.3) {
            for (double x = -50; x < 500; x += 7.7) {
                double u = x, v = y;
                bi_transform_map(&transform, &u, &v);
                bi_transform_unmap(&transform, &u, &v);
                assert_true(fabs(u - x) < 1e-6 && fabs(v - y) < 1e-6);
                struct bi_point there = bi_transform_to_scan(&transform, x, y);
                struct bi_point back = bi_transform_to_upright(&transform, there.x, there.y);
                assert_true(fabs(back.x - x) <= 2 && fabs(back.y - y) <= 2);
            }
        }
    }
}

static void test_the_bend_is_put_back_before_the_six_numbers(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct bi_transform transform;
    make_transform(&arena, true, &transform);
    /* Between four nodes, on one, and beyond the grid. */
    static const double places[3][3] = {
        {50, 150, (30.25 + 10.5) / 2 * 2.5 / 3}, {100, 0, 10.5 / 3}, {-20, 900, 30.25 * 4 / 3}};
    for (int k = 0; k < 3; k++) {
        double x = places[k][0], y = places[k][1], down = places[k][2];
        assert_true(fabs(bi_bend_at(&transform.bend, x, y) - down) < 1e-9);
        double u = x, v = y;
        bi_transform_map(&transform, &u, &v);
        const double *m = transform.to_scan;
        assert_true(fabs(u - (m[0] * x + m[1] * (y + down) + m[2])) < 1e-9);
        assert_true(fabs(v - (m[3] * x + m[4] * (y + down) + m[5])) < 1e-9);
    }
}

static void test_text_brings_everything_back(void **state)
{
    (void)state;
    for (int bent = 0; bent < 2; bent++) {
        BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
        struct bi_transform transform, back;
        struct bi_error err = {0};
        make_transform(&arena, bent, &transform);
        char *text = bi_transform_format(&arena, &transform);
        assert_null(strchr(text, '\n'));
        /* A reader that knows no bend must not take the six numbers for all. */
        assert_non_null(strstr(text, bent ? "backissue-transform/2" : "backissue-transform/1"));
        assert_int_equal(bi_transform_parse(&arena, text, &back, &err), 0);
        assert_memory_equal(back.to_scan, transform.to_scan, sizeof back.to_scan);
        assert_true(back.curl_pixels == 40 && back.curl_slope == 0.03125 && back.curl_confidence == 0.875);
        assert_int_equal(back.bend.columns, bent ? COLUMNS : 0);
        if (bent)
            assert_memory_equal(back.bend.down, transform.bend.down, COLUMNS * ROWS * sizeof(double));
        assert_string_equal(bi_transform_format(&arena, &back), text);
    }
}

static void test_a_transform_from_before_bends_is_read(void **state)
{
    (void)state;
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct bi_transform transform;
    struct bi_error err = {0};
    assert_int_equal(
        bi_transform_parse(&arena,
                           "{\"format\":\"backissue-transform/1\",\"frame\":4,\"scan\":\"p.tif\","
                           "\"dpi\":300,\"to_scan\":[1,0,5,0,1,7]}",
                           &transform, &err),
        0);
    assert_int_equal(transform.frame, 4);
    assert_int_equal(transform.bend.columns, 0);
    struct bi_point p = bi_transform_to_scan(&transform, 10, 20);
    assert_true(p.x == 15 && p.y == 27);
}

static void test_bends_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const char *const bends[] = {
        "null",
        "{}",
        "{\"columns\":2,\"rows\":2,\"step_x\":10,\"step_y\":10,\"down\":[0,1,2]}",
        "{\"columns\":0,\"rows\":0,\"step_x\":10,\"step_y\":10,\"down\":[]}",
        "{\"columns\":-1,\"rows\":-1,\"step_x\":10,\"step_y\":10,\"down\":[0]}",
        "{\"columns\":2,\"rows\":1,\"step_x\":0,\"step_y\":10,\"down\":[0,0]}",
        "{\"columns\":100000,\"rows\":100000,\"step_x\":10,\"step_y\":10,\"down\":[0]}",
        /* Down the page so steep that places would change their order. */
        "{\"columns\":1,\"rows\":2,\"step_x\":10,\"step_y\":10,\"down\":[20,0]}",
        "{\"columns\":2,\"rows\":1,\"step_x\":10,\"step_y\":10,\"down\":[0,1e300]}",
    };
    for (size_t i = 0; i < sizeof bends / sizeof *bends; i++) {
        BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
        struct bi_transform transform;
        struct bi_error err = {0};
        char *text = bi_arena_printf(
            &arena, "{\"format\":\"backissue-transform/2\",\"to_scan\":[1,0,0,0,1,0],\"bend\":%s}", bends[i]);
        if (bi_transform_parse(&arena, text, &transform, &err) == 0)
            fail_msg("accepted: %s", bends[i]);
        assert_int_equal(err.kind, BI_EXIT_INPUT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back_is_the_same_place),
        cmocka_unit_test(test_the_bend_is_put_back_before_the_six_numbers),
        cmocka_unit_test(test_text_brings_everything_back),
        cmocka_unit_test(test_a_transform_from_before_bends_is_read),
        cmocka_unit_test(test_bends_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
