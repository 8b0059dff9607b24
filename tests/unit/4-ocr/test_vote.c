/* From what networks say to one text. The networks are made up: five codes, of which 0 is the blank, 1 and 2
 * spell 人 and 入 in one code each, 3 4 spells 未, 3 alone 木. */
#include <math.h>
#include <stdlib.h>

#include "models.h"
#include "unit.h"
#include "vote.h"

#define CODES 6
enum { BLANK, REN, RU, MU, WEI, SPACE };

struct fixture {
    struct bi_arena arena;
    struct charset charset;
};

static void put_spelling(struct bi_text *out, int length, int first, int second)
{
    put_int(out, 1, 1);
    put_int(out, (uint64_t)length, 4);
    put_int(out, (uint64_t)first, 4);
    if (length > 1)
        put_int(out, (uint64_t)second, 4);
}

static void set_up(struct fixture *fixture)
{
    static const char UNICHARSET[] = "7\nNULL 0\nJoined 7\n|Broken|0|1 f\n人 1\n入 1\n木 1\n未 1\n";
    *fixture = (struct fixture){0};
    struct bi_text recoder = {0};
    put_int(&recoder, 7, 4);
    put_spelling(&recoder, 1, SPACE, 0);
    put_spelling(&recoder, 1, BLANK, 0);
    put_spelling(&recoder, 1, BLANK, 0);
    put_spelling(&recoder, 1, REN, 0);
    put_spelling(&recoder, 1, RU, 0);
    put_spelling(&recoder, 1, MU, 0);
    put_spelling(&recoder, 2, MU, WEI);
    struct bytes runes = {UNICHARSET, sizeof UNICHARSET - 1, 0, false},
                 codes = {recoder.data, recoder.length, 0, false};
    assert_true(charset_read_runes(&fixture->arena, &runes, &fixture->charset));
    assert_true(charset_read_codes(&fixture->arena, &codes, CODES, BLANK, &fixture->charset));
    bi_text_release(&recoder);
}

/* Steps with probability p for a code and the rest for another. */
struct said {
    int code;
    float p;
    int other;
};

static struct view view_of(struct fixture *fixture, const struct said *said, int steps)
{
    struct view view = {.charset = &fixture->charset, .end = steps};
    view.outputs = (struct outputs){steps, CODES, 3, calloc((size_t)(steps * CODES), sizeof(float))};
    for (int i = 0; i < steps; i++) {
        view.outputs.probabilities[i * CODES + said[i].code] = said[i].p;
        view.outputs.probabilities[i * CODES + said[i].other] += 1 - said[i].p;
    }
    struct ctc_window window = {view.charset, &view.outputs, 0, steps};
    struct ctc_text *texts;
    ctc_read(&fixture->arena, window, 8, 1, &texts);
    view.text = texts[0];
    view.spans = bi_arena_array(&fixture->arena, view.text.count + 1, sizeof *view.spans);
    assert_true(ctc_align(&fixture->arena, window, view.text.characters, view.text.count, view.spans));
    return view;
}

static void tear_down(struct fixture *fixture, struct view *views, size_t count)
{
    for (size_t i = 0; i < count; i++)
        view_release(&views[i]);
    bi_arena_release(&fixture->arena);
}

static void spellings_that_begin_alike_are_told_apart(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    assert_int_equal(fixture.charset.space, SPACE);
    assert_int_equal(charset_find(&fixture.charset, 0x5165), 4); /* 入 */
    assert_int_equal(charset_find(&fixture.charset, 0x4E01), -1);
    static const struct said SAID[] = {
        {MU, 0.9f, BLANK}, {WEI, 0.9f, BLANK}, {BLANK, 1, BLANK}, {MU, 0.9f, BLANK}};
    struct view view = view_of(&fixture, SAID, 4);
    assert_int_equal(view.text.count, 2);
    assert_int_equal(view.text.characters[0], 6);
    assert_int_equal(view.text.characters[1], 5);
    assert_int_equal(view.spans[0].first, 0);
    assert_int_equal(view.spans[0].last, 1);
    assert_int_equal(view.spans[1].first, 3);
    tear_down(&fixture, &view, 1);
}

