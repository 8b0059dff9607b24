#include "pictures.h"

#include <math.h>

#include "base/cleanup.h"
#include "ink.h"
#include "page/image.h"

/* Type always shows paper white within this distance. */
#define TONE_WINDOW_EM 1.25
/* A pixel of the reduced grey image is not paper from this share of the way to the ink on. */
#define TONE_SHARE 0.12
/* The grey image is reduced while an em keeps this many pixels. */
#define MIN_TONE_EM_PIXELS 7
/* Gaps that are closed, and the solid window that is then a screen. */
#define SCREEN_GAP_EM 0.15
#define SCREEN_WINDOW_EM 1.5
/* Pieces of ink longer than this are no characters; shorter ones from the next size on are only with others
 * like them. */
#define MAX_GLYPH_EM 11.0
#define MIN_LONE_EM 4.5
/* Smallest picture. */
#define MIN_PICTURE_EM 2.0
/* Evidence this near to each other is of one picture. */
#define JOIN_EM 0.35
/* A frame borders a picture if evidence covers this share of it, and fewer than this many pieces of body size
 * stand in a square em of the rest. */
#define FRAME_EVIDENCE 0.12
#define FRAME_PIECES 0.08

static void add_boxes(struct seg_layout *layout, BOXA *boxes, double scale, double grow)
{
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        struct bi_box box = {(int)floor(b.x * scale - grow), (int)floor(b.y * scale - grow),
                             (int)ceil(b.w * scale + 2 * grow), (int)ceil(b.h * scale + 2 * grow)};
        box = bi_box_intersection(box, (struct bi_box){0, 0, layout->width, layout->height});
        if (!bi_box_empty(box))
            *seg_add_picture(layout) = box;
    }
}

/* Areas of tone in a grey image. */
static void add_tones(struct seg_layout *layout, PIX *image)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *grey = pixClone(image);
    int paper, ink, factor = 1;
    seg_ink_levels(image, &paper, &ink);
    const double em = layout->em * layout->reduction;
    while (grey && em / (2 * factor) >= MIN_TONE_EM_PIXELS && pixGetWidth(grey) > 16 &&
           pixGetHeight(grey) > 16) {
        PIX *half = pixScaleAreaMap2(grey);
        pixDestroy(&grey);
        grey = half;
        factor *= 2;
    }
    if (!grey)
        return;
    BI_CLEANUP(bi_pix_destroyp)
    PIX *toned = pixThresholdToBinary(grey, paper - (int)lround(TONE_SHARE * (paper - ink)));
    if (!toned)
        return;
    const double scale = (double)factor / layout->reduction;
    for (size_t i = 0; i < layout->band_count; i++) {
        const struct bi_box b = layout->bands[i];
        BI_CLEANUP(boxDestroy)
        BOX *area = boxCreate((int)(b.x / scale) - 1, (int)(b.y / scale) - 1, (int)(b.w / scale) + 3,
                              (int)(b.h / scale) + 3);
        pixClearInRect(toned, area);
    }
    const int window = (int)lround(TONE_WINDOW_EM * em / factor);
    BI_CLEANUP(bi_pix_destroyp) PIX *solid = pixOpenBrick(NULL, toned, window, window);
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(solid);
    add_boxes(layout, boxes, scale, 0);
}

static void add_screens(struct seg_layout *layout)
{
    const int gap = (int)lround(SCREEN_GAP_EM * layout->em) | 1;
    const int window = (int)lround(SCREEN_WINDOW_EM * layout->em);
    BI_CLEANUP(bi_pix_destroyp) PIX *closed = pixCloseSafeBrick(NULL, layout->text, gap, gap);
    BI_CLEANUP(bi_pix_destroyp) PIX *solid = closed ? pixOpenBrick(NULL, closed, window, window) : NULL;
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(solid);
    add_boxes(layout, boxes, 1, 0);
}

static int longer(struct bi_box b)
{
    return b.w > b.h ? b.w : b.h;
}

/* True if another large piece stands beside or under this one as the next character of a headline would. */
static bool has_peer(const struct bi_box *large, int count, int self)
{
    const struct bi_box a = large[self];
    for (int i = 0; i < count; i++) {
        const struct bi_box b = large[i];
        if (i == self || longer(a) > 1.6 * longer(b) || longer(b) > 1.6 * longer(a))
            continue;
        const int size = longer(a) > longer(b) ? longer(a) : longer(b);
        if ((bi_box_overlap_y(a, b) > 0.6 * (a.h < b.h ? a.h : b.h) && seg_gap_x(a, b) < size &&
             seg_gap_x(a, b) > 0) ||
            (bi_box_overlap_x(a, b) > 0.6 * (a.w < b.w ? a.w : b.w) && seg_gap_y(a, b) < size &&
             seg_gap_y(a, b) > 0))
            return true;
    }
    return false;
}

static void add_large(struct seg_layout *layout)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(layout->text);
    const int n = boxes ? boxaGetCount(boxes) : 0;
    BI_CLEANUP(bi_freep) struct bi_box *large = bi_xcalloc((size_t)n + 1, sizeof *large);
    int count = 0;
    for (int i = 0; i < n; i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (longer(b) >= MIN_LONE_EM / 2 * layout->em)
            large[count++] = b;
    }
    for (int i = 0; i < count; i++) {
        const int size = longer(large[i]);
        if (size < MIN_LONE_EM * layout->em || large[i].w * 8 < large[i].h || large[i].h * 8 < large[i].w)
            continue;
        if (size > MAX_GLYPH_EM * layout->em || !has_peer(large, count, i))
            *seg_add_picture(layout) = large[i];
    }
}

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
        if (layout->pictures[i].w >= least && layout->pictures[i].h >= least)
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
        if (longer(b) < 0.35 * layout->em || longer(b) > 1.4 * layout->em || !bi_box_inside(b, frame, 1))
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
        frame->picture = pieces_in(layout, boxes, frame->box, covered) < FRAME_PIECES;
    }
    for (size_t i = 0; i < layout->frame_count; i++)
        if (layout->frames[i].picture)
            *seg_add_picture(layout) = layout->frames[i].box;
}

int seg_pictures_find(struct seg_layout *layout, PIX *image, struct bi_error *err)
{
    if (pixGetDepth(image) == 8)
        add_tones(layout, image);
    add_screens(layout);
    add_large(layout);
    join(layout);
    take_frames(layout);
    join(layout);
    for (size_t i = 0; i < layout->picture_count; i++) {
        const struct bi_box b = seg_box_grow(layout, layout->pictures[i], 2, 2);
        BI_CLEANUP(boxDestroy) BOX *area = boxCreate(b.x, b.y, b.w, b.h);
        if (pixClearInRect(layout->text, area))
            return bi_error_set(err, BI_EXIT_INTERNAL, "a picture lies outside the page");
    }
    return 0;
}
