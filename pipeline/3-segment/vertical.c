#include "vertical.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "glyphs.h"
#include "page/image.h"
#include "rules.h"

/* White between lines is at least so wide, which white between characters on a grid is not, and so long. */
#define WHITE_EM 0.2
#define WHITE_LENGTH_EM 5.0
/* It is this near to a glyph, which may be half a character. */
#define WHITE_REACH_EM 0.9
/* Size of the glyphs that are looked at. */
#define MIN_GLYPH_EM 0.3
#define MAX_GLYPH_EM 1.4
/* Glyphs no further apart than twice this are of one strip; rows without ink wider than the next part strips.
 */
#define REACH_EM 0.45
#define STRIP_GAP_EM 0.5
/* Places whose heights are the same by this share, and with no more between them than a short line would
 * leave white, are one. */
#define SAME_STRIP_SHARE 0.85
#define SHORT_LINE_EM 1.6
/* Smallest strip, and share of the glyphs in it that look vertically set. */
#define MIN_STRIP_WIDTH_EM 3.2
#define MIN_STRIP_HEIGHT_EM 3.0
#define MIN_SHARE 0.6
#define MIN_LINES 3
/* A column of pixels is between lines where fewer glyphs cover it than this share of the most. */
#define BETWEEN_SHARE 0.08
/* What is narrower is part of a character; a line is no wider than the next. */
#define PART_EM 0.55
#define MAX_LINE_EM 1.25
#define INK_SHARE_OF_EM 0.94

/* Long white strips of one direction. */
static PIX *long_white(const struct seg_layout *layout, PIX *white, bool vertical)
{
    const int wide = (int)ceil(WHITE_EM * layout->em), length = (int)lround(WHITE_LENGTH_EM * layout->em);
    return pixOpenBrick(NULL, white, vertical ? wide : length, vertical ? length : wide);
}

/* True if white strips lie close at both sides of a box: left and right, or above and below. */
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

static bool has_size(const struct seg_layout *layout, const struct seg_glyph *glyph)
{
    const int size = seg_glyph_size(glyph);
    return !glyph->reversed && size >= MIN_GLYPH_EM * layout->em && size <= MAX_GLYPH_EM * layout->em;
}

/* Which glyphs are set vertically by the white round them; returns how many. The array is freed by the
 * caller.
 */
static size_t look_at_glyphs(const struct seg_layout *layout, bool **vertical)
{
    *vertical = bi_xcalloc(layout->glyph_count + 1, sizeof **vertical);
    BI_CLEANUP(bi_pix_destroyp) PIX *white = pixInvert(NULL, layout->text);
    BI_CLEANUP(bi_pix_destroyp) PIX *upright = white ? long_white(layout, white, true) : NULL;
    BI_CLEANUP(bi_pix_destroyp) PIX *level = white ? long_white(layout, white, false) : NULL;
    size_t count = 0;
    for (size_t i = 0; upright && level && i < layout->glyph_count; i++) {
        const struct seg_glyph *glyph = &layout->glyphs[i];
        (*vertical)[i] = has_size(layout, glyph) && between(layout, upright, glyph->box, true) &&
                         !between(layout, level, glyph->box, false);
        count += (*vertical)[i];
    }
    return count;
}

/* The places where vertically set glyphs are close to each other; returns how many. The array is freed by the
 * caller. Places side by side are one: the last line of a paragraph may be too short to reach from one to the
 * other. */
static int find_places(const struct seg_layout *layout, const bool *vertical, struct bi_box **places)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *map = pixCreate(layout->width, layout->height, 1);
    const int reach = (int)lround(REACH_EM * layout->em);
    for (size_t i = 0; map && i < layout->glyph_count; i++) {
        if (!vertical[i])
            continue;
        const struct bi_box b = seg_box_grow(layout, layout->glyphs[i].box, reach, reach);
        BI_CLEANUP(boxDestroy) BOX *area = boxCreate(b.x, b.y, b.w, b.h);
        pixSetInRect(map, area);
    }
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(map);
    int count = 0;
    const int n = boxes ? boxaGetCount(boxes) : 0;
    *places = bi_xcalloc((size_t)n + 1, sizeof **places);
    for (int i = 0; i < n; i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (b.h >= MIN_STRIP_HEIGHT_EM * layout->em)
            (*places)[count++] = b;
    }
    for (bool again = true; again;) {
        again = false;
        for (int i = 0; i < count; i++)
            for (int k = count; k-- > i + 1;) {
                const struct bi_box a = (*places)[i], b = (*places)[k];
                const int higher = a.h > b.h ? a.h : b.h;
                if (bi_box_overlap_y(a, b) < SAME_STRIP_SHARE * higher ||
                    seg_gap_x(a, b) > SHORT_LINE_EM * layout->em || seg_rules_between(layout, a, b, true) ||
                    seg_frame_of(layout, a) != seg_frame_of(layout, b))
                    continue;
                (*places)[i] = bi_box_union(a, b);
                (*places)[k] = (*places)[--count];
                again = true;
            }
    }
    return count;
}

/* The box round the glyphs of a place, and whether most of them are set vertically. */
static bool measure_place(const struct seg_layout *layout, const bool *vertical, struct bi_box place,
                          struct bi_box *whole)
{
    size_t all = 0, right = 0;
    *whole = (struct bi_box){0, 0, 0, 0};
    for (size_t i = 0; i < layout->glyph_count; i++) {
        const struct seg_glyph *glyph = &layout->glyphs[i];
        if (!has_size(layout, glyph) || !bi_box_inside(glyph->box, place, 0.6))
            continue;
        all++;
        right += vertical[i];
        *whole = bi_box_union(*whole, glyph->box);
    }
    return all > 0 && (double)right >= MIN_SHARE * (double)all;
}

