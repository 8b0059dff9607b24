#include "gaps.h"

#include <math.h>
#include <stdlib.h>

#include "bands.h"
#include "grid.h"
#include "rules.h"
#include "spaces.h"

/* Gaps below this many ems of the row are never a gutter; gaps above always part, in body and in large type.
 */
#define MIN_GUTTER_EM 0.45
#define MAX_SPACE_EM 3.0
#define MAX_DOUBTFUL_EM 6.0
#define MAX_BIG_SPACE_EM 1.7
/* From this size on type is judged as large. */
#define DECK_EM 1.28
/* In large type, gaps below this many ems of the row are no gutter, and gaps from the next on part all but
 * single characters; what differs more in height is not of one headline. */
#define MIN_BIG_GUTTER_EM 0.35
#define MAX_BIG_WORD_SPACE_EM 1.3
/* Kickers and subheads, below this size, have wider spaces. */
#define MIN_HEADLINE_EM 1.55
#define MAX_DECK_SPACE_EM 2.2
#define BIG_SIZE_RATIO 1.22
/* Punctuation in large type is lower than this. */
#define MARK_HEIGHT 0.5
/* Widest space in a caption. */
#define MAX_CAPTION_SPACE_EM 2.4
/* How far a white strip is followed, in ems of the body. */
#define STRIP_REACH_EM 30
/* How far beside a strip the rows end or begin that it parts. */
#define STRIP_SIDE_EM 2.6
/* The nearest of those rows is this near to the row with the gap, in its ems. */
#define NEAR_ROW_EM 4.0
#define NEAR_BIG_ROW_EM 2.5
/* With so many rows on both sides of it, in ems, white is a gutter whatever stands at its ends. */
#define SURE_ROWS 7
/* So many rows of which one side is flush, some of them near, make a gutter of a gap from this width on,
 * whatever the other side. */
#define FLUSH_EM 0.3
#define FLUSH_NEAR_EM 2.5
#define FLUSH_NEAR_ROWS 3
#define MIN_FLUSH_GAP_EM 0.7
/* A line that runs across the end of a strip is of its column if its size and its distance are those of the
 * rows. */
#define MAX_CROSSING_RATIO 1.3
#define MAX_CROSSING_GAP_EM 0.75
#define CROSSING_OVER_EM 0.05
/* No row stands so near beyond the end of a column. */
#define COLUMN_END_EM 1.2
/* How wide a gap is and how high and how well supported by rows on both sides the white strip in it must be.
 */
struct gutter_rule {
    double gap_em, height_em, rows;
};
static const struct gutter_rule GUTTER_RULES[] = {
    {0.8, 5.5, 3}, {1.3, 3.6, 2}, {2.0, 2.8, 1.8}, {99, 1.8, 0.9}};

/* Heights of rows that end left of the strip or begin right of it, in ems, other than the row itself. A side
 * counts for nothing if none of its rows is within `near` pixels of the row. */
static void support(const struct seg_gaps *c, struct bi_box strip, struct bi_box row, int near, double *left,
                    double *right)
{
    const double em = c->layout->em;
    const int side = (int)lround(STRIP_SIDE_EM * em), slack = (int)lround(0.15 * em) + 1;
    int l = 0, r = 0;
    bool near_left = false, near_right = false;
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct seg_fragment *f = &c->fragments->items[i];
        if (f->gone || f->glyphs < 2 || f->box.y + f->box.h / 4 < strip.y ||
            seg_bottom(f->box) - f->box.h / 4 > seg_bottom(strip) ||
            bi_box_overlap_y(f->box, row) > row.h / 3)
            continue;
        const int to_left = strip.x - seg_right(f->box), to_right = f->box.x - seg_right(strip);
        const bool close = seg_gap_y(f->box, row) <= near;
        if (to_left >= -slack && to_left <= side) {
            l += f->box.h;
            near_left = near_left || close;
        } else if (to_right >= -slack && to_right <= side) {
            r += f->box.h;
            near_right = near_right || close;
        }
    }
    /* A picture keeps to its column as well as lines do. */
    for (size_t i = 0; i < c->layout->picture_count; i++) {
        const struct bi_box p = c->layout->pictures[i];
        const int to_left = strip.x - seg_right(p), to_right = p.x - seg_right(strip);
        const bool close = seg_gap_y(p, row) <= near;
        if (to_left >= -slack && to_left <= side) {
            l += bi_box_overlap_y(p, strip);
            near_left = near_left || close;
        } else if (to_right >= -slack && to_right <= side) {
            r += bi_box_overlap_y(p, strip);
            near_right = near_right || close;
        }
    }
    *left = near_left ? l / em : 0;
    *right = near_right ? r / em : 0;
}

