#include "labels.h"

#include <math.h>

#include "base/cleanup.h"
#include "roles.h"

/* How far apart the rules of a box are: a small line to two lines of type with the white round them. Higher
 * boxes are frames (rules.c). */
#define MIN_HEIGHT_EM 1.1
#define MAX_HEIGHT_EM 4.8
/* Its rules end level within this much; round corners shorten them by as much. */
#define CORNER_EM 0.9
/* How much of a side's height is drawn, between the corners. */
#define SIDE_SHARE 0.75
/* A side is no thicker than this. */
#define MAX_SIDE_EM 0.45
/* Cross-heads: lines, size, and white between them and the column above or below. */
#define MAX_CROSSHEAD_LINES 2
#define MAX_CROSSHEAD_EM 1.35
#define MAX_WHITE_EM 2.5
#define MIN_COMMON_SHARE 0.5

/* The stroke that joins the ends of two rules at `end`, in the stretch of columns that `where` covers: the
 * columns of it next to each other that are drawn over most of its height, and of several such the nearest,
 * as a rule between columns may stand close by. False if there is none, or more than a stroke. */
static bool find_side(const struct seg_layout *layout, struct bi_box where, int end, struct bi_box *side)
{
    int nearest = layout->width;
    where = bi_box_intersection(where, (struct bi_box){0, 0, layout->width, layout->height});
    for (int x = where.x, first = -1; x <= seg_right(where); x++) {
        int drawn = 0;
        for (int y = where.y; x < seg_right(where) && y < seg_bottom(where); y++)
            drawn += seg_ink_in(layout->pale, (struct bi_box){x, y, 2, 1}) > 0;
        if (drawn >= SIDE_SHARE * where.h) {
            first = first < 0 ? x : first;
            continue;
        }
        if (first >= 0 && abs((first + x) / 2 - end) < nearest) {
            nearest = abs((first + x) / 2 - end);
            *side = (struct bi_box){first, where.y, x + 1 - first, where.h};
        }
        first = -1;
    }
    return nearest < layout->width && side->w <= MAX_SIDE_EM * layout->em + 2;
}

static void clear(struct seg_layout *layout, struct bi_box box)
{
    box = seg_box_grow(layout, box, 2, 2);
    BI_CLEANUP(boxDestroy) BOX *area = boxCreate(box.x, box.y, box.w, box.h);
    pixClearInRect(layout->text, area);
}

/* Takes two rules for the top and the foot of a box if they are. */
static bool take_box(struct seg_layout *layout, struct seg_rule *top, struct seg_rule *foot)
{
    const struct bi_box a = top->box, b = foot->box;
    const int height = b.y - seg_bottom(a), corner = (int)lround(CORNER_EM * layout->em);
    if (height < MIN_HEIGHT_EM * layout->em || height > MAX_HEIGHT_EM * layout->em ||
        abs(a.x - b.x) > corner || abs(seg_right(a) - seg_right(b)) > corner)
        return false;
    /* Round corners bend in from the sides: the middle of the height is straight. */
    const int off = height / 5, inner = corner / 3;
    const int x = a.x < b.x ? a.x : b.x, right = seg_right(a) > seg_right(b) ? seg_right(a) : seg_right(b);
    const struct bi_box left_end = {x - corner, seg_bottom(a) + off, corner + inner, height - 2 * off},
                        right_end = {right - inner, left_end.y, left_end.w, left_end.h};
    struct bi_box left, last;
    if (!find_side(layout, left_end, x, &left) || !find_side(layout, right_end, right, &last))
        return false;
    const struct bi_box box = {left.x, a.y, seg_right(last) - left.x, seg_bottom(b) - a.y};
    const int depth = left.w > last.w ? left.w : last.w;
    clear(layout, (struct bi_box){left.x, a.y, depth, box.h});
    clear(layout, (struct bi_box){seg_right(last) - depth, a.y, depth, box.h});
    clear(layout, (struct bi_box){box.x, a.y, box.w, a.h});
    clear(layout, (struct bi_box){box.x, b.y, box.w, b.h});
    top->of_frame = foot->of_frame = true;
    *seg_add_label(layout) = box;
    return true;
}

void seg_labels_find(struct seg_layout *layout)
{
    for (size_t i = 0; i < layout->rule_count; i++) {
        if (layout->rules[i].vertical || layout->rules[i].of_frame)
            continue;
        for (size_t k = 0; k < layout->rule_count; k++)
            if (k != i && !layout->rules[k].vertical && !layout->rules[k].of_frame &&
                take_box(layout, &layout->rules[i], &layout->rules[k]))
                break;
    }
}

static bool in_label(const struct seg_layout *layout, struct bi_box box)
{
    for (size_t i = 0; i < layout->label_count; i++)
        if (bi_box_inside(box, layout->labels[i], 0.9))
            return true;
    return false;
}

/* Whether body text stands right above, or below, in the same column. */
static bool has_column(const struct seg_layout *layout, const struct seg_block *block, bool below)
{
    for (size_t i = 0; i < layout->block_count; i++) {
        const struct seg_block *other = &layout->blocks[i];
        const int gap = below ? other->box.y - seg_bottom(block->box) : block->box.y - seg_bottom(other->box);
        if (other != block && other->role == BI_ROLE_BODY && !other->vertical && gap > 0 &&
            gap <= MAX_WHITE_EM * layout->em &&
            bi_box_overlap_x(other->box, block->box) >= MIN_COMMON_SHARE * block->box.w &&
            other->box.w >= block->box.w - layout->em)
            return true;
    }
    return false;
}

void seg_labels_set_roles(struct seg_layout *layout)
{
    for (size_t i = 0; i < layout->block_count; i++) {
        struct seg_block *block = &layout->blocks[i];
        if ((block->role != BI_ROLE_BODY && block->role != BI_ROLE_HEADLINE) || block->vertical ||
            block->table > 0 || block->count > MAX_CROSSHEAD_LINES ||
            block->em > MAX_CROSSHEAD_EM * layout->em)
            continue;
        const bool dark = layout->lines[block->lines[0]].reversed;
        if (in_label(layout, block->box)
                ? has_column(layout, block, true) || has_column(layout, block, false)
                : dark && has_column(layout, block, true) && has_column(layout, block, false))
            seg_set_role(layout, block, BI_ROLE_CROSSHEAD);
    }
}
