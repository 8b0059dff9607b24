#include "background.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "border.h"

/* A tile is this many pixels of the reduced scan wide: a few lines of body type. */
#define TILE_PIXELS 32
/* The paper among a tile's pixels: type covers less than the rest. */
#define PAPER_PERCENTILE 0.80
/* Of a column or row of tiles, the paper's. */
#define PROFILE_PERCENTILE 0.85
/* Tiles within these shares of the model are paper. */
#define PLAIN_FROM 0.92
#define PLAIN_TO 1.12
/* Tiles to each side that a believed tile is averaged with. */
#define SMOOTH_TILES 1
/* A tile needs so much of its area on the page. */
#define PAGE_SHARE 0.5

/* White is where the grain of the paper ends, at the highest here and at the lowest there. Higher,
 * show-through stays, and lower, thin strokes of faint type go: body text of the grainy sample pages is read
 * with 12.2 % errors at 0.92, 9.6 % at 0.85, 11.3 % at 0.80; that of the light ones with 3.1, 2.6 and 3.3 %.
 */
#define WHITE_HIGHEST 0.86
#define WHITE_LOWEST 0.80
#define WHITE_DEVIATIONS 3.5
/* Black is this percentile of what is darker than INK_SHARE of the paper, within these bounds. */
#define INK_SHARE 0.6
#define INK_PERCENTILE 0.5
#define BLACK_LOWEST 0.15
#define BLACK_HIGHEST 0.38
/* All that holds for ink whose darkest strokes (this percentile of what stands out of the grain) are at most
 * this share of the paper's grey. Paler ink is stretched as if it were that dark. */
#define DARKEST_PERCENTILE 0.05
#define DARKEST_SHARE 0.25
/* What is darker than the paper by this and by so many deviations of its grain is ink; less of it than the
 * least share of the pixels is dust. */
#define INK_DEPTH 0.05
#define INK_DEVIATIONS 6.0
#define LEAST_INK 0.0005

void background_release(struct background *background)
{
    free(background->paper);
    free(background->plain);
    *background = (struct background){0};
}

static int histogram_percentile(const uint32_t *histogram, uint32_t total, double share)
{
    uint32_t want = (uint32_t)(share * total), sum = 0;
    for (int v = 0; v < 256; v++) {
        sum += histogram[v];
        if (sum > want)
            return v;
    }
    return 255;
}

static bool on_page(const struct grey *page, const struct grey *image, int x, int y)
{
    int px = (int)((long)x * page->width / image->width), py = (int)((long)y * page->height / image->height);
    return grey_row(page, py)[px] == BORDER_PAGE;
}

/* The tiles' own percentiles; 0 off the page. */
static void measure_tiles(struct background *background, const struct grey *work, const struct grey *page)
{
    for (int r = 0; r < background->rows; r++) {
        for (int c = 0; c < background->columns; c++) {
            int x0 = c * TILE_PIXELS, y0 = r * TILE_PIXELS;
            int x1 = x0 + TILE_PIXELS < work->width ? x0 + TILE_PIXELS : work->width;
            int y1 = y0 + TILE_PIXELS < work->height ? y0 + TILE_PIXELS : work->height;
            uint32_t histogram[256] = {0}, total = 0;
            /* On or off the page is looked up for blocks of 4 × 4: the mask is coarser than that. */
            for (int y = y0; y < y1; y += 4) {
                for (int x = x0; x < x1; x += 4) {
                    if (!on_page(page, work, x, y))
                        continue;
                    for (int v = y; v < y + 4 && v < y1; v++)
                        for (int u = x; u < x + 4 && u < x1; u++) {
                            histogram[grey_row(work, v)[u]]++;
                            total++;
                        }
                }
            }
            bool enough = total >= PAGE_SHARE * (x1 - x0) * (y1 - y0);
            background->paper[r * background->columns + c] =
                enough ? (float)histogram_percentile(histogram, total, PAPER_PERCENTILE) : 0;
        }
    }
}

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The PROFILE_PERCENTILE of what is not 0; 0 if nothing is. values is reordered. */
static float profile_value(float *values, int count)
{
    int used = 0;
    for (int i = 0; i < count; i++)
        if (values[i] > 0)
            values[used++] = values[i];
    if (used == 0)
        return 0;
    qsort(values, (size_t)used, sizeof *values, compare_floats);
    return values[(int)(PROFILE_PERCENTILE * (used - 1))];
}

