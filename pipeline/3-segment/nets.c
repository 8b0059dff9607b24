#include "nets.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"

/* Rules of a net meet within this. */
#define MEET_EM 0.5
/* A net has so many rules each way. Most of its height is in rows between these heights, and its level rules
 * are on average so wide, as a share of it. */
#define MIN_NET_RULES 3
#define MIN_ROW_EM 1.0
#define MAX_ROW_EM 5.5
#define MIN_ROWS_SHARE 0.5
#define MIN_RULED_WIDTH 0.6
/* Level rules are one where they are no further apart, up and down and along. */
#define ONE_LEVEL_EM 0.25
#define PARTED_EM 0.4
/* Rules that begin and end alike do so within this. */
#define ALIKE_EM 1.0

void seg_nets_take(struct seg_fragments *fragments, struct bi_box table, int number)
{
    for (size_t i = 0; i < fragments->count; i++) {
        struct seg_fragment *f = &fragments->items[i];
        if (!f->gone && f->line < 0 && bi_box_inside(f->box, table, 0.9))
            f->table = number;
    }
}

static bool meet(const struct seg_layout *layout, const struct seg_rule *a, const struct seg_rule *b)
{
    const int near = (int)lround(MEET_EM * layout->em);
    return a->vertical != b->vertical && seg_gap_x(a->box, b->box) <= near &&
           seg_gap_y(a->box, b->box) <= near;
}

/* Gives all rules that hang together with one the same number. */
static void spread(const struct seg_layout *layout, int *nets, size_t from)
{
    for (size_t i = 0; i < layout->rule_count; i++)
        if (nets[i] == 0 && meet(layout, &layout->rules[from], &layout->rules[i])) {
            nets[i] = nets[from];
            spread(layout, nets, i);
        }
}

static int compare_top(const void *a, const void *b)
{
    const struct bi_box p = *(const struct bi_box *)a, q = *(const struct bi_box *)b;
    return p.y != q.y ? (p.y < q.y ? -1 : 1) : (p.x > q.x) - (p.x < q.x);
}

/* The level rules of a net, top to bottom, those that a column rule parts as one; returns how many. */
static int find_levels(const struct seg_layout *layout, const int *nets, int net, struct bi_box *levels)
{
    int count = 0;
    for (size_t i = 0; i < layout->rule_count; i++)
        if (nets[i] == net && !layout->rules[i].vertical)
            levels[count++] = layout->rules[i].box;
    for (int i = 0; i < count; i++)
        for (int k = i + 1; k < count; k++) {
            if (abs(levels[i].y - levels[k].y) > ONE_LEVEL_EM * layout->em ||
                seg_gap_x(levels[i], levels[k]) > PARTED_EM * layout->em)
                continue;
            levels[i] = bi_box_union(levels[i], levels[k]);
            levels[k] = levels[--count];
            k = i; /* it may now reach others */
        }
    if (count > 1)
        qsort(levels, (size_t)count, sizeof *levels, compare_top);
    return count;
}

/* Drops the level rules that stick out of those that are alike, where enough are; of several such, those that
 * are longest together. A rule under the whole page may hang together with the column rules of a table.
 * Returns how many are left. */
static int drop_longer(const struct seg_layout *layout, struct bi_box *levels, int count)
{
    const int slack = (int)lround(ALIKE_EM * layout->em);
    long longest = 0;
    int kept = 0;
    struct bi_box usual = {0, 0, 0, 0};
    for (int i = 0; i < count; i++) {
        int alike = 0;
        long length = 0;
        for (int k = 0; k < count; k++)
            if (abs(levels[i].x - levels[k].x) <= slack &&
                abs(seg_right(levels[i]) - seg_right(levels[k])) <= slack) {
                alike++;
                length += levels[k].w;
            }
        if (alike >= MIN_NET_RULES && length > longest) {
            longest = length;
            usual = levels[i];
        }
    }
    if (longest == 0)
        return count;
    for (int i = 0; i < count; i++)
        if (levels[i].x >= usual.x - slack && seg_right(levels[i]) <= seg_right(usual) + slack)
            levels[kept++] = levels[i];
    return kept;
}

/* What the level rules draw that run over most of the width; the others, such as rules between the notices of
 * one column, part no rows. *rows gets the height of all that is as high as a row; returns how many rules
 * they are, 0 if they are not as wide as what they draw. */
static int choose_rows(const struct seg_layout *layout, const struct bi_box *levels, int count,
                       struct bi_box *box, int *rows)
{
    int widest = 0, chosen = 0;
    long length = 0;
    for (int i = 0; i < count; i++)
        widest = levels[i].w > widest ? levels[i].w : widest;
    *box = (struct bi_box){0, 0, 0, 0};
    *rows = 0;
    for (int i = 0; i < count; i++) {
        if (2 * levels[i].w <= widest)
            continue;
        const int height = levels[i].y - seg_bottom(*box);
        if (chosen > 0 && height >= MIN_ROW_EM * layout->em && height <= MAX_ROW_EM * layout->em)
            *rows += height;
        *box = bi_box_union(*box, levels[i]);
        length += levels[i].w;
        chosen++;
    }
    return (double)length >= MIN_RULED_WIDTH * box->w * chosen ? chosen : 0;
}

/* The table that a net of rules draws; empty if it is none. A column rule may go on past it. */
static struct bi_box net_box(const struct seg_layout *layout, const int *nets, int net)
{
    BI_CLEANUP(bi_freep) struct bi_box *levels = bi_xcalloc(layout->rule_count + 1, sizeof *levels);
    const int count = drop_longer(layout, levels, find_levels(layout, nets, net, levels));
    struct bi_box box;
    int rows, upright = 0;
    const int near = (int)lround(MEET_EM * layout->em);
    const int level = choose_rows(layout, levels, count, &box, &rows);
    for (size_t i = 0; i < layout->rule_count; i++)
        upright += nets[i] == net && layout->rules[i].vertical &&
                   seg_gap_x(layout->rules[i].box, box) <= near &&
                   2 * bi_box_overlap_y(layout->rules[i].box, box) > box.h;
    if (level < MIN_NET_RULES || upright < MIN_NET_RULES || rows < MIN_ROWS_SHARE * box.h ||
        box.h > MAX_ROW_EM * layout->em * (level - 1))
        return (struct bi_box){0, 0, 0, 0};
    return box;
}

int seg_nets_find(struct seg_layout *layout, struct seg_fragments *fragments)
{
    BI_CLEANUP(bi_freep) int *nets = bi_xcalloc(layout->rule_count + 1, sizeof *nets);
    int net = 0, number = 0;
    for (size_t i = 0; i < layout->rule_count; i++) {
        if (nets[i] != 0)
            continue;
        nets[i] = ++net;
        spread(layout, nets, i);
        const struct bi_box box = net_box(layout, nets, net);
        if (bi_box_empty(box))
            continue;
        number++;
        seg_nets_take(fragments, box, number);
        for (size_t k = 0; k < layout->frame_count; k++)
            layout->frames[k].picture =
                layout->frames[k].picture || bi_box_inside(layout->frames[k].box, box, 0.9);
    }
    return number;
}
