#include "grid.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"

/* How far above and below rows are looked at. */
#define REACH_EM 30.0
/* Rows end or begin at one place within this; so many of them, no further apart than every second line. */
#define FLUSH_EM 0.3
#define MIN_ROWS 4
#define MAX_STEP_EM 2.2
/* Width of a gutter. */
#define MIN_GUTTER_EM 0.65
#define MAX_GUTTER_EM 3.0
/* Rows are of the same type as the two within this. */
#define MAX_SIZE_RATIO 1.3
/* A row this near is the next line; it runs across if it sticks out of the gutter by so much on both sides.
 */
#define NEXT_EM 1.0
#define ACROSS_EM 1.0

struct row {
    int at, y, bottom;
};

static int compare_y(const void *a, const void *b)
{
    const struct row *p = a, *q = b;
    return p->y != q->y ? (p->y < q->y ? -1 : 1) : (p->at > q->at) - (p->at < q->at);
}

/* Rows of the type of a whose right (or left) ends lie between two columns of pixels, from top to bottom. */
static int find_rows(const struct seg_gaps *c, const struct seg_fragment *a, bool right, int from, int to,
                     struct row *rows)
{
    const double reach = REACH_EM * c->layout->em;
    int count = 0;
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct seg_fragment *f = &c->fragments->items[i];
        const int at = right ? seg_right(f->box) : f->box.x;
        if (f->gone || f->glyphs < 3 || f->table > 0 || at < from || at > to ||
            seg_gap_y(f->box, a->box) > reach || f->em > MAX_SIZE_RATIO * a->em ||
            a->em > MAX_SIZE_RATIO * f->em || bi_box_overlap_y(f->box, a->box) > a->box.h / 3)
            continue;
        rows[count++] = (struct row){at, f->box.y, seg_bottom(f->box)};
    }
    if (count > 1)
        qsort(rows, (size_t)count, sizeof *rows, compare_y);
    return count;
}

/* The most rows close under one another that are flush with one of them. */
static int longest_run(const struct seg_gaps *c, const struct row *rows, int count, int at)
{
    const double em = c->layout->em;
    int run = 0, longest = 0, bottom = 0;
    for (int i = 0; i < count; i++) {
        if (abs(rows[i].at - at) > FLUSH_EM * em)
            continue;
        run = run > 0 && rows[i].y - bottom <= MAX_STEP_EM * em ? run + 1 : 1;
        longest = run > longest ? run : longest;
        bottom = rows[i].bottom;
    }
    return longest;
}

/* Whether the row above or below has type in the gutter. */
static bool is_filled(const struct seg_gaps *c, struct bi_box row, int left, int right)
{
    const double em = c->layout->em;
    const struct bi_box gutter = {left, row.y, right - left, row.h};
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct seg_fragment *f = &c->fragments->items[i];
        if (!f->gone && !f->big && seg_gap_y(f->box, row) <= NEXT_EM * em &&
            bi_box_overlap_y(f->box, row) <= row.h / 3 && bi_box_overlap_x(f->box, gutter) > FLUSH_EM * em)
            return true;
    }
    return false;
}

bool seg_grid_has_gutter(const struct seg_gaps *c, const struct seg_fragment *a, const struct seg_fragment *b)
{
    const double em = c->layout->em;
    const int slack = (int)lround(FLUSH_EM * em), narrow = (int)lround(MIN_GUTTER_EM * em);
    const int from = seg_right(a->box) - slack, to = b->box.x + slack;
    if (to - from < narrow)
        return false;
    BI_CLEANUP(bi_freep) struct row *ends = bi_xcalloc(c->fragments->count + 1, sizeof *ends);
    BI_CLEANUP(bi_freep) struct row *starts = bi_xcalloc(c->fragments->count + 1, sizeof *starts);
    const int left = find_rows(c, a, true, from, to - narrow, ends);
    const int right = find_rows(c, a, false, from + narrow, to, starts);
    const struct bi_box row = bi_box_union(a->box, b->box);
    for (int i = 0; i < left; i++) {
        if (longest_run(c, ends, left, ends[i].at) < MIN_ROWS)
            continue;
        for (int k = 0; k < right; k++) {
            const int width = starts[k].at - ends[i].at;
            if (width >= narrow && width <= MAX_GUTTER_EM * em &&
                longest_run(c, starts, right, starts[k].at) >= MIN_ROWS &&
                !is_filled(c, row, ends[i].at, starts[k].at))
                return true;
        }
    }
    return false;
}
