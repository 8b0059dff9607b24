#include "rules.h"

#include <math.h>
#include <string.h>

#include "base/cleanup.h"
#include "dots.h"
#include "page/image.h"

/* Shortest run of ink that can be part of a rule, and shortest rule, in ems. */
#define MIN_RUN_EM 2.5
#define MIN_RULE_EM 5.0
/* Thickest rule. */
#define MAX_THICKNESS_EM 0.45
/* Gap that is closed before runs are looked for, so that a speck missing does not cut a hairline. */
#define CLOSED_GAP_PIXELS 2
/* Pieces of a rule this near to each other along it are one. */
#define MAX_BREAK_EM 0.5
/* Other ink this near to more than this share of a run's length (counted on both sides) shows it to be a
 * stroke. */
#define STROKE_REACH_EM 0.25
#define STROKE_INK_SHARE 0.12
/* Rules thicker than this are filled to this share. */
#define SOLID_FROM_EM 0.35
#define MIN_SOLID_FILL 0.88
/* Pieces of one rule are aside of one another by no more than this. */
#define MAX_DRIFT_PIXELS 2
/* Hairlines and dotted rules: thickness, length, breaks, share of the length that is drawn, pieces, and how
 * little ink there is beside them. */
#define HAIRLINE_EM 0.12
#define MIN_HAIRLINE_EM 6.0
#define HAIRLINE_BREAK_EM 1.0
#define HAIRLINE_SHARE 0.3
#define HAIRLINE_PIECES 4
#define HAIRLINE_CLEAR_EM 0.25
#define HAIRLINE_BESIDE 0.02
/* A hairline between two columns of which a picture leaves a few lines: higher than any character. */
#define MIN_STUB_EM 1.8
/* Past its ends a hairline goes on over blanks no longer than this, where there is nothing beside it. */
#define LENGTHEN_BLANK_EM 3.0
/* Corners of a frame may be open or rounded by this much; looked for first are such as meet, as frames in one
 * another may be nearer than that. */
#define CORNER_EM 0.9
#define SHARP_CORNER_EM 0.3
/* A side of a frame is drawn over this share of its length. */
#define SIDE_SHARE 0.8
/* Smallest frame. */
#define MIN_FRAME_EM 3.0
/* Lines of a double rule are no further apart. */
#define DOUBLE_EM 0.8

static int ems(const struct seg_layout *layout, double n)
{
    const int pixels = (int)lround(n * layout->em);
    return pixels > 1 ? pixels : 1;
}

/* Long thin runs in one direction, as an image. */
static PIX *runs(const struct seg_layout *layout, bool vertical)
{
    const int run = ems(layout, MIN_RUN_EM);
    const int gap = CLOSED_GAP_PIXELS + 1;
    BI_CLEANUP(bi_pix_destroyp)
    PIX *closed = pixCloseSafeBrick(NULL, layout->ink, vertical ? 1 : gap, vertical ? gap : 1);
    if (!closed)
        return NULL;
    PIX *opened = pixOpenBrick(NULL, closed, vertical ? 1 : run, vertical ? run : 1);
    if (!opened)
        return NULL;
    /* What is thick, such as pictures and dark bands, is taken out together with all that hangs on it in the
     * direction of the run. */
    const int thick = ems(layout, MAX_THICKNESS_EM) + 1;
    BI_CLEANUP(bi_pix_destroyp)
    PIX *core = pixOpenBrick(NULL, opened, vertical ? thick : run / 2, vertical ? run / 2 : thick);
    if (core) {
        BI_CLEANUP(bi_pix_destroyp)
        PIX *grown = pixDilateBrick(NULL, core, vertical ? 5 : 1, vertical ? 1 : 5);
        if (grown)
            pixSubtract(opened, opened, grown);
    }
    return opened;
}

static int compare_rules(const void *a, const void *b)
{
    const struct seg_rule *p = a, *q = b;
    if (p->vertical != q->vertical)
        return p->vertical ? 1 : -1;
    const int along_p = p->vertical ? p->box.y : p->box.x, along_q = q->vertical ? q->box.y : q->box.x;
    if (along_p != along_q)
        return along_p < along_q ? -1 : 1;
    const int across_p = p->vertical ? p->box.x : p->box.y, across_q = q->vertical ? q->box.x : q->box.y;
    return (across_p > across_q) - (across_p < across_q);
}

