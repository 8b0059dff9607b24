/* Pieces of lines that became blocks of their own: where recognition or segmentation cut a line in two, the
 * piece goes back into the column whose row it completes. */
#include <string.h>

#include "blocks.h"

/* Blocks of more lines are no pieces of another's lines. */
#define MAX_PIECE_LINES 3

/* Some line of the small block stands in the row of a line of the large one, and within its column. */
static bool belongs_within(const struct st_page *page, const struct st_block *small,
                           const struct st_block *large)
{
    double margin = 0.6 * large->em;
    if (small->vertical != large->vertical || small->frame != large->frame || small->count >= large->count ||
        small->flow.x < large->flow.x - margin ||
        small->flow.x + small->flow.w > large->flow.x + large->flow.w + margin)
        return false;
    for (size_t i = 0; i < small->count; i++)
        for (size_t j = 0; j < large->count; j++) {
            struct bi_box a = page->lines[small->lines[i]].flow, b = page->lines[large->lines[j]].flow;
            if (2 * bi_box_overlap_y(a, b) > (a.h < b.h ? a.h : b.h) && bi_box_overlap_x(a, b) < margin)
                return true;
        }
    return false;
}

/* Rows from top to bottom, and from left to right within a row. */
static bool stands_before(struct bi_box a, struct bi_box b)
{
    bool row = 2 * bi_box_overlap_y(a, b) > (a.h < b.h ? a.h : b.h);
    return row ? a.x < b.x : st_middle(a) < st_middle(b);
}

static void absorb(struct bi_arena *arena, struct st_page *page, struct st_block *large,
                   struct st_block *small)
{
    size_t *lines = bi_arena_array(arena, large->count + small->count, sizeof *lines), n = 0;
    memcpy(lines, large->lines, large->count * sizeof *lines);
    n = large->count;
    for (size_t i = 0; i < small->count; i++) {
        size_t at = n++;
        while (at > 0 && stands_before(page->lines[small->lines[i]].flow, page->lines[lines[at - 1]].flow)) {
            lines[at] = lines[at - 1];
            at--;
        }
        lines[at] = small->lines[i];
    }
    large->lines = lines;
    large->count = n;
    large->body_lines += small->body_lines;
    large->box = bi_box_union(large->box, small->box);
    large->flow = bi_box_union(large->flow, small->flow);
    large->from = large->from || small->from;
    large->to = large->to || small->to;
    small->count = 0;
}

void st_pieces_absorb(struct bi_arena *arena, struct st_page *page)
{
    for (size_t i = 0; i < page->block_count; i++) {
        struct st_block *small = &page->blocks[i], *best = NULL;
        for (size_t j = 0; small->count && small->count <= MAX_PIECE_LINES && j < page->block_count; j++) {
            struct st_block *large = &page->blocks[j];
            if (j != i && large->count && belongs_within(page, small, large) &&
                (!best || large->count > best->count))
                best = large;
        }
        if (best)
            absorb(arena, page, best, small);
    }
    size_t kept = 0;
    for (size_t i = 0; i < page->block_count; i++)
        if (page->blocks[i].count)
            page->blocks[kept++] = page->blocks[i];
    page->block_count = kept;
    for (size_t i = 0; i < kept; i++)
        for (size_t j = 0; j < page->blocks[i].count; j++)
            page->lines[page->blocks[i].lines[j]].block = (int)i;
}
