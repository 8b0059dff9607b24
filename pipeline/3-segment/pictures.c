#include "pictures.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "edges.h"
#include "extents.h"
#include "ink.h"
#include "page/image.h"
#include "rows.h"
#include "tints.h"

/* Type always shows paper white within this distance. */
#define TONE_WINDOW_EM 1.25
/* A pixel of the reduced grey image is not paper from this share of the way to the ink on. */
#define TONE_SHARE 0.07
/* White between lines and columns runs on for so long; and areas without such white are a picture's if this
 * share of them is toned. */
#define WHITE_RUN_EM 0.5
#define MIN_TONED_SHARE 0.8
/* The grey image is reduced while an em keeps this many pixels. */
#define MIN_TONE_EM_PIXELS 7
/* Gaps that are closed, and the solid window that is then a screen. */
#define SCREEN_GAP_EM 0.15
#define SCREEN_WINDOW_EM 1.5
/* Pieces of ink longer than this are no characters; shorter ones from the next size on are only with others
 * like them. A piece from the third size on may be a headline's character. */
#define MAX_GLYPH_EM 11.0
#define MIN_LONE_EM 4.5
#define MIN_LARGE_EM 1.4
/* A piece that inks no more than this of its box, and has rows of type there, is rules that run into each
 * other: a drawing of one thin line inks as little and has none. */
#define MAX_RULES_FILL 0.06
/* Share of ink between two characters of a headline, specks. */
#define MAX_GAP_INK 0.01
/* The rim of a picture: smallest size, how deep it may wave, and share of each side that is drawn. */
#define RING_EM 4.5
#define RING_DEPTH_EM 0.3
#define RING_SHARE 0.7
/* A drop cap is no larger than this, and has at least so many pieces of the text's size this near at its
 * right and below it. */
#define MAX_CAP_EM 6.5
#define CAP_SIDE_EM 3.0
#define CAP_BELOW_EM 1.5
#define MIN_CAP_PIECES 4
#define MIN_PIECE_EM 0.35
#define MAX_PIECE_EM 1.3
/* Evidence of this size may be a character of a headline. */
#define MAX_CHARACTER_EM 7.0
/* What is this near to a picture is its rim. */
#define CLEARED_MARGIN_EM 0.15

static struct bi_box scaled(const struct seg_layout *layout, struct bi_box b, double scale)
{
    const struct bi_box box = {(int)floor(b.x * scale), (int)floor(b.y * scale), (int)ceil(b.w * scale),
                               (int)ceil(b.h * scale)};
    return bi_box_intersection(box, (struct bi_box){0, 0, layout->width, layout->height});
}

/* Leaves of the white only what runs on for a while along or across, as white between lines and columns does
 * and white grains in a picture do not. */
static PIX *running_white(PIX *toned, int run)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *white = pixInvert(NULL, toned);
    BI_CLEANUP(bi_pix_destroyp) PIX *along = white ? pixOpenBrick(NULL, white, run, 1) : NULL;
    BI_CLEANUP(bi_pix_destroyp) PIX *across = white ? pixOpenBrick(NULL, white, 1, run) : NULL;
    return along && across ? pixOr(NULL, along, across) : NULL;
}

/* The page reduced to few pixels an em: 1 where it is not paper white. NULL if memory runs out. */
static PIX *find_toned(const struct seg_layout *layout, PIX *image, int *factor)
{
    PIX *grey = pixClone(image);
    int paper, ink;
    seg_ink_levels(image, &paper, &ink);
    const double em = layout->em * layout->reduction;
    for (*factor = 1; grey && em / (2 * *factor) >= MIN_TONE_EM_PIXELS && pixGetWidth(grey) > 16 &&
                      pixGetHeight(grey) > 16;
         *factor *= 2) {
        PIX *half = pixScaleAreaMap2(grey);
        pixDestroy(&grey);
        grey = half;
    }
    PIX *toned = grey ? pixThresholdToBinary(grey, paper - (int)lround(TONE_SHARE * (paper - ink))) : NULL;
    pixDestroy(&grey);
    return toned;
}

