#include "blocks.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "dropcaps.h"
#include "rules.h"

/* A line smaller than this both ways is a speck. */
#define MIN_LINE_EM 0.42
/* One lower than this and longer than a 一 is a fold or what is left of a rule. */
#define MAX_FLAT_EM 0.3
#define MIN_FLAT_EM 1.3
/* Lines of a block: ratio of sizes, white between them in ems beyond the usual, and how far edges or middles
 * are off. */
#define MAX_SIZE_RATIO 1.22
/* In a column a line of Latin letters is lower than the others, and a speck makes one higher: sizes may
 * differ by more if neither is clearly larger than the body's, or if they begin flush under each other. */
#define MAX_COLUMN_EM 1.15
#define MIN_COLUMN_EM 0.7
#define MAX_COLUMN_SIZE_RATIO 1.45
#define FLUSH_EM 0.4
/* In large type, sizes tell headline and subhead apart, and so does how bold they are. */
#define LARGE_EM 1.3
#define MAX_LARGE_SIZE_RATIO 1.13
#define MAX_SCANT_SIZE_RATIO 1.6
#define MAX_DENSITY_RATIO 1.35
/* Room that a line shorter than its column gets at its end. */
#define STOP_ROOM_EM 0.8
#define EXTRA_LEADING_EM 0.3
/* Cells of a table whose middles are level by this are of one row. */
#define SAME_ROW_EM 0.4
#define MIN_LEADING_EM 0.55
#define MAX_LEFT_SHIFT_EM 2.7
#define MAX_RIGHT_SHIFT_EM 1.6
#define MAX_MIDDLE_SHIFT_EM 0.8

static void drop_specks(struct seg_layout *layout)
{
    const double least = MIN_LINE_EM * layout->em;
    BI_CLEANUP(bi_freep) int *renamed = bi_xcalloc(layout->line_count + 1, sizeof *renamed);
    size_t kept = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct seg_line line = layout->lines[i];
        const bool flat = line.box.h < MAX_FLAT_EM * layout->em && line.box.w > MIN_FLAT_EM * layout->em;
        const bool speck = line.glyphs == 0 || flat || (line.box.w < least && line.box.h < least);
        renamed[i] = speck ? -1 : (int)kept;
        if (!speck)
            layout->lines[kept++] = line;
    }
    layout->line_count = kept;
    for (size_t i = 0; i < layout->glyph_count; i++)
        if (layout->glyphs[i].line >= 0)
            layout->glyphs[i].line = renamed[layout->glyphs[i].line];
}

/* Every strip of vertical text is a block, its lines from right to left. */
static void gather_strips(struct seg_layout *layout)
{
    for (size_t i = 0; i < layout->line_count; i++) {
        const int strip = layout->lines[i].strip;
        if (strip == 0 || layout->lines[i].block >= 0)
            continue;
        seg_add_block(layout);
        const int block = (int)layout->block_count - 1;
        layout->blocks[block].vertical = true;
        for (;;) {
            int next = -1;
            for (size_t k = 0; k < layout->line_count; k++)
                if (layout->lines[k].strip == strip && layout->lines[k].block < 0 &&
                    (next < 0 || layout->lines[k].box.x > layout->lines[next].box.x))
                    next = (int)k;
            if (next < 0)
                break;
            seg_block_add_line(layout, block, next);
        }
    }
}

static int compare_cells(const void *a, const void *b, void *context)
{
    const struct seg_layout *layout = context;
    const struct seg_line *p = &layout->lines[*(const int *)a], *q = &layout->lines[*(const int *)b];
    if (p->table != q->table)
        return p->table < q->table ? -1 : 1;
    const double y = seg_mid_y(p->box) - seg_mid_y(q->box);
    return y < 0 ? -1 : y > 0;
}

