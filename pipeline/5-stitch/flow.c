/* Which column follows which, and which headline each article has: one assignment problem a page.
 *
 * Every column (block) has at most one column before it and one after it; a headline stands before the first
 * column of its article. Each possible succession gets a score from where the two stand (directly below; top
 * of the next column to the right; beneath or beside the headline) and from what is printed (a sentence
 * broken here and resumed there, a paragraph's end followed by an indented line). The best set of successions
 * for the whole page is found at once, so that a column wanted by two is given to the one that the page as a
 * whole prefers. */
#include "flow.h"

#include <stdlib.h>
#include <string.h>

#include "assign.h"
#include "stitch.h"

/* Scores, in rough units of "this alone would make me believe it". */
#define BELOW_SCORE 4.0
/* Farther apart, two blocks of a column are two columns. */
#define MAX_GAP_PITCHES 2.6
#define TIGHT_GAP_PITCHES 1.2
#define RIGHT_SCORE 2.5
#define UNDER_HEAD_SCORE 3.5
#define BESIDE_HEAD_SCORE 2.6
#define FROM_BESIDE_HEAD 1.8
#define PER_PITCH 0.35
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

struct view {
    const struct st_page *page;
    const struct st_continuity *continuity;
    int *stack_top; /* of each block: the first block of its stack in the column */
    int *above;     /* the block directly above in the same column with nothing between but pictures; -1 */
};

static int right_of(struct bi_box box)
{
    return box.x + box.w;
}

static int bottom_of(struct bi_box box)
{
    return box.y + box.h;
}

static struct bi_box column_box(const struct st_block *block)
{
    return (struct bi_box){block->left, block->flow.y, block->right - block->left, block->flow.h};
}

static struct bi_box between_y(struct bi_box above, struct bi_box below)
{
    struct bi_box strip = {above.x > below.x ? above.x : below.x, bottom_of(above), 0,
                           below.y - bottom_of(above)};
    int right = right_of(above) < right_of(below) ? right_of(above) : right_of(below);
    strip.w = right > strip.x ? right - strip.x : 0;
    return strip.h > 0 ? strip : (struct bi_box){0};
}

static bool hits(struct bi_box strip, struct bi_box box, double margin)
{
    struct bi_box common = bi_box_intersection(strip, box);
    return common.w > margin && common.h > margin;
}

static bool image_in(const struct st_page *page, struct bi_box strip, bool vertical)
{
    for (size_t i = 0; i < page->image_count; i++)
        if (hits(strip, st_flow_box(page, page->images[i], vertical), 0.5 * page->em))
            return true;
    return false;
}

static bool head_in(const struct st_page *page, struct bi_box strip, bool vertical, int except)
{
    for (size_t i = 0; i < page->head_count; i++)
        if ((int)i != except && hits(strip, st_flow_box(page, page->heads[i].box, vertical), 0.3 * page->em))
            return true;
    return false;
}

static bool same_column(const struct st_block *a, const struct st_block *b)
{
    int overlap = bi_box_overlap_x(a->flow, b->flow);
    int narrow = a->flow.w < b->flow.w ? a->flow.w : b->flow.w;
    return a->vertical == b->vertical && a->frame == b->frame && 2 * overlap >= narrow;
}

static bool block_in(const struct st_page *page, struct bi_box strip, bool vertical, const struct st_block *a,
                     const struct st_block *b)
{
    for (size_t i = 0; i < page->block_count; i++) {
        const struct st_block *block = &page->blocks[i];
        bool own = a && b && same_column(block, a); /* a's own column may be a little wider than a */
        if (block != a && block != b && !own &&
            hits(strip, st_flow_box(page, block->box, vertical), 0.3 * page->em))
            return true;
    }
    return false;
}

static bool rule_in(const struct st_page *page, struct bi_box strip, bool vertical, bool across)
{
    for (size_t i = 0; i < page->rule_count; i++) {
        struct bi_box rule = st_flow_box(page, page->rules[i], vertical);
        bool lies = rule.w > rule.h;
        struct bi_box common = bi_box_intersection(strip, rule);
        if (lies == across && !bi_box_empty(common) &&
            (across ? 2 * common.w > strip.w : 2 * common.h > strip.h))
            return true;
    }
    return false;
}

/* How much of a strip's height pictures and their captions fill. */
static double filled_height(const struct st_page *page, struct bi_box strip, bool vertical)
{
    double filled = 0;
    for (size_t i = 0; i < page->image_count; i++) {
        struct bi_box common = bi_box_intersection(strip, st_flow_box(page, page->images[i], vertical));
        if (2 * common.w > strip.w)
            filled += common.h + 2.0 * page->pitch; /* caption and margin */
    }
    return filled;
}