/* Heights, in ems, of the rows beside a strip that end where a ends or begin where b begins, whichever is
 * more. */
static double flush_rows(const struct seg_gaps *c, struct bi_box strip, const struct seg_fragment *a,
                         const struct seg_fragment *b)
{
    const int slack = (int)lround(FLUSH_EM * c->layout->em);
    const struct bi_box row = bi_box_union(a->box, b->box);
    int l = 0, r = 0, l_near = 0, r_near = 0;
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct seg_fragment *f = &c->fragments->items[i];
        if (f->gone || f->glyphs < 3 || bi_box_overlap_y(f->box, strip) < f->box.h / 2)
            continue;
        const bool near = seg_gap_y(f->box, row) <= FLUSH_NEAR_EM * c->layout->em;
        if (abs(seg_right(f->box) - seg_right(a->box)) <= slack) {
            l += f->box.h;
            l_near += near;
        }
        if (abs(f->box.x - b->box.x) <= slack) {
            r += f->box.h;
            r_near += near;
        }
    }
    l = l_near >= FLUSH_NEAR_ROWS ? l : 0;
    r = r_near >= FLUSH_NEAR_ROWS ? r : 0;
    return (l > r ? l : r) / c->layout->em;
}

/* True if a line of the same type runs across one end of the strip, as close as the next line of a column:
 * then the white is no gutter, but commas that happen to stand below each other in one column. */
static bool is_crossed(const struct seg_gaps *c, struct bi_box strip, double row_em)
{
    const double em = c->layout->em;
    const int over = (int)lround(CROSSING_OVER_EM * em);
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct seg_fragment *f = &c->fragments->items[i];
        if (f->gone || f->big || f->em > MAX_CROSSING_RATIO * row_em || row_em > MAX_CROSSING_RATIO * f->em ||
            f->box.x > strip.x - over || seg_right(f->box) < seg_right(strip) + over ||
            seg_gap_y(f->box, strip) > MAX_CROSSING_GAP_EM * em)
            continue;
        /* The row next to it must be as near as in running text. */
        for (size_t k = 0; k < c->fragments->count; k++) {
            const struct seg_fragment *next = &c->fragments->items[k];
            const int side = (int)lround(STRIP_SIDE_EM * em);
            if (k != i && !next->gone && seg_gap_y(next->box, f->box) <= MAX_CROSSING_GAP_EM * em &&
                bi_box_overlap_y(next->box, strip) > next->box.h / 2 && seg_gap_x(next->box, strip) <= side &&
                bi_box_overlap_x(next->box, f->box) > next->box.w / 2)
                return true;
        }
    }
    return false;
}

/* True if a row is the first or the last of its column, and the row next to it runs across the gap: then the
 * white that goes on beyond the column is another article's gutter, which happens to stand in line with a
 * space. */
static bool ends_column(const struct seg_gaps *c, struct bi_box row, int gap_left, int gap_right)
{
    const double em = c->layout->em;
    bool crossed[2] = {false, false}, near[2] = {false, false};
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct seg_fragment *f = &c->fragments->items[i];
        if (f->gone || bi_box_overlap_x(f->box, row) <= 0 || bi_box_overlap_y(f->box, row) > row.h / 3)
            continue;
        const bool below = seg_mid_y(f->box) > seg_mid_y(row);
        const int gap = seg_gap_y(f->box, row);
        near[below] = near[below] || gap <= COLUMN_END_EM * em;
        crossed[below] = crossed[below] || (!f->big && f->box.x < gap_left && seg_right(f->box) > gap_right &&
                                            gap <= MAX_CROSSING_GAP_EM * em);
    }
    return (crossed[0] && !near[1]) || (crossed[1] && !near[0]);
}

