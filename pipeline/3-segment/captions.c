#include "captions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "roles.h"
#include "rules.h"

/* Captions: lines, size, white under the picture, and how far they may stick out of it. */
#define MAX_CAPTION_LINES 3
#define MAX_CAPTION_EM 1.12
#define MAX_CAPTION_GAP_EM 1.0
#define MAX_CAPTION_LEADING_EM 0.7
/* … and of lines of one size, within this share. */
#define MAX_WIDE_LEADING_EM 1.0
#define SAME_SIZE_SHARE 0.1
#define CAPTION_SLACK_EM 0.8
/* Type smaller than the body: then a caption may also be flush with its picture; and so small that it may
 * stand over or beside it, where a column's lines do as well. */
#define SMALL_EM 0.95
#define SMALLER_EM 0.9
/* Lines over a column are another text's if they are so much smaller, or stick out of it so far. */
#define CUT_RATIO 0.94
#define CUT_OVERHANG_EM 2.0

/* A row over several columns, under a picture: lines, how far below it, columns, how far below the row they
 * begin and how far they stick out of it; and the size of type if the row is cut where the columns part. */
#define MAX_ROW_LINES 2
#define MAX_ROW_GAP_EM 4.0
#define MIN_ROW_COLUMNS 2
#define MIN_COLUMN_LINES 3
#define MAX_COLUMN_GAP_EM 2.5
#define ROW_SLACK_EM 2.0
#define MAX_PIECES_GAP_EM 1.0
#define MAX_PIECES_EM 0.93

static bool within(struct bi_box box, struct bi_box picture, double slack)
{
    return box.x >= picture.x - slack && seg_right(box) <= seg_right(picture) + slack;
}

static bool is_under(const struct seg_layout *layout, struct bi_box box, struct bi_box picture)
{
    const double em = layout->em;
    const int gap = box.y - seg_bottom(picture);
    return gap >= -0.3 * em && gap <= MAX_CAPTION_GAP_EM * em && within(box, picture, CAPTION_SLACK_EM * em);
}

static bool is_over(const struct seg_layout *layout, struct bi_box box, struct bi_box picture)
{
    const double em = layout->em;
    const int gap = picture.y - seg_bottom(box);
    return gap >= -0.3 * em && gap <= MAX_CAPTION_GAP_EM * em && within(box, picture, CAPTION_SLACK_EM * em);
}

/* Beside a picture, no higher and no lower than it. */
static bool is_beside(const struct seg_layout *layout, struct bi_box box, struct bi_box picture)
{
    const double em = layout->em;
    const int gap = seg_gap_x(box, picture);
    return gap >= 0 && gap <= MAX_CAPTION_GAP_EM * em && box.y >= picture.y - 0.3 * em &&
           seg_bottom(box) <= seg_bottom(picture) + 0.3 * em;
}

static bool is_caption(const struct seg_layout *layout, const struct seg_block *block, struct bi_box picture)
{
    const double em = layout->em;
    const struct bi_box box = block->box;
    const bool small = block->em < SMALL_EM * em;
    const bool centred = fabs(seg_mid_x(box) - seg_mid_x(picture)) <= em;
    const bool flush = abs(box.x - picture.x) <= em || abs(seg_right(box) - seg_right(picture)) <= em;
    if (block->count > MAX_CAPTION_LINES)
        return false;
    if (is_under(layout, box, picture))
        return centred || (flush && small);
    return block->em < SMALLER_EM * em && !seg_rules_between(layout, box, picture, false) &&
           ((is_over(layout, box, picture) && (centred || flush)) || is_beside(layout, box, picture));
}

/* ---- lines that were taken for the beginning of a column */

static double rest_em(const struct seg_layout *layout, const struct seg_block *block, size_t first)
{
    double sum = 0;
    for (size_t i = first; i < block->count; i++)
        sum += layout->lines[block->lines[i]].em;
    return sum / (double)(block->count - first);
}

/* How many of a block's first lines are of another text than the rest: all smaller, or wider than its column.
 */
