#include "ocr.h"

#include <math.h>
#include <stdbool.h>

#include "base/cleanup.h"
#include "cut.h"
#include "denoise.h"
#include "marks.h"
#include "reading.h"
#include "tone.h"
#include "vote.h"

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

/* Larger type loses its grain when it is scaled down. */
#define DENOISE_MAX_EM_PIXELS 64

struct work {
    const struct plane *image;
    const struct cut_neighbours *neighbours;
    const struct ocr_readers *readers;
    const struct folds *folds;
    double noise;
};

bool ocr_prepare(const struct plane *image, const struct bi_line *line,
                 const struct cut_neighbours *neighbours, double noise, struct plane *cut,
                 struct bi_point *origin)
{
    int margin = (int)ceil(CUT_MARGIN_EMS * line->em);
    margin = margin < CUT_MARGIN_MIN_PIXELS ? CUT_MARGIN_MIN_PIXELS : margin;
    *cut = cut_line(image, &line->outline, margin, line->reversed, neighbours, origin);
    struct tone tone;
    if (!cut->pixels || !tone_find(cut, &tone))
        return false;
    bool denoised =
        noise >= NOISE_TO_DENOISE && (line->em > 0 ? line->em : cut->height) <= DENOISE_MAX_EM_PIXELS;
    if (denoised) {
        denoise(cut, &tone);
        if (!tone_find(cut, &tone))
            return false;
    }
    tone_stretch(cut, &tone, denoised ? SOFTNESS_DENOISED : SOFTNESS);
    return true;
}

/* A line prepared, in one strip or several for each reading; those of every reading show the same parts of
 * the line. */
struct prepared {
    const struct bi_line *line;
    struct plane cut;
    struct bi_point origin;
    bool vertical;
};

static size_t make_strips(struct bi_arena *scratch, const struct prepared *prepared, struct strip_style style,
                          struct strip **strips)
{
    double em = prepared->line->em;
    return prepared->vertical
               ? strip_vertical(scratch, &prepared->cut, prepared->origin, em, style, strips)
               : strip_horizontal(scratch, &prepared->cut, prepared->origin, em, style, strips);
}

/* The views of one strip, and the strip of the first one. */
struct views {
    struct view views[PROFILE_MAX_READINGS];
    size_t count;
};

static void views_release(struct views *views)
{
    for (size_t i = 0; i < views->count; i++)
        view_release(&views->views[i]);
}

/* Strip `part` of a line, read by readings from … to-1 as well. Where another size of type divides the line
 * into another number of strips, that reading is left out. */
static void read_part(const struct work *work, struct bi_arena *scratch, const struct prepared *prepared,
                      size_t part, size_t parts, size_t from, size_t to, struct views *views)
{
    for (size_t i = from; i < to; i++) {
        const struct ocr_reading *reading = &work->readers->readings[i];
        struct strip *strips;
        size_t count = make_strips(scratch, prepared, reading->style, &strips);
        if (count == parts)
            reader_read(reading->reader, scratch, &strips[part], &views->views[views->count++]);
        for (size_t k = 0; k < count; k++)
            strip_release(&strips[k]);
    }
}

static void read_strip(const struct work *work, struct bi_arena *scratch, const struct prepared *prepared,
                       const struct strip *strips, size_t part, size_t parts, struct reading *reading)
{
    BI_CLEANUP(views_release) struct views views = {0};
    const struct strip *strip = &strips[part];
    double ems = (strip->plane.width - 2 * strip->pieces[0].x) / strip->em;
    size_t first = work->readers->first_count, count = work->readers->count;
    read_part(work, scratch, prepared, part, parts, 0, first, &views);
    struct symbol *symbols;
    size_t symbol_count = vote(scratch, views.views, views.count, ems, work->readers->words, &symbols);
    struct reading once = {0};
    reading_add(&once, scratch, strip, symbols, symbol_count, work->folds);
    if (count > first && once.count && reading_doubt(&once) > work->readers->doubt) {
        read_part(work, scratch, prepared, part, parts, first, count, &views);
        symbol_count = vote(scratch, views.views, views.count, ems, work->readers->words, &symbols);
        once = (struct reading){0};
        reading_add(&once, scratch, strip, symbols, symbol_count, work->folds);
    }
    reading_append(reading, scratch, &once);
}

static void read_line(const struct work *work, struct bi_arena *arena, struct bi_line *line, bool vertical)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena scratch = {0};
    struct prepared prepared = {.line = line, .vertical = vertical};
    struct reading reading = {0};
    if (ocr_prepare(work->image, line, work->neighbours, work->noise, &prepared.cut, &prepared.origin)) {
        struct strip *strips;
        size_t count = make_strips(&scratch, &prepared, work->readers->readings[0].style, &strips);
        for (size_t i = 0; i < count; i++)
            read_strip(work, &scratch, &prepared, strips, i, count, &reading);
        for (size_t i = 0; i < count; i++)
            strip_release(&strips[i]);
    }
    plane_release(&prepared.cut);
    marks_settle(&reading, line->em, line->role, vertical);
    reading_finish(&reading, arena, line);
}

int ocr_page(struct bi_page *page, PIX *image, const struct ocr_readers *readers, const struct folds *folds,
             struct bi_error *err)
{
    if (pixGetWidth(image) != page->width || pixGetHeight(image) != page->height)
        return bi_error_set(err, BI_EXIT_INPUT, "the image has %d x %d pixels, the page %d x %d",
                            pixGetWidth(image), pixGetHeight(image), page->width, page->height);
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    BI_CLEANUP(plane_release) struct plane plane = plane_from_pix(image);
    struct cut_neighbours neighbours = cut_neighbours_find(&arena, page);
    struct work work = {&plane, &neighbours, readers, folds,
                        page->transform.scan ? page->transform.noise : 0};
    for (size_t i = 0; i < page->region_count; i++) {
        struct bi_region *region = &page->regions[i];
        if (region->kind != BI_REGION_TEXT && region->kind != BI_REGION_TABLE)
            continue;
        for (size_t j = 0; j < region->line_count; j++)
            read_line(&work, &page->arena, &region->lines[j], region->vertical || region->lines[j].vertical);
    }
    return 0;
}