/* Sorts the rules, and joins pieces of one rule. */
static void join_pieces(struct seg_layout *layout)
{
    struct seg_rule *rules = layout->rules;
    const size_t count = layout->rule_count;
    if (count > 0)
        qsort(rules, count, sizeof *rules, compare_rules);
    const int reach = ems(layout, MAX_BREAK_EM);
    const int shift = MAX_DRIFT_PIXELS;
    for (size_t i = 0; i < count; i++) {
        if (bi_box_empty(rules[i].box))
            continue;
        for (size_t j = i + 1; j < count && rules[j].vertical == rules[i].vertical; j++) {
            struct bi_box a = rules[i].box, b = rules[j].box;
            if (bi_box_empty(b))
                continue;
            const int gap = rules[i].vertical ? b.y - seg_bottom(a) : b.x - seg_right(a);
            if (gap > reach)
                break;
            const int aside = rules[i].vertical ? seg_gap_x(a, b) : seg_gap_y(a, b);
            if (aside <= shift) {
                const struct bi_box whole = bi_box_union(a, b);
                if ((rules[i].vertical ? whole.w : whole.h) <= ems(layout, MAX_THICKNESS_EM) + shift) {
                    rules[i].box = whole;
                    rules[j].box.w = 0;
                }
            }
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!bi_box_empty(rules[i].box))
            rules[kept++] = rules[i];
    layout->rule_count = kept;
}

static void collect(struct seg_layout *layout, PIX *pix, bool vertical)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(pix);
    const int thick = ems(layout, MAX_THICKNESS_EM);
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        const struct bi_box box = seg_box_at(boxes, i);
        const int length = vertical ? box.h : box.w, across = vertical ? box.w : box.h;
        if (across > thick || length < ems(layout, MIN_RUN_EM))
            continue;
        *seg_add_rule(layout) = (struct seg_rule){.box = box, .vertical = vertical};
    }
}

/* A stroke of a character has other ink of the character close beside it; a rule stands alone. `rest` is the
 * ink that is in no run. */
static bool is_stroke(const struct seg_layout *layout, const struct seg_rule *rule, PIX *rest)
{
    const struct bi_box b = rule->box;
    const int near = ems(layout, STROKE_REACH_EM), off = 2;
    /* A stack of small bold characters is no wider than a thick rule, but less solid. */
    if ((rule->vertical ? b.w : b.h) > SOLID_FROM_EM * layout->em &&
        seg_ink_in(layout->ink, b) < MIN_SOLID_FILL * (double)bi_box_area(b))
        return true;
    const struct bi_box sides[2] = {rule->vertical ? (struct bi_box){b.x - near - off, b.y, near, b.h}
                                                   : (struct bi_box){b.x, b.y - near - off, b.w, near},
                                    rule->vertical ? (struct bi_box){seg_right(b) + off, b.y, near, b.h}
                                                   : (struct bi_box){b.x, seg_bottom(b) + off, b.w, near}};
    const int ink = seg_ink_in(rest, sides[0]) + seg_ink_in(rest, sides[1]);
    return ink > STROKE_INK_SHARE * near * (rule->vertical ? b.h : b.w);
}

static int compare_across(const void *a, const void *b)
{
    const struct seg_rule *p = a, *q = b;
    const int across_p = p->vertical ? p->box.x : p->box.y, across_q = q->vertical ? q->box.x : q->box.y;
    if (across_p != across_q)
        return across_p < across_q ? -1 : 1;
    const int along_p = p->vertical ? p->box.y : p->box.x, along_q = q->vertical ? q->box.y : q->box.x;
    return (along_p > along_q) - (along_p < along_q);
}

/* Thin pieces of ink of one direction, sorted across it; returns how many. The array is freed by the caller.
 */
static int thin_pieces(const struct seg_layout *layout, BOXA *boxes, bool vertical, struct seg_rule **pieces)
{
    const int n = boxes ? boxaGetCount(boxes) : 0;
    int count = 0;
    *pieces = bi_xcalloc((size_t)n + 1, sizeof **pieces);
    for (int i = 0; i < n; i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        const int across = vertical ? b.w : b.h, along = vertical ? b.h : b.w;
        if (across <= ems(layout, HAIRLINE_EM) + 1 && along <= ems(layout, MIN_RULE_EM))
            (*pieces)[count++] = (struct seg_rule){.box = b, .vertical = vertical};
    }
    if (count > 1)
        qsort(*pieces, (size_t)count, sizeof **pieces, compare_across);
    return count;
}

