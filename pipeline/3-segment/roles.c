#include "roles.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "captions.h"
#include "furniture.h"
#include "labels.h"
#include "rules.h"

/* Kickers and subheads: size against the headline's, and white between, in ems of the headline. */
#define MAX_DECK_RATIO 0.82
#define MAX_DECK_GAP 0.75
#define MIN_DECK_EM 0.85
#define MAX_DECK_LINES 2
#define MIN_LARGER_DECK_EM 1.12
#define MAX_DECK_SHIFT_EM 1.2
/* From deck to deck, in ems of the deck. */
#define MAX_DECK_STEP 0.8
/* Notices: type so much smaller than the body's, in so many lines. */
#define MAX_NOTICE_EM 0.78
#define MIN_NOTICE_LINES 2
#define MIN_NOTICES_LINES 6
/* A frame with no block of so many lines is an advertisement. */
#define MIN_ARTICLE_LINES 3
#define MIN_COLUMN_EM 4.0
/* Cross-heads: white on both sides, how much they are off the middle, and how much darker they are than the
 * column. */
#define CROSSHEAD_INDENT_EM 0.7
#define CROSSHEAD_SHIFT_EM 0.7
#define BOLD_RATIO 1.25
/* Teasers at the foot of a page. */
#define MAX_TEASER_LINES 3
#define MIN_TEASERS 2
#define MIN_TEASER_BODY_LINES 20

void seg_set_role(struct seg_layout *layout, struct seg_block *block, enum bi_role role)
{
    block->role = role;
    for (size_t i = 0; i < block->count; i++)
        layout->lines[block->lines[i]].role = role;
}

static void find_headlines(struct seg_layout *layout)
{
    for (size_t i = 0; i < layout->block_count; i++) {
        struct seg_block *block = &layout->blocks[i];
        if (block->role != BI_ROLE_OTHER)
            continue;
        const bool large = block->em >= SEG_HEADLINE_EM * layout->em && block->count <= 4;
        const bool reversed = layout->lines[block->lines[0]].reversed && block->count <= 3;
        seg_set_role(layout, block,
                     large || reversed || (block->vertical && layout->lines[block->lines[0]].strip == 0)
                         ? BI_ROLE_HEADLINE
                         : BI_ROLE_BODY);
    }
}

/* Smaller lines close above or below a headline, in the middle of it or flush with it. */
static void find_decks(struct seg_layout *layout)
{
    for (size_t h = 0; h < layout->block_count; h++) {
        const struct seg_block *head = &layout->blocks[h];
        if (head->role != BI_ROLE_HEADLINE || head->vertical)
            continue;
        for (size_t i = 0; i < layout->block_count; i++) {
            struct seg_block *deck = &layout->blocks[i];
            if (i == h || deck->vertical || deck->frame != head->frame || deck->count > MAX_DECK_LINES ||
                (deck->role != BI_ROLE_BODY && deck->role != BI_ROLE_HEADLINE) ||
                deck->em > MAX_DECK_RATIO * head->em || deck->em < MIN_DECK_EM * layout->em)
                continue;
            const bool below = deck->box.y > head->box.y;
            const double gap = seg_gap_y(deck->box, head->box),
                         shift = fabs(seg_mid_x(deck->box) - seg_mid_x(head->box));
            const bool centred = shift <= MAX_DECK_SHIFT_EM * layout->em,
                       flush = abs(deck->box.x - head->box.x) <= (int)layout->em;
            /* Type no larger than the body is a deck only if it cannot be the first line of a column. */
            const bool larger = deck->em >= MIN_LARGER_DECK_EM * layout->em;
            const bool wide = deck->box.w > 0.6 * head->box.w;
            if (gap > MAX_DECK_GAP * head->em || gap < -0.2 * head->em || !(centred || (flush && larger)) ||
                !(larger || (centred && wide && head->box.w > 12 * layout->em)) ||
                seg_rules_between(layout, deck->box, head->box, false))
                continue;
            seg_set_role(layout, deck, below ? BI_ROLE_SUBHEAD : BI_ROLE_KICKER);
        }
    }
}

/* Further lines of a deck: above a kicker or below a subhead, as large, and in its middle or flush with it.
 */
