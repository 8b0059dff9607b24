#include "reader.h"

#include <math.h>
#include <string.h>
#include <tesseract/capi.h>

#include "base/cleanup.h"

/* Only for Tesseract's estimate of type sizes, which nothing here uses; without one it guesses and says so.
 */
#define NOMINAL_DPI 300
/* Other readings less likely than this are not kept. */
#define MIN_ALTERNATIVE_PROBABILITY 0.02
#define MAX_READINGS 5

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
    double clipped = confidence < 0 ? 0 : confidence > 100 ? 100 : confidence;
    return clipped / 100;
}

static void add_reading(struct bi_arena *arena, struct symbol *symbol, const char *text, double confidence)
{
    for (size_t i = 0; i < symbol->reading_count; i++)
        if (strcmp(symbol->readings[i].text, text) == 0)
            return;
    symbol->readings[symbol->reading_count++] =
        (struct bi_reading){bi_arena_strdup(arena, text), reader_probability(confidence)};
}

/* The first reading is what Tesseract decided on, whatever its list says. */
static void read_symbol(struct bi_arena *arena, TessResultIterator *results, const char *text,
                        struct symbol *symbol)
{
    int left = 0, top, right = 0, bottom;
    symbol->readings = bi_arena_array(arena, MAX_READINGS, sizeof *symbol->readings);
    add_reading(arena, symbol, text, TessResultIteratorConfidence(results, RIL_SYMBOL));
    const TessPageIterator *place = TessResultIteratorGetPageIteratorConst(results);
    TessPageIteratorBoundingBox(place, RIL_SYMBOL, &left, &top, &right, &bottom);
    symbol->x = left;
    symbol->w = right > left ? right - left : 1;
    symbol->begins_word = TessPageIteratorIsAtBeginningOf(place, RIL_WORD);

    TessChoiceIterator *choices = TessResultIteratorGetChoiceIterator(results);
    do {
        const char *other = choices ? TessChoiceIteratorGetUTF8Text(choices) : NULL;
        double confidence = choices ? TessChoiceIteratorConfidence(choices) : 0;
        if (other && *other && reader_probability(confidence) >= MIN_ALTERNATIVE_PROBABILITY)
            add_reading(arena, symbol, other, confidence);
    } while (choices && symbol->reading_count < MAX_READINGS && TessChoiceIteratorNext(choices));
    TessChoiceIteratorDelete(choices);
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
                read[used] = (struct symbol){0};
                read_symbol(arena, results, text, &read[used++]);
            }
            TessDeleteText(text);
        } while (TessResultIteratorNext(results, RIL_SYMBOL));
        TessResultIteratorDelete(results);
    }
    *symbols = read;
    *count = used;
    return 0;
}
