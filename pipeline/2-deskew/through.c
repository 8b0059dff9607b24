#include "through.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"

/* The top-hat reaches so far to each side, and so far from sharp ink grey may be its soft edge, in ems of the
 * body type. */
#define STROKE_EM 0.075
#define EDGE_EM 0.075
#define LEAST_RADIUS_PIXELS 2
/* Grey levels under white: of a top-hat that makes a stroke of this side, and of one that does if it is also
 * most of the depth there; of what is black anyway, and of the least that counts as grey. */
#define SHARP_DEPTH 48
#define FAINT_DEPTH 24
#define FAINT_SHARE 0.55
#define BLACK_DEPTH 165
#define GREY_DEPTH 10
/* Squares of so many ems are looked at if so much of them is white: the others are pictures or tints. */
#define SQUARE_EM 1.0
#define WHITE_SHARE 0.4
#define WHITE_DEPTH 5
/* Where so many squares each way are none of them white enough, there is a picture, and so many more to each
 * side of it are left out. */
#define PICTURE_SQUARES 3
#define MARGIN_SQUARES 2
/* There is show-through if grey away from type and deeper than so many levels is so much of what is sharp,
 * and in half of it the top-hat is at most that share of the depth. */
#define JUDGED_DEPTH 30
#define SHOWN_SHARE 0.02
#define BLURRED_SHARE 0.45
/* The page is worked on in bands of so many rows. */
#define BAND_ROWS 256

/* Rows of depth under white, widths all alike. */
struct band {
    int width, height;
    uint8_t *pixels;
};

static struct band band_new(int width, int height)
{
    return (struct band){width, height, bi_xcalloc((size_t)width * (size_t)height, 1)};
}

static inline uint8_t pick(uint8_t a, uint8_t b, bool greatest)
{
    return greatest ? (a > b ? a : b) : (a < b ? a : b);
}

/* out[i] becomes the greatest or least of in[i - reach … i + reach] as far as there is one, for pixels (step
 * 1) or rows (step width). */
static inline void filter(const uint8_t *restrict in, uint8_t *restrict out, size_t count, size_t step,
                          int reach, bool greatest)
{
    memcpy(out, in, count);
    for (size_t k = 1; k <= (size_t)reach; k++) {
        size_t shift = k * step;
        if (shift >= count)
            break;
        for (size_t i = 0; i < count - shift; i++)
            out[i] = pick(out[i], in[i + shift], greatest);
        for (size_t i = shift; i < count; i++)
            out[i] = pick(out[i], in[i - shift], greatest);
    }
}

/* The greatest or least of a square around every pixel, in place; `other` is as large as the band. */
static void filter_square(struct band *band, struct band *other, int reach, bool greatest)
{
    size_t width = (size_t)band->width;
    for (int y = 0; y < band->height; y++)
        filter(band->pixels + (size_t)y * width, other->pixels + (size_t)y * width, width, 1, reach,
               greatest);
    filter(other->pixels, band->pixels, width * (size_t)band->height, width, reach, greatest);
}

/* Rows from `top` on as depth, each pixel the mean of the 3 × 3 around it, so that grain is not sharp. */
static void load_depth(const struct grey *page, int top, struct band *band)
{
    BI_CLEANUP(bi_freep) uint16_t *sums = bi_xcalloc((size_t)page->width + 2, sizeof *sums);
    for (int v = 0; v < band->height; v++) {
        int y = top + v, above = y > 0 ? y - 1 : y, below = y + 1 < page->height ? y + 1 : y;
        const uint8_t *a = grey_row(page, above), *b = grey_row(page, y), *c = grey_row(page, below);
        for (int x = 0; x < page->width; x++)
            sums[x + 1] = (uint16_t)(765 - a[x] - b[x] - c[x]);
        sums[0] = sums[1];
        sums[page->width + 1] = sums[page->width];
        uint8_t *row = band->pixels + (size_t)v * (size_t)band->width;
        for (int x = 0; x < page->width; x++)
            row[x] = (uint8_t)((sums[x] + sums[x + 1] + sums[x + 2]) / 9);
    }
}

/* What the page tells of grey that is away from its type. */
struct tally {
    long sharp;
    long judged, blurred;
};

/* away: 1 for the grey pixels of a page away from its type. */
struct sight {
    const struct grey *page;
    int stroke, edge, square; /* pixels */
    int columns, rows;        /* of squares */
    uint8_t *open;            /* 1 for squares to be looked at */
    uint8_t *away;
    struct tally tally;
};

static bool is_white(const struct grey *page, int x0, int y0, int square)
{
    int x1 = x0 + square < page->width ? x0 + square : page->width,
        y1 = y0 + square < page->height ? y0 + square : page->height, white = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            white += grey_row(page, y)[x] >= 255 - WHITE_DEPTH;
    return white >= WHITE_SHARE * (x1 - x0) * (y1 - y0);
}

