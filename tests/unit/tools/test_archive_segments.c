/* The lists read without FTS5 say what FTS5 says, whatever was loaded, changed, removed and merged before;
 * and a page that is no page is an error and no crash. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/archive.h"
#include "archive/phrase.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "store.h"
#include "unit.h"

struct fixture {
    char folder[64];
    struct bi_arena arena;
    sqlite3 *db;
    uint32_t seed;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct bi_error err;
    strcpy(fixture->folder, "/tmp/backissue-segments-XXXXXX");
    *state = fixture;
    if (!mkdtemp(fixture->folder))
        return -1;
    const char *path = bi_path_join(&fixture->arena, fixture->folder, "archive.db");
    if (bi_store_open(path, BI_STORE_CREATE, &fixture->db, &err) < 0 ||
        bi_store_exec(
            fixture->db,
            "INSERT INTO issue (issue_id, title, name, folder, loaded) VALUES (1, 't', 'n', 's', '')",
            &err) < 0)
        fail_msg("%s", err.text);
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    bi_store_closep(&fixture->db);
    int status = system(bi_arena_printf(&fixture->arena, "rm -rf %s", fixture->folder));
    bi_arena_release(&fixture->arena);
    free(fixture);
    return status;
}

static uint32_t chance(struct fixture *fixture, uint32_t below)
{
    fixture->seed = fixture->seed * 1664525u + 1013904223u;
    return (fixture->seed >> 8) % below;
}

/* Few characters, so that every phrase is common; now and then very long. */
static void random_text(struct fixture *fixture, struct bi_text *text, uint32_t most)
{
    static const char *const LETTERS[] = {"国", "中", "上", "海", "a", "1", "。", "𠮷"};
    bi_text_clear(text);
    bi_text_add(text, "");
    for (uint32_t n = chance(fixture, most); n > 0; n--)
        bi_text_add(text, LETTERS[chance(fixture, 1 + chance(fixture, sizeof LETTERS / sizeof *LETTERS))]);
}

static void load(struct fixture *fixture, int transactions)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *put = NULL, *change = NULL, *remove = NULL;
    BI_CLEANUP(bi_text_release) struct bi_text headline = {0}, byline = {0}, body = {0};
    struct bi_error err;
    assert_int_equal(bi_store_prepare(fixture->db,
                                      "INSERT INTO article (issue_id, ordinal, kind, headline, byline, body, "
                                      "changed) VALUES (1, 1, 'article', ?, ?, ?, '')",
                                      &put, &err),
                     0);
    assert_int_equal(
        bi_store_prepare(fixture->db, "UPDATE article SET body = ? WHERE article_id = ?", &change, &err), 0);
    assert_int_equal(bi_store_prepare(fixture->db, "DELETE FROM article WHERE article_id = ?", &remove, &err),
                     0);
    int articles = 0;
    for (int t = 0; t < transactions; t++) {
        bi_store_exec(fixture->db, "BEGIN", &err);
        for (uint32_t i = chance(fixture, 30); i > 0; i--) {
            random_text(fixture, &headline, 8);
            random_text(fixture, &byline, 4);
            random_text(fixture, &body, chance(fixture, 10) ? 60 : 6000);
            if (bi_store_put(put, &err, "ttt", headline.data, byline.data, body.data) < 0)
                fail_msg("%s", err.text);
            articles++;
        }
        for (uint32_t i = chance(fixture, 6); articles && i > 0; i--) {
            random_text(fixture, &body, 60);
            int id = 1 + (int)chance(fixture, (uint32_t)articles);
            if (bi_store_put(change, &err, "ti", body.data, id) < 0 ||
                bi_store_put(remove, &err, "i", 1 + (int)chance(fixture, (uint32_t)articles)) < 0)
                fail_msg("%s", err.text);
        }
        bi_store_exec(fixture->db, "COMMIT", &err);
    }
}

static void expect_same_numbers(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    assert_int_equal(a_count, b_count);
    if (a_count)
        assert_memory_equal(a, b, a_count * sizeof *a);
}

static size_t compare(struct fixture *fixture, const uint32_t *characters, size_t count)
{
    struct archive_index index;
    struct archive_matches read, shared, asked;
    struct bi_error err;
    bi_store_exec(fixture->db, "BEGIN", &err);
    if (archive_index_open(&index, fixture->db, &err) < 0)
        fail_msg("%s", err.text);
    assert_true(index.known);
    if (archive_phrase_match(&index, characters, count, &read, &err) < 0 ||
        archive_phrase_ask(&index, characters, count, &asked, &err) < 0)
        fail_msg("%s", err.text);
    index.share_bytes = 1; /* as many threads as there are processors */
    if (archive_phrase_match(&index, characters, count, &shared, &err) < 0)
        fail_msg("%s", err.text);
    expect_same_numbers(read.articles, read.count, shared.articles, shared.count);
    expect_same_numbers(read.headlines, read.headline_count, shared.headlines, shared.headline_count);
    if (read.count)
        assert_memory_equal(read.weights, shared.weights, read.count * sizeof *read.weights);
    expect_same_numbers(read.articles, read.count, asked.articles, asked.count);
    expect_same_numbers(read.headlines, read.headline_count, asked.headlines, asked.headline_count);
    size_t found = read.count;
    archive_matches_release(&read);
    archive_matches_release(&shared);
    archive_matches_release(&asked);
    archive_index_close(&index);
    bi_store_exec(fixture->db, "COMMIT", &err);
    return found;
}

