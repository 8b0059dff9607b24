#include "flow_view.h"

#include <stdlib.h>

/* Farther apart, two blocks of a column are two columns. */
#define MAX_GAP_PITCHES 2.6
#define TIGHT_GAP_PITCHES 1.2
/* No white within a text is as high as this. */
#define BREAK_PITCHES 0.9
/* Tops are level within this much. */
#define LEVEL_PITCHES 1.2

int st_right_of(struct bi_box box)
{
    return box.x + box.w;
}

int st_bottom_of(struct bi_box box)
{
    return box.y + box.h;
}

struct bi_box st_column_box(const struct st_block *block)
{
    return (struct bi_box){block->left, block->flow.y, block->right - block->left, block->flow.h};
}

struct bi_box st_strip_between(struct bi_box above, struct bi_box below)
{
    struct bi_box strip = {above.x > below.x ? above.x : below.x, st_bottom_of(above), 0,
                           below.y - st_bottom_of(above)};
    int right = st_right_of(above) < st_right_of(below) ? st_right_of(above) : st_right_of(below);
    strip.w = right > strip.x ? right - strip.x : 0;
    return strip.h > 0 ? strip : (struct bi_box){0};
}

static bool hits(struct bi_box strip, struct bi_box box, double margin)
{
    struct bi_box common = bi_box_intersection(strip, box);
    return common.w > margin && common.h > margin;
}

bool st_image_in(const struct st_page *page, struct bi_box strip, bool vertical)
{
    for (size_t i = 0; i < page->image_count; i++)
        if (hits(strip, st_flow_box(page, page->images[i], vertical), 0.5 * page->em))
            return true;
    return false;
}

bool st_head_in(const struct st_page *page, struct bi_box strip, bool vertical, int except)
{
    for (size_t i = 0; i < page->head_count; i++)
        if ((int)i != except && hits(strip, st_flow_box(page, page->heads[i].box, vertical), 0.3 * page->em))
            return true;
    return false;
}

static bool same_column(const struct st_block *a, const struct st_block *b)
{
    int overlap = bi_box_overlap_x(a->flow, b->flow);
    int narrow = a->flow.w < b->flow.w ? a->flow.w : b->flow.w;
    return a->vertical == b->vertical && a->frame == b->frame && 2 * overlap >= narrow;
}

bool st_block_in(const struct st_page *page, struct bi_box strip, bool vertical, const struct st_block *a,
                 const struct st_block *b)
{
    for (size_t i = 0; i < page->block_count; i++) {
        const struct st_block *block = &page->blocks[i];
        bool own = a && b && same_column(block, a); /* a's own column may be a little wider than a */
        if (block != a && block != b && !own &&
            hits(strip, st_flow_box(page, block->box, vertical), 0.3 * page->em))
            return true;
    }
    return false;
}

bool st_rule_in(const struct st_page *page, struct bi_box strip, bool vertical, bool across)
{
    for (size_t i = 0; i < page->rule_count; i++) {
        struct bi_box rule = st_flow_box(page, page->rules[i], vertical);
        bool lies = rule.w > rule.h;
        struct bi_box common = bi_box_intersection(strip, rule);
        if (lies == across && !bi_box_empty(common) &&
            (across ? 2 * common.w > strip.w : 2 * common.h > strip.h))
            return true;
    }
    return false;
}

/* How much of a strip's height pictures and their captions fill. */
static double filled_height(const struct st_page *page, struct bi_box strip, bool vertical)
{
    double filled = 0;
    for (size_t i = 0; i < page->image_count; i++) {
        struct bi_box common = bi_box_intersection(strip, st_flow_box(page, page->images[i], vertical));
        if (2 * common.w > strip.w)
            filled += common.h + 2.0 * page->pitch; /* caption and margin */
    }
    return filled;
}

/* ---- what stands above */

/* Nothing but white from the block to a box beside it, level with its top: `white` is the strip between the
 * block and what is above it. The headline `head` may stand there, -1: none. */
static bool white_reaches(const struct st_page *page, const struct st_block *block, struct bi_box white,
                          struct bi_box box, int head)
{
    bool left = box.x < block->flow.x;
    struct bi_box band = {left ? box.x : block->right, white.y, 0, white.h};
    band.w = left ? block->left - band.x : st_right_of(box) - band.x;
    return abs(box.y - block->flow.y) <= LEVEL_PITCHES * page->pitch && band.w > 0 &&
           !st_block_in(page, band, block->vertical, NULL, NULL) &&
           !st_image_in(page, band, block->vertical) && !st_head_in(page, band, block->vertical, head) &&
           !st_rule_in(page, band, block->vertical, false);
}

