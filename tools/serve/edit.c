/* /enter and /edit/…: who may correct, and under which name; the parts of the desk. */
#include <microhttpd.h>
#include <string.h>
#include <time.h>

#include "base/cleanup.h"
#include "edit/lines.h"
#include "report/html.h"
#include "serve/desk.h"
#include "serve/form.h"
#include "serve/handlers.h"
#include "serve/layout.h"

enum { YEAR_SECONDS = 365 * 24 * 3600 };

static void begin(struct serve_request *request, enum serve_word title)
{
    serve_begin(request, serve_word(request->language, title), "");
    fputs("<h1>", request->out);
    serve_say(request, title);
    fputs("</h1>\n", request->out);
}

static void say(struct serve_request *request, enum serve_word word)
{
    fputs("<p>", request->out);
    serve_say(request, word);
    fputs("</p>\n", request->out);
}

/* ---- who may */

static int ask_token(struct serve_request *request, int status)
{
    begin(request, SERVE_WORD_ENTER);
    say(request, status == MHD_HTTP_OK ? SERVE_WORD_ENTER_LONG : SERVE_WORD_ENTER_WRONG);
    fputs("<form method=\"post\" action=\"/enter\" class=\"edit\"><label><span>", request->out);
    serve_say(request, SERVE_WORD_TOKEN);
    fprintf(request->out,
            "</span><input type=\"password\" name=\"token\" required maxlength=\"%d\" "
            "autocomplete=\"off\"></label>\n",
            SERVE_MOST_TOKEN);
    serve_form_button(request, SERVE_WORD_ENTER);
    serve_form_end(request);
    serve_end(request);
    return status;
}

int serve_enter(struct serve_request *request, const char *rest, struct bi_error *err)
{
    (void)rest;
    if (!request->desk)
        return request->form ? MHD_HTTP_METHOD_NOT_ALLOWED : serve_not_found(request);
    const char *token =
        request->form ? serve_form_get(request->form, "token") : serve_parameter(request, "token");
    if (!*token)
        return ask_token(request, MHD_HTTP_OK);
    if (!serve_token_is_good(&request->desk->keys, token))
        return ask_token(request, MHD_HTTP_FORBIDDEN);
    char session[SERVE_SESSION_SIZE];
    if (serve_session_make(&request->desk->keys, time(NULL), session, err) < 0)
        return -1;
    const char *url = request->desk->options->base_url;
    request->cookie = bi_arena_printf(
        &request->arena, "session=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s", session,
        SERVE_SESSION_SECONDS, url && strncmp(url, "https:", 6) == 0 ? "; Secure" : "");
    return serve_go(request, "/edit/name");
}

/* ---- under which name */

/* Where to go once the name is known: a page of the desk, never elsewhere. */
static const char *where_to(const char *wanted)
{
    static const char PLAIN[] = "abcdefghijklmnopqrstuvwxyz0123456789/";
    bool good = strncmp(wanted, "/edit/", 6) == 0 && strspn(wanted, PLAIN) == strlen(wanted);
    return good ? wanted : "/problems";
}

static int take_name(struct serve_request *request)
{
    BI_CLEANUP(bi_text_release) struct bi_text cookie = {0};
    const char *name = edit_clean(&request->arena, serve_form_get(request->form, "name"));
    if (!*name || strlen(name) > SERVE_MOST_NAME)
        return serve_go(request, "/edit/name");
    bi_text_add(&cookie, "name=");
    serve_url_add(&cookie, name);
    bi_text_printf(&cookie, "; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict", YEAR_SECONDS);
    request->cookie = bi_arena_strdup(&request->arena, cookie.data);
    return serve_go(request, "%s", where_to(serve_form_get(request->form, "to")));
}

int serve_edit_name(struct serve_request *request, const char *rest, struct bi_error *err)
{
    (void)rest, (void)err;
    if (request->form)
        return take_name(request);
    const char *to = where_to(serve_parameter(request, "to"));
    if (request->desk->options->editor)
        return serve_go(request, "%s", to);
    begin(request, SERVE_WORD_NAME_TITLE);
    say(request, SERVE_WORD_NAME_LONG);
    serve_form_begin(request, "/edit/name");
    serve_form_hidden(request, "to", to);
    serve_form_text(request, SERVE_WORD_NAME, "name", request->editor, 40);
    serve_form_button(request, SERVE_WORD_SAVE);
    serve_form_end(request);
    serve_end(request);
    return MHD_HTTP_OK;
}

/* ---- the parts */

static int refuse(struct serve_request *request)
{
    begin(request, SERVE_WORD_FORBIDDEN);
    say(request, SERVE_WORD_FORBIDDEN_LONG);
    fputs("<p><a href=\"/enter\">", request->out);
    serve_say(request, SERVE_WORD_ENTER);
    fputs("</a></p>\n", request->out);
    serve_end(request);
    return MHD_HTTP_FORBIDDEN;
}

int serve_edit(struct serve_request *request, const char *rest, struct bi_error *err)
{
    static const struct {
        const char *begins;
        serve_handler *handler;
    } PARTS[] = {
        {"name", serve_edit_name},           {"lines/", serve_edit_lines},
        {"article/", serve_edit_article},    {"history/", serve_edit_history},
        {"conflicts", serve_edit_conflicts}, {"problem", serve_edit_problem},
    };
    if (!request->desk)
        return request->form ? MHD_HTTP_METHOD_NOT_ALLOWED : serve_not_found(request);
    if (!request->session && !request->form)
        return serve_go(request, "/enter");
    if (!request->session || (request->form && !serve_mark_is_good(&request->desk->keys, request->session,
                                                                   serve_form_get(request->form, "mark"))))
        return refuse(request);
    if (!*request->editor && strcmp(rest, "name") != 0)
        return serve_go(request, "/edit/name?to=%s", where_to(request->path));
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        size_t length = strlen(PARTS[i].begins);
        if (strncmp(rest, PARTS[i].begins, length) == 0)
            return PARTS[i].handler(request, rest + length, err);
    }
    return serve_not_found(request);
}
