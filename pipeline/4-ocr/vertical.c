#include "vertical.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "base/cleanup.h"
#include "profile.h"

#define MIN_PITCH_EMS 0.96
#define MAX_PITCH_EMS 1.8
#define PITCH_STEP_EMS 0.04
/* How much a cell may be away from the pitch, and that what the first and last character, such as 一, may
 * leave of theirs white. */
#define MAX_AWAY_EMS 0.45
#define BLANK_END_EMS 0.45
/* Prices: a division through a row that is all ink; the squared distance of a cell from the pitch, in ems;
 * the squared distance of the pitch from an em, as wide setting needs a reason. */
#define INK_PRICE 4.0
#define AWAY_PRICE 4.0
#define WIDE_PRICE 0.5

/* Rows of the line from `top`, which is BLANK_END_EMS above the ink, on. */
struct column {
    const int *rows;
    int top, length, height; /* length: of the field to divide; height: of the line image */
    int width;
    double em;
};

static double ink_at(const struct column *column, int at)
{
    int y = column->top + at;
    return y < 0 || y >= column->height ? 0 : INK_PRICE * column->rows[y] / column->width;
}

/* Divides at one pitch; cuts[] gets the ends of the cells from the last to the first. The price a cell, or
 * DBL_MAX. */
static double divide(const struct column *column, double pitch, int *cuts, size_t *count)
{
    int blank = (int)(BLANK_END_EMS * column->em), away = (int)(MAX_AWAY_EMS * column->em),
        n = column->length;
    BI_CLEANUP(bi_freep) double *cost = bi_xcalloc((size_t)n + 1, sizeof *cost);
    BI_CLEANUP(bi_freep) int *from = bi_xcalloc((size_t)n + 1, sizeof *from);
    for (int at = 0; at <= n; at++) {
        cost[at] = at <= blank ? 0 : DBL_MAX;
        from[at] = -1;
        for (int h = (int)pitch - away; h <= (int)pitch + away; h++) {
            if (h < 1 || h > at || cost[at - h] == DBL_MAX)
                continue;
            double off = (h - pitch) / column->em,
                   sum = cost[at - h] + AWAY_PRICE * off * off + ink_at(column, at);
            if (at > blank && sum < cost[at]) {
                cost[at] = sum;
                from[at] = at - h;
            }
        }
    }
    int last = -1;
    for (int at = n - blank > blank ? n - blank : blank + 1; at <= n; at++)
        if (cost[at] < DBL_MAX && (last < 0 || cost[at] < cost[last]))
            last = at;
    if (last < 0)
        return DBL_MAX;
    *count = 0;
    for (int at = last; at >= 0; at = from[at])
        cuts[(*count)++] = at;
    double wide = pitch / column->em - 1;
    return cost[last] / (double)(*count - 1) + WIDE_PRICE * wide * wide;
}

/* The rows with ink between two divisions; h is 0 if there are none. */
static struct bi_box trim(const struct column *column, struct bi_box ink, int begin, int end)
{
    int top = column->top + begin, bottom = column->top + end;
    top = top < ink.y ? ink.y : top;
    bottom = bottom > ink.y + ink.h ? ink.y + ink.h : bottom;
    while (top < bottom && column->rows[top] == 0)
        top++;
    while (bottom > top && column->rows[bottom - 1] == 0)
        bottom--;
    return (struct bi_box){ink.x, top, ink.w, bottom > top ? bottom - top : 0};
}

size_t vertical_cells(struct bi_arena *arena, const struct plane *line, struct bi_box ink, double em,
                      struct bi_box **cells)
{
    em = em < 2 ? 2 : em;
    BI_CLEANUP(bi_freep) int *rows = profile_rows(line, ink.x, ink.w);
    int blank = (int)(BLANK_END_EMS * em);
    struct column column = {rows, ink.y - blank, ink.h + 2 * blank, line->height, ink.w, em};
    BI_CLEANUP(bi_freep) int *cuts = bi_xcalloc((size_t)column.length + 2, sizeof *cuts);
    size_t count = 0;
    double best = DBL_MAX, best_pitch = 0;
    for (double pitch = MIN_PITCH_EMS * em; pitch <= MAX_PITCH_EMS * em;
         pitch += fmax(1, PITCH_STEP_EMS * em)) {
        double cost = divide(&column, pitch, cuts, &count);
        if (cost < best) {
            best = cost;
            best_pitch = pitch;
        }
    }
    if (best == DBL_MAX) { /* lower than a character: 一 alone */
        *cells = bi_arena_array(arena, 1, sizeof **cells);
        **cells = ink;
        return 1;
    }
    divide(&column, best_pitch, cuts, &count);
    struct bi_box *made = bi_arena_array(arena, count, sizeof *made);
    size_t n = 0;
    for (size_t i = count - 1; i > 0; i--) {
        struct bi_box cell = trim(&column, ink, cuts[i], cuts[i - 1]);
        if (cell.h > 0)
            made[n++] = cell;
    }
    *cells = made;
    return n;
}
