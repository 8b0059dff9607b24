/* Loading: what goes in comes out of the views, again and again. */
#include "base/cleanup.h"
#include "base/text.h"
#include "load.h"
#include "sample.h"
#include "store.h"

struct fixture {
    struct sample sample;
    char *archive;
    sqlite3 *db;
};

static int setup(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    struct bi_error err;
    sample_make(&fixture->sample);
    fixture->archive = bi_arena_printf(&fixture->sample.arena, "%s/archive.db", fixture->sample.folder);
    if (bi_store_open(fixture->archive, BI_STORE_CREATE, &fixture->db, &err) < 0)
        fail_msg("%s", err.text);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    bi_store_closep(&fixture->db);
    sample_release(&fixture->sample);
    free(fixture);
    return 0;
}

static struct load_counts load_with(struct fixture *fixture, const struct load_runs *runs)
{
    struct load_inputs inputs;
    struct load_counts counts = {0};
    struct bi_error err;
    if (sample_read(&fixture->sample, &inputs, &err) < 0 ||
        load_issue(fixture->db, fixture->archive, &inputs, runs, &counts, &err) < 0)
        fail_msg("%s", err.text);
    load_inputs_release(&inputs);
    return counts;
}

static struct load_counts load(struct fixture *fixture)
{
    return load_with(fixture, &(struct load_runs){0});
}

/* All rows of a query, columns with '|' and rows with '\n' between them. */
static void expect_rows(struct fixture *fixture, const char *sql, const char *expected)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    BI_CLEANUP(bi_text_release) struct bi_text rows = {0};
    if (sqlite3_prepare_v2(fixture->db, sql, -1, &read, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(fixture->db));
    while (sqlite3_step(read) == SQLITE_ROW) {
        bi_text_add(&rows, rows.length ? "\n" : "");
        for (int i = 0; i < sqlite3_column_count(read); i++)
            bi_text_printf(&rows, "%s%s", i ? "|" : "", bi_store_text(read, i));
    }
    assert_string_equal(bi_text_get(&rows), expected);
}

static void every_view_holds_what_was_loaded(void **state)
{
    struct fixture *fixture = *state;
    struct load_counts counts = load(fixture);
    assert_int_equal(counts.pages, 2);
    assert_int_equal(counts.articles, 2);
    assert_int_equal(counts.lines, 6);
    /* The folder's date wins over the printed one. */
    expect_rows(fixture,
                "SELECT issue_id, paper, issue_date, issue_number, total_number, page_count, weekday_printed "
                "FROM archive_issue",
                "1|临江新报|2025-07-04|26|1495||星期五");
    expect_rows(
        fixture,
        "SELECT page_number, section, scan_path, scan_sha256, image_path, width, height, dpi, skew_degrees,"
        " orientation_degrees, confidence, status FROM archive_page WHERE page_number = 2",
        "2||scans/paper/2025-07-04/p2.tif|22|0002/2-deskew.tif|1000|2000|300|-0.25|90|0.75|ok");
    expect_rows(fixture,
                "SELECT article_id, kind, section, kicker, headline, subhead, byline, body, confidence "
                "FROM archive_article",
                "1|article|||食堂的灯|||" SAMPLE_BODY "|0.8\n2|ad|||招租||||0.8");
    expect_rows(fixture, "SELECT * FROM archive_article_page ORDER BY 2, 3",
                "1|1|0|1|100|100|400|200\n1|1|1|2|100|100|400|50\n1|2|0|2|100|150|400|40");
    expect_rows(fixture,
                "SELECT page_number, line_order, role, text, confidence, x, y, w, h, article_id, crosshead "
                "FROM archive_line ORDER BY 1, 2",
                "1|1|headline|食堂的灯|0.75|100|100|400|40|1|0\n"
                "1|2|body|晚上九点半，食堂|0.75|100|150|400|40|1|0\n"
                "1|3|body|小标题|0.75|100|200|400|40|1|1\n"
                "1|4|jump|下转第2版|0.75|100|250|400|40|1|0\n"
                "2|1|ad|招租|0.75|100|150|400|40|2|0\n"
                "2|2|body|的灯还亮着。|0.75|100|100|400|40|1|0");
    expect_rows(
        fixture,
        "SELECT kind, source_page, marker_text, source_article_id, target_page, target_article_id, status,"
        " score, reason FROM archive_link",
        "continuation|1|下转第2版|1|2|1|linked|0.9|the only one\n"
        "teaser|1|>>>刊9版||9||dangling|0.0|there is no page 9");
    expect_rows(
        fixture,
        "SELECT page_number, article_id, kind, severity, detail, created GLOB '20*Z' FROM archive_problem",
        "1|1|dangling-jump|warning|there is no page 9|1");
}

