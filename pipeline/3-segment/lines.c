#include "lines.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "gaps.h"
#include "glyphs.h"
#include "gutters.h"
#include "parts.h"
#include "rules.h"
#include "stacks.h"
#include "tables.h"

/* Fragments of one row: common height as a share of the lower one, and how far their middles are apart, in
 * ems. */
#define MIN_COMMON_HEIGHT 0.5
#define MAX_MIDDLE_SHIFT 0.42
#define MAX_SIZE_RATIO 1.7
/* A character that is small by nature, such as 口, is of few pieces of ink, of this share of its row's size,
 * and stands in the rows of its neighbour. */
#define MAX_SMALL_GLYPHS 2
#define MIN_SMALL_SHARE 0.45
#define MIN_SMALL_INSIDE 0.9
/* A line bridges a doubtful gap from this near; and so often are bridges looked for. */
#define MAX_BRIDGE_GAP_EM 0.75
#define DOUBT_ROUNDS 3
/* A single character or two halves of one. */
#define MAX_SINGLE_EM 1.6
#define VERTICAL_BAND_RATIO 2.0
/* A set of pieces lower than this is part of a character or a dash; it goes to a line as near as this. */
#define PART_HEIGHT_EM 0.62
#define PART_REACH_EM 0.6
#define MAX_MARK_REACH_EM 1.2
/* Share of a set that lies in the box of another. */
#define INNER_SHARE 0.8
/* … if that is no higher than a line of type that is not large. */
#define MAX_LINE_EM 1.6
/* Marks belong to a line this near, in ems. */
#define MARK_REACH_EM 0.75
#define MARK_ABOVE_EM 0.15
#define INK_SHARE_OF_EM 0.94

static bool is_small_character(const struct seg_fragment *f, const struct seg_fragment *beside)
{
    return f->glyphs <= MAX_SMALL_GLYPHS && f->box.h >= MIN_SMALL_SHARE * beside->em &&
           f->box.h <= beside->em && f->box.w >= MIN_SMALL_SHARE * beside->em && f->box.w <= beside->em &&
           bi_box_overlap_y(f->box, beside->box) >= MIN_SMALL_INSIDE * f->box.h;
}

static bool same_row(const struct seg_layout *layout, const struct seg_fragment *a,
                     const struct seg_fragment *b)
{
    const int lower = a->box.h < b->box.h ? a->box.h : b->box.h;
    const double larger = fmax(a->em, b->em), smaller = fmin(a->em, b->em);
    if (a->reversed != b->reversed || bi_box_overlap_y(a->box, b->box) < MIN_COMMON_HEIGHT * lower)
        return false;
    if (larger > MAX_SIZE_RATIO * smaller && larger > 1.3 * layout->em &&
        !is_small_character(a->em < b->em ? a : b, a->em < b->em ? b : a))
        return false;
    return fabs(seg_mid_y(a->box) - seg_mid_y(b->box)) <= MAX_MIDDLE_SHIFT * larger;
}

/* The nearest fragment to the right in the same row, -1 if there is none. */
static int next_in_row(const struct seg_gaps *c, const struct seg_fragment *from)
{
    int best = -1;
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct seg_fragment *to = &c->fragments->items[i];
        if (to == from || to->gone || to->line >= 0 || to->box.x < seg_right(from->box) ||
            !same_row(c->layout, from, to))
            continue;
        if (best < 0 || to->box.x < c->fragments->items[best].box.x)
            best = (int)i;
    }
    return best;
}

static int root(int *parents, int i)
{
    while (parents[i] != i)
        i = parents[i] = parents[parents[i]];
    return i;
}

/* Boxes of the sets of united fragments, at the indexes of their roots; empty elsewhere. */
static void group_boxes(const struct seg_gaps *c, int *parents, struct bi_box *boxes)
{
    for (size_t i = 0; i < c->fragments->count; i++)
        boxes[i] = (struct bi_box){0, 0, 0, 0};
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct seg_fragment *f = &c->fragments->items[i];
        const int r = root(parents, (int)i);
        if (!f->gone && f->line < 0)
            boxes[r] = bi_box_union(boxes[r], f->box);
    }
}

