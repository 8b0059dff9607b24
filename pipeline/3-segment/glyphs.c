#include "glyphs.h"

#include <math.h>

#include "bands.h"
#include "base/cleanup.h"
#include "page/image.h"

/* Two body characters on one another are this high together and this wide at most. */
#define MIN_PAIR_HEIGHT_EM 1.7
#define MAX_PAIR_HEIGHT_EM 3.3
#define MAX_PAIR_WIDTH_EM 1.35
/* … and joined by so little ink, as a share of the mean of their rows. */
#define MAX_NECK_SHARE 0.35

/* Longer pieces are the rim of a sheet on a grey surround, or what is left of a rule. */
#define MAX_GLYPH_EM 20.0

static void add(struct seg_layout *layout, struct bi_box box)
{
    const int ink = seg_ink_in(layout->text, box);
    if (ink == 0)
        return;
    struct seg_glyph *glyph = seg_add_glyph(layout);
    glyph->box = box;
    glyph->ink = ink;
    glyph->reversed = seg_bands_at(layout, box) >= 0;
}

/* Row of a tall narrow piece where it is cut in two, 0 for not at all. */
static int neck(const struct seg_layout *layout, struct bi_box b)
{
    const double em = layout->em;
    if (b.h < MIN_PAIR_HEIGHT_EM * em || b.h > MAX_PAIR_HEIGHT_EM * em || b.w > MAX_PAIR_WIDTH_EM * em ||
        b.w < 0.4 * em)
        return 0;
    const int from = b.y + (int)lround(0.3 * b.h), to = b.y + (int)lround(0.7 * b.h);
    int best = 0, least = 0;
    for (int y = from; y <= to; y++) {
        const int ink = seg_ink_in(layout->text, (struct bi_box){b.x, y, b.w, 1});
        if (best == 0 || ink < least) {
            best = y;
            least = ink;
        }
    }
    const double mean = (double)seg_ink_in(layout->text, b) / b.h;
    return least <= MAX_NECK_SHARE * mean ? best : 0;
}

static int compare_left(const void *a, const void *b)
{
    const struct bi_box p = ((const struct seg_glyph *)a)->box, q = ((const struct seg_glyph *)b)->box;
    if (p.x != q.x)
        return p.x < q.x ? -1 : 1;
    if (p.y != q.y)
        return p.y < q.y ? -1 : 1;
    return p.w != q.w ? (p.w > q.w) - (p.w < q.w) : (p.h > q.h) - (p.h < q.h);
}

void seg_glyphs_find(struct seg_layout *layout)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(layout->text);
    const int n = boxes ? boxaGetCount(boxes) : 0;
    const int dust = (int)ceil(SEG_DUST_EM * layout->em);
    for (int i = 0; i < n; i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if ((b.w < dust && b.h < dust) || seg_longer(b) > MAX_GLYPH_EM * layout->em)
            continue;
        const int cut = neck(layout, b);
        if (cut) {
            add(layout, (struct bi_box){b.x, b.y, b.w, cut - b.y});
            add(layout, (struct bi_box){b.x, cut, b.w, b.y + b.h - cut});
        } else {
            add(layout, b);
        }
    }
    if (layout->glyph_count > 0)
        qsort(layout->glyphs, layout->glyph_count, sizeof *layout->glyphs, compare_left);
}
