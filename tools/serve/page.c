/* /page/<page id>: a page to zoom into, with the outlines of its articles and the hits over it, and its text
 * beside. */
#include <string.h>

#include "base/cleanup.h"
#include "report/html.h"
#include "serve/handlers.h"
#include "serve/hits.h"
#include "serve/layout.h"
#include "store.h"

enum { MOST_HITS = 500, STILL_WIDTH = 900, STILL_HEIGHT = 1300 };

struct page {
    long long id, issue;
    int number, width, height;
    const char *paper, *date, *section, *status, *image;
    long long before, after; /* pages; 0 if there is none */
};

static const char *text(struct serve_request *request, sqlite3_stmt *read, int column)
{
    return bi_arena_strdup(&request->arena, bi_store_text(read, column));
}

static int read_page(struct serve_request *request, long id, struct page *page, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(
            request->archive->db,
            "SELECT p.issue_id, page_number, width, height, ifnull(paper, title), ifnull(issue_date, name), "
            "section,"
            " status, image_path,"
            " (SELECT page_id FROM page AS o WHERE o.issue_id = p.issue_id AND o.page_number < p.page_number"
            "  ORDER BY o.page_number DESC LIMIT 1),"
            " (SELECT page_id FROM page AS o WHERE o.issue_id = p.issue_id AND o.page_number > p.page_number"
            "  ORDER BY o.page_number LIMIT 1) "
            "FROM page AS p JOIN issue USING (issue_id) WHERE page_id = ?",
            &read, err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)id) < 0)
        return -1;
    int row = bi_store_step(read, err);
    if (row <= 0)
        return row;
    *page = (struct page){
        .id = id,
        .issue = sqlite3_column_int64(read, 0),
        .number = sqlite3_column_int(read, 1),
        .width = sqlite3_column_int(read, 2),
        .height = sqlite3_column_int(read, 3),
        .paper = text(request, read, 4),
        .date = text(request, read, 5),
        .section = text(request, read, 6),
        .status = text(request, read, 7),
        .image = text(request, read, 8),
        .before = sqlite3_column_int64(read, 9),
        .after = sqlite3_column_int64(read, 10),
    };
    return 1;
}

static void write_turn(struct serve_request *request, long long page, enum serve_word word,
                       const char *relation, const char *query)
{
    if (!page)
        return;
    BI_CLEANUP(bi_text_release) struct bi_text address = {0};
    if (*query) {
        bi_text_add(&address, "?q=");
        serve_url_add(&address, query);
    }
    fprintf(request->out, "<a rel=\"%s\" href=\"/page/%lld%s\">", relation, page, bi_text_get(&address));
    serve_say(request, word);
    fputs("</a> ", request->out);
}

static void write_head(struct serve_request *request, const struct page *page, const char *query)
{
    FILE *out = request->out;
    BI_CLEANUP(bi_text_release) struct bi_text title = {0};
    bi_text_printf(&title, "%s %s %s%d%s", page->paper, page->date,
                   serve_word(request->language, SERVE_WORD_BEFORE_PAGE), page->number,
                   serve_word(request->language, SERVE_WORD_BEHIND_PAGE));
    serve_begin_zoom(request, title.data, query);
    fprintf(out, "<h1><a href=\"/issue/%lld\">", page->issue);
    html_print(out, page->paper);
    fputs(" <time>", out);
    html_text(out, page->date);
    fputs("</time></a> ", out);
    serve_say_page(request, page->number);
    fputs(" ", out);
    html_print(out, page->section);
    fputs("</h1>\n<p class=\"turn\">", out);
    write_turn(request, page->before, SERVE_WORD_PREVIOUS, "prev", query);
    write_turn(request, page->after, SERVE_WORD_NEXT, "next", query);
    if (request->session)
        fprintf(out, "<a href=\"/edit/lines/%lld\">%s</a> <a href=\"/edit/history/%lld\">%s</a>", page->id,
                serve_word(request->language, SERVE_WORD_EDIT_LINES), page->issue,
                serve_word(request->language, SERVE_WORD_HISTORY));
    fputs("</p>\n", out);
}

