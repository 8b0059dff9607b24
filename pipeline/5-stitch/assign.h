/* The assignment problem: each row to at most one column, each column to at most one row, so that the sum of
 * gains is greatest. Method: Hungarian with potentials and shortest augmenting paths (Kuhn 1955; Jonker and
 * Volgenant 1987), O(rows² · columns). */
#ifndef STITCH_ASSIGN_H
#define STITCH_ASSIGN_H

#include <stddef.h>

/* A pair that must not be made. */
#define ST_FORBIDDEN (-1e6)

/* gain holds rows × columns numbers, row by row. chosen[r] becomes the column of row r, or -1 where leaving
 * the row alone is as good. Pairs with a gain of 0 or less are never made. Ties fall to the lower column,
 * always alike. */
void st_assign(const double *gain, size_t rows, size_t columns, int *chosen);

#endif