/* Every table is a block, its cells row by row. */
static void gather_tables(struct seg_layout *layout)
{
    BI_CLEANUP(bi_freep) int *cells = bi_xcalloc(layout->line_count + 1, sizeof *cells);
    int count = 0;
    for (size_t i = 0; i < layout->line_count; i++)
        if (layout->lines[i].table > 0)
            cells[count++] = (int)i;
    if (count > 1)
        qsort_r(cells, (size_t)count, sizeof *cells, compare_cells, layout);
    for (int i = 0, end; i < count; i = end) {
        const struct seg_line *first = &layout->lines[cells[i]];
        for (end = i + 1;
             end < count && layout->lines[cells[end]].table == first->table &&
             seg_mid_y(layout->lines[cells[end]].box) - seg_mid_y(first->box) <= SAME_ROW_EM * layout->em;
             end++)
            for (int k = end; k > i && layout->lines[cells[k]].box.x < layout->lines[cells[k - 1]].box.x;
                 k--) {
                const int swap = cells[k];
                cells[k] = cells[k - 1];
                cells[k - 1] = swap;
            }
    }
    for (int i = 0; i < count; i++) {
        if (i == 0 || layout->lines[cells[i]].table != layout->lines[cells[i - 1]].table) {
            seg_add_block(layout);
            layout->blocks[layout->block_count - 1].table = layout->lines[cells[i]].table;
        }
        seg_block_add_line(layout, (int)layout->block_count - 1, cells[i]);
    }
}

static bool overlaps_x(struct bi_box a, struct bi_box b)
{
    return bi_box_overlap_x(a, b) > 0.1 * (a.w < b.w ? a.w : b.w);
}

/* The lines directly below (or above) a line: those that no third one stands between. Returns their number,
 * the nearest in *nearest. */
static int direct(const struct seg_layout *layout, int line, bool below, int *nearest)
{
    const struct bi_box a = layout->lines[line].box;
    const double reach = 2.5 * fmax(layout->em, layout->lines[line].em);
    int count = 0, best = -1;
    int found[8];
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct bi_box b = layout->lines[i].box;
        const double offset = below ? seg_mid_y(b) - seg_mid_y(a) : seg_mid_y(a) - seg_mid_y(b);
        if ((int)i == line || offset <= 0.3 * (a.h < b.h ? a.h : b.h) || seg_gap_y(a, b) > reach ||
            !overlaps_x(a, b))
            continue;
        if (count < 8)
            found[count++] = (int)i;
        if (best < 0 || seg_gap_y(a, b) < seg_gap_y(a, layout->lines[best].box))
            best = (int)i;
    }
    *nearest = best;
    int free_ones = 0;
    for (int i = 0; i < count; i++) {
        const struct bi_box b = layout->lines[found[i]].box;
        bool hidden = false;
        for (int k = 0; k < count && !hidden; k++) {
            const struct bi_box m = layout->lines[found[k]].box;
            const double nearer = below ? seg_mid_y(b) - seg_mid_y(m) : seg_mid_y(m) - seg_mid_y(b);
            hidden = k != i && nearer > 0.5 * (b.h < m.h ? b.h : m.h);
        }
        free_ones += !hidden;
    }
    return free_ones;
}

static bool picture_between(const struct seg_layout *layout, struct bi_box a, struct bi_box b)
{
    const struct bi_box low = a.y < b.y ? b : a, high = a.y < b.y ? a : b;
    const struct bi_box gap = {a.x > b.x ? a.x : b.x, seg_bottom(high), bi_box_overlap_x(a, b),
                               low.y - seg_bottom(high)};
    for (size_t i = 0; gap.h > 0 && i < layout->picture_count; i++)
        if (!bi_box_empty(bi_box_intersection(gap, layout->pictures[i])))
            return true;
    return false;
}

/* How far the sizes of two lines of body type in one column may differ. */
static double body_size_ratio(const struct seg_layout *layout, const struct seg_line *a,
                              const struct seg_line *b)
{
    const double em = fmax(a->em, b->em);
    return em <= MAX_COLUMN_EM * layout->em || abs(a->box.x - b->box.x) <= FLUSH_EM * em
               ? MAX_COLUMN_SIZE_RATIO
               : MAX_SIZE_RATIO;
}