/* Raises every value to the lower of the greatest on its left and the greatest on its right. */
static void fill_dips(float *profile, int count)
{
    float *left = bi_xcalloc((size_t)count, sizeof *left);
    float highest = 0;
    for (int i = 0; i < count; i++) {
        highest = profile[i] > highest ? profile[i] : highest;
        left[i] = highest;
    }
    highest = 0;
    for (int i = count - 1; i >= 0; i--) {
        highest = profile[i] > highest ? profile[i] : highest;
        profile[i] = highest < left[i] ? highest : left[i];
    }
    free(left);
}

/* The first model: paper ≈ across[column] × down[row]. */
static void fit_profiles(const struct background *background, float *across, float *down)
{
    int columns = background->columns, rows = background->rows;
    float *values = bi_xcalloc((size_t)(columns > rows ? columns : rows), sizeof *values);
    for (int c = 0; c < columns; c++) {
        for (int r = 0; r < rows; r++)
            values[r] = background->paper[r * columns + c];
        across[c] = profile_value(values, rows);
    }
    fill_dips(across, columns);
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++)
            values[c] = across[c] > 0 ? background->paper[r * columns + c] / across[c] : 0;
        down[r] = profile_value(values, columns);
    }
    fill_dips(down, rows);
    free(values);
}

/* Tiles that are paper as a share of the model, averaged with their neighbours; then the others from what
 * surrounds them, ring by ring. */
static void smooth_ratios(const struct background *background, const float *ratio, float *smooth)
{
    int columns = background->columns, rows = background->rows, missing = 0;
    size_t count = (size_t)columns * (size_t)rows;
    uint8_t *known = bi_xcalloc(count, 1), *next = bi_xcalloc(count, 1);
    memcpy(known, background->plain, count);
    memcpy(smooth, ratio, count * sizeof *smooth);
    for (bool first = true; first || missing; first = false) {
        bool grew = false;
        missing = 0;
        float *from = bi_xcalloc(count, sizeof *from);
        memcpy(from, smooth, count * sizeof *from);
        memcpy(next, known, count);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int i = r * columns + c, n = 0;
                if (known[i] && !first)
                    continue;
                float sum = 0;
                for (int v = r - SMOOTH_TILES; v <= r + SMOOTH_TILES; v++)
                    for (int u = c - SMOOTH_TILES; u <= c + SMOOTH_TILES; u++)
                        if (v >= 0 && v < rows && u >= 0 && u < columns && known[v * columns + u]) {
                            sum += from[v * columns + u];
                            n++;
                        }
                if (n) {
                    smooth[i] = sum / (float)n;
                    grew |= !known[i];
                    next[i] = 1;
                } else {
                    missing++;
                }
            }
        }
        memcpy(known, next, count);
        free(from);
        if (!grew && missing) { /* not one tile of paper */
            for (size_t i = 0; i < count; i++)
                smooth[i] = known[i] ? smooth[i] : 1;
            break;
        }
    }
    free(known);
    free(next);
}

struct background background_find(const struct grey *work, int reduction, const struct grey *page)
{
    struct background background = {.columns = (work->width + TILE_PIXELS - 1) / TILE_PIXELS,
                                    .rows = (work->height + TILE_PIXELS - 1) / TILE_PIXELS,
                                    .tile = TILE_PIXELS * reduction};
    size_t count = (size_t)background.columns * (size_t)background.rows;
    background.paper = bi_xcalloc(count, sizeof *background.paper);
    background.plain = bi_xcalloc(count, sizeof *background.plain);
    measure_tiles(&background, work, page);

