#include "compose.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Pages are read in rows of this share of their height, from left to right in each. */
#define ROWS 16
#define LOW_CONFIDENCE 0.6

/* ---- reading order */

struct place {
    int part;
    int page_number, row, x;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->page_number != y->page_number)
        return x->page_number < y->page_number ? -1 : 1;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->x != y->x)
        return x->x < y->x ? -1 : 1;
    return x->part < y->part ? -1 : x->part > y->part;
}

/* Puts an article's first part right after another's. */
static void move_place(struct place *places, size_t count, const struct st_move *move)
{
    size_t from = 0, to = 0;
    while (from < count && places[from].part != move->part)
        from++;
    while (to < count && places[to].part != move->after)
        to++;
    if (from == count || to == count)
        return;
    struct place moved = places[from];
    for (; from > to + 1; from--)
        places[from] = places[from - 1];
    for (; from < to; from++)
        places[from] = places[from + 1];
    places[from] = moved;
}

static struct place *reading_order(const struct st_issue *issue)
{
    struct place *places = bi_arena_array(issue->arena, issue->part_count + 1, sizeof *places);
    for (size_t i = 0; i < issue->part_count; i++) {
        const struct st_part *part = &issue->parts[i];
        const struct st_page *page = &issue->pages[part->page];
        int row_height = page->height / ROWS > 0 ? page->height / ROWS : 1;
        places[i] = (struct place){(int)i, page->page_number, part->box.y / row_height, part->box.x};
    }
    qsort(places, issue->part_count, sizeof *places, by_place);
    for (const struct st_move *move = issue->moves; move; move = move->next)
        move_place(places, issue->part_count, move);
    return places;
}

/* ---- articles */

struct ids {
    char **list;
    size_t count;
};

static void add_id(struct ids *ids, const char *id)
{
    for (size_t i = 0; i < ids->count; i++)
        if (strcmp(ids->list[i], id) == 0)
            return;
    ids->list[ids->count++] = (char *)id;
}

static void add_part(struct st_issue *issue, int index, struct bi_articles *out, struct bi_article *article)
{
    const struct st_part *part = &issue->parts[index];
    const struct st_page *page = &issue->pages[part->page];
    struct bi_part *to = bi_articles_add_part(out, article);
    to->page_number = page->page_number;
    to->box = part->box;
    struct ids ids = {bi_arena_array(issue->arena, page->line_count + page->image_count + 1, sizeof(char *)),
                      0};
    for (size_t i = 0; i < page->line_count; i++)
        if (page->lines[i].part == index)
            add_id(&ids, page->lines[i].region->id);
    for (size_t i = 0; i < part->image_count; i++)
        add_id(&ids, page->image_regions[part->images[i]]->id);
    to->regions = bi_arena_array(&out->arena, ids.count, sizeof *to->regions);
    for (size_t i = 0; i < ids.count; i++)
        to->regions[i] = bi_arena_strdup(&out->arena, ids.list[i]);
    to->region_count = ids.count;
}

/* Signatures on lines of their own, then the opening of the text. */
static char *byline_of(struct st_issue *issue, int part, const char *body)
{
    struct bi_text text = {0};
    for (int at = part; at >= 0; at = issue->parts[at].next) {
        const struct st_page *page = &issue->pages[issue->parts[at].page];
        for (size_t i = 0; i < page->line_count; i++) {
            if (page->lines[i].part != at || page->lines[i].role != BI_ROLE_BYLINE)
                continue;
            if (text.length)
                bi_text_add(&text, " ");
            bi_text_add(&text, page->lines[i].text);
        }
    }
    char *opening = text.length ? NULL : st_dateline(issue->arena, body);
    bi_text_add(&text, opening);
    char *byline = bi_arena_strdup(issue->arena, bi_text_get(&text));
    bi_text_release(&text);
    return byline;
}

static double confidence_of(const struct st_issue *issue, int part)
{
    double sum = 0, weight = 0;
    for (int at = part; at >= 0; at = issue->parts[at].next) {
        const struct st_page *page = &issue->pages[issue->parts[at].page];
        for (size_t i = 0; i < page->line_count; i++)
            if (page->lines[i].part == at) {
                sum += page->lines[i].source->confidence * (double)page->lines[i].length;
                weight += (double)page->lines[i].length;
            }
    }
    return weight > 0 ? sum / weight : 0;
}

static const struct st_head *head_of(const struct st_issue *issue, int part)
{
    for (int at = part; at >= 0; at = issue->parts[at].next)
        if (issue->parts[at].head >= 0)
            return &issue->pages[issue->parts[at].page].heads[issue->parts[at].head];
    return NULL;
}

