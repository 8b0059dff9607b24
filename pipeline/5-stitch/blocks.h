/* What columns (blocks.c), pieces of lines (pieces.c) and headlines (heads.c) share. */
#ifndef STITCH_BLOCKS_H
#define STITCH_BLOCKS_H

#include "stitch.h"

/* A line to be put in order. */
struct st_place {
    size_t line;
    struct bi_box flow;
};

/* For qsort of places: by the height of their middles, then from the left. */
int st_by_place(const void *a, const void *b);

static inline int st_middle(struct bi_box box)
{
    return box.y + box.h / 2;
}

/* The line belongs into a column, or into a headline. A crosshead larger than the text by much is a headline.
 */
bool st_is_text(const struct st_page *page, const struct st_line *line);
bool st_is_head(const struct st_page *page, const struct st_line *line);

/* Puts blocks that are pieces of other blocks' lines back where they belong. Blocks need box, flow and em. */
void st_pieces_absorb(struct bi_arena *arena, struct st_page *page);

#endif
