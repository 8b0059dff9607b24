/* Marks that look like characters, told by their place. The readings are made up. */
#include <string.h>

#include "base/text.h"
#include "marks.h"
#include "unit.h"

#define EM 30

/* Characters of a text one after another, each with 27 of 30 pixels of ink. */
static struct reading read_text(struct bi_arena *arena, const char *text)
{
    struct reading reading = {.characters = bi_arena_array(arena, 32, sizeof *reading.characters)};
    while (*text) {
        const char *begin = text;
        bi_rune_next(&text);
        char *one = bi_arena_strdup(arena, begin);
        one[text - begin] = '\0';
        reading.characters[reading.count] =
            (struct character){.text = one, .box = {EM * (int)reading.count, 0, 27, 27}, .confidence = 1};
        reading.count++;
    }
    return reading;
}

static void assert_text(const struct reading *reading, const char *text)
{
    struct bi_text found = {0};
    for (size_t i = 0; i < reading->count; i++)
        bi_text_add(&found, reading->characters[i].text);
    assert_string_equal(bi_text_get(&found), text);
    bi_text_release(&found);
}

static void assert_settled(const char *text, enum bi_role role, const char *settled)
{
    struct bi_arena arena = {0};
    struct reading reading = read_text(&arena, text);
    marks_settle(&reading, EM, role, false);
    assert_text(&reading, settled);
    bi_arena_release(&arena);
}

static void one_between_digits_is_a_dash(void **state)
{
    (void)state;
    assert_settled("多云24一31", BI_ROLE_BODY, "多云24—31");
    assert_settled("周一31日", BI_ROLE_BODY, "周一31日");
    assert_settled("24一", BI_ROLE_BODY, "24一");
}

static void joined_strokes_are_a_dash(void **state)
{
    (void)state;
    struct bi_arena arena = {0};
    struct reading reading = read_text(&arena, "他一一看");
    marks_settle(&reading, EM, BI_ROLE_BODY, false);
    assert_text(&reading, "他一一看");
    reading.characters[1].box.w = EM;
    marks_settle(&reading, EM, BI_ROLE_BODY, true);
    assert_text(&reading, "他一一看");
    marks_settle(&reading, EM, BI_ROLE_BODY, false);
    assert_text(&reading, "他——看");
    bi_arena_release(&arena);
}

static void a_quote_before_c_is_degrees(void **state)
{
    (void)state;
    assert_settled("31”C", BI_ROLE_BODY, "31°C");
    assert_settled("31\"C，", BI_ROLE_BODY, "31°C，");
    assert_settled("他”C", BI_ROLE_BODY, "他”C");
    assert_settled("31”的", BI_ROLE_BODY, "31”的");
}

static void a_square_begins_a_byline(void **state)
{
    (void)state;
    assert_settled("口林间", BI_ROLE_BYLINE, "□林间");
    assert_settled("口岸开放", BI_ROLE_BODY, "口岸开放");
    assert_settled("林口间", BI_ROLE_BYLINE, "林口间");
    struct bi_arena arena = {0};
    struct reading reading = read_text(&arena, "口林间");
    reading.characters[1].after_space = true;
    marks_settle(&reading, EM, BI_ROLE_BODY, false);
    assert_text(&reading, "□林间");
    bi_arena_release(&arena);
}

static void an_empty_line_stays_so(void **state)
{
    (void)state;
    assert_settled("", BI_ROLE_BYLINE, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_between_digits_is_a_dash), cmocka_unit_test(joined_strokes_are_a_dash),
        cmocka_unit_test(a_quote_before_c_is_degrees),  cmocka_unit_test(a_square_begins_a_byline),
        cmocka_unit_test(an_empty_line_stays_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
