#include "orientation.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/cleanup.h"

/* Marks are no larger and no smaller than these shares of the height of their line, and lie as a whole in
 * this share of it at the foot or the head. */
#define MARK_SHARE 0.42
#define SPECK_SHARE 0.18
#define MARK_ZONE 0.5
/* White on each side of a mark and on both together, as shares of the line's height: a Chinese mark fills a
 * quarter of a character's square. */
#define MARK_GAP_SHARE 0.08
#define MARK_GAPS_SHARE 0.45

/* In lines lower than this, a mark is too few pixels to be told from a broken stroke. */
#define MIN_LINE_PIXELS 16
/* So many marks, and one side with so many times the other's, are a clear majority. On printed pages the foot
 * has from 4 to 60 times as many. To turn a page round takes more than to leave it. */
#define MIN_MARKS 8
#define CLEAR_MAJORITY 2.0
#define MIN_MARKS_TO_TURN 15
#define MAJORITY_TO_TURN 3.0

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
        double before = first ? height : m->x0 - reached, after = last ? height : members[i + 1].x0 - m->x1;
        bool alone = before >= gap && after >= gap && before + after >= MARK_GAPS_SHARE * height;
        reached = first || m->x1 > reached ? m->x1 : reached;
        double w = m->x1 - m->x0, h = m->v1 - m->v0, larger = w > h ? w : h;
        if (!alone || height < MIN_LINE_PIXELS || larger > MARK_SHARE * height ||
            larger < SPECK_SHARE * height)
            continue;
        marks.foot += m->v0 >= line->v1 - MARK_ZONE * height;
        marks.head += m->v1 <= line->v0 + MARK_ZONE * height;
    }
    return marks;
}

enum upside orientation_upside(struct orientation_marks marks)
{
    int all = marks.foot + marks.head;
    if (all >= MIN_MARKS_TO_TURN && marks.head >= MAJORITY_TO_TURN * marks.foot)
        return UPSIDE_DOWN;
    return all >= MIN_MARKS && marks.foot >= CLEAR_MAJORITY * marks.head ? UPSIDE_UP : UPSIDE_UNKNOWN;
}