/* ---- what stands above */

static int find_above(const struct st_page *page, size_t index)
{
    const struct st_block *block = &page->blocks[index];
    int best = -1;
    for (size_t i = 0; i < page->block_count; i++) {
        const struct st_block *other = &page->blocks[i];
        if (i == index || !same_column(other, block) || bottom_of(other->flow) > block->flow.y + block->em)
            continue;
        if (best < 0 || bottom_of(other->flow) > bottom_of(page->blocks[best].flow))
            best = (int)i;
    }
    if (best < 0)
        return -1;
    const struct st_block *above = &page->blocks[best];
    struct bi_box strip = between_y(column_box(above), column_box(block));
    if (head_in(page, strip, block->vertical, -1) || block->from || block->opens || above->to)
        return -1;
    /* White paper below a column is its end; a picture is not. */
    if (strip.h > MAX_GAP_PITCHES * page->pitch &&
        filled_height(page, strip, block->vertical) < 0.6 * strip.h)
        return -1;
    int left = abs(above->left - block->left), right = abs(above->right - block->right);
    bool aligned = left < block->em || right < block->em;
    return aligned || strip.h < TIGHT_GAP_PITCHES * page->pitch ? best : -1;
}

/* The headline above a block with nothing but pictures between. */
static int find_head(const struct st_page *page, const struct st_block *block)
{
    int best = -1;
    struct bi_box column = column_box(block), best_box = {0};
    for (size_t i = 0; i < page->head_count; i++) {
        const struct st_head *head = &page->heads[i];
        struct bi_box box = st_flow_box(page, head->box, block->vertical);
        if (head->vertical != block->vertical || head->frame != block->frame ||
            bottom_of(box) > block->flow.y + block->em || bi_box_overlap_x(box, column) < 0.3 * column.w)
            continue;
        if (best < 0 || bottom_of(box) > bottom_of(best_box)) {
            best = (int)i;
            best_box = box;
        }
    }
    if (best < 0 || block_in(page, between_y(best_box, column), block->vertical, block, NULL))
        return -1;
    return best;
}

static void look_above(struct view *view, struct bi_arena *arena, struct st_page *page)
{
    size_t n = page->block_count;
    view->page = page;
    view->above = bi_arena_array(arena, n + 1, sizeof *view->above);
    view->stack_top = bi_arena_array(arena, n + 1, sizeof *view->stack_top);
    for (size_t i = 0; i < n; i++)
        view->above[i] = find_above(page, i);
    for (size_t i = 0; i < n; i++) {
        int top = (int)i;
        for (size_t steps = 0; steps < n && view->above[top] >= 0; steps++)
            top = view->above[top];
        view->stack_top[i] = top;
    }
    for (size_t i = 0; i < n; i++)
        page->blocks[i].head = find_head(page, &page->blocks[view->stack_top[i]]);
}

/* ---- scores */

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
static double text_score(const struct view *view, const struct st_block *a, const struct st_block *b)
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

static double below_score(const struct view *view, size_t a, size_t b)
{
    const struct st_page *page = view->page;
    const struct st_block *x = &page->blocks[a], *y = &page->blocks[b];
    if (view->above[b] != (int)a)
        return ST_FORBIDDEN;
    struct bi_box strip = between_y(column_box(x), column_box(y));
    if (block_in(page, strip, x->vertical, x, y))
        return ST_FORBIDDEN;
    double pitches = (y->flow.y - bottom_of(x->flow)) / page->pitch;
    bool image = image_in(page, strip, x->vertical);
    double score = BELOW_SCORE + edges_score(x, y) + size_score(x, y) + text_score(view, x, y);
    /* Past a picture another article may begin: only a broken sentence speaks against it. */
    if (image)
        score -= x->end == ST_END_OPEN && y->start == ST_START_FLUSH ? IMAGE_BETWEEN
                                                                     : IMAGE_BETWEEN + IMAGE_UNSUPPORTED;
    else if (pitches > 1.0)
        score -= PER_PITCH * (pitches - 1.0);
    if (rule_in(page, strip, x->vertical, true))
        score -= RULE_BETWEEN;
    if (y->opens)
        score -= OPENING;
    return score;
}

/* A rule stands right over b, as wide as it at least, and not over a: then b, as high as a, begins under it.
 */