static void clear_toned(PIX *toned, struct bi_box b, double scale)
{
    BI_CLEANUP(boxDestroy)
    BOX *area = boxCreate((int)(b.x / scale) - 1, (int)(b.y / scale) - 1, (int)(b.w / scale) + 3,
                          (int)(b.h / scale) + 3);
    pixClearInRect(toned, area);
}

/* Areas of tone in a grey image that are no tint with type on it. */
static void add_tones(struct seg_layout *layout, PIX *image)
{
    int factor;
    BI_CLEANUP(bi_pix_destroyp) PIX *toned = find_toned(layout, image, &factor);
    if (!toned)
        return;
    const double scale = (double)factor / layout->reduction, em = layout->em / scale;
    for (size_t i = 0; i < layout->band_count; i++)
        clear_toned(toned, layout->bands[i].box, scale);
    for (size_t i = 0; i < layout->tint_count; i++)
        clear_toned(toned, layout->tints[i], scale);
    BI_CLEANUP(bi_pix_destroyp) PIX *white = running_white(toned, (int)lround(WHITE_RUN_EM * em));
    if (!white)
        return;
    pixInvert(white, white);
    const int window = (int)lround(TONE_WINDOW_EM * em);
    BI_CLEANUP(bi_pix_destroyp) PIX *solid = pixOpenBrick(NULL, white, window, window);
    BI_CLEANUP(bi_pix_destroyp) PIX *both = solid ? pixAnd(NULL, solid, toned) : NULL;
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(solid);
    for (int i = 0; boxes && both && i < boxaGetCount(boxes); i++) {
        /* Characters of a headline leave no long white either, but more of it in all. */
        const struct bi_box b = seg_box_at(boxes, i);
        const int area = seg_ink_in(solid, b);
        if (seg_ink_in(both, b) >= MIN_TONED_SHARE * area &&
            !seg_edges_is_edge(layout, scaled(layout, b, scale), area * scale * scale) &&
            !seg_tint_take(layout, image, scaled(layout, b, scale)))
            *seg_add_picture(layout) = scaled(layout, b, scale);
    }
}

static void add_screens(struct seg_layout *layout)
{
    const int gap = (int)lround(SCREEN_GAP_EM * layout->em) | 1;
    const int window = (int)lround(SCREEN_WINDOW_EM * layout->em);
    BI_CLEANUP(bi_pix_destroyp) PIX *closed = pixCloseSafeBrick(NULL, layout->text, gap, gap);
    BI_CLEANUP(bi_pix_destroyp) PIX *solid = closed ? pixOpenBrick(NULL, closed, window, window) : NULL;
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(solid);
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++)
        *seg_add_picture(layout) = seg_box_at(boxes, i);
}

/* True if white alone stands between two boxes beside or under one another: between two pictures stands a
 * caption. */
static bool is_white_between(const struct seg_layout *layout, struct bi_box a, struct bi_box b)
{
    const int left = a.x > b.x ? a.x : b.x, right = seg_right(a) < seg_right(b) ? seg_right(a) : seg_right(b);
    const int top = a.y > b.y ? a.y : b.y,
              bottom = seg_bottom(a) < seg_bottom(b) ? seg_bottom(a) : seg_bottom(b);
    const struct bi_box gap = {left < right ? left : right, top < bottom ? top : bottom, abs(right - left),
                               abs(bottom - top)};
    return seg_ink_in(layout->text, gap) <= MAX_GAP_INK * (double)bi_box_area(gap);
}

/* True if another large piece that is none of the known pictures stands beside or under this one as the next
 * character of a headline would. */
