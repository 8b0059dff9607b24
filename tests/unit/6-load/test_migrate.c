/* Archives of earlier schemas, kept in tests/data/archive as the programs of their time wrote them. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "store.h"
#include "unit.h"

struct fixture {
    struct bi_arena arena;
    char folder[64];
    char *path;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    strcpy(fixture->folder, "/tmp/backissue-migrate-XXXXXX");
    *state = fixture;
    if (!mkdtemp(fixture->folder))
        return -1;
    fixture->path = bi_path_join(&fixture->arena, fixture->folder, "archive.db");
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    int status = system(bi_arena_printf(&fixture->arena, "rm -rf %s", fixture->folder));
    bi_arena_release(&fixture->arena);
    free(fixture);
    return status;
}

/* Puts the kept archive of a schema in place. */
static void take_archive(struct fixture *fixture, int schema)
{
    char *command = bi_arena_printf(&fixture->arena, "gzip -dc %s/archive/schema-%d.db.gz >%s", TEST_DATA,
                                    schema, fixture->path);
    assert_int_equal(system(command), 0);
}

static sqlite3 *open_archive(const char *path, enum bi_store_mode mode)
{
    sqlite3 *db;
    struct bi_error err;
    if (bi_store_open(path, mode, &db, &err) < 0)
        fail_msg("%s", err.text);
    return db;
}