/* Counts, for every column (or row) of pixels in a box, the pixels of it that glyphs' boxes cover. */
static int *cover(const struct seg_layout *layout, struct bi_box b, bool columns)
{
    const int n = columns ? b.w : b.h;
    int *counts = bi_xcalloc((size_t)n + 1, sizeof *counts);
    for (size_t i = 0; i < layout->glyph_count; i++) {
        const struct seg_glyph *glyph = &layout->glyphs[i];
        if (!has_size(layout, glyph) || !bi_box_inside(glyph->box, b, 0.6))
            continue;
        const struct bi_box g = bi_box_intersection(glyph->box, b);
        const int from = columns ? g.x - b.x : g.y - b.y, length = columns ? g.w : g.h;
        for (int k = from; k < from + length; k++)
            counts[k] += columns ? g.h : g.w;
    }
    return counts;
}

/* Runs of covered columns of a strip, from the left; parts of characters are joined. Returns how many. */
static int find_runs(const struct seg_layout *layout, struct bi_box strip, struct bi_box *runs)
{
    BI_CLEANUP(bi_freep) int *counts = cover(layout, strip, true);
    int most = 0, n = 0;
    for (int x = 0; x < strip.w; x++)
        most = counts[x] > most ? counts[x] : most;
    for (int x = 0, start = -1; x <= strip.w; x++) {
        const bool inked = x < strip.w && counts[x] > BETWEEN_SHARE * most;
        if (inked && start < 0)
            start = x;
        if (!inked && start >= 0) {
            runs[n++] = (struct bi_box){strip.x + start, strip.y, x - start, strip.h};
            start = -1;
        }
    }
    int kept = 0;
    for (int i = 0; i < n; i++) {
        const struct bi_box last = kept > 0 ? runs[kept - 1] : (struct bi_box){0, 0, 0, 0};
        const struct bi_box whole = bi_box_union(last, runs[i]);
        if (kept > 0 && whole.w <= MAX_LINE_EM * layout->em &&
            (last.w < PART_EM * layout->em || runs[i].w < PART_EM * layout->em))
            runs[kept - 1] = whole;
        else
            runs[kept++] = runs[i];
    }
    return kept;
}

/* Makes the lines of one strip. */
static void make_lines(struct seg_layout *layout, struct bi_box strip, int number)
{
    if (strip.w < MIN_STRIP_WIDTH_EM * layout->em || strip.h < MIN_STRIP_HEIGHT_EM * layout->em)
        return;
    BI_CLEANUP(bi_freep) struct bi_box *runs = bi_xcalloc((size_t)strip.w + 1, sizeof *runs);
    const int count = find_runs(layout, strip, runs);
    double widest = 0;
    for (int i = 0; i < count; i++)
        widest = runs[i].w > widest ? runs[i].w : widest;
    if (count < MIN_LINES || widest > MAX_LINE_EM * layout->em)
        return;
    const int first = (int)layout->line_count;
    for (int i = 0; i < count; i++) {
        struct seg_line *line = seg_add_line(layout);
        line->vertical = true;
        line->strip = number;
        line->em = widest / INK_SHARE_OF_EM;
    }
    /* Characters of a line may touch. */
    for (size_t i = 0; i < layout->glyph_count; i++) {
        struct seg_glyph *glyph = &layout->glyphs[i];
        if (glyph->reversed || glyph->box.w > MAX_GLYPH_EM * layout->em ||
            !bi_box_inside(glyph->box, seg_box_grow(layout, strip, (int)(REACH_EM * layout->em), 2), 0.6))
            continue;
        int best = -1;
        for (int k = 0; k < count; k++)
            if (best < 0 || fabs(seg_mid_x(runs[k]) - seg_mid_x(glyph->box)) <
                                fabs(seg_mid_x(runs[best]) - seg_mid_x(glyph->box)))
                best = k;
        glyph->column = first + best;
        layout->lines[first + best].box = bi_box_union(layout->lines[first + best].box, glyph->box);
    }
}

void seg_vertical_find(struct seg_layout *layout)
{
    BI_CLEANUP(bi_freep) bool *vertical = NULL;
    const size_t count = look_at_glyphs(layout, &vertical);
    if (count == 0)
        return;
    BI_CLEANUP(bi_freep) struct bi_box *places = NULL;
    const int place_count = find_places(layout, vertical, &places);
    const int gap = (int)lround(STRIP_GAP_EM * layout->em);
    int number = 0;
    for (int i = 0; i < place_count; i++) {
        struct bi_box whole;
        if (places[i].w < MIN_STRIP_WIDTH_EM * layout->em ||
            !measure_place(layout, vertical, places[i], &whole))
            continue;
        /* Rows without ink part the place into strips. */
        BI_CLEANUP(bi_freep) int *rows = cover(layout, whole, false);
        for (int y = 0, start = 0, blank = 0; y <= whole.h; y++) {
            blank = y < whole.h && rows[y] == 0 ? blank + 1 : 0;
            if (y == whole.h || (blank == gap && y - gap > start)) {
                const int end = y == whole.h ? y : y - gap + 1;
                make_lines(layout, (struct bi_box){whole.x, whole.y + start, whole.w, end - start}, ++number);
                start = y + 1;
            } else if (blank >= gap) {
                start = y + 1;
            }
        }
    }
}
