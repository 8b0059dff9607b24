#include "corrections.h"

#include <string.h>

#include "anchors.h"

struct applying {
    struct st_issue *issue;
    struct st_jumps *jumps;
};

static int first_of(const struct st_issue *issue, int part)
{
    while (issue->parts[part].previous >= 0)
        part = issue->parts[part].previous;
    return part;
}

static struct st_override *override_of(struct st_issue *issue, int part)
{
    struct st_part *first = &issue->parts[first_of(issue, part)];
    if (!first->override)
        first->override = bi_arena_alloc(issue->arena, sizeof *first->override);
    return first->override;
}

/* ---- joins */

static void undo_join(struct applying *applying, int source)
{
    struct st_issue *issue = applying->issue;
    struct st_jumps *jumps = applying->jumps;
    if (source < 0 || issue->parts[source].next < 0)
        return;
    issue->parts[issue->parts[source].next].previous = -1;
    issue->parts[source].next = -1;
    size_t kept = 0;
    for (size_t i = 0; i < jumps->count; i++)
        if (jumps->list[i].source != source)
            jumps->list[kept++] = jumps->list[i];
    jumps->count = kept;
}

static void add_jump(struct applying *applying, int source, int target, const char *note)
{
    struct st_jumps *jumps = applying->jumps;
    struct bi_arena *arena = applying->issue->arena;
    struct st_jump *list = bi_arena_array(arena, jumps->count + 1, sizeof *list);
    size_t at = 0;
    for (; at < jumps->count && jumps->list[at].source < source; at++)
        list[at] = jumps->list[at];
    list[at] = (struct st_jump){
        .source = source,
        .target = target,
        .score = 1,
        .reason = bi_arena_printf(arena, "joined by hand%s%s", note ? ": " : "", note ? note : ""),
    };
    if (at < jumps->count)
        memcpy(list + at + 1, jumps->list + at, (jumps->count - at) * sizeof *list);
    jumps->list = list;
    jumps->count++;
}

static const char *join(struct applying *applying, int source, int target, const char *note)
{
    struct st_issue *issue = applying->issue;
    if (source == target)
        return "both places are in one part of an article";
    for (int at = target; at >= 0; at = issue->parts[at].next)
        if (at == source && issue->parts[source].next != target)
            return "the second is what the first continues";
    undo_join(applying, source);
    undo_join(applying, issue->parts[target].previous);
    issue->parts[source].next = target;
    issue->parts[target].previous = source;
    add_jump(applying, source, target, note);
    return NULL;
}

/* ---- splits */

static size_t place_of(const size_t *list, size_t count, size_t wanted)
{
    size_t at = 0;
    while (at < count && list[at] != wanted)
        at++;
    return at;
}

/* Cuts a block in two before one of its lines; returns the second. There is room: a page's blocks were given
 * as much as if each line were one. */
static size_t cut_block(struct st_page *page, size_t index, size_t line)
{
    struct st_block *block = &page->blocks[index], *rest = &page->blocks[page->block_count];
    *rest = *block;
    rest->lines = block->lines + line;
    rest->count = block->count - line;
    rest->from = rest->opens = false;
    rest->head = -1;
    rest->start = ST_START_UNKNOWN;
    block->count = line;
    block->to = false;
    block->end = ST_END_SHORT;
    for (int half = 0; half < 2; half++) {
        struct st_block *part = half ? rest : block;
        part->box = part->flow = (struct bi_box){0};
        part->body_lines = 0;
        for (size_t i = 0; i < part->count; i++) {
            struct st_line *of = &page->lines[part->lines[i]];
            part->box = bi_box_union(part->box, of->box);
            part->flow = bi_box_union(part->flow, of->flow);
            part->body_lines += of->role != BI_ROLE_BYLINE && of->role != BI_ROLE_JUMP;
            of->block = (int)(part - page->blocks);
        }
    }
    return page->block_count++;
}

struct gathering {
    struct st_page *page;
    struct bi_box box;
    int part;
};

