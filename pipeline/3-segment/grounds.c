#include "grounds.h"

#include <math.h>
#include <stdlib.h>

#include "bands.h"
#include "base/cleanup.h"
#include "page/image.h"
#include "rules.h"
#include "tints.h"

/* Smallest ground, on both sides and on the longer one. */
#define MIN_GROUND_EM 1.2
#define MIN_LENGTH_EM 3.0
/* A bold character such as 图 is dark round light pieces too, but no longer, and has fewer of them. */
#define MAX_CHARACTER_EM 7.0
#define MAX_CHARACTER_RATIO 1.6
#define MIN_CHARACTER_PIECES 10
/* Dark squares of this size are of a ground; fainter things that hang on it are not. */
#define CORE_EM 0.35
/* Share of the box that is dark, and that is ground or light in it. */
#define MIN_FILL 0.45
#define MIN_OUTLINE_FILL 0.75
/* Lighter pieces are specks. A straight one that is so thin and long, or one that goes round all the ground,
 * is a rule. */
#define SPECK_EM 0.15
#define RULE_THICKNESS_EM 0.2
#define MIN_RULE_EM 3.0
#define ROUND_SHARE 0.85
/* What is lower than type and this near to something else is a part of that. */
#define MAX_PART_GAP_EM 0.3
/* A line down is no wider than its characters are high, and so much more than between them is white between
 * two such. */
#define MAX_UPRIGHT_RATIO 1.4
#define MIN_UPRIGHT_CHARACTERS 3
#define UPRIGHT_GAP_RATIO 1.2
/* Of a line, in its own height: its length, the pieces and those of some size, ink, and the ink in squares
 * that are thicker than strokes, in the size of its pieces. */
#define MIN_TYPE_EM 0.5
#define MIN_LINE_LENGTH 1.3
#define MIN_PIECES 3
#define MIN_TALL_PIECES 2
#define TALL_SHARE 0.35
#define MIN_TALL_INK 0.5
#define MIN_INK 0.03
#define MAX_INK 0.6
#define THICK_SHARE 0.4
#define MAX_THICK_INK 0.15
/* … and of one that is known by another of its size: bold characters have solid corners. */
#define MAX_BOLD_INK 0.4
/* Lines of one size. */
#define MAX_SIZE_RATIO 1.35
/* Share of all that is light that is in lines of type: less where several lines have many pieces, as there
 * may be a picture on the ground besides. */
#define MIN_TYPE_SHARE 0.5
#define MIN_SURE_TYPE_SHARE 0.2
#define MIN_SURE_LINES 2
#define MIN_SURE_PIECES 8
/* A wider gap in a line, in its height, parts columns, and so does a gap like this through so many lines. */
#define MAX_GAP 2.2
#define MIN_GUTTER 0.8
#define MIN_COLUMN_LINES 4
/* A picture on the ground is no smaller. */
#define MIN_PICTURE_EM 2.0
/* A headline's lines, how much of the ground's height they are, and how much their sizes differ. */
#define MAX_HEAD_LINES 4
#define MIN_HEAD_SHARE 0.4

struct run {
    int from, to; /* first pixel, first one after it */
    bool thin;    /* its strokes may be those of type of its size */
    bool type;
    int pieces;
    bool columns;      /* has a gap as between columns */
    struct bi_box box; /* of its pieces */
};

struct ground {
    struct seg_layout *layout;
    struct bi_box box;
    PIXA *pixels;          /* light pieces */
    struct bi_box *pieces; /* their boxes, in the ground's own pixels; empty for specks and rules */
    int count;
    bool upright; /* lines run down */
    bool columns; /* a stripe as between columns runs down through all lines */
    struct run *lines;
    int line_count;
};

static void release_ground(struct ground *g)
{
    pixaDestroy(&g->pixels);
    free(g->pieces);
    free(g->lines);
}

/* What is light in a box, 1 bit of the box's size; NULL if a grey image has no even ground there. */
static PIX *find_light(const struct seg_layout *layout, PIX *image, struct bi_box box)
{
    if (pixGetDepth(image) == 8)
        return seg_tint_type(layout, image, box, true);
    BI_CLEANUP(boxDestroy) BOX *area = boxCreate(box.x, box.y, box.w, box.h);
    PIX *light = pixClipRectangle(layout->text, area, NULL);
    return light ? pixInvert(light, light) : NULL;
}

static bool is_rule(const struct ground *g, struct bi_box b)
{
    const double em = g->layout->em;
    const int thin = b.w < b.h ? b.w : b.h;
    return (thin <= RULE_THICKNESS_EM * em && seg_longer(b) >= MIN_RULE_EM * em) ||
           (b.w >= ROUND_SHARE * g->box.w && b.h >= ROUND_SHARE * g->box.h);
}

