#include "ocr.h"

#include <math.h>
#include <stdbool.h>

#include "base/cleanup.h"
#include "cut.h"
#include "denoise.h"
#include "reading.h"
#include "tone.h"

/* A cut reaches this far beyond the outline: outlines may touch the outermost strokes. */
#define CUT_MARGIN_EMS 0.06
#define CUT_MARGIN_MIN_PIXELS 2
/* Greys within half of this around the threshold are kept (see tone.h). Measured between 0.25 and 2: lower
 * loses shape, higher keeps grain and show-through. */
#define SOFTNESS 0.75
/* After non-local means there is no grain left that would have to be cut off. */
#define SOFTNESS_DENOISED 1.0
/* Grain (struct bi_transform) from which non-local means is worth its time. */
#define NOISE_TO_DENOISE 5.0

/* Measured on body type, the Debian model reads best where a full character is 31 to 36 of the 48 pixels:
 * more make it invent punctuation, fewer lose strokes. It errs in other places at another size, so lines that
 * it was unsure of are read again, and the surer reading is taken. */
static const struct strip_style FIRST_STYLE = {31, 6}, SECOND_STYLE = {36, 8};
/* See reading_doubt. */
#define SECOND_READING_DOUBT 0.015

/* Larger type loses its grain when it is scaled down. */
#define DENOISE_MAX_EM_PIXELS 64

struct work {
    const struct plane *image;
    const struct cut_neighbours *neighbours;
    struct reader *reader;
    const struct folds *folds;
    bool denoise;
};

/* The line cut out and toned; false where there is nothing to see. */
static bool prepare(const struct work *work, const struct bi_line *line, struct plane *cut,
                    struct bi_point *origin)
{
    int margin = (int)ceil(CUT_MARGIN_EMS * line->em);
    margin = margin < CUT_MARGIN_MIN_PIXELS ? CUT_MARGIN_MIN_PIXELS : margin;
    *cut = cut_line(work->image, &line->outline, margin, line->reversed, work->neighbours, origin);
    struct tone tone;
    if (!cut->pixels || !tone_find(cut, &tone))
        return false;
    bool denoised = work->denoise && (line->em > 0 ? line->em : cut->height) <= DENOISE_MAX_EM_PIXELS;
    if (denoised) {
        denoise(cut, &tone);
        if (!tone_find(cut, &tone))
            return false;
    }
    tone_stretch(cut, &tone, denoised ? SOFTNESS_DENOISED : SOFTNESS);
    return true;
}

/* One reading of a prepared line. */
static int read_once(const struct work *work, struct bi_arena *scratch, const struct plane *cut,
                     struct bi_point origin, const struct bi_line *line, bool vertical,
                     struct strip_style style, struct reading *reading, struct bi_error *err)
{
    struct strip *strips;
    size_t count = vertical ? strip_vertical(scratch, cut, origin, line->em, style, &strips)
                            : strip_horizontal(scratch, cut, origin, line->em, style, &strips);
    int status = 0;
    for (size_t i = 0; i < count; i++) {
        struct symbol *symbols;
        size_t symbol_count;
        if (status == 0)
            status = reader_read(work->reader, scratch, &strips[i], &symbols, &symbol_count, err);
        if (status == 0)
            reading_add(reading, scratch, &strips[i], symbols, symbol_count, work->folds);
        strip_release(&strips[i]);
    }
    return status;
}

static int read_line(const struct work *work, struct bi_arena *arena, struct bi_line *line, bool vertical,
                     struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena scratch = {0};
    BI_CLEANUP(plane_release) struct plane cut = {0};
    struct reading first = {0}, second = {0};
    struct bi_point origin;
    if (prepare(work, line, &cut, &origin) &&
        read_once(work, &scratch, &cut, origin, line, vertical, FIRST_STYLE, &first, err))
        return -1;
    double doubt = reading_doubt(&first);
    if (first.count && doubt > SECOND_READING_DOUBT) {
        if (read_once(work, &scratch, &cut, origin, line, vertical, SECOND_STYLE, &second, err))
            return -1;
        bool better = second.count && reading_doubt(&second) < doubt;
        reading_compare(better ? &second : &first, better ? &first : &second, vertical);
        reading_finish(better ? &second : &first, arena, line);
        return 0;
    }
    reading_finish(&first, arena, line);
    return 0;
}

int ocr_page(struct bi_page *page, PIX *image, struct reader *reader, const struct folds *folds,
             struct bi_error *err)
{
    if (pixGetWidth(image) != page->width || pixGetHeight(image) != page->height)
        return bi_error_set(err, BI_EXIT_INPUT, "the image has %d x %d pixels, the page %d x %d",
                            pixGetWidth(image), pixGetHeight(image), page->width, page->height);
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(plane_release) struct plane plane = plane_from_pix(image);
    struct cut_neighbours neighbours = cut_neighbours_find(&arena, page);
    struct work work = {&plane, &neighbours, reader, folds,
                        page->transform.scan && page->transform.noise >= NOISE_TO_DENOISE};
    for (size_t i = 0; i < page->region_count; i++) {
        struct bi_region *region = &page->regions[i];
        if (region->kind != BI_REGION_TEXT && region->kind != BI_REGION_TABLE)
            continue;
        for (size_t j = 0; j < region->line_count; j++)
            if (read_line(&work, &page->arena, &region->lines[j],
                          region->vertical || region->lines[j].vertical, err))
                return -1;
    }
    return 0;
}
