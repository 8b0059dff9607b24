#include "serve/desk.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "base/cleanup.h"
#include "edit/lines.h"
#include "report/html.h"
#include "serve/form.h"
#include "serve/layout.h"

int serve_desk_open(struct serve_desk *desk, const struct serve_desk_options *options, const char *archive,
                    struct bi_error *err)
{
    *desk = (struct serve_desk){
        .options = options,
        .run_options = {.archive = archive,
                        .corrections = options->corrections,
                        .extra = options->run_options,
                        .extra_count = options->run_option_count},
    };
    if (serve_keys_make(&desk->keys, options->token_file, err) < 0)
        return -1;
    return serve_runs_start(&desk->run_options, &desk->runs, err);
}

void serve_desk_close(struct serve_desk *desk)
{
    serve_runs_stop(desk->runs);
}

/* ---- where a request comes from */

static const char *header(const struct serve_request *request, const char *name)
{
    const char *value = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
    return value ? value : "";
}

/* "https://example.org/room" -> "https://example.org"; "" where there is none. */
static char *origin_of(struct bi_arena *arena, const char *url)
{
    const char *host = url ? strstr(url, "://") : NULL;
    return host ? bi_arena_strndup(arena, url, (size_t)(host - url) + 3 + strcspn(host + 3, "/"))
                : bi_arena_strdup(arena, "");
}

static bool is_figures(const char *host)
{
    char name[80];
    struct in6_addr address;
    bool six = *host == '[';
    size_t length = strcspn(host + six, six ? "]" : ":");
    if (length >= sizeof name)
        return false;
    memcpy(name, host + six, length);
    name[length] = '\0';
    return inet_pton(six ? AF_INET6 : AF_INET, name, &address) == 1 || strcasecmp(name, "localhost") == 0;
}

bool serve_desk_is_host(const struct serve_desk *desk, struct serve_request *request)
{
    const char *host = header(request, MHD_HTTP_HEADER_HOST);
    const char *own = strstr(origin_of(&request->arena, desk->options->base_url), "://");
    return is_figures(host) || (own && strcasecmp(host, own + 3) == 0);
}

/* The origin, and nothing or a path behind it. */
static bool begins_with_origin(const char *given, const char *origin)
{
    size_t length = strlen(origin);
    return strncasecmp(given, origin, length) == 0 && (given[length] == '\0' || given[length] == '/');
}

bool serve_desk_is_own(const struct serve_desk *desk, struct serve_request *request)
{
    const char *given = header(request, MHD_HTTP_HEADER_ORIGIN);
    const char *own = origin_of(&request->arena, desk->options->base_url);
    if (!*given)
        given = header(request, MHD_HTTP_HEADER_REFERER);
    const char *called = bi_arena_printf(&request->arena, "http://%s", header(request, MHD_HTTP_HEADER_HOST));
    return begins_with_origin(given, called) || (*own && begins_with_origin(given, own));
}

static const char *cookie(const struct serve_request *request, const char *name)
{
    const char *value = MHD_lookup_connection_value(request->connection, MHD_COOKIE_KIND, name);
    return value ? value : "";
}

void serve_desk_greet(const struct serve_desk *desk, struct serve_request *request)
{
    const char *session = cookie(request, "session"), *name = desk->options->editor;
    if (!serve_session_is_good(&desk->keys, session, time(NULL)))
        return;
    request->session = session;
    if (!name) {
        char *decoded = bi_arena_strdup(&request->arena, cookie(request, "name"));
        MHD_http_unescape(decoded);
        name = edit_clean(&request->arena, decoded);
    }
    request->editor = strlen(name) <= SERVE_MOST_NAME ? name : "";
}

/* ---- forms */

void serve_form_begin(struct serve_request *request, const char *action)
{
    char mark[SERVE_MAC_SIZE];
    serve_mark_make(&request->desk->keys, request->session, mark);
    fprintf(request->out, "<form method=\"post\" action=\"%s\" class=\"edit\">", action);
    serve_form_hidden(request, "mark", mark);
}

void serve_form_hidden(struct serve_request *request, const char *name, const char *value)
{
    fprintf(request->out, "<input type=\"hidden\" name=\"%s\" value=\"", name);
    html_text(request->out, value);
    fputs("\">", request->out);
}

void serve_form_hidden_number(struct serve_request *request, const char *name, long long value)
{
    fprintf(request->out, "<input type=\"hidden\" name=\"%s\" value=\"%lld\">", name, value);
}

void serve_form_text(struct serve_request *request, enum serve_word label, const char *name,
                     const char *value, int most)
{
    fputs("<label><span>", request->out);
    serve_say(request, label);
    fprintf(request->out,
            "</span><input type=\"text\" name=\"%s\" maxlength=\"%d\" autocomplete=\"off\" value=\"", name,
            most);
    html_text(request->out, value);
    fputs("\"></label>\n", request->out);
}

void serve_form_button(struct serve_request *request, enum serve_word word)
{
    fprintf(request->out, "<button>%s</button>\n", serve_word(request->language, word));
}

void serve_form_end(struct serve_request *request)
{
    fputs("</form>\n", request->out);
}

/* ---- the issue at hand */

int serve_desk_place(struct serve_request *request, long long issue, struct edit_place *place,
                     struct bi_error *err)
{
    return edit_place_find(request->archive, issue, request->desk->options->corrections, &request->arena,
                           place, err);
}

void serve_desk_say_run(struct serve_request *request, const struct edit_place *place)
{
    static const enum serve_word WORDS[] = {
        [SERVE_RUN_QUEUED] = SERVE_WORD_RUN_QUEUED,   [SERVE_RUN_WAITING] = SERVE_WORD_RUN_WAITING,
        [SERVE_RUN_RUNNING] = SERVE_WORD_RUN_RUNNING, [SERVE_RUN_DONE] = SERVE_WORD_RUN_DONE,
        [SERVE_RUN_FAILED] = SERVE_WORD_RUN_FAILED,   [SERVE_RUN_KEPT] = SERVE_WORD_RUN_KEPT,
    };
    struct serve_run_state state;
    serve_runs_look(request->desk->runs, place, &state);
    if (state.phase == SERVE_RUN_NONE)
        return;
    fputs("<p class=\"run\" role=\"status\">", request->out);
    serve_say(request, WORDS[state.phase]);
    fputs("</p>\n", request->out);
    if (state.phase == SERVE_RUN_FAILED) {
        fputs("<pre class=\"run\">", request->out);
        html_text(request->out, state.message);
        fputs("</pre>\n", request->out);
    }
}

int serve_go(struct serve_request *request, const char *format, ...)
{
    va_list args;
    char address[512];
    va_start(args, format);
    vsnprintf(address, sizeof address, format, args);
    va_end(args);
    request->location = bi_arena_strdup(&request->arena, address);
    return MHD_HTTP_SEE_OTHER;
}