static size_t foreign_lines(const struct seg_layout *layout, const struct seg_block *block)
{
    size_t count = 0;
    for (size_t n = 1; n <= MAX_CAPTION_LINES && n + 1 < block->count; n++) {
        const struct seg_line *line = &layout->lines[block->lines[n - 1]];
        struct bi_box rest = {0, 0, 0, 0};
        for (size_t i = n; i < block->count; i++)
            rest = bi_box_union(rest, layout->lines[block->lines[i]].box);
        const bool smaller = line->em <= CUT_RATIO * rest_em(layout, block, n);
        const bool wider = line->box.w >= rest.w + CUT_OVERHANG_EM * layout->em;
        if (!smaller && !wider)
            break;
        count = n;
    }
    return count;
}

static void cut_captions(struct seg_layout *layout)
{
    const size_t blocks = layout->block_count;
    for (size_t b = 0; b < blocks; b++) {
        const struct seg_block whole = layout->blocks[b];
        bool under = false;
        if (whole.role != BI_ROLE_BODY || whole.vertical || whole.table > 0 || whole.count < 3)
            continue;
        const size_t count = foreign_lines(layout, &whole);
        struct bi_box head = {0, 0, 0, 0};
        for (size_t i = 0; i < count; i++)
            head = bi_box_union(head, layout->lines[whole.lines[i]].box);
        for (size_t k = 0; k < layout->picture_count && count > 0; k++)
            under = under || is_under(layout, head, layout->pictures[k]);
        if (!under)
            continue;
        layout->blocks[b].count = 0;
        layout->blocks[b].lines = NULL;
        layout->blocks[b].capacity = 0;
        layout->blocks[b].box = (struct bi_box){0, 0, 0, 0};
        struct seg_block *cut = seg_add_block(layout);
        const int into = (int)layout->block_count - 1;
        cut->frame = whole.frame;
        cut->em = layout->lines[whole.lines[0]].em;
        cut->role = BI_ROLE_BODY;
        for (size_t i = 0; i < whole.count; i++)
            seg_block_add_line(layout, i < count ? into : (int)b, whole.lines[i]);
    }
}

static void find_captions(struct seg_layout *layout)
{
    for (size_t i = 0; i < layout->block_count; i++) {
        struct seg_block *block = &layout->blocks[i];
        if (block->vertical || block->em > MAX_CAPTION_EM * layout->em ||
            (block->role != BI_ROLE_BODY && block->role != BI_ROLE_SUBHEAD && block->role != BI_ROLE_KICKER))
            continue;
        for (size_t k = 0; k < layout->picture_count; k++)
            if (is_caption(layout, block, layout->pictures[k])) {
                seg_set_role(layout, block, BI_ROLE_CAPTION);
                break;
            }
    }
}

static bool is_row_piece(const struct seg_layout *layout, const struct seg_block *block, struct bi_box row)
{
    return block->role == BI_ROLE_BODY && !block->vertical && block->table == 0 &&
           block->count <= MAX_ROW_LINES && block->em <= MAX_CAPTION_EM * layout->em &&
           2 * bi_box_overlap_y(block->box, row) > block->box.h &&
           seg_gap_x(block->box, row) <= MAX_PIECES_GAP_EM * layout->em;
}

/* A block and what stands in its row close beside it; *pieces gets how many they are, *em their largest. */
static struct bi_box row_of(const struct seg_layout *layout, const struct seg_block *block, int *pieces,
                            double *em)
{
    struct bi_box row = block->box;
    for (int before = -1; *pieces != before;) {
        before = *pieces;
        *pieces = 0;
        *em = 0;
        for (size_t i = 0; i < layout->block_count; i++)
            if (is_row_piece(layout, &layout->blocks[i], row)) {
                row = bi_box_union(row, layout->blocks[i].box);
                *em = fmax(*em, layout->blocks[i].em);
                ++*pieces;
            }
    }
    return row;
}

/* The size of type of the columns that begin right under a row and keep within it, the smallest; 0 if there
 * are not two: a row over two columns is of neither. */
