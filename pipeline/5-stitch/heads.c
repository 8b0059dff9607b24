/* Headlines: the large lines of a page, gathered with what belongs to each. */
#include <stdlib.h>
#include <string.h>

#include "blocks.h"

/* No headline is set as small as the text; where one seems to be, it is text. */
#define HEADLINE_MIN_SIZE 1.12
#define VERTICAL_RUNES 6
/* A crosshead set larger than this is a headline of its own. */
#define CROSSHEAD_MAX_SIZE 1.25
/* Lines of one headline, and what belongs to it, are no farther apart than this. */
#define HEAD_GAP_EM 1.0
/* Pieces of one row: how far apart in characters. Headlines of neighbouring articles are a gutter apart. */
#define SAME_REGION_GAP_EM 1.2
#define PUNCTUATION_GAP_EM 1.0
#define PIECE_GAP_EM 0.45
/* Characters stacked one by one; some between may be lost. */
#define STACKED_MIN_SIZE 1.4
#define STACKED_GAP_EM 2.5
#define LOST_MIDDLE_EM 6.0
/* Lines of a heading smaller than this are kicker or subhead; a little less is enough where segment says so.
 */
#define SMALL_SIZE 0.87
#define KNOWN_SMALL_SIZE 0.95
/* A line this large over much of a column's text is no headline but a piece of that text, seen wrongly. */
#define PIECE_MAX_SIZE 1.3
#define PIECE_MIN_LINES 4

/* What was read in a drawing: so few characters, so uncertain, so much larger than all headlines. */
#define DRAWING_RUNES 2
#define DRAWING_CONFIDENCE 0.65
#define DRAWING_SIZE 1.5
/* Two halves of one row, a space of about a character between them. */
#define HALVES_SIZE 1.08
#define HALVES_GAP_EM 2.0
#define HALVES_SPACE_EM 0.7

