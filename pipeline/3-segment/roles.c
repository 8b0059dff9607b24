#include "roles.h"

#include <math.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "rules.h"

/* The head of a page ends at a rule as wide as this share of the page's text, within this share of its
 * height. */
#define HEAD_RULE_SHARE 0.5
#define HEAD_DEPTH_SHARE 0.17
/* Type of this size in the head of a page is the paper's name. */
#define MASTHEAD_EM 4.0
/* Kickers and subheads: size against the headline's, and white between, in ems of the headline. */
#define MAX_DECK_RATIO 0.82
#define MAX_DECK_GAP 0.75
#define MIN_DECK_EM 0.85
#define MAX_DECK_LINES 2
/* Captions: lines, size, white under the picture, and how far they may stick out of it. */
#define MAX_CAPTION_LINES 3
#define MAX_CAPTION_EM 1.12
#define MAX_CAPTION_GAP_EM 1.0
#define MAX_CAPTION_LEADING_EM 0.7
#define CAPTION_SLACK_EM 0.8
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

static void set_role(struct seg_layout *layout, struct seg_block *block, enum bi_role role)
{
    block->role = role;
    for (size_t i = 0; i < block->count; i++)
        layout->lines[block->lines[i]].role = role;
}

static struct bi_box text_box(const struct seg_layout *layout)
{
    struct bi_box box = {0, 0, 0, 0};
    for (size_t i = 0; i < layout->block_count; i++)
        box = bi_box_union(box, layout->blocks[i].box);
    for (size_t i = 0; i < layout->picture_count; i++)
        box = bi_box_union(box, layout->pictures[i]);
    return box;
}

/* Everything above the first wide rule near the top of the page. */
static void find_page_head(struct seg_layout *layout)
{
    const struct bi_box text = text_box(layout);
    int foot = -1;
    for (size_t i = 0; i < layout->rule_count; i++) {
        const struct seg_rule *rule = &layout->rules[i];
        if (rule->vertical || rule->of_frame || rule->box.w < HEAD_RULE_SHARE * text.w ||
            rule->box.y > text.y + HEAD_DEPTH_SHARE * text.h)
            continue;
        if (foot < 0 || rule->box.y < foot)
            foot = rule->box.y;
    }
    if (foot < 0)
        return;
    double largest = 0;
    int lines = 0;
    for (size_t i = 0; i < layout->block_count; i++) {
        const struct seg_block *block = &layout->blocks[i];
        if (seg_mid_y(block->box) < foot) {
            largest = fmax(largest, block->em);
            lines += (int)block->count;
        }
    }
    /* A rule under the first article is no page head. */
    if (lines > 16)
        return;
    const enum bi_role role = largest >= MASTHEAD_EM * layout->em ? BI_ROLE_MASTHEAD : BI_ROLE_HEADER;
    for (size_t i = 0; i < layout->block_count; i++)
        if (seg_mid_y(layout->blocks[i].box) < foot)
            set_role(layout, &layout->blocks[i], role);
}

static void find_headlines(struct seg_layout *layout)
{
    for (size_t i = 0; i < layout->block_count; i++) {
        struct seg_block *block = &layout->blocks[i];
        if (block->role != BI_ROLE_OTHER)
            continue;
        const bool large = block->em >= SEG_HEADLINE_EM * layout->em && block->count <= 4;
        const bool reversed = layout->lines[block->lines[0]].reversed && block->count <= 3;
        set_role(layout, block,
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
            const bool centred = shift <= 1.2 * layout->em,
                       flush = abs(deck->box.x - head->box.x) <= (int)layout->em;
            /* Type no larger than the body is a deck only if it cannot be the first line of a column. */
            const bool larger = deck->em >= 1.12 * layout->em;
            const bool wide = deck->box.w > 0.6 * head->box.w;
            if (gap > MAX_DECK_GAP * head->em || gap < -0.2 * head->em || !(centred || (flush && larger)) ||
                !(larger || (centred && wide && head->box.w > 12 * layout->em)) ||
                seg_rules_between(layout, deck->box, head->box, false))
                continue;
            set_role(layout, deck, below ? BI_ROLE_SUBHEAD : BI_ROLE_KICKER);
        }
    }
}

static bool is_caption(const struct seg_layout *layout, const struct seg_block *block, struct bi_box picture)
{
    const double em = layout->em;
    const int gap = block->box.y - seg_bottom(picture);
    if (block->count > MAX_CAPTION_LINES || gap < -0.3 * em || gap > MAX_CAPTION_GAP_EM * em)
        return false;
    if (block->box.x < picture.x - CAPTION_SLACK_EM * em ||
        seg_right(block->box) > seg_right(picture) + CAPTION_SLACK_EM * em)
        return false;
    const bool centred = fabs(seg_mid_x(block->box) - seg_mid_x(picture)) <= em;
    const bool flush =
        abs(block->box.x - picture.x) <= em || abs(seg_right(block->box) - seg_right(picture)) <= em;
    return centred || (flush && block->em < 0.95 * em);
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
                set_role(layout, block, BI_ROLE_CAPTION);
                break;
            }
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
            if (caption->role == BI_ROLE_CAPTION && gap > -0.3 * em && gap <= MAX_CAPTION_LEADING_EM * em &&
                block->box.x >= caption->box.x && seg_right(block->box) <= seg_right(caption->box) &&
                fabs(seg_mid_x(block->box) - seg_mid_x(caption->box)) <= 0.6 * em)
                set_role(layout, block, BI_ROLE_CAPTION);
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
                set_role(layout, &layout->blocks[i], BI_ROLE_AD);
    }
}

/* Short blocks side by side below everything else on the page. */
static void find_teasers(struct seg_layout *layout)
{
    const double em = layout->em;
    int foot = 0;
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
            set_role(layout, &layout->blocks[i], BI_ROLE_TEASER);
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
    find_page_head(layout);
    find_headlines(layout);
    find_decks(layout);
    find_captions(layout);
    find_caption_ends(layout);
    find_ads(layout);
    find_teasers(layout);
    split_crossheads(layout);
    for (size_t i = 0; i < layout->block_count; i++)
        if (layout->blocks[i].table > 0)
            set_role(layout, &layout->blocks[i], BI_ROLE_OTHER);
}
