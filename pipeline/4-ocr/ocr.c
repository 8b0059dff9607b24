#include "ocr.h"

#include <math.h>
#include <stdbool.h>

#include "base/cleanup.h"
#include "base/text.h"
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
 * loses shape, higher keeps grain and show-through. More readings in `best` of the same line toned otherwise
 * are no gain on all: with the threshold an eighth nearer to the paper made pages have 1.89 % errors instead
 * of 2.03, a heavily damaged issue 2.75 instead of 2.58; without non-local means 3.0 and 4.1. */
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

/* A line whose networks have spoken, but which is not decided yet: what the line after it begins with helps.
 */
struct heard {
    struct bi_arena scratch;
    struct prepared prepared;
    struct strip *strips;
    struct views *views; /* of each strip, by the first readings */
    size_t count;
};

static void heard_release(struct heard *heard)
{
    for (size_t i = 0; i < heard->count; i++) {
        strip_release(&heard->strips[i]);
        views_release(&heard->views[i]);
    }
    plane_release(&heard->prepared.cut);
    bi_arena_release(&heard->scratch);
    *heard = (struct heard){0};
}

static void hear(const struct work *work, const struct bi_line *line, bool vertical, struct heard *heard)
{
    *heard = (struct heard){.prepared = {.line = line, .vertical = vertical}};
    struct prepared *prepared = &heard->prepared;
    if (!ocr_prepare(work->image, line, work->neighbours, work->noise, &prepared->cut, &prepared->origin))
        return;
    heard->count = make_strips(&heard->scratch, prepared, work->readers->readings[0].style, &heard->strips);
    heard->views = bi_arena_array(&heard->scratch, heard->count + 1, sizeof *heard->views);
    for (size_t i = 0; i < heard->count; i++)
        read_part(work, &heard->scratch, prepared, i, heard->count, 0, work->readers->first_count,
                  &heard->views[i]);
}

/* The last characters decided. */
static void set_before(struct vote_context *context, const struct reading *reading)
{
    size_t n = reading->count < VOTE_CONTEXT ? reading->count : VOTE_CONTEXT;
    for (size_t i = 0; i < n; i++) {
        const char *text = reading->characters[reading->count - n + i].text;
        context->before[i] = bi_rune_next(&text);
    }
    context->before_count = n;
}

/* The first characters that the first network sees in a strip; none without one. */
static void set_after(struct vote_context *context, const struct views *views)
{
    context->after_count = 0;
    if (!views || !views->count)
        return;
    const struct view *view = &views->views[0];
    for (size_t i = 0; i < view->text.count && i < VOTE_CONTEXT; i++)
        context->after[context->after_count++] = view->charset->characters[view->text.characters[i]].rune;
}

static struct reading decide(const struct work *work, struct heard *heard, size_t part,
                             const struct vote_context *context)
{
    const struct strip *strip = &heard->strips[part];
    double ems = (strip->plane.width - 2 * strip->pieces[0].x) / strip->em;
    const struct views *views = &heard->views[part];
    struct symbol *symbols;
    size_t count =
        vote(&heard->scratch, views->views, views->count, ems, work->readers->words, context, &symbols);
    struct reading reading = {0};
    reading_add(&reading, &heard->scratch, strip, symbols, count, work->folds);
    return reading;
}

static void read_strip(const struct work *work, struct heard *heard, size_t part,
                       const struct vote_context *context, struct reading *reading)
{
    size_t first = work->readers->first_count, count = work->readers->count;
    struct reading once = decide(work, heard, part, context);
    if (count > first && once.count && reading_doubt(&once) > work->readers->doubt) {
        read_part(work, &heard->scratch, &heard->prepared, part, heard->count, first, count,
                  &heard->views[part]);
        once = decide(work, heard, part, context);
    }
    reading_append(reading, &heard->scratch, &once);
}

/* Decides a line. context: what was decided before it, and then what is decided at its end; next: the line
 * after it, or NULL. */
static void read_line(const struct work *work, struct bi_arena *arena, struct bi_line *line,
                      struct heard *heard, const struct heard *next, struct vote_context *context)
{
    struct reading reading = {0};
    for (size_t i = 0; i < heard->count; i++) {
        const struct views *after = i + 1 < heard->count  ? &heard->views[i + 1]
                                    : next && next->count ? &next->views[0]
                                                          : NULL;
        set_after(context, after);
        read_strip(work, heard, i, context, &reading);
        set_before(context, &reading);
    }
    marks_settle(&reading, line->em, line->role, heard->prepared.vertical);
    reading_finish(&reading, arena, line);
}

/* Lines of a text go on in the next one, so each is decided when the networks have seen that one too; the
 * cells of a table do not. */
static void read_region(const struct work *work, struct bi_arena *arena, struct bi_region *region)
{
    bool flows = region->kind == BI_REGION_TEXT;
    struct vote_context context = {0};
    BI_CLEANUP(heard_release) struct heard heard = {0};
    for (size_t i = 0; i < region->line_count; i++) {
        struct bi_line *line = &region->lines[i], *after = i + 1 < region->line_count ? line + 1 : NULL;
        BI_CLEANUP(heard_release) struct heard next = {0};
        if (i == 0)
            hear(work, line, region->vertical || line->vertical, &heard);
        if (after)
            hear(work, after, region->vertical || after->vertical, &next);
        if (!flows)
            context.before_count = 0;
        read_line(work, arena, line, &heard, flows ? &next : NULL, &context);
        heard_release(&heard);
        heard = next;
        next = (struct heard){0};
    }
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
        read_region(&work, &page->arena, region);
    }
    return 0;
}