/* What the script makes the zoom of; without scripts the picture inside is what one sees. */
static void begin_zoom(struct serve_request *request, const struct page *page)
{
    FILE *out = request->out;
    fprintf(out,
            "<div class=\"zoom\" id=\"zoom\" data-image=\"/iiif/%lld/info.json\" data-width=\"%d\" "
            "data-height=\"%d\"",
            page->id, page->width, page->height);
    static const struct {
        const char *name;
        enum serve_word word;
    } SAID[] = {{"in", SERVE_WORD_ZOOM_IN},
                {"out", SERVE_WORD_ZOOM_OUT},
                {"home", SERVE_WORD_WHOLE_PAGE},
                {"outlines", SERVE_WORD_OUTLINES}};
    for (size_t i = 0; i < sizeof SAID / sizeof *SAID; i++)
        fprintf(out, " data-%s=\"%s\"", SAID[i].name, serve_word(request->language, SAID[i].word));
    fputs(">\n<noscript>", out);
    serve_clip(request, page->id, (struct bi_box){0, 0, page->width, page->height}, STILL_WIDTH, STILL_HEIGHT,
               "");
    fputs("</noscript>\n", out);
}

static void write_box(FILE *out, struct bi_box box)
{
    fprintf(out, "data-box=\"%d,%d,%d,%d\"", box.x, box.y, box.w, box.h);
}

static int write_hits(struct serve_request *request, const struct page *page, const char *words,
                      struct bi_error *err)
{
    struct archive_query query;
    struct serve_hit *hits;
    size_t count;
    struct bi_error why;
    if (!*words || archive_query_parse(words, false, &request->arena, &query, &why) < 0)
        return 0;
    if (serve_hits_find(request->archive, 0, page->id, &query, MOST_HITS, &request->arena, &hits, &count,
                        err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        fputs("<span class=\"hit\" ", request->out);
        write_box(request->out, hits[i].box);
        fputs("></span>\n", request->out);
    }
    return 0;
}

static int write_articles(struct serve_request *request, const struct page *page, const char *words,
                          struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    FILE *out = request->out;
    int row;
    if (bi_store_prepare(request->archive->db,
                         "SELECT article_id, kind, headline, substr(body, 1, 120), x, y, w, h, part_order"
                         " FROM article_part JOIN article USING (article_id) WHERE page_id = ? ORDER BY "
                         "ordinal, part_order",
                         &read, err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)page->id) < 0)
        return -1;
    fputs("<section class=\"texts\"><h2>", out);
    serve_say(request, SERVE_WORD_TEXT_OF_PAGE);
    fputs("</h2>\n<ol>\n", out);
    while ((row = bi_store_step(read, err)) > 0) {
        fputs("<li class=\"outline\" ", out);
        write_box(out, (struct bi_box){sqlite3_column_int(read, 4), sqlite3_column_int(read, 5),
                                       sqlite3_column_int(read, 6), sqlite3_column_int(read, 7)});
        fputs("><h3>", out);
        fputs(sqlite3_column_int(read, 8) ? "↳ " : "", out);
        serve_link(request, "/article/", sqlite3_column_int64(read, 0), words);
        if (*bi_store_text(read, 2))
            html_print(out, bi_store_text(read, 2));
        else
            html_text(out, serve_word_of_kind(request->language, bi_store_text(read, 1)));
        fputs("</a></h3>\n<p lang=\"zh\">", out);
        html_text(out, bi_store_text(read, 3));
        fputs("</p></li>\n", out);
    }
    fputs("</ol></section>\n", out);
    return row;
}

int serve_page(struct serve_request *request, const char *rest, struct bi_error *err)
{
    struct page page;
    const char *words = serve_parameter(request, "q");
    long id = serve_number_whole(rest);
    int row = id < 0 ? 0 : read_page(request, id, &page, err);
    if (row <= 0)
        return row < 0 ? -1 : serve_not_found(request);
    write_head(request, &page, words);
    fputs("<div class=\"page\">\n", request->out);
    if (page.width && page.height && *page.image) {
        begin_zoom(request, &page);
        if (write_hits(request, &page, words, err) < 0)
            return -1;
        fputs("</div>\n", request->out);
    }
    if (strcmp(page.status, "ok") != 0) {
        fputs("<p class=\"status\">", request->out);
        serve_say(request, SERVE_WORD_UNREADABLE);
        fputs(": ", request->out);
        html_text(request->out, page.status);
        fputs("</p>\n", request->out);
    }
    if (write_articles(request, &page, words, err) < 0)
        return -1;
    fputs("</div>\n", request->out);
    serve_end(request);
    return 200;
}
