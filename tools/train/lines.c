/* backissue-train-lines: lines of made newsprint for lstmtraining. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "base/text.h"
#include "cut.h"
#include "faces.h"
#include "label.h"
#include "lstmf.h"
#include "prepare.h"
#include "scan.h"
#include "setting.h"
#include "wear.h"

#define TEXT_MAX_BYTES (256u << 20)
/* Lines set together. */
#define BLOCK_LINES 6
#define HEADLINE_RUNES 14

struct arguments {
    const char *output, *text, *faces, *charset;
    long count, skip;
    uint64_t seed;
    int kind; /* of enum wear_kind; WEAR_KINDS: all by their shares */
};

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "FILE", 0, "Lines for lstmtraining (required)", 0},
    {"faces", 'f', "FILE", 0, "Typefaces (required)", 0},
    {"charset", 'c', "FILE", 0, "The model's unicharset (required)", 0},
    {"count", 'n', "N", 0, "So many lines (default 1000)", 0},
    {"skip", 'k', "N", 0, "Pass over the first N lines of the text", 0},
    {"seed", 's', "N", 0, "Another seed, other lines (default 1)", 0},
    {"wear", 'w', "KIND", 0, "0 none, 1 light, 2 middle, 3 heavy, 4 bitonal (default: all)", 0},
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

/* By how newspapers in archives look; clean ones are kept against forgetting. */
static enum wear_kind choose_kind(struct chance *chance)
{
    int at = chance_below(chance, 100);
    return at < 16   ? WEAR_NONE
           : at < 44 ? WEAR_LIGHT
           : at < 66 ? WEAR_MIDDLE
           : at < 82 ? WEAR_HEAVY
                     : WEAR_BITONAL;
}

static struct setting choose_setting(const struct faces *faces, bool headline, bool vertical, double *dpi,
                                     struct chance *chance)
{
    static const double DPIS[] = {150, 200, 200, 240, 300, 300, 400};
    static const char *const LATIN[] = {"Nimbus Roman", "DejaVu Serif", "Nimbus Sans", "C059"};
    *dpi = DPIS[chance_below(chance, sizeof DPIS / sizeof *DPIS)];
    double points = headline ? chance_real(chance, 14, 40) : chance_real(chance, 7, 12);
    double em = points / 72 * *dpi;
    em = em < 17 ? 17 : em;
    bool caption = !headline && chance_is(chance, 0.15);
    const struct face *face = faces_choose(faces,
                                           headline  ? FACE_HEADLINE
                                           : caption ? FACE_CAPTION
                                                     : FACE_BODY,
                                           chance);
    bool shaped = chance_is(chance, 0.35);
    return (struct setting){
        .face = face->name,
        .latin = chance_is(chance, 0.5) ? face->name : LATIN[chance_below(chance, 4)],
        .em = em,
        .stretch = shaped ? chance_real(chance, 0.8, 1.2) : 1,
        .weight = chance_is(chance, 0.25) ? chance_real(chance, 0, 0.02) : 0,
        .spacing = chance_is(chance, 0.4) ? chance_real(chance, -0.03, headline ? 0.4 : 0.12) : 0,
        .pitch = headline ? 1.9 : chance_real(chance, 1.15, 1.8),
        .mark = chance_is(chance, 0.6) ? 1 : chance_real(chance, 0.5, 1),
        .wave = chance_is(chance, 0.3) ? chance_real(chance, 0, 0.05) : 0,
        .degrees = chance_is(chance, 0.6) ? chance_real(chance, -1.5, 1.5) : 0,
        .justified = true,
        .vertical = vertical,
        .beside = !headline && chance_is(chance, 0.4),
        .margin = 2,
    };
}

/* The outline that backissue-segment would find: the ink's, at times too small or too large. */
static struct bi_polygon jittered(struct bi_arena *arena, struct bi_box box, double em, struct chance *chance)
{
    bool bad = chance_is(chance, 0.12);
    int sides[4];
    for (int i = 0; i < 4; i++)
        sides[i] =
            (int)lround(em * (bad ? chance_real(chance, -0.07, 0.25) : chance_real(chance, -0.01, 0.06)));
    struct bi_polygon outline;
    bi_polygon_from_box(arena, &outline,
                        (struct bi_box){box.x - sides[0], box.y - sides[1], box.w + sides[0] + sides[2],
                                        box.h + sides[1] + sides[3]});
    return outline;
}

