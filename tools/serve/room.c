#include "serve/room.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/process.h"
#include "base/program.h"
#include "base/text.h"
#include "serve/assets.h"
#include "serve/desk.h"
#include "serve/form.h"
#include "serve/handlers.h"
#include "serve/layout.h"
#include "serve/raster.h"
#include "serve/shelf.h"

#define MIN_THREADS 4u
#define CONNECTION_LIMIT 1000u
/* A client that neither asks nor takes for so long is let go. */
#define TIMEOUT_SECONDS 20u
/* Of a connection, for its request's line and headers: longer ones are refused. */
#define REQUEST_BYTES ((size_t)32 << 10)

struct room {
    struct serve_shelf shelf;
    const char *base_url;
    struct serve_desk *desk; /* NULL without --edit */
};

struct route {
    const char *begins;
    serve_handler *handler;
    bool exact;
    bool takes; /* forms that are sent */
};

static const struct route ROUTES[] = {
    {"/", serve_home, true, false},
    {"/search", serve_search, true, false},
    {"/paper/", serve_paper, false, false},
    {"/issue/", serve_issue, false, false},
    {"/page/", serve_page, false, false},
    {"/article/", serve_article, false, false},
    {"/problems", serve_problems, true, false},
    {"/iiif/issue/", serve_manifest, false, false},
    {"/iiif/collection/", serve_collection, false, false},
    {"/iiif/", serve_image, false, false},
    {"/assets/", serve_asset, false, false},
    {"/enter", serve_enter, true, true},
    {"/edit/", serve_edit, false, true},
};

int serve_asset(struct serve_request *request, const char *rest, struct bi_error *err)
{
    (void)err;
    const struct serve_asset *asset = serve_assets_find(rest);
    if (!asset)
        return serve_not_found(request);
    request->type = asset->type;
    request->max_age = 3600;
    fwrite(asset->data, 1, asset->size, request->out);
    return MHD_HTTP_OK;
}

static const struct route *find_route(const char *path)
{
    for (size_t i = 0; i < sizeof ROUTES / sizeof *ROUTES; i++) {
        size_t length = strlen(ROUTES[i].begins);
        if (ROUTES[i].exact ? strcmp(path, ROUTES[i].begins) == 0
                            : strncmp(path, ROUTES[i].begins, length) == 0)
            return &ROUTES[i];
    }
    return NULL;
}

static int dispatch(struct serve_request *request, struct bi_error *err)
{
    const struct route *route = find_route(request->path);
    if (request->desk && route && route->handler == serve_home && *serve_parameter(request, "token"))
        return serve_enter(request, "", err);
    if (!route)
        return serve_not_found(request);
    if (request->form && !route->takes)
        return MHD_HTTP_METHOD_NOT_ALLOWED;
    return route->handler(request, request->path + strlen(route->begins), err);
}

/* Where corrections are made, a request has to be for this room, and a form from one of its pages. 0 if all
 * is well. */
static int check(const struct room *room, struct serve_request *request)
{
    if (!room->desk)
        return 0;
    if (!serve_desk_is_host(room->desk, request))
        return MHD_HTTP_MISDIRECTED_REQUEST;
    if (request->form && serve_form_is_too_large(request->form))
        return MHD_HTTP_CONTENT_TOO_LARGE;
    serve_desk_greet(room->desk, request);
    return request->form && !serve_desk_is_own(room->desk, request) ? MHD_HTTP_FORBIDDEN : 0;
}

/* As the address says (?lang=), as it said before, or else as the browser does. */
static enum serve_language choose_language(struct MHD_Connection *connection)
{
    const char *chosen = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "lang");
    if (!chosen || serve_language_of(chosen) < 0)
        chosen = MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, "lang");
    int language = chosen ? serve_language_of(chosen) : -1;
    const char *accepted =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
    for (const char *s = accepted; language < 0 && s && *s; s += strcspn(s, ","), s += strspn(s, ", "))
        language = serve_language_of(s);
    return language < 0 ? SERVE_CHINESE : (enum serve_language)language;
}

