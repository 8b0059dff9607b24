#include "uprights.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "glyphs.h"
#include "page/image.h"
#include "rules.h"

/* White strips beside a column: so wide and so long, in ems of the body. */
#define WHITE_EM 0.25
#define WHITE_LENGTH_EM 4.0
/* Widest column, narrowest one of large type and least height of its rows, and narrowest one of smaller type
 * beside it. */
#define MAX_COLUMN_EM 9.0
#define MIN_LARGE_EM 1.45
#define MIN_LARGE_ROW_EM 1.15
#define MIN_COLUMN_EM 0.7
/* Of glyphs under one another: how far the middles of their columns are apart, how much one is wider than the
 * other, and what is between them, in the wider one. */
#define MAX_SHIFT 0.25
#define MAX_WIDER 1.35
#define MAX_SPACE 1.45
/* Rows of a set no further apart, in its width and in ems of the body (lines of text are further from each
 * other), and no higher together, in its width, are of one character. */
#define PART_GAP 0.15
#define PART_GAP_EM 0.25
#define MAX_CHARACTER 1.12
/* A line is so long, and the middle one of its rows so high, in its width. */
#define MIN_LENGTH 2.5
#define MIN_CHARACTERS 3
#define MIN_ROW 0.62
/* Smaller type beside a line: white between, and how far it is above and below it, in ems of the body; its
 * characters are nearer to each other, in its width, than rows of text are. */
#define MAX_ASIDE_EM 1.5
#define MAX_OUTSIDE_EM 1.0
#define MAX_ASIDE_GAP 0.35
/* Characters of the same size, as a share, are looked for this far beside a set, in its width. */
#define SAME_SIZE 0.7
#define BESIDE 0.9
#define INK_SHARE_OF_EM 0.94

/* Glyphs of one column under one another. */
struct set {
    struct bi_box box; /* round the glyphs */
    int first;         /* the topmost glyph; others by next[] */
    int last;
    double width; /* of the column */
    double row;   /* usual height of its rows, … */
    double gap;   /* … and white between them, as found by is_upright */
};

struct uprights {
    struct seg_layout *layout;
    PIX *strips;
    int *left, *right; /* column of every glyph; right is 0 where there is none */
    int *next;         /* glyph that follows in the set, -1 at the end */
    struct set *sets;
    int count;
};

/* The long white strips of the page between the boxes of its glyphs and rules. */
static PIX *find_strips(const struct seg_layout *layout)
{
    const int length = (int)lround(WHITE_LENGTH_EM * layout->em), wide = (int)ceil(WHITE_EM * layout->em);
    BI_CLEANUP(bi_pix_destroyp) PIX *white = pixCreate(layout->width, layout->height, 1);
    if (!white)
        return NULL;
    pixSetAll(white);
    for (size_t i = 0; i < layout->glyph_count; i++) {
        const struct bi_box b = layout->glyphs[i].box;
        pixRasterop(white, b.x, b.y, b.w, b.h, PIX_CLR, NULL, 0, 0);
    }
    PIX *strips = pixOpenCompBrick(NULL, white, 1, length);
    if (strips)
        pixOpenBrick(strips, strips, wide, 1);
    return strips;
}

/* The column that a glyph stands in: from the nearest strip at its left to that at its right. */
static void find_column(const struct uprights *u, int glyph)
{
    const struct bi_box b = u->layout->glyphs[glyph].box;
    const int y = (int)seg_mid_y(b), most = (int)lround(MAX_COLUMN_EM * u->layout->em);
    const l_uint32 *row = pixGetData(u->strips) + (size_t)y * (size_t)pixGetWpl(u->strips);
    int left = (int)seg_mid_x(b), right = left;
    while (left > 0 && right - left <= most && !GET_DATA_BIT(row, left - 1))
        left--;
    while (right < u->layout->width && right - left <= most && !GET_DATA_BIT(row, right))
        right++;
    u->left[glyph] = left;
    u->right[glyph] = right - left <= most && right - left >= MIN_COLUMN_EM * u->layout->em ? right : 0;
}

/* True if a glyph goes on with a set. */
static bool goes_on(const struct uprights *u, const struct set *set, int glyph)
{
    const struct bi_box b = u->layout->glyphs[glyph].box;
    const double width = u->right[glyph] - u->left[glyph], wider = fmax(width, set->width),
                 narrower = fmin(width, set->width);
    return b.y - seg_bottom(set->box) <= MAX_SPACE * narrower && wider <= MAX_WIDER * narrower &&
           fabs((u->left[glyph] + u->right[glyph]) / 2.0 - seg_mid_x(set->box)) <= MAX_SHIFT * wider;
}