    float *across = bi_xcalloc((size_t)background.columns, sizeof *across);
    float *down = bi_xcalloc((size_t)background.rows, sizeof *down);
    float *ratio = bi_xcalloc(count, sizeof *ratio), *smooth = bi_xcalloc(count, sizeof *smooth);
    fit_profiles(&background, across, down);
    for (size_t i = 0; i < count; i++) {
        float model = across[i % (size_t)background.columns] * down[i / (size_t)background.columns];
        ratio[i] = model > 0 ? background.paper[i] / model : 0;
        background.plain[i] = ratio[i] >= PLAIN_FROM && ratio[i] <= PLAIN_TO;
    }
    smooth_ratios(&background, ratio, smooth);
    for (size_t i = 0; i < count; i++) {
        float model = across[i % (size_t)background.columns] * down[i / (size_t)background.columns];
        background.paper[i] = model > 0 ? model * smooth[i] : 255;
        if (background.paper[i] < 1)
            background.paper[i] = 1;
    }
    free(across);
    free(down);
    free(ratio);
    free(smooth);
    return background;
}

/* Where pixel i of n lies between tile centres: the tile before it, and the share of the one after. */
static void tile_position(int i, double tile, int tiles, int *before, float *share)
{
    double position = (i + 0.5) / tile - 0.5;
    position = position < 0 ? 0 : position > tiles - 1 ? tiles - 1 : position;
    *before = (int)position < tiles - 1 ? (int)position : tiles > 1 ? tiles - 2 : 0;
    *share = (float)(position - *before);
}

/* Interpolated paper for every pixel of one row. columns: tile_position of every pixel. */
static void paper_row(const struct background *background, int y, int width, const int *before,
                      const float *share, float *line, float *paper)
{
    int row;
    float down;
    tile_position(y, background->tile, background->rows, &row, &down);
    const float *upper = background->paper + (size_t)row * (size_t)background->columns;
    const float *lower = row + 1 < background->rows ? upper + background->columns : upper;
    for (int c = 0; c < background->columns; c++)
        line[c] = upper[c] + down * (lower[c] - upper[c]);
    line[background->columns] = line[background->columns - 1];
    for (int x = 0; x < width; x++)
        paper[x] = line[before[x]] + share[x] * (line[before[x] + 1] - line[before[x]]);
}

/* Buffers for walking over the rows of a scan with the paper's grey beside. */
struct walk {
    int *before;
    float *share, *line, *paper;
};

static struct walk walk_new(const struct background *background, int width)
{
    struct walk walk = {bi_xcalloc((size_t)width, sizeof *walk.before),
                        bi_xcalloc((size_t)width, sizeof *walk.share),
                        bi_xcalloc((size_t)background->columns + 1, sizeof *walk.line),
                        bi_xcalloc((size_t)width, sizeof *walk.paper)};
    for (int x = 0; x < width; x++)
        tile_position(x, background->tile, background->columns, &walk.before[x], &walk.share[x]);
    return walk;
}

static void walk_release(struct walk *walk)
{
    free(walk->before);
    free(walk->share);
    free(walk->line);
    free(walk->paper);
}

/* Shares of the paper's grey, in 255ths, up to 1.5. */
enum { BINS = 383 };

/* 1 for ink as dark as it should be, less for paler one. */
static double ink_contrast(const uint32_t *histogram, int mode, double noise)
{
    int end = mode - (int)(fmax(INK_DEPTH * 255, INK_DEVIATIONS * noise));
    uint32_t ink = 0, all = 0, sum = 0;
    for (int v = 0; v < BINS; v++) {
        all += histogram[v];
        ink += v < end ? histogram[v] : 0;
    }
    if (ink < LEAST_INK * all)
        return 1;
    int darkest = 0;
    while (sum <= DARKEST_PERCENTILE * ink)
        sum += histogram[darkest++];
    double share = (darkest - 1) / 255.0;
    return share <= DARKEST_SHARE ? 1 : (1 - share) / (1 - DARKEST_SHARE);
}

