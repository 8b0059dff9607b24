/* Tokens, sessions and marks: what is good, and for how long. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "serve/session.h"
#include "unit.h"

static struct serve_keys keys, others;
static struct bi_error err;
static char session[SERVE_SESSION_SIZE];
static const time_t NOW = 1764000000;

static int set_up(void **state)
{
    (void)state;
    return serve_keys_make(&keys, NULL, &err) < 0 || serve_keys_make(&others, NULL, &err) < 0 ||
                   serve_session_make(&keys, NOW, session, &err) < 0
               ? -1
               : 0;
}

static void only_the_token_is_the_token(void **state)
{
    (void)state;
    assert_true(strlen(keys.token) >= 32);
    assert_string_not_equal(keys.token, others.token);
    assert_true(serve_token_is_good(&keys, keys.token));
    assert_false(serve_token_is_good(&keys, others.token));
    assert_false(serve_token_is_good(&keys, ""));
    char longer[300];
    snprintf(longer, sizeof longer, "%s ", keys.token);
    assert_false(serve_token_is_good(&keys, longer));
}

static void a_session_is_good_for_a_day_and_one_key(void **state)
{
    (void)state;
    assert_true(serve_session_is_good(&keys, session, NOW));
    assert_true(serve_session_is_good(&keys, session, NOW + SERVE_SESSION_SECONDS - 1));
    assert_false(serve_session_is_good(&keys, session, NOW + SERVE_SESSION_SECONDS));
    assert_false(serve_session_is_good(&keys, session, NOW - 1));
    assert_false(serve_session_is_good(&others, session, NOW));
    char second[SERVE_SESSION_SIZE];
    assert_int_equal(serve_session_make(&keys, NOW, second, &err), 0);
    assert_string_not_equal(second, session);
}

static void a_session_changed_anywhere_is_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < strlen(session); i++) {
        char changed[SERVE_SESSION_SIZE];
        strcpy(changed, session);
        changed[i] = changed[i] == '1' ? '2' : '1';
        assert_false(serve_session_is_good(&keys, changed, NOW));
        changed[i] = '\0';
        assert_false(serve_session_is_good(&keys, changed, NOW));
    }
    char longest[400];
    memset(longest, '.', sizeof longest);
    longest[399] = '\0';
    assert_false(serve_session_is_good(&keys, longest, NOW));
}

static void a_mark_is_of_its_session(void **state)
{
    (void)state;
    char mark[SERVE_MAC_SIZE], second[SERVE_SESSION_SIZE];
    serve_mark_make(&keys, session, mark);
    assert_true(serve_mark_is_good(&keys, session, mark));
    assert_int_equal(serve_session_make(&keys, NOW, second, &err), 0);
    assert_false(serve_mark_is_good(&keys, second, mark));
    assert_false(serve_mark_is_good(&others, session, mark));
    assert_false(serve_mark_is_good(&keys, session, strrchr(session, '.') + 1));
    assert_false(serve_mark_is_good(&keys, session, ""));
}

static void a_kept_token_is_read(void **state)
{
    (void)state;
    static const char NAME[] = "session_token.txt";
    FILE *file = fopen(NAME, "w");
    assert_non_null(file);
    fputs("0123456789abcdef\nmore\n", file);
    fclose(file);
    assert_int_equal(serve_keys_make(&others, NAME, &err), 0);
    assert_true(serve_token_is_good(&others, "0123456789abcdef"));
    file = fopen(NAME, "w");
    fputs("0123456789abcde\n", file);
    fclose(file);
    assert_int_equal(serve_keys_make(&others, NAME, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    unlink(NAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_token_is_the_token),
        cmocka_unit_test(a_session_is_good_for_a_day_and_one_key),
        cmocka_unit_test(a_session_changed_anywhere_is_none),
        cmocka_unit_test(a_mark_is_of_its_session),
        cmocka_unit_test(a_kept_token_is_read),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