/* Judges a gap in a row of body type. */
static enum seg_gap judge_body(const struct seg_gaps *c, const struct seg_fragment *a,
                               const struct seg_fragment *b)
{
    const double em = c->layout->em, row_em = fmax(a->em, b->em);
    const int gap = b->box.x - seg_right(a->box);
    if (gap < MIN_GUTTER_EM * fmin(row_em, 1.2 * em))
        return SEG_GAP_SPACE;
    if (gap > MAX_DOUBTFUL_EM * row_em)
        return SEG_GAP_GUTTER;
    if (gap > MAX_SPACE_EM * row_em)
        return SEG_GAP_DOUBTFUL;
    const struct bi_box row = bi_box_union(a->box, b->box);
    const double width = fmax(0.3 * em, fmin(0.5 * em, gap - 0.1 * em));
    const struct bi_box strip = seg_cells_strip(&c->cells, seg_right(a->box), b->box.x, row.y,
                                                seg_bottom(row), width, (int)(STRIP_REACH_EM * em));
    if (bi_box_empty(strip))
        return SEG_GAP_SPACE;
    if (gap >= MIN_FLUSH_GAP_EM * em && strip.h >= SURE_ROWS * em && flush_rows(c, strip, a, b) >= SURE_ROWS)
        return SEG_GAP_GUTTER;
    double left, right;
    support(c, strip, row, (int)lround(NEAR_ROW_EM * row_em), &left, &right);
    const struct gutter_rule *rule = GUTTER_RULES;
    while (gap > rule->gap_em * fmax(em, row_em))
        rule++;
    /* One side may be a picture's or blank, so the other must tell the more. */
    const double less = fmin(left, right), more = fmax(left, right);
    if (strip.h < rule->height_em * em ||
        (less < rule->rows && (less < 0.5 * rule->rows || more < 3 * rule->rows)))
        return gap >= MIN_FLUSH_GAP_EM * em && seg_grid_has_gutter(c, a, b) && !is_crossed(c, strip, row_em)
                   ? SEG_GAP_GUTTER
                   : SEG_GAP_SPACE;
    if (less >= SURE_ROWS)
        return ends_column(c, row, seg_right(a->box), b->box.x) ? SEG_GAP_DOUBTFUL : SEG_GAP_GUTTER;
    return is_crossed(c, strip, row_em) ? SEG_GAP_SPACE : SEG_GAP_DOUBTFUL;
}

/* True if two pieces of large type are of different size, so that they are of different headlines. */
static bool differ_in_size(const struct seg_fragment *a, const struct seg_fragment *b)
{
    return a->glyphs >= 4 && b->glyphs >= 4 && fmax(a->em, b->em) > BIG_SIZE_RATIO * fmin(a->em, b->em);
}

/* True if the outermost piece of ink of a fragment, on its right or left, is a mark of punctuation: low for
 * its size, and then half of the gap beside it is its own white. */
static bool ends_in_mark(const struct seg_gaps *c, const struct seg_fragment *f, bool right)
{
    const double em = f->em;
    const int wide = (int)lround(0.3 * em);
    const struct bi_box edge = {right ? seg_right(f->box) - wide : f->box.x, f->box.y, wide, f->box.h};
    struct bi_box ink = {0, 0, 0, 0};
    for (size_t i = 0; i < c->layout->glyph_count; i++) {
        const struct bi_box g = c->layout->glyphs[i].box;
        if (!bi_box_empty(bi_box_intersection(g, edge)) && bi_box_inside(g, f->box, 0.9))
            ink = bi_box_union(ink, g);
    }
    return !bi_box_empty(ink) && ink.h < MARK_HEIGHT * em && ink.w < MARK_HEIGHT * em;
}

