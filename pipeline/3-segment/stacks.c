#include "stacks.h"

#include <math.h>

#include "base/cleanup.h"

/* Of a stack, in its own character size: how far middles are apart across, how far characters are apart
 * along, white to both sides, and length. */
#define MAX_SHIFT 0.28
#define MAX_GAP 0.75
#define MIN_SIDE_WHITE 0.4
#define MIN_SMALL_SIDE_WHITE 0.75
#define MIN_LENGTH 2.6
/* A stack has this many characters, more if it is no larger than body type. */
#define MIN_CHARACTERS 3
#define MIN_SMALL_CHARACTERS 4
#define SMALL_EM 1.3
/* Share of a part of a character that is in the stack's box. */
#define MIN_INSIDE 0.75
/* Smallest type that is set in stacks, in ems of the body. */
#define MIN_STACK_EM 0.7

struct stack {
    int *members; /* fragments, top to bottom */
    int count;
    struct bi_box box;
    double size;
};

static int compare_top(const void *a, const void *b, void *context)
{
    const struct seg_fragments *fragments = context;
    const struct bi_box p = fragments->items[*(const int *)a].box, q = fragments->items[*(const int *)b].box;
    if (p.y != q.y)
        return p.y < q.y ? -1 : 1;
    return (p.x > q.x) - (p.x < q.x);
}

/* True if the fragment is one character wide at most, so that it can stand in a stack. */
static bool stackable(const struct seg_layout *layout, const struct seg_fragment *fragment)
{
    if (fragment->gone || fragment->line >= 0 || fragment->table > 0 || fragment->reversed)
        return false;
    return fragment->box.w <= 1.25 * fragment->em || fragment->box.w <= 1.3 * layout->em ||
           fragment->glyphs == 1;
}

static bool extends(const struct stack *stack, const struct seg_fragment *next)
{
    const double size = fmax(stack->size, next->box.w);
    const double gap = next->box.y - seg_bottom(stack->box);
    return next->box.w <= 1.2 * size &&
           fabs(seg_mid_x(next->box) - seg_mid_x(stack->box)) <= MAX_SHIFT * size &&
           (stack->count < 2 || next->box.w <= 1.3 * stack->size) && gap <= MAX_GAP * size &&
           gap > -0.3 * size;
}

/* Share of the stack's height where another fragment is close on either side. */
static double crowded(const struct seg_fragments *fragments, const struct stack *stack, const bool *member,
                      bool small)
{
    const int white = (int)lround((small ? MIN_SMALL_SIDE_WHITE : MIN_SIDE_WHITE) * stack->size);
    const struct bi_box zone = {stack->box.x - white, stack->box.y, stack->box.w + 2 * white, stack->box.h};
    int sum = 0;
    for (size_t i = 0; i < fragments->count; i++) {
        const struct seg_fragment *other = &fragments->items[i];
        if (other->gone || member[i] || bi_box_empty(bi_box_intersection(other->box, zone)))
            continue;
        sum += bi_box_overlap_y(other->box, zone);
    }
    return (double)sum / fmax(1, stack->box.h);
}

/* True if a line of like size that is wider than the stack stands directly above or below it: then the stack
 * is the edge of a column that happens to be set wide. */
static bool in_column(const struct seg_fragments *fragments, const struct stack *stack, const bool *member)
{
    for (size_t i = 0; i < fragments->count; i++) {
        const struct seg_fragment *other = &fragments->items[i];
        if (!other->gone && !member[i] && other->box.w > 1.6 * stack->size && other->em < 1.4 * stack->size &&
            2 * bi_box_overlap_x(other->box, stack->box) > stack->box.w &&
            seg_gap_y(other->box, stack->box) < MAX_GAP * stack->size)
            return true;
    }
    return false;
}

static void make_line(struct seg_layout *layout, struct seg_fragments *fragments, const struct stack *stack)
{
    struct seg_line *line = seg_add_line(layout);
    line->box = stack->box;
    line->vertical = true;
    line->em = stack->size / 0.94;
    for (int i = 0; i < stack->count; i++)
        fragments->items[stack->members[i]].line = (int)layout->line_count - 1;
    /* What is left in the box are parts of its characters. */
    for (size_t i = 0; i < fragments->count; i++)
        if (!fragments->items[i].gone && fragments->items[i].line < 0 &&
            bi_box_inside(fragments->items[i].box, stack->box, MIN_INSIDE))
            fragments->items[i].line = (int)layout->line_count - 1;
}

void seg_stacks_find(struct seg_layout *layout, struct seg_fragments *fragments)
{
    const int n = (int)fragments->count;
    BI_CLEANUP(bi_freep) int *sorted = bi_xcalloc((size_t)n + 1, sizeof *sorted);
    BI_CLEANUP(bi_freep) int *members = bi_xcalloc((size_t)n + 1, sizeof *members);
    BI_CLEANUP(bi_freep) bool *member = bi_xcalloc((size_t)n + 1, sizeof *member);
    /* Small type that has neighbours in its rows stands in rows, and so do parts of it that happen to have
     * none. */
    BI_CLEANUP(bi_freep) bool *in_rows = bi_xcalloc((size_t)n + 1, sizeof *in_rows);
    int count = 0;
    for (int i = 0; i < n; i++)
        if (stackable(layout, &fragments->items[i]))
            sorted[count++] = i;
    if (count > 0)
        qsort_r(sorted, (size_t)count, sizeof *sorted, compare_top, fragments);
    for (int i = 0; i < count; i++) {
        const struct seg_fragment *first = &fragments->items[sorted[i]];
        if (first->line >= 0 || in_rows[sorted[i]])
            continue;
        struct stack stack = {members, 1, first->box, first->box.w};
        members[0] = sorted[i];
        for (int j = i + 1; j < count; j++) {
            const struct seg_fragment *next = &fragments->items[sorted[j]];
            if (next->box.y > seg_bottom(stack.box) + MAX_GAP * fmax(stack.size, 8 * layout->em))
                break;
            if (next->line >= 0 || !extends(&stack, next))
                continue;
            stack.box = bi_box_union(stack.box, next->box);
            stack.size = fmax(stack.size, next->box.w);
            members[stack.count++] = sorted[j];
        }
        const double length = stack.box.h / fmax(1, stack.size);
        const bool small = stack.size < SMALL_EM * layout->em;
        if (stack.count < 2 || length < (small ? MIN_SMALL_CHARACTERS : MIN_CHARACTERS) - 0.4 ||
            length < MIN_LENGTH || stack.size < MIN_STACK_EM * layout->em)
            continue;
        for (int k = 0; k < stack.count; k++)
            member[members[k]] = true;
        if (crowded(fragments, &stack, member, small) < (small ? 0.05 : 0.15) &&
            !(small && in_column(fragments, &stack, member)))
            make_line(layout, fragments, &stack);
        else
            for (int k = 0; small && k < stack.count; k++)
                in_rows[members[k]] = true;
        for (int k = 0; k < stack.count; k++)
            member[members[k]] = false;
    }
}