/* Rules of dots, and hairlines of which a pale scan has left no more than dashes: thin pieces of ink in a
 * row, with nothing beside them. `ink` is the ink without the rules found so far. */
static void add_hairlines(struct seg_layout *layout, PIX *ink)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(ink);
    const int reach = ems(layout, HAIRLINE_BREAK_EM), near = ems(layout, HAIRLINE_CLEAR_EM);
    for (int vertical = 0; vertical < 2; vertical++) {
        BI_CLEANUP(bi_freep) struct seg_rule *pieces = NULL;
        const int count = thin_pieces(layout, boxes, vertical, &pieces);
        for (int i = 0; i < count; i++) {
            struct bi_box whole = pieces[i].box;
            if (bi_box_empty(whole))
                continue;
            int drawn_length = vertical ? whole.h : whole.w, members = 1;
            for (bool again = true; again;) {
                again = false;
                for (int k = i + 1; k < count; k++) {
                    const struct bi_box b = pieces[k].box;
                    if ((vertical ? b.x - pieces[i].box.x : b.y - pieces[i].box.y) > MAX_DRIFT_PIXELS)
                        break;
                    const int gap = vertical ? seg_gap_y(b, whole) : seg_gap_x(b, whole);
                    if (bi_box_empty(b) || gap > reach)
                        continue;
                    whole = bi_box_union(whole, b);
                    drawn_length += vertical ? b.h : b.w;
                    members++;
                    pieces[k].box.w = 0;
                    again = true;
                }
            }
            const int length = vertical ? whole.h : whole.w;
            if (members < HAIRLINE_PIECES || length < ems(layout, MIN_HAIRLINE_EM) ||
                drawn_length < HAIRLINE_SHARE * length)
                continue;
            const struct bi_box around =
                vertical ? seg_box_grow(layout, whole, near, 0) : seg_box_grow(layout, whole, 0, near);
            const int beside = seg_ink_in(ink, around) - seg_ink_in(ink, seg_box_grow(layout, whole, 1, 1));
            if (beside <= HAIRLINE_BESIDE * 2 * near * length)
                *seg_add_rule(layout) = (struct seg_rule){.box = whole, .vertical = vertical};
        }
    }
}

/* Rules between columns that are lower than others, as over or under a picture: single upright pieces of ink,
 * thin, straight and higher than a character of the text, with nothing beside them. Left in, they would be
 * taken for large type. */
static void add_stubs(struct seg_layout *layout, PIX *ink)
{
    BI_CLEANUP(boxaDestroy) BOXA *boxes = seg_components(ink);
    const int near = ems(layout, HAIRLINE_CLEAR_EM), thin = ems(layout, HAIRLINE_EM) + 1;
    for (int i = 0; boxes && i < boxaGetCount(boxes); i++) {
        const struct bi_box b = seg_box_at(boxes, i);
        if (b.w > thin || b.h < MIN_STUB_EM * layout->em || b.h >= MIN_RULE_EM * layout->em)
            continue;
        const int beside = seg_ink_in(ink, seg_box_grow(layout, b, near, 0)) - seg_ink_in(ink, b);
        if (beside <= HAIRLINE_BESIDE * 2 * near * b.h)
            *seg_add_rule(layout) = (struct seg_rule){.box = b, .vertical = true};
    }
}

static void drop_strokes(struct seg_layout *layout, PIX *rest)
{
    size_t kept = 0;
    for (size_t i = 0; i < layout->rule_count; i++) {
        const struct seg_rule rule = layout->rules[i];
        const int length = rule.vertical ? rule.box.h : rule.box.w;
        if (length >= ems(layout, MIN_RULE_EM) && !is_stroke(layout, &rule, rest))
            layout->rules[kept++] = rule;
    }
    layout->rule_count = kept;
}

/* Black out of the text what the rules cover. */
static void erase(struct seg_layout *layout)
{
    for (size_t i = 0; i < layout->rule_count; i++) {
        const struct bi_box box = seg_box_grow(layout, layout->rules[i].box, 2, 2);
        BI_CLEANUP(boxDestroy) BOX *area = boxCreate(box.x, box.y, box.w, box.h);
        pixClearInRect(layout->text, area);
    }
}