/* All rows of a query; the caller releases. */
static struct bi_text read_rows(sqlite3 *db, const char *sql)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    struct bi_text rows = {0};
    if (sqlite3_prepare_v2(db, sql, -1, &read, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    while (sqlite3_step(read) == SQLITE_ROW) {
        bi_text_add(&rows, rows.length ? "\n" : "");
        for (int i = 0; i < sqlite3_column_count(read); i++)
            bi_text_printf(&rows, "%s%s", i ? "|" : "", bi_store_text(read, i));
    }
    return rows;
}

static void expect_rows(sqlite3 *db, const char *sql, const char *expected)
{
    BI_CLEANUP(bi_text_release) struct bi_text rows = read_rows(db, sql);
    assert_string_equal(bi_text_get(&rows), expected);
}

/* Everything that makes a schema but the wording of CREATE TABLE, which ALTER TABLE does not write as a
 * person does. */
static const char SCHEMA[] =
    "SELECT 'column', l.name, c.name, c.type, c.\"notnull\", ifnull(c.dflt_value, '-'), c.pk, l.wr, l.strict"
    " FROM pragma_table_list AS l, pragma_table_xinfo(l.name) AS c"
    " WHERE l.schema = 'main' AND l.name NOT GLOB 'sqlite_*'"
    " UNION ALL SELECT 'reference', l.name, f.\"from\", f.\"table\", ifnull(f.\"to\", '-'), f.on_delete, "
    "f.seq, '', ''"
    " FROM pragma_table_list AS l, pragma_foreign_key_list(l.name) AS f WHERE l.schema = 'main'"
    " UNION ALL SELECT type, name, tbl_name, sql, '', '', '', '', ''"
    " FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL"
    " UNION ALL SELECT 'checks', name, (length(sql) - length(replace(sql, 'CHECK', ''))) / 5, '', '', '', "
    "'', '', ''"
    " FROM sqlite_schema WHERE type = 'table'"
    " UNION ALL SELECT 'virtual', name, sql, '', '', '', '', '', '' FROM sqlite_schema WHERE sql GLOB "
    "'*VIRTUAL*'"
    " UNION ALL SELECT 'version', user_version, '', '', '', '', '', '', '' FROM pragma_user_version"
    " UNION ALL SELECT 'program', application_id, '', '', '', '', '', '', '' FROM pragma_application_id"
    " ORDER BY 1, 2, 3";

static void every_earlier_schema_becomes_that_of_a_new_archive(void **state)
{
    struct fixture *fixture = *state;
    char *new_path = bi_path_join(&fixture->arena, fixture->folder, "new.db");
    BI_CLEANUP(bi_store_closep) sqlite3 *new = open_archive(new_path, BI_STORE_CREATE);
    BI_CLEANUP(bi_text_release) struct bi_text wanted = read_rows(new, SCHEMA);
    assert_true(wanted.length > 5000);
    for (int schema = 1; schema < BI_STORE_SCHEMA_VERSION; schema++) {
        if (access(bi_arena_printf(&fixture->arena, "%s/archive/schema-%d.db.gz", TEST_DATA, schema), F_OK) <
            0) {
            assert_int_not_equal(schema, 1);
            continue; /* a schema that no released program wrote */
        }
        take_archive(fixture, schema);
        BI_CLEANUP(bi_store_closep) sqlite3 *db = open_archive(fixture->path, BI_STORE_WRITE);
        BI_CLEANUP(bi_text_release) struct bi_text got = read_rows(db, SCHEMA);
        assert_string_equal(bi_text_get(&got), bi_text_get(&wanted));
        expect_rows(db, "PRAGMA integrity_check", "ok");
        expect_rows(db, "PRAGMA foreign_key_check", "");
        assert_int_equal(
            sqlite3_exec(db, "INSERT INTO article_fts (article_fts, rank) VALUES ('integrity-check', 1)",
                         NULL, NULL, NULL),
            SQLITE_OK);
    }
}

/* What schema 1 held is there, and its versions have numbers and what is known of their runs. */
static void expect_content_of_schema_1(sqlite3 *db)
{
    expect_rows(db, "SELECT issue_id, paper, issue_date, total_number FROM archive_issue",
                "1|临江新报|2025-07-04|1495\n2|临江新报|2025-07-11|1495");
    expect_rows(db, "SELECT article_id, version, kind, headline FROM archive_article",
                "1|2|article|老菜场今日开门迎客\n2|1|ad|招租\n3|1|article|老菜场开门迎客");
    expect_rows(db, "SELECT article_id, version, headline FROM archive_version ORDER BY 1",
                "1|1|老菜场开门迎客\n4|1|招租");
    expect_rows(db,
                "SELECT article_id, version, stage FROM archive_article_run JOIN archive_run USING (run_id)",
                "1|2|4-ocr\n1|2|5-stitch\n2|1|5-stitch");
    expect_rows(db, "SELECT count(*), count(run_id) FROM archive_line", "10|3");
    expect_rows(db, "SELECT problem_id, closed IS NOT NULL FROM archive_problem", "1|1\n3|0");
    expect_rows(db, "SELECT scan_size FROM archive_page WHERE page_id = 1", "20");
    expect_rows(db, "SELECT stage, exit_code, message FROM archive_run WHERE exit_code <> 0", "4-ocr|139|");
}

static void an_archive_of_schema_1_opens_with_all_it_held(void **state)
{
    struct fixture *fixture = *state;
    static const enum bi_store_mode MODES[] = {BI_STORE_WRITE, BI_STORE_CREATE, BI_STORE_READ};
    for (size_t i = 0; i < sizeof MODES / sizeof *MODES; i++) {
        take_archive(fixture, 1);
        for (int again = 0; again < 2; again++) {
            BI_CLEANUP(bi_store_closep) sqlite3 *db = open_archive(fixture->path, MODES[i]);
            expect_content_of_schema_1(db);
        }
    }
}

static void a_read_only_archive_of_schema_1_is_read_and_left_as_it_is(void **state)
{
    struct fixture *fixture = *state;
    enum { NOBODY = 65534 };
    char before[BI_SHA256_HEX], after[BI_SHA256_HEX];
    take_archive(fixture, 1);
    assert_int_equal(bi_sha256_file(fixture->path, before, NULL), 0);
    assert_int_equal(chmod(fixture->path, 0444) | chmod(fixture->folder, 0555), 0);
    bool root = geteuid() == 0; /* which writes everywhere, so the test becomes somebody else */
    if (root)
        assert_int_equal(seteuid(NOBODY), 0);
    sqlite3 *db = open_archive(fixture->path, BI_STORE_READ);
    expect_content_of_schema_1(db);
    bi_store_closep(&db);
    struct bi_error err;
    assert_int_equal(bi_store_open(fixture->path, BI_STORE_WRITE, &db, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    if (root)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod(fixture->folder, 0700), 0);
    assert_int_equal(bi_sha256_file(fixture->path, after, NULL), 0);
    assert_string_equal(before, after);
}

static void a_migration_that_fails_leaves_the_archive_as_it_was(void **state)
{
    struct fixture *fixture = *state;
    take_archive(fixture, 1);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    /* A reference into nowhere, as a damaged archive may have. */
    assert_int_equal(sqlite3_exec(db, "UPDATE line SET run_id = 99 WHERE page_id = 1", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    struct bi_error err = {0};
    assert_int_equal(bi_store_open(fixture->path, BI_STORE_WRITE, &db, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_MACHINE);
    if (!strstr(err.text, "archive.db"))
        fail_msg("'%s' does not name the archive", err.text);
    assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
    expect_rows(db, "PRAGMA user_version", "1");
    expect_rows(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'article_run'", "0");
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_earlier_schema_becomes_that_of_a_new_archive, setup, teardown),
        cmocka_unit_test_setup_teardown(an_archive_of_schema_1_opens_with_all_it_held, setup, teardown),
        cmocka_unit_test_setup_teardown(a_read_only_archive_of_schema_1_is_read_and_left_as_it_is, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_migration_that_fails_leaves_the_archive_as_it_was, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
