/* Where spaces are, from made-up places of characters. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "spaces.h"
#include "unit.h"

#define EM 40
#define MOST 32

/* A line as it is printed: characters with the columns of their ink. */
struct printed {
    struct symbol symbols[MOST];
    char texts[MOST][8];
    size_t count;
};

static void put(struct printed *line, const char *text, int x, int w)
{
    (void)snprintf(line->texts[line->count], sizeof line->texts[0], "%s", text);
    line->symbols[line->count] = (struct symbol){.x = x, .w = w, .text = line->texts[line->count]};
    line->count++;
}

/* Sets text solid from column `x` on in cells of `pitch`, ink 34 wide in the middle of the em. Returns the
 * column behind. */
static int set(struct printed *line, const char *text, int x, int pitch)
{
    for (const char *at = text; *at; x += pitch) {
        char one[8] = "";
        const char *next = at;
        bi_rune_next(&next);
        memcpy(one, at, (size_t)(next - at));
        put(line, one, x + 3, 34);
        at = next;
    }
    return x;
}

/* The text with the spaces that are found. */
static void assert_spaced(struct printed *line, const char *expected)
{
    bool spaces[MOST];
    spaces_find(line->symbols, line->count, EM, spaces);
    char text[MOST * 8] = "";
    for (size_t i = 0; i < line->count; i++) {
        strcat(text, spaces[i] ? " " : "");
        strcat(text, line->symbols[i].text);
    }
    assert_string_equal(text, expected);
}

static void a_quarter_of_an_em_is_a_space(void **state)
{
    (void)state;
    struct printed line = {0};
    int x = set(&line, "记者", 0, EM);
    set(&line, "郑晚供图", x + EM / 4, EM);
    assert_spaced(&line, "记者 郑晚供图");
}

/* Of 十 only the stem and the serif at its right are left. */
static void a_character_that_lost_a_stroke_is_not_after_a_space(void **state)
{
    (void)state;
    for (int at = 1; at < 5; at++) {
        struct printed line = {0};
        set(&line, "用时四十一分", 0, EM);
        line.symbols[at].x += 14;
        line.symbols[at].w -= 14;
        assert_spaced(&line, "用时四十一分");
    }
}

static void the_pitch_of_the_line_counts_more_than_its_type(void **state)
{
    (void)state;
    struct printed condensed = {0}, justified = {0}, letterspaced = {0};
    int x = set(&condensed, "本报讯记者", 0, 36);
    set(&condensed, "顾一舟", x + 10, 36);
    assert_spaced(&condensed, "本报讯记者 顾一舟");
    set(&justified, "会议指出民生无小事", 0, 47);
    assert_spaced(&justified, "会议指出民生无小事");
    set(&letterspaced, "要闻", 0, 2 * EM);
    assert_spaced(&letterspaced, "要闻");
}

static void a_full_stop_takes_a_cell(void **state)
{
    (void)state;
    struct printed sentence = {0}, caption = {0}, tight = {0};
    int x = set(&sentence, "灯还亮着", 0, EM);
    put(&sentence, "。", x + 4, 10);
    set(&sentence, "十六块", x + EM, EM);
    sentence.symbols[5].x += 14; /* 十, as above */
    sentence.symbols[5].w -= 14;
    assert_spaced(&sentence, "灯还亮着。十六块");
    x = set(&caption, "清晨的码头", 0, EM);
    put(&caption, "。", x + 4, 10);
    x = set(&caption, "陈默", x + EM + EM / 2, EM);
    set(&caption, "摄", x + EM / 2, EM);
    assert_spaced(&caption, "清晨的码头。 陈默 摄");
    x = set(&tight, "清晨的码头", 0, EM);
    put(&tight, "，", x + 4, 10);
    put(&tight, "“", x + 24, 12);
    set(&tight, "陈默", x + EM, EM);
    assert_spaced(&tight, "清晨的码头，“陈默");
}

static void a_bracket_of_full_width_is_no_space(void **state)
{
    (void)state;
    struct printed full = {0}, half = {0}, latin = {0};
    int x = set(&full, "到用户服务", 0, EM);
    put(&full, "(", x + 28, 9);
    x = set(&full, "文件共享", x + EM, EM);
    put(&full, ")", x + 3, 9);
    set(&full, "的顺序", x + EM, EM);
    assert_spaced(&full, "到用户服务(文件共享)的顺序");
    x = set(&half, "星期五本期", 0, EM);
    put(&half, "(", x + 13, 9);
    set(&half, "总第", x + 25, EM);
    assert_spaced(&half, "星期五本期 (总第");
    x = set(&latin, "认证系统", 0, EM);
    put(&latin, "(", x + 28, 9);
    put(&latin, "B", x + 41, 20);
    put(&latin, ")", x + 64, 9);
    set(&latin, "具有", x + 101, EM);
    assert_spaced(&latin, "认证系统(B)具有");
}

static void between_chinese_and_latin_white_is_measured(void **state)
{
    (void)state;
    struct printed date = {0}, spaced = {0}, words = {0};
    int x = set(&date, "中心自七月", 0, EM);
    put(&date, "1", x + 13, 8); /* in the middle of half an em, after a quarter of white */
    set(&date, "日起", x + 30, EM);
    assert_spaced(&date, "中心自七月1日起");
    x = set(&spaced, "本期共有", 0, EM);
    put(&spaced, "8", x + 16, 18);
    set(&spaced, "版", x + 16 + 18 + 12, EM);
    assert_spaced(&spaced, "本期共有 8 版");
    put(&words, "a", 0, 18);
    put(&words, "b", 30, 18);
    put(&words, "c", 60, 18);
    words.symbols[2].begins_word = true; /* the network saw a space before it, and none before b */
    assert_spaced(&words, "ab c");
}

static void a_line_of_latin_letters_has_the_spaces_that_are_wide(void **state)
{
    (void)state;
    struct printed line = {0};
    put(&line, "a", 0, 18);
    put(&line, "，", 20, 5); /* as a network of Chinese has it */
    put(&line, "b", 39, 18);
    put(&line, "c", 60, 18);
    assert_spaced(&line, "a， bc");
    struct printed shifted = {0}; /* the network saw a space before c, whose white stands one too early */
    put(&shifted, "a", 0, 18);
    put(&shifted, "b", 39, 18);
    put(&shifted, "c", 60, 18);
    shifted.symbols[2].begins_word = true;
    assert_spaced(&shifted, "ab c");
    struct printed end = {0}; /* the end of a justified Chinese paragraph */
    put(&end, "a", 0, 18);
    put(&end, "b", 39, 18);
    put(&end, "。", 80, 10);
    assert_spaced(&end, "ab。");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quarter_of_an_em_is_a_space),
        cmocka_unit_test(a_character_that_lost_a_stroke_is_not_after_a_space),
        cmocka_unit_test(the_pitch_of_the_line_counts_more_than_its_type),
        cmocka_unit_test(a_full_stop_takes_a_cell),
        cmocka_unit_test(a_bracket_of_full_width_is_no_space),
        cmocka_unit_test(between_chinese_and_latin_white_is_measured),
        cmocka_unit_test(a_line_of_latin_letters_has_the_spaces_that_are_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