static bool has_own_rule(const struct st_page *page, const struct st_block *a, const struct st_block *b)
{
    struct bi_box x = column_box(a), y = column_box(b);
    int reach = (int)(RULE_ABOVE_PITCHES * page->pitch), tops = y.y - x.y;
    if (tops > page->pitch || -tops > page->pitch)
        return false;
    for (size_t i = 0; i < page->rule_count; i++) {
        struct bi_box rule = st_flow_box(page, page->rules[i], b->vertical);
        int gap = y.y - bottom_of(rule);
        if (rule.w > 4 * rule.h && gap > 0 && gap < reach && bi_box_overlap_x(rule, y) > 0.8 * y.w &&
            bi_box_overlap_x(rule, x) < 0.3 * x.w)
            return true;
    }
    return false;
}

/* How well the tops of two neighbouring columns agree: of the column that starts with b, and of the one that
 * a ends, which may begin at a itself or with any of the blocks stacked above it. Sets *head to the headline
 * of that column. */
static double tops_score(const struct view *view, size_t a, size_t b, int *head)
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
                tops > 0 ? image_in(page, over, y->vertical) : image_in(page, under, y->vertical);
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

static double right_score(const struct view *view, size_t a, size_t b)
{
    const struct st_page *page = view->page;
    const struct st_block *x = &page->blocks[a], *y = &page->blocks[b];
    struct bi_box left = column_box(x), right = column_box(y);
    int gap = right.x - right_of(left);
    if (gap < -1.0 * x->em || view->above[b] == (int)a)
        return ST_FORBIDDEN;
    /* The columns must face each other, stacks and the pictures above them included. */
    struct bi_box facing = {right_of(left), y->flow.y, gap > 0 ? gap : 0, y->flow.h};
    int top = page->blocks[view->stack_top[a]].flow.y, bottom = bottom_of(x->flow);
    if (y->flow.y > bottom + 2 * page->pitch && !image_in(page, facing, x->vertical))
        return ST_FORBIDDEN;
    if (bottom_of(y->flow) < top - page->pitch)
        return ST_FORBIDDEN;
    struct bi_box corridor = {right_of(left), y->flow.y < top ? top : y->flow.y, gap, (int)page->pitch};
    if (gap > 0 && (block_in(page, corridor, x->vertical, x, y) || head_in(page, corridor, x->vertical, -1)))
        return ST_FORBIDDEN;
    double score = RIGHT_SCORE + text_score(view, x, y) + size_score(x, y);
    double width_ratio = (double)right.w / (left.w > 0 ? left.w : 1);
    score += width_ratio > 0.93 && width_ratio < 1.07 ? 0.5
             : width_ratio < 0.7 || width_ratio > 1.4 ? -1.0
                                                      : -0.2;
    bool image = gap > 0 && image_in(page, corridor, x->vertical);
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

/* A block whose column stands left of this one, as high, with no headline of its own: that one would come
 * first. */
static bool has_left_neighbour(const struct view *view, size_t index, int head)
{
    const struct st_page *page = view->page;
    const struct st_block *block = &page->blocks[index];
    for (size_t i = 0; i < page->block_count; i++) {
        const struct st_block *other = &page->blocks[i];
        int gap = block->left - other->right;
        double tops = (other->flow.y - block->flow.y) / page->pitch;
        if (i != index && other->vertical == block->vertical && other->frame == block->frame &&
            gap > -other->em && gap < 3 * block->em && tops > -1.5 && tops < 1.5 && view->above[i] < 0 &&
            !other->from && page->blocks[i].head == head)
            return true;
    }
    return false;
}

static double start_score(const struct st_block *block)
{
    double score = block->start == ST_START_INDENT ? 1.0 : block->start == ST_START_FLUSH ? -2.0 : 0.0;
    if (block->opens)
        score += 1.0;
    if (block->from)
        score = 0.8; /* a continuation under its headline again */
    return score;
}

static double under_head_score(const struct view *view, size_t h, size_t b)
{
    const struct st_page *page = view->page;
    const struct st_head *head = &page->heads[h];
    const struct st_block *block = &page->blocks[b];
    if (head->frame != block->frame || view->above[b] >= 0 || (block->head >= 0 && block->head != (int)h))
        return ST_FORBIDDEN;
    struct bi_box box = st_flow_box(page, head->box, block->vertical), column = column_box(block);
    double pitches = (block->flow.y - bottom_of(box)) / page->pitch;
    if (pitches < -1.0)
        return ST_FORBIDDEN;
    struct bi_box strip = {box.x, bottom_of(box), box.w, block->flow.y - bottom_of(box)};
    double score = UNDER_HEAD_SCORE + start_score(block);
    bool image = strip.h > 0 && image_in(page, strip, block->vertical);
    if (pitches > 2.0)
        score -= (image ? 0.25 : 1.0) * PER_PITCH * (pitches - 2.0);
    if (block->head != (int)h) {
        /* A headline over the middle of its columns: the space up to it, beside it, must be empty. */
        struct bi_box beside = {column.x, box.y, column.w, block->flow.y - box.y};
        if (block_in(page, beside, block->vertical, block, NULL) ||
            head_in(page, beside, block->vertical, (int)h))
            return ST_FORBIDDEN;
        int gap = column.x > box.x ? column.x - right_of(box) : box.x - right_of(column);
        struct bi_box aside = {column.x > box.x ? right_of(box) : right_of(column), box.y, gap > 0 ? gap : 0,
                               bottom_of(box) - box.y};
        if (gap > 0 && (block_in(page, aside, block->vertical, block, NULL) ||
                        head_in(page, aside, block->vertical, (int)h)))
            return ST_FORBIDDEN;
        score -= 0.8 + (gap > 0 ? 0.4 * gap / (column.w > 0 ? column.w : 1) : 0);
    }
    if (has_left_neighbour(view, b, (int)h) || (block->head != (int)h && has_left_neighbour(view, b, -1)))
        score -= 1.5;
    return score;
}

static double beside_head_score(const struct view *view, size_t h, size_t b)
{
    const struct st_page *page = view->page;
    const struct st_head *head = &page->heads[h];
    const struct st_block *block = &page->blocks[b];
    if (head->frame != block->frame || view->above[b] >= 0 || block->head >= 0)
        return ST_FORBIDDEN;
    struct bi_box box = st_flow_box(page, head->box, block->vertical), column = column_box(block);
    /* The headline stands beside the text, or beside the picture that the column goes on beneath. */
    int reach = bi_box_overlap_y(box, column);
    double away = 0;
    if (reach <= 0) {
        int gap = column.y > box.y ? column.y - bottom_of(box) : box.y - bottom_of(column);
        away = gap / page->pitch;
        if (away > 40)
            return ST_FORBIDDEN;
    }
    int gap = column.x > box.x ? column.x - right_of(box) : box.x - right_of(column);
    double columns = gap > 0 ? (double)gap / (column.w > 0 ? column.w : 1) : 0;
    if (columns > 4)
        columns = 4; /* wide pictures may stand between */
    double score = BESIDE_HEAD_SCORE + start_score(block) - 0.25 * columns - 0.12 * away;
    if (block->from)
        score -= FROM_BESIDE_HEAD;
    struct bi_box corridor = {column.x > box.x ? right_of(box) : right_of(column), column.y,
                              gap > 0 ? gap : 0, (int)page->pitch};
    if (gap > 0 && head_in(page, corridor, block->vertical, -1))
        score -= 3.0;
    if (has_left_neighbour(view, b, -1))
        score -= 1.5;
    return score;
}

/* ---- the page as one problem */

static double succession(const struct view *view, size_t from, size_t to)
{
    const struct st_page *page = view->page;
    size_t blocks = page->block_count;
    if (from >= blocks) {
        size_t h = from - blocks;
        return page->heads[h].vertical == page->blocks[to].vertical ? under_head_score(view, h, to)
                                                                    : beside_head_score(view, h, to);
    }
    const struct st_block *a = &page->blocks[from], *b = &page->blocks[to];
    if (from == to || a->to || b->from || a->vertical != b->vertical || a->frame != b->frame)
        return ST_FORBIDDEN;
    double below = below_score(view, from, to), right = right_score(view, from, to);
    return below > right ? below : right;
}

/* A circle of successions is impossible: its weakest one is undone. */
static void break_circles(const double *gain, size_t columns, size_t rows, int *next)
{
    for (size_t start = 0; start < columns; start++) {
        size_t at = start, steps = 0, weakest = start;
        double least = 1e9;
        do {
            if (next[at] < 0)
                break;
            double g = gain[at * columns + (size_t)next[at]];
            if (g < least) {
                least = g;
                weakest = at;
            }
            at = (size_t)next[at];
        } while (at != start && ++steps <= rows);
        if (at == start && next[start] >= 0)
            next[weakest] = -1;
    }
}

void st_flow_solve(struct bi_arena *arena, const struct st_continuity *continuity, struct st_page *page,
                   int *next)
{
    size_t blocks = page->block_count, rows = blocks + page->head_count;
    struct view view = {.continuity = continuity};
    look_above(&view, arena, page);
    double *gain = bi_arena_array(arena, rows * blocks + 1, sizeof *gain);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < blocks; c++)
            gain[r * blocks + c] = succession(&view, r, c);
    st_assign(gain, rows, blocks, next);
    break_circles(gain, blocks, rows, next);
}
