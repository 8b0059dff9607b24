/* backissue-train-start: from an integer Chinese model's components to those that training can begin with. */
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "floats.h"
#include "spell.h"

#define COMPONENT_MAX_BYTES (64u << 20)

struct arguments {
    const char *in, *wubi, *out;
};

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "PREFIX", 0, "Components to write (required)", 0},
    {"wubi", 'w', "FILE", 0, "Characters and their Wubi 86 keys; without it no character is added", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->out = value;
        return 0;
    case 'w':
        arguments->wubi = value;
        return 0;
    case ARGP_KEY_ARG:
        arguments->in = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->in || !arguments->out)
            argp_error(state, "PREFIX and --output are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp ARGP = {
    OPTIONS,
    parse,
    "PREFIX",
    "Reads PREFIXlstm, PREFIXlstm-unicharset and PREFIXlstm-recoder, which combine_tessdata -u writes.",
    NULL,
    NULL,
    NULL};

/* Adds characters and says how many outputs they need. */
static int add_characters(const struct arguments *arguments, struct bi_arena *arena, int *outputs,
                          struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *unicharset = NULL, *recoder = NULL, *wubi = NULL;
    size_t size, recoder_size;
    if (bi_file_read(bi_arena_printf(arena, "%slstm-unicharset", arguments->in), COMPONENT_MAX_BYTES, false,
                     &unicharset, &size, err) ||
        bi_file_read(bi_arena_printf(arena, "%slstm-recoder", arguments->in), COMPONENT_MAX_BYTES, false,
                     &recoder, &recoder_size, err) ||
        bi_file_read(arguments->wubi, COMPONENT_MAX_BYTES, false, &wubi, &size, err))
        return -1;
    struct bytes bytes = {.data = recoder, .size = recoder_size};
    BI_CLEANUP(bi_text_release) struct bi_text more_unicharset = {0}, more_recoder = {0};
    struct bi_error cause = {0};
    int added;
    if (spell_add(unicharset, &bytes, wubi, &more_unicharset, &more_recoder, outputs, &added, &cause))
        return bi_error_set(err, cause.kind, "%s: %s", arguments->in, cause.text);
    printf("%d characters added\n", added);
    return bi_file_write(bi_arena_printf(arena, "%slstm-unicharset", arguments->out), more_unicharset.data,
                         more_unicharset.length, err) ||
                   bi_file_write(bi_arena_printf(arena, "%slstm-recoder", arguments->out), more_recoder.data,
                                 more_recoder.length, err)
               ? -1
               : 0;
}

static int run(const struct arguments *arguments, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_freep) char *network = NULL;
    BI_CLEANUP(bi_text_release) struct bi_text floats = {0};
    const char *path = bi_arena_printf(&arena, "%slstm", arguments->in);
    size_t size;
    int outputs = 0;
    if ((arguments->wubi && add_characters(arguments, &arena, &outputs, err)) ||
        bi_file_read(path, COMPONENT_MAX_BYTES, false, &network, &size, err))
        return -1;
    struct bytes bytes = {.data = network, .size = size};
    struct bi_error cause = {0};
    if (floats_from_integers(&bytes, outputs, &floats, &cause))
        return bi_error_set(err, cause.kind, "%s: %s", path, cause.text);
    return bi_file_write(bi_arena_printf(&arena, "%slstm", arguments->out), floats.data, floats.length, err);
}

int main(int argc, char **argv)
{
    bi_program_init("backissue-train-start");
    struct arguments arguments = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    struct bi_error err = {0};
    if (run(&arguments, &err))
        return bi_program_fail(&err);
    return BI_EXIT_DONE;
}
