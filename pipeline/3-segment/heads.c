#include "zone.h"

#include <math.h>
#include <stdlib.h>

#include "rules.h"

/* Items whose tops are this far from the head's foot or from each other are aligned, in ems. */
#define MAX_LEVEL_GAP_EM 2.6
#define MAX_LEVEL_RAISE_EM 0.5
/* Neighbours in a row are no further apart. */
#define MAX_COLUMN_GAP_EM 3.2
/* A head is centred or flush within this much. */
#define MAX_CENTRE_ERROR_EM 1.1
/* Blocks of so many lines may be narrower than their column. */
#define MAX_SHORT_LINES 2
/* Parts of a head are no further apart, in their own size. */
#define MAX_HEAD_GAP 0.9

static int compare_x(const void *a, const void *b, void *context)
{
    const struct seg_item *items = context;
    const struct bi_box p = items[*(const int *)a].box, q = items[*(const int *)b].box;
    if (p.x != q.x)
        return p.x < q.x ? -1 : 1;
    return (p.y > q.y) - (p.y < q.y);
}

void seg_zone_sort_x(const struct seg_zone *z, int count)
{
    if (count > 1)
        qsort_r(z->sorted, (size_t)count, sizeof *z->sorted, compare_x, z->items);
}

/* The box around a unit's heads. */
static struct bi_box head_box(const struct seg_zone *z, int unit)
{
    struct bi_box box = {0, 0, 0, 0};
    for (int i = 0; i < z->count; i++)
        if (z->items[i].unit == unit && z->items[i].head)
            box = bi_box_union(box, z->items[i].box);
    return box;
}

/* Each headline is a unit; heads directly above or below one another, with nothing between, are of one. */
static void gather_heads(struct seg_zone *z)
{
    for (int i = 0; i < z->count; i++)
        if (z->items[i].head && seg_zone_is_headline(z, i))
            z->items[i].unit = z->units++;
    for (int i = 0; i < z->count; i++) {
        struct seg_item *part = &z->items[i];
        if (!part->head || seg_zone_is_vertical(z, i))
            continue;
        int best = -1;
        double nearest = 1e9;
        for (int k = 0; k < z->count; k++) {
            if (k == i || !z->items[k].head || seg_zone_is_vertical(z, k) || z->items[k].unit < 0 ||
                z->items[k].unit == part->unit)
                continue;
            /* A headline joins another only below it and of another size, as a second deck does. */
            const struct bi_box other = z->items[k].box;
            const double gap = seg_gap_y(part->box, other);
            if (!seg_zone_same_column(part->box, other) ||
                gap > MAX_HEAD_GAP * fmax(seg_zone_em(z, i), seg_zone_em(z, k)) || gap >= nearest ||
                seg_rules_between(z->layout, part->box, other, false))
                continue;
            if (seg_zone_is_headline(z, i) &&
                (part->box.y < other.y || fabs(seg_mid_x(part->box) - seg_mid_x(other)) > 2 * z->layout->em))
                continue;
            nearest = gap;
            best = k;
        }
        if (best < 0)
            continue;
        const int from = part->unit, to = z->items[best].unit;
        part->unit = to;
        for (int k = 0; from >= 0 && k < z->count; k++)
            if (z->items[k].unit == from)
                z->items[k].unit = to;
    }
    /* A kicker or subhead that found no headline is an item like others. */
    for (int i = 0; i < z->count; i++)
        if (z->items[i].head && z->items[i].unit < 0)
            z->items[i].head = false;
}

