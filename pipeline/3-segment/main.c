/* backissue-segment: the layout of an upright page (stage 3). */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "base/text.h"
#include "page/image.h"
#include "page/pagexml.h"
#include "segment.h"

struct arguments {
    const char *image, *output;
    struct seg_wishes wishes;
    struct bi_text wished; /* … as they are recorded */
};

enum { KEY_DIRECTION = 0x100, KEY_EM };
#define MIN_EM_PIXELS 6
#define MAX_EM_PIXELS 400

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "FILE", 0, "The layout, a PAGE-XML file (required)", 0},
    {"direction", KEY_DIRECTION, "WAY", 0, "Body type runs so everywhere: horizontal or vertical", 1},
    {"em", KEY_EM, "PIXELS", 0, "Size of a full character of body type (6 to 400), instead of measuring it",
     1},
    {0},
};

static void parse_wish(int key, const char *value, struct arguments *arguments, struct argp_state *state)
{
    struct seg_wishes *wishes = &arguments->wishes;
    if (key == KEY_EM) {
        char *end;
        wishes->em = strtod(value, &end);
        if (end == value || *end || !(wishes->em >= MIN_EM_PIXELS && wishes->em <= MAX_EM_PIXELS))
            argp_error(state, "not a size from %d to %d pixels: %s", MIN_EM_PIXELS, MAX_EM_PIXELS, value);
    } else if (strcmp(value, "horizontal") == 0) {
        wishes->direction = SEG_DIRECTION_HORIZONTAL;
    } else if (strcmp(value, "vertical") == 0) {
        wishes->direction = SEG_DIRECTION_VERTICAL;
    } else {
        argp_error(state, "neither horizontal nor vertical: %s", value);
    }
    bi_text_printf(&arguments->wished, "%s%s=%s", arguments->wished.length ? " " : "",
                   key == KEY_EM ? "em" : "direction", value);
}

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->output = value;
        return 0;
    case KEY_DIRECTION:
    case KEY_EM:
        parse_wish(key, value, arguments, state);
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->image)
            argp_error(state, "one image at a time");
        arguments->image = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->image)
            argp_error(state, "which image?");
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
    "IMAGE",
    "Finds the columns, headlines, pictures, boxes, rules and the reading order of an upright "
    "page image, as backissue-deskew writes it, and writes them as PAGE-XML.",
    NULL,
    NULL,
    NULL};

/* The image as 8-bit grey or 1-bit. */
static int read_image(const char *path, PIX **image, struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = NULL;
    if (bi_image_read(path, 0, &pix, err))
        return -1;
    *image = pixGetDepth(pix) == 1 ? pixClone(pix) : pixConvertTo8(pix, 0);
    if (!*image)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: cannot be made grey", path);
    /* The description survives only the clone. */
    if (pixGetText(pix) && !pixGetText(*image))
        pixSetText(*image, pixGetText(pix));
    return 0;
}

static int run(const struct arguments *arguments, struct seg_layout *layout, struct bi_page *page,
               struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *image = NULL;
    if (read_image(arguments->image, &image, err))
        return -1;
    const char *description = pixGetText(image);
    /* An image that did not come from backissue-deskew has no transform, and needs none here. */
    if (description && description[0] == '{' &&
        bi_transform_parse(&page->arena, description, &page->transform, err)) {
        char text[sizeof err->text];
        strcpy(text, err->text);
        return bi_error_set(err, BI_EXIT_INPUT, "%s: %s", arguments->image, text);
    }
    page->image = bi_arena_strdup(&page->arena, bi_path_base(arguments->image));
    if (seg_analyse(image, page->transform.noise, &arguments->wishes, layout, err))
        return -1;
    seg_emit(layout, pixGetWidth(image), pixGetHeight(image), page);
    if (page->transform.version) {
        bi_page_add_step(page, "2-deskew", page->transform.parameters, NULL);
        page->steps[page->step_count - 1].version = page->transform.version;
    }
    bi_page_add_step(page, "3-segment", bi_text_get(&arguments->wished), NULL);
    return bi_pagexml_write(arguments->output, page, err);
}

int main(int argc, char **argv)
{
    bi_program_init("backissue-segment");
    struct arguments arguments = {0};
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    BI_CLEANUP(seg_layout_release) struct seg_layout layout = {0};
    BI_CLEANUP(bi_page_release) struct bi_page page;
    bi_page_init(&page);
    struct bi_error err = {0};
    int result = run(&arguments, &layout, &page, &err);
    bi_text_release(&arguments.wished);
    return result == 0 ? BI_EXIT_DONE : bi_program_fail(&err);
}
