/* backissue-train-mix: the network between one and what training made of it. */
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "floats.h"

#define COMPONENT_MAX_BYTES (64u << 20)

struct arguments {
    const char *out, *trained, *start;
    double share;
};

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "FILE", 0, "LSTM component to write (required)", 0},
    {"share", 's', "SHARE", 0, "Of the trained network's weights, 0 to 1 (default 0.9)", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->out = value;
        return 0;
    case 's':
        arguments->share = strtod(value, NULL);
        return arguments->share >= 0 && arguments->share <= 1 ? 0 : ARGP_ERR_UNKNOWN;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            return ARGP_ERR_UNKNOWN;
        *(state->arg_num == 0 ? &arguments->trained : &arguments->start) = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->start || !arguments->out)
            argp_error(state, "TRAINED, START and --output are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp ARGP = {
    OPTIONS, parse, "TRAINED START", "Mixes the weights of two LSTM components of floats.", NULL, NULL, NULL};

static int run(const struct arguments *arguments, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *trained = NULL, *start = NULL;
    BI_CLEANUP(bi_text_release) struct bi_text mixed = {0};
    struct bytes in = {0}, other = {0};
    if (bi_file_read(arguments->trained, COMPONENT_MAX_BYTES, false, &trained, &in.size, err) ||
        bi_file_read(arguments->start, COMPONENT_MAX_BYTES, false, &start, &other.size, err))
        return -1;
    in.data = trained;
    other.data = start;
    struct bi_error cause = {0};
    if (floats_mix(&in, arguments->share, &other, &mixed, &cause))
        return bi_error_set(err, cause.kind, "%s, %s: %s", arguments->trained, arguments->start, cause.text);
    return bi_file_write(arguments->out, mixed.data, mixed.length, err);
}

int main(int argc, char **argv)
{
    bi_program_init("backissue-train-mix");
    struct arguments arguments = {.share = 0.9};
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    struct bi_error err = {0};
    if (run(&arguments, &err))
        return bi_program_fail(&err);
    return BI_EXIT_DONE;
}
