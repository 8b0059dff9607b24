/* backissue serve: the reading room. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "archive/verb.h"
#include "base/arena.h"
#include "serve/room.h"
#include "verbs.h"

enum { KEY_BASE_URL = 0x100 };

struct verb {
    struct serve_options options;
    struct bi_arena arena;
};

static const struct argp_option OPTIONS[] = {
    {"listen", 'l', "ADDRESS:PORT", 0, "where to listen (127.0.0.1:8080); port 0: any that is free", 0},
    {"base-url", KEY_BASE_URL, "URL", 0,
     "the address by which the room is known, if another server stands before it", 0},
    {0},
};

/* "127.0.0.1:8080", "[::1]:8080" or ":8080", which is of this machine only too. */
static void parse_listen(struct verb *verb, const char *text, const struct argp_state *state)
{
    const char *colon = strrchr(text, ':');
    if (!colon)
        argp_error(state, "--listen takes an address and a port, such as 127.0.0.1:8080, not '%s'", text);
    verb->options.port = (int)archive_verb_number(state, "--listen", colon + 1, 0);
    if (verb->options.port > 65535)
        argp_error(state, "--listen: there is no port %d", verb->options.port);
    bool brackets = *text == '[' && colon > text && colon[-1] == ']';
    if (colon > text)
        verb->options.address =
            bi_arena_strndup(&verb->arena, text + brackets, (size_t)(colon - text) - 2 * brackets);
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct verb *verb = state->input;
    switch (key) {
    case 'l':
        parse_listen(verb, argument, state);
        return 0;
    case KEY_BASE_URL:
        verb->options.base_url = archive_verb_url(state, &verb->arena, "--base-url", argument);
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            argp_error(state, "one archive at a time");
        verb->options.archive = argument;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp ARGP = {
    .options = OPTIONS,
    .parser = parse_option,
    .args_doc = "[ARCHIVE]",
    .doc = "Serves an archive to browsers: search, browsing, deep zoom into pages, whole articles. It only "
           "reads, and only "
           "this machine reaches it unless told otherwise. Ends well on SIGINT or SIGTERM.",
};

int bi_verb_serve(int argc, char **argv)
{
    struct verb verb = {.options = {.address = "127.0.0.1", .port = 8080}};
    struct bi_error err;
    argp_parse(&ARGP, argc, argv, 0, NULL, &verb);
    verb.options.archive = archive_choose(verb.options.archive);
    int code = archive_verb_end(serve_room(&verb.options, &err), &err);
    bi_arena_release(&verb.arena);
    return code;
}
