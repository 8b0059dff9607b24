/* /issue/<id>: the pages of an issue as thumbnails, each with the headlines of its articles. */
#include "base/cleanup.h"
#include "report/html.h"
#include "serve/handlers.h"
#include "serve/layout.h"
#include "store.h"

enum { THUMBNAIL_WIDTH = 240, THUMBNAIL_HEIGHT = 340 };

static int write_head(struct serve_request *request, long issue, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(
            request->archive->db,
            "SELECT ifnull(paper, title), ifnull(issue_date, name), issue_number, total_number, title,"
            " substr(issue_date, 1, 4) FROM archive_issue WHERE issue_id = ?",
            &read, err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)issue) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row <= 0)
        return row;
    FILE *out = request->out;
    BI_CLEANUP(bi_text_release) struct bi_text title = {0}, address = {0};
    bi_text_printf(&title, "%s %s", bi_store_text(read, 0), bi_store_text(read, 1));
    serve_url_add(&address, bi_store_text(read, 4));
    bi_text_printf(&address, "?year=%s", bi_store_text(read, 5));
    serve_begin(request, title.data, "");
    fputs("<h1><a href=\"/paper/", out);
    html_text(out, address.data);
    fputs("\">", out);
    html_print(out, bi_store_text(read, 0));
    fputs("</a> <time>", out);
    html_text(out, bi_store_text(read, 1));
    fputs("</time></h1>\n<p class=\"origin\">", out);
    if (sqlite3_column_int(read, 2))
        fprintf(out, "<span lang=\"zh\">第%d期</span> ", sqlite3_column_int(read, 2));
    if (sqlite3_column_int(read, 3))
        fprintf(out, "<span lang=\"zh\">总第%d期</span>", sqlite3_column_int(read, 3));
    fputs("</p>\n", out);
    return 1;
}

static int write_articles(struct serve_request *request, sqlite3_int64 page, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    int row;
    if (bi_store_prepare(
            request->archive->db,
            "SELECT DISTINCT article_id, headline, part_order FROM article_part JOIN article USING "
            "(article_id) WHERE page_id = ? AND kind IN ('article', 'notice') ORDER BY ordinal",
            &read, err) < 0 ||
        bi_store_bind(read, err, "l", page) < 0)
        return -1;
    fputs("<ul>\n", request->out);
    while ((row = bi_store_step(read, err)) > 0) {
        fputs("<li>", request->out);
        fprintf(request->out, "%s<a href=\"/article/%lld\">", sqlite3_column_int(read, 2) ? "↳ " : "",
                (long long)sqlite3_column_int64(read, 0));
        if (*bi_store_text(read, 1))
            html_print(request->out, bi_store_text(read, 1));
        else
            serve_say(request, SERVE_WORD_NO_HEADLINE);
        fputs("</a></li>\n", request->out);
    }
    fputs("</ul>\n", request->out);
    return row;
}

static int write_page(struct serve_request *request, sqlite3_stmt *read, struct bi_error *err)
{
    FILE *out = request->out;
    sqlite3_int64 page = sqlite3_column_int64(read, 0);
    int width = sqlite3_column_int(read, 3), height = sqlite3_column_int(read, 4);
    fprintf(out, "<li>\n<a href=\"/page/%lld\">", (long long)page);
    if (width && height && *bi_store_text(read, 5))
        serve_clip(request, page, (struct bi_box){0, 0, width, height}, THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT,
                   "");
    fputs("<b>", out);
    serve_say_page(request, sqlite3_column_int(read, 1));
    fputs("</b> ", out);
    html_print(out, bi_store_text(read, 2));
    fputs("</a>\n", out);
    if (write_articles(request, page, err) < 0)
        return -1;
    fputs("</li>\n", out);
    return 0;
}

int serve_issue(struct serve_request *request, const char *rest, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    long issue = serve_number_whole(rest);
    int row = issue < 0 ? 0 : write_head(request, issue, err);
    if (row <= 0)
        return row < 0 ? -1 : serve_not_found(request);
    if (bi_store_prepare(request->archive->db,
                         "SELECT page_id, page_number, section, width, height, image_path FROM archive_page "
                         "WHERE issue_id = ? ORDER BY page_number",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)issue) < 0)
        return -1;
    fputs("<ul class=\"pages\">\n", request->out);
    while ((row = bi_store_step(read, err)) > 0)
        if (write_page(request, read, err) < 0)
            return -1;
    fputs("</ul>\n", request->out);
    serve_end(request);
    return row < 0 ? -1 : 200;
}
