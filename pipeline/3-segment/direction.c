#include "direction.h"

#include <math.h>

#include "base/cleanup.h"
#include "glyphs.h"
#include "page/image.h"

/* Size of the glyphs that are looked at. */
#define MIN_GLYPH_EM 0.3
#define MAX_GLYPH_EM 1.4
/* White strips are so long: some characters of a line, or the gaps between them over some lines. */
#define WHITE_LENGTH_EM 5.0
/* They are this near to a glyph, which may be half a character. */
#define WHITE_REACH_EM 0.9
/* Widths that are told apart. White between lines has the second at least, and is one step wider than that
 * between characters. */
static const double WIDTHS_EM[] = {0.14, 0.2, 0.28, 0.4, 0.56};
enum { WIDTHS = sizeof WIDTHS_EM / sizeof *WIDTHS_EM, MIN_WIDTH = 2 };

bool seg_direction_has_size(const struct seg_layout *layout, const struct seg_glyph *glyph)
{
    const int size = seg_glyph_size(glyph);
    return !glyph->reversed && glyph->column < 0 && size >= MIN_GLYPH_EM * layout->em &&
           size <= MAX_GLYPH_EM * layout->em;
}

/* What is not covered by the boxes of glyphs larger than dust. */
static PIX *white_of(const struct seg_layout *layout)
{
    PIX *white = pixCreate(layout->width, layout->height, 1);
    if (white)
        pixSetAll(white);
    for (size_t i = 0; white && i < layout->glyph_count; i++) {
        const struct bi_box b = layout->glyphs[i].box;
        pixRasterop(white, b.x, b.y, b.w, b.h, PIX_CLR, NULL, 0, 0);
    }
    return white;
}

/* True if strips lie close at both sides of a box: left and right, or above and below. */
static bool between(const struct seg_layout *layout, PIX *strips, struct bi_box b, bool vertical)
{
    const int reach = (int)lround(WHITE_REACH_EM * layout->em);
    const int x = (int)seg_mid_x(b), y = (int)seg_mid_y(b);
    const struct bi_box before =
        vertical ? (struct bi_box){b.x - reach, y, reach, 1} : (struct bi_box){x, b.y - reach, 1, reach};
    const struct bi_box behind =
        vertical ? (struct bi_box){seg_right(b), y, reach, 1} : (struct bi_box){x, seg_bottom(b), 1, reach};
    return seg_ink_in(strips, before) > 0 && seg_ink_in(strips, behind) > 0;
}

/* Counts, for every glyph, the widths of the white on both sides of it, from the narrowest on. */
static void count_widths(const struct seg_layout *layout, PIX *white, bool vertical, unsigned char *steps)
{
    const int length = (int)lround(WHITE_LENGTH_EM * layout->em);
    BI_CLEANUP(bi_pix_destroyp)
    PIX *strips =
        vertical ? pixOpenCompBrick(NULL, white, 1, length) : pixOpenCompBrick(NULL, white, length, 1);
    for (int k = 0; strips && k < WIDTHS; k++) {
        const int wide = (int)ceil(WIDTHS_EM[k] * layout->em);
        pixOpenBrick(strips, strips, vertical ? wide : 1, vertical ? 1 : wide);
        for (size_t i = 0; i < layout->glyph_count; i++)
            if (steps[i] == k && seg_direction_has_size(layout, &layout->glyphs[i]) &&
                between(layout, strips, layout->glyphs[i].box, vertical))
                steps[i]++;
    }
}

static size_t mark_all(const struct seg_layout *layout, bool *vertical)
{
    size_t count = 0;
    for (size_t i = 0; i < layout->glyph_count; i++) {
        vertical[i] = seg_direction_has_size(layout, &layout->glyphs[i]);
        count += vertical[i];
    }
    return count;
}

size_t seg_direction_find(const struct seg_layout *layout, bool **vertical)
{
    *vertical = bi_xcalloc(layout->glyph_count + 1, sizeof **vertical);
    if (layout->direction != SEG_DIRECTION_FOUND)
        return layout->direction == SEG_DIRECTION_VERTICAL ? mark_all(layout, *vertical) : 0;
    BI_CLEANUP(bi_freep) unsigned char *beside = bi_xcalloc(layout->glyph_count + 1, 1);
    BI_CLEANUP(bi_freep) unsigned char *along = bi_xcalloc(layout->glyph_count + 1, 1);
    BI_CLEANUP(bi_pix_destroyp) PIX *white = white_of(layout);
    if (!white)
        return 0;
    count_widths(layout, white, true, beside);
    count_widths(layout, white, false, along);
    size_t count = 0;
    for (size_t i = 0; i < layout->glyph_count; i++) {
        (*vertical)[i] = beside[i] >= MIN_WIDTH && beside[i] > along[i];
        count += (*vertical)[i];
    }
    return count;
}