static double columns_em(const struct seg_layout *layout, struct bi_box row)
{
    int columns = 0;
    double em = INFINITY;
    for (size_t i = 0; i < layout->block_count; i++) {
        const struct seg_block *block = &layout->blocks[i];
        const int gap = block->box.y - seg_bottom(row);
        if (block->role != BI_ROLE_BODY || block->count < MIN_COLUMN_LINES || gap <= 0 ||
            gap > MAX_COLUMN_GAP_EM * layout->em || 2 * block->box.w > row.w + 2 * layout->em ||
            !within(block->box, row, ROW_SLACK_EM * layout->em))
            continue;
        columns++;
        em = fmin(em, block->em);
    }
    return columns >= MIN_ROW_COLUMNS ? em : 0;
}

/* The picture that a row stands under with nothing between, and not only at its edge; -1 if none. */
static int picture_over(const struct seg_layout *layout, struct bi_box row)
{
    for (size_t k = 0; k < layout->picture_count; k++) {
        const struct bi_box picture = layout->pictures[k];
        const int gap = row.y - seg_bottom(picture), narrow = row.w < picture.w ? row.w : picture.w;
        if (gap < -0.3 * layout->em || gap > MAX_ROW_GAP_EM * layout->em ||
            bi_box_overlap_x(row, picture) < 0.6 * narrow)
            continue;
        bool clear = true;
        for (size_t i = 0; i < layout->block_count && clear; i++) {
            const struct bi_box box = layout->blocks[i].box;
            clear =
                bi_box_overlap_x(box, row) <= 0 || box.y >= row.y || seg_mid_y(box) <= seg_bottom(picture);
        }
        if (clear)
            return (int)k;
    }
    return -1;
}

/* A row under a picture that is as wide as several columns below it: a cut-out picture is narrower than its
 * caption. Where the row is cut at the columns' gutter, its smaller type tells it from their first lines. */
static void find_wide_captions(struct seg_layout *layout)
{
    for (size_t i = 0; i < layout->block_count; i++) {
        struct seg_block *block = &layout->blocks[i];
        int pieces = 0;
        double em = 0;
        if (!is_row_piece(layout, block, block->box))
            continue;
        const struct bi_box row = row_of(layout, block, &pieces, &em);
        const double columns = columns_em(layout, row);
        if (columns <= 0 || (pieces > 1 && em > MAX_PIECES_EM * columns) || picture_over(layout, row) < 0)
            continue;
        for (size_t k = 0; k < layout->block_count; k++)
            if (is_row_piece(layout, &layout->blocks[k], row))
                seg_set_role(layout, &layout->blocks[k], BI_ROLE_CAPTION);
    }
}

/* The last words of a caption under its first line, in the middle of its picture. */
static void find_caption_ends(struct seg_layout *layout)
{
    const double em = layout->em;
    for (size_t i = 0; i < layout->block_count; i++) {
        struct seg_block *block = &layout->blocks[i];
        for (size_t k = 0; k < layout->block_count && block->role == BI_ROLE_BODY && block->count == 1; k++) {
            const struct seg_block *caption = &layout->blocks[k];
            const int gap = block->box.y - seg_bottom(caption->box);
            const bool alike = fabs(block->em - caption->em) <= SAME_SIZE_SHARE * caption->em;
            if (caption->role == BI_ROLE_CAPTION && gap > -0.3 * em &&
                gap <= (alike ? MAX_WIDE_LEADING_EM : MAX_CAPTION_LEADING_EM) * em &&
                block->box.x >= caption->box.x && seg_right(block->box) <= seg_right(caption->box) &&
                fabs(seg_mid_x(block->box) - seg_mid_x(caption->box)) <= 0.6 * em)
                seg_set_role(layout, block, BI_ROLE_CAPTION);
        }
    }
}

void seg_captions_find(struct seg_layout *layout)
{
    cut_captions(layout);
    find_captions(layout);
    find_wide_captions(layout);
    find_caption_ends(layout);
}
