#include "order.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "units.h"

/* A box with something to be put in order. */
struct node {
    struct bi_box box;
    int value;
};

static int compare_reading(const void *a, const void *b)
{
    const struct node *p = a, *q = b;
    if (p->box.y != q->box.y)
        return p->box.y < q->box.y ? -1 : 1;
    if (p->box.x != q->box.x)
        return p->box.x < q->box.x ? -1 : 1;
    return (p->value > q->value) - (p->value < q->value);
}

static int compare_left(const void *a, const void *b)
{
    const struct node *p = a, *q = b;
    return p->box.x != q->box.x ? (p->box.x < q->box.x ? -1 : 1) : compare_reading(a, b);
}

/* Parts nodes at white that runs through all of them, across (columns) or along (rows). Sorts them and
 * returns how many stand before the widest white, 0 if there is none. */
static int cut(struct node *nodes, int count, bool columns, int slack)
{
    qsort(nodes, (size_t)count, sizeof *nodes, columns ? compare_left : compare_reading);
    int reach = columns ? seg_right(nodes[0].box) : seg_bottom(nodes[0].box);
    for (int i = 1; i < count; i++) {
        const int start = columns ? nodes[i].box.x : nodes[i].box.y;
        if (start >= reach - slack)
            return i;
        const int end = columns ? seg_right(nodes[i].box) : seg_bottom(nodes[i].box);
        reach = end > reach ? end : reach;
    }
    return 0;
}

/* True if a is read before b where no clean cut parts them: above it in the same columns, or left of it. */
static bool before(const struct node *a, const struct node *b)
{
    const int common = bi_box_overlap_x(a->box, b->box);
    if (common > 0.2 * (a->box.w < b->box.w ? a->box.w : b->box.w))
        return seg_mid_y(a->box) < seg_mid_y(b->box);
    return a->box.x < b->box.x;
}

/* Recursive cuts; columns first within an article, rows first between articles. What no cut parts is put in
 * order one by one: next is the topmost, leftmost of those that nothing left is before. */
static void sort_nodes(struct node *nodes, int count, bool columns_first, int slack)
{
    if (count < 2)
        return;
    for (int pass = 0; pass < 2; pass++) {
        const int at = cut(nodes, count, columns_first == (pass == 0), slack);
        if (at > 0) {
            sort_nodes(nodes, at, columns_first, slack);
            sort_nodes(nodes + at, count - at, columns_first, slack);
            return;
        }
    }
    qsort(nodes, (size_t)count, sizeof *nodes, compare_left);
    for (int done = 0; done < count; done++) {
        int next = done;
        for (int i = done; i < count; i++) {
            bool first = true;
            for (int k = done; k < count && first; k++)
                first = k == i || !before(&nodes[k], &nodes[i]);
            if (first) {
                next = i;
                break;
            }
        }
        const struct node node = nodes[next];
        for (int i = next; i > done; i--)
            nodes[i] = nodes[i - 1];
        nodes[done] = node;
    }
}

struct output {
    struct seg_layout *layout;
    int *order;
    int count;
};

static void order_zone(struct output *out, int frame, int depth);

/* True if more than half of what the blocks cover is set vertically. */
static bool mostly_vertical(const struct seg_layout *layout, const struct node *nodes, int count)
{
    long vertical = 0, all = 0;
    for (int i = 0; i < count; i++) {
        all += bi_box_area(nodes[i].box);
        vertical += layout->blocks[nodes[i].value].vertical ? bi_box_area(nodes[i].box) : 0;
    }
    return 2 * vertical > all;
}

/* Blocks of a unit: its heads, then its text column by column, then what belongs to pictures. */
static void order_unit(struct output *out, struct seg_item *items, int count, int unit)
{
    const struct seg_layout *layout = out->layout;
    BI_CLEANUP(bi_freep) struct node *nodes = bi_xcalloc((size_t)count + 1, sizeof *nodes);
    const int slack = (int)lround(0.3 * layout->em);
    for (int pass = 0; pass < 3; pass++) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (items[i].unit != unit || items[i].block < 0)
                continue;
            const bool caption = layout->blocks[items[i].block].role == BI_ROLE_CAPTION;
            if ((items[i].head ? 0 : caption ? 2 : 1) == pass)
                nodes[n++] = (struct node){items[i].box, items[i].block};
        }
        /* Strips of vertical text are read row by row, and from right to left in each. */
        const bool vertical = pass == 1 && n > 0 && mostly_vertical(layout, nodes, n);
        for (int i = 0; i < n && vertical; i++)
            nodes[i].box.x = layout->width - seg_right(nodes[i].box);
        sort_nodes(nodes, n, pass != 0 && !vertical, slack);
        for (int i = 0; i < n; i++)
            out->order[out->count++] = nodes[i].value;
    }
}

