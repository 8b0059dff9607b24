#include <stdlib.h>

#include "assign.h"
#include "flow.h"
#include "flow_view.h"

/* Scores, in rough units of "this alone would make me believe it". */
#define BELOW_SCORE 4.0
#define RIGHT_SCORE 2.5
#define IMAGE_BETWEEN 0.8
#define IMAGE_UNSUPPORTED 1.2
#define RULE_BETWEEN 2.0
#define EMPTY_COLUMN_BETWEEN 6.0
#define WIDE_GUTTER 2.0
#define RISES_ABOVE 1.0
#define OTHER_SIZE 1.5
#define OTHER_EDGES 0.8
#define SAME_TOP 1.5
#define OTHER_TOP 0.8
/* A headline set the other way stands between two columns, with text of its own at both sides. Less than what
 * makes it the headline of the second alone. */
#define ACROSS_HEAD 3.0
/* A picture's caption and the white round it. */
#define PICTURE_MARGIN_PITCHES 3.0
/* A rule over one of two columns of equal height begins something there. */
#define OWN_RULE 3.0
#define RULE_ABOVE_PITCHES 2.5
#define SAME_HEAD 1.5
#define OTHER_HEAD 4.0
#define OWN_HEAD 2.0
#define ABOVE_CLAIMS 1.0
/* A signature or 本报讯 at its head makes a block the first of its article. */
#define OPENING 2.5
/* What the characters at a break say, as log odds, against what the places say. */
#define CONTINUITY_WEIGHT 0.5
#define MIN_CONTINUITY (-1.0)
#define MAX_CONTINUITY 2.0

double st_flow_text_score(enum st_end end, enum st_start start)
{
    static const double table[4][3] = {
        /* start:              unknown indent flush */
        [ST_END_UNKNOWN] = {0.0, 0.0, -0.5},
        [ST_END_OPEN] = {0.0, -3.0, 2.0},
        [ST_END_FULL] = {0.0, 0.2, 0.3},
        [ST_END_SHORT] = {0.0, 0.0, -3.0},
    };
    return table[end][start];
}

/* How b's text goes on after a's: the ends of the lines, and where a sentence is broken, the words. */
static double text_score(const struct st_flow_view *view, const struct st_block *a, const struct st_block *b)
{
    double score = st_flow_text_score(a->end, b->start);
    if (a->end == ST_END_OPEN && b->start != ST_START_INDENT) {
        double goes_on = CONTINUITY_WEIGHT * st_continuity_score(view->continuity, a->closing, b->opening);
        score += goes_on < MIN_CONTINUITY   ? MIN_CONTINUITY
                 : goes_on > MAX_CONTINUITY ? MAX_CONTINUITY
                                            : goes_on;
    }
    return score;
}

static double edges_score(const struct st_block *a, const struct st_block *b)
{
    double left = abs(a->left - b->left) / a->em, right = abs(a->right - b->right) / a->em;
    return left < 1.0 && right < 1.0 ? 0.5 : left < 1.0 || right < 1.0 ? 0.0 : -OTHER_EDGES;
}

static double size_score(const struct st_block *a, const struct st_block *b)
{
    double ratio = a->em > b->em ? a->em / b->em : b->em / a->em;
    return ratio > 1.25 ? -2.0 * OTHER_SIZE : ratio > 1.12 ? -0.5 * OTHER_SIZE : 0;
}

double st_flow_below(const struct st_flow_view *view, size_t a, size_t b)
{
    const struct st_page *page = view->page;
    const struct st_block *x = &page->blocks[a], *y = &page->blocks[b];
    if (view->above[b] != (int)a)
        return ST_FORBIDDEN;
    struct bi_box strip = st_strip_between(st_column_box(x), st_column_box(y));
    if (st_block_in(page, strip, x->vertical, x, y))
        return ST_FORBIDDEN;
    double pitches = (y->flow.y - st_bottom_of(x->flow)) / page->pitch;
    bool image = st_image_in(page, strip, x->vertical);
    double score = BELOW_SCORE + edges_score(x, y) + size_score(x, y) + text_score(view, x, y);
    /* Past a picture another article may begin: only a broken sentence speaks against it. */
    if (image)
        score -= x->end == ST_END_OPEN && y->start == ST_START_FLUSH ? IMAGE_BETWEEN
                                                                     : IMAGE_BETWEEN + IMAGE_UNSUPPORTED;
    else if (pitches > 1.0)
        score -= ST_FLOW_PER_PITCH * (pitches - 1.0);
    if (st_rule_in(page, strip, x->vertical, true))
        score -= RULE_BETWEEN;
    if (y->opens)
        score -= OPENING;
    return score;
}

/* A rule stands right over b, as wide as it at least, and not over a: then b, as high as a, begins under it.
 */
static bool has_own_rule(const struct st_page *page, const struct st_block *a, const struct st_block *b)
{
    struct bi_box x = st_column_box(a), y = st_column_box(b);
    int reach = (int)(RULE_ABOVE_PITCHES * page->pitch), tops = y.y - x.y;
    if (tops > page->pitch || -tops > page->pitch)
        return false;
    for (size_t i = 0; i < page->rule_count; i++) {
        struct bi_box rule = st_flow_box(page, page->rules[i], b->vertical);
        int gap = y.y - st_bottom_of(rule);
        if (rule.w > 4 * rule.h && gap > 0 && gap < reach && bi_box_overlap_x(rule, y) > 0.8 * y.w &&
            bi_box_overlap_x(rule, x) < 0.3 * x.w)
            return true;
    }
    return false;
}

/* How well the tops of two neighbouring columns agree: of the column that starts with b, and of the one that
 * a ends, which may begin at a itself or with any of the blocks stacked above it. Sets *head to the headline
 * of that column. */
