#include "specks.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "components.h"

/* Ink is darker than this. */
#define INK_THRESHOLD 195
/* Of a speck at least one pixel is as dark as this: paler ones are grain, which is smoothed where lines are
 * read; grain among thin strokes cannot be told from what is left of them. */
#define DARK_THRESHOLD 140
/* Specks are no larger, in ems of the body type: its middle dots and full stops of Latin letters are not
 * smaller, but those of tiny type are. Nothing larger is as near as CLEAR. */
#define SPECK_EM 0.1
#define CLEAR_EM 0.25
/* Larger pieces are looked for in cells of this size. */
#define CELL_EM 0.0625
/* A middle dot has a character on either side, no farther. */
#define DOT_EM 0.55
/* Dots in a row are no farther from one another, and no more out of line. */
#define ROW_EM 0.6
#define LEVEL_EM 0.06
/* Pieces within CLEAR of one that are together larger than so many of the largest specks are parts of
 * something. */
#define CROWD_SPECKS 2.0
/* A speck's soft edge, in pixels; and beyond it a piece as large that is so dark beside the speck is a
 * stroke. */
#define HALO_PIXELS 2
#define FAINT_SHARE 0.3
/* Specks in a square em of free paper that make it worth it, in the middle one of FIELDS × FIELDS fields; and
 * a field without so many square ems of free paper says nothing. */
#define MIN_SPECKS_AN_EM 0.06
#define FIELDS 3
#define MIN_FREE_EMS 20.0

/* The page in cells: where there is ink of pieces larger than specks. */
struct cells {
    int size, width, height; /* size of a cell in pixels */
    uint8_t *taken;
};

/* Small pieces by the square they are in (of ROW_EM): the first of each, and the next after each. */
struct squares {
    int size, width, height;
    int32_t *first, *next;
};

struct sight {
    const struct grey *page;
    const struct components *pieces;
    double em;
    struct cells cells;
    struct squares squares;
};

static int pixels_of(double em_pixels, double ems)
{
    int pixels = (int)lround(ems * em_pixels);
    return pixels > 1 ? pixels : 1;
}

static bool is_small(const struct component *piece, double em)
{
    const int most = pixels_of(em, SPECK_EM);
    return piece->x1 - piece->x0 <= most && piece->y1 - piece->y0 <= most;
}

static void mark_larger(struct sight *sight)
{
    struct cells *cells = &sight->cells;
    for (size_t i = 0; i < sight->pieces->run_count; i++) {
        const struct run *run = &sight->pieces->runs[i];
        if (is_small(&sight->pieces->items[run->component], sight->em))
            continue;
        const int from = run->x0 / cells->size, to = (run->x1 - 1) / cells->size;
        memset(cells->taken + (size_t)(run->y / cells->size) * (size_t)cells->width + from, 1,
               (size_t)(to - from + 1));
    }
}

static void sort_small(struct sight *sight)
{
    struct squares *squares = &sight->squares;
    for (size_t i = 0; i < (size_t)squares->width * (size_t)squares->height; i++)
        squares->first[i] = -1;
    for (size_t i = 0; i < sight->pieces->count; i++) {
        const struct component *piece = &sight->pieces->items[i];
        if (!is_small(piece, sight->em))
            continue;
        const int column = piece->x0 / squares->size, row = piece->y0 / squares->size;
        int32_t *first = &squares->first[row * squares->width + column];
        squares->next[i] = *first;
        *first = (int32_t)i;
    }
}

/* Whether there is something larger in a box, which may reach beyond the page. */
static bool is_taken(const struct sight *sight, int x0, int y0, int x1, int y1)
{
    const struct cells *cells = &sight->cells;
    const int left = x0 > 0 ? x0 / cells->size : 0, top = y0 > 0 ? y0 / cells->size : 0;
    for (int row = top; row <= (y1 - 1) / cells->size && row < cells->height; row++)
        for (int column = left; column <= (x1 - 1) / cells->size && column < cells->width; column++)
            if (cells->taken[(size_t)row * (size_t)cells->width + (size_t)column])
                return true;
    return false;
}