static bool has_peer(const struct seg_layout *layout, const struct bi_box *large, const bool *is_picture,
                     int count, int self)
{
    const struct bi_box a = large[self];
    for (int i = 0; i < count; i++) {
        const struct bi_box b = large[i];
        if (i == self || (is_picture && is_picture[i]) || seg_longer(a) > 1.6 * seg_longer(b) ||
            seg_longer(b) > 1.6 * seg_longer(a))
            continue;
        const int size = seg_longer(a) > seg_longer(b) ? seg_longer(a) : seg_longer(b);
        if (((bi_box_overlap_y(a, b) > 0.6 * (a.h < b.h ? a.h : b.h) && seg_gap_x(a, b) < size &&
              seg_gap_x(a, b) > 0) ||
             (bi_box_overlap_x(a, b) > 0.6 * (a.w < b.w ? a.w : b.w) && seg_gap_y(a, b) < size &&
              seg_gap_y(a, b) > 0)) &&
            is_white_between(layout, a, b))
            return true;
    }
    return false;
}

/* True for a large piece that is drawn along most of all four edges of its box, as the rim of a picture. */
static bool is_ring(const struct seg_layout *layout, struct bi_box b)
{
    const int depth = (int)lround(RING_DEPTH_EM * layout->em) + 1;
    if (b.w < RING_EM * layout->em || b.h < RING_EM * layout->em)
        return false;
    for (int side = 0; side < 4; side++) {
        const bool across = side < 2;
        const int length = across ? b.w : b.h;
        int drawn = 0;
        for (int i = 0; i < length; i++) {
            const struct bi_box cell =
                across ? (struct bi_box){b.x + i, side == 0 ? b.y : seg_bottom(b) - depth, 1, depth}
                       : (struct bi_box){side == 2 ? b.x : seg_right(b) - depth, b.y + i, depth, 1};
            drawn += seg_ink_in(layout->ink, cell) > 0;
        }
        if (drawn < RING_SHARE * length)
            return false;
    }
    return true;
}

/* True if the evidence p is no larger than a headline's character and is part of one, or beside one. */
static bool is_character(const struct seg_layout *layout, const struct bi_box *large, int count,
                         struct bi_box p)
{
    for (int k = 0; k < count && seg_longer(p) <= MAX_CHARACTER_EM * layout->em; k++) {
        const struct bi_box b = large[k];
        /* Bold strokes that the scan has run together: a character by those beside it. */
        if (bi_box_inside(p, b, 0.7) && seg_longer(b) <= MAX_CHARACTER_EM * layout->em &&
            has_peer(layout, large, NULL, count, k))
            return true;
        const int size = seg_longer(p) > seg_longer(b) ? seg_longer(p) : seg_longer(b);
        if (seg_longer(b) < MIN_LONE_EM / 2 * layout->em || seg_longer(p) > 2 * seg_longer(b) ||
            seg_longer(b) > 2 * seg_longer(p))
            continue;
        const int aside = seg_gap_x(p, b), below = seg_gap_y(p, b);
        if ((aside > -0.3 * size && aside < 1.1 * size &&
             bi_box_overlap_y(p, b) > 0.7 * (p.h < b.h ? p.h : b.h)) ||
            (below > -0.3 * size && below < 1.1 * size &&
             bi_box_overlap_x(p, b) > 0.7 * (p.w < b.w ? p.w : b.w)))
            return true;
    }
    return false;
}

/* True for a large piece that may be a drop cap: text begins beside it, and goes on below it. */
static bool begins_paragraph(const struct seg_layout *layout, BOXA *boxes, struct bi_box b)
{
    const double em = layout->em;
    int beside = 0, below = 0;
    if (seg_longer(b) > MAX_CAP_EM * em)
        return false;
    for (int i = 0; i < boxaGetCount(boxes); i++) {
        const struct bi_box piece = seg_box_at(boxes, i);
        if (seg_longer(piece) < MIN_PIECE_EM * em || seg_longer(piece) > MAX_PIECE_EM * em)
            continue;
        const int right = piece.x - seg_right(b), under = piece.y - seg_bottom(b);
        beside += right >= 0 && right <= CAP_SIDE_EM * em && bi_box_overlap_y(piece, b) == piece.h;
        below += under >= 0 && under <= CAP_BELOW_EM * em && bi_box_overlap_x(piece, b) == piece.w;
    }
    return beside >= MIN_CAP_PIECES && below >= MIN_CAP_PIECES;
}