static double tops_score(const struct st_flow_view *view, size_t a, size_t b, int *head)
{
    const struct st_page *page = view->page;
    const struct st_block *y = &page->blocks[b];
    double best = -1e9;
    for (int t = (int)a; t >= 0; t = view->above[t]) {
        const struct st_block *x = &page->blocks[t];
        int top = x->flow.y;
        double tops = (y->flow.y - top) / page->pitch, score;
        if (tops > -1.2 && tops < 1.2) {
            score = SAME_TOP;
        } else {
            /* A picture heads one of the columns. */
            struct bi_box over = {y->flow.x, top, y->flow.w, y->flow.y - top};
            struct bi_box under = {x->flow.x, y->flow.y, x->flow.w, top - y->flow.y};
            bool explained =
                tops > 0 ? st_image_in(page, over, y->vertical) : st_image_in(page, under, y->vertical);
            score = explained ? -0.2 : -OTHER_TOP - 0.05 * (tops > 0 ? tops : -tops);
            if (!explained && tops < 0)
                score -= RISES_ABOVE; /* a column seldom begins above the one before it */
        }
        int own = view->above[t] < 0 ? x->head : -1;
        if (score > best || (score >= best && own >= 0)) {
            best = score;
            *head = own;
        }
    }
    return best;
}

/* Where the column that ends with a begins: above the pictures that stand on it. */
static int column_top(const struct st_flow_view *view, size_t a)
{
    const struct st_page *page = view->page;
    const struct st_block *first = &page->blocks[view->stack_top[a]];
    struct bi_box column = st_column_box(first);
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < page->image_count; i++) {
            struct bi_box image = st_flow_box(page, page->images[i], first->vertical);
            int gap = column.y - st_bottom_of(image);
            if (image.y < column.y && gap > -page->pitch && gap < PICTURE_MARGIN_PITCHES * page->pitch &&
                2 * bi_box_overlap_x(image, column) > column.w &&
                !st_head_in(page, st_strip_between(image, column), first->vertical, -1) &&
                !st_block_in(page, st_strip_between(image, column), first->vertical, NULL, NULL)) {
                column.y = image.y;
                again = true;
            }
        }
    }
    return column.y;
}

/* The headline set the other way that stands in a corridor between two columns, -1 if there is none. */
static int head_across(const struct st_page *page, struct bi_box corridor, bool vertical)
{
    for (size_t i = 0; i < page->head_count; i++)
        if (page->heads[i].vertical != vertical &&
            !bi_box_empty(bi_box_intersection(corridor, st_flow_box(page, page->heads[i].box, vertical))))
            return (int)i;
    return -1;
}

double st_flow_right(const struct st_flow_view *view, size_t a, size_t b)
{
    const struct st_page *page = view->page;
    const struct st_block *x = &page->blocks[a], *y = &page->blocks[b];
    struct bi_box left = st_column_box(x), right = st_column_box(y);
    int gap = right.x - st_right_of(left);
    if (gap < -1.0 * x->em || view->above[b] == (int)a)
        return ST_FORBIDDEN;
    /* The columns must face each other, stacks and the pictures above them included. */
    struct bi_box facing = {st_right_of(left), y->flow.y, gap > 0 ? gap : 0, y->flow.h};
    int top = page->blocks[view->stack_top[a]].flow.y, bottom = st_bottom_of(x->flow);
    if (y->flow.y > bottom + 2 * page->pitch && !st_image_in(page, facing, x->vertical))
        return ST_FORBIDDEN;
    if (st_bottom_of(y->flow) < column_top(view, a) - page->pitch)
        return ST_FORBIDDEN;
    struct bi_box corridor = {st_right_of(left), y->flow.y < top ? top : y->flow.y, gap, (int)page->pitch};
    const int head = gap > 0 ? head_across(page, corridor, x->vertical) : -1;
    if (gap > 0 &&
        (st_block_in(page, corridor, x->vertical, x, y) || st_head_in(page, corridor, x->vertical, head)))
        return ST_FORBIDDEN;
    if (head >= 0)
        gap -= st_flow_box(page, page->heads[head].box, x->vertical).w;
    double score = RIGHT_SCORE + text_score(view, x, y) + size_score(x, y);
    if (head >= 0)
        score -= ACROSS_HEAD;
    double width_ratio = (double)right.w / (left.w > 0 ? left.w : 1);
    score += width_ratio > 0.93 && width_ratio < 1.07 ? 0.5
             : width_ratio < 0.7 || width_ratio > 1.4 ? -1.0
                                                      : -0.2;
    bool image = gap > 0 && st_image_in(page, corridor, x->vertical);
    if (gap > 0.9 * left.w)
        score -= image ? 2 * IMAGE_BETWEEN : EMPTY_COLUMN_BETWEEN;
    else if (gap > 3.5 * x->em)
        score -= image ? IMAGE_BETWEEN : WIDE_GUTTER;
    if (gap > 2.2 * left.w)
        return ST_FORBIDDEN;
    int x_head = -1, y_head = view->above[b] < 0 ? y->head : -1;
    score += tops_score(view, a, b, &x_head);
    if (has_own_rule(page, &page->blocks[view->stack_top[a]], y))
        score -= OWN_RULE;
    if (view->above[b] >= 0)
        score -= ABOVE_CLAIMS; /* something in its own column has a claim */
    if (x_head >= 0 && y_head >= 0)
        score += x_head == y_head ? SAME_HEAD : -OTHER_HEAD;
    else if (y_head >= 0)
        score -= OWN_HEAD;
    if (y->opens)
        score -= OPENING;
    return score;
}
