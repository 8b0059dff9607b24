#include "assign.h"
#include "flow_view.h"

/* Scores, in rough units of "this alone would make me believe it". */
#define UNDER_HEAD_SCORE 3.5
#define BESIDE_HEAD_SCORE 2.6
#define FROM_BESIDE_HEAD 1.8

/* A block whose column stands left of this one, as high, with no headline of its own: that one would come
 * first. */
static bool has_left_neighbour(const struct st_flow_view *view, size_t index, int head)
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

double st_flow_under_head(const struct st_flow_view *view, size_t h, size_t b)
{
    const struct st_page *page = view->page;
    const struct st_head *head = &page->heads[h];
    const struct st_block *block = &page->blocks[b];
    if (head->frame != block->frame || view->above[b] >= 0 || (block->head >= 0 && block->head != (int)h))
        return ST_FORBIDDEN;
    struct bi_box box = st_flow_box(page, head->box, block->vertical), column = st_column_box(block);
    double pitches = (block->flow.y - st_bottom_of(box)) / page->pitch;
    if (pitches < -1.0)
        return ST_FORBIDDEN;
    struct bi_box strip = {box.x, st_bottom_of(box), box.w, block->flow.y - st_bottom_of(box)};
    double score = UNDER_HEAD_SCORE + start_score(block);
    bool image = strip.h > 0 && st_image_in(page, strip, block->vertical);
    if (pitches > 2.0)
        score -= (image ? 0.25 : 1.0) * ST_FLOW_PER_PITCH * (pitches - 2.0);
    if (block->head != (int)h) {
        /* A headline over the middle of its columns: the space up to it, beside it, must be empty. */
        struct bi_box beside = {column.x, box.y, column.w, block->flow.y - box.y};
        if (st_block_in(page, beside, block->vertical, block, NULL) ||
            st_head_in(page, beside, block->vertical, (int)h))
            return ST_FORBIDDEN;
        int gap = column.x > box.x ? column.x - st_right_of(box) : box.x - st_right_of(column);
        struct bi_box aside = {column.x > box.x ? st_right_of(box) : st_right_of(column), box.y,
                               gap > 0 ? gap : 0, st_bottom_of(box) - box.y};
        if (gap > 0 && (st_block_in(page, aside, block->vertical, block, NULL) ||
                        st_head_in(page, aside, block->vertical, (int)h)))
            return ST_FORBIDDEN;
        score -= 0.8 + (gap > 0 ? 0.4 * gap / (column.w > 0 ? column.w : 1) : 0);
    }
    if (has_left_neighbour(view, b, (int)h) || (block->head != (int)h && has_left_neighbour(view, b, -1)))
        score -= 1.5;
    return score;
}

/* Text that has a headline above it, or is in a box of its own, stands in a corridor. */
static bool others_between(const struct st_page *page, const struct st_block *block, struct bi_box corridor)
{
    for (size_t i = 0; i < page->block_count; i++) {
        const struct st_block *other = &page->blocks[i];
        if (other != block && other->vertical == block->vertical &&
            (other->head >= 0 || other->frame != block->frame) &&
            !bi_box_empty(bi_box_intersection(corridor, other->flow)))
            return true;
    }
    for (size_t i = 0; i < page->frame_count; i++) {
        struct bi_box frame = st_flow_box(page, page->frames[i], block->vertical);
        if ((int)i != block->frame && bi_box_overlap_x(frame, corridor) > frame.w / 2 &&
            bi_box_overlap_y(frame, corridor) > 0)
            return true;
    }
    return false;
}

double st_flow_beside_head(const struct st_flow_view *view, size_t h, size_t b)
{
    const struct st_page *page = view->page;
    const struct st_head *head = &page->heads[h];
    const struct st_block *block = &page->blocks[b];
    if (head->frame != block->frame || view->above[b] >= 0 || block->head >= 0)
        return ST_FORBIDDEN;
    struct bi_box box = st_flow_box(page, head->box, block->vertical), column = st_column_box(block);
    /* The headline stands beside the text, or beside the picture that the column goes on beneath. */
    int reach = bi_box_overlap_y(box, column);
    double away = 0;
    if (reach <= 0) {
        int gap = column.y > box.y ? column.y - st_bottom_of(box) : box.y - st_bottom_of(column);
        away = gap / page->pitch;
        if (away > 40)
            return ST_FORBIDDEN;
    }
    int gap = column.x > box.x ? column.x - st_right_of(box) : box.x - st_right_of(column);
    double columns = gap > 0 ? (double)gap / (column.w > 0 ? column.w : 1) : 0;
    if (columns > 4)
        columns = 4; /* wide pictures may stand between */
    double score = BESIDE_HEAD_SCORE + start_score(block) - 0.25 * columns - 0.12 * away;
    if (block->from)
        score -= FROM_BESIDE_HEAD;
    struct bi_box corridor = {column.x > box.x ? st_right_of(box) : st_right_of(column), column.y,
                              gap > 0 ? gap : 0, (int)page->pitch};
    if (gap > 0 && st_head_in(page, corridor, block->vertical, -1))
        score -= 3.0;
    if (gap > 0 && others_between(page, block, corridor))
        return ST_FORBIDDEN;
    if (has_left_neighbour(view, b, -1))
        score -= 1.5;
    return score;
}
