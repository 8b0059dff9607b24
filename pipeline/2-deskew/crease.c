#include "crease.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "border.h"
#include "strike.h"

#define PIECE_PIXELS COURSE_PIECE_PIXELS
#define NEAR_PIXELS COURSE_NEAR_PIXELS
#define FAR_PIXELS COURSE_FAR_PIXELS
/* A path may step by so much to each side from one piece to the next: two degrees. */
#define STEP_PIXELS 2
/* Of the pixels of a piece of a row, paper is this percentile; of a scan of two tones, where a faint line is
 * broken … */
#define PAPER_PERCENTILE 0.85
#define BITONAL_PERCENTILE 0.7
/* It is darker than that by this share, and counts as no more than MOST_DIP (a rule would outweigh it). */
#define LEAST_DIP 0.04
#define MOST_DIP 0.15
/* Where it is darker than this share of the paper as a whole, ink beneath it cannot be told from it. */
#define DARK_DIP 0.5
/* Share of the pieces that must show it, and of those that there must be something to see in. */
#define SHOWN_SHARE 0.85
#define SEEN_SHARE 0.5
/* … which may be lacking in all of these from either end but one, if it is dark. */
#define END_PIECES 2
/* Darker than this, a neighbourhood is a picture or no page. */
#define LEAST_GREY 90
/* So many are looked for in each direction, rules that outweigh them included. */
#define MAX_PATHS 24
/* What is lighter than this share of the paper needs no dividing; and nothing is made so many times lighter.
 */
#define FAINT_SHARE 0.98
#define MOST_GAIN 3.0

/* Numbers for every piece (number / width) and place across (number % width). */
struct map {
    int pieces, width;
    float *dip; /* -1: nothing to see */
};

static int percentile(const uint8_t *pixels, size_t step, int count, double share)
{
    int histogram[64] = {0}, want = (int)(share * count), sum = 0;
    for (int i = 0; i < count; i++)
        histogram[pixels[(size_t)i * step] >> 2]++;
    for (int v = 0; v < 64; v++) {
        sum += histogram[v];
        if (sum > want)
            return 4 * v + 2;
    }
    return 255;
}

static int brightest(const uint8_t *levels, int from, int end)
{
    int most = 0;
    for (int i = from; i < end; i++)
        most = levels[i] > most ? levels[i] : most;
    return most;
}

/* The darker of every pixel and its next one across, for a line one pixel wide that changes from one row to
 * the other within a piece. */
static struct grey darken(const struct grey *work, bool down)
{
    struct grey dark = grey_new(work->width, work->height);
    for (int y = 0; y < work->height; y++) {
        const uint8_t *row = grey_row(work, y),
                      *next = !down && y + 1 < work->height ? grey_row(work, y + 1) : row;
        for (int x = 0; x < work->width; x++) {
            const uint8_t other = next[down && x + 1 < work->width ? x + 1 : x];
            grey_row(&dark, y)[x] = row[x] < other ? row[x] : other;
        }
    }
    return dark;
}

static struct map measure_dips(const struct view *work, const struct view *page, double share)
{
    struct map map = {.pieces = work->length / PIECE_PIXELS, .width = work->width};
    map.dip = bi_xcalloc((size_t)(map.pieces + 1) * (size_t)map.width, sizeof *map.dip);
    BI_CLEANUP(bi_freep) uint8_t *levels = bi_xcalloc((size_t)map.width, 1);
    for (int b = 0; b < map.pieces; b++) {
        size_t start = (size_t)b * PIECE_PIXELS * work->along;
        int middle = (int)((b * PIECE_PIXELS + PIECE_PIXELS / 2L) * page->length / work->length);
        for (int y = 0; y < map.width; y++)
            levels[y] = (uint8_t)percentile(work->pixels + start + (size_t)y * work->across, work->along,
                                            PIECE_PIXELS, share);
        float *dip = map.dip + (size_t)b * (size_t)map.width;
        for (int y = 0; y < map.width; y++) {
            dip[y] = -1;
            int place = (int)((long)y * page->width / work->width);
            if (y < FAR_PIXELS || y + FAR_PIXELS >= map.width ||
                page->pixels[(size_t)middle * page->along + (size_t)place * page->across] != BORDER_PAGE)
                continue;
            int above = brightest(levels, y - FAR_PIXELS, y - NEAR_PIXELS + 1);
            int below = brightest(levels, y + NEAR_PIXELS, y + FAR_PIXELS + 1);
            int paper = above < below ? above : below;
            if (paper >= LEAST_GREY)
                dip[y] = levels[y] < paper ? (float)(paper - levels[y]) / (float)paper : 0;
        }
    }
    return map;
}

