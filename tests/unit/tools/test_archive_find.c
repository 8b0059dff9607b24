/* Searching an archive: order, filters, paging, marks. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/article.h"
#include "archive/check.h"
#include "archive/find.h"
#include "archive/query.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "store.h"
#include "unit.h"

struct fixture {
    struct bi_arena arena;
    char folder[64];
    struct archive archive;
};

static const char ROWS[] =
    "INSERT INTO issue (issue_id, title, name, paper, issue_date, folder, loaded) VALUES"
    " (1, 'linjiang', '2025-06-30', '临江新报', '2025-06-30', 's', ''),"
    " (2, 'haibin', '2025-07-01', '海滨日报', '2025-07-01', 's', '');"
    "INSERT INTO page (page_id, issue_id, frame, page_number, scan_path, scan_index, status) VALUES"
    " (1, 1, 1, 1, 'a.tif', 0, 'ok'), (2, 1, 2, 4, 'b.tif', 0, 'ok'), (3, 2, 1, 1, 'c.tif', 0, 'ok');"
    "INSERT INTO article (article_id, issue_id, ordinal, kind, section, headline, kicker, body, changed) "
    "VALUES"
    " (1, 1, 1, 'article', '要闻', '老菜场开门迎客', '', '菜场改造之后第一天。街坊来了不少人。', ''),"
    " (2, 1, 2, 'article', '综合', '食堂的灯亮着', '', '隔壁是菜场，食堂从菜场进货。', ''),"
    " (3, 2, 1, 'ad', NULL, '招租', '', '菜场旁旺铺', ''),"
    " (4, 2, 2, 'article', NULL, '', '国庆前夕', '这里没有那两个字。', '');"
    "INSERT INTO article_part VALUES (1, 0, 1, 0, 0, 9, 9), (1, 1, 2, 0, 0, 9, 9), (2, 0, 2, 0, 0, 9, 9),"
    " (3, 0, 3, 0, 0, 9, 9), (4, 0, 3, 0, 0, 9, 9);"
    "INSERT INTO link (issue_id, kind, source_page, marker_text, source_article_id, target_page, "
    "target_article_id,"
    " status, score, reason) VALUES (1, 'continuation', 1, '下转第4版', 1, 4, 1, 'linked', 1, 'same words')";

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct bi_error err;
    strcpy(fixture->folder, "/tmp/backissue-find-XXXXXX");
    *state = fixture;
    if (!mkdtemp(fixture->folder))
        return -1;
    const char *path = bi_path_join(&fixture->arena, fixture->folder, "archive.db");
    BI_CLEANUP(bi_store_closep) sqlite3 *db = NULL;
    if (bi_store_open(path, BI_STORE_CREATE, &db, &err) < 0 || bi_store_exec(db, ROWS, &err) < 0 ||
        archive_open(&fixture->archive, path, true, &err) < 0)
        fail_msg("%s", err.text);
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    archive_close(&fixture->archive);
    int status = system(bi_arena_printf(&fixture->arena, "rm -rf %s", fixture->folder));
    bi_arena_release(&fixture->arena);
    free(fixture);
    return status;
}

static struct archive_hit *find(struct fixture *fixture, const char *query, struct archive_filter filter,
                                long limit, long offset, size_t *count)
{
    BI_CLEANUP(bi_text_release) struct bi_text expression = {0};
    struct archive_hit *hits = NULL;
    struct bi_error err;
    *count = 0;
    if (archive_query(query, false, &expression, &err) < 0 ||
        archive_find(&fixture->archive, expression.data, &filter, limit, offset, &fixture->arena, &hits,
                     count, &err) < 0)
        fail_msg("%s: %s", query, err.text);
    return hits;
}

/* The ids that are found, in order, as "1 2". */
static void expect_found(struct fixture *fixture, const char *query, struct archive_filter filter,
                         const char *expected)
{
    size_t count;
    struct archive_hit *hits = find(fixture, query, filter, -1, 0, &count);
    BI_CLEANUP(bi_text_release) struct bi_text ids = {0}, expression = {0};
    for (size_t i = 0; i < count; i++)
        bi_text_printf(&ids, "%s%lld", i ? " " : "", hits[i].article_id);
    if (strcmp(bi_text_get(&ids), expected) != 0)
        fail_msg("%s: found %s, not %s", query, bi_text_get(&ids), expected);
    long counted;
    assert_int_equal(archive_query(query, false, &expression, NULL), 0);
    assert_int_equal(archive_count(&fixture->archive, expression.data, &filter, &counted, NULL), 0);
    assert_int_equal(counted, (long)count);
}