static bool may_be_character(const struct ground *g)
{
    const int narrow = g->box.w < g->box.h ? g->box.w : g->box.h;
    return seg_longer(g->box) <= MAX_CHARACTER_EM * g->layout->em &&
           seg_longer(g->box) <= MAX_CHARACTER_RATIO * narrow;
}

/* The light pieces that do not touch the box's edge; false if the box is no ground. */
static bool find_pieces(struct ground *g, PIX *image)
{
    const struct bi_box all = {0, 0, g->box.w, g->box.h};
    const double area = (double)bi_box_area(all);
    BI_CLEANUP(bi_pix_destroyp) PIX *light = find_light(g->layout, image, g->box);
    BI_CLEANUP(bi_pix_destroyp) PIX *inner = light ? pixRemoveBorderConnComps(light, 8) : NULL;
    if (!inner)
        return false;
    const int lit = seg_ink_in(light, all), within = seg_ink_in(inner, all);
    if (within == 0 || area - lit < MIN_FILL * area || area - (lit - within) < MIN_OUTLINE_FILL * area)
        return false;
    BI_CLEANUP(boxaDestroy) BOXA *boxes = pixConnComp(inner, &g->pixels, 8);
    g->count = boxes ? boxaGetCount(boxes) : 0;
    g->pieces = bi_xcalloc((size_t)g->count + 1, sizeof *g->pieces);
    int count = 0;
    for (int i = 0; i < g->count; i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (seg_longer(b) >= SPECK_EM * g->layout->em && !is_rule(g, b))
            g->pieces[i] = b;
        count += !bi_box_empty(g->pieces[i]);
    }
    return count >= (may_be_character(g) ? MIN_CHARACTER_PIECES : MIN_PIECES);
}

/* Joins a run to its neighbour, the next one if that is nearer. */
static void join_run(struct run *runs, int *count, int at)
{
    const int before = at > 0 ? runs[at].from - runs[at - 1].to : -1,
              after = at + 1 < *count ? runs[at + 1].from - runs[at].to : -1;
    const int first = before >= 0 && (after < 0 || before <= after) ? at - 1 : at;
    runs[first].to = runs[first + 1].to;
    for (int i = first + 1; i + 1 < *count; i++)
        runs[i] = runs[i + 1];
    --*count;
}

/* The stretches that pieces cover across the page (or down it), those of parts of characters joined to their
 * neighbours. Returns their number; the array is freed by the caller. */
static int find_runs(const struct ground *g, bool down, struct run **runs)
{
    const int length = down ? g->box.h : g->box.w;
    BI_CLEANUP(bi_freep) bool *covered = bi_xcalloc((size_t)length + 1, sizeof *covered);
    int count = 0;
    for (int i = 0; i < g->count; i++) {
        const struct bi_box b = g->pieces[i];
        for (int k = down ? b.y : b.x; k < (down ? seg_bottom(b) : seg_right(b)); k++)
            covered[k] = true;
    }
    *runs = bi_xcalloc((size_t)length / 2 + 2, sizeof **runs);
    for (int k = 0; k < length; k++) {
        if (!covered[k])
            continue;
        if (k == 0 || !covered[k - 1])
            (*runs)[count++].from = k;
        (*runs)[count - 1].to = k + 1;
    }
    for (int i = 0; i < count; i++) {
        const struct run *r = &(*runs)[i];
        const double near = MAX_PART_GAP_EM * g->layout->em;
        if (r->to - r->from < MIN_TYPE_EM * g->layout->em &&
            ((i > 0 && r->from - r[-1].to <= near) || (i + 1 < count && r[1].from - r->to <= near)))
            join_run(*runs, &count, i--);
    }
    return count;
}