/* How much of the way from `from` to `to` at `at` is drawn by rules of one direction; marks them if mark. */
static int drawn(struct seg_layout *layout, bool vertical, int at, int from, int to, bool mark)
{
    const int reach = ems(layout, CORNER_EM) / 2 + 2;
    int sum = 0;
    for (size_t i = 0; i < layout->rule_count; i++) {
        struct seg_rule *rule = &layout->rules[i];
        if (rule->vertical != vertical)
            continue;
        const double mid = vertical ? seg_mid_x(rule->box) : seg_mid_y(rule->box);
        const int start = vertical ? rule->box.y : rule->box.x;
        const int end = start + (vertical ? rule->box.h : rule->box.w);
        if (fabs(mid - at) > reach)
            continue;
        const int low = start > from ? start : from, high = end < to ? end : to;
        if (high > low) {
            sum += high - low;
            if (mark)
                rule->of_frame = true;
        }
    }
    return sum;
}

void seg_rules_add_frame(struct seg_layout *layout, struct bi_box box)
{
    const int near = ems(layout, DOUBLE_EM);
    for (size_t i = 0; i < layout->frame_count; i++) {
        struct bi_box *old = &layout->frames[i].box;
        const struct bi_box all = bi_box_union(*old, box), common = bi_box_intersection(*old, box);
        if (!bi_box_empty(common) && all.w - common.w <= 2 * near && all.h - common.h <= 2 * near) {
            *old = all;
            return;
        }
    }
    seg_add_frame(layout)->box = box;
}

/* The nearest horizontal rule below one that ends where it ends, but for a corner's size, beyond a double
 * rule's other line; -1 if none. */
static int facing(const struct seg_layout *layout, size_t top, int corner)
{
    const struct bi_box upper = layout->rules[top].box;
    int best = -1;
    for (size_t i = 0; i < layout->rule_count; i++) {
        const struct bi_box low = layout->rules[i].box;
        if (!layout->rules[i].vertical && low.y - upper.y > ems(layout, DOUBLE_EM) &&
            abs(low.x - upper.x) <= corner && abs(seg_right(low) - seg_right(upper)) <= corner &&
            (best < 0 || low.y < layout->rules[best].box.y))
            best = (int)i;
    }
    return best;
}

/* Makes a frame of two horizontal rules if rules join their ends. */
static bool close_frame(struct seg_layout *layout, size_t above, int below)
{
    const struct bi_box top = layout->rules[above].box, low = layout->rules[below].box;
    const int height = low.y - top.y;
    const int left = (top.x + low.x) / 2, right = (seg_right(top) + seg_right(low)) / 2;
    const int from = (int)seg_mid_y(top), to = (int)seg_mid_y(low);
    if (height < ems(layout, MIN_FRAME_EM) ||
        drawn(layout, true, left, from, to, false) < SIDE_SHARE * height ||
        drawn(layout, true, right, from, to, false) < SIDE_SHARE * height)
        return false;
    drawn(layout, true, left, from, to, true);
    drawn(layout, true, right, from, to, true);
    layout->rules[above].of_frame = layout->rules[below].of_frame = true;
    seg_rules_add_frame(layout, bi_box_union(top, low));
    return true;
}

void seg_rules_frames(struct seg_layout *layout)
{
    const int corners[2] = {ems(layout, SHARP_CORNER_EM), ems(layout, CORNER_EM)};
    for (size_t i = 0; i < layout->rule_count; i++) {
        bool closed = layout->rules[i].vertical;
        for (int k = 0; k < 2 && !closed; k++) {
            const int below = facing(layout, i, corners[k]);
            closed = below >= 0 && close_frame(layout, i, below);
        }
    }
}