static bool is_midway(const struct sight *sight, const struct component *p)
{
    const int reach = pixels_of(sight->em, DOT_EM);
    return (is_taken(sight, p->x0 - reach, p->y0, p->x0, p->y1) &&
            is_taken(sight, p->x1, p->y0, p->x1 + reach, p->y1)) ||
           (is_taken(sight, p->x0, p->y0 - reach, p->x1, p->y0) &&
            is_taken(sight, p->x0, p->y1, p->x1, p->y1 + reach));
}

/* In a row with another small piece, or in a crowd of them. */
static bool has_company(const struct sight *sight, size_t own)
{
    const struct squares *squares = &sight->squares;
    const struct component *p = &sight->pieces->items[own];
    const double row_reach = ROW_EM * sight->em, level = LEVEL_EM * sight->em, near = CLEAR_EM * sight->em;
    const double largest = SPECK_EM * sight->em * SPECK_EM * sight->em;
    const int column = p->x0 / squares->size, row = p->y0 / squares->size;
    double crowd = 0;
    for (int v = row > 0 ? row - 1 : 0; v <= row + 1 && v < squares->height; v++)
        for (int u = column > 0 ? column - 1 : 0; u <= column + 1 && u < squares->width; u++)
            for (int32_t i = squares->first[v * squares->width + u]; i >= 0; i = squares->next[i]) {
                if ((size_t)i == own)
                    continue;
                const struct component *other = &sight->pieces->items[i];
                const double dx = fabs(0.5 * (other->x0 + other->x1 - p->x0 - p->x1)),
                             dy = fabs(0.5 * (other->y0 + other->y1 - p->y0 - p->y1));
                const bool alike = 2 * other->area >= p->area && other->area <= 2 * p->area;
                if (alike && fmax(dx, dy) <= row_reach && fmin(dx, dy) <= level)
                    return true;
                if (fmax(dx, dy) <= near)
                    crowd += (double)other->area;
            }
    return crowd > CROWD_SPECKS * largest;
}

static bool is_dark(const struct grey *page, const struct component *piece)
{
    for (int y = piece->y0; y < piece->y1; y++)
        for (int x = piece->x0; x < piece->x1; x++)
            if (grey_row(page, y)[x] < DARK_THRESHOLD)
                return true;
    return false;
}

/* Mean depth under white of the pixels of a box, as far as it is on the page. */
static double mean_depth(const struct grey *page, int x0, int y0, int x1, int y1)
{
    long sum = 0, count = 0;
    for (int y = y0 > 0 ? y0 : 0; y < y1 && y < page->height; y++)
        for (int x = x0 > 0 ? x0 : 0; x < x1 && x < page->width; x++) {
            sum += 255 - grey_row(page, y)[x];
            count++;
        }
    return count ? (double)sum / (double)count : 0;
}

/* Whether faint grey goes on from it to some side: a stroke that is broken only at the threshold. */
static bool goes_on(const struct sight *sight, const struct component *p)
{
    const int right = p->x1 - p->x0 + HALO_PIXELS, down = p->y1 - p->y0 + HALO_PIXELS;
    const double least = FAINT_SHARE * mean_depth(sight->page, p->x0, p->y0, p->x1, p->y1);
    for (int v = -1; v <= 1; v++)
        for (int u = -1; u <= 1; u++)
            if ((u || v) && mean_depth(sight->page, p->x0 + u * right, p->y0 + v * down, p->x1 + u * right,
                                       p->y1 + v * down) > least)
                return true;
    return false;
}