static float path_score(float dip)
{
    return dip < 0 ? (float)LEAST_DIP / 2 : dip < (float)MOST_DIP ? dip : (float)MOST_DIP;
}

/* The path of the greatest sum: path[piece] is its place across. */
static void best_path(const struct map *map, int *path)
{
    size_t count = (size_t)map->pieces * (size_t)map->width;
    BI_CLEANUP(bi_freep) float *sum = bi_xcalloc(count, sizeof *sum);
    BI_CLEANUP(bi_freep) int8_t *came = bi_xcalloc(count, 1);
    for (int b = 0; b < map->pieces; b++) {
        for (int y = 0; y < map->width; y++) {
            size_t i = (size_t)b * (size_t)map->width + (size_t)y;
            float best = b ? -1 : 0;
            for (int s = -STEP_PIXELS; b && s <= STEP_PIXELS; s++) {
                if (y + s < 0 || y + s >= map->width)
                    continue;
                float before = sum[i - (size_t)map->width + (size_t)(y + s) - (size_t)y];
                if (before > best) {
                    best = before;
                    came[i] = (int8_t)s;
                }
            }
            sum[i] = best + path_score(map->dip[i]);
        }
    }
    const float *last = sum + (size_t)(map->pieces - 1) * (size_t)map->width;
    int at = 0;
    for (int y = 1; y < map->width; y++)
        at = last[y] > last[at] ? y : at;
    for (int b = map->pieces - 1; b >= 0; b--) {
        path[b] = at;
        at += came[(size_t)b * (size_t)map->width + (size_t)at];
    }
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Whether the line shows in one of the first pieces from an end of the page. */
static bool shows_at_end(const float *dips, int count, int step)
{
    for (int i = 0; i < END_PIECES && i < count; i++)
        if (dips[i * step] >= (float)LEAST_DIP)
            return true;
    return false;
}

/* A path that goes from edge to edge, in nearly every piece that shows paper. */
struct trace {
    double dip; /* in the middle one of the pieces; 0: no such path */
    bool whole; /* it shows in the first piece and the last */
};

static struct trace trace_of(const struct map *map, const int *path)
{
    BI_CLEANUP(bi_freep) float *seen = bi_xcalloc((size_t)map->pieces, sizeof *seen);
    int count = 0, shown = 0;
    for (int b = 0; b < map->pieces; b++) {
        float dip = map->dip[(size_t)b * (size_t)map->width + (size_t)path[b]];
        if (dip < 0)
            continue;
        seen[count++] = dip;
        shown += dip >= (float)LEAST_DIP;
    }
    if (count < SEEN_SHARE * map->pieces || shown < SHOWN_SHARE * count || !shows_at_end(seen, count, 1) ||
        !shows_at_end(seen + count - 1, count, -1))
        return (struct trace){0, false};
    const bool whole = seen[0] >= (float)LEAST_DIP && seen[count - 1] >= (float)LEAST_DIP;
    qsort(seen, (size_t)count, sizeof *seen, compare_floats);
    return (struct trace){seen[count / 2], whole};
}

/* Nothing near the path is seen any more. */
static void forget(struct map *map, const int *path)
{
    for (int b = 0; b < map->pieces; b++)
        for (int y = path[b] - FAR_PIXELS; y <= path[b] + FAR_PIXELS; y++)
            if (y >= 0 && y < map->width)
                map->dip[(size_t)b * (size_t)map->width + (size_t)y] = 0;
}

/* gains[piece * (2 reach + 1) + reach + k]: what the pixels of that piece of the scan, k from the path, are
 * to be multiplied with. */
static void measure_gains(const struct view *scan, const struct course *course, int reach, float *gains)
{
    const int reduction = course->reduction, size = PIECE_PIXELS * reduction, rows = 2 * reach + 1;
    BI_CLEANUP(bi_freep) uint8_t *row = bi_xcalloc((size_t)size, 1);
    BI_CLEANUP(bi_freep) int *levels = bi_xcalloc((size_t)rows, sizeof *levels);
    for (int b = 0; b < course->pieces; b++) {
        for (int k = -reach; k <= reach; k++) {
            int count = 0;
            for (int i = b * size; i < (b + 1) * size && i < scan->length; i++) {
                int y = (int)floor(course_place(course, i)) + k;
                if (y >= 0 && y < scan->width)
                    row[count++] = scan->pixels[(size_t)i * scan->along + (size_t)y * scan->across];
            }
            levels[reach + k] = count ? percentile(row, 1, count, PAPER_PERCENTILE) : 0;
        }
        int edge = (FAR_PIXELS - NEAR_PIXELS) * reduction, above = 0, below = 0;
        for (int k = 0; k < edge; k++) {
            above = levels[k] > above ? levels[k] : above;
            below = levels[rows - 1 - k] > below ? levels[rows - 1 - k] : below;
        }
        for (int k = 0; k < rows; k++) {
            double paper = above + (double)(below - above) * k / (rows - 1);
            double share = paper >= LEAST_GREY && levels[k] > 0 ? levels[k] / paper : 1;
            bool inside = k >= edge && k < rows - edge;
            gains[(size_t)b * (size_t)rows + (size_t)k] =
                inside && share < FAINT_SHARE ? (float)(1 / share) : 1;
        }
    }
}

/* Of the greatest gain in each piece, the middle one. */
static double middle_gain(const float *gains, int pieces, int rows)
{
    BI_CLEANUP(bi_freep) float *most = bi_xcalloc((size_t)pieces, sizeof *most);
    for (int i = 0; i < pieces * rows; i++)
        most[i / rows] = gains[i] > most[i / rows] ? gains[i] : most[i / rows];
    qsort(most, (size_t)pieces, sizeof *most, compare_floats);
    return most[pieces / 2];
}

/* False, and nothing done, where the line is too dark for that as a whole. */
static bool divide(struct view *scan, const struct course *course)
{
    const int reduction = course->reduction, pieces = course->pieces;
    int reach = FAR_PIXELS * reduction, rows = 2 * reach + 1;
    BI_CLEANUP(bi_freep) float *gains = bi_xcalloc((size_t)pieces * (size_t)rows, sizeof *gains);
    measure_gains(scan, course, reach, gains);
    if (middle_gain(gains, pieces, rows) > MOST_GAIN)
        return false;
    for (int i = 0; i < pieces * rows; i++)
        gains[i] = fminf(gains[i], (float)MOST_GAIN);
    for (int i = 0; i < scan->length; i++) {
        int middle = (int)floor(course_place(course, i));
        double piece = ((double)i / reduction + 0.5) / PIECE_PIXELS - 0.5;
        piece = piece < 0 ? 0 : piece > pieces - 1 ? pieces - 1 : piece;
        int before = (int)piece, after = before + 1 < pieces ? before + 1 : before;
        float share = (float)(piece - before);
        const float *one = gains + (size_t)before * (size_t)rows,
                    *other = gains + (size_t)after * (size_t)rows;
        for (int k = -reach; k <= reach; k++) {
            float gain = one[reach + k] + share * (other[reach + k] - one[reach + k]);
            int y = middle + k;
            if (gain <= 1 || y < 0 || y >= scan->width)
                continue;
            uint8_t *pixel = scan->pixels + (size_t)i * scan->along + (size_t)y * scan->across;
            float value = gain * (float)*pixel + 0.5f;
            *pixel = (uint8_t)(value > 255 ? 255 : value);
        }
    }
    return true;
}

int crease_flatten(const struct grey *work, int reduction, const struct grey *page, bool bitonal,
                   struct grey *scan)
{
    int creases = 0;
    for (int down = 0; down < 2; down++) {
        BI_CLEANUP(grey_release) struct grey dark = {0};
        if (bitonal)
            dark = darken(work, down);
        struct view small = view_of(bitonal ? &dark : work, down), mask = view_of(page, down),
                    whole = view_of(scan, down);
        if (small.length < 2 * PIECE_PIXELS || small.width < 4 * FAR_PIXELS)
            continue;
        struct map map = measure_dips(&small, &mask, bitonal ? BITONAL_PERCENTILE : PAPER_PERCENTILE);
        BI_CLEANUP(bi_freep) float *owner = map.dip;
        (void)owner;
        BI_CLEANUP(bi_freep) int *path = bi_xcalloc((size_t)map.pieces, sizeof *path);
        const struct course course = {path, map.pieces, reduction};
        for (int i = 0; i < MAX_PATHS; i++) {
            best_path(&map, path);
            const struct trace trace = trace_of(&map, path);
            const bool pale = !bitonal && trace.whole && trace.dip <= DARK_DIP;
            if (trace.dip > 0)
                creases += (pale && divide(&whole, &course)) || strike_remove(&whole, &mask, &course);
            forget(&map, path);
        }
    }
    return creases;
}
