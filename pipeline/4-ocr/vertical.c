#include "vertical.h"

#include <float.h>
#include <stdbool.h>
#include <string.h>

#include "base/cleanup.h"
#include "profile.h"

/* A character may be up to this much higher than an em; a piece higher than that is cut where it is thinnest.
 */
#define MAX_CHARACTER_EMS 1.2
/* What a character costs besides its badness, in squared ems: keeps 二 in one piece. */
#define CHARACTER_COST 0.15
/* Pieces that a character can have at most. */
#define MAX_PIECES 8

struct run {
    int begin, end;
};

/* Runs of rows with ink, those higher than a character divided. */
static size_t find_runs(struct bi_arena *arena, const int *rows, struct bi_box ink, double em,
                        struct run **runs)
{
    size_t count = 0, capacity = 0;
    struct run *found = NULL;
    int highest = (int)(MAX_CHARACTER_EMS * em) + 1;
    for (int y = ink.y, bottom = ink.y + ink.h; y < bottom;) {
        if (rows[y] == 0) {
            y++;
            continue;
        }
        int end = y;
        while (end < bottom && rows[end] > 0)
            end++;
        if (end - y > highest) { /* two characters touch: cut near one em where the ink is least */
            int cut = y + (int)em;
            for (int i = y + (int)(0.8 * em); i <= y + (int)(MAX_CHARACTER_EMS * em) && i < end; i++)
                if (rows[i] < rows[cut])
                    cut = i;
            end = cut > y ? cut : y + 1;
        }
        found = bi_arena_grow(arena, found, count, &capacity, sizeof *found);
        found[count++] = (struct run){y, end};
        y = end;
    }
    *runs = found;
    return count;
}

/* How bad runs first … last are as one character: by how far its centre is from one em after the end of what
 * was before, seen through its height. A low character may have white above and below that makes up an em. */
static double badness(const struct run *runs, size_t count, size_t first, size_t last, double em)
{
    double height = (runs[last].end - runs[first].begin) / em;
    if (height > MAX_CHARACTER_EMS)
        return DBL_MAX;
    double above = first ? (runs[first].begin - runs[first - 1].end) / em : 1;
    double below = last + 1 < count ? (runs[last + 1].begin - runs[last].end) / em : 1;
    double place = height + above / 2 + below / 2;
    double lack = place < 1 ? 1 - place : 0;
    return lack * lack + CHARACTER_COST;
}

size_t vertical_cells(struct bi_arena *arena, const struct plane *line, struct bi_box ink, double em,
                      struct bi_box **cells)
{
    BI_CLEANUP(bi_freep) int *rows = profile_rows(line, ink.x, ink.w);
    struct run *runs;
    size_t count = find_runs(arena, rows, ink, em, &runs);
    double *cost = bi_arena_array(arena, count + 1, sizeof *cost);
    size_t *from = bi_arena_array(arena, count + 1, sizeof *from);
    for (size_t end = 1; end <= count; end++) {
        cost[end] = DBL_MAX;
        for (size_t n = 1; n <= MAX_PIECES && n <= end; n++) {
            double bad = badness(runs, count, end - n, end - 1, em);
            if (bad == DBL_MAX && n == 1)
                bad = 1;
            if (bad < DBL_MAX && cost[end - n] + bad < cost[end]) {
                cost[end] = cost[end - n] + bad;
                from[end] = end - n;
            }
        }
    }
    size_t characters = 0;
    for (size_t end = count; end > 0; end = from[end])
        characters++;
    struct bi_box *made = bi_arena_array(arena, characters + 1, sizeof *made);
    size_t i = characters;
    for (size_t end = count; end > 0; end = from[end])
        made[--i] =
            (struct bi_box){ink.x, runs[from[end]].begin, ink.w, runs[end - 1].end - runs[from[end]].begin};
    *cells = made;
    return characters;
}
