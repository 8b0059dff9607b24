#include "crease.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "border.h"

/* A path is followed in pieces so long (pixels of the reduced scan: some four characters) and may step by so
 * much to each side from one to the next: two degrees. */
#define PIECE_PIXELS 64
#define STEP_PIXELS 2
/* Of the pixels of a piece of a row, paper is this percentile. */
#define PAPER_PERCENTILE 0.85
/* A crease is no wider than NEAR to each side; from there to FAR its neighbourhood is looked at. */
#define NEAR_PIXELS 5
#define FAR_PIXELS 10
/* It is darker than that by this share, and counts as no more than MOST_DIP (a rule would outweigh it). */
#define LEAST_DIP 0.04
#define MOST_DIP 0.15
/* As a whole it is no darker than this share of the paper: else it is a rule. */
#define RULE_DIP 0.5
/* Share of the pieces that must show it, and of those that there must be something to see in. */
#define SHOWN_SHARE 0.85
#define SEEN_SHARE 0.5
/* Darker than this, a neighbourhood is a picture or no page. */
#define LEAST_GREY 90
#define MAX_CREASES 3
/* What is lighter than this share of the paper needs no dividing; and nothing is made so many times lighter.
 */
#define FAINT_SHARE 0.98
#define MOST_GAIN 3.0

/* An image seen along one of its directions. */
struct view {
    uint8_t *pixels;
    size_t along, across; /* bytes to the next pixel */
    int length, width;
};

static struct view view_of(const struct grey *grey, bool down)
{
    return down ? (struct view){grey->pixels, grey->stride, 1, grey->height, grey->width}
                : (struct view){grey->pixels, 1, grey->stride, grey->width, grey->height};
}

/* Numbers for every piece (number / width) and place across (number % width). */
struct map {
    int pieces, width;
    float *dip; /* -1: nothing to see */
};

static int percentile(const uint8_t *pixels, size_t step, int count)
{
    int histogram[64] = {0}, want = (int)(PAPER_PERCENTILE * count), sum = 0;
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

static struct map measure_dips(const struct view *work, const struct view *page)
{
    struct map map = {.pieces = work->length / PIECE_PIXELS, .width = work->width};
    map.dip = bi_xcalloc((size_t)(map.pieces + 1) * (size_t)map.width, sizeof *map.dip);
    BI_CLEANUP(bi_freep) uint8_t *levels = bi_xcalloc((size_t)map.width, 1);
    for (int b = 0; b < map.pieces; b++) {
        size_t start = (size_t)b * PIECE_PIXELS * work->along;
        int middle = (int)((b * PIECE_PIXELS + PIECE_PIXELS / 2L) * page->length / work->length);
        for (int y = 0; y < map.width; y++)
            levels[y] = (uint8_t)percentile(work->pixels + start + (size_t)y * work->across, work->along,
                                            PIECE_PIXELS);
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

/* From edge to edge, in nearly every piece that shows paper, and no rule. */
static bool is_crease(const struct map *map, const int *path)
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
    if (count < SEEN_SHARE * map->pieces || shown < SHOWN_SHARE * count || seen[0] < (float)LEAST_DIP ||
        seen[count - 1] < (float)LEAST_DIP)
        return false;
    qsort(seen, (size_t)count, sizeof *seen, compare_floats);
    return seen[count / 2] <= (float)RULE_DIP;
}

/* Nothing near the path is seen any more. */
static void forget(struct map *map, const int *path)
{
    for (int b = 0; b < map->pieces; b++)
        for (int y = path[b] - FAR_PIXELS; y <= path[b] + FAR_PIXELS; y++)
            if (y >= 0 && y < map->width)
                map->dip[(size_t)b * (size_t)map->width + (size_t)y] = 0;
}

/* Place of the path across the scan at a pixel along it. */
static double place_at(const int *path, int pieces, int reduction, int along)
{
    double piece = ((double)along / reduction + 0.5) / PIECE_PIXELS - 0.5;
    piece = piece < 0 ? 0 : piece > pieces - 1 ? pieces - 1 : piece;
    int before = (int)piece < pieces - 1 ? (int)piece : pieces > 1 ? pieces - 2 : 0;
    int after = pieces > 1 ? before + 1 : 0;
    return (path[before] + (piece - before) * (path[after] - path[before]) + 0.5) * reduction;
}

/* gains[piece * (2 reach + 1) + reach + k]: what the pixels of that piece of the scan, k from the path, are
 * to be multiplied with. */
static void measure_gains(const struct view *scan, const int *path, int pieces, int reduction, int reach,
                          float *gains)
{
    int size = PIECE_PIXELS * reduction, rows = 2 * reach + 1;
    BI_CLEANUP(bi_freep) uint8_t *row = bi_xcalloc((size_t)size, 1);
    BI_CLEANUP(bi_freep) int *levels = bi_xcalloc((size_t)rows, sizeof *levels);
    for (int b = 0; b < pieces; b++) {
        for (int k = -reach; k <= reach; k++) {
            int count = 0;
            for (int i = b * size; i < (b + 1) * size && i < scan->length; i++) {
                int y = (int)floor(place_at(path, pieces, reduction, i)) + k;
                if (y >= 0 && y < scan->width)
                    row[count++] = scan->pixels[(size_t)i * scan->along + (size_t)y * scan->across];
            }
            levels[reach + k] = count ? percentile(row, 1, count) : 0;
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
                inside && share < FAINT_SHARE ? (float)fmin(1 / share, MOST_GAIN) : 1;
        }
    }
}

static void divide(struct view *scan, const int *path, int pieces, int reduction)
{
    int reach = FAR_PIXELS * reduction, rows = 2 * reach + 1;
    BI_CLEANUP(bi_freep) float *gains = bi_xcalloc((size_t)pieces * (size_t)rows, sizeof *gains);
    measure_gains(scan, path, pieces, reduction, reach, gains);
    for (int i = 0; i < scan->length; i++) {
        int middle = (int)floor(place_at(path, pieces, reduction, i));
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
}

int crease_flatten(const struct grey *work, int reduction, const struct grey *page, struct grey *scan)
{
    int creases = 0;
    for (int down = 0; down < 2; down++) {
        struct view small = view_of(work, down), mask = view_of(page, down), whole = view_of(scan, down);
        if (small.length < 2 * PIECE_PIXELS || small.width < 4 * FAR_PIXELS)
            continue;
        struct map map = measure_dips(&small, &mask);
        BI_CLEANUP(bi_freep) float *owner = map.dip;
        (void)owner;
        BI_CLEANUP(bi_freep) int *path = bi_xcalloc((size_t)map.pieces, sizeof *path);
        for (int i = 0; i < MAX_CREASES; i++) {
            best_path(&map, path);
            if (!is_crease(&map, path))
                break;
            divide(&whole, path, map.pieces, reduction);
            forget(&map, path);
            creases++;
        }
    }
    return creases;
}
