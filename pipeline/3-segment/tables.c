#include "tables.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "nets.h"
#include "rules.h"

/* Pieces of one cell are no further apart. */
#define CELL_SPACE_EM 0.75
/* Cells of a table without rules: widest, size of their type, and how far the next row is. */
#define MAX_CELL_EM 8.5
#define MAX_TYPE_EM 1.3
#define MIN_TYPE_EM 0.55
#define MAX_ROW_STEP_EM 2.6
/* Cells of a column are aligned at one edge or in the middle within this. */
#define ALIGNED_EM 0.4
/* So many rows and columns make a table. */
#define MIN_ROWS 4
#define MIN_COLUMNS 3
/* Columns side by side: white between, and share of the rows of the shorter one that the other has too. */
#define MIN_WHITE_EM 0.6
#define MAX_WHITE_EM 7.0
#define MIN_COMMON_ROWS 0.7
#define LEVEL_EM 0.35
/* … or two columns of more rows, of which the left one is narrow: hours and what is on, names and scores. */
#define MIN_LIST_ROWS 6
#define MAX_LIST_EM 4.5
/* White beside the cells, as a share of the table's width: columns of running text have 0.25 at most. */
#define MIN_WHITE_SHARE 0.28
/* A cell fills its column from this share of its width on. */
#define FULL_SHARE 0.9
/* What the table's cells cover of all type in its box. */
#define MIN_OWN_SHARE 0.85
/* The first row may be set apart by this. */
#define HEADER_EM 2.4

/* One column of cells, top to bottom. */
struct column {
    int *cells; /* fragments */
    int count;
    struct bi_box box;
    int table; /* 0 while in none */
};

static bool is_cell(const struct seg_layout *layout, const struct seg_fragment *f)
{
    return !f->gone && f->line < 0 && !f->reversed && !f->big && f->box.w <= MAX_CELL_EM * layout->em &&
           f->em >= MIN_TYPE_EM * layout->em && f->em <= MAX_TYPE_EM * layout->em;
}

static bool same_row(const struct seg_layout *layout, struct bi_box a, struct bi_box b)
{
    return fabs(seg_mid_y(a) - seg_mid_y(b)) <= LEVEL_EM * layout->em;
}

/* The cell below another in its column, -1 if there is none: the next in these columns, and aligned. */
static int cell_below(const struct seg_layout *layout, const struct seg_fragments *fragments, int cell)
{
    const struct bi_box a = fragments->items[cell].box;
    const double slack = ALIGNED_EM * layout->em;
    int best = -1;
    for (size_t i = 0; i < fragments->count; i++) {
        const struct seg_fragment *f = &fragments->items[i];
        const double step = seg_mid_y(f->box) - seg_mid_y(a);
        if (f->gone || (int)i == cell || step <= LEVEL_EM * layout->em ||
            step > MAX_ROW_STEP_EM * layout->em || bi_box_overlap_x(f->box, a) == 0)
            continue;
        if (best < 0 || f->box.y < fragments->items[best].box.y)
            best = (int)i;
    }
    if (best < 0 || !is_cell(layout, &fragments->items[best]) || fragments->items[best].table > 0)
        return -1;
    const struct bi_box b = fragments->items[best].box;
    const bool aligned = abs(a.x - b.x) <= slack || abs(seg_right(a) - seg_right(b)) <= slack ||
                         fabs(seg_mid_x(a) - seg_mid_x(b)) <= slack;
    return aligned && !seg_rules_between(layout, a, b, false) ? best : -1;
}

