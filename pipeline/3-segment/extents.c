#include "extents.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "rows.h"

/* Smallest picture. */
#define MIN_PICTURE_EM 2.0
/* … and on its longer side: less is a bold character, such as one of a section's name beside the folio. */
#define MIN_PICTURE_LENGTH_EM 3.0
/* Evidence this near to each other is of one picture. */
#define JOIN_EM 0.35
/* A frame borders a picture if evidence covers this share of it, and fewer than this many pieces of body size
 * stand in a square em of the rest, and not in rows. */
#define FRAME_EVIDENCE 0.12
#define FRAME_PIECES 0.08
/* A rule is along a picture's side if it is this near to it, and the light between may hold so many pieces of
 * body size. */
#define SIDE_REACH_EM 0.35
#define MAX_LIGHT_PIECES 2

/* Two pieces are of one picture if both its sides are drawn along this share of the white between them. */
#define DRAWN_SHARE 0.7

static void join(struct seg_layout *layout)
{
    const int near = (int)lround(JOIN_EM * layout->em);
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < layout->picture_count; i++)
            for (size_t j = layout->picture_count; j-- > i + 1;) {
                const struct bi_box b = layout->pictures[j];
                if (seg_gap_x(layout->pictures[i], b) > near || seg_gap_y(layout->pictures[i], b) > near)
                    continue;
                layout->pictures[i] = bi_box_union(layout->pictures[i], b);
                layout->pictures[j] = layout->pictures[--layout->picture_count];
                again = true;
            }
    }
    const int least = (int)lround(MIN_PICTURE_EM * layout->em);
    size_t kept = 0;
    for (size_t i = 0; i < layout->picture_count; i++)
        if (layout->pictures[i].w >= least && layout->pictures[i].h >= least &&
            seg_longer(layout->pictures[i]) >= MIN_PICTURE_LENGTH_EM * layout->em)
            layout->pictures[kept++] = layout->pictures[i];
    layout->picture_count = kept;
}

/* Pieces of about the size of body type in a frame, outside the evidence for pictures, for each square em
 * there. */
static double pieces_in(const struct seg_layout *layout, BOXA *boxes, struct bi_box frame, double covered)
{
    int count = 0;
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (seg_longer(b) < 0.35 * layout->em || seg_longer(b) > 1.4 * layout->em ||
            !bi_box_inside(b, frame, 1))
            continue;
        bool taken = false;
        for (size_t k = 0; k < layout->picture_count && !taken; k++)
            taken = bi_box_inside(b, layout->pictures[k], 0.5);
        count += !taken;
    }
    const double rest = (double)bi_box_area(frame) - covered;
    return count * layout->em * layout->em / fmax(rest, layout->em * layout->em);
}

/* Frames round pictures lend them their extent. */
static void take_frames(struct seg_layout *layout)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = layout->frame_count ? seg_components(layout->text) : NULL;
    for (size_t i = 0; i < layout->frame_count; i++) {
        struct seg_frame *frame = &layout->frames[i];
        double covered = 0;
        for (size_t k = 0; k < layout->picture_count; k++)
            covered += (double)bi_box_area(bi_box_intersection(layout->pictures[k], frame->box));
        if (covered < FRAME_EVIDENCE * (double)bi_box_area(frame->box))
            continue;
        frame->picture = pieces_in(layout, boxes, frame->box, covered) < FRAME_PIECES &&
                         !seg_rows_stand_in(layout, boxes, frame->box);
    }
    for (size_t i = 0; i < layout->frame_count; i++)
        if (layout->frames[i].picture)
            *seg_add_picture(layout) = layout->frames[i].box;
}

/* Number of pieces of body size that a box holds outside the pictures. */
static double light_pieces(const struct seg_layout *layout, BOXA *boxes, struct bi_box box)
{
    return pieces_in(layout, boxes, box, 0) * fmax((double)bi_box_area(box), layout->em * layout->em) /
           (layout->em * layout->em);
}

/* The picture as a rule along or across its side extends it; the picture itself if the rule does not belong
 * to it. */
static struct bi_box extended(const struct seg_layout *layout, struct bi_box p, const struct seg_rule *rule)
{
    const double near = SIDE_REACH_EM * layout->em, ends = 2 * near;
    const struct bi_box r = rule->box;
    if (rule->vertical) {
        const double at = seg_mid_x(r);
        const bool along =
            (fabs(at - p.x) <= near || fabs(at - seg_right(p)) <= near) && seg_gap_y(r, p) <= near;
        const bool across = abs(r.y - p.y) <= ends && abs(seg_bottom(r) - seg_bottom(p)) <= ends;
        return along || across ? bi_box_union(p, r) : p;
    }
    const double at = seg_mid_y(r);
    const bool along =
        (fabs(at - p.y) <= near || fabs(at - seg_bottom(p)) <= near) && seg_gap_x(r, p) <= near;
    const bool across = abs(r.x - p.x) <= ends && abs(seg_right(r) - seg_right(p)) <= ends;
    return along || across ? bi_box_union(p, r) : p;
}

