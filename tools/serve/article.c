/* /article/<id>: an article whole, each part beside its clip of the page, with the jumps between them and
 * why. */
#include <string.h>

#include "archive/article.h"
#include "archive/excerpt.h"
#include "base/cleanup.h"
#include "report/html.h"
#include "serve/handlers.h"
#include "serve/layout.h"
#include "store.h"

enum { CLIP_WIDTH = 560, CLIP_HEIGHT = 760 };

/* Marks what a query finds in a text; the text as it is where there is no query. */
static const char *mark(struct serve_request *request, const struct archive_query *query, const char *text)
{
    if (!query)
        return text;
    struct archive_folded folded = {0};
    struct archive_spans spans = {0};
    archive_fold(&folded, text, strlen(text));
    archive_spans_find(&folded, query, &request->arena, &spans);
    const char *marked = archive_excerpt_whole(text, &folded, &spans, &request->arena);
    archive_folded_release(&folded);
    return marked;
}

/* Whether most of its body is printed from top to bottom. */
static int is_vertical(struct serve_request *request, long long article, bool *vertical, struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(request->archive->db,
                         "SELECT avg(vertical) FROM line WHERE article_id = ? AND role = 'body'", &read,
                         err) < 0 ||
        bi_store_bind(read, err, "l", (sqlite3_int64)article) < 0)
        return -1;
    int row = bi_store_step(read, err);
    *vertical = row > 0 && sqlite3_column_double(read, 0) > 0.5;
    return row < 0 ? -1 : 0;
}

static void write_line(struct serve_request *request, const struct archive_query *query, const char *element,
                       const char *class, const char *text)
{
    if (!*text)
        return;
    fprintf(request->out, "<%s class=\"%s\" lang=\"zh\">", element, class);
    serve_marked(request, mark(request, query, text));
    fprintf(request->out, "</%s>\n", element);
}

static void write_body(struct serve_request *request, const struct archive_query *query, const char *body)
{
    /* Marked as a whole, since a phrase may go over the end of a paragraph; a mark that does is cut there. */
    const char *text = mark(request, query, body);
    bool open = false;
    FILE *out = request->out;
    while (*text) {
        size_t length = strcspn(text, "\n");
        struct bi_text paragraph = {0};
        if (open)
            bi_text_add_bytes(&paragraph, "\x01", 1);
        bi_text_add_bytes(&paragraph, text, length);
        for (size_t i = 0; i < length; i++)
            open = text[i] == '\x01' ? true : text[i] == '\x02' ? false : open;
        if (open)
            bi_text_add_bytes(&paragraph, "\x02", 1);
        fputs("<p lang=\"zh\">", out);
        serve_marked(request, bi_text_get(&paragraph));
        fputs("</p>\n", out);
        bi_text_release(&paragraph);
        text += length + (text[length] == '\n');
    }
}

static sqlite3_int64 page_of(struct serve_request *request, const struct archive_article *article, int number,
                             struct bi_error *err)
{
    BI_CLEANUP(bi_store_finalizep) sqlite3_stmt *read = NULL;
    if (bi_store_prepare(request->archive->db,
                         "SELECT page_id FROM archive_page WHERE issue_id = ? AND page_number = ?", &read,
                         err) < 0 ||
        bi_store_bind(read, err, "li", article->issue_id, number) < 0)
        return -1;
    int row = bi_store_step(read, err);
    return row < 0 ? -1 : row == 0 ? 0 : sqlite3_column_int64(read, 0);
}

static int write_part(struct serve_request *request, const struct archive_article *article,
                      const struct archive_part *part, const char *query, struct bi_error *err)
{
    sqlite3_int64 page = page_of(request, article, part->page, err);
    if (page < 0)
        return -1;
    fprintf(request->out, "<figure>");
    serve_link(request, "/page/", page, query);
    serve_clip(request, page, (struct bi_box){part->x, part->y, part->w, part->h}, CLIP_WIDTH, CLIP_HEIGHT,
               serve_word(request->language, SERVE_WORD_ON_PAGE));
    fputs("</a><figcaption>", request->out);
    serve_say_page(request, part->page);
    if (request->session)
        fprintf(request->out, " <a href=\"/edit/lines/%lld?article=%lld\">%s</a>", (long long)page,
                (long long)article->article_id, serve_word(request->language, SERVE_WORD_EDIT_LINES));
    fputs("</figcaption></figure>\n", request->out);
    return 0;
}

