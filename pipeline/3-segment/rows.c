#include "rows.h"

#include <stdlib.h>

#include "base/cleanup.h"

/* Size of the pieces. */
#define MIN_PIECE_EM 0.3
#define MAX_PIECE_EM 8.0
/* Neighbours in a row: common height as a share of the lower one, their heights' ratio, and the gap in the
 * higher one's height. */
#define MIN_COMMON_HEIGHT 0.6
#define MAX_HEIGHT_RATIO 2.0
#define MAX_GAP 0.5
/* A row has so many pieces, and is so long for its height; all rows together have so many pieces. */
#define MIN_ROW_PIECES 5
#define MIN_ROW_RATIO 3.0
#define MIN_PIECES 8

struct row {
    int parent, pieces;
    struct bi_box box;
};

static int root(struct row *rows, int i)
{
    while (rows[i].parent != i)
        i = rows[i].parent = rows[rows[i].parent].parent;
    return i;
}

static int compare_left(const void *a, const void *b)
{
    const struct bi_box p = ((const struct row *)a)->box, q = ((const struct row *)b)->box;
    return p.x != q.x ? (p.x < q.x ? -1 : 1) : (p.y > q.y) - (p.y < q.y);
}

static bool in_picture(const struct seg_layout *layout, struct bi_box box)
{
    for (size_t i = 0; i < layout->picture_count; i++)
        if (bi_box_inside(box, layout->pictures[i], 0.5))
            return true;
    return false;
}

static bool are_neighbours(struct bi_box a, struct bi_box b)
{
    const int lower = a.h < b.h ? a.h : b.h, higher = a.h > b.h ? a.h : b.h;
    return higher <= MAX_HEIGHT_RATIO * lower && seg_gap_x(a, b) <= MAX_GAP * higher &&
           bi_box_overlap_y(a, b) >= MIN_COMMON_HEIGHT * lower;
}

bool seg_rows_stand_in(const struct seg_layout *layout, BOXA *boxes, struct bi_box box)
{
    const int n = boxes ? boxaGetCount(boxes) : 0;
    BI_CLEANUP(bi_freep) struct row *rows = bi_xcalloc((size_t)n + 1, sizeof *rows);
    int count = 0, tallest = 0, sum = 0;
    for (int i = 0; i < n; i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (seg_longer(b) < MIN_PIECE_EM * layout->em || seg_longer(b) > MAX_PIECE_EM * layout->em ||
            !bi_box_inside(b, box, 1) || in_picture(layout, b))
            continue;
        rows[count++].box = b;
        tallest = b.h > tallest ? b.h : tallest;
    }
    if (count > 1)
        qsort(rows, (size_t)count, sizeof *rows, compare_left);
    for (int i = 0; i < count; i++)
        rows[i] = (struct row){i, 1, rows[i].box};
    BI_CLEANUP(bi_freep) struct bi_box *pieces = bi_xcalloc((size_t)count + 1, sizeof *pieces);
    for (int i = 0; i < count; i++)
        pieces[i] = rows[i].box;
    for (int i = 0; i < count; i++)
        for (int k = i + 1; k < count && pieces[k].x - seg_right(pieces[i]) <= MAX_GAP * tallest; k++) {
            const int a = root(rows, i), b = root(rows, k);
            if (a == b || !are_neighbours(pieces[i], pieces[k]))
                continue;
            rows[b].parent = a;
            rows[a].pieces += rows[b].pieces;
            rows[a].box = bi_box_union(rows[a].box, rows[b].box);
        }
    for (int i = 0; i < count; i++)
        if (rows[i].parent == i && rows[i].pieces >= MIN_ROW_PIECES &&
            rows[i].box.w >= MIN_ROW_RATIO * rows[i].box.h)
            sum += rows[i].pieces;
    return sum >= MIN_PIECES;
}
