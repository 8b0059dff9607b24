/* What people type, as a full-text expression; whatever it is, SQLite accepts it. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "archive/query.h"
#include "base/cleanup.h"
#include "tokenizer.h"
#include "unit.h"

static void expect(const char *query, const char *expression)
{
    BI_CLEANUP(bi_text_release) struct bi_text out = {0};
    struct bi_error err;
    if (archive_query(query, false, &out, &err) < 0)
        fail_msg("%s: %s", query, err.text);
    assert_string_equal(bi_text_get(&out), expression);
}

static void expect_refused(const char *query, const char *why)
{
    BI_CLEANUP(bi_text_release) struct bi_text out = {0};
    struct bi_error err = {0};
    assert_int_equal(archive_query(query, false, &out, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_USAGE);
    assert_non_null(strstr(err.text, why));
}

static void words_are_all_wanted(void **state)
{
    (void)state;
    expect("菜场", "(\"菜场\")");
    expect(" 菜场　通道\n", "(\"菜场\") AND (\"通道\")");
    expect("菜场 AND 通道", "(\"菜场\") AND (\"通道\")");
}

static void quotes_keep_spaces_and_need_no_end(void **state)
{
    (void)state;
    expect("\"Debian 手册\" 系统", "(\"Debian 手册\") AND (\"系统\")");
    expect("\"Debian 手册", "(\"Debian 手册\")");
    expect("上\"海 滩\"", "(\"上\") AND (\"海 滩\")");
}

static void or_binds_closer_than_the_space(void **state)
{
    (void)state;
    expect("甲 乙 OR 丙 丁", "(\"甲\") AND (\"乙\" OR \"丙\") AND (\"丁\")");
}

static void what_is_excluded_comes_last(void **state)
{
    (void)state;
    expect("甲 -乙 丙", "((\"甲\") AND (\"丙\")) NOT (\"乙\")");
    expect("-\"乙 戊\" 甲 NOT 丙", "((\"甲\")) NOT (\"乙 戊\" OR \"丙\")");
    expect_refused("-乙", "only what not to find");
}

static void an_operator_without_anything_to_work_on_is_a_word(void **state)
{
    (void)state;
    expect("OR", "(\"OR\")");
    expect("甲 OR", "(\"甲\") AND (\"OR\")");
    expect("NOT", "(\"NOT\")");
    expect("-", "(\"-\")");
    expect("甲 - 乙", "(\"甲\") AND (\"-\") AND (\"乙\")");
    expect("\"OR\" or", "(\"OR\") AND (\"or\")");
    expect("甲 OR OR 乙", "(\"甲\") AND (\"OR\" OR \"乙\")");
}

static void nothing_to_search_for_is_said(void **state)
{
    (void)state;
    expect_refused("", "nothing to search for");
    expect_refused(" 　\t", "nothing to search for");
    expect_refused("\"\"", "nothing to search for");
    expect_refused("\u200b", "nothing to search for");
    expect_refused("\xff\xfe", "nothing to search for");
}

static void a_query_of_a_hundred_thousand_characters_is_refused(void **state)
{
    (void)state;
    enum { CHARACTERS = 100000 };
    BI_CLEANUP(bi_text_release) struct bi_text query = {0};
    for (int i = 0; i < CHARACTERS; i++)
        bi_text_add(&query, "上");
    expect_refused(query.data, "has 100000 characters");
}

static void a_literal_query_has_no_operators(void **state)
{
    (void)state;
    BI_CLEANUP(bi_text_release) struct bi_text out = {0};
    struct bi_error err;
    assert_int_equal(archive_query("-甲 OR \"乙", true, &out, &err), 0);
    assert_string_equal(out.data, "(\"-甲 OR \"\"乙\")");
}

/* Everything that means something to FTS5, to SQL or to us, in random order. */
static void whatever_is_typed_is_a_valid_expression(void **state)
{
    (void)state;
    static const char *const PIECES[] = {
        "\"", "'",   "(",     ")",          "*",     "^",  "+",    "-",  ":",   ",",   "AND",
        "OR", "NOT", "NEAR(", "{headline}", "body:", " ",  "　",   "上", "海",  "\\",  ";",
        "--", "%",   "\xff",  "\xe4\xb8",   "😀",     "𠮷", "\x01", "\n", "-\"", "\"\""};
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(bi_tokenizer_register(db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db,
                     "CREATE VIRTUAL TABLE t USING fts5 (headline, body, tokenize = 'backissue 1');"
                     "INSERT INTO t VALUES ('上海', '海上')",
                     NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_stmt *find = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT rowid FROM t WHERE t MATCH ?", -1, &find, NULL),
                     SQLITE_OK);
    uint32_t seed = 5;
    int searched = 0;
    for (int i = 0; i < 5000; i++) {
        BI_CLEANUP(bi_text_release) struct bi_text query = {0}, expression = {0};
        for (int k = i % 12; k >= 0; k--) {
            seed = seed * 1664525u + 1013904223u;
            bi_text_add(&query, PIECES[(seed >> 8) % (sizeof PIECES / sizeof *PIECES)]);
        }
        if (archive_query(query.data, i % 2, &expression, NULL) < 0)
            continue;
        searched++;
        sqlite3_bind_text(find, 1, expression.data, -1, SQLITE_STATIC);
        int result;
        while ((result = sqlite3_step(find)) == SQLITE_ROW)
            ;
        if (result != SQLITE_DONE)
            fail_msg("'%s' became '%s': %s", query.data, expression.data, sqlite3_errmsg(db));
        sqlite3_reset(find);
    }
    assert_true(searched > 3000);
    sqlite3_finalize(find);
    sqlite3_close(db);
}

static void the_longest_query_of_the_most_words_is_searched_for(void **state)
{
    (void)state;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(bi_tokenizer_register(db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5 (body, tokenize = 'backissue 1')",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_stmt *find = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT rowid FROM t WHERE t MATCH ?", -1, &find, NULL),
                     SQLITE_OK);
    static const char *const UNITS[] = {"上 ", "-上 ", "上OR", "\"\"\"", "上", "OR "};
    for (size_t u = 0; u < sizeof UNITS / sizeof *UNITS; u++) {
        BI_CLEANUP(bi_text_release) struct bi_text query = {0}, expression = {0};
        struct bi_error err;
        bi_text_add(&query, "上 ");
        while (bi_rune_count(query.data) + bi_rune_count(UNITS[u]) <= ARCHIVE_MAX_QUERY_CHARACTERS)
            bi_text_add(&query, UNITS[u]);
        if (archive_query(query.data, false, &expression, &err) < 0)
            fail_msg("%s", err.text);
        sqlite3_bind_text(find, 1, expression.data, -1, SQLITE_STATIC);
        if (sqlite3_step(find) != SQLITE_DONE)
            fail_msg("%zu: %s", u, sqlite3_errmsg(db));
        sqlite3_reset(find);
    }
    sqlite3_finalize(find);
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_all_wanted),
        cmocka_unit_test(quotes_keep_spaces_and_need_no_end),
        cmocka_unit_test(or_binds_closer_than_the_space),
        cmocka_unit_test(what_is_excluded_comes_last),
        cmocka_unit_test(an_operator_without_anything_to_work_on_is_a_word),
        cmocka_unit_test(nothing_to_search_for_is_said),
        cmocka_unit_test(a_query_of_a_hundred_thousand_characters_is_refused),
        cmocka_unit_test(a_literal_query_has_no_operators),
        cmocka_unit_test(whatever_is_typed_is_a_valid_expression),
        cmocka_unit_test(the_longest_query_of_the_most_words_is_searched_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