struct tone background_tone(const struct background *background, const struct grey *scan)
{
    enum { SAMPLE_ROWS = 5 };
    uint32_t histogram[BINS] = {0};
    struct walk walk = walk_new(background, scan->width);
    for (int y = 0; y < scan->height; y += SAMPLE_ROWS) {
        paper_row(background, y, scan->width, walk.before, walk.share, walk.line, walk.paper);
        int r = (int)(y / background->tile);
        const uint8_t *row = grey_row(scan, y),
                      *plain = background->plain + (size_t)r * (size_t)background->columns;
        for (int x = 0; x < scan->width; x++) {
            if (!plain[(int)(x / background->tile)])
                continue;
            int share = (int)(255.0f * row[x] / walk.paper[x] + 0.5f);
            histogram[share < BINS ? share : BINS - 1]++;
        }
    }
    walk_release(&walk);

    int mode = 255;
    for (int v = 128; v < BINS - 1; v++)
        if (histogram[v] > histogram[mode])
            mode = v;
    /* Show-through and type lie under the mode, so the grain is measured above it. */
    double squares = 0, above = 0;
    for (int v = mode; v < BINS - 1; v++) {
        double weight = v == mode ? 0.5 * histogram[v] : histogram[v];
        squares += weight * (v - mode) * (v - mode);
        above += weight;
    }
    struct tone tone = {.noise = above > 0 ? sqrt(squares / above) : 0};
    double contrast = ink_contrast(histogram, mode, tone.noise);
    tone.noise /= contrast;
    double white = (mode - WHITE_DEVIATIONS * tone.noise) / 255;
    tone.white = white > WHITE_HIGHEST ? WHITE_HIGHEST : white < WHITE_LOWEST ? WHITE_LOWEST : white;

    int ink_end = (int)((1 - (1 - INK_SHARE) * contrast) * 255), black = 0;
    uint32_t ink = 0, sum = 0;
    for (int v = 0; v < ink_end; v++)
        ink += histogram[v];
    while (black < ink_end && sum <= INK_PERCENTILE * ink)
        sum += histogram[black++];
    tone.black = ink ? 1 - (1 - (black - 1) / 255.0) / contrast : BLACK_LOWEST;
    tone.black = tone.black > BLACK_HIGHEST  ? BLACK_HIGHEST
                 : tone.black < BLACK_LOWEST ? BLACK_LOWEST
                                             : tone.black;
    tone.black = 1 - (1 - tone.black) * contrast;
    tone.white = 1 - (1 - tone.white) * contrast;
    return tone;
}

void background_flatten(const struct background *background, struct tone tone, const struct grey *page,
                        struct grey *scan)
{
    struct walk walk = walk_new(background, scan->width);
    float gain = (float)(255 / (tone.white - tone.black)),
          offset = (float)(-255 * tone.black / (tone.white - tone.black));
    for (int y = 0; y < scan->height; y++) {
        paper_row(background, y, scan->width, walk.before, walk.share, walk.line, walk.paper);
        uint8_t *row = grey_row(scan, y);
        for (int x = 0; x < scan->width; x++) {
            float value = gain * (float)row[x] / walk.paper[x] + offset + 0.5f;
            value = value > 255 ? 255 : value;
            row[x] = (uint8_t)(value < 0 ? 0 : value);
        }
    }
    walk_release(&walk);
    for (int y = 0; y < scan->height; y++) {
        const uint8_t *mask = grey_row(page, (int)((long)y * page->height / scan->height));
        uint8_t *row = grey_row(scan, y);
        for (int p = 0; p < page->width; p++) {
            if (mask[p] != BORDER_DARK)
                continue;
            int x0 = (int)(((long)p * scan->width + page->width - 1) / page->width);
            int x1 = (int)(((long)(p + 1) * scan->width + page->width - 1) / page->width);
            memset(row + x0, 255, (size_t)(x1 - x0));
        }
    }
}