static void scores_are_probabilities_of_texts(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    static const struct said SAID[] = {{REN, 0.75f, RU}, {BLANK, 0.5f, REN}};
    struct view view = view_of(&fixture, SAID, 2);
    struct ctc_window window = {view.charset, &view.outputs, 0, 2};
    static const int REN_ALONE[] = {3}, RU_REN[] = {4, 3}, REN_REN[] = {3, 3};
    assert_true(fabs(ctc_score(window, REN_ALONE, 1) - log(0.75)) < 1e-6); /* 人_ and 人人 */
    assert_true(fabs(ctc_score(window, RU_REN, 2) - log(0.125)) < 1e-6);
    assert_true(ctc_score(window, REN_REN, 2) == CTC_IMPOSSIBLE); /* no blank between */
    struct ctc_text *texts;
    assert_true(ctc_read(&fixture.arena, window, 8, 4, &texts) >= 3);
    assert_true(fabs(texts[0].score - log(0.75)) < 1e-6);
    assert_true(fabs(texts[1].score - log(0.125)) < 1e-6);
    tear_down(&fixture, &view, 1);
}

static struct symbol *vote_all(struct fixture *fixture, const struct view *views, size_t count,
                               size_t expected)
{
    struct symbol *symbols;
    assert_int_equal(vote(&fixture->arena, views, count, 2, NULL, NULL, &symbols), expected);
    return symbols;
}

static void the_surer_reading_wins_and_the_other_is_kept(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    static const struct said A[] = {{BLANK, 1, BLANK},
                                    {REN, 0.6f, RU},
                                    {BLANK, 1, BLANK},
                                    {MU, 0.99f, BLANK}},
                             B[] = {
                                 {BLANK, 1, BLANK}, {RU, 0.95f, REN}, {BLANK, 1, BLANK}, {MU, 0.99f, BLANK}};
    struct view views[] = {view_of(&fixture, A, 4), view_of(&fixture, B, 4)};
    struct symbol *symbols = vote_all(&fixture, views, 2, 2);
    assert_string_equal(symbols[0].text, "入");
    assert_int_equal(symbols[0].other_count, 1);
    assert_string_equal(symbols[0].others[0].text, "人");
    assert_true(symbols[0].confidence > 0.6 && symbols[0].confidence < 0.95);
    assert_int_equal(symbols[0].x, 3);
    assert_string_equal(symbols[1].text, "木");
    assert_true(symbols[1].confidence > 0.99);
    tear_down(&fixture, views, 2);
}

static void a_character_that_one_missed_is_weighed(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    static const struct said A[] = {{MU, 0.99f, BLANK},
                                    {BLANK, 1, BLANK},
                                    {BLANK, 0.55f, REN},
                                    {BLANK, 1, BLANK},
                                    {MU, 0.99f, BLANK}},
                             B[] = {{MU, 0.99f, BLANK},
                                    {BLANK, 1, BLANK},
                                    {REN, 0.9f, BLANK},
                                    {BLANK, 1, BLANK},
                                    {MU, 0.99f, BLANK}};
    struct view views[] = {view_of(&fixture, A, 5), view_of(&fixture, B, 5)};
    assert_int_equal(views[0].text.count, 2);
    struct symbol *symbols = vote_all(&fixture, views, 2, 3);
    assert_string_equal(symbols[1].text, "人");
    assert_int_equal(symbols[1].x, 6);
    tear_down(&fixture, views, 2);
}

static void what_only_one_has_and_others_rule_out_goes(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    static const struct said A[] = {{MU, 0.99f, BLANK}, {BLANK, 1, BLANK}, {REN, 0.6f, BLANK}},
                             B[] = {{MU, 0.99f, BLANK}, {BLANK, 1, BLANK}, {BLANK, 0.99f, REN}};
    struct view views[] = {view_of(&fixture, A, 3), view_of(&fixture, B, 3)};
    struct symbol *symbols = vote_all(&fixture, views, 2, 1);
    assert_string_equal(symbols[0].text, "木");
    tear_down(&fixture, views, 2);
}

static void nothing_seen_is_nothing_read(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    static const struct said NOTHING[] = {{BLANK, 1, BLANK}, {BLANK, 1, BLANK}};
    struct view views[] = {view_of(&fixture, NOTHING, 2), view_of(&fixture, NOTHING, 0)};
    vote_all(&fixture, views, 2, 0);
    tear_down(&fixture, views, 2);
}

static void spaces_are_told_but_are_no_characters(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    static const struct said SAID[] = {{REN, 0.99f, BLANK},
                                       {BLANK, 1, BLANK},
                                       {RU, 0.99f, BLANK},
                                       {SPACE, 0.9f, BLANK},
                                       {REN, 0.99f, BLANK}};
    struct view view = view_of(&fixture, SAID, 5);
    struct symbol *symbols = vote_all(&fixture, &view, 1, 3);
    assert_false(symbols[1].begins_word);
    assert_true(symbols[2].begins_word);
    tear_down(&fixture, &view, 1);
}