static int compare_int(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

/* Half of the runs are no longer, or half of the gaps between them no wider; 0 if there are none. */
static int middle_run(const struct run *runs, int count, bool gaps)
{
    BI_CLEANUP(bi_freep) int *values = bi_xcalloc((size_t)count + 1, sizeof *values);
    const int n = gaps ? count - 1 : count;
    for (int i = 0; i < n; i++)
        values[i] = gaps ? runs[i + 1].from - runs[i].to : runs[i].to - runs[i].from;
    if (n > 1)
        qsort(values, (size_t)n, sizeof *values, compare_int);
    return n > 0 ? values[n / 2] : 0;
}

/* Parts the ground into lines: across it, unless what is found down it are columns of single characters. */
static void find_lines(struct ground *g)
{
    struct run *columns;
    const int count = find_runs(g, false, &columns);
    g->line_count = find_runs(g, true, &g->lines);
    const int height = middle_run(g->lines, g->line_count, false);
    g->upright = g->line_count >= MIN_UPRIGHT_CHARACTERS && count > 0 &&
                 middle_run(columns, count, false) <= MAX_UPRIGHT_RATIO * height &&
                 (count == 1 || middle_run(columns, count, true) >
                                    UPRIGHT_GAP_RATIO * middle_run(g->lines, g->line_count, true));
    if (!g->upright) {
        for (int i = 1; i < count && g->line_count >= MIN_COLUMN_LINES; i++)
            g->columns = g->columns || columns[i].from - columns[i - 1].to >= MIN_GUTTER * height;
        free(columns);
        return;
    }
    free(g->lines);
    g->lines = columns;
    g->line_count = count;
}

static bool in_run(const struct ground *g, const struct run *run, int piece)
{
    const struct bi_box b = g->pieces[piece];
    const int at = g->upright ? b.x : b.y;
    return !bi_box_empty(b) && at >= run->from && at < run->to;
}

/* The pieces of a run as an image of its box. */
static PIX *draw_run(const struct ground *g, const struct run *run)
{
    PIX *pix = pixCreate(run->box.w, run->box.h, 1);
    for (int i = 0; pix && i < g->count; i++)
        if (in_run(g, run, i)) {
            const struct bi_box b = g->pieces[i];
            BI_CLEANUP(bi_pix_destroyp) PIX *piece = pixaGetPix(g->pixels, i, L_CLONE);
            pixRasterop(pix, b.x - run->box.x, b.y - run->box.y, b.w, b.h, PIX_SRC | PIX_DST, piece, 0, 0);
        }
    return pix;
}

/* True if there is a gap along the run that is too wide for one line. */
static bool has_columns(const struct ground *g, const struct run *run, int size)
{
    const int start = g->upright ? run->box.y : run->box.x, length = seg_longer(run->box);
    BI_CLEANUP(bi_freep) bool *covered = bi_xcalloc((size_t)length + 1, sizeof *covered);
    for (int i = 0; i < g->count; i++) {
        const struct bi_box b = g->pieces[i];
        for (int k = g->upright ? b.y : b.x;
             in_run(g, run, i) && k < (g->upright ? seg_bottom(b) : seg_right(b)) && k - start < length; k++)
            covered[k - start] = true;
    }
    int gap = 0;
    for (int k = 0; k < length; k++) {
        gap = covered[k] ? 0 : gap + 1;
        if (gap > MAX_GAP * size)
            return true;
    }
    return false;
}

static int ink_of(const struct ground *g, int piece)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = pixaGetPix(g->pixels, piece, L_CLONE);
    return seg_ink_in(pix, (struct bi_box){0, 0, g->pieces[piece].w, g->pieces[piece].h});
}

/* Size of the piece up to which half of the run's ink is in smaller ones. */
static int middle_piece(const struct ground *g, const struct run *run)
{
    BI_CLEANUP(bi_freep) long *ink = bi_xcalloc((size_t)seg_longer(g->box) + 1, sizeof *ink);
    long all = 0, sum = 0;
    int size = 0;
    for (int i = 0; i < g->count; i++)
        if (in_run(g, run, i)) {
            const int own = ink_of(g, i);
            ink[seg_longer(g->pieces[i])] += own;
            all += own;
        }
    while (2 * (sum += ink[size]) < all)
        size++;
    return size;
}

/* Measures a run, and tells whether it is a line of type. Returns how much of it is light. */
static int judge_run(const struct ground *g, struct run *run)
{
    int count = 0, tall = 0, tall_ink = 0;
    for (int i = 0; i < g->count; i++)
        if (in_run(g, run, i))
            run->box = bi_box_union(run->box, g->pieces[i]);
    const int size = g->upright ? run->box.w : run->box.h, length = g->upright ? run->box.h : run->box.w;
    for (int i = 0; i < g->count; i++)
        if (in_run(g, run, i)) {
            count++;
            if (seg_longer(g->pieces[i]) >= TALL_SHARE * size) {
                tall++;
                tall_ink += ink_of(g, i);
            }
        }
    BI_CLEANUP(bi_pix_destroyp) PIX *drawn = draw_run(g, run);
    const struct bi_box all = {0, 0, run->box.w, run->box.h};
    const int thick = (int)lround(THICK_SHARE * middle_piece(g, run)) + 1;
    BI_CLEANUP(bi_pix_destroyp) PIX *solid = drawn ? pixOpenBrick(NULL, drawn, thick, thick) : NULL;
    if (!solid)
        return 0;
    const double ink = seg_ink_in(drawn, all), area = (double)bi_box_area(all);
    const double solid_ink = seg_ink_in(solid, all);
    run->thin =
        size >= MIN_TYPE_EM * g->layout->em && ink >= MIN_INK * area && solid_ink <= MAX_BOLD_INK * ink;
    run->type = run->thin && length >= MIN_LINE_LENGTH * size && count >= MIN_PIECES &&
                tall >= MIN_TALL_PIECES && tall_ink >= MIN_TALL_INK * ink && ink <= MAX_INK * area &&
                solid_ink <= MAX_THICK_INK * ink;
    run->pieces = count;
    run->columns = g->columns || has_columns(g, run, size);
    return (int)ink;
}

