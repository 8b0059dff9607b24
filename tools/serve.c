/* backissue serve: the reading room. */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "archive/verb.h"
#include "base/arena.h"
#include "serve/desk.h"
#include "serve/room.h"
#include "verbs.h"

enum { KEY_TOKEN_FILE = 0x100, KEY_EDITOR, KEY_BASE_URL, KEY_CORRECTIONS, KEY_RUN_OPTION };

struct verb {
    struct serve_options options;
    struct serve_desk_options desk;
    struct bi_arena arena;
    bool edits;
};

static const struct argp_option OPTIONS[] = {
    {"listen", 'l', "ADDRESS:PORT", 0, "where to listen (127.0.0.1:8080); port 0: any that is free", 1},
    {"base-url", KEY_BASE_URL, "URL", 0,
     "the address by which the room is known, if another server stands before it", 1},
    {"edit", 'e', NULL, 0, "Let those who have the token correct", 2},
    {"token-file", KEY_TOKEN_FILE, "FILE", 0, "The token is this file's first line, instead of one made now",
     2},
    {"editor", KEY_EDITOR, "NAME", 0, "Who corrects, instead of each giving a name", 2},
    {"corrections", KEY_CORRECTIONS, "DIR", 0,
     "Root of all corrections, as of the runs (\"corrections\" beside the root of the scans)", 2},
    {"run-option", KEY_RUN_OPTION, "OPTION", 0,
     "An option of the runs that put corrections into the archive, such as --profile=best; may be repeated",
     2},
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
    case 'e':
        verb->edits = true;
        return 0;
    case KEY_TOKEN_FILE:
        verb->desk.token_file = argument;
        return 0;
    case KEY_EDITOR:
        if (!*argument || strlen(argument) > SERVE_MOST_NAME)
            argp_error(state, "--editor: a name has 1 to %u bytes", SERVE_MOST_NAME);
        verb->desk.editor = argument;
        return 0;
    case KEY_CORRECTIONS:
        verb->desk.corrections = argument;
        return 0;
    case KEY_RUN_OPTION:
        verb->desk.run_options =
            bi_xrealloc(verb->desk.run_options,
                        ((size_t)verb->desk.run_option_count + 1) * sizeof *verb->desk.run_options);
        verb->desk.run_options[verb->desk.run_option_count++] = argument;
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
           "reads unless told otherwise, and only "
           "this machine reaches it unless told otherwise. Ends well on SIGINT or SIGTERM.",
};

int bi_verb_serve(int argc, char **argv)
{
    struct verb verb = {.options = {.address = "127.0.0.1", .port = 8080}};
    struct bi_error err;
    argp_parse(&ARGP, argc, argv, 0, NULL, &verb);
    verb.options.archive = archive_choose(verb.options.archive);
    verb.desk.base_url = verb.options.base_url;
    if (verb.edits)
        verb.options.desk = &verb.desk;
    int code = archive_verb_end(serve_room(&verb.options, &err), &err);
    bi_arena_release(&verb.arena);
    free(verb.desk.run_options);
    return code;
}