static void glyphs_keep_extents_and_other_readings(void **state)
{
    struct fixture *fixture = *state;
    load(fixture);
    expect_rows(fixture,
                "SELECT line_order, extents, alternatives FROM line_glyphs JOIN page USING (page_id) "
                "WHERE page_number = 1",
                "1|[10,38,90]|[[0,\"\\u0022\",10]]");
}

static void a_line_knows_the_run_that_read_it(void **state)
{
    struct fixture *fixture = *state;
    struct load_run run = {.frame = 1,
                           .stage = "4-ocr",
                           .version = "9.9",
                           .parameters = "",
                           .model = "",
                           .message = "",
                           .started = "2026-01-01T00:00:00Z",
                           .seconds = 1.5};
    load_with(fixture, &(struct load_runs){.runs = &run, .count = 1});
    expect_rows(fixture,
                "SELECT DISTINCT page_number, line.run_id IS NOT NULL, stage, program_version, parameters,"
                " model_sha256, started, seconds, exit_code FROM line JOIN page USING (page_id)"
                " JOIN run USING (run_id) ORDER BY 1",
                "1|1|4-ocr|" BI_VERSION "|preparation=stretched|chi_sim:aa|2026-01-01T00:00:00Z|1.5|0\n"
                "2|1|4-ocr|" BI_VERSION "|preparation=stretched|chi_sim:aa|||0");
    /* The same record once more is no other run; only this second load is. */
    load_with(fixture, &(struct load_runs){.runs = &run, .count = 1});
    expect_rows(fixture,
                "SELECT stage, page_number, count(*) FROM archive_run WHERE stage <> '6-load' GROUP BY 1, 2",
                "4-ocr|1|1\n4-ocr|2|1");
}

/* The journal tells of each execution again with every load: of the output at hand, of those before, of
 * failures. */
static void every_execution_is_kept_once_with_its_own_parameters(void **state)
{
    struct fixture *fixture = *state;
    struct load_run runs[] = {
        {1, "4-ocr", "9.8", "--old", "old:bb", "", "2026-01-01T00:00:00Z", 1, 0},
        {1, "4-ocr", "9.9", "--new", "all:cc", "", "2026-01-02T00:00:00Z", 2, 0},
        {1, "4-ocr", "9.9", "--new", "all:cc", "out of paper", "2026-01-03T00:00:00Z", 3, 3},
        {2, "4-ocr", "9.9", "", "", "killed", "2026-01-01T00:00:00Z", 4, 139},
    };
    static const char ALL[] =
        "SELECT frame, program_version, parameters, model_sha256, started, exit_code, message "
        "FROM archive_run WHERE stage = '4-ocr' ORDER BY frame, started";
    load_with(fixture, &(struct load_runs){.runs = runs, .count = 1});
    for (size_t count = 4; count >= 3; count--) {
        load_with(fixture, &(struct load_runs){.runs = runs, .count = count});
        expect_rows(fixture, ALL,
                    "1|" BI_VERSION "|preparation=stretched|chi_sim:aa|2026-01-01T00:00:00Z|0|\n"
                    "1|" BI_VERSION "|preparation=stretched|chi_sim:aa|2026-01-02T00:00:00Z|0|\n"
                    "1|9.9|--new|all:cc|2026-01-03T00:00:00Z|3|out of paper\n"
                    "2|" BI_VERSION "|preparation=stretched|chi_sim:aa||0|\n"
                    "2|9.9|||2026-01-01T00:00:00Z|139|killed");
    }
    expect_rows(fixture,
                "SELECT DISTINCT page_number, started FROM archive_line JOIN archive_run USING (run_id, "
                "page_number) ORDER BY 1",
                "1|2026-01-02T00:00:00Z\n2|");
    /* Two that were never loaded one by one: the earlier keeps what it was called with. */
    assert_int_equal(sqlite3_exec(fixture->db, "DELETE FROM issue", NULL, NULL, NULL), SQLITE_OK);
    load_with(fixture, &(struct load_runs){.runs = runs, .count = 2});
    expect_rows(fixture, ALL,
                "1|9.8|--old|old:bb|2026-01-01T00:00:00Z|0|\n"
                "1|" BI_VERSION "|preparation=stretched|chi_sim:aa|2026-01-02T00:00:00Z|0|\n"
                "2|" BI_VERSION "|preparation=stretched|chi_sim:aa||0|");
}

