/* /problems: what a person should look at, what a minute repairs most of first. */
#include "base/cleanup.h"
#include "report/html.h"
#include "serve/handlers.h"
#include "serve/layout.h"
#include "store.h"

enum { MOST_PROBLEMS = 200 };

/* A page that nobody can read costs all its articles, a pointer to nowhere one article its end, a doubtful
 * character a character: so by severity, and within one by how long what it concerns is. */
static const char SELECT_PROBLEMS[] =
    "SELECT severity, p.kind, detail, p.issue_id, ifnull(paper, title), ifnull(issue_date, name), "
    "p.page_number,"
    " p.article_id, headline, g.page_id "
    "FROM problem AS p JOIN issue USING (issue_id) LEFT JOIN article AS a ON a.article_id = p.article_id "
    "LEFT JOIN page AS g ON g.issue_id = p.issue_id AND g.page_number = p.page_number "
    "WHERE closed IS NULL ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,"
    " length(body) DESC, issue_date DESC, problem_id LIMIT ?";

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
    fputs("</td></tr>\n", out);
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
