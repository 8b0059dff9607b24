#include "faint.h"

#include <math.h>
#include <stdint.h>

#include "base/cleanup.h"

/* The length is counted in cells of half an em, and looked at over so many at a time. */
#define CELL_EM 0.5
#define WINDOW_CELLS 12
/* So many of them have ink on the rule. */
#define MIN_CELLS 10
/* A rule is so many pixels wide, with one left out on both sides for drift. */
#define CORE_PIXELS 2
/* White on both sides, and the ink in it: at most this share of the area, and this share of the rule's. */
#define CLEAR_EM 0.25
#define MAX_BESIDE 0.06
#define MAX_BESIDE_SHARE 0.2
/* The cells at a rule's ends: ink against the usual in the rule, and share of the white beside it. */
#define MIN_END_SHARE 0.4
#define MAX_END_BESIDE 0.15
/* Share of the rule that is inked. */
#define MIN_DRAWN 0.06
/* Windows that follow each other along one rule are no further aside. */
#define MAX_DRIFT_PIXELS 2

/* Ink of each pixel column in each cell. */
struct cells {
    int width, height; /* columns, cells */
    int rows;          /* pixel rows in a cell */
    uint8_t *ink;      /* width × height */
};

static void release_cells(struct cells *cells)
{
    free(cells->ink);
}

static void count_cells(const struct seg_layout *layout, struct cells *cells)
{
    cells->width = layout->width;
    cells->rows = (int)fmax(2, round(CELL_EM * layout->em));
    cells->height = layout->height / cells->rows;
    cells->ink = bi_xcalloc((size_t)cells->width * (size_t)cells->height + 1, 1);
    const l_uint32 *data = pixGetData(layout->pale);
    const size_t stride = (size_t)pixGetWpl(layout->pale);
    for (int y = 0; y < cells->height * cells->rows; y++) {
        uint8_t *row = cells->ink + (size_t)(y / cells->rows) * (size_t)cells->width;
        for (size_t word = 0; word < stride; word++)
            for (l_uint32 bits = data[(size_t)y * stride + word]; bits;) {
                const int bit = __builtin_clz(bits);
                const size_t x = 32 * word + (size_t)bit;
                bits &= ~(0x80000000u >> bit);
                if (x < (size_t)cells->width && row[x] < UINT8_MAX)
                    row[x]++;
            }
    }
}

static bool meets_picture(const struct seg_layout *layout, struct bi_box box)
{
    for (size_t i = 0; i < layout->picture_count; i++)
        if (!bi_box_empty(bi_box_intersection(box, layout->pictures[i])))
            return true;
    return false;
}

/* True if most of the box is drawn by the first `known` rules. */
static bool is_known(const struct seg_layout *layout, size_t known, struct bi_box box)
{
    int drawn = 0;
    for (size_t i = 0; i < known; i++)
        if (layout->rules[i].vertical && seg_gap_x(layout->rules[i].box, box) <= MAX_DRIFT_PIXELS)
            drawn += bi_box_overlap_y(layout->rules[i].box, box);
    return 2 * drawn > box.h;
}

/* Ink of the window's columns summed from the left, and in how many of its cells the rule at each column has
 * any. */
struct window {
    int *sums;     /* width + 1 */
    int *occupied; /* width */
};

static void look(const struct cells *cells, int first, const struct window *window)
{
    for (int x = 0; x < cells->width; x++)
        window->sums[x + 1] = window->occupied[x] = 0;
    for (int k = first; k < first + WINDOW_CELLS; k++) {
        const uint8_t *row = cells->ink + (size_t)k * (size_t)cells->width;
        for (int x = 0; x < cells->width; x++) {
            window->sums[x + 1] += row[x];
            window->occupied[x] += row[x] || (x + 1 < cells->width && row[x + 1]);
        }
    }
    for (int x = 0; x < cells->width; x++)
        window->sums[x + 1] += window->sums[x];
}