static void find_more_decks(struct seg_layout *layout)
{
    for (size_t d = 0; d < layout->block_count; d++) {
        const struct seg_block *deck = &layout->blocks[d];
        for (size_t i = 0; i < layout->block_count; i++) {
            struct seg_block *more = &layout->blocks[i];
            const bool below = more->box.y > deck->box.y;
            if (deck->role != (below ? BI_ROLE_SUBHEAD : BI_ROLE_KICKER) || more->role != BI_ROLE_BODY ||
                more->vertical || more->frame != deck->frame || more->count > MAX_DECK_LINES ||
                more->em < MIN_LARGER_DECK_EM * layout->em)
                continue;
            const double gap = seg_gap_y(more->box, deck->box),
                         shift = fabs(seg_mid_x(more->box) - seg_mid_x(deck->box));
            const bool flush = abs(more->box.x - deck->box.x) <= (int)layout->em;
            if (gap >= -0.2 * deck->em && gap <= MAX_DECK_STEP * deck->em &&
                (flush || shift <= MAX_DECK_SHIFT_EM * layout->em) &&
                !seg_rules_between(layout, more->box, deck->box, false))
                seg_set_role(layout, more, deck->role);
        }
    }
}

/* Lines of a block that are as long as a column is wide at least. */
static int column_lines(const struct seg_layout *layout, const struct seg_block *block)
{
    int count = 0;
    for (size_t i = 0; i < block->count; i++)
        count += seg_longer(layout->lines[block->lines[i]].box) >= MIN_COLUMN_EM * layout->em;
    return count;
}

/* Frames without a column of text hold advertisements. */
static void find_ads(struct seg_layout *layout)
{
    for (size_t f = 0; f < layout->frame_count; f++) {
        if (layout->frames[f].picture)
            continue;
        bool article = false;
        for (size_t i = 0; i < layout->block_count && !article; i++)
            article = column_lines(layout, &layout->blocks[i]) >= MIN_ARTICLE_LINES &&
                      layout->blocks[i].em < 1.3 * layout->em &&
                      bi_box_inside(layout->blocks[i].box, layout->frames[f].box, 0.9);
        for (size_t i = 0; i < layout->block_count && !article; i++)
            if (layout->blocks[i].frame == (int)f)
                seg_set_role(layout, &layout->blocks[i], BI_ROLE_AD);
    }
}

/* Of every line: the sides of a dotted frame can make the type of a block look small. */
static bool is_notice(const struct seg_layout *layout, const struct seg_block *block)
{
    bool small = block->role == BI_ROLE_BODY && !block->vertical && block->table == 0 &&
                 block->count >= MIN_NOTICE_LINES && column_lines(layout, block) > 0;
    for (size_t i = 0; i < block->count && small; i++)
        small = layout->lines[block->lines[i]].em <= MAX_NOTICE_EM * layout->em;
    return small;
}

/* Small notices: type much smaller than the body's, several lines of it in one place, and the heading over
 * them. */
static void find_notices(struct seg_layout *layout)
{
    size_t lines = 0;
    for (size_t i = 0; i < layout->block_count; i++)
        lines += is_notice(layout, &layout->blocks[i]) ? layout->blocks[i].count : 0;
    for (size_t i = 0; i < layout->block_count && lines >= MIN_NOTICES_LINES; i++)
        if (is_notice(layout, &layout->blocks[i]))
            seg_set_role(layout, &layout->blocks[i], BI_ROLE_AD);
}

/* Short blocks side by side below everything else on the page. */
static void find_teasers(struct seg_layout *layout)
{
    const double em = layout->em;
    int foot = 0;
    size_t body = 0;
    for (size_t i = 0; i < layout->block_count; i++)
        body += layout->blocks[i].role == BI_ROLE_BODY ? layout->blocks[i].count : 0;
    /* A page of pictures announces nothing. */
    if (body < MIN_TEASER_BODY_LINES)
        return;
    for (size_t i = 0; i < layout->picture_count; i++)
        foot = seg_bottom(layout->pictures[i]) > foot ? seg_bottom(layout->pictures[i]) : foot;
    for (size_t i = 0; i < layout->frame_count; i++)
        foot = seg_bottom(layout->frames[i].box) > foot ? seg_bottom(layout->frames[i].box) : foot;
    for (size_t i = 0; i < layout->block_count; i++) {
        const struct seg_block *block = &layout->blocks[i];
        if (block->count > MAX_TEASER_LINES || block->role == BI_ROLE_CAPTION)
            foot = seg_bottom(block->box) > foot ? seg_bottom(block->box) : foot;
    }
    int count = 0, top = layout->height;
    for (size_t i = 0; i < layout->block_count; i++)
        if (layout->blocks[i].box.y >= foot && layout->blocks[i].box.y < top)
            top = layout->blocks[i].box.y;
    for (size_t i = 0; i < layout->block_count; i++)
        count += layout->blocks[i].box.y >= foot && layout->blocks[i].box.y < top + em;
    for (size_t i = 0; i < layout->block_count && count >= MIN_TEASERS; i++)
        if (layout->blocks[i].box.y >= foot)
            seg_set_role(layout, &layout->blocks[i], BI_ROLE_TEASER);
}