static void compare_many(struct fixture *fixture, int phrases)
{
    static const uint32_t LETTERS[] = {0x56FD, 0x4E2D, 0x4E0A, 0x6D77, 'a', '1', 0x3002, 0x20BB7, 0x4EE5};
    size_t found = 0;
    for (int i = 0; i < phrases; i++) {
        uint32_t characters[14];
        size_t count = 1 + chance(fixture, i % 3 ? 3 : 14);
        for (size_t k = 0; k < count; k++)
            characters[k] = LETTERS[chance(fixture, 1 + chance(fixture, 9))];
        found += compare(fixture, characters, count);
    }
    assert_true(found > (size_t)phrases);
}

static void lists_say_what_fts5_says(void **state)
{
    struct fixture *fixture = *state;
    struct bi_error err;
    compare(fixture, (const uint32_t[]){'a'}, 1); /* nothing yet */
    for (int round = 0; round < 6; round++) {
        load(fixture, 12);
        compare_many(fixture, 60);
    }
    /* A merge that is broken off in its middle. */
    bi_store_exec(fixture->db, "INSERT INTO article_fts (article_fts, rank) VALUES ('merge', -3)", &err);
    compare_many(fixture, 60);
    bi_store_exec(fixture->db, "INSERT INTO article_fts (article_fts) VALUES ('optimize')", &err);
    compare_many(fixture, 60);
    bi_store_exec(fixture->db, "DELETE FROM article", &err);
    assert_int_equal(compare(fixture, (const uint32_t[]){0x56FD}, 1), 0);
}

static void sizes_are_those_of_the_texts(void **state)
{
    struct fixture *fixture = *state;
    load(fixture, 10);
    struct archive_index index;
    struct bi_error err;
    assert_int_equal(archive_index_open(&index, fixture->db, &err), 0);
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    assert_int_equal(bi_store_prepare(fixture->db,
                                      "SELECT sum(length(headline) + length(byline) + length(body)) "
                                      "FROM article",
                                      &ask, &err),
                     0);
    assert_int_equal(bi_store_step(ask, &err), 1);
    assert_int_equal((sqlite3_int64)index.characters, sqlite3_column_int64(ask, 0));
    archive_index_close(&index);
}

/* Bytes of the index changed at random: whatever is then found, nothing is read outside of what there is. */
static void a_damaged_index_is_an_error_at_worst(void **state)
{
    struct fixture *fixture = *state;
    struct bi_error err;
    load(fixture, 10);
    sqlite3_db_config(fixture->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL, *write = NULL;
    assert_int_equal(bi_store_prepare(fixture->db,
                                      "SELECT id, block FROM article_fts_data WHERE length(block) > 8 "
                                      "ORDER BY id LIMIT 1 OFFSET ?",
                                      &read, &err),
                     0);
    assert_int_equal(
        bi_store_prepare(fixture->db, "UPDATE article_fts_data SET block = ? WHERE id = ?", &write, &err), 0);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
        bi_store_exec(fixture->db, "BEGIN", &err);
        if (bi_store_bind(read, &err, "i", (int)chance(fixture, i % 2 ? 3 : 40)) == 0 &&
            bi_store_step(read, &err) > 0) {
            int n = sqlite3_column_bytes(read, 1);
            unsigned char *bytes = malloc((size_t)n);
            memcpy(bytes, sqlite3_column_blob(read, 1), (size_t)n);
            for (int k = 0; k < 3; k++)
                bytes[chance(fixture, (uint32_t)(i % 4 || n < 12 ? n : 12))] =
                    (unsigned char)chance(fixture, 256);
            sqlite3_reset(write);
            sqlite3_bind_blob(write, 1, bytes, i % 5 ? n : n / 2, free);
            sqlite3_bind_int64(write, 2, sqlite3_column_int64(read, 0));
            sqlite3_reset(read);
            assert_int_equal(sqlite3_step(write), SQLITE_DONE);
            sqlite3_reset(write);
        }
        struct archive_index index = {0};
        struct archive_matches matches = {0};
        if (archive_index_open(&index, fixture->db, &err) < 0) {
            refused++;
        } else {
            if (index.known &&
                archive_phrase_match(&index, (const uint32_t[]){0x4E2D, 0x56FD}, 2, &matches, &err) < 0)
                refused++;
            archive_matches_release(&matches);
            archive_index_close(&index);
        }
        bi_store_exec(fixture->db, "ROLLBACK", &err);
    }
    assert_true(refused > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists_say_what_fts5_says, setup, teardown),
        cmocka_unit_test_setup_teardown(sizes_are_those_of_the_texts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_damaged_index_is_an_error_at_worst, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
