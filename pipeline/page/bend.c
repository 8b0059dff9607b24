#include "page/bend.h"

#include <math.h>

/* Each round of bi_bend_undo halves what is missing, at least. */
#define UNDO_ROUNDS 60
#define UNDO_PIXELS 1e-9

bool bi_bend_valid(const struct bi_bend *bend)
{
    if (bend->columns < 0 || bend->rows < 0 || bend->columns > BI_BEND_MAX_NODES ||
        bend->rows > BI_BEND_MAX_NODES || (bend->columns > 0) != (bend->rows > 0))
        return false;
    if (bend->columns == 0)
        return true;
    if (!(bend->step_x >= 1) || !(bend->step_y >= 1))
        return false;
    for (int j = 0; j < bend->rows; j++) {
        for (int i = 0; i < bend->columns; i++) {
            const double *node = &bend->down[j * bend->columns + i];
            if (!isfinite(*node) || (i > 0 && fabs(node[0] - node[-1]) > BI_BEND_MAX_SLOPE * bend->step_x) ||
                (j > 0 && fabs(node[0] - node[-bend->columns]) > BI_BEND_MAX_SLOPE * bend->step_y))
                return false;
        }
    }
    return true;
}

/* The node before a position, and how far it is on the way to the next. */
static int node_before(double position, double step, int count, double *share)
{
    double place = fmin(fmax(position / step, 0), count - 1);
    int before = (int)place < count - 2 ? (int)place : count > 1 ? count - 2 : 0;
    *share = place - before;
    return before;
}

double bi_bend_at(const struct bi_bend *bend, double x, double y)
{
    if (bend->columns == 0)
        return 0;
    double u, v;
    int i = node_before(x, bend->step_x, bend->columns, &u);
    int j = node_before(y, bend->step_y, bend->rows, &v);
    int right = bend->columns > 1 ? 1 : 0, below = bend->rows > 1 ? bend->columns : 0;
    const double *node = &bend->down[j * bend->columns + i];
    return (1 - v) * ((1 - u) * node[0] + u * node[right]) +
           v * ((1 - u) * node[below] + u * node[below + right]);
}

double bi_bend_undo(const struct bi_bend *bend, double x, double bent_y)
{
    double y = bent_y;
    for (int k = 0; k < UNDO_ROUNDS; k++) {
        double next = bent_y - bi_bend_at(bend, x, y);
        bool there = fabs(next - y) < UNDO_PIXELS;
        y = next;
        if (there)
            break;
    }
    return y;
}
