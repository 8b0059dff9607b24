/* What the parts of units.c share: a zone's items while they are gathered to units. Private to units.c and
 * heads.c. */
#ifndef SEGMENT_ZONE_H
#define SEGMENT_ZONE_H

#include "units.h"

struct seg_zone {
    const struct seg_layout *layout;
    struct seg_item *items;
    int count;
    int *sorted; /* scratch, count elements */
    int units;
};

static inline bool seg_zone_is_headline(const struct seg_zone *z, int i)
{
    const int block = z->items[i].block;
    return block >= 0 && z->layout->blocks[block].role == BI_ROLE_HEADLINE;
}

static inline bool seg_zone_is_vertical(const struct seg_zone *z, int i)
{
    const int block = z->items[i].block;
    return block >= 0 && z->layout->blocks[block].vertical;
}

static inline double seg_zone_em(const struct seg_zone *z, int i)
{
    return z->items[i].block >= 0 ? z->layout->blocks[z->items[i].block].em : z->layout->em;
}

static inline bool seg_zone_same_column(struct bi_box a, struct bi_box b)
{
    return bi_box_overlap_x(a, b) >= 0.4 * (a.w < b.w ? a.w : b.w);
}
/* Gathers headlines with their kickers and subheads to units, the first ones of the zone, and lets horizontal
 * heads take the items aligned below them. */
void seg_heads_gather(struct seg_zone *z);
/* Lets the vertical heads that have nothing yet take the free items beside them. */
void seg_heads_take_sides(struct seg_zone *z);

/* Sorts indexes of items in z->sorted from left to right. */
void seg_zone_sort_x(const struct seg_zone *z, int count);

#endif