/* A person's page is that person's, whatever steps the file still names; a stranger's is of whoever was
 * called. */
static void a_line_knows_the_correction_or_the_program_that_made_it(void **state)
{
    struct fixture *fixture = *state;
    char sha256[BI_SHA256_HEX];
    struct bi_arena *arena = &fixture->sample.arena;
    load(fixture);
    assert_int_equal(bi_sha256_file(bi_arena_printf(arena, "%s/0001/4-ocr.page.xml", fixture->sample.folder),
                                    sha256, NULL),
                     0);
    fixture->sample.pages[1].step_count = 0;
    struct load_run runs[] = {
        {1, "4-correction", "", bi_arena_printf(arena, "sha256=%s", sha256), "", "", "2026-01-04T00:00:00Z",
         0, 0},
        {2, "4-ocr", "kraken 5", "", "", "", "2026-01-01T00:00:00Z", 4, 0},
    };
    load_with(fixture, &(struct load_runs){.runs = runs, .count = 2});
    static const char MAKERS[] =
        "SELECT DISTINCT line.page_number, stage, program_version FROM archive_line AS line "
        "JOIN archive_run USING (run_id) ORDER BY 1";
    expect_rows(fixture, MAKERS, "1|4-correction|\n2|4-ocr|kraken 5");
    /* Another file than the one that was corrected. */
    runs[0].parameters = "sha256=00";
    assert_int_equal(sqlite3_exec(fixture->db, "DELETE FROM issue", NULL, NULL, NULL), SQLITE_OK);
    load_with(fixture, &(struct load_runs){.runs = runs, .count = 2});
    expect_rows(fixture, MAKERS, "1|4-ocr|" BI_VERSION "\n2|4-ocr|kraken 5");
}

/* Versions are counted, and each knows its runs, also after its article has gone. */
static void every_version_of_an_article_knows_the_runs_that_made_it(void **state)
{
    struct fixture *fixture = *state;
    struct bi_articles *all = &fixture->sample.articles;
    struct load_run runs[] = {
        {1, "4-ocr", "", "", "", "", "2026-01-01T00:00:00Z", 1, 0},
        {2, "4-ocr", "", "", "", "", "2026-01-01T00:00:00Z", 1, 0},
        {0, "5-stitch", "", "", "", "", "2026-01-01T00:00:09Z", 1, 0},
        {2, "4-ocr", "", "", "", "", "2026-01-02T00:00:00Z", 1, 0},
        {0, "5-stitch", "", "", "", "", "2026-01-02T00:00:09Z", 1, 0},
    };
    struct bi_step step = {"5-stitch", BI_VERSION, "", ""};
    all->steps = &step;
    all->step_count = 1;
    load_with(fixture, &(struct load_runs){.runs = runs, .count = 3});
    all->articles[0].body = "另一个";
    load_with(fixture, &(struct load_runs){.runs = runs, .count = 5});
    all->articles[0].byline = "苏禾";
    all->article_count = 1;
    all->problem_count = 0;
    all->pages[1].lines[0].article = -1;
    load_with(fixture, &(struct load_runs){.runs = runs, .count = 5});
    expect_rows(fixture, "SELECT article_id, version FROM archive_article", "1|3");
    expect_rows(fixture, "SELECT article_id, version, kind FROM archive_version ORDER BY 1, 2",
                "1|1|article\n1|2|article\n2|1|ad");
    expect_rows(fixture,
                "SELECT article_id, version, frame, stage, started FROM archive_article_run JOIN archive_run "
                "USING (run_id) ORDER BY 1, 2, 4, 3",
                "1|1|1|4-ocr|2026-01-01T00:00:00Z\n1|1|2|4-ocr|2026-01-01T00:00:00Z\n"
                "1|1||5-stitch|2026-01-01T00:00:09Z\n"
                "1|2|1|4-ocr|2026-01-01T00:00:00Z\n1|2|2|4-ocr|2026-01-02T00:00:00Z\n"
                "1|2||5-stitch|2026-01-02T00:00:09Z\n"
                "1|3|1|4-ocr|2026-01-01T00:00:00Z\n1|3|2|4-ocr|2026-01-02T00:00:00Z\n"
                "1|3||5-stitch|2026-01-02T00:00:09Z\n"
                "2|1|2|4-ocr|2026-01-01T00:00:00Z\n2|1||5-stitch|2026-01-01T00:00:09Z");
}