/* Share of the rule's area that is inked if there is a rule at x in the window, 0 if there is none. */
static double drawn_at(const struct cells *cells, const struct window *window, int x, int clear)
{
    if (window->occupied[x] < MIN_CELLS)
        return 0;
    const double rows = WINDOW_CELLS * cells->rows;
    const int *sums = window->sums;
    const double core = (sums[x + CORE_PIXELS] - sums[x]) / (CORE_PIXELS * rows);
    const double left = (sums[x - 1] - sums[x - 1 - clear]) / (clear * rows),
                 right = (sums[x + CORE_PIXELS + 1 + clear] - sums[x + CORE_PIXELS + 1]) / (clear * rows);
    const double beside = fmax(left, right);
    return core >= MIN_DRAWN && beside <= MAX_BESIDE && beside <= MAX_BESIDE_SHARE * core ? core : 0;
}

/* Ink of one cell in the columns from `from` up to before `to`. */
static int cell_ink(const struct cells *cells, int cell, int from, int to)
{
    const uint8_t *row = cells->ink + (size_t)cell * (size_t)cells->width;
    int ink = 0;
    for (int x = from; x < to; x++)
        ink += row[x];
    return ink;
}

/* The rule's part of a window: a window reaches past a rule's end, where there may be type. */
static struct bi_box trimmed(const struct cells *cells, int first, int x, int clear, double drawn)
{
    int last = first + WINDOW_CELLS - 1;
    const double least = MIN_END_SHARE * drawn * CORE_PIXELS * cells->rows;
    const double most = MAX_END_BESIDE * clear * cells->rows;
    for (int end = 0; end < 2; end++)
        while (first < last) {
            const int cell = end ? last : first;
            if (cell_ink(cells, cell, x, x + CORE_PIXELS) >= least &&
                cell_ink(cells, cell, x - 1 - clear, x - 1) <= most &&
                cell_ink(cells, cell, x + CORE_PIXELS + 1, x + CORE_PIXELS + 1 + clear) <= most)
                break;
            end ? last-- : first++;
        }
    return (struct bi_box){x, first * cells->rows, CORE_PIXELS, (last + 1 - first) * cells->rows};
}

/* Puts a window's box to the rules that it carries on, or makes it one of its own. */
static void add_window(struct seg_layout *layout, size_t known, struct bi_box box)
{
    for (size_t i = known; i < layout->rule_count; i++) {
        const struct bi_box rule = layout->rules[i].box;
        if (seg_gap_x(rule, box) <= MAX_DRIFT_PIXELS && seg_bottom(rule) >= box.y) {
            layout->rules[i].box = bi_box_union(rule, box);
            return;
        }
    }
    *seg_add_rule(layout) = (struct seg_rule){.box = box, .vertical = true};
}

void seg_faint_find(struct seg_layout *layout)
{
    BI_CLEANUP(release_cells) struct cells cells = {0};
    const int clear = (int)fmax(2, round(CLEAR_EM * layout->em));
    const int margin = clear + CORE_PIXELS + 2;
    const size_t known = layout->rule_count;
    count_cells(layout, &cells);
    BI_CLEANUP(bi_freep) int *sums = bi_xcalloc((size_t)cells.width + 1, sizeof *sums);
    BI_CLEANUP(bi_freep) int *occupied = bi_xcalloc((size_t)cells.width + 1, sizeof *occupied);
    const struct window window = {sums, occupied};
    for (int k = 0; k + WINDOW_CELLS <= cells.height; k++) {
        look(&cells, k, &window);
        for (int x = margin; x < cells.width - margin; x++) {
            const double drawn = drawn_at(&cells, &window, x, clear);
            /* Of neighbouring columns the darkest. */
            if (drawn == 0 || drawn_at(&cells, &window, x + 1, clear) > drawn)
                continue;
            const struct bi_box box = trimmed(&cells, k, x, clear, drawn);
            if (!meets_picture(layout, seg_box_grow(layout, box, clear, 0)) && !is_known(layout, known, box))
                add_window(layout, known, box);
        }
    }
}