/* An advertisement's largest lines are its headline, the rest its text. */
static void fill_ad(struct st_issue *issue, int index, struct bi_arena *arena, struct bi_article *article)
{
    const struct st_part *part = &issue->parts[index];
    const struct st_page *page = &issue->pages[part->page];
    double largest = 0;
    for (size_t i = 0; i < part->other_count; i++)
        if (page->lines[part->others[i]].em > largest)
            largest = page->lines[part->others[i]].em;
    struct bi_text headline = {0}, body = {0};
    for (size_t i = 0; i < part->other_count; i++) {
        const struct st_line *line = &page->lines[part->others[i]];
        bool main_line = line->em > 0.8 * largest;
        if (!main_line && body.length)
            bi_text_add(&body, "\n");
        if (main_line)
            st_join(&headline, line->text);
        else
            bi_text_add(&body, line->text);
    }
    article->headline = bi_arena_strdup(arena, bi_text_get(&headline));
    article->body = bi_arena_strdup(arena, bi_text_get(&body));
    bi_text_release(&headline);
    bi_text_release(&body);
}

static void override_article(struct bi_arena *arena, const struct st_override *override,
                             struct bi_article *article)
{
    if (override->kicker)
        article->kicker = bi_arena_strdup(arena, override->kicker);
    if (override->headline)
        article->headline = bi_arena_strdup(arena, override->headline);
    if (override->subhead)
        article->subhead = bi_arena_strdup(arena, override->subhead);
    if (override->byline)
        article->byline = bi_arena_strdup(arena, override->byline);
    if (override->kind)
        article->kind = bi_arena_strdup(arena, override->kind);
}

static void add_article(struct st_issue *issue, int first, struct bi_articles *out)
{
    struct bi_arena *arena = &out->arena;
    struct bi_article *article = bi_articles_add_article(out);
    const struct st_part *part = &issue->parts[first];
    const struct st_head *head = head_of(issue, first);
    int index = (int)out->article_count - 1;
    const char *body = st_paragraphs(issue, first);
    article->id = bi_arena_printf(arena, "a%zu", out->article_count);
    article->kind = bi_arena_strdup(arena, part->next >= 0 ? "article" : part->kind);
    article->section = bi_arena_strdup(arena, issue->pages[part->page].section);
    article->kicker = bi_arena_strdup(arena, head ? head->kicker : "");
    article->headline = bi_arena_strdup(arena, head ? head->headline : "");
    article->subhead = bi_arena_strdup(arena, head ? head->subhead : "");
    article->body = bi_arena_strdup(arena, body);
    article->byline = bi_arena_strdup(arena, byline_of(issue, first, body));
    article->confidence = confidence_of(issue, first);
    if (strcmp(part->kind, "ad") == 0 || strcmp(part->kind, "notice") == 0)
        fill_ad(issue, first, arena, article);
    if (part->override)
        override_article(arena, part->override, article);
    for (int at = first; at >= 0; at = issue->parts[at].next) {
        issue->parts[at].article = index;
        add_part(issue, at, out, article);
    }
    if (strcmp(article->kind, "article") == 0 && article->confidence > 0 &&
        article->confidence < LOW_CONFIDENCE)
        bi_articles_add_problem(out, issue->pages[part->page].page_number, index, "low-confidence", "warning",
                                "the text of 「%s」 was read with a confidence of %.0f%%", article->headline,
                                100 * article->confidence);
}

/* ---- pages */

static void add_verdict(struct st_issue *issue, const struct st_page *page, size_t index,
                        struct bi_articles *out, struct bi_page_verdict *to)
{
    const struct st_line *line = &page->lines[index];
    if (line->rest)
        return; /* told with its first half */
    struct bi_line_verdict *verdict = bi_articles_add_line(out, to);
    verdict->line_id = bi_arena_strdup(&out->arena, line->source->id);
    const bool loose = line->role == BI_ROLE_OTHER && line->region->kind != BI_REGION_TABLE;
    verdict->role = loose && line->part >= 0 ? BI_ROLE_BODY : line->role;
    verdict->article = line->part >= 0 ? issue->parts[line->part].article : -1;
}

/* A part's lines: headline, text column by column, then captions. */
static void add_part_lines(struct st_issue *issue, const struct st_part *part, struct bi_articles *out,
                           struct bi_page_verdict *to)
{
    const struct st_page *page = &issue->pages[part->page];
    for (size_t i = 0; part->head >= 0 && i < page->heads[part->head].count; i++)
        add_verdict(issue, page, page->heads[part->head].lines[i], out, to);
    for (size_t i = 0; i < part->block_count; i++) {
        const struct st_block *block = &page->blocks[part->blocks[i]];
        for (size_t j = 0; j < block->count; j++)
            add_verdict(issue, page, block->lines[j], out, to);
    }
    for (size_t i = 0; i < part->other_count; i++)
        add_verdict(issue, page, part->others[i], out, to);
}