/* How far to the left and right a head's columns can reach: up to neighbours at its own height. */
static void find_barriers(const struct seg_zone *z, int unit, struct bi_box head, int *left, int *right)
{
    *left = 0;
    *right = z->layout->width;
    for (int i = 0; i < z->count; i++) {
        const struct bi_box b = z->items[i].box;
        if ((z->items[i].unit == unit && z->items[i].head) ||
            bi_box_overlap_y(b, head) < 0.3 * (b.h < head.h ? b.h : head.h) ||
            bi_box_overlap_x(b, head) > 0.2 * b.w)
            continue;
        if (seg_mid_x(b) < seg_mid_x(head) && seg_right(b) > *left)
            *left = seg_right(b);
        if (seg_mid_x(b) > seg_mid_x(head) && b.x < *right)
            *right = b.x;
    }
    /* A vertical rule beside the head and its columns parts it from its neighbour. */
    for (size_t i = 0; i < z->layout->rule_count; i++) {
        const struct seg_rule *rule = &z->layout->rules[i];
        if (!rule->vertical || bi_box_overlap_y(rule->box, head) < 0.6 * head.h)
            continue;
        if (seg_mid_x(rule->box) < head.x && seg_right(rule->box) > *left)
            *left = seg_right(rule->box);
        if (seg_mid_x(rule->box) > seg_right(head) && rule->box.x < *right)
            *right = rule->box.x;
    }
}

/* The width of the column that an item opens: a byline or another short block is as wide as what stands under
 * it. */
static struct bi_box column_box(const struct seg_zone *z, int i)
{
    struct bi_box box = z->items[i].box;
    const int block = z->items[i].block;
    if (block < 0 || z->layout->blocks[block].count > MAX_SHORT_LINES)
        return box;
    for (int k = 0; k < z->count; k++) {
        const struct bi_box below = z->items[k].box;
        if (k != i && z->items[k].frame < 0 && !z->items[k].head && seg_zone_same_column(box, below) &&
            below.y > box.y && seg_gap_y(below, box) <= z->layout->em) {
            box.x = below.x < box.x ? below.x : box.x;
            box.w = (seg_right(below) > seg_right(z->items[i].box) ? seg_right(below)
                                                                   : seg_right(z->items[i].box)) -
                    box.x;
        }
    }
    return box;
}

/* The items aligned below a head, from left to right, in z->sorted. */
static int find_level(struct seg_zone *z, struct bi_box head, int left, int right)
{
    const double em = z->layout->em;
    const int foot = seg_bottom(head), slack = (int)lround(0.4 * em);
    int count = 0;
    for (int i = 0; i < z->count; i++) {
        const struct seg_item *item = &z->items[i];
        if (item->unit >= 0 || item->head || item->frame >= 0)
            continue;
        if (item->box.y < foot - MAX_LEVEL_RAISE_EM * em || item->box.y > foot + MAX_LEVEL_GAP_EM * em ||
            item->box.x < left - slack || seg_right(item->box) > right + slack)
            continue;
        bool hidden = false;
        for (int k = 0; k < z->count && !hidden; k++)
            hidden = k != i && z->items[k].unit < 0 && seg_zone_same_column(z->items[k].box, item->box) &&
                     seg_bottom(z->items[k].box) <= item->box.y + slack && z->items[k].box.y >= foot - slack;
        if (!hidden)
            z->sorted[count++] = i;
    }
    seg_zone_sort_x(z, count);
    return count;
}

/* Gives a horizontal head the aligned items below it. */
static void own_level(struct seg_zone *z, int unit)
{
    const double em = z->layout->em;
    const struct bi_box head = head_box(z, unit);
    int left, right;
    find_barriers(z, unit, head, &left, &right);
    const int count = find_level(z, head, left, right);
    int first = -1, last = -1;
    for (int i = 0; i < count; i++) {
        const struct bi_box b = column_box(z, z->sorted[i]);
        if (bi_box_overlap_x(b, head) < 0.3 * (b.w < head.w ? b.w : head.w))
            continue;
        if (first < 0)
            first = i;
        last = i;
    }
    if (first < 0)
        return;
    int from = first, to = last;
    while (from > 0 && column_box(z, z->sorted[from]).x - seg_right(column_box(z, z->sorted[from - 1])) <=
                           MAX_COLUMN_GAP_EM * em)
        from--;
    while (to + 1 < count && column_box(z, z->sorted[to + 1]).x - seg_right(column_box(z, z->sorted[to])) <=
                                 MAX_COLUMN_GAP_EM * em)
        to++;
    /* The widest extent that the head is centred over or flush with; without one, all there is. */
    int best_from = from, best_to = to, best = -1;
    for (int i = from; i <= first; i++)
        for (int k = last; k <= to; k++) {
            struct bi_box span = {0, 0, 0, 0};
            for (int m = i; m <= k; m++)
                span = bi_box_union(span, column_box(z, z->sorted[m]));
            const bool fits = fabs(seg_mid_x(span) - seg_mid_x(head)) <= MAX_CENTRE_ERROR_EM * em ||
                              (abs(span.x - head.x) <= em && head.w >= 0.6 * span.w);
            if (fits && span.w > best) {
                best = span.w;
                best_from = i;
                best_to = k;
            }
        }
    for (int i = best_from; i <= best_to; i++)
        z->items[z->sorted[i]].unit = unit;
}