/* True if b, the line directly below a, carries on a's column. */
static bool carries_on(const struct seg_layout *layout, const struct seg_line *a, const struct seg_line *b,
                       double leading)
{
    const double em = fmax(a->em, b->em);
    const bool large = em > LARGE_EM * layout->em;
    /* Of one or two pieces of ink no size can be told. */
    const double ratio = a->glyphs < 3 || b->glyphs < 3 ? MAX_SCANT_SIZE_RATIO
                         : large                        ? MAX_LARGE_SIZE_RATIO
                                                        : body_size_ratio(layout, a, b);
    if (a->vertical || b->vertical || a->reversed != b->reversed || em > ratio * fmin(a->em, b->em))
        return false;
    if (large && fmax(a->density, b->density) > MAX_DENSITY_RATIO * fmin(a->density, b->density))
        return false;
    /* Leading and indents are the column's, whatever the lines of Latin letters in it measure. */
    const double size = large || em < MIN_COLUMN_EM * layout->em ? em : fmax(em, layout->em);
    if (seg_gap_y(a->box, b->box) > fmax(leading, MIN_LEADING_EM) * size)
        return false;
    const bool left = fabs((double)a->box.x - b->box.x) <= MAX_LEFT_SHIFT_EM * size;
    const bool right = fabs((double)seg_right(a->box) - seg_right(b->box)) <= MAX_RIGHT_SHIFT_EM * size;
    const bool middle = fabs(seg_mid_x(a->box) - seg_mid_x(b->box)) <= MAX_MIDDLE_SHIFT_EM * size;
    /* The last line of a paragraph may be short and be followed by one that is indented. */
    const bool inside = b->box.x >= a->box.x - (int)em && seg_right(b->box) <= seg_right(a->box) + (int)em;
    return (left || right || middle || inside) && !seg_rules_between(layout, a->box, b->box, false) &&
           !picture_between(layout, a->box, b->box) &&
           seg_frame_of(layout, a->box) == seg_frame_of(layout, b->box);
}

static int compare_double(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

/* Usual white between lines of body type, in ems. */
static double usual_leading(const struct seg_layout *layout, const int *next)
{
    BI_CLEANUP(bi_freep) double *gaps = bi_xcalloc(layout->line_count + 1, sizeof *gaps);
    size_t count = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct seg_line *a = &layout->lines[i];
        if (next[i] < 0 || a->em > 1.2 * layout->em)
            continue;
        const double gap = seg_gap_y(a->box, layout->lines[next[i]].box) / layout->em;
        if (gap < 1.2)
            gaps[count++] = gap;
    }
    if (count == 0)
        return MIN_LEADING_EM;
    qsort(gaps, count, sizeof *gaps, compare_double);
    return gaps[count / 2];
}

static int compare_top(const void *a, const void *b, void *context)
{
    const struct seg_layout *layout = context;
    const struct bi_box p = layout->lines[*(const int *)a].box, q = layout->lines[*(const int *)b].box;
    if (p.y != q.y)
        return p.y < q.y ? -1 : 1;
    return (p.x > q.x) - (p.x < q.x);
}

/* True if block b stands directly below block a in the same column, though the lines next to each other do
 * not overlap, as a short last line and an indented first one. */
static bool stacks_on(const struct seg_layout *layout, const struct seg_block *a, const struct seg_block *b,
                      double leading)
{
    const struct seg_line *last = &layout->lines[a->lines[a->count - 1]],
                          *first = &layout->lines[b->lines[0]];
    const double em = fmax(last->em, first->em);
    const int gap = b->box.y - seg_bottom(a->box), narrower = a->box.w < b->box.w ? a->box.w : b->box.w;
    if (a->vertical || b->vertical || a->table > 0 || b->table > 0 || last->reversed || first->reversed ||
        em > LARGE_EM * layout->em || em > body_size_ratio(layout, last, first) * fmin(last->em, first->em) ||
        gap > fmax(leading, MIN_LEADING_EM) * em || gap < -0.4 * em)
        return false;
    if (bi_box_overlap_x(a->box, b->box) < 0.7 * narrower ||
        abs(a->box.x - b->box.x) > MAX_LEFT_SHIFT_EM * em ||
        seg_right(b->box) > seg_right(a->box) + MAX_RIGHT_SHIFT_EM * em)
        return false;
    return !seg_rules_between(layout, a->box, b->box, false) && !picture_between(layout, a->box, b->box) &&
           seg_frame_of(layout, a->box) == seg_frame_of(layout, b->box);
}