static void take_line(void *user, int line)
{
    struct gathering *gathering = user;
    gathering->page->lines[line].part = gathering->part;
    gathering->box = bi_box_union(gathering->box, gathering->page->lines[line].box);
}

/* Lines and box of a part whose pieces have changed. */
static void settle(struct st_issue *issue, int part)
{
    struct st_page *page = &issue->pages[issue->parts[part].page];
    struct gathering gathering = {page, {0}, part};
    st_part_lines(issue, part, take_line, &gathering);
    issue->parts[part].box = gathering.box;
}

/* Pictures go with the half in whose box their middle lies. */
static void share_images(struct st_issue *issue, struct st_part *part, struct st_part *rest)
{
    const struct st_page *page = &issue->pages[part->page];
    size_t kept = 0;
    for (size_t i = 0; i < part->image_count; i++) {
        struct bi_box image = page->images[part->images[i]];
        struct bi_box middle = {image.x + image.w / 2, image.y + image.h / 2, 1, 1};
        bool moves = bi_box_inside(middle, rest->box, 1) && !bi_box_inside(middle, part->box, 1);
        if (moves)
            rest->images[rest->image_count++] = part->images[i];
        else
            part->images[kept++] = part->images[i];
    }
    part->image_count = kept;
    for (size_t i = 0; i < part->image_count; i++)
        part->box = bi_box_union(part->box, page->images[part->images[i]]);
    for (size_t i = 0; i < rest->image_count; i++)
        rest->box = bi_box_union(rest->box, page->images[rest->images[i]]);
}

/* Everything of a part from a line on becomes a part of its own, with what followed it. */
static void cut_part(struct applying *applying, int index, size_t line)
{
    struct st_issue *issue = applying->issue;
    struct st_page *page = &issue->pages[issue->parts[index].page];
    issue->parts = bi_arena_grow(issue->arena, issue->parts, issue->part_count, &issue->part_capacity,
                                 sizeof *issue->parts);
    struct st_part *part = &issue->parts[index], *rest = &issue->parts[issue->part_count];
    *rest = *part;
    rest->head = -1;
    rest->from = NULL;
    rest->override = NULL;
    rest->previous = -1;
    rest->block_count = rest->other_count = rest->image_count = 0;
    rest->blocks = bi_arena_array(issue->arena, page->block_count + 1, sizeof *rest->blocks);
    rest->others = bi_arena_array(issue->arena, page->line_count + 1, sizeof *rest->others);
    rest->images = bi_arena_array(issue->arena, page->image_count + 1, sizeof *rest->images);
    if (page->lines[line].block >= 0) {
        size_t block = (size_t)page->lines[line].block, at = place_of(part->blocks, part->block_count, block);
        size_t within = place_of(page->blocks[block].lines, page->blocks[block].count, line);
        if (within > 0) {
            rest->blocks[rest->block_count++] = cut_block(page, block, within);
            at++;
        }
        for (size_t i = at; i < part->block_count; i++)
            rest->blocks[rest->block_count++] = part->blocks[i];
        part->block_count = at;
    } else {
        size_t at = place_of(part->others, part->other_count, line);
        for (size_t i = at; i < part->other_count; i++)
            rest->others[rest->other_count++] = part->others[i];
        part->other_count = at;
        rest->to = NULL;
        rest->next = -1;
    }
    if (rest->block_count) {
        part->to = NULL;
        part->next = -1;
        if (rest->next >= 0)
            issue->parts[rest->next].previous = (int)issue->part_count;
        for (size_t i = 0; i < applying->jumps->count; i++)
            if (applying->jumps->list[i].source == index)
                applying->jumps->list[i].source = (int)issue->part_count;
    }
    settle(issue, index);
    settle(issue, (int)issue->part_count);
    share_images(issue, part, rest);
    issue->part_count++;
}

struct search {
    const struct st_page *page;
    int head, first; /* the first line of the part's own text, -1 so far */
};

