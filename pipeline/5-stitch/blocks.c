/* Lines to columns and headlines. Both are built from the lines' places alone, so that it does not matter how
 * another program grouped them into regions. */
#include <stdlib.h>
#include <string.h>

#include "blocks.h"

/* From line to line within a block, in pitches of body text. */
#define MAX_STEP_PITCHES 1.75
/* Type of another size is another text. */
#define MAX_SIZE_RATIO 1.35
/* The size of shorter lines is uncertain, and that of letters among characters. */
#define SIZED_RUNES 4
/* Indentation of a paragraph is two characters. */
#define INDENT_EM 2.2
#define INDENT_MIN_EM 1.2
#define INDENT_MAX_EM 4.5
#define FLUSH_MAX_EM 0.8
/* A line is short if this much is missing at its end. */
#define SHORT_MIN_EM 1.6
#define SHORT_SURE_EM 4.0
/* And no running text at all if it begins this far in. */
#define SET_IN_EM 2.7

/* Anything other than text lies in the strip between two lines of a column. */
static bool parted(const struct st_page *page, const struct st_line *above, const struct st_line *below)
{
    struct bi_box strip = {0};
    int left = above->flow.x > below->flow.x ? above->flow.x : below->flow.x;
    int right_above = above->flow.x + above->flow.w, right_below = below->flow.x + below->flow.w;
    strip.x = left;
    strip.w = (right_above < right_below ? right_above : right_below) - left;
    strip.y = st_middle(above->flow);
    strip.h = st_middle(below->flow) - strip.y;
    for (size_t i = 0; i < page->rule_count; i++) {
        struct bi_box rule = st_flow_box(page, page->rules[i], above->vertical);
        if (rule.w > 3 * rule.h && bi_box_overlap_x(rule, strip) > strip.w / 2 &&
            bi_box_overlap_y(rule, strip) > 0)
            return true;
    }
    return false;
}

/* So far nothing but 上接第1版, which may run over several columns of the text beneath it. */
static bool is_only_pointer(const struct st_page *page, const struct st_block *block)
{
    const struct st_line *first = &page->lines[block->lines[0]];
    return block->count == 1 && first->marker.kind == ST_MARKER_FROM && first->role == BI_ROLE_JUMP;
}

/* A first line is indented: the next may be two characters that end before it begins. */
static int column_overlap(const struct st_block *block, const struct st_line *line)
{
    struct bi_box column = block->flow;
    if (block->body_lines <= 1) {
        column.x -= (int)(INDENT_EM * line->em);
        column.w += (int)(INDENT_EM * line->em);
    }
    return bi_box_overlap_x(column, line->flow);
}

static bool follows(const struct st_page *page, const struct st_block *block, const struct st_line *last,
                    const struct st_line *line)
{
    double size = last->em > line->em ? last->em : line->em;
    double limit = MAX_STEP_PITCHES * (page->pitch > 1.3 * size ? page->pitch : 1.3 * size);
    int step = st_middle(line->flow) - st_middle(last->flow);
    if (last->vertical != line->vertical || last->frame != line->frame || step < 0.5 * last->em ||
        step > limit || last->marker.kind == ST_MARKER_TO || line->marker.kind == ST_MARKER_FROM ||
        (last->length >= SIZED_RUNES && line->length >= SIZED_RUNES &&
         st_is_latin(last->text) == st_is_latin(line->text) &&
         size > MAX_SIZE_RATIO * (last->em < line->em ? last->em : line->em)))
        return false;
    int overlap = column_overlap(block, line);
    int narrow = block->flow.w < line->flow.w ? block->flow.w : line->flow.w;
    if (overlap < 0.5 * narrow)
        return false;
    /* A wide line under several columns begins something new. */
    if (line->flow.w > 1.35 * block->flow.w && block->count > 1 && last->region != line->region)
        return false;
    return !parted(page, last, line);
}

/* A printed line that was cut in two: the piece lies in the row of the block's last line and within its
 * column. */
static bool completes_row(const struct st_page *page, const struct st_block *block,
                          const struct st_line *line)
{
    const struct st_line *last = &page->lines[block->lines[block->count - 1]];
    struct bi_box a = last->flow, b = line->flow;
    double margin = 0.5 * last->em;
    return block->count > 1 && last->vertical == line->vertical && last->frame == line->frame &&
           2 * bi_box_overlap_y(a, b) > (a.h < b.h ? a.h : b.h) && bi_box_overlap_x(a, b) < margin &&
           b.x > block->flow.x - margin && b.x + b.w < block->flow.x + block->flow.w + margin &&
           last->marker.kind == ST_MARKER_NONE && line->marker.kind == ST_MARKER_NONE;
}

