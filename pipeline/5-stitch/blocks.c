/* Lines to columns and headlines. Both are built from the lines' places alone, so that it does not matter how
 * another program grouped them into regions. */
#include <stdlib.h>
#include <string.h>

#include "stitch.h"

/* A crosshead set larger than this is a headline of its own. */
#define CROSSHEAD_MAX_SIZE 1.25
/* From line to line within a block, in pitches of body text. */
#define MAX_STEP_PITCHES 1.75
/* Type of another size is another text. */
#define MAX_SIZE_RATIO 1.35
/* The size of shorter lines is uncertain. */
#define SIZED_RUNES 4
/* Blocks of more lines are no pieces of another's lines. */
#define MAX_PIECE_LINES 3
/* Indentation of a paragraph is two characters. */
#define INDENT_EM 2.2
#define INDENT_MIN_EM 1.2
#define INDENT_MAX_EM 4.5
#define FLUSH_MAX_EM 0.8
/* A line is short if this much is missing at its end. */
#define SHORT_MIN_EM 1.6
#define SHORT_SURE_EM 4.0
/* Lines of one headline, and what belongs to it, are no farther apart than this. */
#define HEAD_GAP_EM 1.0
/* Lines of a heading smaller than this are kicker or subhead; a little less is enough where segment says so.
 */
#define SMALL_SIZE 0.8
#define KNOWN_SMALL_SIZE 0.95

static int middle(struct bi_box box)
{
    return box.y + box.h / 2;
}

static bool is_text(const struct st_page *page, const struct st_line *line)
{
    if (line->scrap)
        return false;
    switch (line->role) {
    case BI_ROLE_BODY:
    case BI_ROLE_BYLINE:
    case BI_ROLE_JUMP:
    case BI_ROLE_OTHER:
        return true;
    case BI_ROLE_CROSSHEAD:
        return line->em < CROSSHEAD_MAX_SIZE * page->em || line->vertical;
    default:
        return false;
    }
}

static bool is_head(const struct st_page *page, const struct st_line *line)
{
    if (line->scrap)
        return false;
    return line->role == BI_ROLE_HEADLINE || line->role == BI_ROLE_KICKER || line->role == BI_ROLE_SUBHEAD ||
           (line->role == BI_ROLE_CROSSHEAD && !is_text(page, line));
}

