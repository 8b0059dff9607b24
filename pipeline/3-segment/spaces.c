#include "spaces.h"

#include <math.h>

/* A space with the white of the characters at its sides, in the row's size. */
#define MIN_SPACE 0.93
#define MAX_SPACE 1.3
/* Each part has two characters. */
#define MIN_PART 1.7
/* Halves of one line: how far their sizes may differ, and how dense their ink is. */
#define SIZE_RATIO 1.12
#define DENSITY_RATIO 1.35
/* The next row of a headline: white above it and how much it may differ, in the row's size, and how far from
 * the gap its parts are; how far an edge may be into it. */
#define NEXT_ROW_GAP 0.8
#define NEXT_ROW_RATIO 1.2
#define NEXT_ROW_REACH 2.0
#define RAGGED 0.25
/* A headline has fewer rows. */
#define MIN_TEXT_ROWS 4
/* Rows of the columns below: so far below in ems of the body, and their size in the row's. */
#define COLUMN_REACH_EM 9.0
#define MAX_COLUMN 0.8
/* A part is flush with its columns or in their middle within the first, in ems of the body; within the second
 * if the first rows of both columns are not level as those of one article are. */
#define NEAR_EM 0.3
#define FAR_EM 0.6
#define LEVEL_EM 0.35
#define ROW_RATIO 1.17

/* True if the strokes of one are clearly bolder. */
static bool differ_in_weight(const struct seg_layout *layout, const struct seg_fragment *a,
                             const struct seg_fragment *b)
{
    const double p = seg_ink_in(layout->text, a->box) / (double)bi_box_area(a->box),
                 q = seg_ink_in(layout->text, b->box) / (double)bi_box_area(b->box);
    return a->glyphs >= 4 && b->glyphs >= 4 && fmax(p, q) > DENSITY_RATIO * fmin(p, q);
}

/* True if the row above or below, of the same type, has a gap there too. */
static bool next_row_is_parted(const struct seg_gaps *c, struct bi_box row, double em, int left, int right)
{
    bool before[2] = {false, false}, behind[2] = {false, false}, over[2] = {false, false};
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct seg_fragment *f = &c->fragments->items[i];
        if (f->gone || f->line >= 0 || fmax(f->em, em) > NEXT_ROW_RATIO * fmin(f->em, em) ||
            seg_gap_y(f->box, row) > NEXT_ROW_GAP * em || bi_box_overlap_y(f->box, row) > row.h / 3)
            continue;
        const bool below = f->box.y > row.y;
        if (f->box.x < right && seg_right(f->box) > left)
            over[below] = true;
        else if (f->box.x < left)
            before[below] = before[below] || left - seg_right(f->box) <= NEXT_ROW_REACH * em;
        else
            behind[below] = behind[below] || f->box.x - right <= NEXT_ROW_REACH * em;
    }
    return (before[0] && behind[0] && !over[0]) || (before[1] && behind[1] && !over[1]);
}

/* True if so many rows of the part's type follow one another above and below it that it is running text. */
static bool in_text(const struct seg_gaps *c, const struct seg_fragment *part)
{
    int rows = 1;
    for (int down = 0; down < 2; down++) {
        struct bi_box at = part->box;
        for (bool again = true; again && rows < MIN_TEXT_ROWS;) {
            again = false;
            for (size_t i = 0; i < c->fragments->count && !again; i++) {
                const struct seg_fragment *f = &c->fragments->items[i];
                const int gap = down ? f->box.y - seg_bottom(at) : at.y - seg_bottom(f->box);
                again = !f->gone && f->line < 0 &&
                        fmax(f->em, part->em) <= NEXT_ROW_RATIO * fmin(f->em, part->em) &&
                        bi_box_overlap_x(f->box, part->box) > 0 && gap <= NEXT_ROW_GAP * part->em &&
                        gap > -0.5 * part->em &&
                        (down ? f->box.y > seg_mid_y(at) : seg_bottom(f->box) < seg_mid_y(at));
                if (again) {
                    at = f->box;
                    rows++;
                }
            }
        }
    }
    return rows >= MIN_TEXT_ROWS;
}

/* What stands below a row with a gap: the columns under the part before it and under the part behind it, from
 * edge to edge, empty where there are none. */
struct columns {
    struct bi_box before, behind;
    const struct seg_fragment *first[2]; /* their first rows */
    bool crossed;                        /* lines run across the gap */
};

static void find_columns(const struct seg_gaps *c, struct bi_box a, struct bi_box b, double row_em,
                         struct columns *columns)
{
    const double em = c->layout->em;
    const int foot = seg_bottom(a) > seg_bottom(b) ? seg_bottom(a) : seg_bottom(b);
    *columns = (struct columns){0};
    for (size_t i = 0; i < c->fragments->count; i++) {
        const struct seg_fragment *f = &c->fragments->items[i];
        if (f->gone || f->glyphs < 3 || f->em > MAX_COLUMN * row_em || f->box.y + f->box.h / 2 < foot ||
            f->box.y > foot + COLUMN_REACH_EM * em)
            continue;
        const bool behind = f->box.x >= seg_right(a);
        if (bi_box_overlap_x(f->box, behind ? b : a) > 0 && (behind || seg_right(f->box) <= b.x)) {
            struct bi_box *box = behind ? &columns->behind : &columns->before;
            *box = bi_box_union(*box, f->box);
            if (!columns->first[behind] || f->box.y < columns->first[behind]->box.y)
                columns->first[behind] = f;
        } else if (f->box.x < seg_right(a) && seg_right(f->box) > b.x) {
            columns->crossed = true;
        }
    }
}

/* True if each part stands over columns of its own: both begin flush with them, or are in their middle. */
static bool stand_apart(const struct seg_gaps *c, const struct seg_fragment *a, const struct seg_fragment *b)
{
    const double em = c->layout->em;
    struct columns columns;
    find_columns(c, a->box, b->box, fmax(a->em, b->em), &columns);
    if (columns.crossed || bi_box_empty(columns.before) || bi_box_empty(columns.behind))
        return false;
    const struct seg_fragment *p = columns.first[0], *q = columns.first[1];
    const bool level = fabs(seg_mid_y(p->box) - seg_mid_y(q->box)) <= LEVEL_EM * em &&
                       fmax(p->em, q->em) <= ROW_RATIO * fmin(p->em, q->em);
    const double slack = (level ? NEAR_EM : FAR_EM) * em;
    return (abs(a->box.x - columns.before.x) <= slack && abs(b->box.x - columns.behind.x) <= slack) ||
           (fabs(seg_mid_x(a->box) - seg_mid_x(columns.before)) <= slack &&
            fabs(seg_mid_x(b->box) - seg_mid_x(columns.behind)) <= slack);
}

bool seg_spaces_in_line(const struct seg_gaps *c, const struct seg_fragment *a, const struct seg_fragment *b)
{
    const double em = fmax(a->em, b->em);
    const int gap = b->box.x - seg_right(a->box), ragged = (int)lround(RAGGED * em);
    if (gap < MIN_SPACE * em || gap > MAX_SPACE * em || em > SIZE_RATIO * fmin(a->em, b->em) ||
        fmin(a->box.w, b->box.w) < MIN_PART * em)
        return false;
    return !differ_in_weight(c->layout, a, b) && !in_text(c, a) && !in_text(c, b) &&
           !next_row_is_parted(c, bi_box_union(a->box, b->box), em, seg_right(a->box) + ragged,
                               b->box.x - ragged) &&
           !stand_apart(c, a, b);
}