static void look_for_first(void *user, int line)
{
    struct search *search = user;
    const struct st_line *of = &search->page->lines[line];
    if (search->first < 0 && of->role != BI_ROLE_JUMP && (search->head < 0 || of->head != search->head))
        search->first = line;
}

/* The part begins with this line, headline and pointer not counted. */
static bool begins_with(const struct st_issue *issue, int index, int line)
{
    const struct st_part *part = &issue->parts[index];
    struct search search = {&issue->pages[part->page], part->head, -1};
    bool in_head = line >= 0 && part->head >= 0 && search.page->lines[line].head == part->head;
    st_part_lines(issue, index, look_for_first, &search);
    return line < 0 || in_head || (part->head < 0 && line == search.first);
}

static const char *split(struct applying *applying, const struct st_spot *spot)
{
    const struct st_part *part = &applying->issue->parts[spot->part];
    if (!begins_with(applying->issue, spot->part, spot->line))
        cut_part(applying, spot->part, (size_t)spot->line);
    else if (part->previous < 0)
        return "an article begins there as it is";
    else
        undo_join(applying, part->previous);
    return NULL;
}

/* ---- all of them */

static void retitle(struct st_override *override, const struct bi_correction *correction)
{
    override->kicker = correction->kicker ? correction->kicker : override->kicker;
    override->headline = correction->headline ? correction->headline : override->headline;
    override->subhead = correction->subhead ? correction->subhead : override->subhead;
    override->byline = correction->byline ? correction->byline : override->byline;
}

static const char *reorder(struct st_issue *issue, int part, int after)
{
    int first = first_of(issue, part), other = first_of(issue, after);
    if (first == other)
        return "both places are in one article";
    struct st_move *move = bi_arena_alloc(issue->arena, sizeof *move);
    *move = (struct st_move){first, other, NULL};
    struct st_move **last = &issue->moves;
    while (*last)
        last = &(*last)->next;
    *last = move;
    return NULL;
}

/* NULL if it was applied, else why not. */
static const char *apply(struct applying *applying, const struct bi_correction *correction)
{
    struct st_issue *issue = applying->issue;
    struct st_spot spot, other = {-1, -1};
    const char *why = NULL;
    bool two = correction->kind == BI_CORRECT_JOIN || correction->kind == BI_CORRECT_ORDER;
    if (st_anchor_find(issue, &correction->place, &spot, &why) < 0 ||
        (two && st_anchor_find(issue, &correction->other, &other, &why) < 0))
        return why;
    switch (correction->kind) {
    case BI_CORRECT_JOIN:
        return join(applying, spot.part, other.part, correction->note);
    case BI_CORRECT_SPLIT:
        return split(applying, &spot);
    case BI_CORRECT_TITLE:
        retitle(override_of(issue, spot.part), correction);
        return NULL;
    case BI_CORRECT_KIND:
        override_of(issue, spot.part)->kind = correction->article_kind;
        return NULL;
    case BI_CORRECT_ORDER:
        return reorder(issue, spot.part, other.part);
    }
    return NULL;
}

void st_corrections_apply(struct st_issue *issue, const struct bi_corrections *corrections,
                          struct st_jumps *jumps, struct bi_articles *articles)
{
    struct applying applying = {issue, jumps};
    /* Titles and order are those of whole articles: first it is settled which parts these have. */
    for (size_t i = 0, count = corrections->count; i < 2 * count; i++) {
        const struct bi_correction *correction = &corrections->list[i % count];
        bool whole = correction->kind != BI_CORRECT_JOIN && correction->kind != BI_CORRECT_SPLIT;
        if (whole != (i >= count))
            continue;
        const char *why = apply(&applying, correction);
        bool there = false;
        for (size_t j = 0; j < issue->page_count; j++)
            there = there || issue->pages[j].page_number == correction->place.page_number;
        if (why)
            bi_articles_add_problem(articles, there ? correction->place.page_number : 0, -1,
                                    "correction-unapplied", "warning",
                                    "correction %zu (%s) of articles.json does not apply: %s", i % count + 1,
                                    bi_correction_name(correction->kind), why);
    }
}