/* White on black: the ground goes a little beyond the type. */
static void reverse_ink(struct field *ink, double margin)
{
    int m = (int)margin;
    for (int y = m; y < ink->height - m; y++)
        for (int x = m; x < ink->width - m; x++)
            field_row(ink, y)[x] = 1 - field_row(ink, y)[x];
}

/* Draws a block and appends its lines. Returns how many. */
static long add_block(FILE *stream, const struct faces *faces, const struct label_set *labels,
                      enum wear_kind kind, const char **texts, size_t count, struct chance *chance)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    bool headline = chance_is(chance, 0.14), vertical = chance_is(chance, 0.05),
         reversed = headline && chance_is(chance, 0.12);
    if (headline) { /* short and alone */
        count = 1;
        texts[0] = label_shorten(&arena, texts[0], HEADLINE_RUNES);
    }
    for (size_t i = 0; vertical && i < count; i++)
        texts[i] = label_han_only(&arena, texts[i]);
    double dpi, noise;
    struct setting setting = choose_setting(faces, headline, vertical, &dpi, chance);
    struct bi_box boxes[BLOCK_LINES];
    BI_CLEANUP(field_release) struct field ink = setting_draw(&setting, texts, count, chance, boxes);
    if (ink.width <= 8 || ink.height <= 8)
        return 0;
    if (reversed)
        reverse_ink(&ink, setting.em);
    struct setting back = setting;
    struct bi_box ignored[BLOCK_LINES];
    BI_CLEANUP(field_release) struct field other = setting_draw(&back, texts, count, chance, ignored);
    struct wear wear = wear_choose(kind, setting.em, chance);
    BI_CLEANUP(field_release) struct field page = wear_print(&wear, &ink, &other, setting.em, chance);
    double residue = chance_real(chance, -0.15, 0.15);
    BI_CLEANUP(plane_release)
    struct plane scan =
        scan_upright(&page, wear.quality, (int)dpi,
                     setting.degrees != 0 || chance_is(chance, 0.3) ? setting.degrees + residue : 0, &noise);

    struct bi_polygon outlines[BLOCK_LINES];
    const struct bi_polygon *pointers[BLOCK_LINES];
    struct bi_box outline_boxes[BLOCK_LINES];
    for (size_t i = 0; i < count; i++) {
        outlines[i] = jittered(&arena, boxes[i], setting.em, chance);
        pointers[i] = &outlines[i];
        outline_boxes[i] = bi_polygon_box(&outlines[i]);
    }
    struct cut_neighbours neighbours = {pointers, outline_boxes, count};
    long added = 0;
    for (size_t i = 0; i < count; i++) {
        const char *label = label_make(labels, &arena, texts[i]);
        if (!label || bi_box_empty(boxes[i]))
            continue;
        struct bi_line line = {.outline = outlines[i],
                               .reversed = reversed,
                               .vertical = vertical,
                               .em = setting.em * chance_real(chance, 0.95, 1.05)};
        BI_CLEANUP(plane_release) struct plane strip = {0};
        if (!prepare_strip(&scan, &line, &neighbours, noise, chance, &strip))
            continue;
        lstmf_add(stream, &strip, label);
        added++;
    }
    return added;
}

static int run(const struct arguments *arguments, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_freep) char *text = NULL;
    struct faces faces;
    struct label_set labels;
    size_t size;
    if (bi_file_read(arguments->text, TEXT_MAX_BYTES, false, &text, &size, err) ||
        faces_read(&arena, arguments->faces, &faces, err) ||
        label_read(&arena, arguments->charset, &labels, err))
        return -1;
    BI_CLEANUP(bi_output_discard) struct bi_output out = {0};
    if (bi_output_open(&out, arguments->output, err))
        return -1;
    lstmf_begin(out.stream, 0);
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
        enum wear_kind kind =
            arguments->kind < WEAR_KINDS ? (enum wear_kind)arguments->kind : choose_kind(&chance);
        made += add_block(out.stream, &faces, &labels, kind, texts, count, &chance);
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
