/* Lines of an article made ready for programs that find columns by where text stands. */
#include "base/text.h"
#include "export/pdf/columns.h"
#include "unit.h"

#define MOST 8

static struct bi_arena arena;
static struct export_line printed[MOST];
static struct pdf_line lines[MOST];
static size_t count;

static int clear(void **state)
{
    (void)state;
    bi_arena_release(&arena);
    count = 0;
    return 0;
}

/* A line of a text, its characters as wide as each other. */
static void add(const char *role, const char *text, int x, int y, int w, int h)
{
    int runes = (int)bi_rune_count(text);
    struct export_glyph *glyphs = bi_arena_array(&arena, (size_t)runes, sizeof *glyphs);
    for (int i = 0; i < runes; i++)
        glyphs[i].box = (struct bi_box){x + w * i / runes, y, w / runes, h};
    printed[count] = (struct export_line){
        .role = role, .text = text, .box = {x, y, w, h}, .glyphs = glyphs, .glyph_count = (size_t)runes};
    lines[count] = pdf_line_of(&arena, &printed[count]);
    count++;
}

static void pieces_of_a_row_are_one_line(void **state)
{
    (void)state;
    add("body", "除草、", 100, 100, 120, 40);
    add("body", "一样", 260, 104, 80, 40);
    add("body", "下一行", 100, 160, 120, 40);
    add("body", "邻栏", 400, 160, 80, 40); /* too far */
    assert_int_equal(pdf_join_rows(&arena, lines, count), 3);
    assert_int_equal(lines[0].count, 5);
    assert_int_equal(lines[0].line->box.w, 240);
    assert_int_equal(lines[0].characters[3].start, 160);
    assert_string_equal(lines[1].characters[0].text, "下");
}

static void a_headline_and_its_text_are_two(void **state)
{
    (void)state;
    add("headline", "制度", 100, 100, 80, 40);
    add("body", "改了", 200, 100, 80, 40);
    assert_int_equal(pdf_join_rows(&arena, lines, count), 2);
}

static void gutters_are_kept(void **state)
{
    (void)state;
    add("body", "一二三四", 100, 100, 160, 40);
    add("body", "五六七八", 100, 160, 160, 40);
    add("body", "，九十", 285, 160, 120, 40); /* dirt before the column */
    add("body", "十一十二", 310, 100, 160, 40);
    pdf_keep_gutters(lines, count);
    for (size_t i = 0; i < 2; i++) {
        const struct pdf_character *last = &lines[i].characters[3];
        assert_int_equal(last->length, 24); /* of 40: no more than its part is cut */
        assert_int_equal(lines[i].characters[2].length, 40);
    }
    assert_int_equal(lines[3].characters[3].length, 40);
}

static void wide_leading_needs_a_larger_font(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++)
        add("body", "一行字", 100, 100 + 50 * i, 120, 40);
    struct pdf_type type = pdf_column_type(lines, count);
    assert_int_equal(type.height, 40);
    assert_int_equal(type.size, 40);
    clear(NULL);
    for (int i = 0; i < 4; i++)
        add("body", "一行字", 100, 100 + 70 * i, 120, 40);
    type = pdf_column_type(lines, count);
    assert_int_equal(type.height, 40);
    assert_int_equal(type.size, 50);
    assert_int_equal(pdf_column_type(lines, 0).size, 0);
}

static void a_last_line_over_the_column_before_is_lowered(void **state)
{
    (void)state;
    add("body", "一行", 100, 155, 80, 40);
    add("body", "二行", 100, 210, 80, 40);
    add("body", "年。", 300, 100, 80, 40);
    pdf_level_tops(&arena, lines, count);
    assert_int_equal(lines[2].line->box.y, 120);
    assert_int_equal(lines[0].line->box.y, 155);
    clear(NULL);
    add("body", "一行", 100, 155, 80, 40);
    add("body", "年。", 300, 100, 80, 40);
    add("body", "再一行", 300, 155, 80, 40); /* not alone */
    pdf_level_tops(&arena, lines, count);
    assert_int_equal(lines[1].line->box.y, 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(pieces_of_a_row_are_one_line, clear),
        cmocka_unit_test_setup(a_headline_and_its_text_are_two, clear),
        cmocka_unit_test_setup(gutters_are_kept, clear),
        cmocka_unit_test_setup(wide_leading_needs_a_larger_font, clear),
        cmocka_unit_test_setup(a_last_line_over_the_column_before_is_lowered, clear),
    };
    return cmocka_run_group_tests(tests, NULL, clear);
}
