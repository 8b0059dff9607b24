/* How a text goes on over a break, and which texts are alike. */
#include "maker.h"

#include "continuity.h"
#include "similarity.h"

static struct bi_arena arena;

static struct st_runes runes(const char *text)
{
    return st_runes_of(&arena, text);
}

static struct st_continuity learn(void)
{
    static const char *const texts[] = {
        "临江区的地铁工程今年开工，工程全长三十公里，总投资一百亿元。",
        "记者从区政府获悉，老旧小区改造工程已经完成，居民对工程表示满意。",
        "市民说，地铁通到小区门口，上班方便多了。",
    };
    struct st_runes list[3];
    struct st_continuity continuity;
    for (size_t i = 0; i < 3; i++)
        list[i] = runes(texts[i]);
    st_continuity_learn(&arena, list, 3, &continuity);
    return continuity;
}

static void a_word_goes_on(void **state)
{
    (void)state;
    struct st_continuity continuity = learn();
    double word = st_continuity_score(&continuity, runes("这是今年最大的工"), runes("程，全线贯通"));
    double none = st_continuity_score(&continuity, runes("这是今年最大的工"), runes("民说，方便多了"));
    assert_true(word > 2);
    assert_true(none < 0);
    /* 老旧小|区改造: both characters after the break tell. */
    assert_true(st_continuity_score(&continuity, runes("老旧小"), runes("区改造")) >
                st_continuity_score(&continuity, runes("老旧小"), runes("区翯翯")));
}

static void knows_nothing_of_what_it_never_saw(void **state)
{
    (void)state;
    struct st_continuity continuity = learn(), empty;
    assert_true(st_continuity_score(&continuity, runes("氍毹"), runes("翯翯")) == 0);
    assert_true(st_continuity_score(&continuity, runes(""), runes("程")) == 0);
    assert_true(st_continuity_score(&continuity, runes("工"), runes("")) == 0);
    assert_true(st_continuity_score(&continuity, runes("工"), runes("程")) > 1);
    st_continuity_learn(&arena, NULL, 0, &empty);
    assert_true(st_continuity_score(&empty, runes("工"), runes("程")) == 0);
}

static void rare_words_make_texts_alike(void **state)
{
    (void)state;
    struct st_profile p[] = {
        st_profile_of(&arena, "沈若溪记者昨日报道，红星船厂换新装。沈若溪说，船厂的工人很高兴。"),
        st_profile_of(&arena, "红星船厂的沈若溪昨日说，记者来了。"),
        st_profile_of(&arena, "记者昨日报道，社区食堂的灯还亮着。"),
        st_profile_of(&arena, "记者昨日报道，地铁今年开工。"),
    };
    float *room = bi_arena_array(&arena, st_profiles_weigh(&arena, p, 4), sizeof *room);
    const struct st_profile *others[] = {&p[0], &p[1], &p[2]};
    double likeness[3];
    for (int again = 0; again < 2; again++) {
        st_profile_likeness(&p[0], others, 3, room, likeness);
        assert_true(likeness[0] > 0.999 && likeness[0] < 1.001);
        assert_true(likeness[1] > 3 * likeness[2]);
        assert_true(likeness[2] > 0);
    }
}

static int tear_down(void **state)
{
    (void)state;
    bi_arena_release(&arena);
    return 0;
}

static void words_in_common_tell_latin_texts_apart(void **state)
{
    (void)state;
    /* Headlines of other words have most of their pairs of letters in common; the same one in capitals has
     * all. */
    assert_true(st_text_likeness(&arena, "Harbour bridge reopens after repairs", "HARBOUR BRIDGE REOPENS") >
                0.99);
    assert_true(st_text_likeness(&arena, "Harbour bridge reopens after repairs",
                                 "Parliament debates another railway tariff") < 0.01);
    assert_true(st_text_likeness(&arena, "Harbour bridge, reopened", "The harbour and the bridge") > 0.6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_goes_on),
        cmocka_unit_test(knows_nothing_of_what_it_never_saw),
        cmocka_unit_test(rare_words_make_texts_alike),
        cmocka_unit_test(words_in_common_tell_latin_texts_apart),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
