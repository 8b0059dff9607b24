/* From symbols to text. The symbols are made up, so that no model is needed. */
#include <math.h>
#include <stdlib.h>

#include "align.h"
#include "reading.h"
#include "shapes.h"
#include "unit.h"

#define EM 30

/* A strip with a square of 27 pixels at each given column. */
struct fixture {
    struct bi_arena arena;
    struct strip strip;
    struct symbol symbols[16];
    size_t count;
};

static void set_up(struct fixture *fixture, int width)
{
    *fixture =
        (struct fixture){.strip = {.plane = plane_new(width, STRIP_HEIGHT), .piece_count = 1, .em = EM}};
    fixture->strip.pieces = bi_arena_array(&fixture->arena, 1, sizeof *fixture->strip.pieces);
    fixture->strip.pieces[0] = (struct strip_piece){0, width, {0, 0, width, STRIP_HEIGHT}};
}

static void tear_down(struct fixture *fixture)
{
    strip_release(&fixture->strip);
    bi_arena_release(&fixture->arena);
}

static void ink(struct fixture *fixture, int x, int w)
{
    draw(&fixture->strip.plane, x, 10, w, 27, 0);
}

static void see(struct fixture *fixture, const char *text, int x, double confidence)
{
    fixture->symbols[fixture->count++] =
        (struct symbol){.x = x, .w = 5, .begins_word = true, .text = (char *)text, .confidence = confidence};
}

static const struct fold FOLDS[] = {{',', (char *)"，", true}, {0x2500, (char *)"—", false}};
static const struct folds TABLE = {(struct fold *)FOLDS, 2, 2};

static struct reading read_all(struct fixture *fixture)
{
    struct reading reading = {0};
    reading_add(&reading, &fixture->arena, &fixture->strip, fixture->symbols, fixture->count, &TABLE);
    return reading;
}

static void assert_text(struct fixture *fixture, const struct reading *reading, const char *text)
{
    struct bi_line line = {0};
    reading_finish(reading, &fixture->arena, &line);
    assert_string_equal(line.text, text);
    assert_int_equal(line.glyph_count, reading->count);
}

static void symbols_go_where_their_ink_is(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture, 140);
    for (int i = 0; i < 4; i++)
        ink(&fixture, 8 + 31 * i, 27);
    see(&fixture, "临", 6, 1);
    see(&fixture, "江", 48, 1); /* late by a third of a character */
    see(&fixture, "新", 70, 1);
    see(&fixture, "报", 115, 1);
    double misfit;
    assert_int_equal(align_symbols(&fixture.strip, fixture.symbols, 4, &misfit), 4);
    assert_true(misfit < 0.5);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(fixture.symbols[i].x, 8 + 31 * i);
        assert_int_equal(fixture.symbols[i].w, 27);
    }
    tear_down(&fixture);
}

static void a_missing_character_is_doubt(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture, 110);
    for (int i = 0; i < 3; i++)
        ink(&fixture, 8 + 31 * i, 27);
    see(&fixture, "晚", 6, 0.99);
    see(&fixture, "上", 40, 0.99);
    struct reading reading = read_all(&fixture);
    assert_text(&fixture, &reading, "晚上");
    assert_true(reading_doubt(&reading) > 0.1);
    tear_down(&fixture);
}

static void a_character_without_room_is_dropped(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture, 110);
    for (int i = 0; i < 3; i++)
        ink(&fixture, 8 + 31 * i, 27);
    see(&fixture, "晚", 6, 0.98);
    see(&fixture, "晚", 20, 0.5);
    see(&fixture, "上", 40, 0.99);
    see(&fixture, "九", 74, 0.99);
    struct reading reading = read_all(&fixture);
    assert_text(&fixture, &reading, "晚上九");
    tear_down(&fixture);
}

static void a_mark_at_the_white_end_is_dropped(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture, 110);
    for (int i = 0; i < 2; i++)
        ink(&fixture, 8 + 31 * i, 27);
    see(&fixture, "民", 6, 0.99);
    see(&fixture, "生", 40, 0.99);
    see(&fixture, "，", 80, 0.9);
    struct reading reading = read_all(&fixture);
    assert_text(&fixture, &reading, "民生");
    tear_down(&fixture);
}

static void spaces_are_measured_not_believed(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture, 200);
    static const int AT[] = {8, 39, 70, 113, 144}; /* a third of an em more before the fourth */
    static const char *const TEXT[] = {"读", "者", "张", "三", "说"};
    for (int i = 0; i < 5; i++) {
        ink(&fixture, AT[i], 27);
        see(&fixture, TEXT[i], AT[i], 0.99);
    }
    struct reading reading = read_all(&fixture);
    assert_text(&fixture, &reading, "读者张 三说");
    tear_down(&fixture);
}

