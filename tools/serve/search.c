/* /search: a query, filters, and the articles found, each with its hit as it is printed. */
#include <stdlib.h>
#include <string.h>

#include "archive/find.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "report/html.h"
#include "serve/browse.h"
#include "serve/handlers.h"
#include "serve/hits.h"
#include "serve/layout.h"

enum { PER_PAGE = 20, CLIP_WIDTH = 420, CLIP_HEIGHT = 96 };

/* Of the line's height: what is shown round a hit. */
#define CLIP_MARGIN 0.7
/* … and how long a clip is at most. */
#define CLIP_LENGTH 14

struct form {
    const char *query, *paper, *from, *to, *section, *kind, *order;
    bool fuzzy;
    long page; /* of results, from 1 */
};

static void read_form(const struct serve_request *request, struct form *form)
{
    *form = (struct form){
        .query = serve_parameter(request, "q"),
        .paper = serve_parameter(request, "paper"),
        .from = serve_parameter(request, "from"),
        .to = serve_parameter(request, "to"),
        .section = serve_parameter(request, "section"),
        .kind = serve_parameter(request, "kind"),
        .order = serve_parameter(request, "order"),
        .fuzzy = *serve_parameter(request, "fuzzy"),
        .page = serve_number_whole(serve_parameter(request, "page")),
    };
    if (form->page < 1 || form->page > 1000000)
        form->page = 1;
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

static void write_option(struct serve_request *request, const char *value, const char *text,
                         const char *chosen)
{
    fputs("<option value=\"", request->out);
    html_text(request->out, value);
    fprintf(request->out, "\"%s>", strcmp(value, chosen) == 0 ? " selected" : "");
    html_text(request->out, text);
    fputs("</option>", request->out);
}

static void begin_field(struct serve_request *request, enum serve_word word)
{
    fputs("<label><span>", request->out);
    serve_say(request, word);
    fputs("</span> ", request->out);
}

static void write_text_field(struct serve_request *request, enum serve_word word, const char *name,
                             const char *value, const char *attributes)
{
    begin_field(request, word);
    fprintf(request->out, "<input name=\"%s\" maxlength=\"100\" %s value=\"", name, attributes);
    html_text(request->out, value);
    fputs("\"></label>\n", request->out);
}

static int write_paper_field(struct serve_request *request, const char *chosen, struct bi_error *err)
{
    struct serve_paper *papers;
    size_t count;
    if (serve_papers_read(request, &papers, &count, err) < 0)
        return -1;
    begin_field(request, SERVE_WORD_PAPER);
    fputs("<select name=\"paper\">", request->out);
    write_option(request, "", serve_word(request->language, SERVE_WORD_ALL), chosen);
    for (size_t i = 0; i < count; i++)
        write_option(request, papers[i].title, papers[i].name, chosen);
    fputs("</select></label>\n", request->out);
    return 0;
}

static void write_kind_field(struct serve_request *request, const char *chosen)
{
    static const char *const KINDS[] = {"article", "ad", "notice", "photo", "masthead", "other"};
    begin_field(request, SERVE_WORD_KIND);
    fputs("<select name=\"kind\">", request->out);
    write_option(request, "", serve_word(request->language, SERVE_WORD_ALL), chosen);
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        write_option(request, KINDS[i], serve_word_of_kind(request->language, KINDS[i]), chosen);
    fputs("</select></label>\n", request->out);
}

static int write_form(struct serve_request *request, const struct form *form, struct bi_error *err)
{
    fputs("<form class=\"filters\" action=\"/search\">\n", request->out);
    write_text_field(request, SERVE_WORD_QUERY, "q", form->query, "type=\"search\" required");
    if (write_paper_field(request, form->paper, err) < 0)
        return -1;
    write_text_field(request, SERVE_WORD_FROM, "from", form->from,
                     "placeholder=\"2025-07\" pattern=\"[0-9]{4}(-[0-9]{2}){0,2}\"");
    write_text_field(request, SERVE_WORD_TO, "to", form->to,
                     "placeholder=\"2025-07\" pattern=\"[0-9]{4}(-[0-9]{2}){0,2}\"");
    write_text_field(request, SERVE_WORD_SECTION, "section", form->section, "");
    write_kind_field(request, form->kind);
    begin_field(request, SERVE_WORD_ORDER);
    fputs("<select name=\"order\">", request->out);
    write_option(request, "", serve_word(request->language, SERVE_WORD_BEST_FIRST), form->order);
    write_option(request, "date", serve_word(request->language, SERVE_WORD_NEWEST_FIRST), form->order);
    fprintf(
        request->out,
        "</select></label>\n<label class=\"check\"><input type=\"checkbox\" name=\"fuzzy\" value=\"1\"%s> ",
        form->fuzzy ? " checked" : "");
    serve_say(request, SERVE_WORD_FUZZY);
    fputs("</label>\n<button>", request->out);
    serve_say(request, SERVE_WORD_SEARCH);
    fputs("</button>\n</form>\n", request->out);
    return 0;
}

static void add_parameter(struct bi_text *address, const char *name, const char *value)
{
    if (!*value)
        return;
    bi_text_printf(address, "%s%s=", address->length ? "&" : "", name);
    serve_url_add(address, value);
}

static void write_turn(struct serve_request *request, const struct form *form, long page,
                       enum serve_word word, const char *relation)
{
    BI_CLEANUP(bi_text_release) struct bi_text address = {0};
    add_parameter(&address, "q", form->query);
    add_parameter(&address, "paper", form->paper);
    add_parameter(&address, "from", form->from);
    add_parameter(&address, "to", form->to);
    add_parameter(&address, "section", form->section);
    add_parameter(&address, "kind", form->kind);
    add_parameter(&address, "order", form->order);
    add_parameter(&address, "fuzzy", form->fuzzy ? "1" : "");
    bi_text_printf(&address, "&page=%ld", page);
    fprintf(request->out, "<a rel=\"%s\" href=\"/search?", relation);
    html_text(request->out, address.data);
    fputs("\">", request->out);
    serve_say(request, word);
    fputs("</a> ", request->out);
}

/* What is shown of a hit: it, and some of the line on both sides. */
static struct bi_box around(const struct serve_hit *hit)
{
    const struct bi_box *box = &hit->box;
    int thick = hit->vertical ? box->w : box->h, margin = (int)(thick * CLIP_MARGIN),
        longest = thick * CLIP_LENGTH;
    struct bi_box clip = {box->x - margin, box->y - margin, box->w + 2 * margin, box->h + 2 * margin};
    if (!hit->vertical && clip.w < longest) {
        clip.x -= (longest - clip.w) / 2;
        clip.w = longest;
    }
    if (hit->vertical && clip.h < longest / 4) {
        clip.y -= (longest / 4 - clip.h) / 2;
        clip.h = longest / 4;
    }
    if (clip.x < 0)
        clip.x = 0;
    if (clip.y < 0)
        clip.y = 0;
    return clip;
}

static int write_clip(struct serve_request *request, const struct archive_hit *hit,
                      const struct archive_query *query, struct bi_error *err)
{
    struct serve_hit *places;
    size_t count;
    if (serve_hits_find(request->archive, hit->article_id, 0, query, 1, &request->arena, &places, &count,
                        err) < 0)
        return -1;
    if (count == 0)
        return 0;
    serve_link(request, "/page/", places[0].page_id, serve_parameter(request, "q"));
    serve_clip(request, places[0].page_id, around(&places[0]), CLIP_WIDTH, CLIP_HEIGHT,
               serve_word(request->language, SERVE_WORD_IMAGE_OF_HIT));
    fputs("</a>", request->out);
    return 0;
}

static int write_hit(struct serve_request *request, const struct archive_hit *hit,
                     const struct archive_query *query, struct bi_error *err)
{
    FILE *out = request->out;
    fputs("<li>\n<h2>", out);
    serve_link(request, "/article/", hit->article_id, serve_parameter(request, "q"));
    fputs("<span lang=\"zh\">", out);
    if (*hit->headline)
        serve_marked(request, hit->headline);
    else
        serve_say(request, SERVE_WORD_NO_HEADLINE);
    fputs("</span></a></h2>\n<p class=\"origin\">", out);
    html_print(out, hit->paper);
    fputs(" <time>", out);
    html_text(out, hit->date);
    fputs("</time> ", out);
    if (*hit->section) {
        html_print(out, hit->section);
        fputs(" ", out);
    }
    serve_say_pages(request, hit->pages);
    if (strcmp(hit->kind, "article") != 0) {
        fputs(" · ", out);
        html_text(out, serve_word_of_kind(request->language, hit->kind));
    }
    if (hit->probable) {
        fputs(" · ", out);
        serve_say(request, SERVE_WORD_PROBABLE);
    }
    fputs("</p>\n<p class=\"snippet\" lang=\"zh\">", out);
    serve_marked(request, hit->snippet);
    fputs("</p>\n", out);
    if (write_clip(request, hit, query, err) < 0)
        return -1;
    fputs("</li>\n", out);
    return 0;
}

static int write_results(struct serve_request *request, const struct form *form,
                         const struct archive_query *query, const struct archive_results *results,
                         struct bi_error *err)
{
    FILE *out = request->out;
    fputs("<p class=\"count\" role=\"status\">", out);
    if (results->total)
        fprintf(out, "%zu ", results->total);
    serve_say(request, results->total ? SERVE_WORD_FOUND : SERVE_WORD_FOUND_NOTHING);
    fprintf(out, "</p>\n<ol class=\"results\" start=\"%ld\">\n", (form->page - 1) * PER_PAGE + 1);
    for (size_t i = 0; i < results->count; i++)
        if (write_hit(request, &results->hits[i], query, err) < 0)
            return -1;
    fputs("</ol>\n<p class=\"turn\">", out);
    if (form->page > 1)
        write_turn(request, form, form->page - 1, SERVE_WORD_PREVIOUS, "prev");
    if ((size_t)form->page * PER_PAGE < results->total)
        write_turn(request, form, form->page + 1, SERVE_WORD_NEXT, "next");
    fputs("</p>\n", out);
    return 0;
}

static int search(struct serve_request *request, const struct form *form, struct bi_error *err)
{
    struct archive_query query;
    struct archive_results results;
    struct archive_search search = {
        .filter = {.paper = or_null(form->paper),
                   .from = or_null(form->from),
                   .to = or_null(form->to),
                   .kind = or_null(form->kind),
                   .section = or_null(form->section)},
        .order = strcmp(form->order, "date") == 0 ? ARCHIVE_ORDER_DATE : ARCHIVE_ORDER_RANK,
        .fuzzy = form->fuzzy,
        .limit = PER_PAGE,
        .offset = (form->page - 1) * PER_PAGE,
    };
    struct bi_error why;
    if (archive_query_parse(form->query, false, &request->arena, &query, &why) < 0) {
        fputs("<p class=\"count\" role=\"status\">", request->out);
        serve_say(request, SERVE_WORD_BAD_QUERY);
        fputs("</p>\n", request->out);
        return 0;
    }
    if (archive_find(request->archive, &query, &search, &request->arena, &results, err) < 0)
        return -1;
    return write_results(request, form, &query, &results, err);
}

int serve_search(struct serve_request *request, const char *rest, struct bi_error *err)
{
    (void)rest;
    struct form form;
    read_form(request, &form);
    serve_begin(request, *form.query ? form.query : serve_word(request->language, SERVE_WORD_SEARCH), NULL);
    if (write_form(request, &form, err) < 0 || (*form.query && search(request, &form, err) < 0))
        return -1;
    serve_end(request);
    return 200;
}
