/* Products of int8 matrices, by every way that this processor has, against the definition. */
#include <stdlib.h>

#include "matrix.h"
#include "unit.h"

#define ROWS 37
#define COLUMNS 25
#define STRIDE 28
#define VECTORS 11

static int8_t weight_at(int row, int column)
{
    return (int8_t)((row * 73 + column * 151) % 255 - 127);
}

static void fill(int8_t *in)
{
    for (int i = 0; i < VECTORS; i++)
        for (int c = 0; c < COLUMNS; c++)
            in[i * STRIDE + c] = (int8_t)((i * 89 + c * 47) % 255 - 127);
    in[3] = in[STRIDE] = -127;
}

static int32_t expected(const int8_t *in, int vector, int row)
{
    int32_t sum = 0;
    for (int c = 0; c < COLUMNS; c++)
        sum += weight_at(row, c) * in[vector * STRIDE + c];
    return sum;
}

static void all_ways_give_the_same_sums(void **state)
{
    (void)state;
    struct matrix matrix = matrix_new(ROWS, COLUMNS);
    for (int r = 0; r < ROWS; r++) {
        for (int c = 0; c < COLUMNS; c++)
            matrix_put(&matrix, r, c, weight_at(r, c));
        matrix.start[r] = 1000 * r;
    }
    int8_t in[VECTORS * STRIDE] = {0};
    fill(in);
    int width = matrix.groups * MATRIX_GROUP;
    int32_t *out = calloc((size_t)(VECTORS * width), sizeof *out);
    for (enum matrix_way way = MATRIX_PLAIN; way < MATRIX_WAYS; way++) {
        if (!matrix_product_by(way, &matrix, in, STRIDE, VECTORS, out, 0))
            continue;
        for (int i = 0; i < VECTORS; i++)
            for (int r = 0; r < ROWS; r++)
                assert_int_equal(out[i * width + r], 1000 * r + expected(in, i, r));
        assert_true(matrix_product_by(way, &matrix, in, STRIDE, VECTORS, out, 1));
        for (int i = 0; i < VECTORS; i++)
            for (int r = 0; r < ROWS; r++)
                assert_int_equal(out[i * width + r], 1000 * r + 2 * expected(in, i, r));
    }
    free(out);
    matrix_release(&matrix);
}

static void many_groups_and_one_vector(void **state)
{
    (void)state;
    struct matrix matrix = matrix_new(16 * 19, 8);
    for (int r = 0; r < matrix.rows; r++)
        for (int c = 0; c < 8; c++)
            matrix_put(&matrix, r, c, (int8_t)(r % 127 - 63));
    static const int8_t IN[8] = {127, -127, 3, 5, 7, -11, 13, 100};
    int32_t out[16 * 19];
    for (enum matrix_way way = MATRIX_PLAIN; way < MATRIX_WAYS; way++) {
        if (!matrix_product_by(way, &matrix, IN, sizeof IN, 1, out, 0))
            continue;
        for (int r = 0; r < matrix.rows; r++)
            assert_int_equal(out[r], 117 * (r % 127 - 63));
    }
    matrix_release(&matrix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_ways_give_the_same_sums),
        cmocka_unit_test(many_groups_and_one_vector),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
