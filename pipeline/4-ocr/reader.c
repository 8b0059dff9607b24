#include "reader.h"

#include <math.h>
#include <string.h>
#include <tesseract/capi.h>

#include "base/cleanup.h"

/* Only for Tesseract's estimate of type sizes, which nothing here uses; without one it guesses and says so.
 */
#define NOMINAL_DPI 300

/* Tesseract's figure for a character, which hardly ever is under 0.8, and how often it is right: measured on
 * 14,000 characters of four pages between clean and badly damaged; linear between. */
static const struct {
    double figure, right;
} RELIABILITY[] = {{0, 0},        {0.70, 0.25},  {0.80, 0.40},   {0.88, 0.50},   {0.93, 0.68}, {0.95, 0.81},
                   {0.965, 0.90}, {0.976, 0.95}, {0.983, 0.975}, {0.989, 0.997}, {1, 0.999}};

struct reader {
    TessBaseAPI *api;
};

static void delete_api(TessBaseAPI *api)
{
    TessBaseAPIEnd(api);
    TessBaseAPIDelete(api);
}

int reader_open(const struct model *model, const struct settings *settings, struct reader **reader,
                struct bi_error *err)
{
    TessBaseAPI *api = TessBaseAPICreate();
    if (!api)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: Tesseract cannot be started", model->path);
    /* Before the first word it would say on stderr. */
    TessBaseAPISetVariable(api, "debug_file", "/dev/null");
    if (model->size > INT32_MAX ||
        TessBaseAPIInit5(api, model->data, (int)model->size, model->name, OEM_LSTM_ONLY, NULL, 0,
                         settings->names, settings->values, settings->count, 0)) {
        delete_api(api);
        return bi_error_set(err, BI_EXIT_MACHINE, "%s: is not a model that this Tesseract (%s) can use",
                            model->path, TessVersion());
    }
    TessBaseAPISetPageSegMode(api, PSM_RAW_LINE);
    *reader = bi_xcalloc(1, sizeof **reader);
    (*reader)->api = api;
    return 0;
}

void reader_close(struct reader *reader)
{
    if (!reader)
        return;
    delete_api(reader->api);
    free(reader);
}

double reader_probability(double confidence)
{
    double figure = fmin(fmax(confidence / 100, 0), 1);
    size_t i = 1;
    while (i + 1 < sizeof RELIABILITY / sizeof *RELIABILITY && RELIABILITY[i].figure < figure)
        i++;
    double share = (figure - RELIABILITY[i - 1].figure) / (RELIABILITY[i].figure - RELIABILITY[i - 1].figure);
    return RELIABILITY[i - 1].right + share * (RELIABILITY[i].right - RELIABILITY[i - 1].right);
}

static struct symbol read_symbol(struct bi_arena *arena, TessResultIterator *results, const char *text)
{
    int left = 0, top, right = 0, bottom;
    const TessPageIterator *place = TessResultIteratorGetPageIteratorConst(results);
    TessPageIteratorBoundingBox(place, RIL_SYMBOL, &left, &top, &right, &bottom);
    return (struct symbol){
        .x = left,
        .w = right > left ? right - left : 1,
        .begins_word = TessPageIteratorIsAtBeginningOf(place, RIL_WORD),
        .text = bi_arena_strdup(arena, text),
        .confidence = reader_probability(TessResultIteratorConfidence(results, RIL_SYMBOL)),
    };
}

int reader_read(struct reader *reader, struct bi_arena *arena, const struct strip *strip,
                struct symbol **symbols, size_t *count, struct bi_error *err)
{
    const struct plane *plane = &strip->plane;
    TessBaseAPISetImage(reader->api, plane->pixels, plane->width, plane->height, 1, plane->width);
    TessBaseAPISetSourceResolution(reader->api, NOMINAL_DPI);
    if (TessBaseAPIRecognize(reader->api, NULL))
        return bi_error_set(err, BI_EXIT_INTERNAL, "Tesseract fails on a line of %d pixels", plane->width);
    struct symbol *read = NULL;
    size_t used = 0, capacity = 0;
    TessResultIterator *results = TessBaseAPIGetIterator(reader->api);
    if (results) {
        do {
            char *text = TessResultIteratorGetUTF8Text(results, RIL_SYMBOL);
            if (text && *text && strcmp(text, " ") != 0) {
                read = bi_arena_grow(arena, read, used, &capacity, sizeof *read);
                read[used++] = read_symbol(arena, results, text);
            }
            TessDeleteText(text);
        } while (TessResultIteratorNext(results, RIL_SYMBOL));
        TessResultIteratorDelete(results);
    }
    *symbols = read;
    *count = used;
    return 0;
}