static const struct archive_filter ANYTHING = {0};

static void a_headline_weighs_more_than_a_body(void **state)
{
    expect_found(*state, "菜场", ANYTHING, "1 3 2");
}

static void words_may_stand_in_different_parts_of_an_article(void **state)
{
    expect_found(*state, "迎客 街坊", ANYTHING, "1");
    expect_found(*state, "菜场 -食堂 -旺铺", ANYTHING, "1");
    expect_found(*state, "街坊 OR 國慶", ANYTHING, "4 1");
    expect_found(*state, "没有的词", ANYTHING, "");
}

static void filters_narrow_the_search(void **state)
{
    struct fixture *fixture = *state;
    expect_found(fixture, "菜场", (struct archive_filter){.paper = "海滨日报"}, "3");
    expect_found(fixture, "菜场", (struct archive_filter){.paper = "linjiang"}, "1 2");
    expect_found(fixture, "菜场", (struct archive_filter){.kind = "article"}, "1 2");
    expect_found(fixture, "菜场", (struct archive_filter){.section = "综合"}, "2");
    expect_found(fixture, "菜场", (struct archive_filter){.page = 1}, "1 3");
    expect_found(fixture, "菜场", (struct archive_filter){.page = 4}, "1 2");
    expect_found(fixture, "菜场", (struct archive_filter){.from = "2025-07-01"}, "3");
    expect_found(fixture, "菜场", (struct archive_filter){.from = "2025-07"}, "3");
    expect_found(fixture, "菜场", (struct archive_filter){.to = "2025-06"}, "1 2");
    expect_found(fixture, "菜场", (struct archive_filter){.from = "2025", .to = "2025"}, "1 3 2");
    expect_found(fixture, "菜场", (struct archive_filter){.paper = "' OR 1=1 --"}, "");
}

static void pages_of_results_follow_each_other(void **state)
{
    struct fixture *fixture = *state;
    size_t count;
    struct archive_hit *hits = find(fixture, "菜场", ANYTHING, 2, 0, &count);
    assert_int_equal(count, 2);
    assert_int_equal(hits[0].article_id, 1);
    hits = find(fixture, "菜场", ANYTHING, 2, 2, &count);
    assert_int_equal(count, 1);
    assert_int_equal(hits[0].article_id, 2);
}

static void a_hit_says_where_and_marks_what(void **state)
{
    size_t count;
    struct archive_hit *hits = find(*state, "菜場", ANYTHING, 1, 0, &count);
    assert_string_equal(hits[0].paper, "临江新报");
    assert_string_equal(hits[0].date, "2025-06-30");
    assert_string_equal(hits[0].pages, "1, 4");
    assert_string_equal(hits[0].headline, "老\x01菜场\x02开门迎客");
    assert_string_equal(hits[0].snippet, "\x01菜场\x02改造之后第一天。街坊来了不少人。");
    assert_true(hits[0].score > 0);
}

static void what_matches_outside_headline_and_body_is_shown_instead(void **state)
{
    size_t count;
    struct archive_hit *hits = find(*state, "国庆", ANYTHING, 1, 0, &count);
    assert_int_equal(count, 1);
    assert_string_equal(hits[0].snippet, "\x01国庆\x02前夕");
}

