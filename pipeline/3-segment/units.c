#include "zone.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "rules.h"

/* Neighbours in a row are no further apart. */
#define MAX_COLUMN_GAP_EM 3.2
/* White below an item after which something new begins. */
#define MAX_WHITE_BELOW_EM 1.75
#define MAX_WHITE_BELOW_PICTURE_EM 2.8
/* Text that has so much of a vertical headline beside it, and so much white above it, begins an article. */
#define MIN_HEAD_BESIDE 0.8
#define MIN_WHITE_ABOVE_EM 1.0

static int compare_y(const void *a, const void *b, void *context)
{
    const struct seg_item *items = context;
    const struct bi_box p = items[*(const int *)a].box, q = items[*(const int *)b].box;
    if (p.y != q.y)
        return p.y < q.y ? -1 : 1;
    return (p.x > q.x) - (p.x < q.x);
}

/* The nearest item above one in its column, -1 if none. */
static int above(const struct seg_zone *z, int i)
{
    const struct bi_box b = z->items[i].box;
    const int slack = (int)lround(0.4 * z->layout->em);
    int best = -1;
    for (int k = 0; k < z->count; k++) {
        const struct bi_box a = z->items[k].box;
        if (k == i || a.y >= b.y || seg_bottom(a) > b.y + slack || !seg_zone_same_column(a, b))
            continue;
        if (best < 0 || seg_bottom(a) > seg_bottom(z->items[best].box))
            best = k;
    }
    return best;
}

/* White that may be below an item without something new beginning there: more below a picture and its
 * caption. */
static double white_below(const struct seg_zone *z, int i)
{
    const int block = z->items[i].block;
    const bool picture = block < 0 || z->layout->blocks[block].role == BI_ROLE_CAPTION;
    return (picture ? MAX_WHITE_BELOW_PICTURE_EM : MAX_WHITE_BELOW_EM) * z->layout->em;
}

/* True if an item begins after some white and has a vertical headline beside it: then it is that one's text,
 * and not what is above it going on. */
static bool begins_beside_head(const struct seg_zone *z, int i, int up)
{
    const double em = z->layout->em;
    const struct bi_box b = z->items[i].box;
    for (int k = 0; k < z->count && seg_gap_y(z->items[up].box, b) >= MIN_WHITE_ABOVE_EM * em; k++) {
        const struct bi_box head = z->items[k].box;
        if (z->items[k].head && seg_zone_is_vertical(z, k) &&
            bi_box_overlap_y(head, b) >= MIN_HEAD_BESIDE * head.h && seg_gap_x(head, b) >= 0 &&
            seg_gap_x(head, b) <= MAX_COLUMN_GAP_EM * em && !seg_rules_between(z->layout, head, b, true))
            return true;
    }
    return false;
}

/* Hands units down the columns. */
static void inherit(struct seg_zone *z)
{
    for (int i = 0; i < z->count; i++)
        z->sorted[i] = i;
    if (z->count > 1)
        qsort_r(z->sorted, (size_t)z->count, sizeof *z->sorted, compare_y, z->items);
    for (int s = 0; s < z->count; s++) {
        const int i = z->sorted[s];
        struct seg_item *item = &z->items[i];
        if (item->unit >= 0 || item->frame >= 0 || item->head)
            continue;
        const int up = above(z, i);
        if (up < 0 || z->items[up].unit < 0 || z->items[up].frame >= 0)
            continue;
        if (seg_gap_y(z->items[up].box, item->box) <= white_below(z, up) && !begins_beside_head(z, i, up) &&
            !seg_rules_between(z->layout, z->items[up].box, item->box, false))
            item->unit = z->items[up].unit;
    }
}

/* Hands the units of vertical heads up the columns: an article with its headline at the side has no other
 * above it. */
static void inherit_up(struct seg_zone *z)
{
    for (bool again = true; again;) {
        again = false;
        for (int i = 0; i < z->count; i++) {
            const int up =
                z->items[i].unit >= 0 && z->items[i].frame < 0 && !z->items[i].head ? above(z, i) : -1;
            if (up < 0 || z->items[up].unit >= 0 || z->items[up].frame >= 0 || z->items[up].head ||
                seg_gap_y(z->items[up].box, z->items[i].box) > white_below(z, up) ||
                seg_rules_between(z->layout, z->items[up].box, z->items[i].box, false))
                continue;
            z->items[up].unit = z->items[i].unit;
            again = true;
        }
    }
}

/* What is left: aligned side by side, or below one another, makes a unit. */
static void gather_rest(struct seg_zone *z)
{
    const double em = z->layout->em;
    for (int i = 0; i < z->count; i++)
        z->sorted[i] = i;
    if (z->count > 1)
        qsort_r(z->sorted, (size_t)z->count, sizeof *z->sorted, compare_y, z->items);
    for (int s = 0; s < z->count; s++) {
        const int i = z->sorted[s];
        struct seg_item *item = &z->items[i];
        if (item->unit >= 0)
            continue;
        item->unit = z->units++;
        if (item->frame >= 0)
            continue;
        for (bool again = true; again;) {
            again = false;
            for (int k = 0; k < z->count; k++) {
                struct seg_item *other = &z->items[k];
                if (other->unit >= 0 || other->frame >= 0 || other->head)
                    continue;
                for (int m = 0; m < z->count && other->unit < 0; m++) {
                    const struct seg_item *member = &z->items[m];
                    if (member->unit != item->unit)
                        continue;
                    const bool beside = abs(member->box.y - other->box.y) <= 1.3 * em &&
                                        seg_gap_x(member->box, other->box) <= MAX_COLUMN_GAP_EM * em;
                    const bool below = seg_zone_same_column(member->box, other->box) && above(z, k) == m &&
                                       seg_gap_y(member->box, other->box) <= white_below(z, m);
                    if ((beside || below) && !seg_rules_between(z->layout, member->box, other->box, false)) {
                        other->unit = item->unit;
                        again = true;
                    }
                }
            }
        }
    }
}

int seg_units_find(const struct seg_layout *layout, struct seg_item *items, int count)
{
    BI_CLEANUP(bi_freep) int *sorted = bi_xcalloc((size_t)count + 1, sizeof *sorted);
    struct seg_zone z = {layout, items, count, sorted, 0};
    for (int i = 0; i < count; i++)
        items[i].unit = -1;
    seg_heads_gather(&z);
    inherit(&z);
    seg_heads_take_sides(&z);
    inherit_up(&z);
    inherit(&z);
    gather_rest(&z);
    return z.units;
}
