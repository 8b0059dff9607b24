/* Networks small enough to be worked out by hand, and files that are none. */
#include <math.h>
#include <stdlib.h>

#include "curves.h"
#include "layers.h"
#include "models.h"
#include "network.h"
#include "unit.h"

static struct network *read_text(const struct bi_text *text)
{
    struct bytes bytes = {text->data, text->length, 0, false};
    struct network *network = NULL;
    return network_read(&bytes, &network) == 0 && bytes.at == text->length ? network : NULL;
}

/* One row of greys into a softmax of two codes: the darker a column, the likelier the second. */
static struct bi_text darkness(void)
{
    static const int8_t WEIGHTS[] = {127, 0, -127, 0};
    struct bi_text text = {0};
    put_layer(&text, "Series", 1, 2);
    put_int(&text, 2, 4);
    put_input(&text, 1);
    put_layer(&text, "Softmax", 1, 2);
    put_matrix(&text, 2, 1, WEIGHTS, 2);
    return text;
}

static void a_softmax_gives_probabilities(void **state)
{
    (void)state;
    struct bi_text text = darkness();
    struct network *network = read_text(&text);
    assert_non_null(network);
    assert_int_equal(network_codes(network), 2);
    assert_int_equal(network_height(network), 1);
    struct plane plane = plane_new(3, 1);
    plane.pixels[0] = 0;
    plane.pixels[1] = 128;
    struct outputs outputs;
    network_run(network, &plane, &outputs);
    assert_int_equal(outputs.steps, 3);
    assert_int_equal(outputs.reduction, 1);
    for (int i = 0; i < 3; i++)
        assert_true(fabs((double)(outputs.probabilities[2 * i] + outputs.probabilities[2 * i + 1] - 1)) <
                    1e-5);
    /* black is -1: e² against e⁻² */
    assert_true(fabs((double)outputs.probabilities[1] - 1 / (1 + exp(-4))) < 0.001);
    assert_true(fabs((double)outputs.probabilities[2] - 0.5) < 0.01);
    assert_true(fabs((double)outputs.probabilities[4] - 1 / (1 + exp(-4))) < 0.001);
    outputs_release(&outputs);
    plane_release(&plane);
    network_free(network);
    bi_text_release(&text);
}

static void what_is_cut_or_changed_is_refused_not_read(void **state)
{
    (void)state;
    struct bi_text text = darkness();
    for (size_t length = 0; length < text.length; length++) {
        struct bytes bytes = {text.data, length, 0, false};
        struct network *network = NULL;
        assert_int_equal(network_read(&bytes, &network), -1);
    }
    for (size_t i = 0; i < text.length; i++)
        for (int bit = 0; bit < 8; bit++) { /* whatever comes of it, within bounds */
            text.data[i] ^= (char)(1 << bit);
            struct network *network = read_text(&text);
            network_free(network);
            text.data[i] ^= (char)(1 << bit);
        }
    bi_text_release(&text);
}

static void convolution_takes_columns_and_nothing_outside(void **state)
{
    (void)state;
    struct tensor in = tensor_new(2, 2, 1);
    for (int y = 0; y < 2; y++)
        for (int x = 0; x < 2; x++)
            *tensor_at(&in, x, y) = (int8_t)(10 * x + y + 1);
    struct tensor out = layer_convolve(&in, 1, 1);
    assert_int_equal(out.depth, 9);
    static const int8_t AT_ORIGIN[] = {0, 0, 0, 0, 1, 2, 0, 11, 12};
    assert_memory_equal(tensor_at(&out, 0, 0), AT_ORIGIN, 9);
    tensor_release(&out);
    tensor_release(&in);
}

static void pooling_takes_the_greatest_and_drops_the_rest(void **state)
{
    (void)state;
    struct tensor in = tensor_new(5, 4, 1);
    for (int y = 0; y < 4; y++)
        for (int x = 0; x < 5; x++)
            *tensor_at(&in, x, y) = (int8_t)(x == 1 && y == 2 ? 7 : -x - y);
    struct tensor out = layer_maxpool(&in, 2, 3);
    assert_int_equal(out.width, 2);
    assert_int_equal(out.height, 1);
    assert_int_equal(*tensor_at(&out, 0, 0), 7);
    assert_int_equal(*tensor_at(&out, 1, 0), -2);
    tensor_release(&out);
    tensor_release(&in);
}

/* 16 cells, each of which sees the one input with weight 2 in every gate and nothing of itself. */
static void memory_keeps_what_its_gates_let(void **state)
{
    (void)state;
    enum { CELLS = 16 };
    struct weights input = {matrix_new(4 * CELLS, 1), calloc(4 * CELLS, sizeof(float))};
    struct weights memory = {matrix_new(4 * CELLS, CELLS), calloc(4 * CELLS, sizeof(float))};
    for (int r = 0; r < 4 * CELLS; r++) {
        matrix_put(&input.matrix, r, 0, 127);
        input.scales[r] = 2.0f / 127 / 127;
    }
    struct tensor in = tensor_new(3, 2, 1);
    *tensor_at(&in, 0, 1) = 127;
    *tensor_at(&in, 2, 1) = -127;
    struct tensor all = layer_lstm(&in, &input, &memory, CELLS, 0),
                  last = layer_lstm(&in, &input, &memory, CELLS, 1);
    double state_now = 0, out = 0;
    static const double INPUT[] = {1, 0, -1};
    for (int x = 0; x < 3; x++) {
        double gate = 1 / (1 + exp(-2 * INPUT[x]));
        state_now = gate * state_now + gate * tanh(2 * INPUT[x]);
        out = gate * tanh(state_now);
        assert_true(abs(*tensor_at(&all, x, 1) - (int)lround(127 * out)) <= 1);
        assert_int_equal(*tensor_at(&all, x, 0), 0); /* rows do not know of each other */
    }
    assert_int_equal(last.width, 1);
    assert_int_equal(tensor_at(&last, 0, 1)[CELLS - 1], tensor_at(&all, 2, 1)[CELLS - 1]);
    tensor_release(&all);
    tensor_release(&last);
    tensor_release(&in);
    weights_release(&input);
    weights_release(&memory);
}

static void curves_are_what_they_are_called(void **state)
{
    (void)state;
    for (double x = -12; x <= 12; x += 0.01) {
        assert_true(fabs((double)curve_tanh((float)x) - tanh(x)) < 2e-4);
        assert_true(fabs((double)curve_logistic((float)x) - 1 / (1 + exp(-x))) < 1e-4);
    }
    for (double x = -70; x <= 0; x += 0.01)
        assert_true(fabs((double)curve_exp((float)x) / exp(x) - 1) < 1e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_softmax_gives_probabilities),
        cmocka_unit_test(what_is_cut_or_changed_is_refused_not_read),
        cmocka_unit_test(convolution_takes_columns_and_nothing_outside),
        cmocka_unit_test(pooling_takes_the_greatest_and_drops_the_rest),
        cmocka_unit_test(memory_keeps_what_its_gates_let),
        cmocka_unit_test(curves_are_what_they_are_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
