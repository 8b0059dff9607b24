#include "bands.h"

#include <math.h>

#include "base/cleanup.h"
#include "page/image.h"

/* A band is this high (wide where it stands), and longer than high. */
#define MIN_BAND_EM 1.2
#define MAX_BAND_EM 9.0
#define MIN_BAND_RATIO 1.6
/* Share of ink in the whole band and in its rim. */
#define MIN_FILL 0.45
#define MIN_RIM_FILL 0.75
#define RIM_EM 0.12
/* The rim is looked at this far inside, as a band's edge is ragged and not quite level. */
#define RIM_INSET_PIXELS 2
/* Bands side by side are parted by this much with less ink than this in a column of pixels. */
#define SEAM_EM 0.6
#define SEAM_FILL 0.25
/* The ends of a band have at least so much ink. */
#define RAGGED_FILL 0.6
/* The glyphs in it: share of the band's height that they reach, share of its area that they ink, and how
 * many. */
#define MIN_GLYPH_REACH 0.35
#define MAX_GLYPH_SIZE 1.3
#define MIN_GLYPH_INK 0.03
#define MAX_GLYPH_INK 0.55
#define MIN_GLYPHS 3

/* Ink along the four edges of a box, as a share. */
static double rim_fill(PIX *pix, struct bi_box b, int depth)
{
    b = (struct bi_box){b.x + RIM_INSET_PIXELS, b.y + RIM_INSET_PIXELS, b.w - 2 * RIM_INSET_PIXELS,
                        b.h - 2 * RIM_INSET_PIXELS};
    const struct bi_box sides[4] = {{b.x, b.y, b.w, depth},
                                    {b.x, b.y + b.h - depth, b.w, depth},
                                    {b.x, b.y, depth, b.h},
                                    {b.x + b.w - depth, b.y, depth, b.h}};
    double worst = 1;
    for (int i = 0; i < 4; i++)
        worst = fmin(worst, seg_ink_in(pix, sides[i]) / (double)bi_box_area(sides[i]));
    return worst;
}

/* The light glyphs of a dark box, black on white, NULL if what is light in it is no row of glyphs. */
static PIX *light_glyphs(const struct seg_layout *layout, struct bi_box b)
{
    BI_CLEANUP(boxDestroy) BOX *area = boxCreate(b.x, b.y, b.w, b.h);
    BI_CLEANUP(bi_pix_destroyp) PIX *clip = pixClipRectangle(layout->text, area, NULL);
    if (!clip)
        return NULL;
    pixInvert(clip, clip);
    PIX *glyphs = pixRemoveBorderConnComps(clip, 8);
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(glyphs);
    const int across = b.w > b.h ? b.h : b.w;
    int count = 0, tall = 0;
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        const struct bi_box g = seg_box_at(boxes, i);
        const int size = g.w > g.h ? g.w : g.h;
        if (size > MAX_GLYPH_SIZE * across) {
            /* A bitonal scan leaves blank bars of a dark ground beside the type. */
            BI_CLEANUP(boxDestroy) BOX *bar = boxCreate(g.x, g.y, g.w, g.h);
            pixClearInRect(glyphs, bar);
            continue;
        }
        count += size >= 0.12 * across;
        tall += size >= MIN_GLYPH_REACH * across;
    }
    const double ink =
        glyphs ? seg_ink_in(glyphs, (struct bi_box){0, 0, b.w, b.h}) / (double)bi_box_area(b) : 0;
    if (count < MIN_GLYPHS || tall < 2 || ink < MIN_GLYPH_INK || ink > MAX_GLYPH_INK)
        pixDestroy(&glyphs);
    return glyphs;
}

/* Takes one dark box for a band if it is one: notes it, and turns its glyphs into black on white. */
static void take_band(struct seg_layout *layout, struct bi_box b)
{
    const double em = layout->em;
    const int low = b.w < b.h ? b.w : b.h, high = b.w < b.h ? b.h : b.w;
    if (low < MIN_BAND_EM * em || low > MAX_BAND_EM * em || high < MIN_BAND_RATIO * low ||
        seg_ink_in(layout->text, b) < MIN_FILL * (double)bi_box_area(b) ||
        rim_fill(layout->text, b, (int)lround(RIM_EM * em) + 1) < MIN_RIM_FILL)
        return;
    BI_CLEANUP(bi_pix_destroyp) PIX *glyphs = light_glyphs(layout, b);
    if (!glyphs)
        return;
    *seg_add_band(layout) = (struct seg_band){b, true};
    const struct bi_box around = seg_box_grow(layout, b, 2, 2);
    BI_CLEANUP(boxDestroy) BOX *area = boxCreate(around.x, around.y, around.w, around.h);
    pixClearInRect(layout->text, area);
    pixRasterop(layout->text, b.x, b.y, b.w, b.h, PIX_SRC | PIX_DST, glyphs, 0, 0);
}

/* Takes the part of a dark box from start to end, without the light columns and thin rules at its ends. */
static void take_stretch(struct seg_layout *layout, struct bi_box b, int start, int end, int wide)
{
    const double solid = RAGGED_FILL * wide * b.h;
    while (end - start > wide && seg_ink_in(layout->text, (struct bi_box){start, b.y, wide, b.h}) < solid)
        start++;
    while (end - start > wide &&
           seg_ink_in(layout->text, (struct bi_box){end - wide, b.y, wide, b.h}) < solid)
        end--;
    if (end > start)
        take_band(layout, (struct bi_box){start, b.y, end - start, b.h});
}

/* Two bands side by side may hang together by a rule. A dark box is taken in the stretches between columns of
 * pixels that have little ink. */
static void take_stretches(struct seg_layout *layout, struct bi_box b)
{
    const int narrow = (int)lround(SEAM_EM * layout->em);
    /* A thin rule in a seam is no end of it. */
    const int wide = (int)lround(SEAM_EM / 2 * layout->em) + 1;
    int start = b.x, light = 0;
    for (int x = b.x; x <= seg_right(b); x++) {
        const bool dark = x < seg_right(b) && seg_ink_in(layout->text, (struct bi_box){x, b.y, wide, b.h}) >=
                                                  SEAM_FILL * wide * b.h;
        if (dark && light >= narrow) {
            take_stretch(layout, b, start, x - light, wide);
            start = x;
        }
        light = dark ? 0 : light + 1;
    }
    take_stretch(layout, b, start, seg_right(b), wide);
}

void seg_bands_find(struct seg_layout *layout)
{
    const double em = layout->em;
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(layout->text);
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        const int low = b.w < b.h ? b.w : b.h, high = b.w < b.h ? b.h : b.w;
        if (low >= MIN_BAND_EM * em && low <= MAX_BAND_EM * em && high >= MIN_BAND_RATIO * low &&
            seg_ink_in(layout->text, b) >= MIN_FILL * (double)bi_box_area(b))
            take_stretches(layout, b);
    }
}

int seg_bands_at(const struct seg_layout *layout, struct bi_box box)
{
    for (size_t i = 0; i < layout->band_count; i++)
        if (bi_box_inside(box, layout->bands[i].box, 0.5))
            return (int)i;
    return -1;
}