/* Takes back evidence that is no larger than a headline's character and has others beside it. */
static void drop_characters(struct seg_layout *layout, const struct bi_box *large, int count)
{
    size_t kept = 0;
    for (size_t i = 0; i < layout->picture_count; i++)
        if (!is_character(layout, large, count, layout->pictures[i]))
            layout->pictures[kept++] = layout->pictures[i];
    layout->picture_count = kept;
}

/* Ink of the piece that fills a box. */
static int own_ink(PIX *text, struct bi_box b)
{
    BI_CLEANUP(boxDestroy) BOX *area = boxCreate(b.x, b.y, b.w, b.h);
    BI_CLEANUP(bi_pix_destroyp) PIX *clip = pixClipRectangle(text, area, NULL);
    BI_CLEANUP(pixaDestroy) PIXA *pieces = NULL;
    BI_CLEANUP(boxaDestroy) BOXA *boxes = clip ? pixConnComp(clip, &pieces, 8) : NULL;
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        const struct bi_box piece = seg_box_at(boxes, i);
        if (piece.w < b.w || piece.h < b.h)
            continue;
        BI_CLEANUP(bi_pix_destroyp) PIX *bits = pixaGetPix(pieces, i, L_CLONE);
        return seg_ink_in(bits, (struct bi_box){0, 0, b.w, b.h});
    }
    return 0;
}

static bool is_rules(const struct seg_layout *layout, BOXA *boxes, struct bi_box b)
{
    return own_ink(layout->text, b) <= MAX_RULES_FILL * (double)bi_box_area(b) &&
           seg_rows_stand_in(layout, boxes, b);
}

static void add_large(struct seg_layout *layout)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(layout->text);
    const int n = boxes ? boxaGetCount(boxes) : 0;
    BI_CLEANUP(bi_freep) struct bi_box *large = bi_xcalloc((size_t)n + 1, sizeof *large);
    int count = 0;
    for (int i = 0; i < n; i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (seg_longer(b) >= MIN_LARGE_EM * layout->em)
            large[count++] = b;
    }
    BI_CLEANUP(bi_freep) bool *is_picture = bi_xcalloc((size_t)count + 1, sizeof *is_picture);
    for (bool again = true; again;) {
        again = false;
        for (int i = 0; i < count; i++) {
            const int size = seg_longer(large[i]);
            if (is_picture[i] || size < MIN_LONE_EM * layout->em || large[i].w * 8 < large[i].h ||
                large[i].h * 8 < large[i].w)
                continue;
            if (size > MAX_GLYPH_EM * layout->em)
                is_picture[i] = !is_rules(layout, boxes, large[i]);
            else
                is_picture[i] =
                    (is_ring(layout, large[i]) || !has_peer(layout, large, is_picture, count, i)) &&
                    !begins_paragraph(layout, boxes, large[i]);
            if (is_picture[i]) {
                *seg_add_picture(layout) = large[i];
                again = true;
            }
        }
    }
    drop_characters(layout, large, count);
}

void seg_pictures_find(struct seg_layout *layout, PIX *image)
{
    if (pixGetDepth(image) == 8)
        add_tones(layout, image);
    add_screens(layout);
    add_large(layout);
    seg_extents_find(layout);
    const int margin = (int)lround(CLEARED_MARGIN_EM * layout->em);
    for (size_t i = 0; i < layout->picture_count; i++) {
        const struct bi_box b = seg_box_grow(layout, layout->pictures[i], margin, margin);
        BI_CLEANUP(boxDestroy) BOX *area = boxCreate(b.x, b.y, b.w, b.h);
        pixClearInRect(layout->text, area);
    }
}