static void add_headers(struct MHD_Response *response, const struct serve_request *request)
{
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, request->type);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    /* Within the room the browser says where a form comes from; others learn nothing. */
    MHD_add_response_header(response, "Referrer-Policy", "same-origin");
    MHD_add_response_header(
        response, "Content-Security-Policy",
        "default-src 'none'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    if (request->open)
        MHD_add_response_header(response, "Access-Control-Allow-Origin", "*");
    if (request->location)
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, request->location);
    if (*serve_parameter(request, "lang")) {
        char cookie[80];
        snprintf(cookie, sizeof cookie, "lang=%.2s; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
                 serve_language_tag(request->language));
        MHD_add_response_header(response, MHD_HTTP_HEADER_SET_COOKIE, cookie);
    }
    if (request->cookie)
        MHD_add_response_header(response, MHD_HTTP_HEADER_SET_COOKIE, request->cookie);
    char age[40];
    if (request->max_age)
        snprintf(age, sizeof age, "max-age=%d", request->max_age);
    else
        snprintf(age, sizeof age, "no-cache");
    MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, age);
    MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, "Accept-Language, Cookie");
}

static enum MHD_Result answer(struct serve_request *request, int status, char *body, size_t size)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(size, body, MHD_RESPMEM_MUST_FREE);
    if (!response) {
        free(body);
        return MHD_NO;
    }
    add_headers(response, request);
    enum MHD_Result queued = MHD_queue_response(request->connection, (unsigned)status, response);
    MHD_destroy_response(response);
    return queued;
}

/* What is wrong with the machine is told to its keeper, not to the reader. */
static int handle(struct room *room, struct serve_request *request)
{
    struct bi_error err;
    struct archive archive;
    if (serve_shelf_take(&room->shelf, &archive, &err) < 0) {
        bi_program_warn("%s: %s", request->path, err.text);
        return MHD_HTTP_SERVICE_UNAVAILABLE;
    }
    request->archive = &archive;
    int status = dispatch(request, &err);
    serve_shelf_return(&room->shelf, &archive);
    if (status >= 0)
        return status;
    bi_program_warn("%s: %s", request->path, err.text);
    return MHD_HTTP_INTERNAL_SERVER_ERROR;
}

static enum MHD_Result respond(struct room *room, struct MHD_Connection *connection, const char *path,
                               bool allowed, const struct serve_form *form)
{
    struct serve_request request = {
        .connection = connection,
        .path = path,
        .language = choose_language(connection),
        .desk = room->desk,
        .form = form,
        .type = "text/html; charset=utf-8",
        .base_url = room->base_url,
    };
    char *body = NULL;
    size_t size = 0;
    request.out = open_memstream(&body, &size);
    if (!request.out)
        return MHD_NO;
    int status = allowed ? check(room, &request) : MHD_HTTP_METHOD_NOT_ALLOWED;
    if (status == 0)
        status = handle(room, &request);
    /* Where a handler has said nothing, or not all, the bare number has to do. */
    if (status == MHD_HTTP_INTERNAL_SERVER_ERROR || status == MHD_HTTP_SERVICE_UNAVAILABLE ||
        (status >= MHD_HTTP_BAD_REQUEST && ftell(request.out) <= 0)) {
        request.type = "text/plain; charset=utf-8";
        rewind(request.out);
        fprintf(request.out, "%d\n", status);
    }
    enum MHD_Result queued = fclose(request.out) == 0 ? answer(&request, status, body, size) : MHD_NO;
    bi_arena_release(&request.arena);
    return queued;
}

/* What is kept of a request between its headers and its end. */
static int no_form;

static void *begin_request(const struct room *room, struct MHD_Connection *connection, const char *method)
{
    if (!room->desk || strcmp(method, MHD_HTTP_METHOD_POST) != 0)
        return &no_form; /* what may follow the headers is thrown away */
    struct serve_form *form = serve_form_new(connection);
    return form ? (void *)form : &no_form;
}

static void end_request(void *room, struct MHD_Connection *connection, void **state,
                        enum MHD_RequestTerminationCode code)
{
    (void)room, (void)connection, (void)code;
    if (*state && *state != &no_form)
        serve_form_free(*state);
    *state = NULL;
}