/* Another program holds the archive for longer than this one waits. */
static void a_locked_archive_is_told(void **state)
{
    struct fixture *fixture = *state;
    BI_CLEANUP(bi_store_closep) sqlite3 *other = NULL;
    struct bi_error err = {0};
    load(fixture);
    assert_int_equal(bi_store_open(fixture->archive, BI_STORE_WRITE, &other, &err), 0);
    assert_int_equal(bi_store_exec(other, "BEGIN IMMEDIATE", &err), 0);
    struct load_inputs inputs;
    struct load_counts counts;
    assert_int_equal(sample_read(&fixture->sample, &inputs, &err), 0);
    sqlite3_busy_timeout(fixture->db, 10);
    assert_int_equal(
        load_issue(fixture->db, fixture->archive, &inputs, &(struct load_runs){0}, &counts, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INTERNAL);
    if (!strstr(err.text, "is locked by another program"))
        fail_msg("%s", err.text);
    assert_int_equal(bi_store_exec(other, "ROLLBACK", &err), 0);
    assert_int_equal(
        load_issue(fixture->db, fixture->archive, &inputs, &(struct load_runs){0}, &counts, &err), 0);
    load_inputs_release(&inputs);
}

static void loading_the_same_again_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    load(fixture);
    struct load_counts counts = load(fixture);
    assert_int_equal(counts.kept, 2);
    assert_int_equal(counts.changed + counts.added + counts.removed, 0);
    expect_rows(
        fixture,
        "SELECT (SELECT count(*) FROM issue), (SELECT count(*) FROM page), (SELECT count(*) FROM article),"
        " (SELECT count(*) FROM line), (SELECT count(*) FROM link), (SELECT count(*) FROM problem),"
        " (SELECT count(*) FROM article_version)",
        "1|2|2|6|2|1|0");
    expect_rows(fixture, "SELECT page_id, page_number FROM page ORDER BY 2", "1|1\n2|2");
}

static void ids_stay_when_text_and_order_change_and_the_earlier_text_is_kept(void **state)
{
    struct fixture *fixture = *state;
    load(fixture);
    struct bi_articles *all = &fixture->sample.articles;
    struct bi_article first = all->articles[0];
    first.headline = "食堂的灯，亮着";
    all->articles[0] = all->articles[1];
    all->articles[1] = first;
    for (size_t i = 0; i < all->page_count; i++)
        for (size_t j = 0; j < all->pages[i].line_count; j++)
            all->pages[i].lines[j].article = 1 - all->pages[i].lines[j].article;
    struct load_counts counts = load(fixture);
    assert_int_equal(counts.kept, 1);
    assert_int_equal(counts.changed, 1);
    expect_rows(fixture, "SELECT article_id, headline FROM archive_article ORDER BY ordinal",
                "2|招租\n1|食堂的灯，亮着");
    expect_rows(fixture, "SELECT article_id, headline, body FROM article_version", "1|食堂的灯|" SAMPLE_BODY);
    expect_rows(fixture, "SELECT rowid FROM article_fts WHERE article_fts MATCH '\"灯亮着\" OR \"，亮着\"'",
                "1");
}

static void what_vanishes_is_removed_but_remembered(void **state)
{
    struct fixture *fixture = *state;
    load(fixture);
    fixture->sample.articles.article_count = 1;
    fixture->sample.articles.problem_count = 0;
    fixture->sample.articles.pages[1].lines[0].article = -1;
    assert_int_equal(load(fixture).removed, 1);
    expect_rows(fixture, "SELECT article_id FROM article", "1");
    expect_rows(fixture, "SELECT article_id, headline FROM article_version", "2|招租");
    expect_rows(fixture, "SELECT count(*) FROM article_fts WHERE article_fts MATCH '招租'", "0");
    expect_rows(fixture, "SELECT count(*) FROM problem", "0");
}

