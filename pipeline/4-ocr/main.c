/* backissue-ocr: the text of a page (stage 4). */
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/program.h"
#include "folds.h"
#include "model.h"
#include "ocr.h"
#include "page/image.h"
#include "page/pagexml.h"
#include "profiles.h"
#include "reader.h"

#define WORDS "words"
#define WORDS_SUFFIX ".txt"
#define DEFAULT_PROFILE "standard"

struct arguments {
    const char *output, *tessdata, *profile, *model, *image, *page;
};

static const struct argp_option OPTIONS[] = {
    {"output", 'o', "FILE", 0, "PAGE-XML with the text (required)", 0},
    {"tessdata", 't', "DIR", 0, "Take the models from this folder only", 0},
    {"model", 'm', "NAME", 0, "Read with this model alone", 0},
    {"profile", 'p', "NAME", 0, "How much to do: fast, standard (default) or best", 0},
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
    case 'p':
        arguments->profile = value;
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

/* The models of a profile, each once, in the order in which it names them. */
struct models {
    struct reader *readers[PROFILE_MAX_READINGS];
    char *names[PROFILE_MAX_READINGS];
    size_t count;
    struct words *words;
    char *record; /* "name:sha256 …" */
};

static void models_release(struct models *models)
{
    for (size_t i = 0; i < models->count; i++)
        reader_close(models->readers[i]);
    words_free(models->words);
}

static void record_model(struct models *models, struct bi_arena *arena, const struct model *model)
{
    models->record = bi_arena_printf(arena, "%s%s%s:%s", models->record ? models->record : "",
                                     models->record ? " " : "", model->name, model->sha256);
}

static int open_model(const struct arguments *arguments, struct bi_arena *arena, char *name,
                      struct models *models, struct reader **reader, struct bi_error *err)
{
    for (size_t i = 0; i < models->count; i++)
        if (strcmp(models->names[i], name) == 0) {
            *reader = models->readers[i];
            return 0;
        }
    BI_CLEANUP(model_release) struct model model = {0};
    if (model_load(arena, arguments->tessdata, name, MODEL_SUFFIX, &model, err) ||
        reader_open(&model, reader, err))
        return -1;
    models->names[models->count] = name;
    models->readers[models->count++] = *reader;
    record_model(models, arena, &model);
    return 0;
}

/* The table of words is a help that reading can do without. */
static int open_words(const struct arguments *arguments, struct bi_arena *arena, struct models *models,
                      struct bi_error *err)
{
    if (!model_is_there(arena, arguments->tessdata, WORDS, WORDS_SUFFIX)) {
        bi_program_warn("%s: are not installed, so reading goes on without them", WORDS WORDS_SUFFIX);
        return 0;
    }
    BI_CLEANUP(model_release) struct model table = {0};
    if (model_load(arena, arguments->tessdata, WORDS, WORDS_SUFFIX, &table, err) ||
        words_parse(table.path, table.data, table.size, &models->words, err))
        return -1;
    record_model(models, arena, &table);
    return 0;
}

/* Whether an earlier reading has the model of this one. */
static bool is_told(const struct profile *profile, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(profile->readings[i].model, profile->readings[at].model) == 0)
            return true;
    return false;
}

static int open_readers(const struct arguments *arguments, struct bi_arena *arena, struct models *models,
                        struct ocr_readers *readers, struct bi_error *err)
{
    char *path;
    struct profile profile;
    if (bi_data_path(arena, "tessdata/profiles.ini", &path, err) ||
        profile_read(arena, path, arguments->profile, &profile, err))
        return -1;
    *readers = (struct ocr_readers){.doubt = profile.doubt};
    for (size_t i = 0; i < profile.count; i++) {
        char *name = profile.readings[i].model;
        struct reader *reader;
        if (arguments->model)
            name = bi_arena_strdup(arena, arguments->model);
        if (i > 0 && !arguments->model && !model_is_there(arena, arguments->tessdata, name, MODEL_SUFFIX)) {
            if (!is_told(&profile, i))
                bi_program_warn("%s: is not installed, so reading goes on without it", name);
            continue;
        }
        if (open_model(arguments, arena, name, models, &reader, err))
            return -1;
        readers->first_count += i < profile.first_count;
        readers->readings[readers->count++] = (struct ocr_reading){reader, profile.readings[i].style};
    }
    if (open_words(arguments, arena, models, err))
        return -1;
    readers->words = models->words;
    return 0;
}

static const char *parameters_of(const struct arguments *arguments, struct bi_arena *arena)
{
    return bi_arena_printf(arena, "profile=%s%s%s", arguments->profile, arguments->model ? " model=" : "",
                           arguments->model ? arguments->model : "");
}

static int run(const struct arguments *arguments, struct bi_arena *arena, struct bi_page *page,
               struct bi_error *err)
{
    char *path;
    struct folds folds;
    struct ocr_readers readers;
    BI_CLEANUP(models_release) struct models models = {0};
    BI_CLEANUP(bi_pix_destroyp) PIX *image = NULL;
    if (open_readers(arguments, arena, &models, &readers, err) ||
        bi_data_path(arena, "tessdata/folds.ini", &path, err) || folds_read(arena, path, &folds, err))
        return -1;
    if (bi_pagexml_read(arguments->page, page, err) || bi_image_read_grey(arguments->image, &image, err))
        return -1;
    struct bi_error cause = {0};
    if (ocr_page(page, image, &readers, &folds, &cause))
        return bi_error_set(err, cause.kind, "%s: %s", arguments->page, cause.text);
    bi_page_add_step(page, "4-ocr", parameters_of(arguments, arena), models.record);
    return bi_pagexml_write(arguments->output, page, err);
}

int main(int argc, char **argv)
{
    bi_program_init("backissue-ocr");
    struct arguments arguments = {.profile = DEFAULT_PROFILE};
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(bi_page_release) struct bi_page page = {0};
    struct bi_error err = {0};
    if (run(&arguments, &arena, &page, &err))
        return bi_program_fail(&err);
    return BI_EXIT_DONE;
}
