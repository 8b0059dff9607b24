/* backissue list: the issues of an archive by date, or the articles of one of them. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "archive/gaps.h"
#include "archive/print.h"
#include "archive/verb.h"
#include "base/cleanup.h"
#include "store.h"
#include "verbs.h"

enum { KEY_JSON = 0x100, KEY_PAPER, KEY_FROM, KEY_TO, KEY_GAPS };

struct options {
    const char *archive, *issue, *paper, *from, *to;
    bool json, gaps;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'a':
        options->archive = argument;
        return 0;
    case KEY_JSON:
        options->json = true;
        return 0;
    case KEY_PAPER:
        options->paper = argument;
        return 0;
    case KEY_FROM:
        options->from = archive_verb_date(state, "--from", argument);
        return 0;
    case KEY_TO:
        options->to = archive_verb_date(state, "--to", argument);
        return 0;
    case KEY_GAPS:
        options->gaps = true;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            argp_error(state, "one issue at a time");
        options->issue = argument;
        return 0;
    case ARGP_KEY_END:
        if (options->gaps && options->issue)
            argp_error(state, "--gaps takes no issue");
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option OPTIONS[] = {
    ARCHIVE_VERB_OPTION,
    {"json", KEY_JSON, NULL, 0, "one JSON object a line", 0},
    {"paper", KEY_PAPER, "NAME", 0, "only this paper (its name, or its title's folder)", 0},
    {"from", KEY_FROM, "DATE", 0, "only from this day, month or year on", 0},
    {"to", KEY_TO, "DATE", 0, "only up to it", 0},
    {"gaps", KEY_GAPS, NULL, 0, "the issues that are missing, instead of those that are there", 0},
    {0},
};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .args_doc = "[ISSUE]",
    .doc = "Lists the issues by date, with the articles and open problems they have; or the articles of the "
           "issue "
           "that is given by its id or date, in reading order; or with --gaps what is missing in a paper's "
           "calendar.",
};

static const char SELECT_ISSUES[] =
    "SELECT issue_id, issue_date, ifnull(paper, title), issue_number, total_number,"
    " (SELECT count(*) FROM archive_page WHERE archive_page.issue_id = i.issue_id) AS pages,"
    " (SELECT count(*) FROM archive_article WHERE archive_article.issue_id = i.issue_id AND kind = "
    "'article'),"
    " (SELECT count(*) FROM archive_problem WHERE archive_problem.issue_id = i.issue_id AND closed IS NULL) "
    "FROM archive_issue AS i WHERE (?1 IS NULL OR ?1 IN (paper, title)) AND (?2 IS NULL OR issue_date >= ?2)"
    " AND (?3 IS NULL OR issue_date <= ?3 || '~') ORDER BY issue_date, title, name";

static const char SELECT_ARTICLES[] =
    "SELECT article_id, issue_date, ifnull(paper, title), kind, headline,"
    " (SELECT group_concat(page_number, ', ') FROM (SELECT page_number FROM archive_article_page AS part"
    "  WHERE part.article_id = a.article_id ORDER BY part_order)), length(body) "
    "FROM archive_article AS a JOIN archive_issue USING (issue_id) WHERE (issue_date = ?1 OR name = ?1 OR"
    " issue_id = CASE WHEN ?1 NOT GLOB '*[^0-9]*' THEN CAST(?1 AS INTEGER) END)"
    " AND (?2 IS NULL OR ?2 IN (paper, title)) ORDER BY issue_date, issue_id, ordinal";

static void print_issue(sqlite3_stmt *row, bool json)
{
    if (json) {
        archive_json_print(stdout, json_pack("{s:I,s:o,s:o,s:I,s:I,s:I,s:I,s:I}", "issue_id",
                                             (json_int_t)sqlite3_column_int64(row, 0), "date",
                                             archive_json_text(bi_store_text(row, 1)), "paper",
                                             archive_json_text(bi_store_text(row, 2)), "issue_number",
                                             (json_int_t)sqlite3_column_int64(row, 3), "total_number",
                                             (json_int_t)sqlite3_column_int64(row, 4), "pages",
                                             (json_int_t)sqlite3_column_int64(row, 5), "articles",
                                             (json_int_t)sqlite3_column_int64(row, 6), "problems",
                                             (json_int_t)sqlite3_column_int64(row, 7)));
        return;
    }
    const char *date = bi_store_text(row, 1);
    printf("%-10s  ", *date ? date : "no date");
    archive_print(stdout, bi_store_text(row, 2), ARCHIVE_MARKING_NONE);
    if (sqlite3_column_int(row, 3))
        printf("  第%d期", sqlite3_column_int(row, 3));
    printf("  %d pages  %d articles", sqlite3_column_int(row, 5), sqlite3_column_int(row, 6));
    if (sqlite3_column_int(row, 7))
        printf("  %d problems", sqlite3_column_int(row, 7));
    printf("  [%lld]\n", sqlite3_column_int64(row, 0));
}

static void print_article(sqlite3_stmt *row, bool json)
{
    if (json) {
        archive_json_print(stdout, json_pack("{s:I,s:o,s:o,s:o,s:o,s:o,s:I}", "article_id",
                                             (json_int_t)sqlite3_column_int64(row, 0), "date",
                                             archive_json_text(bi_store_text(row, 1)), "paper",
                                             archive_json_text(bi_store_text(row, 2)), "kind",
                                             archive_json_text(bi_store_text(row, 3)), "headline",
                                             json_string(bi_store_text(row, 4)), "pages",
                                             archive_json_numbers(bi_store_text(row, 5)), "characters",
                                             (json_int_t)sqlite3_column_int64(row, 6)));
        return;
    }
    printf("[%lld]  p. %s  %s  ", sqlite3_column_int64(row, 0), bi_store_text(row, 5), bi_store_text(row, 3));
    const char *headline = bi_store_text(row, 4);
    archive_print(stdout, *headline ? headline : "(without headline)", ARCHIVE_MARKING_NONE);
    printf("  (%d)\n", sqlite3_column_int(row, 6));
}

static int list(const struct archive *archive, const struct options *options, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive->db, options->issue ? SELECT_ARTICLES : SELECT_ISSUES, &read, err) < 0)
        return -1;
    int status = options->issue ? bi_store_bind(read, err, "tt", options->issue, options->paper)
                                : bi_store_bind(read, err, "ttt", options->paper, options->from, options->to);
    if (status < 0)
        return -1;
    int row;
    bool any = false;
    while ((row = bi_store_step(read, err)) > 0) {
        any = true;
        if (options->issue)
            print_article(read, options->json);
        else
            print_issue(read, options->json);
    }
    if (row == 0 && !any)
        bi_program_warn(options->issue ? "no articles of issue '%s'" : "no issues", options->issue);
    return row;
}

static int list_verb(const struct options *options, struct bi_error *err)
{
    BI_CLEANUP(archive_close) struct archive archive = {0};
    if (archive_open(&archive, archive_choose(options->archive), false, err) < 0)
        return -1;
    if (!options->gaps)
        return list(&archive, options, err);
    size_t count;
    if (archive_gaps_print(&archive, options->paper, options->from, options->to, options->json, &count, err) <
        0)
        return -1;
    if (count == 0)
        bi_program_warn("no gaps");
    return 0;
}

int bi_verb_list(int argc, char **argv)
{
    struct options options = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);
    struct bi_error err;
    return archive_verb_end(list_verb(&options, &err), &err);
}
