#include "ocr.h"

#include <math.h>

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

struct work {
    const struct plane *image;
    const struct cut_neighbours *neighbours;
    struct reader *reader;
    const struct folds *folds;
    bool denoise;
};

/* The strips of a line, ready to be read; 0 where there is nothing to see. */
static size_t prepare(const struct work *work, struct bi_arena *scratch, const struct bi_line *line,
                      bool vertical, struct strip **strips)
{
    int margin = (int)ceil(CUT_MARGIN_EMS * line->em);
    struct bi_point origin;
    BI_CLEANUP(plane_release)
    struct plane cut =
        cut_line(work->image, &line->outline, margin < CUT_MARGIN_MIN_PIXELS ? CUT_MARGIN_MIN_PIXELS : margin,
                 line->reversed, work->neighbours, &origin);
    struct tone tone;
    if (!cut.pixels || !tone_find(&cut, &tone))
        return 0;
    if (work->denoise) {
        denoise(&cut, &tone);
        if (!tone_find(&cut, &tone))
            return 0;
    }
    tone_stretch(&cut, &tone, work->denoise ? SOFTNESS_DENOISED : SOFTNESS);
    return vertical ? strip_vertical(scratch, &cut, origin, line->em, strips)
                    : strip_horizontal(scratch, &cut, origin, line->em, strips);
}

static int read_line(const struct work *work, struct bi_arena *arena, struct bi_line *line, bool vertical,
                     struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena scratch = {0};
    BI_CLEANUP(reading_release) struct reading reading = {0};
    struct strip *strips = NULL;
    size_t count = prepare(work, &scratch, line, vertical, &strips);
    int status = 0;
    for (size_t i = 0; i < count; i++) {
        struct symbol *symbols;
        size_t symbol_count;
        if (status == 0)
            status = reader_read(work->reader, &scratch, &strips[i], &symbols, &symbol_count, err);
        if (status == 0)
            reading_add(&reading, arena, &strips[i], symbols, symbol_count, work->folds);
        strip_release(&strips[i]);
    }
    if (status == 0)
        reading_finish(&reading, arena, line);
    return status;
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
