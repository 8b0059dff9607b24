/* backissue-train-errors: how well a model reads lines made for training, with the reader that backissue-ocr
 * has. */
#include <stdio.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "lstmf.h"
#include "proof.h"

#define LINES_MAX_BYTES (256u << 20)

struct arguments {
    const char *model;
    char **files;
    int count;
    bool verbose;
};

static const struct argp_option OPTIONS[] = {
    {"verbose", 'v', NULL, 0, "Print what is printed and what was read, line by line", 0}, {0}};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    (void)value;
    switch (key) {
    case 'v':
        arguments->verbose = true;
        return 0;
    case ARGP_KEY_ARGS:
        arguments->model = state->argv[state->next];
        arguments->files = state->argv + state->next + 1;
        arguments->count = state->argc - state->next - 1;
        return 0;
    case ARGP_KEY_END:
        if (arguments->count < 1)
            argp_error(state, "MODEL and FILE are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp ARGP = {OPTIONS,
                                 parse,
                                 "MODEL FILE...",
                                 "Prints for each FILE of lines: its name, characters, characters misread by "
                                 "the .traineddata MODEL, and the latter per cent. Widths of characters, "
                                 "letter case and spaces do not count.",
                                 NULL,
                                 NULL,
                                 NULL};

static int measure(const struct reader *reader, const char *path, bool verbose, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    struct bytes bytes = {0};
    if (bi_file_read(path, LINES_MAX_BYTES, false, &data, &bytes.size, err))
        return -1;
    bytes.data = data;
    size_t characters = 0, errors = 0;
    uint64_t lines = bytes_unsigned(&bytes, 4);
    struct lstmf_line line;
    for (; lines > 0 && lstmf_next(&bytes, &line); lines--) {
        BI_CLEANUP(proof_release) struct proof proof = proof_read(reader, &line.plane, line.text);
        errors += proof.errors;
        characters += proof.characters;
        if (verbose)
            printf("%s\t%s\n", line.text, bi_text_get(&proof.read));
        lstmf_line_release(&line);
    }
    if (bytes.bad || lines > 0)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is no file of lines for lstmtraining", path);
    printf("%s %zu %zu %.2f\n", path, characters, errors,
           characters ? 100.0 * (double)errors / (double)characters : 0);
    return 0;
}

static int run(const struct arguments *arguments, struct bi_error *err)
{
    BI_CLEANUP(reader_closep) struct reader *reader = NULL;
    if (proof_open(arguments->model, &reader, err))
        return -1;
    for (int i = 0; i < arguments->count; i++)
        if (measure(reader, arguments->files[i], arguments->verbose, err))
            return -1;
    return 0;
}

int main(int argc, char **argv)
{
    bi_program_init("backissue-train-errors");
    struct arguments arguments = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    struct bi_error err = {0};
    if (run(&arguments, &err))
        return bi_program_fail(&err);
    return BI_EXIT_DONE;
}
