/* Words of a line, blocks of a page, and what a text is written in. */
#include "export/layout.h"

#include <math.h>

#include "export/xml.h"
#include "unit.h"

static void words_are_what_white_space_parts(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct export_word *words;
    struct export_line line = {.text = " 用上了 Linux　系统 ", .confidence = 0.5, .box = {100, 10, 180, 40}};
    assert_int_equal(export_words_split(&arena, &line, &words), 3);
    assert_string_equal(words[0].text, "用上了");
    assert_string_equal(words[1].text, "Linux");
    assert_string_equal(words[2].text, "系统");
    assert_int_equal(words[1].first, 3);
    assert_int_equal(words[1].count, 5);
    /* 20 halves of a character with all its white space: the words have their shares of it. */
    assert_int_equal(words[0].box.x, 100 + 180 * 1 / 20);
    assert_int_equal(words[1].box.x, 100 + 180 * 8 / 20);
    assert_int_equal(words[2].box.x + words[2].box.w, 100 + 180 * 19 / 20);
    assert_true(words[1].confidence == 0.5);
    assert_string_equal(words[0].space, "");
    assert_string_equal(words[1].space, " ");
    assert_string_equal(words[2].space, "　");
    assert_int_equal(export_words_split(&arena, &(struct export_line){.text = " 　"}, &words), 0);
    assert_int_equal(export_words_split(&arena, &(struct export_line){.text = ""}, &words), 0);
    bi_arena_release(&arena);
}

static void words_of_glyphs_are_where_those_are(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct export_word *words;
    struct export_glyph glyphs[] = {{.text = "甲", .box = {10, 5, 20, 100}, .confidence = 1},
                                    {.text = "乙", .box = {10, 110, 20, 30}, .confidence = 0.5},
                                    {.text = "丙", .box = {10, 150, 20, 30}, .confidence = 0.9}};
    struct export_line line = {.text = "甲 乙丙", .vertical = true, .glyphs = glyphs, .glyph_count = 3};
    assert_int_equal(export_words_split(&arena, &line, &words), 2);
    assert_int_equal(words[1].box.y, 110);
    assert_int_equal(words[1].box.h, 70);
    assert_true(fabs(words[1].confidence - 0.7) < 1e-9);
    bi_arena_release(&arena);
}

static void blocks_end_with_region_role_and_article(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct export_article first = {0}, second = {0};
    struct export_line lines[] = {
        {.region_id = "r1", .role = "headline", .article = &first, .box = {0, 0, 10, 10}, .vertical = true},
        {.region_id = "r1", .role = "headline", .article = &first, .box = {20, 0, 10, 10}, .vertical = true},
        {.region_id = "r1", .role = "body", .article = &first, .box = {0, 20, 10, 10}},
        {.region_id = "r1", .role = "body", .article = &second, .box = {0, 30, 10, 10}},
        {.region_id = "r2", .role = "body", .article = &second, .box = {0, 40, 10, 10}, .vertical = true},
        {.region_id = "r2", .role = "body", .article = &second, .box = {0, 50, 10, 10}},
    };
    struct export_page page = {.lines = lines, .line_count = 6};
    struct export_block *blocks;
    assert_int_equal(export_blocks_split(&arena, &page, &blocks), 4);
    assert_int_equal(blocks[0].count, 2);
    assert_int_equal(blocks[0].box.w, 30);
    assert_true(blocks[0].vertical);
    assert_int_equal(blocks[3].count, 2);
    assert_false(blocks[3].vertical);
    page.line_count = 0;
    assert_int_equal(export_blocks_split(&arena, &page, &blocks), 0);
    bi_arena_release(&arena);
}

static void scripts_are_told_apart(void **state)
{
    (void)state;
    assert_true(export_text_is_latin("Linux-2.6"));
    assert_true(export_text_is_latin("Müller’s"));
    assert_false(export_text_is_latin("2025"));
    assert_false(export_text_is_latin("Linux系统"));
    assert_false(export_text_is_latin("Привет"));
    assert_false(export_text_is_latin(""));
    assert_true(export_text_is_chinese("用Linux"));
    assert_true(export_text_is_chinese("𠮷"));
    assert_false(export_text_is_chinese("，。1234"));
}

static void times_are_those_of_xml_schema(void **state)
{
    (void)state;
    assert_true(export_is_time("2026-11-24T17:49:46Z"));
    assert_true(export_is_time("2026-11-24T17:49:46.467334Z"));
    static const char *const others[] = {"",
                                         "2026",
                                         "2026-11-24",
                                         "2026-11-24 17:49:46Z",
                                         "2026-13-24T17:49:46Z",
                                         "2026-11-24T17:49:46",
                                         "2026-11-24T17:49:46.Z",
                                         "2026-11-24T17:49:46Zz",
                                         "2026-11-24T24:49:46Z",
                                         "2026-11-24T17:60:46Z"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(export_is_time(others[i]));
}

static void shares_are_bounded(void **state)
{
    (void)state;
    assert_true(export_share(0.25) == 0.25);
    assert_true(export_share(7) == 1);
    assert_true(export_share(-1) == 0);
    assert_true(export_share((double)NAN) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_what_white_space_parts),
        cmocka_unit_test(words_of_glyphs_are_where_those_are),
        cmocka_unit_test(blocks_end_with_region_role_and_article),
        cmocka_unit_test(scripts_are_told_apart),
        cmocka_unit_test(times_are_those_of_xml_schema),
        cmocka_unit_test(shares_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