static bool is_speck(const struct sight *sight, size_t i)
{
    const struct component *piece = &sight->pieces->items[i];
    const int clear = pixels_of(sight->em, CLEAR_EM);
    return is_small(piece, sight->em) && is_dark(sight->page, piece) &&
           !is_taken(sight, piece->x0 - clear, piece->y0 - clear, piece->x1 + clear, piece->y1 + clear) &&
           !is_midway(sight, piece) && !has_company(sight, i) && !goes_on(sight, piece);
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Square ems of paper in a field that nothing larger is near to. */
static double free_ems(const struct sight *sight, int u, int v)
{
    const struct cells *cells = &sight->cells;
    const int size = cells->size, step = (int)lround(CLEAR_EM / CELL_EM),
              clear = pixels_of(sight->em, CLEAR_EM);
    long count = 0;
    for (int row = v * cells->height / FIELDS; row < (v + 1) * cells->height / FIELDS; row += step)
        for (int column = u * cells->width / FIELDS; column < (u + 1) * cells->width / FIELDS; column += step)
            count += !is_taken(sight, column * size - clear, row * size - clear, (column + 1) * size + clear,
                               (row + 1) * size + clear);
    const double side = (double)step * size / sight->em;
    return (double)count * side * side;
}

/* Specks in a square em of free paper, in the middle one of the fields that have any. */
static double measure_density(const struct sight *sight, const uint8_t *specks)
{
    long counts[FIELDS * FIELDS] = {0};
    for (size_t i = 0; i < sight->pieces->count; i++) {
        const struct component *piece = &sight->pieces->items[i];
        const int u = (int)((long)piece->x0 * FIELDS / sight->page->width),
                  v = (int)((long)piece->y0 * FIELDS / sight->page->height);
        counts[v * FIELDS + u] += specks[i];
    }
    double densities[FIELDS * FIELDS];
    size_t fields = 0;
    for (int i = 0; i < FIELDS * FIELDS; i++) {
        const double ems = free_ems(sight, i % FIELDS, i / FIELDS);
        if (ems >= MIN_FREE_EMS)
            densities[fields++] = (double)counts[i] / ems;
    }
    qsort(densities, fields, sizeof *densities, compare_doubles);
    return fields ? densities[(fields - 1) / 2] : 0;
}

static void whiten(struct grey *page, const struct component *piece)
{
    const int x0 = piece->x0 > HALO_PIXELS ? piece->x0 - HALO_PIXELS : 0,
              y0 = piece->y0 > HALO_PIXELS ? piece->y0 - HALO_PIXELS : 0;
    for (int y = y0; y < piece->y1 + HALO_PIXELS && y < page->height; y++)
        for (int x = x0; x < piece->x1 + HALO_PIXELS && x < page->width; x++)
            grey_row(page, y)[x] = 255;
}

size_t specks_remove(struct grey *page, double em_pixels)
{
    BI_CLEANUP(components_release) struct components pieces;
    PIX *ink = grey_threshold(page, INK_THRESHOLD);
    components_find(ink, &pieces);
    pixDestroy(&ink);
    struct sight sight = {.page = page, .pieces = &pieces, .em = em_pixels};
    const int cell = pixels_of(em_pixels, CELL_EM), square = pixels_of(em_pixels, ROW_EM) + 1;
    sight.cells = (struct cells){cell, page->width / cell + 1, page->height / cell + 1, NULL};
    sight.squares = (struct squares){square, page->width / square + 1, page->height / square + 1, NULL, NULL};
    BI_CLEANUP(bi_freep)
    uint8_t *taken = sight.cells.taken =
        bi_xcalloc((size_t)sight.cells.width * (size_t)sight.cells.height, 1);
    BI_CLEANUP(bi_freep)
    int32_t *first = sight.squares.first =
        bi_xcalloc((size_t)sight.squares.width * (size_t)sight.squares.height, sizeof *first);
    BI_CLEANUP(bi_freep)
    int32_t *next = sight.squares.next = bi_xcalloc(pieces.count + 1, sizeof *next);
    BI_CLEANUP(bi_freep) uint8_t *specks = bi_xcalloc(pieces.count + 1, 1);
    (void)taken, (void)first, (void)next;
    mark_larger(&sight);
    sort_small(&sight);
    for (size_t i = 0; i < pieces.count; i++)
        specks[i] = is_speck(&sight, i);
    const double density = measure_density(&sight, specks);
    if (density < MIN_SPECKS_AN_EM)
        return 0;
    size_t count = 0;
    for (size_t i = 0; i < pieces.count; i++)
        if (specks[i]) {
            whiten(page, &pieces.items[i]);
            count++;
        }
    return count;
}
