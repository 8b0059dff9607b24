#include "rims.h"

#include <math.h>

#include "base/cleanup.h"
#include "page/image.h"
#include "rows.h"
#include "rules.h"

/* Smallest box. */
#define MIN_RIM_EM 5.0
/* How deep a border may wave or be thick, and share of each side that is drawn: less than all, as corners may
 * be round. */
#define RIM_DEPTH_EM 0.7
#define RIM_SHARE 0.7
/* A border inks no more of its inside than a title's band does. */
#define MAX_INSIDE_INK 0.2
/* The white characters of a title leave holes in its band no wider than this. */
#define TITLE_EM 2.5
/* Pieces of body size inside, at least and for each square em: what bare pictures do not have. */
#define MIN_INSIDE_PIECES 12
#define MIN_PIECES_A_SQUARE_EM 0.08
#define MIN_PIECE_EM 0.35
#define MAX_PIECE_EM 1.4

/* True if ink runs along all four edges of a box. */
static bool runs_round(PIX *pix, int depth)
{
    const int w = pixGetWidth(pix), h = pixGetHeight(pix);
    for (int side = 0; side < 4; side++) {
        const bool across = side < 2;
        const int length = across ? w : h;
        int drawn = 0;
        for (int i = 0; i < length; i++) {
            const struct bi_box cell = across ? (struct bi_box){i, side == 0 ? 0 : h - depth, 1, depth}
                                              : (struct bi_box){side == 2 ? 0 : w - depth, i, depth, 1};
            drawn += seg_ink_in(pix, cell) > 0;
        }
        if (drawn < RIM_SHARE * length)
            return false;
    }
    return true;
}

/* The piece of ink that reaches all four edges of the box, in an image of the box's size; NULL if there is
 * none. */
static PIX *border_of(const struct seg_layout *layout, struct bi_box b)
{
    BI_CLEANUP(boxDestroy) BOX *area = boxCreate(b.x, b.y, b.w, b.h);
    BI_CLEANUP(bi_pix_destroyp) PIX *clip = pixClipRectangle(layout->ink, area, NULL);
    PIXA *pieces = NULL;
    BOXA *boxes = clip ? pixConnComp(clip, &pieces, 8) : NULL;
    PIX *border = NULL;
    for (int i = 0; boxes && i < boxaGetCount(boxes) && !border; i++) {
        const struct bi_box piece = seg_box_at(boxes, i);
        if (piece.w == b.w && piece.h == b.h)
            border = pixaGetPix(pieces, i, L_COPY);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
    return border;
}

/* True if there is type inside. */
static bool holds_text(const struct seg_layout *layout, BOXA *boxes, struct bi_box inside)
{
    const double em = layout->em;
    int count = 0;
    for (int i = 0; i < boxaGetCount(boxes); i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        count += seg_longer(b) >= MIN_PIECE_EM * em && seg_longer(b) <= MAX_PIECE_EM * em &&
                 bi_box_inside(b, inside, 1);
    }
    /* A masthead or an advertisement has few, but in rows. */
    return (count >= MIN_INSIDE_PIECES &&
            count * em * em >= MIN_PIECES_A_SQUARE_EM * (double)bi_box_area(inside)) ||
           seg_rows_stand_in(layout, boxes, inside);
}

/* Takes one box for a frame if a border runs round it. */
static void take_rim(struct seg_layout *layout, BOXA *boxes, struct bi_box b)
{
    const int depth = (int)lround(RIM_DEPTH_EM * layout->em);
    const struct bi_box inside = {b.x + depth, b.y + depth, b.w - 2 * depth, b.h - 2 * depth};
    if (!holds_text(layout, boxes, inside))
        return;
    BI_CLEANUP(bi_pix_destroyp) PIX *border = border_of(layout, b);
    const struct bi_box hollow = {depth, depth, inside.w, inside.h};
    if (!border || !runs_round(border, depth) ||
        seg_ink_in(border, hollow) > MAX_INSIDE_INK * (double)bi_box_area(hollow))
        return;
    /* A dark band with the box's title may be part of its border, and stays whole. */
    const int hole = (int)lround(TITLE_EM * layout->em);
    BI_CLEANUP(bi_pix_destroyp) PIX *closed = pixCloseSafeBrick(NULL, border, hole, hole);
    BI_CLEANUP(bi_pix_destroyp) PIX *solid = closed ? pixOpenBrick(NULL, closed, depth, depth) : NULL;
    if (solid)
        pixSubtract(border, border, solid);
    BI_CLEANUP(boxDestroy) BOX *kept = boxCreate(hollow.x, hollow.y, hollow.w, hollow.h);
    pixClearInRect(border, kept);
    pixRasterop(layout->text, b.x, b.y, b.w, b.h, PIX_DST & PIX_NOT(PIX_SRC), border, 0, 0);
    seg_rules_add_frame(layout, b);
    for (size_t i = 0; i < layout->rule_count; i++) {
        struct seg_rule *rule = &layout->rules[i];
        if (bi_box_inside(rule->box, b, 0.9) && bi_box_empty(bi_box_intersection(rule->box, inside)))
            rule->of_frame = true;
    }
}

void seg_rims_find(struct seg_layout *layout)
{
    const double least = MIN_RIM_EM * layout->em;
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(layout->ink);
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (b.w >= least && b.h >= least)
            take_rim(layout, boxes, b);
    }
}
