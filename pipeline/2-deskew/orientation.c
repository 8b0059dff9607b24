#include "orientation.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/cleanup.h"

/* Marks are no larger than this share of the height of their line, and lie as a whole in this share of it at
 * the foot or the head. */
#define MARK_SHARE 0.42
#define MARK_ZONE 0.5
/* White on both sides of a mark, as a share of the line's height. */
#define MARK_GAP_SHARE 0.08
/* So many marks, and one side with so many times the other's, are a clear majority. On printed pages the foot
 * has from 4 to 60 times as many. */
#define MIN_MARKS 10
#define CLEAR_MAJORITY 2.5

/* A component of a line, for sorting. */
struct member {
    int32_t line;
    int x0, x1;
    float v0, v1;
};

static int compare_members(const void *a, const void *b)
{
    const struct member *p = a, *q = b;
    if (p->line != q->line)
        return p->line < q->line ? -1 : 1;
    return (p->x0 > q->x0) - (p->x0 < q->x0);
}

struct orientation_marks orientation_count_marks(const struct components *components,
                                                 const struct text_lines *lines)
{
    struct orientation_marks marks = {0};
    BI_CLEANUP(bi_freep) struct member *members = bi_xcalloc(components->count + 1, sizeof *members);
    size_t count = 0;
    for (size_t i = 0; i < components->count; i++) {
        const struct component *c = &components->items[i];
        if (lines->line_of[i] < 0)
            continue;
        float shear = (float)(lines->tangent * 0.5 * (c->x0 + c->x1));
        members[count++] =
            (struct member){lines->line_of[i], c->x0, c->x1, (float)c->y0 + shear, (float)c->y1 + shear};
    }
    qsort(members, count, sizeof *members, compare_members);
    int reached = 0; /* right end of what came before in the line */
    for (size_t i = 0; i < count; i++) {
        const struct member *m = &members[i];
        bool first = i == 0 || members[i - 1].line != m->line,
             last = i + 1 == count || members[i + 1].line != m->line;
        const struct text_line *line = &lines->lines[m->line];
        double height = line->v1 - line->v0, gap = MARK_GAP_SHARE * height;
        bool alone = (first || m->x0 - reached >= gap) && (last || members[i + 1].x0 - m->x1 >= gap);
        reached = first || m->x1 > reached ? m->x1 : reached;
        if (!alone || m->v1 - m->v0 > MARK_SHARE * height || m->x1 - m->x0 > MARK_SHARE * height)
            continue;
        marks.foot += m->v0 >= line->v1 - MARK_ZONE * height;
        marks.head += m->v1 <= line->v0 + MARK_ZONE * height;
    }
    return marks;
}

enum upside orientation_upside(struct orientation_marks marks)
{
    if (marks.foot + marks.head < MIN_MARKS)
        return UPSIDE_UNKNOWN;
    if (marks.foot >= CLEAR_MAJORITY * marks.head)
        return UPSIDE_UP;
    return marks.head >= CLEAR_MAJORITY * marks.foot ? UPSIDE_DOWN : UPSIDE_UNKNOWN;
}