static int compare_top(const void *a, const void *b, void *context)
{
    const struct seg_layout *layout = context;
    const struct bi_box p = layout->glyphs[*(const int *)a].box, q = layout->glyphs[*(const int *)b].box;
    if (p.y != q.y)
        return p.y < q.y ? -1 : 1;
    return *(const int *)a - *(const int *)b;
}

/* Gathers the glyphs that have a column to sets, from the top of the page down. */
static void gather(struct uprights *u)
{
    const struct seg_layout *layout = u->layout;
    BI_CLEANUP(bi_freep) int *sorted = bi_xcalloc(layout->glyph_count + 1, sizeof *sorted);
    int n = 0;
    for (size_t i = 0; i < layout->glyph_count; i++)
        if (u->right[i] > 0)
            sorted[n++] = (int)i;
    if (n > 1)
        qsort_r(sorted, (size_t)n, sizeof *sorted, compare_top, u->layout);
    for (int k = 0, open = 0; k < n; k++) {
        const int glyph = sorted[k];
        const struct bi_box b = layout->glyphs[glyph].box;
        /* Sets that ended too far above are done with. */
        while (open < u->count &&
               b.y - seg_bottom(u->sets[open].box) > MAX_SPACE * MAX_COLUMN_EM * layout->em)
            open++;
        int best = -1;
        for (int s = open; s < u->count; s++)
            if (goes_on(u, &u->sets[s], glyph) &&
                (best < 0 || seg_bottom(u->sets[s].box) > seg_bottom(u->sets[best].box)))
                best = s;
        u->next[glyph] = -1;
        if (best < 0) {
            u->sets[u->count++] = (struct set){
                .box = b, .first = glyph, .last = glyph, .width = u->right[glyph] - u->left[glyph]};
            continue;
        }
        struct set *set = &u->sets[best];
        u->next[set->last] = glyph;
        set->last = glyph;
        set->box = bi_box_union(set->box, b);
        set->width = fmax(set->width, u->right[glyph] - u->left[glyph]);
    }
}

static int compare_int(const void *a, const void *b)
{
    return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
}

/* True if the rows of a set are characters; notes their usual height and the gap between them. */
static bool is_upright(const struct uprights *u, struct set *set)
{
    const double size = set->box.w, part_gap = fmin(PART_GAP * size, PART_GAP_EM * u->layout->em);
    if (set->box.h < MIN_LENGTH * size)
        return false;
    BI_CLEANUP(bi_freep) int *tops = bi_xcalloc((size_t)set->box.h + 2, sizeof *tops);
    BI_CLEANUP(bi_freep) int *heights = bi_xcalloc((size_t)set->box.h + 2, sizeof *heights);
    BI_CLEANUP(bi_freep) int *gaps = bi_xcalloc((size_t)set->box.h + 2, sizeof *gaps);
    /* Rows that glyphs cover, from the top; they are sorted by their tops. */
    int rows = 0;
    for (int i = set->first; i >= 0; i = u->next[i]) {
        const struct bi_box b = u->layout->glyphs[i].box;
        if (rows > 0 && b.y <= tops[rows - 1] + heights[rows - 1]) {
            const int h = seg_bottom(b) - tops[rows - 1];
            heights[rows - 1] = h > heights[rows - 1] ? h : heights[rows - 1];
        } else {
            tops[rows] = b.y;
            heights[rows++] = b.h;
        }
    }
    int count = 0;
    for (int r = 0; r < rows; r++) {
        const int foot = count > 0 ? tops[count - 1] + heights[count - 1] : 0;
        if (count > 0 && tops[r] - foot <= part_gap &&
            tops[r] + heights[r] - tops[count - 1] <= MAX_CHARACTER * size) {
            heights[count - 1] = tops[r] + heights[r] - tops[count - 1];
            continue;
        }
        if (count > 0)
            gaps[count - 1] = tops[r] - foot;
        tops[count] = tops[r];
        heights[count++] = heights[r];
    }
    if (count < MIN_CHARACTERS)
        return false;
    qsort(heights, (size_t)count, sizeof *heights, compare_int);
    qsort(gaps, (size_t)count - 1, sizeof *gaps, compare_int);
    set->row = heights[count / 2];
    set->gap = gaps[(count - 1) / 2];
    return set->row >= MIN_ROW * size && set->row <= 2 * MAX_CHARACTER * size;
}

/* True if characters of a set's size stand beside it, nearer than its rows are to each other. */
static bool has_neighbours(const struct uprights *u, const struct set *set)
{
    const int reach = (int)lround(fmin(BESIDE * set->box.w, set->gap));
    const struct bi_box around = {set->box.x - reach, set->box.y, set->box.w + 2 * reach, set->box.h};
    for (size_t i = 0; i < u->layout->glyph_count; i++) {
        const struct bi_box b = u->layout->glyphs[i].box;
        if (!bi_box_empty(bi_box_intersection(b, around)) && !bi_box_inside(b, set->box, 0.5) &&
            b.h >= SAME_SIZE * set->box.w)
            return true;
    }
    return false;
}