/* Joins blocks that are one column. Of several that could follow one block, none does. */
static void join_columns(struct seg_layout *layout, double leading)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t a = 0; a < layout->block_count && !again; a++) {
            int follower = -1, count = 0;
            for (size_t b = 0; b < layout->block_count; b++)
                if (b != a && layout->blocks[b].count > 0 && layout->blocks[a].count > 0 &&
                    stacks_on(layout, &layout->blocks[a], &layout->blocks[b], leading)) {
                    follower = (int)b;
                    count++;
                }
            if (count != 1)
                continue;
            struct seg_block *from = &layout->blocks[follower];
            for (size_t i = 0; i < from->count; i++)
                seg_block_add_line(layout, (int)a, from->lines[i]);
            from->count = 0;
            again = true;
        }
        size_t kept = 0;
        for (size_t b = 0; b < layout->block_count; b++)
            if (layout->blocks[b].count > 0)
                layout->blocks[kept++] = layout->blocks[b];
        layout->block_count = kept;
    }
    for (size_t b = 0; b < layout->block_count; b++)
        for (size_t i = 0; i < layout->blocks[b].count; i++)
            layout->lines[layout->blocks[b].lines[i]].block = (int)b;
}

/* A full stop too faint for the threshold may end a line that is shorter than its column: such lines get room
 * for one more character's ink. */
static void lengthen_short_lines(struct seg_layout *layout)
{
    for (size_t b = 0; b < layout->block_count; b++) {
        const struct seg_block *block = &layout->blocks[b];
        for (size_t i = 0; i < block->count && block->count > 1; i++) {
            struct seg_line *line = &layout->lines[block->lines[i]];
            const int room = seg_right(block->box) - seg_right(line->box),
                      wanted = (int)lround(STOP_ROOM_EM * line->em);
            if (!line->vertical && line->em < LARGE_EM * layout->em && room > 0)
                line->box.w += room < wanted ? room : wanted;
        }
    }
}

void seg_blocks_find(struct seg_layout *layout)
{
    drop_specks(layout);
    struct seg_dropcaps caps = {0};
    seg_dropcaps_take(layout, &caps);
    const size_t n = layout->line_count;
    BI_CLEANUP(bi_freep) int *next = bi_xcalloc(n + 1, sizeof *next);
    BI_CLEANUP(bi_freep) int *sorted = bi_xcalloc(n + 1, sizeof *sorted);
    for (size_t i = 0; i < n; i++) {
        int below, above;
        sorted[i] = (int)i;
        next[i] = -1;
        if (!layout->lines[i].vertical && direct(layout, (int)i, true, &below) == 1 &&
            direct(layout, below, false, &above) == 1 && above == (int)i)
            next[i] = below;
    }
    gather_strips(layout);
    gather_tables(layout);
    const double leading = usual_leading(layout, next) + EXTRA_LEADING_EM;
    if (n > 0)
        qsort_r(sorted, n, sizeof *sorted, compare_top, layout);
    for (size_t i = 0; i < n; i++) {
        if (layout->lines[sorted[i]].block >= 0)
            continue;
        seg_add_block(layout);
        const int block = (int)layout->block_count - 1;
        layout->blocks[block].vertical = layout->lines[sorted[i]].vertical;
        for (int line = sorted[i]; line >= 0; line = next[line]) {
            if (layout->lines[line].block >= 0)
                break;
            seg_block_add_line(layout, block, line);
            if (next[line] >= 0 &&
                !carries_on(layout, &layout->lines[line], &layout->lines[next[line]], leading))
                break;
        }
    }
    join_columns(layout, leading);
    for (size_t b = 0; b < layout->block_count; b++) {
        struct seg_block *block = &layout->blocks[b];
        BI_CLEANUP(bi_freep) double *sizes = bi_xcalloc(block->count, sizeof *sizes);
        for (size_t i = 0; i < block->count; i++)
            sizes[i] = layout->lines[block->lines[i]].em;
        qsort(sizes, block->count, sizeof *sizes, compare_double);
        block->em = sizes[block->count / 2];
        block->frame = seg_frame_of(layout, block->box);
    }
    lengthen_short_lines(layout);
    seg_dropcaps_put(layout, &caps);
}
