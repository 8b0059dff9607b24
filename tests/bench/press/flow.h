/* A story's text, flowing through the stretches of column that are free for it. */
#ifndef PRESS_FLOW_H
#define PRESS_FLOW_H

#include "slot.h"

enum { FLOW_MOST_PIECES = 64 };

/* The free stretches, in the order in which they are read. */
struct flow {
    struct box pieces[FLOW_MOST_PIECES];
    int count;
};

/* Adds the columns of a box, with the holes taken out: what is left of each, from top to bottom, from the
 * first column to the last. A hole that covers any part of a column's width covers it all. */
void flow_columns(struct flow *flow, struct box box, int columns, double gutter, const struct box *holes,
                  int hole_count, double least_height);
/* Hairlines in the gutters between those columns, where no hole lies. */
void flow_rules(struct sheet *sheet, struct box box, int columns, double gutter, const struct box *holes,
                int hole_count);
/* Prints the story until the pieces are full, and ends it there or, if it goes on on another page, leaves the
 * last line free and says so. */
void flow_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot,
                const struct flow *flow);

#endif
