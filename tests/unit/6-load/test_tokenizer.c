/* The tokenizer under FTS5: recall is that of a substring search of the folded text, and highlights are right
 * to the character. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "fold.h"
#include "store.h"
#include "tokenizer.h"
#include "unit.h"

enum { DOCUMENTS = 60, QUERIES = 600, MAX_QUERY_RUNES = 8 };

/* Few characters, so that random stretches are often found: both widths, both scripts, what folds to several,
 * what folds to nothing. */
static const char *const ALPHABET[] = {"上", "海", "中", "國", "国", "，", ",",  "A", "ａ", "1",
                                       "１", " ",  "\n", "㎡", "m",  "2",  "。", "…", ".",  "-",
                                       "\"", "'",  "é",  "e",  "𠮷", "😀",  "臺", "台"};
#define LETTERS (sizeof ALPHABET / sizeof *ALPHABET)

struct fixture {
    sqlite3 *db;
    struct bi_text text[DOCUMENTS], folded[DOCUMENTS];
};

/* A generator of our own, so that every machine tests the same. */
static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void add_random(struct bi_text *out, uint32_t *seed, size_t letters)
{
    for (size_t i = 0; i < letters; i++)
        bi_text_add(out, ALPHABET[next_random(seed) % LETTERS]);
}

static void exec(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    *state = fixture;
    if (sqlite3_open(":memory:", &fixture->db) != SQLITE_OK ||
        bi_tokenizer_register(fixture->db) != SQLITE_OK)
        return -1;
    exec(fixture->db, "CREATE VIRTUAL TABLE t USING fts5 (body, tokenize = 'backissue 1')");
    sqlite3_stmt *insert = NULL;
    sqlite3_prepare_v2(fixture->db, "INSERT INTO t (rowid, body) VALUES (?, ?)", -1, &insert, NULL);
    uint32_t seed = 7;
    for (int i = 0; i < DOCUMENTS; i++) {
        add_random(&fixture->text[i], &seed, 20 + next_random(&seed) % 200);
        bi_fold_text(&fixture->folded[i], fixture->text[i].data, fixture->text[i].length);
        sqlite3_bind_int(insert, 1, i);
        sqlite3_bind_text(insert, 2, fixture->text[i].data, -1, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
    }
    return sqlite3_finalize(insert) == SQLITE_OK ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < DOCUMENTS; i++) {
        bi_text_release(&fixture->text[i]);
        bi_text_release(&fixture->folded[i]);
    }
    sqlite3_close(fixture->db);
    free(fixture);
    return 0;
}

static void as_phrase(struct bi_text *phrase, const char *query)
{
    bi_text_add(phrase, "\"");
    for (; *query; query++)
        bi_text_add(phrase, *query == '"' ? "\"\"" : (char[]){*query, 0});
    bi_text_add(phrase, "\"");
}

static void finds_what_a_substring_search_finds_and_no_more(void **state)
{
    struct fixture *fixture = *state;
    sqlite3_stmt *find = NULL;
    sqlite3_prepare_v2(fixture->db, "SELECT rowid FROM t WHERE t MATCH ?", -1, &find, NULL);
    uint32_t seed = 99;
    size_t matches = 0;
    for (int q = 0; q < QUERIES; q++) {
        BI_CLEANUP(bi_text_release) struct bi_text query = {0}, folded = {0}, phrase = {0};
        add_random(&query, &seed, 1 + next_random(&seed) % MAX_QUERY_RUNES);
        bi_fold_text(&folded, query.data, query.length);
        if (!folded.length)
            continue;
        as_phrase(&phrase, query.data);
        bool found[DOCUMENTS] = {0};
        sqlite3_bind_text(find, 1, phrase.data, -1, SQLITE_STATIC);
        int result;
        while ((result = sqlite3_step(find)) == SQLITE_ROW)
            found[sqlite3_column_int(find, 0)] = true;
        if (result != SQLITE_DONE)
            fail_msg("%s: %s", query.data, sqlite3_errmsg(fixture->db));
        sqlite3_reset(find);
        for (int i = 0; i < DOCUMENTS; i++) {
            bool there = strstr(bi_text_get(&fixture->folded[i]), folded.data) != NULL;
            matches += there;
            if (there != found[i])
                fail_msg("'%s' in document %d: %d, not %d", query.data, i, found[i], there);
        }
    }
    sqlite3_finalize(find);
    assert_true(matches > 1000); /* else the test tested nothing */
}

static void expect_highlight(const char *text, const char *query, const char *expected)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(bi_tokenizer_register(db), SQLITE_OK);
    exec(db, "CREATE VIRTUAL TABLE t USING fts5 (body, tokenize = 'backissue 1')");
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?)", -1, &statement, NULL);
    sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    sqlite3_prepare_v2(db, "SELECT highlight(t, 0, '<', '>') FROM t WHERE t MATCH ?", -1, &statement, NULL);
    sqlite3_bind_text(statement, 1, query, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(statement, 0), expected);
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

static void highlights_what_is_stored_to_the_character(void **state)
{
    (void)state;
    expect_highlight("老菜场改造，新菜场开门", "\"菜场\"", "老<菜场>改造，新<菜场>开门");
    expect_highlight("使用Ｌｉｎｕｘ 系统", "\"linux系\"", "使用<Ｌｉｎｕｘ 系>统");
    expect_highlight("建筑面积８６㎡左右", "\"86m2\"", "建筑面积<８６㎡>左右");
    expect_highlight("臺灣海峽", "\"台湾\"", "<臺灣>海峽");
    expect_highlight("人\n民", "\"人民\"", "<人\n民>");
    expect_highlight("住𠮷野家", "\"𠮷\"", "住<𠮷>野家");
}

static void an_index_of_unknown_folding_is_refused(void **state)
{
    (void)state;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(bi_tokenizer_register(db), SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(db,
                                      "CREATE VIRTUAL TABLE t USING fts5 (body, tokenize = 'backissue 2')",
                                      NULL, NULL, NULL),
                         SQLITE_OK);
    assert_int_not_equal(sqlite3_exec(db, "CREATE VIRTUAL TABLE t USING fts5 (body, tokenize = 'backissue')",
                                      NULL, NULL, NULL),
                         SQLITE_OK);
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_what_a_substring_search_finds_and_no_more, setup, teardown),
        cmocka_unit_test(highlights_what_is_stored_to_the_character),
        cmocka_unit_test(an_index_of_unknown_folding_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