/* A thin rule drawn round a picture shows how far its light parts reach, where only some of its sides were
 * found: a rule that carries on one of its sides, or stands opposite to one and is as long, with nothing but
 * light between. */
static void reach_to_rules(struct seg_layout *layout)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = layout->picture_count ? seg_components(layout->text) : NULL;
    for (size_t i = 0; i < layout->picture_count; i++) {
        bool again = true;
        for (int round = 0; round < 4 && again; round++) {
            again = false;
            for (size_t k = 0; k < layout->rule_count; k++) {
                const struct bi_box p = layout->pictures[i];
                const struct bi_box whole = extended(layout, p, &layout->rules[k]);
                if (bi_box_area(whole) <= bi_box_area(p) ||
                    light_pieces(layout, boxes, whole) > MAX_LIGHT_PIECES ||
                    bi_box_area(whole) > 3 * bi_box_area(p))
                    continue;
                layout->pictures[i] = whole;
                again = true;
            }
        }
    }
}

static struct bi_box flipped(struct bi_box b)
{
    return (struct bi_box){b.y, b.x, b.h, b.w};
}

/* Whether a rule runs along x = at for most of the way from `top` to `bottom`; flip: along y, from left to
 * right. */
static bool is_drawn(const struct seg_layout *layout, double at, int top, int bottom, bool flip)
{
    for (size_t i = 0; i < layout->rule_count; i++) {
        const struct seg_rule *rule = &layout->rules[i];
        const struct bi_box r = flip ? flipped(rule->box) : rule->box;
        const int from = r.y > top ? r.y : top, end = seg_bottom(r) < bottom ? seg_bottom(r) : bottom;
        if (rule->vertical != flip && fabs(seg_mid_x(r) - at) <= 2 * SIDE_REACH_EM * layout->em &&
            end - from >= DRAWN_SHARE * (bottom - top))
            return true;
    }
    return false;
}

/* Whether two pictures under one another (flip: beside one another) have the same sides, and rules go on with
 * both from the one to the other, with no text between. */
static bool are_one(const struct seg_layout *layout, BOXA *boxes, struct bi_box a, struct bi_box b, bool flip)
{
    const double ends = 2 * SIDE_REACH_EM * layout->em;
    const struct bi_box one = flip ? flipped(a) : a, other = flip ? flipped(b) : b;
    const struct bi_box upper = one.y < other.y ? one : other, lower = one.y < other.y ? other : one;
    const int top = seg_bottom(upper), bottom = lower.y;
    if (bottom <= top || abs(one.x - other.x) > ends || abs(seg_right(one) - seg_right(other)) > ends ||
        !is_drawn(layout, one.x, top, bottom, flip) || !is_drawn(layout, seg_right(one), top, bottom, flip))
        return false;
    const struct bi_box between = {one.x, top, one.w, bottom - top};
    return !seg_rows_stand_in(layout, boxes, flip ? flipped(between) : between);
}

/* The rim of a light picture, taken for rules, joins the pieces that were found of it. */
static void join_by_sides(struct seg_layout *layout)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = layout->picture_count > 1 ? seg_components(layout->text) : NULL;
    for (bool again = layout->picture_count > 1; again;) {
        again = false;
        for (size_t i = 0; i < layout->picture_count; i++)
            for (size_t k = layout->picture_count; k-- > i + 1;) {
                const struct bi_box a = layout->pictures[i], b = layout->pictures[k];
                if (!are_one(layout, boxes, a, b, false) && !are_one(layout, boxes, a, b, true))
                    continue;
                layout->pictures[i] = bi_box_union(a, b);
                layout->pictures[k] = layout->pictures[--layout->picture_count];
                again = true;
            }
    }
}

/* Rules that lie in or along a picture are part of it. */
static void drop_rules(struct seg_layout *layout)
{
    const int near = (int)lround(0.4 * layout->em);
    for (size_t i = 0; i < layout->rule_count; i++)
        for (size_t k = 0; k < layout->picture_count && !layout->rules[i].of_frame; k++)
            layout->rules[i].of_frame = bi_box_inside(
                layout->rules[i].box, seg_box_grow(layout, layout->pictures[k], near, near), 0.9);
}

void seg_extents_find(struct seg_layout *layout)
{
    join(layout);
    take_frames(layout);
    reach_to_rules(layout);
    join_by_sides(layout);
    join(layout);
    drop_rules(layout);
}