/* A headline set the other way, or text that goes on from another page, begins beside the block and level
 * with it, under the same white. */
static bool other_begins_beside(const struct st_page *page, const struct st_block *block, struct bi_box white)
{
    for (size_t i = 0; i < page->head_count; i++) {
        const struct st_head *head = &page->heads[i];
        if (head->vertical != block->vertical && head->frame == block->frame &&
            white_reaches(page, block, white, st_flow_box(page, head->box, block->vertical), (int)i))
            return true;
    }
    for (size_t i = 0; i < page->block_count; i++) {
        const struct st_block *other = &page->blocks[i];
        if (other->from && other->vertical == block->vertical && other->frame == block->frame &&
            white_reaches(page, block, white, other->flow, -1))
            return true;
    }
    return false;
}

/* More white than between lines, and either a paragraph has ended above while another is in its middle below,
 * or another article begins level with the block: it does not go on with what is above it. A full
 * line above an indented one says less: the last line of a paragraph is short, and may be lost. */
static bool begins_anew(const struct st_page *page, const struct st_block *above,
                        const struct st_block *block, struct bi_box white)
{
    if (white.h < BREAK_PITCHES * page->pitch || st_image_in(page, white, block->vertical))
        return false;
    if (above->end == ST_END_SHORT && block->start == ST_START_FLUSH)
        return true;
    bool runs_on = above->end == ST_END_OPEN && block->start == ST_START_FLUSH;
    return !runs_on && other_begins_beside(page, block, white);
}

static int find_above(const struct st_page *page, size_t index)
{
    const struct st_block *block = &page->blocks[index];
    int best = -1;
    for (size_t i = 0; i < page->block_count; i++) {
        const struct st_block *other = &page->blocks[i];
        if (i == index || !same_column(other, block) || st_bottom_of(other->flow) > block->flow.y + block->em)
            continue;
        if (best < 0 || st_bottom_of(other->flow) > st_bottom_of(page->blocks[best].flow))
            best = (int)i;
    }
    if (best < 0)
        return -1;
    const struct st_block *above = &page->blocks[best];
    struct bi_box strip = st_strip_between(st_column_box(above), st_column_box(block));
    if (st_head_in(page, strip, block->vertical, -1) || block->from || block->opens || above->to)
        return -1;
    /* White paper below a column is its end; a picture is not. */
    if (strip.h > MAX_GAP_PITCHES * page->pitch &&
        filled_height(page, strip, block->vertical) < 0.6 * strip.h)
        return -1;
    if (begins_anew(page, above, block, strip))
        return -1;
    int left = abs(above->left - block->left), right = abs(above->right - block->right);
    bool aligned = left < block->em || right < block->em;
    return aligned || strip.h < TIGHT_GAP_PITCHES * page->pitch ? best : -1;
}

/* The headline above a block with nothing but pictures between. */
static int find_head(const struct st_page *page, const struct st_block *block)
{
    int best = -1;
    struct bi_box column = st_column_box(block), best_box = {0};
    for (size_t i = 0; i < page->head_count; i++) {
        const struct st_head *head = &page->heads[i];
        struct bi_box box = st_flow_box(page, head->box, block->vertical);
        if (head->vertical != block->vertical || head->frame != block->frame ||
            st_bottom_of(box) > block->flow.y + block->em || bi_box_overlap_x(box, column) < 0.3 * column.w)
            continue;
        if (best < 0 || st_bottom_of(box) > st_bottom_of(best_box)) {
            best = (int)i;
            best_box = box;
        }
    }
    if (best < 0 || st_block_in(page, st_strip_between(best_box, column), block->vertical, block, NULL))
        return -1;
    return best;
}

void st_flow_look(struct st_flow_view *view, struct bi_arena *arena, struct st_page *page)
{
    size_t n = page->block_count;
    view->page = page;
    view->above = bi_arena_array(arena, n + 1, sizeof *view->above);
    view->stack_top = bi_arena_array(arena, n + 1, sizeof *view->stack_top);
    for (size_t i = 0; i < n; i++)
        view->above[i] = find_above(page, i);
    for (size_t i = 0; i < n; i++) {
        int top = (int)i;
        for (size_t steps = 0; steps < n && view->above[top] >= 0; steps++)
            top = view->above[top];
        view->stack_top[i] = top;
    }
    for (size_t i = 0; i < n; i++)
        page->blocks[i].head = find_head(page, &page->blocks[view->stack_top[i]]);
}
