/* Columns in succession; see flow.c for the method. */
#ifndef STITCH_FLOW_H
#define STITCH_FLOW_H

#include "stitch.h"

/* Finds for each block (0 … block_count-1) and then each headline (block_count …) of a page the block that
 * follows it; next has room for all of them and gets -1 where none follows. Sets block.head. */
void st_flow_solve(struct bi_arena *arena, const struct st_continuity *continuity, struct st_page *page,
                   int *next);

/* How well a column's end and another's beginning go together as text, about -3 … 2. */
double st_flow_text_score(enum st_end end, enum st_start start);

#endif