static void add_page(struct st_issue *issue, size_t index, const struct place *order, struct bi_articles *out)
{
    const struct st_page *page = &issue->pages[index];
    struct bi_page_verdict *to = bi_articles_add_page(out);
    to->frame = page->frame;
    to->page_number = page->page_number;
    to->section = bi_arena_strdup(&out->arena, page->section);
    double sum = 0, weight = 0;
    for (size_t i = 0; i < page->line_count; i++) {
        sum += page->lines[i].source->confidence * (double)page->lines[i].length;
        weight += (double)page->lines[i].length;
    }
    to->confidence = weight > 0 ? sum / weight : 0;
    if (!page->source) {
        const char *why = NULL;
        for (size_t i = 0; i < issue->source->frame_count; i++)
            if (issue->source->frames[i].number == page->frame)
                why = issue->source->frames[i].problem;
        to->status = bi_arena_printf(&out->arena, "failed: %s", why ? why : "no text was read");
        bi_articles_add_problem(out, page->page_number, -1, "unreadable-page", "error",
                                "page %d has no text: %s", page->page_number,
                                why ? why : "an earlier stage failed on it");
        return;
    }
    to->status = bi_arena_strdup(&out->arena, "ok");
    /* What belongs to no article: masthead and running heads first, the rest last. */
    for (size_t i = 0; i < page->line_count; i++)
        if (page->lines[i].part < 0 &&
            (page->lines[i].role == BI_ROLE_MASTHEAD || page->lines[i].role == BI_ROLE_HEADER))
            add_verdict(issue, page, i, out, to);
    for (size_t i = 0; i < issue->part_count; i++)
        if (issue->parts[order[i].part].page == (int)index)
            add_part_lines(issue, &issue->parts[order[i].part], out, to);
    for (size_t i = 0; i < page->line_count; i++)
        if (page->lines[i].part < 0 && page->lines[i].role != BI_ROLE_MASTHEAD &&
            page->lines[i].role != BI_ROLE_HEADER)
            add_verdict(issue, page, i, out, to);
}

/* ---- links */

static void add_jump(struct st_issue *issue, const struct st_jump *jump, struct bi_articles *out)
{
    const struct st_part *s = &issue->parts[jump->source], *t = &issue->parts[jump->target];
    const struct st_marker *marker = s->to ? s->to : t->from;
    struct bi_link *link = bi_articles_add_link(out);
    *link = (struct bi_link){
        .kind = bi_arena_strdup(&out->arena, "continuation"),
        .source_page = issue->pages[s->page].page_number,
        .marker = bi_arena_strdup(&out->arena, marker ? marker->text : ""),
        .source_article = s->article,
        .target_page = issue->pages[t->page].page_number,
        .target_article = t->article,
        .status = bi_arena_strdup(&out->arena, "linked"),
        .score = jump->score,
        .reason = bi_arena_strdup(&out->arena, jump->reason),
    };
}

static void add_dangling(struct st_issue *issue, const struct st_part *part, const struct st_marker *marker,
                         struct bi_articles *out)
{
    int here = issue->pages[part->page].page_number, to = st_page_of_folio(issue, marker->page);
    const char *words = st_marker_words(issue->arena, marker);
    bool onward = marker->kind == ST_MARKER_TO;
    struct bi_link *link = bi_articles_add_link(out);
    *link = (struct bi_link){
        .kind = bi_arena_strdup(&out->arena, "continuation"),
        .source_page = here,
        .marker = bi_arena_strdup(&out->arena, marker->text),
        .source_article = part->article,
        .target_page = to >= 0 ? issue->pages[to].page_number : marker->page.number,
        .target_article = -1,
        .status = bi_arena_strdup(&out->arena, "dangling"),
    };
    if (!marker->page.number)
        link->reason =
            bi_arena_printf(&out->arena, "%s: the page number is unreadable and nothing fits", words);
    else if (to < 0)
        link->reason =
            bi_arena_printf(&out->arena, "%s: page %d is not in this issue", words, marker->page.number);
    else if (!issue->pages[to].source)
        link->reason =
            bi_arena_printf(&out->arena, "%s: page %d has no text", words, issue->pages[to].page_number);
    else
        link->reason = bi_arena_printf(&out->arena, "%s: page %d has no open %s that fits", words,
                                       issue->pages[to].page_number, onward ? "beginning" : "end");
    bi_articles_add_problem(out, here, part->article, "dangling-jump", "warning", "%s", link->reason);
}

void st_compose(struct st_issue *issue, const struct st_jumps *jumps, struct bi_articles *out)
{
    struct place *order = reading_order(issue);
    for (size_t i = 0; i < issue->part_count; i++)
        if (issue->parts[order[i].part].previous < 0)
            add_article(issue, order[i].part, out);
    for (size_t i = 0; i < issue->page_count; i++)
        add_page(issue, i, order, out);
    for (size_t i = 0; i < jumps->count; i++)
        add_jump(issue, &jumps->list[i], out);
    for (size_t i = 0; i < issue->part_count; i++) {
        const struct st_part *part = &issue->parts[order[i].part];
        if (part->to && part->next < 0)
            add_dangling(issue, part, part->to, out);
        if (part->from && part->previous < 0)
            add_dangling(issue, part, part->from, out);
    }
}