/* Gives the vertical heads of one row the free items beside them. Seen from left to right, items before the
 * first head are its own; of a head with items on both sides, the right ones are its own unless the left ones
 * have no other. */
static void own_row(struct seg_zone *z, int head)
{
    const double em = z->layout->em;
    const struct bi_box band = z->items[head].box;
    int count = 0;
    for (int i = 0; i < z->count; i++) {
        const struct seg_item *item = &z->items[i];
        const bool peer = item->head && seg_zone_is_vertical(z, i);
        if ((item->unit >= 0 && !peer) || item->frame >= 0 || (item->head && !peer))
            continue;
        const int lower = item->box.h < band.h ? item->box.h : band.h;
        if (bi_box_overlap_y(item->box, band) >= 0.5 * lower)
            z->sorted[count++] = i;
    }
    seg_zone_sort_x(z, count);
    int at = 0;
    while (z->sorted[at] != head)
        at++;
    int from = at, to = at;
    struct bi_box run = band;
    for (; from > 0; from--) {
        const struct bi_box b = z->items[z->sorted[from - 1]].box;
        const struct bi_box gap = {seg_right(b), band.y, run.x - seg_right(b), band.h};
        if (gap.w > MAX_COLUMN_GAP_EM * em)
            break;
        run = bi_box_union(run, b);
    }
    run = band;
    for (; to + 1 < count; to++) {
        const struct bi_box b = z->items[z->sorted[to + 1]].box;
        if (b.x - seg_right(run) > MAX_COLUMN_GAP_EM * em)
            break;
        run = bi_box_union(run, b);
    }
    int open = -1, pending = from, last = -1;
    bool waiting = false; /* items since the last head that no head has yet */
    for (int i = from; i <= to; i++) {
        struct seg_item *item = &z->items[z->sorted[i]];
        if (item->head) {
            last = item->unit;
            if (waiting) {
                for (int k = pending; k < i; k++)
                    if (z->items[z->sorted[k]].unit < 0)
                        z->items[z->sorted[k]].unit = item->unit;
                waiting = false;
                open = -1;
            } else {
                open = item->unit;
            }
            pending = i + 1;
        } else if (open >= 0) {
            item->unit = open;
            /* The open head takes all up to the next head. */
        } else {
            waiting = true;
        }
    }
    for (int k = pending; waiting && last >= 0 && k <= to; k++)
        if (z->items[z->sorted[k]].unit < 0)
            z->items[z->sorted[k]].unit = last;
}

static bool owns_something(const struct seg_zone *z, int unit)
{
    for (int i = 0; i < z->count; i++)
        if (z->items[i].unit == unit && !z->items[i].head)
            return true;
    return false;
}
void seg_heads_gather(struct seg_zone *z)
{
    gather_heads(z);
    for (int u = 0; u < z->units; u++)
        for (int i = 0; i < z->count; i++)
            if (z->items[i].unit == u && z->items[i].head && !seg_zone_is_vertical(z, i)) {
                own_level(z, u);
                break;
            }
}

void seg_heads_take_sides(struct seg_zone *z)
{
    for (int i = 0; i < z->count; i++)
        if (z->items[i].head && seg_zone_is_vertical(z, i) && !owns_something(z, z->items[i].unit))
            own_row(z, i);
}
