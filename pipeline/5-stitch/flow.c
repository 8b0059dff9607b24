/* Which column follows which, and which headline each article has: one assignment problem a page.
 *
 * Every column (block) has at most one column before it and one after it; a headline stands before the first
 * column of its article. Each possible succession gets a score from where the two stand (directly below; top
 * of the next column to the right; beneath or beside the headline) and from what is printed (a sentence
 * broken here and resumed there, a paragraph's end followed by an indented line). The best set of successions
 * for the whole page is found at once, so that a column wanted by two is given to the one that the page as a
 * whole prefers. */
#include "flow.h"

#include "assign.h"
#include "flow_view.h"

static double succession(const struct st_flow_view *view, size_t from, size_t to)
{
    const struct st_page *page = view->page;
    size_t blocks = page->block_count;
    if (from >= blocks) {
        size_t h = from - blocks;
        return page->heads[h].vertical == page->blocks[to].vertical ? st_flow_under_head(view, h, to)
                                                                    : st_flow_beside_head(view, h, to);
    }
    const struct st_block *a = &page->blocks[from], *b = &page->blocks[to];
    if (from == to || a->to || b->from || a->vertical != b->vertical || a->frame != b->frame)
        return ST_FORBIDDEN;
    double below = st_flow_below(view, from, to), right = st_flow_right(view, from, to);
    return below > right ? below : right;
}

/* A circle of successions is impossible: its weakest one is undone. */
static void break_circles(const double *gain, size_t columns, size_t rows, int *next)
{
    for (size_t start = 0; start < columns; start++) {
        size_t at = start, steps = 0, weakest = start;
        double least = 1e9;
        do {
            if (next[at] < 0)
                break;
            double g = gain[at * columns + (size_t)next[at]];
            if (g < least) {
                least = g;
                weakest = at;
            }
            at = (size_t)next[at];
        } while (at != start && ++steps <= rows);
        if (at == start && next[start] >= 0)
            next[weakest] = -1;
    }
}

void st_flow_solve(struct bi_arena *arena, const struct st_continuity *continuity, struct st_page *page,
                   int *next)
{
    size_t blocks = page->block_count, rows = blocks + page->head_count;
    struct st_flow_view view = {.continuity = continuity};
    st_flow_look(&view, arena, page);
    double *gain = bi_arena_array(arena, rows * blocks + 1, sizeof *gain);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < blocks; c++)
            gain[r * blocks + c] = succession(&view, r, c);
    st_assign(gain, rows, blocks, next);
    break_circles(gain, blocks, rows, next);
}