static enum MHD_Result take(void *room, struct MHD_Connection *connection, const char *path,
                            const char *method, const char *version, const char *upload, size_t *upload_size,
                            void **state)
{
    (void)version;
    if (!*state) { /* only the headers are there */
        *state = begin_request(room, connection, method);
        return MHD_YES;
    }
    struct serve_form *form = *state == &no_form ? NULL : *state;
    if (*upload_size) {
        if (form)
            serve_form_take(form, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    bool reads = strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0;
    return respond(room, connection, path, reads || form, form);
}

const char *serve_parameter(const struct serve_request *request, const char *name)
{
    const char *value = MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
    return value ? value : "";
}

/* As the keeper says, or else the client's Host header, if that is one. */
const char *serve_origin(struct serve_request *request)
{
    if (request->base_url)
        return request->base_url;
    static const char PLAIN[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:[]";
    const char *host =
        MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
    bool good = host && *host && strspn(host, PLAIN) == strlen(host);
    return bi_arena_printf(&request->arena, "http://%s", good ? host : "localhost");
}

/* The socket, so that the message says what is wrong with the address. */
static int listen_on(const struct serve_options *options, struct bi_error *err)
{
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)options->port)};
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options->port)};
    bool is_six = inet_pton(AF_INET6, options->address, &six.sin6_addr) == 1;
    if (!is_six && inet_pton(AF_INET, options->address, &four.sin_addr) != 1)
        return bi_error_set(err, BI_EXIT_USAGE, "%s: is no numeric address", options->address);
    int listener = socket(is_six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), on = 1;
    if (listener >= 0)
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (listener < 0 ||
        bind(listener, is_six ? (struct sockaddr *)&six : (struct sockaddr *)&four,
             is_six ? sizeof six : sizeof four) != 0 ||
        listen(listener, SOMAXCONN) != 0) {
        bi_error_errno(err, BI_EXIT_MACHINE, "%s port %d: cannot be listened on", options->address,
                       options->port);
        if (listener >= 0)
            close(listener);
        return -1;
    }
    return listener;
}

static void say_where(const struct serve_options *options, const struct serve_desk *desk, int listener)
{
    struct sockaddr_storage where = {0};
    socklen_t length = sizeof where;
    int port = options->port;
    if (getsockname(listener, (struct sockaddr *)&where, &length) == 0)
        port = ntohs(where.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&where)->sin6_port
                                                 : ((struct sockaddr_in *)&where)->sin_port);
    bool brackets = strchr(options->address, ':');
    printf("http://%s%s%s:%d/", brackets ? "[" : "", options->address, brackets ? "]" : "", port);
    if (desk && !desk->options->token_file)
        printf("?token=%s", desk->keys.token);
    putchar('\n');
    fflush(stdout);
}

static void ignore_log(void *context, const char *format, va_list args)
{
    (void)context, (void)format, (void)args; /* of clients' mistakes */
}

static int serve_until_told(struct room *room, const struct serve_options *options, const sigset_t *ends,
                            struct bi_error *err)
{
    unsigned threads = 2 * (unsigned)bi_process_cores();
    int listener = listen_on(options, err);
    if (listener < 0)
        return -1;
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, NULL, NULL, take, room,
                         MHD_OPTION_EXTERNAL_LOGGER, ignore_log, NULL, MHD_OPTION_LISTEN_SOCKET, listener,
                         MHD_OPTION_THREAD_POOL_SIZE, threads < MIN_THREADS ? MIN_THREADS : threads,
                         MHD_OPTION_CONNECTION_LIMIT, CONNECTION_LIMIT, MHD_OPTION_CONNECTION_TIMEOUT,
                         TIMEOUT_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, REQUEST_BYTES,
                         MHD_OPTION_NOTIFY_COMPLETED, end_request, NULL, MHD_OPTION_END);
    if (!daemon) {
        close(listener);
        return bi_error_set(err, BI_EXIT_MACHINE, "the server cannot be started");
    }
    say_where(options, room->desk, listener);
    int signal;
    sigwait(ends, &signal);
    MHD_stop_daemon(daemon);
    return 0;
}

/* The signals that end it are blocked before there is a thread, so that all have it. */
static void block_ends(sigset_t *ends)
{
    sigemptyset(ends);
    sigaddset(ends, SIGINT);
    sigaddset(ends, SIGTERM);
    sigaddset(ends, SIGHUP);
    sigprocmask(SIG_BLOCK, ends, NULL);
}

int serve_room(const struct serve_options *options, struct bi_error *err)
{
    struct room room = {.base_url = options->base_url};
    struct serve_desk desk = {0};
    sigset_t ends;
    serve_shelf_init(&room.shelf, options->archive);
    /* An archive that cannot be read is told of now, not to the first reader. */
    struct archive archive;
    int status = serve_shelf_take(&room.shelf, &archive, err);
    if (status == 0) {
        serve_shelf_return(&room.shelf, &archive);
        status = serve_assets_read(err);
    }
    block_ends(&ends);
    if (status == 0 && options->desk) {
        status = serve_desk_open(&desk, options->desk, options->archive, err);
        room.desk = &desk;
    }
    if (status == 0)
        status = serve_until_told(&room, options, &ends, err);
    serve_desk_close(&desk);
    serve_assets_release();
    serve_raster_release();
    serve_shelf_release(&room.shelf);
    return status;
}