int st_by_place(const void *a, const void *b)
{
    const struct st_place *x = a, *y = b;
    int mx = st_middle(x->flow), my = st_middle(y->flow);
    if (mx != my)
        return mx < my ? -1 : 1;
    if (x->flow.x != y->flow.x)
        return x->flow.x < y->flow.x ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* A long vertical line is a headline whatever its size: text does not run downwards here and there. */
static bool too_small(const struct st_page *page, const struct st_line *line)
{
    return line->role == BI_ROLE_HEADLINE && line->em < HEADLINE_MIN_SIZE * page->em &&
           !(line->vertical && line->length >= VERTICAL_RUNES);
}

bool st_is_text(const struct st_page *page, const struct st_line *line)
{
    if (line->scrap || line->cap_of >= 0 || line->region->kind == BI_REGION_TABLE)
        return false;
    switch (line->role) {
    case BI_ROLE_BODY:
    case BI_ROLE_BYLINE:
    case BI_ROLE_JUMP:
    case BI_ROLE_OTHER:
        return true;
    case BI_ROLE_HEADLINE: /* a crosshead in bold, or text */
        return !line->vertical && too_small(page, line);
    case BI_ROLE_CROSSHEAD:
        return line->em < CROSSHEAD_MAX_SIZE * page->em || line->vertical;
    default:
        return false;
    }
}

bool st_is_head(const struct st_page *page, const struct st_line *line)
{
    if (line->scrap || line->cap_of >= 0 || too_small(page, line))
        return false;
    return line->role == BI_ROLE_HEADLINE || line->role == BI_ROLE_KICKER || line->role == BI_ROLE_SUBHEAD ||
           (line->role == BI_ROLE_CROSSHEAD && !st_is_text(page, line));
}

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

/* One line cut in two; where it was cut, punctuation may have left a wide space. */
static bool same_row(const struct st_line *a, const struct st_line *b)
{
    const struct st_line *left = a->flow.x < b->flow.x ? a : b, *right = left == a ? b : a;
    double size = a->em > b->em ? a->em : b->em, small = a->em < b->em ? a->em : b->em;
    int gap = right->flow.x - left->flow.x - left->flow.w;
    int rows = bi_box_overlap_y(a->flow, b->flow);
    uint32_t last = st_last_rune(left->text);
    bool goes_on = st_rune_is_mark(last) && !st_rune_ends_sentence(last);
    if (a->length == 1 && b->length == 1 && a->vertical)
        return rows > 0.3 * small && size < 2.0 * small && gap > -small && gap < STACKED_GAP_EM * size;
    /* Of a vertical headline the middle may be lost; two of one size one below the other are not two
     * headlines. */
    if (a->vertical && rows > 0.7 * small)
        return size < 1.2 * small && gap > -small && gap < LOST_MIDDLE_EM * small;
    double limit = a->region == b->region ? SAME_REGION_GAP_EM : goes_on ? PUNCTUATION_GAP_EM : PIECE_GAP_EM;
    return rows > 0.5 * small && size < 1.3 * small && gap > -small && gap < limit * small;
}

static bool same_head(const struct st_page *page, const struct st_head *head, const struct st_line *line)
{
    if (head->vertical != line->vertical || head->frame != line->frame)
        return false;
    for (size_t i = 0; i < head->count; i++)
        if (same_row(&page->lines[head->lines[i]], line))
            return true;
    struct bi_box a = st_flow_box(page, head->box, head->vertical), b = line->flow;
    double size = head->em > line->em ? head->em : line->em;
    int top = a.y > b.y ? a.y : b.y, bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return bi_box_overlap_x(a, b) > 0 && top - bottom < HEAD_GAP_EM * size &&
           !occupied_between(page, head->box, line->box, head->vertical);
}

static void join_text(struct bi_text *text, const char *more)
{
    if (text->length)
        st_join(text, more);
    else
        bi_text_add(text, more);
}

/* The line and the one before it are one row with a character's space between them. */
static bool is_second_half(const struct st_page *page, const struct st_head *head, size_t index)
{
    const struct st_line *before = &page->lines[head->lines[index - 1]],
                         *line = &page->lines[head->lines[index]];
    struct bi_box a = before->flow, b = line->flow;
    return 2 * bi_box_overlap_y(a, b) > b.h && b.x - a.x - a.w > HALVES_SPACE_EM * line->em;
}

/* A drawing, or a stain, read as a word in type that no headline of the page comes near. */
static void drop_drawings(struct st_page *page)
{
    double largest = page->em;
    for (size_t i = 0; i < page->line_count; i++)
        if (st_is_head(page, &page->lines[i]) && page->lines[i].length > DRAWING_RUNES &&
            page->lines[i].em > largest)
            largest = page->lines[i].em;
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        double confidence = line->source->confidence;
        if (st_is_head(page, line) && line->length <= DRAWING_RUNES && confidence > 0 &&
            confidence < DRAWING_CONFIDENCE && line->em > DRAWING_SIZE * largest) {
            line->scrap = true;
            line->role = BI_ROLE_OTHER;
        }
    }
}