static bool crossed_by_rule(const struct seg_layout *layout, struct bi_box box)
{
    for (size_t i = 0; i < layout->rule_count; i++) {
        const struct bi_box rule = layout->rules[i].box;
        if (!layout->rules[i].vertical && bi_box_overlap_x(rule, box) > box.w / 2 &&
            seg_mid_y(rule) > box.y && seg_mid_y(rule) < seg_bottom(box))
            return true;
    }
    return false;
}

/* Takes in the foot of the last character, or a mark, that is too narrow to stand in the column by itself:
 * what follows as close as parts of one character do. */
static void add_foot(const struct uprights *u, struct set *set)
{
    const double gap = fmin(PART_GAP * set->box.w, PART_GAP_EM * u->layout->em);
    const int foot = seg_bottom(set->box), x = set->box.x, right = seg_right(set->box);
    for (size_t i = 0; i < u->layout->glyph_count; i++) {
        const struct seg_glyph *glyph = &u->layout->glyphs[i];
        const struct bi_box b = glyph->box;
        if (!glyph->reversed && glyph->column < 0 && b.x >= x && seg_right(b) <= right && b.y > foot &&
            b.y - foot <= gap && b.h <= set->box.w)
            set->box = bi_box_union(set->box, b);
    }
}

static void make_line(struct uprights *u, struct set *set)
{
    struct seg_layout *layout = u->layout;
    add_foot(u, set);
    struct seg_line *line = seg_add_line(layout);
    line->box = set->box;
    line->vertical = true;
    line->em = set->box.w / INK_SHARE_OF_EM;
    for (size_t i = 0; i < layout->glyph_count; i++)
        if (bi_box_inside(layout->glyphs[i].box, set->box, 0.6) && !layout->glyphs[i].reversed)
            layout->glyphs[i].column = (int)layout->line_count - 1;
}

/* True if a set of smaller type stands close beside a line of large type, within its height. */
static bool is_aside(const struct uprights *u, const struct set *set, const struct seg_line *line)
{
    const double em = u->layout->em;
    return seg_gap_x(set->box, line->box) >= 0 && seg_gap_x(set->box, line->box) <= MAX_ASIDE_EM * em &&
           set->box.w < line->box.w && set->gap <= MAX_ASIDE_GAP * set->box.w &&
           set->box.y >= line->box.y - MAX_OUTSIDE_EM * em &&
           seg_bottom(set->box) <= seg_bottom(line->box) + MAX_OUTSIDE_EM * em &&
           !seg_rules_between(u->layout, set->box, line->box, true);
}

static void make_lines(struct uprights *u)
{
    const double em = u->layout->em;
    const size_t before = u->layout->line_count;
    BI_CLEANUP(bi_freep) bool *done = bi_xcalloc((size_t)u->count + 1, sizeof *done);
    for (int s = 0; s < u->count; s++) {
        struct set *set = &u->sets[s];
        done[s] = set->box.w < MIN_COLUMN_EM * em || !is_upright(u, set) || has_neighbours(u, set) ||
                  crossed_by_rule(u->layout, set->box);
        if (done[s] || set->box.w < MIN_LARGE_EM * em || set->row < MIN_LARGE_ROW_EM * em)
            continue;
        make_line(u, set);
        done[s] = true;
    }
    const size_t large = u->layout->line_count;
    for (int s = 0; s < u->count; s++)
        for (size_t l = before; l < large && !done[s]; l++)
            if (is_aside(u, &u->sets[s], &u->layout->lines[l])) {
                make_line(u, &u->sets[s]);
                done[s] = true;
            }
}

void seg_uprights_find(struct seg_layout *layout)
{
    const size_t n = layout->glyph_count;
    BI_CLEANUP(bi_pix_destroyp) PIX *strips = find_strips(layout);
    BI_CLEANUP(bi_freep) int *left = bi_xcalloc(n + 1, sizeof *left);
    BI_CLEANUP(bi_freep) int *right = bi_xcalloc(n + 1, sizeof *right);
    BI_CLEANUP(bi_freep) int *next = bi_xcalloc(n + 1, sizeof *next);
    BI_CLEANUP(bi_freep) struct set *sets = bi_xcalloc(n + 1, sizeof *sets);
    struct uprights u = {layout, strips, left, right, next, sets, 0};
    if (!strips)
        return;
    const int mark = (int)lround(SEG_MARK_EM * layout->em);
    for (size_t i = 0; i < n; i++)
        if (!layout->glyphs[i].reversed && seg_glyph_size(&layout->glyphs[i]) >= mark)
            find_column(&u, (int)i);
    gather(&u);
    make_lines(&u);
}