struct place {
    size_t line;
    struct bi_box flow;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int mx = middle(x->flow), my = middle(y->flow);
    if (mx != my)
        return mx < my ? -1 : 1;
    if (x->flow.x != y->flow.x)
        return x->flow.x < y->flow.x ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* Anything other than text lies in the strip between two lines of a column. */
static bool parted(const struct st_page *page, const struct st_line *above, const struct st_line *below)
{
    struct bi_box strip = {0};
    int left = above->flow.x > below->flow.x ? above->flow.x : below->flow.x;
    int right_above = above->flow.x + above->flow.w, right_below = below->flow.x + below->flow.w;
    strip.x = left;
    strip.w = (right_above < right_below ? right_above : right_below) - left;
    strip.y = middle(above->flow);
    strip.h = middle(below->flow) - strip.y;
    for (size_t i = 0; i < page->rule_count; i++) {
        struct bi_box rule = st_flow_box(page, page->rules[i], above->vertical);
        if (rule.w > 3 * rule.h && bi_box_overlap_x(rule, strip) > strip.w / 2 &&
            bi_box_overlap_y(rule, strip) > 0)
            return true;
    }
    return false;
}

/* A first line is indented: the next may be two characters that end before it begins. */
static int column_overlap(const struct st_block *block, const struct st_line *line)
{
    struct bi_box column = block->flow;
    if (block->count == 1) {
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
    int step = middle(line->flow) - middle(last->flow);
    if (last->vertical != line->vertical || last->frame != line->frame || step < 0.5 * last->em ||
        step > limit || last->marker.kind == ST_MARKER_TO || line->marker.kind == ST_MARKER_FROM ||
        (last->length >= SIZED_RUNES && line->length >= SIZED_RUNES &&
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

static void find_ends(struct bi_arena *arena, const struct st_page *page, struct st_block *block)
{
    const struct st_line *first = NULL, *last = NULL;
    for (size_t i = 0; i < block->count; i++) {
        const struct st_line *line = &page->lines[block->lines[i]];
        if (!is_running_text(line) || !*line->text)
            continue;
        first = first ? first : line;
        last = line;
    }
    if (!first)
        return;
    block->opens = (page->lines[block->lines[0]].role == BI_ROLE_BYLINE && block->count > 1) ||
                   st_dateline(arena, first->text) != NULL;
    double indent = (first->flow.x - block->left) / block->em;
    if (indent >= INDENT_MIN_EM && st_rune_cannot_start(st_first_rune(first->text)) == false)
        block->start = ST_START_INDENT;
    else if (indent < FLUSH_MAX_EM)
        block->start = ST_START_FLUSH;
    double missing = (block->right - last->flow.x - last->flow.w) / block->em;
    bool ended = st_ends_sentence(last->text);
    /* A pointer on the same line leaves no room to tell. */
    if (last->marker.kind == ST_MARKER_TO)
        block->end = ended ? ST_END_FULL : ST_END_OPEN;
    else if (missing > SHORT_SURE_EM || (missing > SHORT_MIN_EM && ended))
        block->end = ST_END_SHORT;
    else if (missing > SHORT_MIN_EM)
        block->end = ST_END_UNKNOWN;
    else
        block->end = ended ? ST_END_FULL : ST_END_OPEN;
}

/* ---- pieces of lines that became blocks of their own */

/* Some line of the small block stands in the row of a line of the large one, and within its column. */
static bool belongs_within(const struct st_page *page, const struct st_block *small,
                           const struct st_block *large)
{
    double margin = 0.6 * large->em;
    if (small->vertical != large->vertical || small->frame != large->frame || small->count >= large->count ||
        small->flow.x < large->flow.x - margin ||
        small->flow.x + small->flow.w > large->flow.x + large->flow.w + margin)
        return false;
    for (size_t i = 0; i < small->count; i++)
        for (size_t j = 0; j < large->count; j++) {
            struct bi_box a = page->lines[small->lines[i]].flow, b = page->lines[large->lines[j]].flow;
            if (2 * bi_box_overlap_y(a, b) > (a.h < b.h ? a.h : b.h) && bi_box_overlap_x(a, b) < margin)
                return true;
        }
    return false;
}

/* Rows from top to bottom, and from left to right within a row. */
static bool stands_before(struct bi_box a, struct bi_box b)
{
    bool row = 2 * bi_box_overlap_y(a, b) > (a.h < b.h ? a.h : b.h);
    return row ? a.x < b.x : middle(a) < middle(b);
}

static void absorb(struct bi_arena *arena, struct st_page *page, struct st_block *large,
                   struct st_block *small)
{
    size_t *lines = bi_arena_array(arena, large->count + small->count, sizeof *lines), n = 0;
    memcpy(lines, large->lines, large->count * sizeof *lines);
    n = large->count;
    for (size_t i = 0; i < small->count; i++) {
        size_t at = n++;
        while (at > 0 && stands_before(page->lines[small->lines[i]].flow, page->lines[lines[at - 1]].flow)) {
            lines[at] = lines[at - 1];
            at--;
        }
        lines[at] = small->lines[i];
    }
    large->lines = lines;
    large->count = n;
    large->body_lines += small->body_lines;
    large->box = bi_box_union(large->box, small->box);
    large->flow = bi_box_union(large->flow, small->flow);
    large->from = large->from || small->from;
    large->to = large->to || small->to;
    small->count = 0;
}

static void absorb_pieces(struct bi_arena *arena, struct st_page *page)
{
    for (size_t i = 0; i < page->block_count; i++) {
        struct st_block *small = &page->blocks[i], *best = NULL;
        for (size_t j = 0; small->count && small->count <= MAX_PIECE_LINES && j < page->block_count; j++) {
            struct st_block *large = &page->blocks[j];
            if (j != i && large->count && belongs_within(page, small, large) &&
                (!best || large->count > best->count))
                best = large;
        }
        if (best)
            absorb(arena, page, best, small);
    }
    size_t kept = 0;
    for (size_t i = 0; i < page->block_count; i++)
        if (page->blocks[i].count)
            page->blocks[kept++] = page->blocks[i];
    page->block_count = kept;
    for (size_t i = 0; i < kept; i++)
        for (size_t j = 0; j < page->blocks[i].count; j++)
            page->lines[page->blocks[i].lines[j]].block = (int)i;
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
    struct place *places = bi_arena_array(arena, page->line_count + 1, sizeof *places);
    size_t count = 0;
    for (size_t i = 0; i < page->line_count; i++)
        if (is_text(page, &page->lines[i]))
            places[count++] = (struct place){i, page->lines[i].flow};
    qsort(places, count, sizeof *places, by_place);
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
    absorb_pieces(arena, page);
    for (size_t i = 0; i < page->block_count; i++) {
        page->blocks[i].em = median_em(page, &page->blocks[i]);
        find_edges(page, &page->blocks[i]);
    }
    borrow_edges(page);
    for (size_t i = 0; i < page->block_count; i++)
        find_ends(arena, page, &page->blocks[i]);
}

/* ---- headlines */

/* Text or a picture stands between two boxes. */
static bool occupied_between(const struct st_page *page, struct bi_box a, struct bi_box b, bool vertical)
{
    struct bi_box u = st_flow_box(page, a, vertical), v = st_flow_box(page, b, vertical);
    if (u.y > v.y) {
        struct bi_box swap = u;
        u = v;
        v = swap;
    }
    struct bi_box strip = {u.x > v.x ? u.x : v.x, u.y + u.h, 0, v.y - u.y - u.h};
    int right = u.x + u.w < v.x + v.w ? u.x + u.w : v.x + v.w;
    strip.w = right - strip.x;
    if (strip.w <= 0 || strip.h <= 0)
        return false;
    for (size_t i = 0; i < page->block_count; i++) {
        struct bi_box flow = st_flow_box(page, page->blocks[i].box, vertical);
        if (!bi_box_empty(bi_box_intersection(strip, flow)))
            return true;
    }
    for (size_t i = 0; i < page->image_count; i++)
        if (!bi_box_empty(bi_box_intersection(strip, st_flow_box(page, page->images[i], vertical))))
            return true;
    return false;
}

static bool same_head(const struct st_page *page, const struct st_head *head, const struct st_line *line)
{
    if (head->vertical != line->vertical || head->frame != line->frame)
        return false;
    struct bi_box a = st_flow_box(page, head->box, head->vertical), b = line->flow;
    double size = head->em > line->em ? head->em : line->em,
           small = head->em < line->em ? head->em : line->em;
    int overlap = bi_box_overlap_x(a, b),
        gap_y = (a.y > b.y ? a.y : b.y) - (a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h);
    int gap_x = (a.x > b.x ? a.x : b.x) - (a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w);
    if (overlap > 0 && gap_y < HEAD_GAP_EM * size)
        return !occupied_between(page, head->box, line->box, head->vertical);
    /* One line cut in two; where it was cut, punctuation may have left a wide space. */
    const struct st_line *left = b.x < a.x ? line : &page->lines[head->lines[head->count - 1]];
    bool goes_on =
        st_rune_is_mark(st_last_rune(left->text)) && !st_rune_ends_sentence(st_last_rune(left->text));
    return gap_y < -0.5 * small && gap_x < 1.2 * small && size < 1.3 * small &&
           (line->region == page->lines[head->lines[0]].region || gap_x < (goes_on ? 1.0 : 0.45) * small);
}

static void join_text(struct bi_text *text, const char *more)
{
    if (text->length)
        st_join(text, more);
    else
        bi_text_add(text, more);
}

/* The largest lines are the headline; smaller ones before them the kicker, after them the subhead. */
static void split_head(struct bi_arena *arena, struct st_page *page, struct st_head *head)
{
    struct place *places = bi_arena_array(arena, head->count, sizeof *places);
    for (size_t i = 0; i < head->count; i++)
        places[i] = (struct place){head->lines[i], page->lines[head->lines[i]].flow};
    qsort(places, head->count, sizeof *places, by_place);
    for (size_t i = 0; i < head->count; i++)
        head->lines[i] = places[i].line;
    /* Pieces of one row go left to right even if their middles differ by a pixel. */
    for (size_t i = 1; i < head->count; i++)
        for (size_t j = i; j > 0; j--) {
            const struct st_line *a = &page->lines[head->lines[j - 1]], *b = &page->lines[head->lines[j]];
            int rows = bi_box_overlap_y(a->flow, b->flow);
            if (2 * rows < a->flow.h || 2 * rows < b->flow.h || a->flow.x <= b->flow.x)
                break;
            size_t swap = head->lines[j - 1];
            head->lines[j - 1] = head->lines[j];
            head->lines[j] = swap;
        }
    struct bi_text kicker = {0}, main_text = {0}, subhead = {0};
    bool seen = false;
    for (size_t i = 0; i < head->count; i++) {
        struct st_line *line = &page->lines[head->lines[i]];
        bool small = line->role == BI_ROLE_KICKER || line->role == BI_ROLE_SUBHEAD;
        if (line->em >= (small ? KNOWN_SMALL_SIZE : SMALL_SIZE) * head->em) {
            line->role = BI_ROLE_HEADLINE;
            seen = true;
            join_text(&main_text, line->text);
        } else if (!seen) {
            line->role = BI_ROLE_KICKER;
            join_text(&kicker, line->text);
        } else {
            line->role = BI_ROLE_SUBHEAD;
            join_text(&subhead, line->text);
        }
    }
    head->kicker = bi_arena_strdup(arena, bi_text_get(&kicker));
    head->headline = bi_arena_strdup(arena, bi_text_get(&main_text));
    head->subhead = bi_arena_strdup(arena, bi_text_get(&subhead));
    bi_text_release(&kicker);
    bi_text_release(&main_text);
    bi_text_release(&subhead);
}

static int by_size(const void *a, const void *b, void *user)
{
    const struct st_page *page = user;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    if (page->lines[x].em < page->lines[y].em || page->lines[x].em > page->lines[y].em)
        return page->lines[x].em > page->lines[y].em ? -1 : 1;
    return x < y ? -1 : x > y;
}

void st_heads_build(struct bi_arena *arena, struct st_page *page)
{
    size_t *order = bi_arena_array(arena, page->line_count + 1, sizeof *order), count = 0;
    for (size_t i = 0; i < page->line_count; i++)
        if (is_head(page, &page->lines[i]) && page->lines[i].length > 1)
            order[count++] = i;
    qsort_r(order, count, sizeof *order, by_size, page);
    page->heads = bi_arena_array(arena, count + 1, sizeof *page->heads);
    /* Largest first, so that kicker and subhead find the headline they belong to. Twice, for lines that only
     * touch others of their headline. */
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < count; i++) {
            struct st_line *line = &page->lines[order[i]];
            if (line->head >= 0)
                continue;
            struct st_head *found = NULL;
            for (size_t j = 0; j < page->head_count && !found; j++)
                if (same_head(page, &page->heads[j], line))
                    found = &page->heads[j];
            bool large = line->role == BI_ROLE_HEADLINE || round == 1;
            if (!found && !large)
                continue;
            if (!found) {
                found = &page->heads[page->head_count++];
                *found = (struct st_head){
                    .lines = bi_arena_array(arena, count, sizeof *found->lines),
                    .vertical = line->vertical,
                    .em = line->em,
                    .frame = line->frame,
                };
            }
            found->lines[found->count++] = order[i];
            found->box = bi_box_union(found->box, line->box);
            line->head = (int)(found - page->heads);
        }
    for (size_t i = 0; i < page->head_count; i++)
        split_head(arena, page, &page->heads[i]);
}
