#include "furniture.h"

#include <math.h>
#include <stdlib.h>

#include "roles.h"

/* The head of a page ends at a rule as wide as this share of the page's text, within this share of its
 * height. */
#define HEAD_RULE_SHARE 0.5
#define HEAD_DEPTH_SHARE 0.17
#define MAX_HEAD_LINES 16
/* Type of this size in the head of a page is the paper's name. */
#define MASTHEAD_EM 3.6
/* A head without a rule: its lines fill at most so much of the page's width, each and together, and one is of
 * body size; white below it, and how much larger the headline below a kicker is. */
#define MAX_ROW_LINE_SHARE 0.42
#define MAX_ROW_SHARE 0.62
#define MAX_ROW_EM 2.4
#define MAX_ROW_BODY_EM 1.25
#define MIN_ROW_WHITE_EM 1.0
#define KICKER_REACH_EM 2.0
#define HEADLINE_RATIO 1.3
/* Lower than type: what is left of a rule. */
#define MIN_TYPE_EM 0.4
/* A folio alone in a row, and how far off the middle. */
#define MAX_FOLIO_WIDTH_EM 3.2
#define MAX_FOLIO_SHIFT_EM 2.0
#define MIN_FOOT_WHITE_EM 0.4

static struct bi_box text_box(const struct seg_layout *layout)
{
    struct bi_box box = {0, 0, 0, 0};
    for (size_t i = 0; i < layout->block_count; i++)
        box = bi_box_union(box, layout->blocks[i].box);
    for (size_t i = 0; i < layout->picture_count; i++)
        box = bi_box_union(box, layout->pictures[i]);
    return box;
}

/* Top of the first wide rule near the top of the page, -1 if there is none. */
static int head_rule(const struct seg_layout *layout, struct bi_box text)
{
    int foot = -1;
    for (size_t i = 0; i < layout->rule_count; i++) {
        const struct seg_rule *rule = &layout->rules[i];
        if (!rule->vertical && !rule->of_frame && rule->box.w >= HEAD_RULE_SHARE * text.w &&
            rule->box.y <= text.y + HEAD_DEPTH_SHARE * text.h && (foot < 0 || rule->box.y < foot))
            foot = rule->box.y;
    }
    return foot;
}

/* Everything above that rule. False if there is no such head. */
static bool find_ruled_head(struct seg_layout *layout, struct bi_box text)
{
    const int foot = head_rule(layout, text);
    double largest = 0;
    size_t lines = 0;
    for (size_t i = 0; foot >= 0 && i < layout->block_count; i++) {
        const struct seg_block *block = &layout->blocks[i];
        if (seg_mid_y(block->box) < foot) {
            largest = fmax(largest, block->em);
            lines += block->count;
        }
    }
    /* A rule under the first article is no page head. */
    if (lines == 0 || lines > MAX_HEAD_LINES)
        return false;
    const enum bi_role role = largest >= MASTHEAD_EM * layout->em ? BI_ROLE_MASTHEAD : BI_ROLE_HEADER;
    for (size_t i = 0; i < layout->block_count; i++)
        if (seg_mid_y(layout->blocks[i].box) < foot)
            seg_set_role(layout, &layout->blocks[i], role);
    return true;
}

static bool is_free(const struct seg_block *block)
{
    return block->role == BI_ROLE_OTHER && block->frame < 0 && block->table == 0 && !block->vertical;
}

/* Whether a line is the kicker of a headline below it. */
static bool is_over_headline(const struct seg_layout *layout, const struct seg_block *kicker)
{
    for (size_t i = 0; i < layout->block_count; i++) {
        const struct seg_block *block = &layout->blocks[i];
        const int gap = block->box.y - seg_bottom(kicker->box);
        if (block->em >= HEADLINE_RATIO * kicker->em && block->em >= SEG_HEADLINE_EM * layout->em &&
            gap > -kicker->box.h / 2 && gap < KICKER_REACH_EM * layout->em &&
            bi_box_overlap_x(block->box, kicker->box) > 0)
            return true;
    }
    return false;
}

