#include "profile.h"

#include <stdbool.h>

#include "base/arena.h"
#include "strip.h"

int *profile_columns(const struct plane *plane, int y, int h)
{
    int *columns = bi_xcalloc((size_t)plane->width, sizeof *columns);
    for (int i = y; i < y + h; i++) {
        const uint8_t *row = plane_row(plane, i);
        for (int x = 0; x < plane->width; x++)
            columns[x] += row[x] < STRIP_INK_GREY;
    }
    return columns;
}

int *profile_rows(const struct plane *plane, int x, int w)
{
    int *rows = bi_xcalloc((size_t)plane->height, sizeof *rows);
    for (int y = 0; y < plane->height; y++) {
        const uint8_t *row = plane_row(plane, y) + x;
        int ink = 0;
        for (int i = 0; i < w; i++)
            ink += row[i] < STRIP_INK_GREY;
        rows[y] = ink;
    }
    return rows;
}

/* Elements with ink from `at` on, up to the least that makes a stroke. */
static int run_length(const int *profile, int length, int at, int step)
{
    int run = 0;
    while (run < PROFILE_MIN_RUN && at >= 0 && at < length && profile[at] > 0) {
        run++;
        at += step;
    }
    return run;
}

static bool counts(const int *profile, int length, int at, int step)
{
    return profile[at] >= PROFILE_MIN_INK || run_length(profile, length, at, step) == PROFILE_MIN_RUN;
}

/* From the first to one past the last element that counts. */
static void extent(const int *profile, int length, int *begin, int *end)
{
    *begin = 0;
    *end = length;
    while (*begin < length && !counts(profile, length, *begin, 1))
        ++*begin;
    while (*end > *begin && !counts(profile, length, *end - 1, -1))
        --*end;
}

struct bi_box profile_ink_box(const struct plane *plane)
{
    int left, right, top, bottom;
    int *rows = profile_rows(plane, 0, plane->width);
    extent(rows, plane->height, &top, &bottom);
    free(rows);
    if (bottom <= top)
        return (struct bi_box){0};
    int *columns = profile_columns(plane, top, bottom - top);
    extent(columns, plane->width, &left, &right);
    free(columns);
    if (right <= left)
        return (struct bi_box){0};
    return (struct bi_box){left, top, right - left, bottom - top};
}
