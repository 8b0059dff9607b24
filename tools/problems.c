/* backissue problems: the worklist of an archive, and settling what is on it. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "archive/print.h"
#include "archive/problem.h"
#include "archive/verb.h"
#include "base/cleanup.h"
#include "store.h"
#include "verbs.h"

enum { KEY_JSON = 0x100, KEY_ALL, KEY_KIND, KEY_ISSUE, KEY_CLOSE, KEY_REOPEN };

struct options {
    const char *archive, *kind, *issue;
    long close, reopen;
    bool json, all;
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
    case KEY_ALL:
        options->all = true;
        return 0;
    case KEY_KIND:
        options->kind = argument;
        return 0;
    case KEY_ISSUE:
        options->issue = argument;
        return 0;
    case KEY_CLOSE:
        options->close = archive_verb_number(state, "--close", argument, 1);
        return 0;
    case KEY_REOPEN:
        options->reopen = archive_verb_number(state, "--reopen", argument, 1);
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option OPTIONS[] = {
    ARCHIVE_VERB_OPTION,
    {"json", KEY_JSON, NULL, 0, "one JSON object a line", 1},
    {"all", KEY_ALL, NULL, 0, "closed ones too", 1},
    {"kind", KEY_KIND, "KIND", 0, "only problems of this kind", 1},
    {"issue", KEY_ISSUE, "DATE", 0, "only problems of the issue of this date", 1},
    {"close", KEY_CLOSE, "ID", 0, "mark a problem as settled", 2},
    {"reopen", KEY_REOPEN, "ID", 0, "take that back", 2},
    {0},
};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .doc =
        "Lists what a person should look at: pages that could not be read, pointers that lead nowhere, text "
        "that "
        "is doubtful. The worst come first. A settled problem stays settled when its issue is loaded again.",
};

static const char SELECT[] =
    "SELECT problem_id, issue_date, ifnull(paper, title), page_number, article_id, kind, severity, detail, "
    "closed "
    "FROM archive_problem JOIN archive_issue USING (issue_id) "
    "WHERE (?1 OR closed IS NULL) AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR ?3 IN (issue_date, name)) "
    "ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, issue_date, issue_id, "
    "page_number,"
    " problem_id";

static void print_problem(sqlite3_stmt *row, bool json)
{
    if (json) {
        json_t *page = sqlite3_column_int(row, 3) ? json_integer(sqlite3_column_int(row, 3)) : json_null();
        json_t *article =
            sqlite3_column_int64(row, 4) ? json_integer(sqlite3_column_int64(row, 4)) : json_null();
        archive_json_print(stdout, json_pack("{s:I,s:o,s:o,s:o,s:o,s:s,s:s,s:s,s:o}", "problem_id",
                                             (json_int_t)sqlite3_column_int64(row, 0), "date",
                                             archive_json_text(bi_store_text(row, 1)), "paper",
                                             archive_json_text(bi_store_text(row, 2)), "page", page,
                                             "article_id", article, "kind", bi_store_text(row, 5), "severity",
                                             bi_store_text(row, 6), "detail", bi_store_text(row, 7), "closed",
                                             archive_json_text(bi_store_text(row, 8))));
        return;
    }
    printf("[%lld]  %s  %s  ", sqlite3_column_int64(row, 0), bi_store_text(row, 6), bi_store_text(row, 1));
    archive_print(stdout, bi_store_text(row, 2), ARCHIVE_MARKING_NONE);
    if (sqlite3_column_int(row, 3))
        printf("  p. %d", sqlite3_column_int(row, 3));
    if (sqlite3_column_int64(row, 4))
        printf("  article %lld", sqlite3_column_int64(row, 4));
    fputs("  ", stdout);
    archive_print(stdout, bi_store_text(row, 5), ARCHIVE_MARKING_NONE);
    fputs(": ", stdout);
    archive_print(stdout, bi_store_text(row, 7), ARCHIVE_MARKING_NONE);
    fputs(*bi_store_text(row, 8) ? "  (closed)\n" : "\n", stdout);
}

static int problems(const struct options *options, struct bi_error *err)
{
    BI_CLEANUP(archive_close) struct archive archive = {0};
    bool to_write = options->close || options->reopen;
    if (archive_open(&archive, archive_choose(options->archive), to_write, err) < 0 ||
        (options->close && archive_problem_settle(&archive, options->close, true, err) < 0) ||
        (options->reopen && archive_problem_settle(&archive, options->reopen, false, err) < 0))
        return -1;
    if (to_write)
        return 0;
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(archive.db, SELECT, &read, err) < 0 ||
        bi_store_bind(read, err, "itt", (int)options->all, options->kind, options->issue) < 0)
        return -1;
    int row;
    bool any = false;
    while ((row = bi_store_step(read, err)) > 0) {
        any = true;
        print_problem(read, options->json);
    }
    if (row == 0 && !any)
        bi_program_warn("no problems");
    return row;
}

int bi_verb_problems(int argc, char **argv)
{
    struct options options = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);
    struct bi_error err;
    return archive_verb_end(problems(&options, &err), &err);
}
