/* The matching is the best one, checked against trying all of them. */
#include "assign.h"

#include "maker.h"

static double try_all(const double *gain, size_t rows, size_t columns, size_t row, unsigned used)
{
    if (row == rows)
        return 0;
    double best = try_all(gain, rows, columns, row + 1, used);
    for (size_t c = 0; c < columns; c++)
        if (!(used & 1u << c) && gain[row * columns + c] > 0) {
            double sum = gain[row * columns + c] + try_all(gain, rows, columns, row + 1, used | 1u << c);
            best = sum > best ? sum : best;
        }
    return best;
}

static void finds_the_best_of_all_matchings(void **state)
{
    (void)state;
    unsigned seed = 1;
    for (int round = 0; round < 300; round++) {
        double gain[6 * 6];
        size_t rows = 1 + (size_t)round % 6, columns = 1 + (size_t)(round / 6) % 6;
        for (size_t i = 0; i < rows * columns; i++) {
            seed = seed * 1103515245u + 12345u;
            int value = (int)(seed >> 16 & 31) - 10;
            gain[i] = value < -5 ? ST_FORBIDDEN : value;
        }
        int chosen[6];
        st_assign(gain, rows, columns, chosen);
        double sum = 0;
        unsigned used = 0;
        for (size_t r = 0; r < rows; r++)
            if (chosen[r] >= 0) {
                assert_false(used & 1u << chosen[r]);
                used |= 1u << chosen[r];
                assert_true(gain[r * columns + (size_t)chosen[r]] > 0);
                sum += gain[r * columns + (size_t)chosen[r]];
            }
        double best = try_all(gain, rows, columns, 0, 0);
        assert_true(sum > best - 1e-6 && sum < best + 1e-6);
    }
}

static void gives_up_a_good_pair_for_a_better_whole(void **state)
{
    (void)state;
    /* The greedy choice, 5, would leave 4 + 0. */
    const double gain[] = {5, 4, 4, ST_FORBIDDEN};
    int chosen[2];
    st_assign(gain, 2, 2, chosen);
    assert_int_equal(chosen[0], 1);
    assert_int_equal(chosen[1], 0);
}

static void takes_nothing_that_gains_nothing(void **state)
{
    (void)state;
    const double gain[] = {0, -3, ST_FORBIDDEN};
    int chosen[1];
    st_assign(gain, 1, 3, chosen);
    assert_int_equal(chosen[0], -1);
    st_assign(gain, 0, 0, chosen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_best_of_all_matchings),
        cmocka_unit_test(gives_up_a_good_pair_for_a_better_whole),
        cmocka_unit_test(takes_nothing_that_gains_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