static void write_jump(struct serve_request *request, const struct archive_article *article,
                       const struct archive_link *link)
{
    FILE *out = request->out;
    bool leaves = link->source_article == article->article_id;
    sqlite3_int64 other = leaves ? link->target_article : link->source_article;
    fputs("<li>", out);
    serve_say_page(request, link->source_page);
    fputs(" <q lang=\"zh\">", out);
    html_text(out, link->marker);
    fputs("</q>", out);
    if (link->target_page) {
        fputs(" → ", out);
        serve_say_page(request, link->target_page);
    }
    if (other && other != article->article_id)
        fprintf(out, " <a href=\"/article/%lld\">%s</a>", (long long)other, leaves ? "→" : "←");
    fputs(" · ", out);
    serve_say(request, strcmp(link->status, "linked") == 0 ? SERVE_WORD_LINKED : SERVE_WORD_DANGLING);
    fputs(" · ", out);
    serve_say(request, SERVE_WORD_REASON);
    fputs(": ", out);
    html_text(out, link->reason);
    fprintf(out, " (%.2f)</li>\n", link->score);
}

static void write_origin(struct serve_request *request, const struct archive_article *article)
{
    FILE *out = request->out;
    fprintf(out, "<p class=\"origin\"><a href=\"/issue/%lld\">", (long long)article->issue_id);
    html_print(out, article->paper);
    fputs(" <time>", out);
    html_text(out, article->date);
    fputs("</time></a> ", out);
    BI_CLEANUP(bi_text_release) struct bi_text pages = {0};
    for (size_t i = 0; i < article->part_count; i++)
        bi_text_printf(&pages, "%s%d", i ? ", " : "", article->parts[i].page);
    serve_say_pages(request, bi_text_get(&pages));
    fputs(" ", out);
    html_print(out, article->section);
    if (article->confidence >= 0) {
        fputs(" · ", out);
        serve_say(request, SERVE_WORD_CONFIDENCE);
        fprintf(out, " %.1f %%", 100 * article->confidence);
    }
    if (request->session) {
        fprintf(out, " · <a href=\"/edit/article/%lld\">", (long long)article->article_id);
        serve_say(request, SERVE_WORD_CORRECT);
        fputs("</a>", out);
    }
    fputs("</p>\n", out);
}

static int write_article(struct serve_request *request, const struct archive_article *article,
                         const char *words, struct bi_error *err)
{
    struct archive_query parsed;
    struct bi_error why;
    bool asked = *words && archive_query_parse(words, false, &request->arena, &parsed, &why) == 0;
    const struct archive_query *query = asked ? &parsed : NULL;
    FILE *out = request->out;
    bool vertical;
    if (is_vertical(request, article->article_id, &vertical, err) < 0)
        return -1;
    serve_begin(request,
                *article->headline ? article->headline
                                   : serve_word(request->language, SERVE_WORD_NO_HEADLINE),
                words);
    fputs("<article>\n<header>\n", out);
    write_line(request, query, "p", "kicker", article->kicker);
    write_line(request, query, "h1", "headline",
               *article->headline ? article->headline
                                  : serve_word(request->language, SERVE_WORD_NO_HEADLINE));
    write_line(request, query, "p", "subhead", article->subhead);
    write_line(request, query, "p", "byline", article->byline);
    write_origin(request, article);
    fputs("</header>\n<div class=\"clips\">\n", out);
    for (size_t i = 0; i < article->part_count; i++)
        if (write_part(request, article, &article->parts[i], words, err) < 0)
            return -1;
    fprintf(out, "</div>\n<div class=\"body%s\"%s>\n", vertical ? " vertical" : "",
            vertical ? " tabindex=\"0\"" : "");
    write_body(request, query, article->body);
    fputs("</div>\n</article>\n", out);
    if (article->link_count) {
        fputs("<section class=\"jumps\"><h2>", out);
        serve_say(request, SERVE_WORD_JUMPS);
        fputs("</h2>\n<ul>\n", out);
        for (size_t i = 0; i < article->link_count; i++)
            write_jump(request, article, &article->links[i]);
        fputs("</ul></section>\n", out);
    }
    serve_end(request);
    return 200;
}

int serve_article(struct serve_request *request, const char *rest, struct bi_error *err)
{
    long id = serve_number_whole(rest);
    struct archive_article article;
    if (id < 0)
        return serve_not_found(request);
    if (archive_article_read(request->archive, id, &request->arena, &article, err) < 0)
        return err->kind == BI_EXIT_INPUT ? serve_not_found(request) : -1;
    return write_article(request, &article, serve_parameter(request, "q"), err);
}