static void wide_setting_has_no_spaces(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture, 240);
    for (int i = 0; i < 4; i++) {
        ink(&fixture, 8 + 45 * i, 27);
        see(&fixture, "路", 8 + 45 * i, 0.99);
    }
    struct reading reading = read_all(&fixture);
    assert_text(&fixture, &reading, "路路路路");
    tear_down(&fixture);
}

static void punctuation_is_folded_beside_chinese_only(void **state)
{
    (void)state;
    assert_string_equal(folds_apply(&TABLE, ",", "年", NULL), "，");
    assert_string_equal(folds_apply(&TABLE, ",", "1", "我"), "，");
    assert_string_equal(folds_apply(&TABLE, ",", "1", "0"), ",");
    assert_string_equal(folds_apply(&TABLE, ",", NULL, NULL), ",");
    assert_string_equal(folds_apply(&TABLE, "─", NULL, NULL), "—");
    assert_string_equal(folds_apply(&TABLE, "年", "年", "年"), "年");
}

static void quotes_of_vertical_type_stand_up(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture, 140);
    static const char *const TEXT[] = {"=", "听", "~", "到"};
    fixture.strip.pieces = bi_arena_array(&fixture.arena, 4, sizeof *fixture.strip.pieces);
    fixture.strip.piece_count = 4;
    for (int i = 0; i < 4; i++) {
        fixture.strip.pieces[i] = (struct strip_piece){8 + 31 * i, 27, {0, 31 * i, 27, 27}};
        ink(&fixture, i % 2 ? 8 + 31 * i : 15 + 31 * i, i % 2 ? 27 : 12);
        see(&fixture, TEXT[i], 8 + 31 * i, 0.9);
    }
    struct reading reading = read_all(&fixture);
    assert_text(&fixture, &reading, "“听”到");
    assert_int_equal(reading.characters[3].box.y, 93);
    tear_down(&fixture);
}

static void two_readings_are_compared_in_place(void **state)
{
    (void)state;
    struct character mine[] = {{.box = {0, 0, 30, 30}, .text = (char *)"酱", .confidence = 0.6},
                               {.box = {32, 0, 30, 30}, .text = (char *)"园", .confidence = 0.9},
                               {.box = {64, 0, 30, 30}, .text = (char *)"的", .confidence = 0.9}};
    struct character theirs[] = {{.box = {1, 0, 29, 30}, .text = (char *)"桨", .confidence = 0.8},
                                 {.box = {65, 0, 29, 30}, .text = (char *)"的", .confidence = 0.95}};
    struct reading reading = {mine, 3, 3, 0}, other = {theirs, 2, 2, 0};
    double doubt = reading_doubt(&reading);
    reading_compare(&reading, &other, false);
    assert_string_equal(mine[0].text, "桨");
    assert_string_equal(mine[0].other, "酱");
    assert_true(mine[0].confidence < 0.8 && mine[0].other_confidence < mine[0].confidence);
    assert_true(fabs(mine[1].confidence - 0.9) < 1e-9); /* the other one did not see it */
    assert_true(mine[2].confidence > 0.95);
    assert_true(reading_doubt(&reading) < doubt);
    struct reading nothing = {0};
    assert_true(reading_doubt(&nothing) > doubt);
}

static void nothing_read_is_no_text_without_confidence(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct reading nothing = {0};
    struct bi_line line = {.text = (char *)"old", .confidence = 1, .glyph_count = 3};
    reading_finish(&nothing, &arena, &line);
    assert_string_equal(line.text, "");
    assert_true(line.confidence == 0);
    assert_int_equal(line.glyph_count, 0);
    bi_arena_release(&arena);
}

static void probabilities_rise_with_the_figure(void **state)
{
    (void)state;
    double last = reader_probability(-5);
    assert_true(last >= 0);
    for (int figure = 0; figure <= 110; figure++) {
        double probability = reader_probability(figure);
        assert_true(probability >= last && probability <= 1);
        last = probability;
    }
    assert_true(reader_probability(93) < 0.8); /* Tesseract is too sure of itself */
    assert_true(reader_probability(99.5) > 0.99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(symbols_go_where_their_ink_is),
        cmocka_unit_test(a_missing_character_is_doubt),
        cmocka_unit_test(a_character_without_room_is_dropped),
        cmocka_unit_test(a_mark_at_the_white_end_is_dropped),
        cmocka_unit_test(spaces_are_measured_not_believed),
        cmocka_unit_test(wide_setting_has_no_spaces),
        cmocka_unit_test(punctuation_is_folded_beside_chinese_only),
        cmocka_unit_test(quotes_of_vertical_type_stand_up),
        cmocka_unit_test(two_readings_are_compared_in_place),
        cmocka_unit_test(nothing_read_is_no_text_without_confidence),
        cmocka_unit_test(probabilities_rise_with_the_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
