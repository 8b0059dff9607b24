/* backissue-train-lines: lines of made newsprint for lstmtraining. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "base/text.h"
#include "block.h"
#include "lstmf.h"
#include "proof.h"

#define TEXT_MAX_BYTES (256u << 20)

struct arguments {
    const char *output, *text, *faces, *charset, *proof;
    long count, skip;
    uint64_t seed;
    int kind;  /* of enum wear_kind; WEAR_KINDS: all by their shares */
    double em; /* size of body type, pixels; 0: all sizes, and headlines too */
};

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "FILE", 0, "Lines for lstmtraining (required)", 0},
    {"faces", 'f', "FILE", 0, "Typefaces (required)", 0},
    {"charset", 'c', "FILE", 0, "The model's unicharset (required)", 0},
    {"proof", 'p', "MODEL", 0, "Leave out lines of which this .traineddata model reads less than half", 0},
    {"count", 'n', "N", 0, "So many lines (default 1000)", 0},
    {"skip", 'k', "N", 0, "Pass over the first N lines of the text", 0},
    {"seed", 's', "N", 0, "Another seed, other lines (default 1)", 0},
    {"wear", 'w', "KIND", 0, "0 none, 1 light, 2 middle, 3 heavy, 4 bitonal (default: all)", 0},
    {"em", 'e', "PIXELS", 0, "Body type of this size alone (default: all sizes and headlines)", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->output = value;
        return 0;
    case 'f':
        arguments->faces = value;
        return 0;
    case 'c':
        arguments->charset = value;
        return 0;
    case 'p':
        arguments->proof = value;
        return 0;
    case 'n':
        arguments->count = strtol(value, NULL, 10);
        return 0;
    case 'k':
        arguments->skip = strtol(value, NULL, 10);
        return 0;
    case 's':
        arguments->seed = strtoull(value, NULL, 10);
        return 0;
    case 'w':
        arguments->kind = atoi(value);
        return arguments->kind >= 0 && arguments->kind < WEAR_KINDS ? 0 : ARGP_ERR_UNKNOWN;
    case 'e':
        arguments->em = strtod(value, NULL);
        return arguments->em >= BLOCK_MIN_EM_PIXELS ? 0 : ARGP_ERR_UNKNOWN;
    case ARGP_KEY_ARG:
        arguments->text = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->output || !arguments->faces || !arguments->charset || !arguments->text ||
            arguments->count < 1)
            argp_error(state, "TEXT, --output, --faces and --charset are needed");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp ARGP = {
    OPTIONS, parse, "TEXT", "Draws, wears and prepares lines of TEXT, which has one a line.",
    NULL,    NULL,  NULL};

static int run(const struct arguments *arguments, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_freep) char *text = NULL;
    BI_CLEANUP(reader_closep) struct reader *proof = NULL;
    struct faces faces;
    struct label_set labels;
    size_t size;
    if (bi_file_read(arguments->text, TEXT_MAX_BYTES, false, &text, &size, err) ||
        faces_read(&arena, arguments->faces, &faces, err) ||
        label_read(&arena, arguments->charset, &labels, err) ||
        (arguments->proof && proof_open(arguments->proof, &proof, err)))
        return -1;
    BI_CLEANUP(bi_output_discard) struct bi_output out = {0};
    if (bi_output_open(&out, arguments->output, err))
        return -1;
    lstmf_begin(out.stream, 0);
    struct block_press press = {out.stream,   &faces, &labels, proof, (enum wear_kind)arguments->kind,
                                arguments->em};
    struct chance chance = {arguments->seed};
    char *rest = text, *line;
    long made = 0;
    for (long i = 0; i < arguments->skip && rest; i++)
        strsep(&rest, "\n");
    while (made < arguments->count && rest) {
        const char *texts[BLOCK_LINES];
        size_t count = 0, wanted = (size_t)chance_between(&chance, 2, BLOCK_LINES);
        while (count < wanted && (line = strsep(&rest, "\n")))
            if (*line && bi_rune_count(line) <= 45)
                texts[count++] = line;
        if (!count)
            break;
        made += block_add(&press, texts, count, &chance);
    }
    rewind(out.stream);
    lstmf_begin(out.stream, (uint32_t)made);
    if (ferror(out.stream))
        return bi_error_errno(err, BI_EXIT_INTERNAL, "%s: cannot be written", arguments->output);
    return bi_output_commit(&out, err);
}

int main(int argc, char **argv)
{
    bi_program_init("backissue-train-lines");
    struct arguments arguments = {.count = 1000, .seed = 1, .kind = WEAR_KINDS};
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    struct bi_error err = {0};
    if (run(&arguments, &err))
        return bi_program_fail(&err);
    return BI_EXIT_DONE;
}
