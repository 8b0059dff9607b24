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
#include "base/text.h"
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
    "INSERT INTO article (article_id, issue_id, ordinal, kind, section, headline, kicker, body, changed, "
    "confidence) VALUES"
    " (1, 1, 1, 'article', '要闻', '老菜场开门迎客', '', '菜场改造之后第一天。街坊来了不少人。', '', 0.4),"
    " (2, 1, 2, 'article', '综合', '食堂的灯亮着', '', '隔壁是菜场，食堂从菜场进货。', '', 0.9),"
    " (3, 2, 1, 'ad', NULL, '招租', '', '菜场旁旺铺', '', NULL),"
    " (4, 2, 2, 'article', NULL, '', '国庆前夕', '这里没有那两个字。', '', 0.9);"
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

static struct archive_results find(struct fixture *fixture, const char *query, struct archive_search search)
{
    struct archive_query parsed;
    struct archive_results results = {0};
    struct bi_error err;
    if (archive_query_parse(query, false, &fixture->arena, &parsed, &err) < 0 ||
        archive_find(&fixture->archive, &parsed, &search, &fixture->arena, &results, &err) < 0)
        fail_msg("%s: %s", query, err.text);
    return results;
}

static void expect_ids(const char *query, struct archive_results results, const char *expected)
{
    BI_CLEANUP(bi_text_release) struct bi_text ids = {0};
    for (size_t i = 0; i < results.count; i++)
        bi_text_printf(&ids, "%s%lld", i ? " " : "", results.hits[i].article_id);
    if (strcmp(bi_text_get(&ids), expected) != 0)
        fail_msg("%s: found %s, not %s", query, bi_text_get(&ids), expected);
}

static const struct archive_filter ANYTHING = {0};

/* The ids that are found, in order, as "1 2". */
static void expect_found(struct fixture *fixture, const char *query, struct archive_filter filter,
                         const char *expected)
{
    struct archive_results all = find(fixture, query, (struct archive_search){.filter = filter, .limit = -1});
    expect_ids(query, all, expected);
    struct archive_results none = find(fixture, query, (struct archive_search){.filter = filter});
    assert_int_equal(none.count, 0);
    assert_int_equal(none.total, all.count);
}

static void a_headline_weighs_more_than_a_body(void **state)
{
    expect_found(*state, "菜场", ANYTHING, "1 3 2");
}

static void scores_are_those_of_fts5(void **state)
{
    struct fixture *fixture = *state;
    struct bi_error err;
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *ask = NULL;
    assert_int_equal(bi_store_prepare(fixture->archive.db,
                                      "SELECT -rank FROM article_fts WHERE article_fts MATCH "
                                      "'\"菜场\" OR \"改造\"' ORDER BY rank",
                                      &ask, &err),
                     0);
    struct archive_results results = find(fixture, "菜场 OR 改造", (struct archive_search){.limit = -1});
    assert_int_equal(results.count, 3);
    for (size_t i = 0; i < results.count; i++) {
        assert_int_equal(bi_store_step(ask, &err), 1);
        assert_float_equal(results.hits[i].score, sqlite3_column_double(ask, 0), 1e-9);
    }
}

static void results_come_newest_first_if_asked(void **state)
{
    struct archive_search search = {.limit = -1, .order = ARCHIVE_ORDER_DATE};
    expect_ids("菜场", find(*state, "菜场", search), "3 1 2");
    search.offset = 1;
    expect_ids("菜场", find(*state, "菜场", search), "1 2");
}

static void words_begin_where_a_star_asks_for_it(void **state)
{
    struct fixture *fixture = *state;
    struct bi_error err;
    assert_int_equal(
        bi_store_exec(fixture->archive.db,
                      "UPDATE article SET body = '用 Ｌｉｎｕｘ 系统，smart art' WHERE article_id = 4", &err),
        0);
    expect_found(fixture, "art*", ANYTHING, "4");
    expect_found(fixture, "mart*", ANYTHING, "");
    expect_found(fixture, "mart", ANYTHING, "4");
    expect_found(fixture, "lin*", ANYTHING, "4");
    expect_found(fixture, "菜*", ANYTHING, "1 2 3");
    struct archive_results results = find(fixture, "art*", (struct archive_search){.limit = 1});
    assert_string_equal(results.hits[0].snippet, "用 Ｌｉｎｕｘ 系统，smart \x01"
                                                 "art\x02");
}

/* Article 4 has 莱场 where recognition thought of 菜, article 5 where it did not, article 6 where it was
 * unsure. */