static void add_line(struct st_page *page, struct st_block *block, size_t index)
{
    struct st_line *line = &page->lines[index];
    bool before = block->count && completes_row(page, block, line) &&
                  line->flow.x < page->lines[block->lines[block->count - 1]].flow.x;
    line->block = (int)(block - page->blocks);
    if (block->count && is_only_pointer(page, block)) {
        /* The column is the text's. */
        block->flow.x = line->flow.x;
        block->flow.w = line->flow.w;
    }
    block->lines[block->count++] = index;
    if (before) {
        block->lines[block->count - 1] = block->lines[block->count - 2];
        block->lines[block->count - 2] = index;
    }
    block->box = bi_box_union(block->box, line->box);
    block->flow = bi_box_union(block->flow, line->flow);
}

static bool is_running_text(const struct st_line *line)
{
    return line->role != BI_ROLE_BYLINE && line->role != BI_ROLE_JUMP;
}

/* Edges of the column: the outermost line unless it stands alone outside. */
static void find_edges(const struct st_page *page, struct st_block *block)
{
    int left = 0, left2 = 0, right = 0, right2 = 0;
    bool first = true;
    for (size_t i = 0; i < block->count; i++) {
        const struct st_line *line = &page->lines[block->lines[i]];
        if (!is_running_text(line))
            continue;
        int l = line->flow.x, r = l + line->flow.w;
        if (first) {
            left = left2 = l;
            right = right2 = r;
            first = false;
            continue;
        }
        if (l < left) {
            left2 = left;
            left = l;
        } else if (l < left2 || left2 == left) {
            left2 = l;
        }
        if (r > right) {
            right2 = right;
            right = r;
        } else if (r > right2 || right2 == right) {
            right2 = r;
        }
    }
    if (first) {
        left = block->flow.x;
        right = left + block->flow.w;
    } else if (block->body_lines >= 4) {
        if (left2 - left > 0.5 * block->em && left2 - left < INDENT_MIN_EM * block->em)
            left = left2;
        if (right - right2 > 0.5 * block->em && right - right2 < SHORT_MIN_EM * block->em)
            right = right2;
    }
    block->left = left;
    block->right = right;
}

/* Few lines do not show where their column begins and ends: longer blocks above and below do. */
static void borrow_edges(struct st_page *page)
{
    for (size_t i = 0; i < page->block_count; i++) {
        struct st_block *block = &page->blocks[i];
        if (block->body_lines > 3)
            continue;
        for (size_t j = 0; j < page->block_count; j++) {
            const struct st_block *other = &page->blocks[j];
            if (other->body_lines <= 3 || other->vertical != block->vertical || other->frame != block->frame)
                continue;
            int left = block->flow.x - other->left, right = other->right - block->flow.x - block->flow.w;
            if (left > -0.5 * block->em && left < INDENT_MAX_EM * block->em && other->left < block->left &&
                right > -0.5 * block->em)
                block->left = other->left;
            if (right > 0 && left > -0.5 * block->em && left < INDENT_MAX_EM * block->em &&
                other->right > block->right)
                block->right = other->right;
        }
    }
}

/* Set far in at the end of a column: a signature, or a pointer that was not read as one. */
static bool is_set_in(const struct st_block *block, const struct st_line *line)
{
    return line->marker.kind == ST_MARKER_NONE && line->flow.x - block->left > SET_IN_EM * block->em;
}

/* At the head of a column, neither full nor the end of a sentence: a pointer that was not read as one. */
static bool is_cut_short(const struct st_block *block, const struct st_line *line)
{
    return line->marker.kind == ST_MARKER_NONE && !st_ends_sentence(line->text) &&
           block->right - line->flow.x - line->flow.w > SHORT_SURE_EM * block->em;
}

static void find_ends(struct bi_arena *arena, const struct st_page *page, struct st_block *block)
{
    const struct st_line *first = NULL, *last = NULL;
    block->first = block->last = -1;
    for (size_t i = 0; i < block->count; i++) {
        const struct st_line *line = &page->lines[block->lines[i]];
        if (!is_running_text(line) || !*line->text)
            continue;
        if (!first || (last == first && is_cut_short(block, first)))
            first = line;
        if (!last || !is_set_in(block, line))
            last = line;
    }
    if (!first)
        return;
    block->first = (int)(first - page->lines);
    block->last = (int)(last - page->lines);
    block->opens = (page->lines[block->lines[0]].role == BI_ROLE_BYLINE && block->count > 1) ||
                   st_dateline(arena, first->text) != NULL;
    double indent = (first->flow.x - block->left) / block->em;
    /* A paragraph begins under a cross-head, and one ends above it, whatever its own place in the column. */
    if (first->role == BI_ROLE_CROSSHEAD)
        block->start = ST_START_INDENT;
    else if (indent >= INDENT_MIN_EM && st_rune_cannot_start(st_first_rune(first->text)) == false)
        block->start = ST_START_INDENT;
    else if (indent < FLUSH_MAX_EM)
        block->start = ST_START_FLUSH;
    double missing = (block->right - last->flow.x - last->flow.w) / block->em;
    bool ended = st_ends_sentence(last->text);
    if (last->role == BI_ROLE_CROSSHEAD)
        block->end = ST_END_SHORT;
    else if (last->marker.kind == ST_MARKER_TO) /* a pointer on the same line leaves no room to tell */
        block->end = ended ? ST_END_FULL : ST_END_OPEN;
    else if (missing > SHORT_SURE_EM || (missing > SHORT_MIN_EM && ended))
        block->end = ST_END_SHORT;
    else if (missing > SHORT_MIN_EM)
        block->end = ST_END_UNKNOWN;
    else
        block->end = ended ? ST_END_FULL : ST_END_OPEN;
}

