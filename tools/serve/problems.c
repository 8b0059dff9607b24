/* /problems: what a person should look at, what a minute repairs most of first. */
#include <string.h>

#include "archive/problem.h"
#include "base/cleanup.h"
#include "report/html.h"
#include "serve/desk.h"
#include "serve/form.h"
#include "serve/handlers.h"
#include "serve/layout.h"
#include "store.h"

enum { MOST_PROBLEMS = 200, BUSY_MILLISECONDS = 3000 };

/* What a minute repairs, in characters that come right or to be found: a page that nobody can read costs all
 * its text and some minutes of settings; a pointer to nowhere an article's end and half a minute; doubtful
 * text as many characters as are expected to be wrong, at the pace of reading it, 400 a minute. A correction
 * that does not apply is somebody's work; the facts of an issue are a line each by which it is found. */
static const char SELECT_PROBLEMS[] =
    "SELECT severity, p.kind, detail, p.issue_id, ifnull(paper, title), ifnull(issue_date, name), "
    "p.page_number,"
    " p.article_id, headline, g.page_id, problem_id "
    "FROM problem AS p JOIN issue USING (issue_id) LEFT JOIN article AS a ON a.article_id = p.article_id "
    "LEFT JOIN page AS g ON g.issue_id = p.issue_id AND g.page_number = p.page_number "
    "WHERE closed IS NULL ORDER BY CASE p.kind WHEN 'unreadable-page' THEN 3000 / 3"
    " WHEN 'dangling-jump' THEN ifnull(length(body), 300) / 0.5"
    " WHEN 'low-confidence' THEN"
    "  (1 - ifnull(a.confidence, 0.5)) * ifnull(length(body), 0) / (0.3 + ifnull(length(body), 0) / 400.0)"
    " WHEN 'correction-unapplied' THEN 500"
    " ELSE CASE severity WHEN 'error' THEN 800 WHEN 'warning' THEN 100 ELSE 10 END END DESC,"
    " issue_date DESC, problem_id LIMIT ?";

/* Where it is repaired, and that it is settled. */
static void write_ways(struct serve_request *request, sqlite3_stmt *read)
{
    FILE *out = request->out;
    const char *kind = bi_store_text(read, 1);
    long long issue = sqlite3_column_int64(read, 3), article = sqlite3_column_int64(read, 7),
              page = sqlite3_column_int64(read, 9);
    fputs("<td>", out);
    if (page && (!article || strcmp(kind, "low-confidence") == 0))
        fprintf(out, "<a href=\"/edit/lines/%lld?article=%lld\">%s</a> ", page, article,
                serve_word(request->language, SERVE_WORD_EDIT_LINES));
    if (article)
        fprintf(out, "<a href=\"/edit/article/%lld\">%s</a> ", article,
                serve_word(request->language, SERVE_WORD_EDIT_ARTICLE));
    if (strcmp(kind, "correction-unapplied") == 0)
        fprintf(out, "<a href=\"/edit/history/%lld\">%s</a> ", issue,
                serve_word(request->language, SERVE_WORD_HISTORY));
    serve_form_begin(request, "/edit/problem");
    serve_form_hidden_number(request, "id", sqlite3_column_int64(read, 10));
    serve_form_button(request, SERVE_WORD_SETTLED);
    serve_form_end(request);
    fputs("</td>", out);
}

static void write_problem(struct serve_request *request, sqlite3_stmt *read)
{
    FILE *out = request->out;
    fprintf(out, "<tr class=\"%s\"><td>%s</td><td>", bi_store_text(read, 0), bi_store_text(read, 0));
    fprintf(out, "<a href=\"/issue/%lld\">", (long long)sqlite3_column_int64(read, 3));
    html_print(out, bi_store_text(read, 4));
    fputs(" ", out);
    html_text(out, bi_store_text(read, 5));
    fputs("</a> ", out);
    if (sqlite3_column_int64(read, 9)) {
        fprintf(out, "<a href=\"/page/%lld\">", (long long)sqlite3_column_int64(read, 9));
        serve_say_page(request, sqlite3_column_int(read, 6));
        fputs("</a> ", out);
    }
    if (sqlite3_column_int64(read, 7)) {
        fprintf(out, "<a href=\"/article/%lld\">", (long long)sqlite3_column_int64(read, 7));
        html_print(out, *bi_store_text(read, 8) ? bi_store_text(read, 8)
                                                : serve_word(request->language, SERVE_WORD_NO_HEADLINE));
        fputs("</a>", out);
    }
    fputs("</td><td>", out);
    html_text(out, bi_store_text(read, 1));
    fputs(": ", out);
    html_text(out, bi_store_text(read, 2));
    fputs("</td>", out);
    if (request->session)
        write_ways(request, read);
    fputs("</tr>\n", out);
}

int serve_problems(struct serve_request *request, const char *rest, struct bi_error *err)
{
    (void)rest;
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    FILE *out = request->out;
    if (bi_store_prepare(request->archive->db, SELECT_PROBLEMS, &read, err) < 0 ||
        bi_store_bind(read, err, "i", MOST_PROBLEMS) < 0)
        return -1;
    serve_begin(request, serve_word(request->language, SERVE_WORD_PROBLEMS), "");
    fputs("<h1>", out);
    serve_say(request, SERVE_WORD_PROBLEMS);
    fputs("</h1>\n", out);
    int row, count = 0;
    while ((row = bi_store_step(read, err)) > 0) {
        if (!count++) {
            static const enum serve_word HEADS[] = {SERVE_WORD_SEVERITY, SERVE_WORD_WHERE, SERVE_WORD_WHAT};
            fputs("<table class=\"problems\">\n<tr>", out);
            for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
                fprintf(out, "<th scope=\"col\">%s</th>", serve_word(request->language, HEADS[i]));
            if (request->session)
                fprintf(out, "<th scope=\"col\">%s</th>", serve_word(request->language, SERVE_WORD_CORRECT));
            fputs("</tr>\n", out);
        }
        write_problem(request, read);
    }
    if (count)
        fputs("</table>\n", out);
    else
        fprintf(out, "<p>%s</p>\n", serve_word(request->language, SERVE_WORD_NO_PROBLEMS));
    serve_end(request);
    return row < 0 ? -1 : 200;
}

/* /edit/problem: settling one, in the archive itself: what is settled stays so when its issue is loaded
 * again. */
int serve_edit_problem(struct serve_request *request, const char *rest, struct bi_error *err)
{
    struct archive archive;
    if (*rest || !request->form)
        return serve_not_found(request);
    long id = serve_number_whole(serve_form_get(request->form, "id"));
    if (archive_open(&archive, request->archive->path, true, err) < 0)
        return -1;
    sqlite3_busy_timeout(archive.db, BUSY_MILLISECONDS); /* a load may be at work, and a reader waits here */
    int settled = archive_problem_settle(&archive, id, true, err);
    archive_close(&archive);
    if (settled < 0)
        return err->kind == BI_EXIT_INPUT ? serve_not_found(request) : -1;
    return serve_go(request, "/problems");
}