/* The same for large type, where punctuation and letterspacing make wide gaps by themselves. */
static bool is_big_gutter(const struct seg_gaps *c, const struct seg_fragment *a,
                          const struct seg_fragment *b)
{
    const double em = c->layout->em, row_em = fmax(a->em, b->em);
    const int gap = b->box.x - seg_right(a->box);
    if (gap > (row_em < MIN_HEADLINE_EM * em ? MAX_DECK_SPACE_EM : MAX_BIG_SPACE_EM) * row_em)
        return true;
    if (gap < MIN_BIG_GUTTER_EM * row_em || gap < 0.7 * em)
        return false;
    if (differ_in_size(a, b))
        return true;
    /* A row of single letterspaced characters has no gutter in it. */
    if (a->box.w < 1.3 * row_em && b->box.w < 1.3 * row_em)
        return false;
    if (seg_spaces_in_line(c, a, b))
        return false;
    if (gap > (row_em < MIN_HEADLINE_EM * em ? MAX_DECK_SPACE_EM : MAX_BIG_WORD_SPACE_EM) * row_em)
        return true;
    if (ends_in_mark(c, a, true) || ends_in_mark(c, b, false))
        return false;
    const struct bi_box row = bi_box_union(a->box, b->box);
    const struct bi_box strip = seg_cells_strip(&c->cells, seg_right(a->box), b->box.x, row.y,
                                                seg_bottom(row), 0.5 * em, (int)(STRIP_REACH_EM * em));
    if (bi_box_empty(strip) || strip.h < row.h + 4 * em)
        return false;
    double left, right;
    support(c, strip, row, (int)lround(NEAR_BIG_ROW_EM * row_em), &left, &right);
    return fmin(left, right) >= 2 && gap > 0.55 * row_em;
}

/* True if both are parts of one caption: a short row in the middle under a picture. */
static bool in_caption(const struct seg_gaps *c, const struct seg_fragment *a, const struct seg_fragment *b)
{
    const double em = c->layout->em;
    const struct bi_box pair = bi_box_union(a->box, b->box);
    if (b->box.x - seg_right(a->box) > MAX_CAPTION_SPACE_EM * em || fmax(a->em, b->em) > 1.2 * em)
        return false;
    for (size_t i = 0; i < c->layout->picture_count; i++) {
        const struct bi_box p = c->layout->pictures[i];
        const int below = pair.y - seg_bottom(p);
        if (below < -0.3 * em || below > em || pair.x < p.x || seg_right(pair) > seg_right(p))
            continue;
        struct bi_box row = pair;
        for (size_t k = 0; k < c->fragments->count; k++) {
            const struct seg_fragment *f = &c->fragments->items[k];
            if (!f->gone && bi_box_overlap_y(f->box, pair) > f->box.h / 2 && f->box.x >= p.x - (int)em &&
                seg_right(f->box) <= seg_right(p) + (int)em)
                row = bi_box_union(row, f->box);
        }
        const int left = row.x - p.x, right = seg_right(p) - seg_right(row);
        if (left >= 0.4 * em && right >= 0.4 * em && abs(left - right) <= 1.2 * em)
            return true;
    }
    return false;
}

static bool picture_between(const struct seg_layout *layout, struct bi_box a, struct bi_box b)
{
    const struct bi_box gap = {seg_right(a), a.y > b.y ? a.y : b.y, b.x - seg_right(a),
                               a.h < b.h ? a.h : b.h};
    for (size_t i = 0; gap.w > 0 && i < layout->picture_count; i++)
        if (!bi_box_empty(bi_box_intersection(gap, layout->pictures[i])))
            return true;
    return false;
}

enum seg_gap seg_gaps_judge(const struct seg_gaps *c, const struct seg_fragment *a,
                            const struct seg_fragment *b)
{
    /* A column rule may be drawn up to the picture over it, through the caption. */
    if (a->table > 0 || b->table > 0 || picture_between(c->layout, a->box, b->box) ||
        (seg_rules_between(c->layout, a->box, b->box, true) && !in_caption(c, a, b)) ||
        (a->reversed && seg_bands_at(c->layout, a->box) != seg_bands_at(c->layout, b->box)) ||
        seg_frame_of(c->layout, a->box) != seg_frame_of(c->layout, b->box))
        return SEG_GAP_GUTTER;
    const int band = a->reversed ? seg_bands_at(c->layout, a->box) : -1;
    if (band >= 0 && c->layout->bands[band].line)
        return b->box.x - seg_right(a->box) > MAX_SPACE_EM * fmax(a->em, b->em) ? SEG_GAP_GUTTER
                                                                                : SEG_GAP_SPACE;
    if (a->big || b->big || fmin(a->em, b->em) > DECK_EM * c->layout->em)
        return is_big_gutter(c, a, b) ? SEG_GAP_GUTTER : SEG_GAP_SPACE;
    return in_caption(c, a, b) ? SEG_GAP_SPACE : judge_body(c, a, b);
}