static double median_em(const struct st_page *page, const struct st_block *block)
{
    double sum = 0, weight = 0;
    for (size_t i = 0; i < block->count; i++) {
        const struct st_line *line = &page->lines[block->lines[i]];
        sum += line->em * (double)line->length;
        weight += (double)line->length;
    }
    return weight > 0 ? sum / weight : page->em;
}

void st_blocks_build(struct bi_arena *arena, struct st_page *page)
{
    struct st_place *places = bi_arena_array(arena, page->line_count + 1, sizeof *places);
    size_t count = 0;
    for (size_t i = 0; i < page->line_count; i++)
        if (st_is_text(page, &page->lines[i]))
            places[count++] = (struct st_place){i, page->lines[i].flow};
    qsort(places, count, sizeof *places, st_by_place);
    page->blocks = bi_arena_array(arena, count + 1, sizeof *page->blocks);
    for (size_t i = 0; i < count; i++) {
        const struct st_line *line = &page->lines[places[i].line];
        struct st_block *best = NULL;
        int best_overlap = 0;
        for (size_t j = page->block_count; j-- > 0;) {
            struct st_block *block = &page->blocks[j];
            const struct st_line *last = &page->lines[block->lines[block->count - 1]];
            int overlap = column_overlap(block, line);
            if (completes_row(page, block, line)) {
                best = block;
                break;
            }
            if (overlap > best_overlap && follows(page, block, last, line)) {
                best = block;
                best_overlap = overlap;
            }
        }
        if (!best) {
            best = &page->blocks[page->block_count++];
            *best = (struct st_block){
                .lines = bi_arena_array(arena, count - i, sizeof *best->lines),
                .vertical = line->vertical,
                .frame = line->frame,
                .from = line->marker.kind == ST_MARKER_FROM,
                .head = -1,
            };
        }
        add_line(page, best, places[i].line);
        best->body_lines += is_running_text(line);
        best->to = best->to || line->marker.kind == ST_MARKER_TO;
    }
    for (size_t i = 0; i < page->block_count; i++)
        page->blocks[i].em = median_em(page, &page->blocks[i]);
    st_pieces_absorb(arena, page);
    for (size_t i = 0; i < page->block_count; i++) {
        page->blocks[i].em = median_em(page, &page->blocks[i]);
        find_edges(page, &page->blocks[i]);
    }
    borrow_edges(page);
    for (size_t i = 0; i < page->block_count; i++)
        find_ends(arena, page, &page->blocks[i]);
    st_dropcaps_place(arena, page);
}

/* ---- how text goes on */

static struct st_runes running_text(struct bi_arena *arena, const struct st_page *page,
                                    const struct st_block *block)
{
    struct bi_text text = {0};
    for (size_t i = 0; i < block->count; i++)
        if (is_running_text(&page->lines[block->lines[i]]))
            bi_text_add(&text, page->lines[block->lines[i]].text);
    struct st_runes runes = st_runes_folded(arena, bi_text_get(&text));
    bi_text_release(&text);
    return runes;
}

void st_blocks_learn(struct st_issue *issue)
{
    size_t total = 0, count = 0;
    for (size_t i = 0; i < issue->page_count; i++)
        total += issue->pages[i].block_count;
    struct st_runes *texts = bi_arena_array(issue->arena, total + 1, sizeof *texts);
    for (size_t i = 0; i < issue->page_count; i++) {
        struct st_page *page = &issue->pages[i];
        for (size_t j = 0; j < page->block_count; j++) {
            struct st_block *block = &page->blocks[j];
            texts[count++] = running_text(issue->arena, page, block);
            if (block->first < 0)
                continue;
            block->opening = st_runes_folded(issue->arena, page->lines[block->first].text);
            block->closing = st_runes_folded(issue->arena, page->lines[block->last].text);
        }
    }
    st_continuity_learn(issue->arena, texts, count, &issue->continuity);
}