/* All squares but those that are not white enough, and those of pictures and near them. */
static void find_open(struct sight *sight)
{
    size_t width = (size_t)sight->columns, count = width * (size_t)sight->rows;
    struct band picture = band_new(sight->columns, sight->rows),
                other = band_new(sight->columns, sight->rows);
    for (size_t i = 0; i < count; i++) {
        sight->open[i] = is_white(sight->page, (int)(i % width) * sight->square,
                                  (int)(i / width) * sight->square, sight->square);
        picture.pixels[i] = !sight->open[i];
    }
    filter_square(&picture, &other, PICTURE_SQUARES / 2, false);
    filter_square(&picture, &other, PICTURE_SQUARES / 2 + MARGIN_SQUARES, true);
    for (size_t i = 0; i < count; i++)
        sight->open[i] = sight->open[i] && !picture.pixels[i];
    free(picture.pixels);
    free(other.pixels);
}

/* Marks and counts in rows y0 … y1-1, which begin at row `first` of the bands. */
static void look_at_rows(struct sight *sight, int y0, int y1, int first, const struct band *depths,
                         const struct band *hat, const struct band *near)
{
    const struct grey *page = sight->page;
    for (int x0 = 0; x0 < page->width; x0 += sight->square) {
        int x1 = x0 + sight->square < page->width ? x0 + sight->square : page->width;
        if (!sight->open[y0 / sight->square * sight->columns + x0 / sight->square])
            continue;
        for (int y = y0; y < y1; y++) {
            const uint8_t *row = grey_row(page, y);
            size_t band_row = (size_t)(first + y - y0) * (size_t)page->width;
            const uint8_t *sharp = hat->pixels + band_row, *beside = near->pixels + band_row,
                          *soft = depths->pixels + band_row;
            uint8_t *away = sight->away + (size_t)y * (size_t)page->width;
            for (int x = x0; x < x1; x++) {
                int depth = soft[x];
                sight->tally.sharp += sharp[x] >= SHARP_DEPTH;
                if (255 - row[x] < GREY_DEPTH || beside[x])
                    continue;
                away[x] = 1;
                bool judged = depth >= JUDGED_DEPTH;
                sight->tally.judged += judged;
                sight->tally.blurred += judged && sharp[x] <= BLURRED_SHARE * depth;
            }
        }
    }
}

static inline bool is_type(int hat, int depth)
{
    return hat >= SHARP_DEPTH || depth >= BLACK_DEPTH || (hat >= FAINT_DEPTH && hat >= FAINT_SHARE * depth);
}

static void look(struct sight *sight)
{
    const struct grey *page = sight->page;
    int halo = 2 * sight->stroke + sight->edge + 1, rows = BAND_ROWS / sight->square * sight->square;
    rows = rows < sight->square ? sight->square : rows;
    for (int top = 0; top < page->height; top += rows) {
        int end = top + rows < page->height ? top + rows : page->height;
        int from = top > halo ? top - halo : 0, to = end + halo < page->height ? end + halo : page->height;
        struct band depth = band_new(page->width, to - from), hat = band_new(page->width, to - from),
                    other = band_new(page->width, to - from), near = band_new(page->width, to - from);
        size_t count = (size_t)page->width * (size_t)(to - from);
        load_depth(page, from, &depth);
        memcpy(hat.pixels, depth.pixels, count);
        filter_square(&hat, &other, sight->stroke, false);
        filter_square(&hat, &other, sight->stroke, true);
        for (size_t i = 0; i < count; i++) {
            hat.pixels[i] = (uint8_t)(depth.pixels[i] - hat.pixels[i]);
            near.pixels[i] = is_type(hat.pixels[i], depth.pixels[i]);
        }
        filter_square(&near, &other, sight->edge, true);
        for (int y = top; y < end; y += sight->square)
            look_at_rows(sight, y, y + sight->square < end ? y + sight->square : end, y - from, &depth, &hat,
                         &near);
        free(depth.pixels);
        free(near.pixels);
        free(hat.pixels);
        free(other.pixels);
    }
}

static int pixels_of(double em_pixels, double ems)
{
    int pixels = (int)(ems * em_pixels + 0.5);
    return pixels < LEAST_RADIUS_PIXELS ? LEAST_RADIUS_PIXELS : pixels;
}

enum through through_remove(struct grey *page, double em_pixels)
{
    size_t count = (size_t)page->width * (size_t)page->height;
    BI_CLEANUP(bi_freep) uint8_t *away = bi_xcalloc(count, 1);
    struct sight sight = {.page = page,
                          .stroke = pixels_of(em_pixels, STROKE_EM),
                          .edge = pixels_of(em_pixels, EDGE_EM),
                          .square = pixels_of(em_pixels, SQUARE_EM),
                          .away = away};
    sight.columns = (page->width + sight.square - 1) / sight.square;
    sight.rows = (page->height + sight.square - 1) / sight.square;
    BI_CLEANUP(bi_freep)
    uint8_t *open = sight.open = bi_xcalloc((size_t)sight.columns * (size_t)sight.rows, 1);
    (void)open;
    find_open(&sight);
    look(&sight);
    const struct tally *tally = &sight.tally;
    if (tally->judged == 0 || (double)tally->judged < SHOWN_SHARE * (double)tally->sharp)
        return THROUGH_NONE;
    if (2 * tally->blurred < tally->judged)
        return THROUGH_KEPT;
    for (int y = 0; y < page->height; y++) {
        uint8_t *row = grey_row(page, y);
        const uint8_t *marks = away + (size_t)y * (size_t)page->width;
        for (int x = 0; x < page->width; x++)
            row[x] = marks[x] ? 255 : row[x];
    }
    return THROUGH_REMOVED;
}
