/* backissue-deskew: one page of a scan, set upright and cleaned (stage 2). */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "base/text.h"
#include "crop.h"
#include "deskew.h"
#include "page/image.h"
#include "page/issue.h"
#include "page/transform.h"
#include "skew.h"

struct arguments {
    const char *scan, *output;
    int index, frame;
    const char *crop; /* as given; NULL: all of the image */
    struct crop corners;
    struct deskew_wishes wishes;
    struct bi_text wished; /* … as they are recorded */
};

enum { KEY_ROTATE = 0x100, KEY_SKEW, KEY_DPI, KEY_UNBEND };
#define MIN_DPI 50
#define MAX_DPI 2400

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "FILE", 0, "The upright page, a TIFF (required)", 0},
    {"index", 'i', "N", 0, "Image N of a multi-page file, from 0 (default 0)", 0},
    {"crop", 'c', "POINTS", 0,
     "The page is only this part of the image: \"X,Y X,Y X,Y X,Y\", its corners in pixels", 0},
    {"frame", 'f', "N", 0, "Number of the page frame in its issue, from 1, to be kept with the page", 0},
    {"rotate", KEY_ROTATE, "DEGREES", 0, "Turn it clockwise by 0, 90, 180 or 270, instead of finding out", 1},
    {"skew", KEY_SKEW, "DEGREES", 0,
     "Its lines rise to the right by so much after that turn (-15 to 15), instead of finding out", 1},
    {"dpi", KEY_DPI, "N", 0, "Resolution of the scan (50 to 2400), instead of what the file says", 1},
    {"unbend", KEY_UNBEND, "yes|no", 0, "Whether lines that bend are straightened (yes)", 1},
    {0},
};

static int parse_count(const char *text, struct argp_state *state)
{
    char *end;
    long value = strtol(text, &end, 10);
    if (end == text || *end || value < 0 || value > 999999)
        argp_error(state, "not a number from 0 to 999999: %s", text);
    return (int)value;
}

static double parse_skew(const char *text, struct argp_state *state)
{
    char *end;
    double degrees = strtod(text, &end);
    if (end == text || *end || !(degrees >= -MAX_SKEW_DEGREES && degrees <= MAX_SKEW_DEGREES))
        argp_error(state, "not an angle from %.0f to %.0f degrees: %s", -MAX_SKEW_DEGREES, MAX_SKEW_DEGREES,
                   text);
    return degrees;
}

static void parse_wish(int key, const char *value, struct arguments *arguments, struct argp_state *state)
{
    struct deskew_wishes *wishes = &arguments->wishes;
    const char *name = "rotate";
    if (key == KEY_ROTATE) {
        wishes->rotate = parse_count(value, state);
        if (wishes->rotate > 270 || wishes->rotate % 90)
            argp_error(state, "not 0, 90, 180 or 270: %s", value);
    } else if (key == KEY_SKEW) {
        name = "skew";
        wishes->skew = parse_skew(value, state);
    } else if (key == KEY_DPI) {
        name = "dpi";
        wishes->dpi = parse_count(value, state);
        if (wishes->dpi < MIN_DPI || wishes->dpi > MAX_DPI)
            argp_error(state, "not a resolution from %d to %d: %s", MIN_DPI, MAX_DPI, value);
    } else {
        name = "unbend";
        wishes->keep_bend = strcmp(value, "no") == 0;
        if (!wishes->keep_bend && strcmp(value, "yes") != 0)
            argp_error(state, "neither yes nor no: %s", value);
    }
    bi_text_printf(&arguments->wished, " %s=%s", name, value);
}

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->output = value;
        return 0;
    case 'i':
        arguments->index = parse_count(value, state);
        return 0;
    case 'c':
        if (!crop_parse(value, &arguments->corners))
            argp_error(state, "not four corners in pixels, clockwise from the top left: %s", value);
        arguments->crop = value;
        return 0;
    case 'f':
        arguments->frame = parse_count(value, state);
        return 0;
    case KEY_ROTATE:
    case KEY_SKEW:
    case KEY_DPI:
    case KEY_UNBEND:
        parse_wish(key, value, arguments, state);
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->scan)
            argp_error(state, "one scan at a time");
        arguments->scan = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->scan)
            argp_error(state, "which scan?");
        if (!arguments->output)
            argp_error(state, "where to? (-o FILE)");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp ARGP = {
    OPTIONS,
    parse,
    "SCAN",
    "Sets one page of a scan upright: finds its skew from the lines of text, crops what surrounds it, "
    "divides "
    "uneven light out, and writes it as a grey TIFF that says how to get back to the scan.",
    NULL,
    NULL,
    NULL};

static void print_remarks(const char *scan, const char *remarks)
{
    while (*remarks) {
        const char *end = strchrnul(remarks, '\n');
        bi_program_warn("%s: %.*s", scan, (int)(end - remarks), remarks);
        remarks = *end ? end + 1 : end;
    }
}

static char *describe_parameters(struct bi_arena *arena, const struct arguments *arguments)
{
    return bi_arena_printf(arena, "index=%d%s%s%s", arguments->index, arguments->crop ? " crop=" : "",
                           arguments->crop ? arguments->crop : "", bi_text_get(&arguments->wished));
}

static int run(const struct arguments *arguments, struct bi_arena *arena, struct bi_text *remarks,
               struct bi_error *err)
{
    char sha256[BI_SHA256_HEX];
    PIX *scan = NULL;
    if (bi_image_read_tones(arguments->scan, arguments->index, &scan, err) ||
        bi_sha256_file(arguments->scan, sha256, err)) {
        pixDestroy(&scan);
        return -1;
    }
    struct bi_transform transform = {.frame = arguments->frame,
                                     .scan = bi_name_escape(arena, arguments->scan),
                                     .scan_sha256 = sha256,
                                     .scan_index = arguments->index,
                                     .version = BI_VERSION,
                                     .parameters = describe_parameters(arena, arguments)};
    int width = pixGetWidth(scan), height = pixGetHeight(scan);
    if (arguments->crop && crop_cut(&scan, &arguments->corners, arguments->scan, err)) {
        pixDestroy(&scan);
        return -1;
    }
    BI_CLEANUP(bi_pix_destroyp)
    PIX *upright = deskew_page(&scan, pixGetXRes(scan), &arguments->wishes, arena, &transform, remarks);
    if (arguments->crop)
        crop_restore(&arguments->corners, width, height, &transform);
    pixSetText(upright, bi_transform_format(arena, &transform));
    if (bi_image_write_tiff(arguments->output, upright, err))
        return -1;
    print_remarks(arguments->scan, bi_text_get(remarks));
    return 0;
}

int main(int argc, char **argv)
{
    bi_program_init("backissue-deskew");
    struct arguments arguments = {.wishes = DESKEW_NO_WISHES};
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_text_release) struct bi_text remarks = {0};
    struct bi_error err = {0};
    int result = run(&arguments, &arena, &remarks, &err);
    bi_text_release(&arguments.wished);
    return result == 0 ? BI_EXIT_DONE : bi_program_fail(&err);
}
