/* backissue overlay: a page image with what was found on it drawn over it. */
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "overlay/draw.h"
#include "page/articles.h"
#include "page/image.h"
#include "page/pagexml.h"
#include "run/stage.h"
#include "verbs.h"

#define DEFAULT_SCALE 0.25

struct arguments {
    const char *output, *articles, *page;
    long number; /* of the page in an issue's work folder, 0 if `page` is the page itself */
    double scale;
};

static const struct argp_option options[] = {
    {"output", 'o', "FILE", 0, "The picture, a PNG (required)", 0},
    {"articles", 'a', "FILE", 0, "articles.json of the issue, for colours by article (a work folder's own)",
     0},
    {"scale", 's', "FACTOR", 0, "Size of the picture against the page image, up to 1 (0.25)", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    char *end;
    switch (key) {
    case 'o':
        arguments->output = value;
        return 0;
    case 'a':
        arguments->articles = value;
        return 0;
    case 's':
        arguments->scale = strtod(value, &end);
        if (*end || !(arguments->scale >= 0.01 && arguments->scale <= 1))
            argp_error(state, "--scale=%s: is not a number from 0.01 to 1", value);
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num == 0) {
            arguments->page = value;
            return 0;
        }
        if (state->arg_num > 1)
            argp_error(state, "one page at a time");
        arguments->number = strtol(value, &end, 10);
        if (*end || arguments->number < 1 || arguments->number > 999999)
            argp_error(state, "%s: is not the number of a page", value);
        return 0;
    case ARGP_KEY_END:
        if (!arguments->page)
            argp_error(state, "which page?");
        if (!arguments->output)
            argp_error(state, "where to? (-o FILE)");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* In an issue's work folder: the last that was made of a page, and the articles. */
static int find_in_folder(struct bi_arena *arena, struct arguments *arguments, struct bi_error *err)
{
    const char *folder =
        bi_path_join(arena, arguments->page, bi_arena_printf(arena, "%04ld", arguments->number));
    char *articles = bi_path_join(arena, arguments->page, run_stage_names(RUN_STITCH)->output);
    arguments->page = run_last_page(arena, folder);
    if (!arguments->page)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has no page that was segmented", folder);
    if (!arguments->articles && access(articles, R_OK) == 0)
        arguments->articles = articles;
    return 0;
}

/* The page's number in its issue: from the page itself, else from the name of its folder. */
static int frame_of(struct bi_arena *arena, const struct bi_page *page, const char *path)
{
    if (page->transform.scan && page->transform.frame > 0)
        return page->transform.frame;
    return atoi(bi_path_base(bi_path_dir(arena, path)));
}

static int write_png(const char *path, PIX *pix, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) l_uint8 *data = NULL;
    size_t size;
    if (pixWriteMemPng(&data, &size, pix, 0) != 0)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be made", path);
    return bi_file_write(path, data, size, err);
}

static int overlay_page(struct bi_arena *arena, const struct arguments *arguments, const struct bi_page *page,
                        struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *image = NULL;
    BI_CLEANUP(bi_pix_destroyp) PIX *drawn = NULL;
    BI_CLEANUP(bi_articles_release) struct bi_articles articles = {0};
    if (!page->image)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: does not name its page image", arguments->page);
    const char *path = page->image[0] == '/'
                           ? page->image
                           : bi_path_join(arena, bi_path_dir(arena, arguments->page), page->image);
    if (arguments->articles && bi_articles_read(arguments->articles, &articles, err) != 0)
        return -1;
    if (bi_image_read(path, 0, &image, err) != 0 ||
        overlay_draw(image, page, arguments->articles ? &articles : NULL,
                     frame_of(arena, page, arguments->page), arguments->scale, &drawn, err) != 0)
        return -1;
    return write_png(arguments->output, drawn, err);
}

int bi_verb_overlay(int argc, char **argv)
{
    static const struct argp argp = {options,
                                     parse,
                                     "PAGE.page.xml\nISSUE-WORK-FOLDER PAGE-NUMBER",
                                     "Draws regions, lines, reading order and articles over a page image.",
                                     NULL,
                                     NULL,
                                     NULL};
    struct arguments arguments = {.scale = DEFAULT_SCALE};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);

    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct bi_page page;
    struct bi_error err;
    struct stat status;
    bool is_folder = stat(arguments.page, &status) == 0 && S_ISDIR(status.st_mode);
    if (is_folder != (arguments.number > 0)) {
        bi_error_set(&err, BI_EXIT_USAGE, "%s: %s", arguments.page,
                     is_folder ? "is a folder; which page of it?" : "is not an issue's work folder");
        return bi_program_fail(&err);
    }
    if ((is_folder && find_in_folder(&arena, &arguments, &err) != 0) ||
        bi_pagexml_read(arguments.page, &page, &err) != 0)
        return bi_program_fail(&err);
    int result = overlay_page(&arena, &arguments, &page, &err);
    bi_page_release(&page);
    return result == 0 ? BI_EXIT_DONE : bi_program_fail(&err);
}