static void put_misread_articles(struct fixture *fixture)
{
    struct bi_error err;
    if (bi_store_exec(
            fixture->archive.db,
            "UPDATE article SET body = '从前\n进口莱场的水，Ａ组' WHERE article_id = 4;"
            "INSERT INTO article (article_id, issue_id, ordinal, kind, headline, body, changed)"
            " VALUES (5, 2, 3, 'article', '莱场', '', ''), (6, 2, 4, 'article', '', '去莱场', '');"
            "INSERT INTO line (page_id, line_order, region_id, line_id, role, text, vertical, x, y, w,"
            " h, article_id) VALUES (3, 1, 'r', 'l', 'body', '进口 莱场的水，Ａ组', 0, 0, 0, 1, 1, 4),"
            " (3, 2, 'r', 'm', 'headline', '莱场', 0, 0, 0, 1, 1, 5),"
            " (3, 3, 'r', 'n', 'body', '去 莱场', 0, 0, 0, 1, 1, 6);"
            "INSERT INTO line_glyphs VALUES"
            " (3, 1, '[]', '[[2,\"菜\",30],[2,\"茶\",9],[7,\"Ｂ\",20]]'),"
            " (3, 2, '[0,9,99, 9,9,40]', NULL), (3, 3, '[0,9,99, 9,9,60, 18,9,99]', NULL)",
            &err) < 0)
        fail_msg("%s", err.text);
}

static void what_may_be_misread_is_found_if_asked_and_called_probable(void **state)
{
    struct fixture *fixture = *state;
    put_misread_articles(fixture);
    expect_found(fixture, "菜场", ANYTHING, "1 3 2");
    struct archive_search search = {.limit = -1, .fuzzy = true};
    struct archive_results results = find(fixture, "菜场", search);
    expect_ids("菜场", results, "1 3 2 4 6");
    assert_int_equal(results.total, 5);
    assert_int_equal(results.probable, 2);
    assert_false(results.hits[2].probable);
    assert_true(results.hits[3].probable);
    assert_float_equal(results.hits[3].score, 0.3, 1e-9);
    assert_float_equal(results.hits[4].score, 0.2, 1e-9);
    assert_string_equal(results.hits[3].snippet, "从前\n进口\x01莱场\x02的水，Ａ组");
    expect_ids("茶", find(fixture, "茶", search), "4");
    expect_ids("b组", find(fixture, "b组", search), "4");
    expect_ids("菜地", find(fixture, "菜地", search), "");
    expect_ids("菜场 街坊", find(fixture, "菜场 街坊", search), "1");
    expect_ids("进口 菜场 -茶", find(fixture, "进口 菜场 -茶", search), "4");
    expect_ids(
        "菜场 kind",
        find(fixture, "菜场", (struct archive_search){.limit = -1, .fuzzy = true, .filter.kind = "ad"}), "3");
}

static void pages_of_results_go_on_with_what_is_probable(void **state)
{
    struct fixture *fixture = *state;
    put_misread_articles(fixture);
    expect_ids("菜场", find(fixture, "菜场", (struct archive_search){.limit = 2, .offset = 2, .fuzzy = true}),
               "2 4");
    expect_ids("菜场", find(fixture, "菜场", (struct archive_search){.limit = 2, .offset = 3, .fuzzy = true}),
               "4 6");
    expect_ids("菜场", find(fixture, "菜场", (struct archive_search){.limit = 2, .fuzzy = true}), "1 3");
    expect_ids("菜场", find(fixture, "菜场", (struct archive_search){.limit = 2, .offset = 5, .fuzzy = true}),
               "");
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
    expect_found(fixture, "菜场", (struct archive_filter){.confidence = 0.5}, "2");
    expect_found(fixture, "菜场", (struct archive_filter){.paper = "' OR 1=1 --"}, "");
}

static void pages_of_results_follow_each_other(void **state)
{
    struct fixture *fixture = *state;
    expect_ids("菜场", find(fixture, "菜场", (struct archive_search){.limit = 2}), "1 3");
    struct archive_results second = find(fixture, "菜场", (struct archive_search){.limit = 2, .offset = 2});
    expect_ids("菜场", second, "2");
    assert_int_equal(second.total, 3);
    expect_ids("菜场", find(fixture, "菜场", (struct archive_search){.limit = 2, .offset = 9}), "");
}

static void a_hit_says_where_and_marks_what(void **state)
{
    const struct archive_hit *hits = find(*state, "菜場", (struct archive_search){.limit = 1}).hits;
    assert_string_equal(hits[0].paper, "临江新报");
    assert_string_equal(hits[0].date, "2025-06-30");
    assert_string_equal(hits[0].pages, "1, 4");
    assert_string_equal(hits[0].headline, "老\x01菜场\x02开门迎客");
    assert_string_equal(hits[0].snippet, "\x01菜场\x02改造之后第一天。街坊来了不少人。");
    assert_true(hits[0].score > 0);
}

static void what_matches_outside_headline_and_body_is_shown_instead(void **state)
{
    struct archive_results results = find(*state, "国庆", (struct archive_search){.limit = 1});
    assert_int_equal(results.count, 1);
    assert_string_equal(results.hits[0].snippet, "\x01国庆\x02前夕");
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
        cmocka_unit_test_setup_teardown(scores_are_those_of_fts5, setup, teardown),
        cmocka_unit_test_setup_teardown(results_come_newest_first_if_asked, setup, teardown),
        cmocka_unit_test_setup_teardown(words_begin_where_a_star_asks_for_it, setup, teardown),
        cmocka_unit_test_setup_teardown(what_may_be_misread_is_found_if_asked_and_called_probable, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(pages_of_results_go_on_with_what_is_probable, setup, teardown),
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
