#include "orientation.h"

#include <math.h>
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

/* Lines of body text, in multiples of their height: no higher than this share of the common type, so long;
 * the neighbour at this distance, of the same height and over the same width but for these shares; indented
 * by two characters, the other ends level. At least so many must be indented. */
#define BODY_SHARE 1.6
#define INDENTED_HEIGHTS 8.0
#define NEIGHBOUR_FROM_HEIGHTS 0.8
#define NEIGHBOUR_HEIGHTS 2.2
#define SAME_HEIGHT_SHARE 0.3
#define SAME_WIDTH_SHARE 0.6
#define INDENT_FROM 1.65
#define INDENT_TO 2.6
#define INDENT_TOLERANCE 0.7
#define MIN_INDENTS 4

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
        bool foot = m->v0 >= line->v1 - MARK_ZONE * height, head = m->v1 <= line->v0 + MARK_ZONE * height;
        marks.foot += foot;
        marks.head += head;
        marks.middle += !foot && !head;
    }
    return marks;
}

/* The nearest line of the same size under (sense 1) or over (-1) another that shares most of its width; NULL
 * if there is none within two lines. */
static const struct text_line *neighbour(const struct text_lines *lines, const struct text_line *line,
                                         int sense)
{
    const struct text_line *nearest = NULL;
    double height = line->v1 - line->v0, best = NEIGHBOUR_HEIGHTS * height;
    for (size_t i = 0; i < lines->count; i++) {
        const struct text_line *other = &lines->lines[i];
        double distance = sense * 0.5 * (other->v0 + other->v1 - line->v0 - line->v1);
        int left = line->x0 > other->x0 ? line->x0 : other->x0,
            right = line->x1 < other->x1 ? line->x1 : other->x1;
        if (distance < NEIGHBOUR_FROM_HEIGHTS * height || distance >= best ||
            fabs(other->v1 - other->v0 - height) > SAME_HEIGHT_SHARE * height ||
            right - left < SAME_WIDTH_SHARE * (line->x1 - line->x0))
            continue;
        best = distance;
        nearest = other;
    }
    return nearest;
}

/* Whether one end is short by two characters of the height given, and the other by none. */
static bool is_indent(int short_end, int other_end, double height)
{
    return short_end > INDENT_FROM * height && short_end < INDENT_TO * height &&
           abs(other_end) < INDENT_TOLERANCE * height;
}

struct orientation_indents orientation_count_indents(const struct text_lines *lines)
{
    struct orientation_indents indents = {0};
    for (size_t i = 0; i < lines->count; i++) {
        const struct text_line *line = &lines->lines[i];
        double height = line->v1 - line->v0;
        if (height > BODY_SHARE * lines->type_pixels || line->x1 - line->x0 < INDENTED_HEIGHTS * height)
            continue;
        const struct text_line *under = neighbour(lines, line, 1), *over = neighbour(lines, line, -1);
        indents.left += under && is_indent(line->x0 - under->x0, under->x1 - line->x1, height);
        indents.right += over && is_indent(over->x1 - line->x1, line->x0 - over->x0, height);
    }
    return indents;
}

enum upside orientation_upside(struct orientation_marks marks, struct orientation_indents indents)
{
    int all = marks.foot + marks.head;
    if (all >= MIN_MARKS_TO_TURN && marks.head >= MAJORITY_TO_TURN * marks.foot) {
        bool centred = marks.middle > marks.head;
        bool agree = indents.right >= MIN_INDENTS && indents.right >= CLEAR_MAJORITY * indents.left;
        return !centred || agree ? UPSIDE_DOWN : UPSIDE_UNKNOWN;
    }
    return all >= MIN_MARKS && marks.foot >= CLEAR_MAJORITY * marks.head ? UPSIDE_UP : UPSIDE_UNKNOWN;
}
