#include "vertical.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "direction.h"
#include "page/image.h"
#include "rules.h"

/* Widest piece of ink in a line. */
#define MAX_GLYPH_EM 1.4
/* Glyphs no further apart than twice this are of one strip; rows without ink wider than the next part strips.
 */
#define REACH_EM 0.45
#define STRIP_GAP_EM 0.5
/* Places that begin level but for an indent, are beside each other over this share of the lower one, and have
 * no more between them than a line of a character or two would leave, are one. */
#define INDENT_EM 2.4
#define SAME_STRIP_SHARE 0.85
#define SHORT_LINE_EM 1.6
/* … and what is higher than its neighbour has the width of a line and its reach: the ornaments of a border
 * are narrower. */
#define MIN_PLACE_WIDTH_EM 1.6
#define MAX_SHORT_LINE_EM 2.6
/* Smallest strip, and share of the glyphs in it that look vertically set. */
#define MIN_STRIP_WIDTH_EM 3.2
#define MIN_STRIP_HEIGHT_EM 3.0
#define MIN_SHARE 0.6
#define MIN_LINES 3
/* A column of pixels is between lines where fewer glyphs cover it than this share of the most, and less of it
 * than one character does. */
#define BETWEEN_SHARE 0.08
#define BETWEEN_EM 0.4
/* What is narrower is part of a character; a line is no wider than the next. */
#define PART_EM 0.55
#define MAX_LINE_EM 1.25
#define INK_SHARE_OF_EM 0.94

/* True if a character stands between two places side by side. */
static bool has_glyphs_between(const struct seg_layout *layout, struct bi_box a, struct bi_box b)
{
    const struct bi_box whole = bi_box_union(a, b);
    const int left = a.x < b.x ? seg_right(a) : seg_right(b), right = a.x < b.x ? b.x : a.x;
    const struct bi_box gap = {left, whole.y, right - left, whole.h};
    for (size_t i = 0; i < layout->glyph_count; i++)
        if (seg_direction_has_size(layout, &layout->glyphs[i]) &&
            bi_box_inside(layout->glyphs[i].box, gap, 1))
            return true;
    return false;
}

/* True if two places side by side are of one strip: lines begin level, or a paragraph's indent lower, and the
 * last ones of paragraphs between them may be too short to be a place of the same height, or one at all. */
static bool same_strip(const struct seg_layout *layout, struct bi_box a, struct bi_box b)
{
    const int lower = a.h < b.h ? a.h : b.h, gap = seg_gap_x(a, b);
    const struct bi_box higher = a.h < b.h ? b : a;
    if (bi_box_overlap_y(a, b) < SAME_STRIP_SHARE * higher.h && higher.w < MIN_PLACE_WIDTH_EM * layout->em)
        return false;
    return abs(a.y - b.y) <= INDENT_EM * layout->em &&
           bi_box_overlap_y(a, b) >= SAME_STRIP_SHARE * lower - INDENT_EM * layout->em &&
           (gap <= SHORT_LINE_EM * layout->em ||
            (gap <= MAX_SHORT_LINE_EM * layout->em && has_glyphs_between(layout, a, b))) &&
           !seg_rules_between(layout, a, b, true) && seg_frame_of(layout, a) == seg_frame_of(layout, b);
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
    for (int i = 0; i < n; i++)
        (*places)[count++] = seg_box_at(boxes, i);
    for (bool again = true; again;) {
        again = false;
        for (int i = 0; i < count; i++)
            for (int k = count; k-- > i + 1;) {
                if (!same_strip(layout, (*places)[i], (*places)[k]))
                    continue;
                (*places)[i] = bi_box_union((*places)[i], (*places)[k]);
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
        if (!seg_direction_has_size(layout, glyph) || !bi_box_inside(glyph->box, place, 0.6))
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
        if (!seg_direction_has_size(layout, glyph) || !bi_box_inside(glyph->box, b, 0.6))
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
    const double least = fmin(BETWEEN_SHARE * most, BETWEEN_EM * layout->em);
    for (int x = 0, start = -1; x <= strip.w; x++) {
        const bool inked = x < strip.w && counts[x] > least;
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
        if (glyph->reversed || glyph->column >= 0 || glyph->box.w > MAX_GLYPH_EM * layout->em ||
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
    const size_t count = seg_direction_find(layout, &vertical);
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