/* How well a low set, such as the strokes of 二 or a dash in a short line, goes to another: 0 if it does not,
 * else the more the nearer. It stands in the rows of a higher one, or makes up one character with another low
 * one. */
static double host_score(const struct seg_gaps *c, struct bi_box low, struct bi_box host)
{
    const double em = c->layout->em;
    const double middle = seg_mid_y(low);
    if (host.h >= PART_HEIGHT_EM * em) {
        const int gap = seg_gap_x(low, host);
        const double outside = fmax(host.y - middle, middle - seg_bottom(host));
        const double reach = (low.w < PART_HEIGHT_EM * em ? MAX_MARK_REACH_EM : PART_REACH_EM) * em;
        if (outside <= 0.1 * em && gap <= reach)
            return 2 - (gap > 0 ? gap / reach : 0);
    }
    const struct bi_box whole = bi_box_union(low, host);
    const int narrower = low.w < host.w ? low.w : host.w;
    if (whole.h > 1.12 * em || low.w > 1.12 * em || 2 * bi_box_overlap_x(low, host) < narrower ||
        seg_gap_y(low, host) > 0.45 * em)
        return 0;
    return 1 - seg_gap_y(low, host) / em;
}

/* Low sets left alone go to where they belong. */
static void adopt_low(const struct seg_gaps *c, int *parents)
{
    const int n = (int)c->fragments->count;
    BI_CLEANUP(bi_freep) struct bi_box *boxes = bi_xcalloc((size_t)n + 1, sizeof *boxes);
    for (int round = 0; round < 2; round++) {
        group_boxes(c, parents, boxes);
        for (int i = 0; i < n; i++) {
            if (bi_box_empty(boxes[i]) || boxes[i].h >= PART_HEIGHT_EM * c->layout->em)
                continue;
            int best = -1;
            double most = 0;
            for (int k = 0; k < n; k++) {
                if (k == i || bi_box_empty(boxes[k]) ||
                    c->fragments->items[k].reversed != c->fragments->items[i].reversed)
                    continue;
                const double score = host_score(c, boxes[i], boxes[k]);
                if (score > most && !seg_rules_between(c->layout, boxes[i], boxes[k], true)) {
                    most = score;
                    best = k;
                }
            }
            if (best >= 0 && root(parents, best) != i) {
                parents[i] = root(parents, best);
                boxes[parents[i]] = bi_box_union(boxes[parents[i]], boxes[i]);
                boxes[i] = (struct bi_box){0, 0, 0, 0};
            }
        }
    }
}

/* Unites fragments of one row that overlap along it, such as a dot over a letter and its line. */
static void unite_overlapping(const struct seg_gaps *c, int *parents)
{
    const int n = (int)c->fragments->count;
    for (int a = 0; a < n; a++) {
        const struct seg_fragment *from = &c->fragments->items[a];
        for (int b = a + 1; b < n && !from->gone && from->line < 0; b++) {
            const struct seg_fragment *to = &c->fragments->items[b];
            if (!to->gone && to->line < 0 && seg_gap_x(from->box, to->box) < 0 &&
                same_row(c->layout, from, to))
                parents[root(parents, b)] = root(parents, a);
        }
    }
}

/* The row of two sets with a doubtful gap between them, and with the single characters that further such gaps
 * chain to it: a few characters may be spaced out over a whole column. */
static struct bi_box spaced_row(const struct seg_gaps *c, int *parents, const struct bi_box *boxes,
                                const int *doubtful, int a, int b)
{
    const int n = (int)c->fragments->count, widest = (int)lround(MAX_SINGLE_EM * c->layout->em);
    struct bi_box row = bi_box_union(boxes[a], boxes[b]);
    for (bool again = true; again;) {
        again = false;
        for (int i = 0; i < n; i++) {
            const int left = root(parents, i), right = doubtful[i] >= 0 ? root(parents, doubtful[i]) : left;
            if (left == right || bi_box_empty(boxes[left]) || bi_box_empty(boxes[right]) ||
                boxes[left].w > widest || boxes[right].w > widest || (left != b && right != a))
                continue;
            row = bi_box_union(row, bi_box_union(boxes[left], boxes[right]));
            again = true;
            if (right == a)
                a = left;
            else
                b = right;
        }
    }
    return row;
}