/* Columns of at least MIN_ROWS cells; returns how many. The arrays are freed by free_columns. */
static int find_columns(const struct seg_layout *layout, const struct seg_fragments *fragments,
                        struct column **columns)
{
    const size_t n = fragments->count;
    BI_CLEANUP(bi_freep) int *below = bi_xcalloc(n + 1, sizeof *below);
    BI_CLEANUP(bi_freep) bool *is_below = bi_xcalloc(n + 1, sizeof *is_below);
    for (size_t i = 0; i < n; i++)
        below[i] = is_cell(layout, &fragments->items[i]) && fragments->items[i].table == 0
                       ? cell_below(layout, fragments, (int)i)
                       : -1;
    for (size_t i = 0; i < n; i++)
        if (below[i] >= 0)
            is_below[below[i]] = true;
    *columns = bi_xcalloc(n + 1, sizeof **columns);
    int count = 0;
    for (size_t i = 0; i < n; i++) {
        if (is_below[i] || below[i] < 0)
            continue;
        struct column column = {bi_xcalloc(n + 1, sizeof(int)), 0, {0, 0, 0, 0}, 0};
        for (int at = (int)i; at >= 0; at = below[at]) {
            column.cells[column.count++] = at;
            column.box = bi_box_union(column.box, fragments->items[at].box);
        }
        if (column.count >= MIN_ROWS)
            (*columns)[count++] = column;
        else
            free(column.cells);
    }
    return count;
}

static int compare_left(const void *a, const void *b)
{
    const struct bi_box p = ((const struct column *)a)->box, q = ((const struct column *)b)->box;
    return p.x != q.x ? (p.x < q.x ? -1 : 1) : (p.y > q.y) - (p.y < q.y);
}

static void free_columns(struct column *columns, int count)
{
    for (int i = 0; i < count; i++)
        free(columns[i].cells);
    free(columns);
}

static int common_rows(const struct seg_layout *layout, const struct seg_fragments *fragments,
                       const struct column *a, const struct column *b)
{
    int common = 0;
    for (int i = 0; i < a->count; i++)
        for (int k = 0; k < b->count; k++)
            if (same_row(layout, fragments->items[a->cells[i]].box, fragments->items[b->cells[k]].box)) {
                common++;
                break;
            }
    return common;
}

/* The nearest column at the right whose rows go with this one's, -1 if there is none. */
static int column_beside(const struct seg_layout *layout, const struct seg_fragments *fragments,
                         const struct column *columns, int count, int left)
{
    int best = -1;
    for (int i = 0; i < count; i++) {
        const struct column *a = &columns[left], *b = &columns[i];
        const int white = b->box.x - seg_right(a->box), rows = a->count < b->count ? a->count : b->count;
        if (i == left || b->table > 0 || white < MIN_WHITE_EM * layout->em ||
            white > MAX_WHITE_EM * layout->em ||
            common_rows(layout, fragments, a, b) < MIN_COMMON_ROWS * rows ||
            seg_rules_between(layout, a->box, b->box, true))
            continue;
        if (best < 0 || b->box.x < columns[best].box.x)
            best = i;
    }
    return best;
}

/* The box round the columns of one table, and its head: cells over most of the columns, level with each
 * other.
 */
static struct bi_box table_box(const struct seg_layout *layout, const struct seg_fragments *fragments,
                               const struct column *columns, int count, int table)
{
    struct bi_box box = {0, 0, 0, 0};
    for (int i = 0; i < count; i++)
        if (columns[i].table == table)
            box = bi_box_union(box, columns[i].box);
    struct bi_box head = {0, 0, 0, 0};
    int heads = 0;
    for (size_t i = 0; i < fragments->count; i++) {
        const struct seg_fragment *f = &fragments->items[i];
        const int above = box.y - seg_bottom(f->box);
        if (is_cell(layout, f) && above > -0.2 * layout->em && above <= HEADER_EM * layout->em &&
            2 * bi_box_overlap_x(f->box, box) >= f->box.w && (heads == 0 || same_row(layout, head, f->box))) {
            head = bi_box_union(head, f->box);
            heads++;
        }
    }
    return heads >= 2 ? bi_box_union(box, head) : box;
}

/* Width that a column fills: that of most of its cells, which in running text is the column's own, or the
 * mean of cells that are of all lengths. */
static double filled_width(const struct seg_fragments *fragments, const struct column *column)
{
    double sum = 0;
    int full = 0;
    for (int i = 0; i < column->count; i++) {
        const int width = fragments->items[column->cells[i]].box.w;
        sum += width;
        full += width >= FULL_SHARE * column->box.w;
    }
    return 2 * full >= column->count ? column->box.w : sum / column->count;
}

