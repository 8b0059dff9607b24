#include "assign.h"

#include <float.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/cleanup.h"

/* Row r may also take the dummy column columns + r, at gain 0: that leaves it alone. */
static double cost(const double *gain, size_t columns, size_t r, size_t c)
{
    if (c >= columns)
        return c == columns + r ? 0.0 : -ST_FORBIDDEN;
    double g = gain[r * columns + c];
    return g > 0 ? -g : -ST_FORBIDDEN;
}

void st_assign(const double *gain, size_t rows, size_t columns, int *chosen)
{
    size_t width = columns + rows;
    /* Index 0 stands for "none", so rows and columns count from 1 here. */
    BI_CLEANUP(bi_freep) double *u = bi_xcalloc(rows + 1, sizeof *u);
    BI_CLEANUP(bi_freep) double *v = bi_xcalloc(width + 1, sizeof *v);
    BI_CLEANUP(bi_freep) double *least = bi_xcalloc(width + 1, sizeof *least);
    BI_CLEANUP(bi_freep) size_t *owner = bi_xcalloc(width + 1, sizeof *owner);
    BI_CLEANUP(bi_freep) size_t *way = bi_xcalloc(width + 1, sizeof *way);
    BI_CLEANUP(bi_freep) char *used = bi_xcalloc(width + 1, 1);
    for (size_t r = 1; r <= rows; r++) {
        owner[0] = r;
        size_t at = 0;
        for (size_t c = 0; c <= width; c++) {
            least[c] = DBL_MAX;
            used[c] = 0;
        }
        do {
            used[at] = 1;
            size_t row = owner[at], next = 0;
            double delta = DBL_MAX;
            for (size_t c = 1; c <= width; c++) {
                if (used[c])
                    continue;
                double reduced = cost(gain, columns, row - 1, c - 1) - u[row] - v[c];
                if (reduced < least[c]) {
                    least[c] = reduced;
                    way[c] = at;
                }
                if (least[c] < delta) {
                    delta = least[c];
                    next = c;
                }
            }
            for (size_t c = 0; c <= width; c++) {
                if (used[c]) {
                    u[owner[c]] += delta;
                    v[c] -= delta;
                } else {
                    least[c] -= delta;
                }
            }
            at = next;
        } while (owner[at] != 0);
        do {
            size_t before = way[at];
            owner[at] = owner[before];
            at = before;
        } while (at);
    }
    for (size_t r = 0; r < rows; r++)
        chosen[r] = -1;
    for (size_t c = 1; c <= columns; c++)
        if (owner[c] && gain[(owner[c] - 1) * columns + c - 1] > 0)
            chosen[owner[c] - 1] = (int)(c - 1);
}
