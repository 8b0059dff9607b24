/* backissue dump: what an archive says, in a form that depends on nothing else. */
#include <argp.h>
#include <stdio.h>

#include "archive/archive.h"
#include "archive/verb.h"
#include "base/cleanup.h"
#include "store.h"
#include "verbs.h"

enum { KEY_HISTORY = 0x100 };

struct options {
    const char *archive;
    bool history;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 'a':
        options->archive = argument;
        return 0;
    case KEY_HISTORY:
        options->history = true;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_option OPTIONS[] = {
    ARCHIVE_VERB_OPTION,
    {"history", KEY_HISTORY, NULL, 0, "also what articles said before, and the runs", 0},
    {0},
};
static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .doc = "Prints all that the archive says as JSON, one object a line, without ids and times: the same "
           "issues give "
           "the same lines, in whatever order and however often they were loaded.",
};

/* Issues by the names of their folders, articles by their place in the issue, runs by what they were. */
#define ISSUE "'issue', issue.title || ' ' || issue.name"
#define BY_ISSUE " ORDER BY issue.title, issue.name"
#define RUN                                                                                                  \
    "json_object('stage', stage, 'program_version', program_version, 'parameters', parameters,"              \
    " 'model_sha256', model_sha256)"

static const char *const CONTENT[] = {
    "SELECT json_object('is', 'issue', " ISSUE
    ", 'paper', paper, 'date', issue_date, 'weekday', weekday_printed,"
    " 'number', issue_number, 'total', total_number, 'pages', page_count, 'folder', folder) "
    "FROM issue" BY_ISSUE,
    "SELECT json_object('is', 'page', " ISSUE ", 'frame', frame, 'page', page_number, 'section', section,"
    " 'scan_path', scan_path, 'scan_index', scan_index, 'scan_sha256', scan_sha256, 'scan_size', scan_size,"
    " 'image_path', image_path, 'image_sha256', image_sha256, 'width', width, 'height', height, 'dpi', dpi,"
    " 'skew', skew_degrees, 'orientation', orientation_degrees, 'transform', transform, 'confidence', "
    "confidence,"
    " 'status', status) "
    "FROM page JOIN issue USING (issue_id)" BY_ISSUE ", frame",
    "SELECT json_object('is', 'article', " ISSUE ", 'article', ordinal, 'kind', kind, 'section', section,"
    " 'kicker', kicker, 'headline', headline, 'subhead', subhead, 'byline', byline, 'body', body,"
    " 'confidence', confidence) "
    "FROM article JOIN issue USING (issue_id)" BY_ISSUE ", ordinal",
    "SELECT json_object('is', 'part', " ISSUE ", 'article', ordinal, 'part', part_order, 'page', page_number,"
    " 'box', json_array(x, y, w, h)) "
    "FROM article_part JOIN article USING (article_id) JOIN page USING (page_id)"
    " JOIN issue ON issue.issue_id = article.issue_id" BY_ISSUE ", ordinal, part_order",
    "SELECT json_object('is', 'line', " ISSUE
    ", 'page', page_number, 'line', line_order, 'region_id', region_id,"
    " 'line_id', line_id, 'role', role, 'text', text, 'confidence', line.confidence, 'vertical', vertical,"
    " 'box', json_array(x, y, w, h), 'article', ordinal, 'run', iif(run_id IS NULL, NULL, " RUN "),"
    " 'extents', extents, 'alternatives', alternatives) "
    "FROM line JOIN page USING (page_id) JOIN issue USING (issue_id) LEFT JOIN article USING (article_id)"
    " LEFT JOIN run USING (run_id) LEFT JOIN line_glyphs USING (page_id, line_order)" BY_ISSUE
    ", page_number, line_order",
    "SELECT json_object('is', 'link', " ISSUE ", 'kind', link.kind, 'source_page', source_page,"
    " 'marker', marker_text, 'source_article', source.ordinal, 'target_page', target_page,"
    " 'target_article', target.ordinal, 'status', status, 'score', score, 'reason', reason) "
    "FROM link JOIN issue USING (issue_id) LEFT JOIN article AS source ON source.article_id = "
    "source_article_id"
    " LEFT JOIN article AS target ON target.article_id = target_article_id" BY_ISSUE ", link_id",
    "SELECT json_object('is', 'problem', " ISSUE
    ", 'page', page_number, 'article', ordinal, 'kind', problem.kind,"
    " 'severity', severity, 'detail', detail, 'closed', json(iif(closed IS NULL, 'false', 'true'))) AS said "
    "FROM problem JOIN issue USING (issue_id) LEFT JOIN article USING (article_id)" BY_ISSUE
    ", page_number, ordinal, said",
};

static const char *const HISTORY[] = {
    "SELECT json_object('is', 'version', " ISSUE ", 'article', article.ordinal, 'version', old.version,"
    " 'kind', old.kind, 'kicker', old.kicker, 'headline', old.headline, 'subhead', old.subhead,"
    " 'byline', old.byline, 'body', old.body, 'confidence', old.confidence, 'runs',"
    " (SELECT json_group_array(json(run)) FROM (SELECT " RUN
    " AS run FROM article_run JOIN run USING (run_id)"
    "  WHERE article_run.article_id = old.article_id AND article_run.version = old.version ORDER BY run))) "
    "AS said "
    "FROM article_version AS old JOIN issue USING (issue_id) LEFT JOIN article USING (article_id)" BY_ISSUE
    ", article.ordinal, old.version, said",
    "SELECT json_object('is', 'run', " ISSUE
    ", 'frame', frame, 'stage', stage, 'program_version', program_version,"
    " 'parameters', parameters, 'model_sha256', model_sha256, 'exit_code', exit_code, 'message', message) AS "
    "said "
    "FROM run JOIN issue USING (issue_id)" BY_ISSUE ", frame, stage, said",
};

static int print_rows(sqlite3 *db, const char *const *queries, size_t count, struct bi_error *err)
{
    for (size_t i = 0; i < count; i++) {
        BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
        if (bi_store_prepare(db, queries[i], &read, err) < 0)
            return -1;
        int row;
        while ((row = bi_store_step(read, err)) > 0)
            puts(bi_store_text(read, 0));
        if (row < 0)
            return -1;
    }
    return 0;
}

static int dump(const struct options *options, struct bi_error *err)
{
    BI_CLEANUP(archive_close) struct archive archive = {0};
    if (archive_open(&archive, archive_choose(options->archive), false, err) < 0 ||
        bi_store_exec(archive.db, "BEGIN", err) < 0 || /* one state of it, though somebody loads */
        print_rows(archive.db, CONTENT, sizeof CONTENT / sizeof *CONTENT, err) < 0)
        return -1;
    return options->history ? print_rows(archive.db, HISTORY, sizeof HISTORY / sizeof *HISTORY, err) : 0;
}

int bi_verb_dump(int argc, char **argv)
{
    struct options options = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &options);
    struct bi_error err;
    return archive_verb_end(dump(&options, &err), &err);
}
