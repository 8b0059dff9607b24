#include "serve/layout.h"

#include <string.h>

#include "archive/find.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "report/html.h"

void serve_say(struct serve_request *request, enum serve_word word)
{
    fputs(serve_word(request->language, word), request->out);
}

void serve_say_pages(struct serve_request *request, const char *numbers)
{
    serve_say(request, SERVE_WORD_BEFORE_PAGE);
    html_text(request->out, numbers);
    serve_say(request, SERVE_WORD_BEHIND_PAGE);
}

void serve_say_page(struct serve_request *request, int number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", number);
    serve_say_pages(request, digits);
}

static void write_search_field(struct serve_request *request, const char *query)
{
    fputs("<form role=\"search\" action=\"/search\"><input type=\"search\" name=\"q\" maxlength=\"500\" "
          "required value=\"",
          request->out);
    html_text(request->out, query);
    fputs("\" aria-label=\"", request->out);
    serve_say(request, SERVE_WORD_QUERY);
    fputs("\"><button>", request->out);
    serve_say(request, SERVE_WORD_SEARCH);
    fputs("</button></form>\n", request->out);
}

/* The same address in the other language. */
static void write_language(struct serve_request *request, const char *query)
{
    enum serve_language other = request->language == SERVE_CHINESE ? SERVE_ENGLISH : SERVE_CHINESE;
    BI_CLEANUP(bi_text_release) struct bi_text address = {0};
    if (*query) {
        bi_text_add(&address, "q=");
        serve_url_add(&address, query);
        bi_text_add(&address, "&");
    }
    bi_text_printf(&address, "lang=%.2s", serve_language_tag(other));
    fputs("<a href=\"?", request->out);
    html_text(request->out, address.data);
    fprintf(request->out, "\" lang=\"%s\">", serve_language_tag(other));
    serve_say(request, SERVE_WORD_OTHER_LANGUAGE);
    fputs("</a>", request->out);
}

static void begin(struct serve_request *request, const char *title, const char *query, const char *scripts)
{
    FILE *out = request->out;
    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
            serve_language_tag(request->language));
    html_text(out, title);
    fprintf(out,
            "</title>\n<link rel=\"icon\" href=\"/assets/icon.svg\">\n<link rel=\"stylesheet\" "
            "href=\"/assets/style.css\">\n"
            "%s</head>\n<body>\n<a class=\"skip\" href=\"#main\">",
            scripts);
    serve_say(request, SERVE_WORD_SKIP);
    fputs("</a>\n<header class=\"room\"><a class=\"home\" href=\"/\">", out);
    serve_say(request, SERVE_WORD_READING_ROOM);
    fputs("</a>\n", out);
    if (query)
        write_search_field(request, query);
    fputs("<nav><a href=\"/problems\">", out);
    serve_say(request, SERVE_WORD_PROBLEMS);
    fputs("</a> ", out);
    if (request->desk) {
        fputs(request->session ? "<a href=\"/edit/conflicts\">" : "<a href=\"/enter\">", out);
        serve_say(request, request->session ? SERVE_WORD_CONFLICTS : SERVE_WORD_ENTER);
        fputs("</a> ", out);
    }
    write_language(request, query ? query : serve_parameter(request, "q"));
    fputs("</nav></header>\n<main id=\"main\">\n", out);
}

void serve_begin(struct serve_request *request, const char *title, const char *query)
{
    begin(request, title, query, "");
}

void serve_begin_zoom(struct serve_request *request, const char *title, const char *query)
{
    begin(request, title, query,
          "<script src=\"/assets/openseadragon.min.js\" defer></script>\n<script src=\"/assets/page.js\" "
          "defer></script>\n");
}

void serve_begin_edit(struct serve_request *request, const char *title)
{
    begin(request, title, NULL, "<script src=\"/assets/edit.js\" defer></script>\n");
}

void serve_end(struct serve_request *request)
{
    fputs("</main>\n</body>\n</html>\n", request->out);
}

int serve_not_found(struct serve_request *request)
{
    serve_begin(request, serve_word(request->language, SERVE_WORD_NOT_FOUND), "");
    fputs("<h1>", request->out);
    serve_say(request, SERVE_WORD_NOT_FOUND);
    fputs("</h1>\n<p>", request->out);
    serve_say(request, SERVE_WORD_NOT_FOUND_LONG);
    fputs("</p>\n", request->out);
    serve_end(request);
    return 404;
}

void serve_marked(struct serve_request *request, const char *text)
{
    static const char MARKS[] = {ARCHIVE_MARK_START, ARCHIVE_MARK_END, 0};
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    while (*text) {
        size_t length = strcspn(text, MARKS);
        html_text(request->out, bi_arena_strndup(&arena, text, length));
        text += length;
        if (*text)
            fputs(*text++ == ARCHIVE_MARK_START ? "<mark>" : "</mark>", request->out);
    }
}

void serve_link(struct serve_request *request, const char *to, long long id, const char *query)
{
    BI_CLEANUP(bi_text_release) struct bi_text address = {0};
    if (*query) {
        bi_text_add(&address, "?q=");
        serve_url_add(&address, query);
    }
    fprintf(request->out, "<a href=\"%s%lld%s\">", to, id, bi_text_get(&address));
}

void serve_clip(struct serve_request *request, long long page_id, struct bi_box box, int width, int height,
                const char *alternative)
{
    double scale = 1;
    if (box.w * scale > width)
        scale = (double)width / box.w;
    if (box.h * scale > height)
        scale = (double)height / box.h;
    int w = (int)(box.w * scale + 0.5), h = (int)(box.h * scale + 0.5);
    w = w < 1 ? 1 : w;
    h = h < 1 ? 1 : h;
    fprintf(request->out,
            "<img class=\"clip\" loading=\"lazy\" width=\"%d\" height=\"%d\" "
            "src=\"/iiif/%lld/%d,%d,%d,%d/%d,%d/0/default.jpg\" "
            "alt=\"",
            w, h, page_id, box.x, box.y, box.w, box.h, w, h);
    html_text(request->out, alternative);
    fputs("\">", request->out);
}

void serve_url_add(struct bi_text *out, const char *text)
{
    static const char PLAIN[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    for (; *text; text++)
        if (strchr(PLAIN, *text))
            bi_text_add_bytes(out, text, 1);
        else
            bi_text_printf(out, "%%%02X", (unsigned char)*text);
}

long serve_number(const char **text)
{
    long number = 0;
    const char *s = *text;
    if (*s < '0' || *s > '9')
        return -1;
    for (; *s >= '0' && *s <= '9'; s++) {
        if (number > 100000000000000000L)
            return -1;
        number = 10 * number + (*s - '0');
    }
    *text = s;
    return number;
}

long serve_number_whole(const char *text)
{
    long number = serve_number(&text);
    return *text ? -1 : number;
}