static void an_article_is_read_whole(void **state)
{
    struct fixture *fixture = *state;
    struct archive_article article;
    struct bi_error err;
    assert_int_equal(archive_article_read(&fixture->archive, 1, &fixture->arena, &article, &err), 0);
    assert_string_equal(article.headline, "老菜场开门迎客");
    assert_int_equal(article.part_count, 2);
    assert_int_equal(article.parts[1].page, 4);
    assert_int_equal(article.link_count, 1);
    assert_string_equal(article.links[0].reason, "same words");
    assert_int_equal(archive_article_read(&fixture->archive, 99, &fixture->arena, &article, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
}

static void paths_start_from_the_archives_folder(void **state)
{
    struct fixture *fixture = *state;
    BI_CLEANUP(bi_freep) char *folder = realpath(fixture->folder, NULL);
    assert_string_equal(archive_path(&fixture->arena, &fixture->archive, "work/p.tif"),
                        bi_path_join(&fixture->arena, folder, "work/p.tif"));
    assert_string_equal(archive_path(&fixture->arena, &fixture->archive, "/p.tif"), "/p.tif");
}

static void remember(void *context, const char *fault)
{
    struct bi_text *faults = context;
    bi_text_printf(faults, "%s\n", fault);
}

static void expect_faults(struct fixture *fixture, bool with_files, size_t count, const char *about)
{
    BI_CLEANUP(bi_text_release) struct bi_text faults = {0};
    struct archive_checks checks;
    struct bi_error err;
    if (archive_check(&fixture->archive, with_files, NULL, remember, &faults, &checks, &err) < 0)
        fail_msg("%s", err.text);
    if (checks.faults != count || (about && !strstr(bi_text_get(&faults), about)))
        fail_msg("%zu faults: %s", checks.faults, bi_text_get(&faults));
}

static void checking_finds_missing_and_changed_files(void **state)
{
    struct fixture *fixture = *state;
    expect_faults(fixture, false, 0, NULL);
    expect_faults(fixture, true, 3, "page 4, scan");
    for (const char *name = "abc"; *name; name++)
        assert_int_equal(bi_file_write(bi_arena_printf(&fixture->arena, "%s/%c.tif", fixture->folder, *name),
                                       "x", 1, NULL),
                         0);
    expect_faults(fixture, true, 0, NULL);
    assert_int_equal(
        bi_store_exec(fixture->archive.db, "UPDATE page SET scan_sha256 = 'ff' WHERE page_id = 2", NULL), 0);
    expect_faults(fixture, true, 1, "has changed");
}

static void checking_finds_an_index_that_disagrees_and_lost_references(void **state)
{
    struct fixture *fixture = *state;
    sqlite3 *db = fixture->archive.db;
    assert_int_equal(
        bi_store_exec(
            db, "DROP TRIGGER article_updated; UPDATE article SET body = '别的' WHERE article_id = 1", NULL),
        0);
    expect_faults(fixture, false, 1, "full-text index");
    assert_int_equal(bi_store_exec(db, "INSERT INTO article_fts (article_fts) VALUES ('rebuild')", NULL), 0);
    expect_faults(fixture, false, 0, NULL);
    assert_int_equal(
        bi_store_exec(db, "PRAGMA foreign_keys = OFF; INSERT INTO article_part VALUES (99, 0, 1, 0, 0, 1, 1)",
                      NULL),
        0);
    expect_faults(fixture, false, 1, "table article_part refers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_headline_weighs_more_than_a_body, setup, teardown),
        cmocka_unit_test_setup_teardown(words_may_stand_in_different_parts_of_an_article, setup, teardown),
        cmocka_unit_test_setup_teardown(filters_narrow_the_search, setup, teardown),
        cmocka_unit_test_setup_teardown(pages_of_results_follow_each_other, setup, teardown),
        cmocka_unit_test_setup_teardown(a_hit_says_where_and_marks_what, setup, teardown),
        cmocka_unit_test_setup_teardown(what_matches_outside_headline_and_body_is_shown_instead, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(an_article_is_read_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(paths_start_from_the_archives_folder, setup, teardown),
        cmocka_unit_test_setup_teardown(checking_finds_missing_and_changed_files, setup, teardown),
        cmocka_unit_test_setup_teardown(checking_finds_an_index_that_disagrees_and_lost_references, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