/* A line's end, of a character or two, is known by a line of its size. */
static bool has_like(const struct ground *g, const struct run *run)
{
    const double size = run->to - run->from;
    for (int i = 0; i < g->line_count; i++) {
        const double other = g->lines[i].to - g->lines[i].from;
        if (g->lines[i].type && size <= MAX_SIZE_RATIO * other && other <= MAX_SIZE_RATIO * size)
            return true;
    }
    return false;
}

/* True if enough of what is light is type. */
static bool holds_type(struct ground *g)
{
    double all = 0, type = 0;
    int sure = 0;
    BI_CLEANUP(bi_freep) int *ink = bi_xcalloc((size_t)g->line_count + 1, sizeof *ink);
    for (int i = 0; i < g->line_count; i++)
        ink[i] = judge_run(g, &g->lines[i]);
    for (int i = 0; i < g->line_count; i++)
        g->lines[i].type = g->lines[i].type || (g->lines[i].thin && has_like(g, &g->lines[i]));
    for (int i = 0; i < g->line_count; i++) {
        all += ink[i];
        type += g->lines[i].type ? ink[i] : 0;
        sure += g->lines[i].type && g->lines[i].pieces >= MIN_SURE_PIECES;
    }
    return type > 0 && type >= (sure >= MIN_SURE_LINES ? MIN_SURE_TYPE_SHARE : MIN_TYPE_SHARE) * all;
}

/* True for a ground that is made for a headline of a few lines. */
static bool is_head(const struct ground *g)
{
    int sum = 0;
    for (int i = 0; i < g->line_count; i++)
        sum += g->upright ? g->lines[i].box.w : g->lines[i].box.h;
    return g->line_count <= MAX_HEAD_LINES && sum >= MIN_HEAD_SHARE * (g->upright ? g->box.w : g->box.h);
}

static void take_run(struct ground *g, const struct run *run)
{
    struct seg_layout *layout = g->layout;
    const struct bi_box box = {g->box.x + run->box.x, g->box.y + run->box.y, run->box.w, run->box.h};
    if (!run->type) {
        if (box.w >= MIN_PICTURE_EM * layout->em && box.h >= MIN_PICTURE_EM * layout->em)
            *seg_add_picture(layout) = box;
        return;
    }
    BI_CLEANUP(bi_pix_destroyp) PIX *drawn = draw_run(g, run);
    if (drawn)
        pixRasterop(layout->text, box.x, box.y, box.w, box.h, PIX_SRC | PIX_DST, drawn, 0, 0);
    if (!run->columns)
        *seg_add_band(layout) = (struct seg_band){box, true};
}

static void take_ground(struct seg_layout *layout, PIX *image, struct bi_box box)
{
    BI_CLEANUP(release_ground) struct ground g = {.layout = layout, .box = box};
    if (box.w < MIN_GROUND_EM * layout->em || box.h < MIN_GROUND_EM * layout->em ||
        seg_longer(box) < MIN_LENGTH_EM * layout->em || seg_bands_at(layout, box) >= 0 ||
        seg_ink_in(layout->text, box) < MIN_FILL * (double)bi_box_area(box) || !find_pieces(&g, image))
        return;
    find_lines(&g);
    if (!holds_type(&g))
        return;
    const struct bi_box around = seg_box_grow(layout, box, 2, 2);
    BI_CLEANUP(boxDestroy) BOX *area = boxCreate(around.x, around.y, around.w, around.h);
    pixClearInRect(layout->text, area);
    for (int i = 0; i < g.line_count; i++)
        take_run(&g, &g.lines[i]);
    *seg_add_band(layout) = (struct seg_band){box, false};
    if (!is_head(&g))
        seg_rules_add_frame(layout, box);
}

void seg_grounds_find(struct seg_layout *layout, PIX *image)
{
    const int core = (int)lround(CORE_EM * layout->em) + 1;
    BI_CLEANUP(bi_pix_destroyp) PIX *solid = pixOpenBrick(NULL, layout->text, core, core);
    BI_CLEANUP(boxaDestroy) BOXA *whole = seg_components(layout->text);
    BI_CLEANUP(boxaDestroy) BOXA *cores = solid ? seg_components(solid) : NULL;
    for (int i = 0; whole && i < boxaGetCount(whole); i++)
        take_ground(layout, image, seg_box_at(whole, i));
    for (int i = 0; cores && i < boxaGetCount(cores); i++)
        take_ground(layout, image, seg_box_at(cores, i));
}
