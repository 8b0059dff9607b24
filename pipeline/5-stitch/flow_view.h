/* The page as flow looks at it: what stands above, between and beside; and the scores of one succession. For
 * flow.c and its parts. All boxes are in flow coordinates (st_flow_box). */
#ifndef STITCH_FLOW_VIEW_H
#define STITCH_FLOW_VIEW_H

#include <stdbool.h>

#include "stitch.h"

/* What a line's height of white paper takes from a score. */
#define ST_FLOW_PER_PITCH 0.35

struct st_flow_view {
    const struct st_page *page;
    const struct st_continuity *continuity;
    int *stack_top; /* of each block: the first block of its stack in the column */
    int *above;     /* the block directly above in the same column with nothing between but pictures; -1 */
};

/* ---- flow_view.c */

int st_right_of(struct bi_box box);
int st_bottom_of(struct bi_box box);
/* A block as wide as its column. */
struct bi_box st_column_box(const struct st_block *block);
/* What lies between two boxes, as wide as both have in common; empty where they touch. */
struct bi_box st_strip_between(struct bi_box above, struct bi_box below);
/* Whether more than the edge of a picture, a headline other than `except` (-1: any), or a block other than a
 * and b and those of a's own column (both may be NULL) lies in the strip. */
bool st_image_in(const struct st_page *page, struct bi_box strip, bool vertical);
bool st_head_in(const struct st_page *page, struct bi_box strip, bool vertical, int except);
bool st_block_in(const struct st_page *page, struct bi_box strip, bool vertical, const struct st_block *a,
                 const struct st_block *b);
/* Whether a rule runs across the strip (else along it), more than half as long. */
bool st_rule_in(const struct st_page *page, struct bi_box strip, bool vertical, bool across);
/* Finds what stands above each block. Sets block.head. */
void st_flow_look(struct st_flow_view *view, struct bi_arena *arena, struct st_page *page);

/* ---- flow_columns.c: block b after block a, directly below or at the top of the next column; ST_FORBIDDEN
 * (assign.h) where it cannot be */

double st_flow_below(const struct st_flow_view *view, size_t a, size_t b);
double st_flow_right(const struct st_flow_view *view, size_t a, size_t b);

/* ---- flow_heads.c: block b as the first under headline h, or beside it */

double st_flow_under_head(const struct st_flow_view *view, size_t h, size_t b);
double st_flow_beside_head(const struct st_flow_view *view, size_t h, size_t b);

#endif
