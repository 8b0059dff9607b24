#include "tints.h"

#include <math.h>

#include "base/cleanup.h"
#include "page/image.h"

/* Smallest tint, across and along, and share of it that is ink at the page's threshold. */
#define MIN_TINT_EM 1.2
#define MIN_TINT_LENGTH_EM 3.0
#define MIN_FILL 0.8
/* A ground is even: its levels scatter by no more than this. A photograph's scatter more. */
#define MAX_GROUND_SPREAD_LEVELS 18
/* Blurred edges of the type reach so far. */
#define EDGE_PIXELS 1
/* The type is at least so much darker. */
#define MIN_CONTRAST_LEVELS 70
/* Where the threshold lies on the way from the ground to the type. */
#define THRESHOLD_SHARE 0.4
/* Type inks so much of the box, in so many pieces of some size that do not touch its edge. */
#define MIN_TYPE_INK 0.02
#define MAX_TYPE_INK 0.5
#define MIN_PIECES 4
#define MIN_PIECE_EM 0.4

/* The box cut out of the image, at the working resolution. */
static PIX *clip_grey(const struct seg_layout *layout, PIX *image, struct bi_box box)
{
    const int r = layout->reduction;
    BI_CLEANUP(boxDestroy) BOX *area = boxCreate(box.x * r, box.y * r, box.w * r, box.h * r);
    PIX *grey = pixClipRectangle(image, area, NULL);
    for (int factor = 1; grey && factor < r; factor *= 2) {
        PIX *half = pixScaleAreaMap2(grey);
        pixDestroy(&grey);
        grey = half;
    }
    return grey;
}

/* The level that parts the ground from the type, by Otsu's method; false if what is darker is not dark
 * enough.
 */
static bool find_threshold(PIX *grey, int *threshold)
{
    BI_CLEANUP(numaDestroy) NUMA *histogram = pixGetGrayHistogram(grey, 1);
    double counts[256] = {0}, total = 0, sum = 0;
    for (int v = 0; histogram && v < 256; v++) {
        l_float32 n = 0;
        numaGetFValue(histogram, v, &n);
        counts[v] = n;
        total += n;
        sum += counts[v] * v;
    }
    double best = -1, dark = 0, dark_sum = 0;
    bool apart = false;
    for (int v = 0; v < 255; v++) {
        dark += counts[v];
        dark_sum += counts[v] * v;
        const double light = total - dark;
        if (dark <= 0 || light <= 0)
            continue;
        const double type = dark_sum / dark, ground = (sum - dark_sum) / light;
        const double between = dark * light * (ground - type) * (ground - type);
        if (between <= best)
            continue;
        best = between;
        *threshold = (int)lround((1 - THRESHOLD_SHARE) * ground + THRESHOLD_SHARE * type);
        apart = ground - type >= MIN_CONTRAST_LEVELS;
    }
    return apart;
}

/* True if the ground is even, as it shows away from the edges of the type, which are neither. */
static bool is_even(PIX *grey, PIX *type)
{
    BI_CLEANUP(bi_pix_destroyp)
    PIX *edged = pixDilateBrick(NULL, type, 2 * EDGE_PIXELS + 1, 2 * EDGE_PIXELS + 1);
    BI_CLEANUP(bi_pix_destroyp) PIX *ground = edged ? pixInvert(NULL, edged) : NULL;
    BI_CLEANUP(numaDestroy)
    NUMA *histogram = ground ? pixGetGrayHistogramMasked(grey, ground, 0, 0, 1) : NULL;
    double total = 0, sum = 0, squares = 0;
    for (int v = 0; histogram && v < 256; v++) {
        l_float32 n = 0;
        numaGetFValue(histogram, v, &n);
        total += n;
        sum += (double)n * v;
        squares += (double)n * v * v;
    }
    return total > 0 &&
           sqrt(fmax(0, squares / total - sum / total * (sum / total))) <= MAX_GROUND_SPREAD_LEVELS;
}

/* True if a 1-bit image holds type: pieces of some size, most of the ink in such that do not touch its edge.
 */
static bool is_type(const struct seg_layout *layout, PIX *bits, PIX *inner)
{
    const struct bi_box all = {0, 0, pixGetWidth(bits), pixGetHeight(bits)};
    const int ink = seg_ink_in(inner, all);
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(inner);
    int count = 0;
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++)
        count += seg_longer(seg_box_at(boxes, i)) >= MIN_PIECE_EM * layout->em;
    return count >= MIN_PIECES && ink >= MIN_TYPE_INK * (double)bi_box_area(all) &&
           ink <= MAX_TYPE_INK * (double)bi_box_area(all) && 2 * ink >= seg_ink_in(bits, all);
}

PIX *seg_tint_type(const struct seg_layout *layout, PIX *image, struct bi_box box, bool light)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *grey = clip_grey(layout, image, box);
    int threshold;
    if (grey && light)
        pixInvert(grey, grey);
    BI_CLEANUP(bi_pix_destroyp)
    PIX *type = grey && find_threshold(grey, &threshold) ? pixThresholdToBinary(grey, threshold) : NULL;
    return type && is_even(grey, type) ? pixClone(type) : NULL;
}

bool seg_tint_take(struct seg_layout *layout, PIX *image, struct bi_box box)
{
    const int across = box.w < box.h ? box.w : box.h;
    if (pixGetDepth(image) != 8 || across < MIN_TINT_EM * layout->em ||
        seg_longer(box) < MIN_TINT_LENGTH_EM * layout->em)
        return false;
    BI_CLEANUP(bi_pix_destroyp) PIX *bits = seg_tint_type(layout, image, box, false);
    BI_CLEANUP(bi_pix_destroyp) PIX *inner = bits ? pixRemoveBorderConnComps(bits, 8) : NULL;
    if (!inner || !is_type(layout, bits, inner))
        return false;
    const struct bi_box around = seg_box_grow(layout, box, 2, 2);
    BI_CLEANUP(boxDestroy) BOX *area = boxCreate(around.x, around.y, around.w, around.h);
    pixClearInRect(layout->text, area);
    pixRasterop(layout->text, box.x, box.y, pixGetWidth(inner), pixGetHeight(inner), PIX_SRC, inner, 0, 0);
    *seg_add_tint(layout) = box;
    return true;
}

void seg_tints_find(struct seg_layout *layout, PIX *image)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = pixGetDepth(image) == 8 ? seg_components(layout->text) : NULL;
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (b.w >= MIN_TINT_EM * layout->em && b.h >= MIN_TINT_EM * layout->em &&
            seg_longer(b) >= MIN_TINT_LENGTH_EM * layout->em &&
            seg_ink_in(layout->text, b) >= MIN_FILL * (double)bi_box_area(b))
            seg_tint_take(layout, image, b);
    }
}