static void a_closed_problem_stays_closed(void **state)
{
    struct fixture *fixture = *state;
    load(fixture);
    assert_int_equal(
        sqlite3_exec(fixture->db, "UPDATE problem SET closed = '2026-01-01T00:00:00Z'", NULL, NULL, NULL), 0);
    bi_articles_add_problem(&fixture->sample.articles, 0, -1, "number-gap", "note", "No. 25 is missing");
    load(fixture);
    expect_rows(fixture, "SELECT problem_id, kind, closed FROM archive_problem ORDER BY 1",
                "1|dangling-jump|2026-01-01T00:00:00Z\n2|number-gap|");
}

static void a_frame_that_nobody_speaks_of_is_a_page_without_text(void **state)
{
    struct fixture *fixture = *state;
    struct bi_issue *issue = &fixture->sample.issue;
    struct bi_frame *frames = bi_arena_array(&fixture->sample.arena, 3, sizeof *frames);
    memcpy(frames, issue->frames, 2 * sizeof *frames);
    frames[2] =
        (struct bi_frame){.number = 3, .scan = "p3.tif", .sha256 = "", .format = "", .problem = "is empty"};
    issue->frames = frames;
    issue->frame_count = 3;
    load(fixture);
    expect_rows(
        fixture,
        "SELECT page_number, scan_sha256, image_path, width, dpi, confidence, status FROM archive_page "
        "WHERE frame = 3",
        "3||||||failed: is empty");
}

static void load_as(struct fixture *fixture, const char *date, int number, int total)
{
    struct sample *sample = &fixture->sample;
    sample->issue.date = (char *)date;
    sample->issue.folder = bi_arena_printf(&sample->arena, "%s/scans/paper/%s", sample->folder, date);
    sample->articles.facts.number = number;
    sample->articles.facts.total = total;
    load(fixture);
}

static const char NEIGHBOURS[] =
    "SELECT issue_date, kind, detail FROM archive_problem JOIN archive_issue USING (issue_id) "
    "WHERE kind GLOB 'issue-*' ORDER BY 1";

/* Problems come with the issue that shows them and go with the one that fills the gap. */
static void numbers_follow_those_of_the_issue_before(void **state)
{
    struct fixture *fixture = *state;
    load_as(fixture, "2025-07-04", 26, 1495);
    expect_rows(fixture, NEIGHBOURS, "");
    load_as(fixture, "2025-07-18", 28, 1497);
    expect_rows(fixture, NEIGHBOURS,
                "2025-07-18|issue-gap|总第1497期 follows 总第1495期 of 2025-07-04: 1 between them is not in "
                "the archive");
    load_as(fixture, "2025-07-11", 27, 1496);
    expect_rows(fixture, NEIGHBOURS, "");
    load_as(fixture, "2025-07-25", 29, 1479);
    expect_rows(fixture, NEIGHBOURS,
                "2025-07-25|issue-number|the pages print 总第1479期, the issue before it, of 2025-07-18, has "
                "总第1497期");
    expect_rows(fixture, "SELECT count(*) FROM problem WHERE kind = 'dangling-jump'", "4");
    /* Without a total the number of the year tells; a new year begins anew. */
    load_as(fixture, "2025-07-25", 31, 0);
    expect_rows(fixture, NEIGHBOURS,
                "2025-07-25|issue-gap|第31期 follows 第28期 of 2025-07-18: 2 between them are not in the "
                "archive");
    load_as(fixture, "2025-07-25", 29, 0);
    load_as(fixture, "2026-01-02", 1, 0);
    expect_rows(fixture, NEIGHBOURS, "");
    load_as(fixture, "2025-07-18", 28, 1997); /* more than one a day */
    expect_rows(fixture,
                "SELECT issue_date, kind FROM archive_problem JOIN archive_issue USING (issue_id) "
                "WHERE kind GLOB 'issue-*'",
                "2025-07-18|issue-number");
    load_as(fixture, "2025-07-18", 28, 1498);
    load_as(fixture, "2025-07-18", 28, 1498);
    expect_rows(fixture, "SELECT count(*) FROM problem WHERE kind = 'issue-gap'", "1");
}