/* True if a line of the same column, directly above or below the row of two sets, runs across the gap between
 * them. */
static bool is_bridged(const struct seg_gaps *c, const struct bi_box *boxes, struct bi_box row, int a, int b)
{
    const double em = c->layout->em;
    const int gap_left = seg_right(boxes[a]), gap_right = boxes[b].x;
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct bi_box other = boxes[i];
        if ((int)i == a || (int)i == b || bi_box_empty(other) || c->fragments->items[i].big ||
            other.h > 1.4 * em || seg_gap_y(other, row) > MAX_BRIDGE_GAP_EM * em ||
            bi_box_overlap_y(other, row) > row.h / 3)
            continue;
        if (other.x <= gap_left && seg_right(other) >= gap_right && other.x >= row.x - (int)(3 * em) &&
            seg_right(other) <= seg_right(row) + (int)(1.5 * em))
            return true;
    }
    return false;
}

/* Joins sets over doubtful gaps that a line of the same column bridges. */
static void settle_doubts(const struct seg_gaps *c, int *parents, int *doubtful)
{
    const int n = (int)c->fragments->count;
    BI_CLEANUP(bi_freep) struct bi_box *boxes = bi_xcalloc((size_t)n + 1, sizeof *boxes);
    group_boxes(c, parents, boxes);
    for (int i = 0; i < n; i++) {
        const int a = root(parents, i), b = doubtful[i] >= 0 ? root(parents, doubtful[i]) : a;
        if (a == b || bi_box_empty(boxes[a]) || bi_box_empty(boxes[b]) ||
            !is_bridged(c, boxes, spaced_row(c, parents, boxes, doubtful, a, b), a, b))
            continue;
        parents[b] = a;
        boxes[a] = bi_box_union(boxes[a], boxes[b]);
        boxes[b] = (struct bi_box){0, 0, 0, 0};
    }
}

/* A stroke of 二 or a dash tells too little of its row to find what is right of it: where a set ends in one,
 * the whole set is what goes on. Doubtful gaps are noted with the stroke. */
static void pass_low_ends(const struct seg_gaps *c, int *parents, int *doubtful)
{
    const int n = (int)c->fragments->count;
    BI_CLEANUP(bi_freep) struct bi_box *boxes = bi_xcalloc((size_t)n + 1, sizeof *boxes);
    const double low = PART_HEIGHT_EM * c->layout->em;
    group_boxes(c, parents, boxes);
    for (int i = 0; i < n; i++) {
        const struct seg_fragment *end = &c->fragments->items[i];
        const int r = root(parents, i);
        if (end->gone || end->line >= 0 || end->box.h >= low || boxes[r].h < low ||
            seg_right(end->box) < seg_right(boxes[r]))
            continue;
        struct seg_fragment set = *end;
        set.box = boxes[r];
        set.em = boxes[r].h / INK_SHARE_OF_EM;
        const int next = next_in_row(c, &set);
        if (next < 0)
            continue;
        const enum seg_gap gap = seg_gaps_judge(c, &set, &c->fragments->items[next]);
        if (gap == SEG_GAP_DOUBTFUL)
            doubtful[i] = next;
        if (gap != SEG_GAP_SPACE)
            continue;
        const int other = root(parents, next);
        parents[other] = r;
        boxes[r] = bi_box_union(boxes[r], boxes[other]);
        boxes[other] = (struct bi_box){0, 0, 0, 0};
    }
}

