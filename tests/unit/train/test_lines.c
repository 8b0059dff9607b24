#include <stdlib.h>

#include "base/arena.h"
#include "lstmf.h"
#include "proof.h"
#include "unit.h"

/* Two lines as lstmtraining would get them. */
static char *two_lines(size_t *size)
{
    char *data = NULL;
    FILE *stream = open_memstream(&data, size);
    struct plane plane = plane_new(9, 48);
    plane_row(&plane, 5)[3] = 17;
    lstmf_begin(stream, 2);
    lstmf_add(stream, &plane, "惦记");
    lstmf_add(stream, &plane, "敝");
    fclose(stream);
    plane_release(&plane);
    return data;
}

static void lines_come_back_as_they_were_written(void **state)
{
    (void)state;
    struct bytes bytes = {0};
    char *data = two_lines(&bytes.size);
    bytes.data = data;
    assert_int_equal(bytes_unsigned(&bytes, 4), 2);
    static const char *const TEXTS[] = {"惦记", "敝"};
    for (int i = 0; i < 2; i++) {
        struct lstmf_line line;
        assert_true(lstmf_next(&bytes, &line));
        assert_string_equal(line.text, TEXTS[i]);
        assert_int_equal(line.plane.width, 9);
        assert_int_equal(line.plane.height, 48);
        assert_int_equal(plane_row(&line.plane, 5)[3], 17);
        assert_int_equal(plane_row(&line.plane, 5)[4], PLANE_WHITE);
        lstmf_line_release(&line);
    }
    assert_int_equal(bytes.at, bytes.size);
    free(data);
}

static void a_broken_line_is_refused(void **state)
{
    (void)state;
    size_t size;
    char *data = two_lines(&size);
    for (size_t cut = 4; cut < size; cut += 5) {
        struct bytes bytes = {.data = data, .size = cut};
        struct lstmf_line line;
        assert_int_equal(bytes_unsigned(&bytes, 4), 2);
        int whole = 0;
        for (; lstmf_next(&bytes, &line); whole++)
            lstmf_line_release(&line);
        assert_true(whole < 2);
    }
    free(data);
}

static void what_a_model_does_not_know_it_need_not_read(void **state)
{
    (void)state;
    assert_true(proof_legible(&(struct proof){.characters = 10, .errors = 5}));
    assert_false(proof_legible(&(struct proof){.characters = 10, .errors = 6}));
    assert_true(proof_legible(&(struct proof){.characters = 10, .errors = 6, .unknown = 2}));
    assert_false(proof_legible(&(struct proof){.characters = 10, .errors = 7, .unknown = 2}));
    assert_true(proof_legible(&(struct proof){.characters = 10, .errors = 10, .unknown = 10}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_come_back_as_they_were_written),
        cmocka_unit_test(a_broken_line_is_refused),
        cmocka_unit_test(what_a_model_does_not_know_it_need_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