/* 人, 入 and 木 are as likely as each other in every second step; words make it 人 throughout. */
static void words_make_no_text_sure_that_no_network_sees(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    static const struct said STEP[] = {{REN, 0.34f, RU}, {BLANK, 1, BLANK}, {REN, 0.34f, RU}};
    struct view view = view_of(&fixture, STEP, 3);
    for (int i = 0; i < 3; i += 2) {
        view.outputs.probabilities[i * CODES + RU] = 0.33f;
        view.outputs.probabilities[i * CODES + MU] = 0.33f;
    }
    static const char TABLE[] = "人\t1000000\n入\t1\n木\t1\n";
    struct words *words;
    assert_int_equal(words_parse("words.txt", TABLE, sizeof TABLE - 1, &words, NULL), 0);
    struct symbol *symbols;
    assert_int_equal(vote(&fixture.arena, &view, 1, 2, words, NULL, &symbols), 2);
    assert_string_equal(symbols[0].text, "人");
    assert_true(symbols[0].seen < 0.4);
    assert_true(symbols[0].confidence < 0.95);
    words_free(words);
    tear_down(&fixture, &view, 1);
}

/* 人 and 入 are alike; what the lines before and after hold decides. */
static void words_go_on_over_the_ends_of_lines(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    static const struct said STEP[] = {{REN, 0.5f, RU}};
    struct view view = view_of(&fixture, STEP, 1);
    view.outputs.probabilities[RU] = 0.45f;
    static const char TABLE[] = "人\t500\n入\t500\n进入\t500\n入口\t500\n老人\t500\n人口\t1\n";
    struct words *words;
    assert_int_equal(words_parse("words.txt", TABLE, sizeof TABLE - 1, &words, NULL), 0);
    static const struct {
        struct vote_context context;
        const char *text;
    } CASES[] = {
        {{.before = {0x8FDB}, .before_count = 1}, "入"}, /* 进 */
        {{.before = {0x8001}, .before_count = 1}, "人"}, /* 老 */
        {{.after = {0x53E3}, .after_count = 1}, "入"},   /* 口 */
        {{.before = {0}}, "人"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct symbol *symbols;
        assert_int_equal(vote(&fixture.arena, &view, 1, 1, words, &CASES[i].context, &symbols), 1);
        assert_string_equal(symbols[0].text, CASES[i].text);
    }
    words_free(words);
    tear_down(&fixture, &view, 1);
}

/* Thirty 人, of which the reading kept only those whose numbers are in `which`: more than one stretch holds.
 */
static struct view forgetful_view(struct fixture *fixture, const int *which, size_t kept)
{
    struct said said[60];
    for (int i = 0; i < 60; i++)
        said[i] = i % 2 ? (struct said){BLANK, 1, BLANK} : (struct said){REN, 0.6f, RU};
    struct view view = view_of(fixture, said, 60);
    assert_int_equal(view.text.count, 30);
    for (size_t i = 0; i < kept; i++)
        view.spans[i] = view.spans[which[i]];
    view.text.count = kept;
    return view;
}

static void what_is_too_long_for_a_stretch_is_halved(void **state)
{
    (void)state;
    struct fixture fixture;
    set_up(&fixture);
    static const int FIRST[] = {0}, TWO[] = {0, 9};
    struct view alike[] = {forgetful_view(&fixture, FIRST, 1), forgetful_view(&fixture, FIRST, 1)};
    vote_all(&fixture, alike, 2, 0); /* one slot cannot be halved */
    /* The slot that only the first view has parts the line in two: before it stand nine, behind it too many.
     */
    struct view views[] = {forgetful_view(&fixture, TWO, 2), forgetful_view(&fixture, FIRST, 1)};
    struct symbol *symbols = vote_all(&fixture, views, 2, 9);
    for (int i = 0; i < 9; i++) {
        assert_string_equal(symbols[i].text, "人");
        assert_int_equal(symbols[i].x, 6 * i);
    }
    view_release(&alike[0]);
    view_release(&alike[1]);
    tear_down(&fixture, views, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_that_begin_alike_are_told_apart),
        cmocka_unit_test(scores_are_probabilities_of_texts),
        cmocka_unit_test(the_surer_reading_wins_and_the_other_is_kept),
        cmocka_unit_test(a_character_that_one_missed_is_weighed),
        cmocka_unit_test(what_only_one_has_and_others_rule_out_goes),
        cmocka_unit_test(nothing_seen_is_nothing_read),
        cmocka_unit_test(words_make_no_text_sure_that_no_network_sees),
        cmocka_unit_test(words_go_on_over_the_ends_of_lines),
        cmocka_unit_test(spaces_are_told_but_are_no_characters),
        cmocka_unit_test(what_is_too_long_for_a_stretch_is_halved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