/* The blocks of the row that reaches from top to bottom, if everything in it can stand in a running head. */
static bool is_running_row(const struct seg_layout *layout, struct bi_box text, struct bi_box row,
                           size_t *count)
{
    double width = 0, smallest = INFINITY;
    *count = 0;
    for (size_t i = 0; i < layout->block_count; i++) {
        const struct seg_block *block = &layout->blocks[i];
        if (bi_box_overlap_y(block->box, row) <= 0 || block->role == BI_ROLE_HEADER ||
            block->box.h < MIN_TYPE_EM * layout->em)
            continue;
        if (!is_free(block) || block->count > 2 || block->box.w > MAX_ROW_LINE_SHARE * text.w ||
            block->em > MAX_ROW_EM * layout->em || is_over_headline(layout, block))
            return false;
        width += block->box.w;
        smallest = fmin(smallest, block->em);
        ++*count;
    }
    return *count > 0 && width <= MAX_ROW_SHARE * text.w && smallest <= MAX_ROW_BODY_EM * layout->em;
}

/* The first block from the top, or the last from the bottom, and what stands beside it. */
static struct bi_box outer_row(const struct seg_layout *layout, bool top)
{
    const struct seg_block *outer = NULL;
    for (size_t i = 0; i < layout->block_count; i++) {
        const struct seg_block *block = &layout->blocks[i];
        if (is_free(block) &&
            (!outer || (top ? block->box.y < outer->box.y : seg_bottom(block->box) > seg_bottom(outer->box))))
            outer = block;
    }
    struct bi_box row = outer ? outer->box : (struct bi_box){0, 0, 0, 0};
    for (size_t i = 0; i < layout->block_count && outer; i++) {
        const struct seg_block *block = &layout->blocks[i];
        if (is_free(block) && 2 * bi_box_overlap_y(block->box, outer->box) >
                                  (block->box.h < outer->box.h ? block->box.h : outer->box.h))
            row = bi_box_union(row, block->box);
    }
    return row;
}

/* White between a row and whatever is next to it on the page's inner side. */
static int white_inside(const struct seg_layout *layout, struct bi_box row, bool top)
{
    int white = layout->height;
    for (size_t i = 0; i < layout->block_count + layout->picture_count; i++) {
        const struct bi_box box =
            i < layout->block_count ? layout->blocks[i].box : layout->pictures[i - layout->block_count];
        const bool inside = top ? seg_mid_y(box) > seg_bottom(row) : seg_mid_y(box) < row.y;
        if (inside)
            white = seg_gap_y(row, box) < white ? seg_gap_y(row, box) : white;
    }
    return white;
}

static void take_row(struct seg_layout *layout, struct bi_box row)
{
    for (size_t i = 0; i < layout->block_count; i++)
        if (is_free(&layout->blocks[i]) && bi_box_overlap_y(layout->blocks[i].box, row) > 0)
            seg_set_role(layout, &layout->blocks[i], BI_ROLE_HEADER);
}

static void find_unruled_head(struct seg_layout *layout, struct bi_box text)
{
    const struct bi_box row = outer_row(layout, true);
    size_t count;
    if (!bi_box_empty(row) && is_running_row(layout, text, row, &count) && count > 1 &&
        white_inside(layout, row, true) >= MIN_ROW_WHITE_EM * layout->em)
        take_row(layout, row);
}

/* Only a folio may stand alone: short, and in the middle or at an edge. */
static void find_foot(struct seg_layout *layout, struct bi_box text)
{
    const struct bi_box row = outer_row(layout, false);
    size_t count;
    if (bi_box_empty(row) || row.y < text.y + text.h / 2 || !is_running_row(layout, text, row, &count) ||
        white_inside(layout, row, false) < MIN_FOOT_WHITE_EM * layout->em)
        return;
    const bool middle = fabs(seg_mid_x(row) - seg_mid_x(text)) <= MAX_FOLIO_SHIFT_EM * layout->em;
    const bool edge =
        abs(row.x - text.x) <= (int)layout->em || abs(seg_right(row) - seg_right(text)) <= (int)layout->em;
    if (count == 1 && row.w <= MAX_FOLIO_WIDTH_EM * layout->em && (middle || edge))
        take_row(layout, row);
}

void seg_furniture_find(struct seg_layout *layout)
{
    const struct bi_box text = text_box(layout);
    if (!find_ruled_head(layout, text))
        find_unruled_head(layout, text);
    find_foot(layout, text);
}