static void a_failed_load_leaves_everything_as_it_was(void **state)
{
    struct fixture *fixture = *state;
    load(fixture);
    /* A trigger of a stranger's making stands for whatever may go wrong late. */
    assert_int_equal(
        sqlite3_exec(fixture->db,
                     "CREATE TRIGGER stop BEFORE INSERT ON problem BEGIN SELECT RAISE(ABORT, 'stop'); END",
                     NULL, NULL, NULL),
        0);
    fixture->sample.articles.articles[0].headline = "另一个";
    bi_articles_add_problem(&fixture->sample.articles, 0, -1, "number-gap", "note", "No. 25 is missing");
    struct load_inputs inputs;
    struct load_counts counts;
    struct bi_error err;
    assert_int_equal(sample_read(&fixture->sample, &inputs, &err), 0);
    assert_int_equal(
        load_issue(fixture->db, fixture->archive, &inputs, &(struct load_runs){0}, &counts, &err), -1);
    load_inputs_release(&inputs);
    expect_rows(fixture, "SELECT article_id, headline FROM archive_article", "1|食堂的灯\n2|招租");
    expect_rows(fixture, "SELECT count(*) FROM line", "6");
}

static void sql_in_text_is_text(void **state)
{
    struct fixture *fixture = *state;
    fixture->sample.articles.articles[0].headline = "'); DROP TABLE article; --";
    load(fixture);
    expect_rows(fixture, "SELECT headline FROM archive_article WHERE article_id = 1",
                "'); DROP TABLE article; --");
}

static void expect_refused(struct fixture *fixture, const char *message)
{
    struct load_inputs inputs;
    struct bi_error err = {0};
    assert_int_equal(sample_read(&fixture->sample, &inputs, &err), -1);
    assert_int_equal(err.kind, BI_EXIT_INPUT);
    if (!strstr(err.text, message))
        fail_msg("'%s' is not about '%s'", err.text, message);
}

static void files_that_do_not_fit_together_are_refused(void **state)
{
    struct fixture *fixture = *state;
    struct bi_articles *all = &fixture->sample.articles;
    all->pages[0].lines[0].line_id = "l99";
    expect_refused(fixture, "names line l99");
    all->pages[0].lines[0].line_id = "l1";
    all->pages[1].page_number = 1;
    expect_refused(fixture, "page 1 twice");
    all->pages[1].page_number = 2;
    all->articles[0].parts[1].page_number = 7;
    expect_refused(fixture, "is on page 7");
    all->articles[0].parts[1].page_number = 2;
    all->articles[0].kind = "poem";
    expect_refused(fixture, "of kind poem");
    all->articles[0].kind = "article";
    fixture->sample.pages[1].transform.frame = 1;
    expect_refused(fixture, "is of frame 1, and so is");
    fixture->sample.pages[1].transform.frame = 5;
    expect_refused(fixture, "frame 5");
    fixture->sample.pages[1].transform.frame = 2;
    fixture->sample.issue.frames[1].number = 1;
    expect_refused(fixture, "issue.json: has frame 1 twice");
    fixture->sample.issue.frames[1].number = 2;
    all->facts.date = "2025-02-30";
    expect_refused(fixture, "articles.json: has the date '2025-02-30'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_view_holds_what_was_loaded, setup, teardown),
        cmocka_unit_test_setup_teardown(glyphs_keep_extents_and_other_readings, setup, teardown),
        cmocka_unit_test_setup_teardown(a_line_knows_the_run_that_read_it, setup, teardown),
        cmocka_unit_test_setup_teardown(every_execution_is_kept_once_with_its_own_parameters, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_line_knows_the_correction_or_the_program_that_made_it, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(every_version_of_an_article_knows_the_runs_that_made_it, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_locked_archive_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(loading_the_same_again_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(ids_stay_when_text_and_order_change_and_the_earlier_text_is_kept,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(what_vanishes_is_removed_but_remembered, setup, teardown),
        cmocka_unit_test_setup_teardown(a_closed_problem_stays_closed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_frame_that_nobody_speaks_of_is_a_page_without_text, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(numbers_follow_those_of_the_issue_before, setup, teardown),
        cmocka_unit_test_setup_teardown(a_failed_load_leaves_everything_as_it_was, setup, teardown),
        cmocka_unit_test_setup_teardown(sql_in_text_is_text, setup, teardown),
        cmocka_unit_test_setup_teardown(files_that_do_not_fit_together_are_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
