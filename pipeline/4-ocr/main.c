/* backissue-ocr: the text of a page (stage 4). */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "folds.h"
#include "model.h"
#include "ocr.h"
#include "page/image.h"
#include "page/pagexml.h"
#include "reader.h"
#include "settings.h"

#define DEFAULT_MODEL "chi_sim"

struct arguments {
    const char *output, *tessdata, *model, *image, *page;
};

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "FILE", 0, "PAGE-XML with the text (required)", 0},
    {"tessdata", 't', "DIR", 0, "Take the model from this folder only", 0},
    {"model", 'm', "NAME", 0, "Which model (default " DEFAULT_MODEL ")", 0},
    {0},
};

static error_t parse(int key, char *value, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    switch (key) {
    case 'o':
        arguments->output = value;
        return 0;
    case 't':
        arguments->tessdata = value;
        return 0;
    case 'm':
        arguments->model = value;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num >= 2)
            argp_error(state, "one image and one page at a time");
        *(state->arg_num == 0 ? &arguments->image : &arguments->page) = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->page)
            argp_error(state, "which image, and which page?");
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
    "IMAGE PAGE-XML",
    "Reads the text of every line of a page: IMAGE is upright, PAGE-XML says where its lines are.",
    NULL,
    NULL,
    NULL};

/* Tesseract spreads even one line over all cores, at several times the processor time. OpenMP reads its limit
 * before main() begins, so the program has to be started anew for the limit to hold. */
static void limit_threads(char **argv)
{
    const char *limit = getenv("OMP_THREAD_LIMIT");
    if (limit && strcmp(limit, "1") == 0)
        return;
    char self[PATH_MAX]; /* by its own name, for ps(1) */
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length <= 0 || setenv("OMP_THREAD_LIMIT", "1", 1))
        return;
    self[length] = '\0';
    execv(self, argv);
}

static int open_reader(const struct arguments *arguments, struct bi_arena *arena, struct reader **reader,
                       char **models, struct bi_error *err)
{
    char *path;
    struct settings settings;
    BI_CLEANUP(model_release) struct model model = {0};
    if (model_load(arena, arguments->tessdata, arguments->model, &model, err) ||
        bi_data_path(arena, "tessdata/settings", &path, err) || settings_read(arena, path, &settings, err) ||
        reader_open(&model, &settings, reader, err))
        return -1;
    *models = bi_arena_printf(arena, "%s:%s", model.name, model.sha256);
    return 0;
}

static int run(const struct arguments *arguments, struct bi_arena *arena, struct bi_page *page,
               struct bi_error *err)
{
    char *models, *path;
    struct folds folds;
    BI_CLEANUP(reader_closep) struct reader *reader = NULL;
    BI_CLEANUP(bi_pix_destroyp) PIX *image = NULL;
    if (open_reader(arguments, arena, &reader, &models, err) ||
        bi_data_path(arena, "tessdata/folds.ini", &path, err) || folds_read(arena, path, &folds, err))
        return -1;
    if (bi_pagexml_read(arguments->page, page, err) || bi_image_read_grey(arguments->image, &image, err))
        return -1;
    struct bi_error cause = {0};
    if (ocr_page(page, image, reader, &folds, &cause))
        return bi_error_set(err, cause.kind, "%s: %s", arguments->page, cause.text);
    bi_page_add_step(page, "4-ocr", bi_arena_printf(arena, "model=%s", arguments->model), models);
    return bi_pagexml_write(arguments->output, page, err);
}

int main(int argc, char **argv)
{
    limit_threads(argv);
    bi_program_init("backissue-ocr");
    struct arguments arguments = {.model = DEFAULT_MODEL};
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_page_release) struct bi_page page = {0};
    struct bi_error err = {0};
    if (run(&arguments, &arena, &page, &err))
        return bi_program_fail(&err);
    return BI_EXIT_DONE;
}