/* The largest lines are the headline; smaller ones before them the kicker, after them the subhead. */
static void split_head(struct bi_arena *arena, struct st_page *page, struct st_head *head)
{
    struct st_place *places = bi_arena_array(arena, head->count, sizeof *places);
    for (size_t i = 0; i < head->count; i++)
        places[i] = (struct st_place){head->lines[i], page->lines[head->lines[i]].flow};
    qsort(places, head->count, sizeof *places, st_by_place);
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
            if (seen && is_second_half(page, head, i))
                bi_text_add(&main_text, "\xE3\x80\x80"); /* 　 */
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

/* Characters of a column that were taken for a (mostly vertical) headline. */
static bool is_piece_of_text(const struct st_page *page, const struct st_line *line)
{
    if (line->em > PIECE_MAX_SIZE * page->em)
        return false;
    for (size_t i = 0; i < page->block_count; i++)
        if (page->blocks[i].count >= PIECE_MIN_LINES && page->blocks[i].vertical != line->vertical &&
            bi_box_inside(line->box, page->blocks[i].box, 0.5))
            return true;
    return false;
}

static int by_size(const void *a, const void *b, void *user)
{
    const struct st_page *page = user;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    if (page->lines[x].em < page->lines[y].em || page->lines[x].em > page->lines[y].em)
        return page->lines[x].em > page->lines[y].em ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* A vertical headline of which each character came as a line of its own. */
static void stack_characters(struct st_page *page)
{
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        if (!st_is_head(page, line) || line->length > 1 || line->vertical ||
            line->em < STACKED_MIN_SIZE * page->em)
            continue;
        for (size_t j = 0; j < page->line_count; j++) {
            struct st_line *other = &page->lines[j];
            int aside = line->box.x + line->box.w / 2 - other->box.x - other->box.w / 2;
            int gap = other->box.y - line->box.y - line->box.h;
            if (j == i || !st_is_head(page, other) || other->length > 1 ||
                other->em < STACKED_MIN_SIZE * page->em || other->frame != line->frame || gap < 0 ||
                gap > STACKED_GAP_EM * line->em || (aside < 0 ? -aside : aside) > 0.5 * line->em)
                continue;
            line->vertical = other->vertical = true;
            line->flow = st_flow_box(page, line->box, true);
            other->flow = st_flow_box(page, other->box, true);
        }
    }
}

void st_heads_build(struct bi_arena *arena, struct st_page *page)
{
    drop_drawings(page);
    stack_characters(page);
    size_t *order = bi_arena_array(arena, page->line_count + 1, sizeof *order), count = 0;
    for (size_t i = 0; i < page->line_count; i++)
        if (st_is_head(page, &page->lines[i]) && (page->lines[i].length > 1 || page->lines[i].vertical) &&
            !is_piece_of_text(page, &page->lines[i]))
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

/* ---- halves */

static bool are_halves(const struct st_page *page, const struct st_head *a, const struct st_head *b)
{
    struct bi_box left = st_flow_box(page, a->box, a->vertical),
                  right = st_flow_box(page, b->box, b->vertical);
    double size = a->em > b->em ? a->em : b->em, small = a->em > b->em ? b->em : a->em;
    if (left.x > right.x) {
        struct bi_box swap = left;
        left = right;
        right = swap;
    }
    int low = left.h < right.h ? left.h : right.h, gap = right.x - left.x - left.w;
    return a->vertical == b->vertical && a->frame == b->frame && size < HALVES_SIZE * small &&
           bi_box_overlap_y(left, right) > 0.8 * low && gap > 0 && gap < HALVES_GAP_EM * size;
}

/* A column of the chain stands beneath the headline. */
static bool has_column_beneath(const struct st_page *page, const int *next, int block,
                               const struct st_head *head)
{
    struct bi_box box = st_flow_box(page, head->box, head->vertical);
    for (; block >= 0; block = next[block])
        if (page->blocks[block].vertical == head->vertical &&
            2 * bi_box_overlap_x(page->blocks[block].flow, box) > box.w && page->blocks[block].flow.y > box.y)
            return true;
    return false;
}

void st_heads_join_halves(struct bi_arena *arena, struct st_page *page, const int *next)
{
    for (size_t i = 0; i < page->head_count; i++) {
        struct st_head *head = &page->heads[i];
        for (size_t j = 0; j < page->head_count && head->count; j++) {
            struct st_head *other = &page->heads[j];
            int first = next[page->block_count + j];
            if (j == i || !other->count || next[page->block_count + i] >= 0 || first < 0 ||
                !are_halves(page, head, other) || !has_column_beneath(page, next, first, head))
                continue;
            size_t *lines = bi_arena_array(arena, head->count + other->count, sizeof *lines);
            memcpy(lines, other->lines, other->count * sizeof *lines);
            memcpy(lines + other->count, head->lines, head->count * sizeof *lines);
            for (size_t k = 0; k < head->count; k++)
                page->lines[head->lines[k]].head = (int)j;
            other->lines = lines;
            other->count += head->count;
            other->box = bi_box_union(other->box, head->box);
            head->count = 0;
            split_head(arena, page, other);
        }
    }
}