/* A set within the box of a line is a part of its characters that stands by itself. */
static void unite_inner(const struct seg_gaps *c, int *parents)
{
    const int n = (int)c->fragments->count;
    BI_CLEANUP(bi_freep) struct bi_box *boxes = bi_xcalloc((size_t)n + 1, sizeof *boxes);
    group_boxes(c, parents, boxes);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n && !bi_box_empty(boxes[i]); k++)
            if (k != i && boxes[k].h <= MAX_LINE_EM * c->layout->em &&
                bi_box_area(boxes[k]) > bi_box_area(boxes[i]) &&
                c->fragments->items[k].reversed == c->fragments->items[i].reversed &&
                bi_box_inside(boxes[i], boxes[k], INNER_SHARE)) {
                parents[i] = k;
                boxes[i] = (struct bi_box){0, 0, 0, 0};
            }
}

/* One line for every set. */
static void gather_lines(const struct seg_gaps *c, int *parents)
{
    struct seg_fragments *fragments = c->fragments;
    const int n = (int)fragments->count;
    BI_CLEANUP(bi_freep)
    int *lines = bi_xcalloc((size_t)n + 1, sizeof *lines); /* of a root: its line, plus 1 */
    for (int i = 0; i < n; i++) {
        struct seg_fragment *fragment = &fragments->items[i];
        if (fragment->gone || fragment->line >= 0)
            continue;
        const int r = root(parents, i);
        if (lines[r] == 0) {
            seg_add_line(c->layout);
            lines[r] = (int)c->layout->line_count;
        }
        fragment->line = lines[r] - 1;
        struct seg_line *line = &c->layout->lines[fragment->line];
        line->box = bi_box_union(line->box, fragment->box);
        line->reversed = line->reversed || fragment->reversed;
        line->table = fragment->table;
        /* Light characters that stand under one another on a dark band. */
        if (fragment->reversed && line->box.h > VERTICAL_BAND_RATIO * line->box.w) {
            line->vertical = true;
            line->em = line->box.w / INK_SHARE_OF_EM;
        }
    }
}

static void make_lines(struct seg_gaps *c)
{
    struct seg_fragments *fragments = c->fragments;
    const int n = (int)fragments->count;
    BI_CLEANUP(bi_freep) int *parents = bi_xcalloc((size_t)n + 1, sizeof *parents);
    for (int i = 0; i < n; i++)
        parents[i] = i;
    BI_CLEANUP(bi_freep) int *doubtful = bi_xcalloc((size_t)n + 1, sizeof *doubtful);
    unite_overlapping(c, parents);
    for (int i = 0; i < n; i++) {
        doubtful[i] = -1;
        if (fragments->items[i].gone || fragments->items[i].line >= 0)
            continue;
        const int next = next_in_row(c, &fragments->items[i]);
        const enum seg_gap gap =
            next >= 0 ? seg_gaps_judge(c, &fragments->items[i], &fragments->items[next]) : SEG_GAP_GUTTER;
        doubtful[i] = gap == SEG_GAP_DOUBTFUL ? next : -1;
        if (gap == SEG_GAP_SPACE)
            parents[root(parents, next)] = root(parents, i);
    }
    pass_low_ends(c, parents, doubtful);
    for (int round = 0; round < DOUBT_ROUNDS; round++)
        settle_doubts(c, parents, doubtful);
    adopt_low(c, parents);
    unite_inner(c, parents);
    gather_lines(c, parents);
}

/* Glyphs of fragments that were joined to others, and of all fragments, get their line; marks the one they
 * stand in. */