/* True if there is next to nothing in the table's box but its cells. */
static bool stands_alone(const struct seg_layout *layout, const struct seg_fragments *fragments,
                         const struct column *columns, int count, int table, struct bi_box box)
{
    long own = 0, all = 0;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < columns[i].count && columns[i].table == table; k++)
            own += bi_box_area(fragments->items[columns[i].cells[k]].box);
    for (size_t i = 0; i < fragments->count; i++) {
        const struct seg_fragment *f = &fragments->items[i];
        const struct bi_box common = bi_box_intersection(f->box, box);
        if (!f->gone && common.w > layout->em / 4 && 2 * common.h > f->box.h)
            all += bi_box_area(f->box);
    }
    return (double)own >= MIN_OWN_SHARE * (double)all;
}

static int find_aligned(const struct seg_layout *layout, struct seg_fragments *fragments, int number)
{
    struct column *columns;
    const int count = find_columns(layout, fragments, &columns);
    if (count > 1)
        qsort(columns, (size_t)count, sizeof *columns, compare_left);
    for (int i = 0; i < count; i++) {
        if (columns[i].table > 0)
            continue;
        /* From the leftmost column on to the right. */
        int members = 1, at = i;
        double cells = filled_width(fragments, &columns[i]);
        struct bi_box box = columns[i].box;
        columns[i].table = number + 1;
        for (int next; (next = column_beside(layout, fragments, columns, count, at)) >= 0; at = next) {
            columns[next].table = number + 1;
            box = bi_box_union(box, columns[next].box);
            cells += filled_width(fragments, &columns[next]);
            members++;
        }
        const bool list = members == 2 && columns[i].count >= MIN_LIST_ROWS &&
                          filled_width(fragments, &columns[i]) <= MAX_LIST_EM * layout->em;
        if ((members < MIN_COLUMNS && !list) || box.w - cells < MIN_WHITE_SHARE * box.w ||
            !stands_alone(layout, fragments, columns, count, number + 1, box)) {
            for (int k = 0; k < count; k++)
                if (columns[k].table == number + 1)
                    columns[k].table = -1;
            continue;
        }
        number++;
        box = table_box(layout, fragments, columns, count, number);
        seg_nets_take(fragments, box, number);
    }
    free_columns(columns, count);
    return number;
}

/* Pieces in the row of a table's cell with no more than a space before them are of the cell. */
static void take_ends(const struct seg_layout *layout, struct seg_fragments *fragments)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t a = 0; a < fragments->count; a++)
            for (size_t b = 0; b < fragments->count && fragments->items[a].table > 0; b++) {
                struct seg_fragment *cell = &fragments->items[a], *piece = &fragments->items[b];
                const int gap = piece->box.x - seg_right(cell->box);
                if (piece->table > 0 || piece->gone || cell->gone || !is_cell(layout, piece) || gap < 0 ||
                    gap > CELL_SPACE_EM * layout->em || !same_row(layout, cell->box, piece->box))
                    continue;
                piece->table = cell->table;
                again = true;
            }
    }
}

/* Joins the pieces of each cell. */
static void join_cells(const struct seg_layout *layout, struct seg_fragments *fragments)
{
    for (size_t a = 0; a < fragments->count; a++)
        for (size_t b = 0; b < fragments->count; b++) {
            const struct seg_fragment *left = &fragments->items[a], *right = &fragments->items[b];
            const int gap = right->box.x - seg_right(left->box);
            if (a == b || left->gone || right->gone || left->table != right->table || left->table == 0 ||
                gap < 0 || gap > CELL_SPACE_EM * layout->em || !same_row(layout, left->box, right->box) ||
                seg_rules_between(layout, left->box, right->box, true))
                continue;
            seg_fragments_join(fragments, (int)a, (int)b);
        }
}

void seg_tables_find(struct seg_layout *layout, struct seg_fragments *fragments)
{
    const int nets = seg_nets_find(layout, fragments);
    if (find_aligned(layout, fragments, nets) == 0)
        return;
    take_ends(layout, fragments);
    join_cells(layout, fragments);
}