int seg_rules_find(struct seg_layout *layout, struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *rest = pixCopy(NULL, layout->ink);
    for (int vertical = 0; vertical < 2; vertical++) {
        BI_CLEANUP(bi_pix_destroyp) PIX *pix = runs(layout, vertical);
        if (!pix || !rest)
            return bi_error_set(err, BI_EXIT_INTERNAL, "not enough memory for the page");
        collect(layout, pix, vertical);
        /* Only what is long enough for a rule by itself is left out of what shows a stroke. */
        const int length = ems(layout, MIN_RULE_EM);
        BI_CLEANUP(bi_pix_destroyp)
        PIX *lasting = pixOpenBrick(NULL, pix, vertical ? 1 : length, vertical ? length : 1);
        pixSubtract(rest, rest, lasting ? lasting : pix);
    }
    join_pieces(layout);
    drop_strokes(layout, rest);
    pixDestroy(&layout->text);
    layout->text = pixCopy(NULL, layout->ink);
    if (!layout->text)
        return bi_error_set(err, BI_EXIT_INTERNAL, "not enough memory for the page");
    erase(layout);
    add_hairlines(layout, layout->text);
    add_stubs(layout, layout->text);
    seg_dots_find(layout);
    erase(layout);
    seg_rules_frames(layout);
    return 0;
}

static bool meets_picture(const struct seg_layout *layout, struct bi_box box)
{
    for (size_t i = 0; i < layout->picture_count; i++)
        if (!bi_box_empty(bi_box_intersection(box, seg_box_grow(layout, layout->pictures[i], 2, 2))))
            return true;
    return false;
}

/* Moves one end of a hairline outwards, an em at a time, over the dashes that are left of it. */
static void lengthen_end(const struct seg_layout *layout, PIX *ink, struct seg_rule *rule, bool forward)
{
    const int step = ems(layout, 1.0), near = ems(layout, HAIRLINE_CLEAR_EM);
    const int page = rule->vertical ? pixGetHeight(ink) : pixGetWidth(ink);
    int blank = 0;
    for (int at = rule->vertical ? (forward ? seg_bottom(rule->box) : rule->box.y - step)
                                 : (forward ? seg_right(rule->box) : rule->box.x - step);
         at >= 0 && at + step <= page && blank <= LENGTHEN_BLANK_EM * step; at += forward ? step : -step) {
        struct bi_box piece = rule->box;
        *(rule->vertical ? &piece.y : &piece.x) = at;
        *(rule->vertical ? &piece.h : &piece.w) = step;
        const struct bi_box core = rule->vertical ? seg_box_grow(layout, piece, 1, 0)
                                                  : seg_box_grow(layout, piece, 0, 1),
                            around = rule->vertical ? seg_box_grow(layout, piece, near, 0)
                                                    : seg_box_grow(layout, piece, 0, near);
        const int drawn = seg_ink_in(ink, core);
        if (meets_picture(layout, piece) ||
            seg_ink_in(ink, around) - drawn > HAIRLINE_BESIDE * 2 * near * step)
            return;
        blank = drawn ? 0 : blank + step;
        if (drawn)
            rule->box = bi_box_union(rule->box, piece);
    }
}

void seg_rules_lengthen(struct seg_layout *layout)
{
    for (size_t i = 0; i < layout->rule_count; i++) {
        struct seg_rule *rule = &layout->rules[i];
        if ((rule->vertical ? rule->box.w : rule->box.h) > ems(layout, HAIRLINE_EM) + 1 ||
            meets_picture(layout, rule->box))
            continue;
        lengthen_end(layout, layout->text, rule, true);
        lengthen_end(layout, layout->text, rule, false);
    }
    join_pieces(layout);
    erase(layout);
}

bool seg_rules_between(const struct seg_layout *layout, struct bi_box a, struct bi_box b, bool vertical)
{
    const int low = vertical ? (a.y > b.y ? a.y : b.y) : (a.x > b.x ? a.x : b.x);
    const int high_a = vertical ? seg_bottom(a) : seg_right(a),
              high_b = vertical ? seg_bottom(b) : seg_right(b);
    const int high = high_a < high_b ? high_a : high_b;
    const double mid_a = vertical ? seg_mid_x(a) : seg_mid_y(a),
                 mid_b = vertical ? seg_mid_x(b) : seg_mid_y(b);
    for (size_t i = 0; i < layout->rule_count; i++) {
        const struct seg_rule *rule = &layout->rules[i];
        if (rule->vertical != vertical)
            continue;
        const double at = vertical ? seg_mid_x(rule->box) : seg_mid_y(rule->box);
        if ((at - mid_a) * (at - mid_b) >= 0)
            continue;
        const int start = vertical ? rule->box.y : rule->box.x;
        const int end = start + (vertical ? rule->box.h : rule->box.w);
        const int common = (end < high ? end : high) - (start > low ? start : low);
        if (2 * common >= high - low)
            return true;
    }
    return false;
}