static void place_glyphs(struct seg_gaps *c)
{
    struct seg_layout *layout = c->layout;
    const size_t lines = layout->line_count;
    BI_CLEANUP(bi_freep) struct bi_box *before = bi_xcalloc(lines + 1, sizeof *before);
    for (size_t l = 0; l < lines; l++)
        before[l] = layout->lines[l].box;
    for (size_t i = 0; i < layout->glyph_count; i++) {
        struct seg_glyph *glyph = &layout->glyphs[i];
        if (glyph->column >= 0) {
            glyph->line = glyph->column;
            continue;
        }
        const struct seg_fragment *own = glyph->line >= 0 ? &c->fragments->items[glyph->line] : NULL;
        if (own && !own->gone) {
            glyph->line = own->line;
            continue;
        }
        glyph->line = -1;
        int nearest = 0;
        for (size_t l = 0; l < lines; l++) {
            const struct seg_line *line = &layout->lines[l];
            const double em = fmax(fmax(line->em, layout->em), fmin(before[l].w, before[l].h));
            const int above = (int)lround(MARK_ABOVE_EM * em);
            const int reach = (int)lround(MARK_REACH_EM * em);
            const int gap_x = seg_gap_x(glyph->box, before[l]), gap_y = seg_gap_y(glyph->box, before[l]);
            if (line->reversed != glyph->reversed || gap_x > (line->vertical ? above : reach) ||
                gap_y > (line->vertical ? reach : above))
                continue;
            /* Rows count more than distance along the row. */
            const int distance = line->vertical ? 4 * (gap_x > 0 ? gap_x : 0) + (gap_y > 0 ? gap_y : 0)
                                                : 4 * (gap_y > 0 ? gap_y : 0) + (gap_x > 0 ? gap_x : 0);
            if (glyph->line < 0 || distance < nearest) {
                glyph->line = (int)l;
                nearest = distance;
            }
        }
        if (glyph->line >= 0)
            layout->lines[glyph->line].box = bi_box_union(layout->lines[glyph->line].box, glyph->box);
    }
}

static int compare_int(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

static void measure_line(struct seg_layout *layout, struct seg_line *line, int *sizes, int count, long ink)
{
    if (count > 1)
        qsort(sizes, (size_t)count, sizeof *sizes, compare_int);
    const double full = count > 0 ? sizes[count - 1 - count / 10] : 0;
    line->glyphs = count;
    line->density = (double)ink / (double)(bi_box_area(line->box) > 0 ? bi_box_area(line->box) : 1);
    if (!line->vertical) {
        const double size = fmax(full, 0.85 * line->box.h);
        line->em = size / INK_SHARE_OF_EM;
        if (line->box.h < 0.5 * layout->em && count <= 2)
            line->em = fmin(layout->em, line->box.w);
    }
}

/* Sizes and density of every line from its glyphs. */
static void measure_lines(struct seg_layout *layout)
{
    BI_CLEANUP(bi_freep) int *starts = bi_xcalloc(layout->line_count + 2, sizeof *starts);
    BI_CLEANUP(bi_freep) int *sizes = bi_xcalloc(layout->glyph_count + 1, sizeof *sizes);
    BI_CLEANUP(bi_freep) long *ink = bi_xcalloc(layout->line_count + 1, sizeof *ink);
    for (size_t i = 0; i < layout->glyph_count; i++)
        if (layout->glyphs[i].line >= 0)
            starts[layout->glyphs[i].line + 2]++;
    for (size_t l = 2; l < layout->line_count + 2; l++)
        starts[l] += starts[l - 1];
    for (size_t i = 0; i < layout->glyph_count; i++) {
        const struct seg_glyph *glyph = &layout->glyphs[i];
        if (glyph->line < 0)
            continue;
        sizes[starts[glyph->line + 1]++] = glyph->box.h;
        ink[glyph->line] += glyph->ink;
    }
    for (size_t l = 0; l < layout->line_count; l++)
        measure_line(layout, &layout->lines[l], sizes + starts[l], starts[l + 1] - starts[l], ink[l]);
}

void seg_lines_find(struct seg_layout *layout)
{
    struct seg_fragments fragments = {0};
    seg_fragments_find(layout, &fragments);
    seg_tables_find(layout, &fragments);
    seg_stacks_find(layout, &fragments);
    struct seg_gaps c = {.layout = layout, .fragments = &fragments};
    struct bi_box *boxes = bi_xcalloc(fragments.count + layout->line_count + 1, sizeof *boxes);
    size_t count = 0;
    for (size_t i = 0; i < layout->line_count; i++)
        boxes[count++] = layout->lines[i].box;
    for (size_t i = 0; i < fragments.count; i++)
        if (!fragments.items[i].gone)
            boxes[count++] = fragments.items[i].box;
    seg_cells_init(&c.cells, layout, boxes, count);
    free(boxes);
    make_lines(&c);
    seg_cells_release(&c.cells);
    place_glyphs(&c);
    seg_parts_unite(layout);
    measure_lines(layout);
}
