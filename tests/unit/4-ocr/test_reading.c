/* From symbols to text. The symbols are made up, so that no model is needed. */
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

/* 十 of which the scan has made the horizontal stroke too light for ink but for the serif at its end. */
static void a_box_goes_on_along_a_hairline(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture, 110);
    ink(&fixture, 8, 27);
    ink(&fixture, 70, 27);
    draw(&fixture.strip.plane, 51, 10, 3, 27, 0);
    draw(&fixture.strip.plane, 54, 21, 7, 2, 0);
    draw(&fixture.strip.plane, 40, 22, 11, 1, 200);
    draw(&fixture.strip.plane, 36, 30, 2, 2, 200); /* grain, beside it */
    see(&fixture, "四", 6, 0.99);
    see(&fixture, "十", 48, 0.99);
    see(&fixture, "一", 72, 0.99);
    double misfit;
    assert_int_equal(align_symbols(&fixture.strip, fixture.symbols, 3, &misfit), 3);
    assert_int_equal(fixture.symbols[1].x, 40);
    assert_int_equal(fixture.symbols[1].w, 21);
    assert_int_equal(fixture.symbols[0].w, 27);
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

/* Cells of a column are laid side by side on the strip; spaces are down the column. */
static void spaces_of_vertical_type_are_down_the_column(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture, 170);
    static const char *const TEXT[] = {"只", "是", "很", "奇", "妙"};
    static const int INK[] = {27, 9, 27, 27, 27}; /* of one a part is missing on the strip alone */
    fixture.strip.pieces = bi_arena_array(&fixture.arena, 5, sizeof *fixture.strip.pieces);
    fixture.strip.piece_count = 5;
    for (int i = 0; i < 5; i++) {
        fixture.strip.pieces[i] =
            (struct strip_piece){8 + 31 * i, 27, {0, 60 * i + (i >= 3 ? 30 : 0), 54, 54}};
        ink(&fixture, 8 + 31 * i, INK[i]);
        see(&fixture, TEXT[i], 8 + 31 * i, 0.9);
    }
    struct reading reading = read_all(&fixture);
    assert_text(&fixture, &reading, "只是很 奇妙");
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

static void what_else_it_may_be_is_kept(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture, 50);
    ink(&fixture, 8, 27);
    see(&fixture, "末", 8, 0.7);
    fixture.symbols[0].others[0] = (struct bi_reading){(char *)"未", 0.29};
    fixture.symbols[0].others[1] = (struct bi_reading){(char *)"朱", 0.001};
    fixture.symbols[0].other_count = 2;
    struct reading reading = read_all(&fixture);
    struct bi_line line = {0};
    reading_finish(&reading, &fixture.arena, &line);
    assert_int_equal(line.glyphs[0].reading_count, 2); /* the last is too unlikely */
    assert_string_equal(line.glyphs[0].readings[1].text, "未");
    assert_true(line.glyphs[0].readings[1].confidence == 0.29);
    tear_down(&fixture);
}

static void a_line_of_two_strips_goes_on(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct character one[] = {{.text = (char *)"上", .confidence = 1}},
                     two[] = {{.text = (char *)"下", .confidence = 0.5}};
    struct reading reading = {0}, left = {one, 1, 1, 0.5}, right = {two, 1, 1, 0.25};
    reading_append(&reading, &arena, &left);
    reading_append(&reading, &arena, &right);
    assert_int_equal(reading.count, 2);
    assert_string_equal(reading.characters[1].text, "下");
    assert_true(reading.misfit == 0.75);
    struct reading nothing = {0};
    assert_true(reading_doubt(&nothing) > reading_doubt(&reading));
    bi_arena_release(&arena);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(symbols_go_where_their_ink_is),
        cmocka_unit_test(a_box_goes_on_along_a_hairline),
        cmocka_unit_test(a_missing_character_is_doubt),
        cmocka_unit_test(a_character_without_room_is_dropped),
        cmocka_unit_test(a_mark_at_the_white_end_is_dropped),
        cmocka_unit_test(spaces_are_measured_not_believed),
        cmocka_unit_test(wide_setting_has_no_spaces),
        cmocka_unit_test(spaces_of_vertical_type_are_down_the_column),
        cmocka_unit_test(punctuation_is_folded_beside_chinese_only),
        cmocka_unit_test(quotes_of_vertical_type_stand_up),
        cmocka_unit_test(what_else_it_may_be_is_kept),
        cmocka_unit_test(a_line_of_two_strips_goes_on),
        cmocka_unit_test(nothing_read_is_no_text_without_confidence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