/* Running heads and the masthead come first, the strip of teasers at the foot last. */
static int rank(enum bi_role role)
{
    return role == BI_ROLE_HEADER || role == BI_ROLE_MASTHEAD ? 0 : role == BI_ROLE_TEASER ? 2 : 1;
}

static void order_edge(struct output *out, int frame, int wanted)
{
    const struct seg_layout *layout = out->layout;
    BI_CLEANUP(bi_freep) struct node *nodes = bi_xcalloc(layout->block_count + 1, sizeof *nodes);
    int n = 0;
    for (size_t i = 0; i < layout->block_count; i++)
        if (layout->blocks[i].frame == frame && rank(layout->blocks[i].role) == wanted)
            nodes[n++] = (struct node){layout->blocks[i].box, (int)i};
    sort_nodes(nodes, n, wanted == 2, (int)lround(0.3 * layout->em));
    for (int i = 0; i < n; i++)
        out->order[out->count++] = nodes[i].value;
}

/* The innermost frame round a frame, -1 if none. */
static int frame_around(const struct seg_layout *layout, int frame)
{
    int best = -1;
    for (size_t i = 0; i < layout->frame_count; i++) {
        const struct seg_frame *outer = &layout->frames[i];
        if ((int)i == frame || outer->picture ||
            bi_box_area(outer->box) <= bi_box_area(layout->frames[frame].box) ||
            !bi_box_inside(layout->frames[frame].box, outer->box, 0.9))
            continue;
        if (best < 0 || bi_box_area(outer->box) < bi_box_area(layout->frames[best].box))
            best = (int)i;
    }
    return best;
}

static int collect_items(const struct seg_layout *layout, int frame, struct seg_item *items)
{
    int n = 0;
    for (size_t i = 0; i < layout->block_count; i++) {
        const struct seg_block *block = &layout->blocks[i];
        if (block->frame != frame || rank(block->role) != 1)
            continue;
        const bool head = block->role == BI_ROLE_HEADLINE || block->role == BI_ROLE_KICKER ||
                          block->role == BI_ROLE_SUBHEAD;
        items[n++] = (struct seg_item){block->box, (int)i, -1, -1, head, -1};
    }
    for (size_t i = 0; i < layout->picture_count; i++)
        if (seg_frame_of(layout, layout->pictures[i]) == frame)
            items[n++] = (struct seg_item){layout->pictures[i], -1, (int)i, -1, false, -1};
    for (size_t i = 0; i < layout->frame_count; i++)
        if (!layout->frames[i].picture && (int)i != frame && frame_around(layout, (int)i) == frame)
            items[n++] = (struct seg_item){layout->frames[i].box, -1, -1, (int)i, false, -1};
    return n;
}

static void order_zone(struct output *out, int frame, int depth)
{
    const struct seg_layout *layout = out->layout;
    const size_t room = layout->block_count + layout->picture_count + layout->frame_count + 1;
    BI_CLEANUP(bi_freep) struct seg_item *items = bi_xcalloc(room, sizeof *items);
    const int count = collect_items(layout, frame, items);
    const int units = seg_units_find(layout, items, count);
    BI_CLEANUP(bi_freep) struct node *nodes = bi_xcalloc((size_t)units + 1, sizeof *nodes);
    int n = 0;
    for (int u = 0; u < units; u++) {
        struct bi_box box = {0, 0, 0, 0};
        for (int i = 0; i < count; i++)
            if (items[i].unit == u)
                box = bi_box_union(box, items[i].box);
        if (!bi_box_empty(box))
            nodes[n++] = (struct node){box, u};
    }
    sort_nodes(nodes, n, false, (int)lround(0.6 * layout->em));
    order_edge(out, frame, 0);
    for (int k = 0; k < n; k++) {
        order_unit(out, items, count, nodes[k].value);
        for (int i = 0; i < count; i++)
            if (items[i].unit == nodes[k].value && items[i].frame >= 0 && depth < 8)
                order_zone(out, items[i].frame, depth + 1);
    }
    order_edge(out, frame, 2);
}

void seg_order_find(struct seg_layout *layout)
{
    layout->order = bi_arena_array(&layout->arena, layout->block_count + 1, sizeof *layout->order);
    struct output out = {layout, layout->order, 0};
    order_zone(&out, -1, 0);
    /* A block that no zone holds must not be lost. */
    BI_CLEANUP(bi_freep) bool *seen = bi_xcalloc(layout->block_count + 1, sizeof *seen);
    for (int i = 0; i < out.count; i++)
        seen[layout->order[i]] = true;
    for (size_t i = 0; i < layout->block_count; i++)
        if (!seen[i])
            layout->order[out.count++] = (int)i;
}