static int compare_double(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

/* Density of ink that half of the lines of body size on the page exceed. */
static double usual_density(const struct seg_layout *layout)
{
    BI_CLEANUP(bi_freep) double *values = bi_xcalloc(layout->line_count + 1, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < layout->line_count; i++)
        if (layout->lines[i].role == BI_ROLE_BODY)
            values[count++] = layout->lines[i].density;
    if (count == 0)
        return 1;
    qsort(values, count, sizeof *values, compare_double);
    return values[count / 2];
}

/* A line in the middle of its column with white on both sides, darker than the rest. */
static bool is_crosshead(const struct seg_layout *layout, const struct seg_line *line, struct bi_box column,
                         double usual)
{
    const double em = layout->em;
    const int left = line->box.x - column.x, right = seg_right(column) - seg_right(line->box);
    return left >= CROSSHEAD_INDENT_EM * em && right >= CROSSHEAD_INDENT_EM * em &&
           abs(left - right) <= 2 * CROSSHEAD_SHIFT_EM * em && line->density >= BOLD_RATIO * usual;
}

/* Splits every block of body text at its cross-heads. A bold full line just above one is the first line of
 * it. */
static void split_crossheads(struct seg_layout *layout)
{
    const double usual = usual_density(layout);
    const size_t blocks = layout->block_count;
    for (size_t b = 0; b < blocks; b++) {
        if (layout->blocks[b].role != BI_ROLE_BODY || layout->blocks[b].vertical ||
            layout->blocks[b].table > 0)
            continue;
        const struct seg_block whole = layout->blocks[b];
        BI_CLEANUP(bi_freep) bool *cross = bi_xcalloc(whole.count, sizeof *cross);
        bool any = false;
        for (size_t i = 0; i < whole.count; i++) {
            const struct seg_line *line = &layout->lines[whole.lines[i]];
            cross[i] = is_crosshead(layout, line, whole.box, usual);
            if (cross[i] && i > 0 && layout->lines[whole.lines[i - 1]].density >= BOLD_RATIO * usual)
                cross[i - 1] = true;
            any = any || cross[i];
        }
        if (!any)
            continue;
        int into = (int)b;
        layout->blocks[b].lines = NULL;
        layout->blocks[b].count = layout->blocks[b].capacity = 0;
        layout->blocks[b].box = (struct bi_box){0, 0, 0, 0};
        for (size_t i = 0; i < whole.count; i++) {
            if (i > 0 && cross[i] != cross[i - 1]) {
                struct seg_block *piece = seg_add_block(layout);
                piece->em = whole.em;
                piece->frame = whole.frame;
                into = (int)layout->block_count - 1;
            }
            layout->blocks[into].role = cross[i] ? BI_ROLE_CROSSHEAD : BI_ROLE_BODY;
            layout->lines[whole.lines[i]].role = layout->blocks[into].role;
            seg_block_add_line(layout, into, whole.lines[i]);
        }
    }
}

void seg_roles_find(struct seg_layout *layout)
{
    seg_furniture_find(layout);
    find_headlines(layout);
    find_decks(layout);
    find_more_decks(layout);
    seg_labels_set_roles(layout);
    seg_captions_find(layout);
    find_ads(layout);
    find_notices(layout);
    find_teasers(layout);
    split_crossheads(layout);
    for (size_t i = 0; i < layout->block_count; i++)
        if (layout->blocks[i].table > 0)
            seg_set_role(layout, &layout->blocks[i], BI_ROLE_OTHER);
}
