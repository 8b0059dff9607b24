/* Tables: grids of rules, and short cells aligned in rows and columns without rules between them. */
#ifndef SEGMENT_TABLES_H
#define SEGMENT_TABLES_H

#include "fragments.h"

/* Finds the tables and sets the `table` of every fragment in one: the table's number, from 1 on. Pieces of
 * one cell are joined to one fragment. Method: a table with rules is a net of horizontal and vertical rules
 * that cross or meet, with rows no higher than a few lines. One without is a set of columns side by side: of
 * short cells under one another, whose rows are level with each other and which leave so much white between
 * them as no columns of running text do. Frames and rules must be known. */
void seg_tables_find(struct seg_layout *layout, struct seg_fragments *fragments);

#endif
