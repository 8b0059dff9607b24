#include "anchors.h"

#include <string.h>

#include "base/cleanup.h"

/* Longer texts are compared by their beginning. */
#define MAX_ANCHOR_RUNES 80
/* Share of the characters that may be read otherwise. */
#define MAX_DIFFERENCE 0.3
/* A point beside the type still means the line, a box is never drawn quite alike. */
#define POINT_REACH_EM 2.0
#define LEAST_BOX_IOU 0.5

void st_part_lines(const struct st_issue *issue, int index, void (*visit)(void *user, int line), void *user)
{
    const struct st_part *part = &issue->parts[index];
    const struct st_page *page = &issue->pages[part->page];
    for (size_t i = 0; part->head >= 0 && i < page->heads[part->head].count; i++)
        visit(user, (int)page->heads[part->head].lines[i]);
    for (size_t i = 0; i < part->block_count; i++) {
        const struct st_block *block = &page->blocks[part->blocks[i]];
        for (size_t j = 0; j < block->count; j++)
            visit(user, (int)block->lines[j]);
    }
    for (size_t i = 0; i < part->other_count; i++)
        visit(user, (int)part->others[i]);
}

/* ---- by text */

struct printed {
    const struct st_issue *issue;
    const struct st_page *page;
    uint32_t *runes;
    int *lines; /* of each rune */
    size_t count, capacity, line_capacity;
};

static void add_printed(void *user, int index)
{
    struct printed *printed = user;
    struct bi_arena *arena = printed->issue->arena;
    struct st_runes runes = st_runes_folded(arena, printed->page->lines[index].text);
    for (size_t i = 0; i < runes.count; i++) {
        printed->runes =
            bi_arena_grow(arena, printed->runes, printed->count, &printed->capacity, sizeof *printed->runes);
        printed->lines = bi_arena_grow(arena, printed->lines, printed->count, &printed->line_capacity,
                                       sizeof *printed->lines);
        printed->runes[printed->count] = runes.data[i];
        printed->lines[printed->count++] = index;
    }
}

/* The stretch of the printed text that differs least from the one wanted (Sellers 1980): the number of
 * differences, and where it begins. */
static size_t closest(const struct printed *printed, const struct st_runes *wanted, size_t *begin)
{
    size_t cost[MAX_ANCHOR_RUNES + 1], start[MAX_ANCHOR_RUNES + 1], n = wanted->count, best = n;
    *begin = 0;
    for (size_t i = 0; i <= n; i++) {
        cost[i] = i;
        start[i] = 0;
    }
    for (size_t j = 0; j < printed->count; j++) {
        size_t diagonal = cost[0], diagonal_start = start[0];
        start[0] = j + 1;
        for (size_t i = 1; i <= n; i++) {
            size_t change = diagonal + (wanted->data[i - 1] != printed->runes[j]);
            size_t extra = cost[i] + 1, missing = cost[i - 1] + 1;
            size_t from = i == 1 ? j : diagonal_start;
            diagonal = cost[i];
            diagonal_start = start[i];
            if (change <= extra && change <= missing) {
                cost[i] = change;
                start[i] = from;
            } else if (extra <= missing) {
                cost[i] = extra;
            } else {
                cost[i] = missing;
                start[i] = start[i - 1];
            }
        }
        if (cost[n] < best) {
            best = cost[n];
            *begin = start[n];
        }
    }
    return best;
}

static int find_text(struct st_issue *issue, const struct bi_anchor *anchor, int page,
                     bool (*may_be)(const struct st_issue *, const struct bi_anchor *, int part),
                     struct st_spot *spot, const char **why)
{
    struct st_runes wanted = st_runes_folded(issue->arena, anchor->text);
    if (wanted.count > MAX_ANCHOR_RUNES)
        wanted.count = MAX_ANCHOR_RUNES;
    size_t too_many = (size_t)(MAX_DIFFERENCE * (double)wanted.count) + 1, least = too_many, equals = 0;
    for (size_t i = 0; i < issue->part_count; i++) {
        if (issue->parts[i].page != page || (may_be && !may_be(issue, anchor, (int)i)))
            continue;
        struct printed printed = {.issue = issue, .page = &issue->pages[page]};
        size_t begin;
        st_part_lines(issue, (int)i, add_printed, &printed);
        size_t differences = closest(&printed, &wanted, &begin);
        if (differences >= too_many || differences > least || !printed.count)
            continue;
        if (differences < least) {
            least = differences;
            equals = 0;
            *spot =
                (struct st_spot){(int)i, printed.lines[begin < printed.count ? begin : printed.count - 1]};
        }
        equals++;
    }
    if (!equals)
        *why = bi_arena_printf(issue->arena, "no article on page %d prints 「%s」", anchor->page_number,
                               anchor->text);
    else if (equals > 1)
        *why = bi_arena_printf(issue->arena,
                               "%zu articles on page %d print 「%s」: a longer text or a point "
                               "would tell them apart",
                               equals, anchor->page_number, anchor->text);
    return equals == 1 ? 0 : -1;
}

/* ---- by place */

static double distance(struct bi_box box, struct bi_point point)
{
    int dx = point.x < box.x ? box.x - point.x : point.x > box.x + box.w ? point.x - box.x - box.w : 0;
    int dy = point.y < box.y ? box.y - point.y : point.y > box.y + box.h ? point.y - box.y - box.h : 0;
    return dx + dy;
}

static int find_point(struct st_issue *issue, const struct bi_anchor *anchor, int page_index,
                      struct st_spot *spot, const char **why)
{
    const struct st_page *page = &issue->pages[page_index];
    double least = POINT_REACH_EM * page->em;
    *spot = (struct st_spot){-1, -1};
    for (size_t i = 0; i < page->line_count; i++) {
        double away = distance(page->lines[i].box, anchor->point);
        if (page->lines[i].part >= 0 && away < least) {
            least = away;
            *spot = (struct st_spot){page->lines[i].part, (int)i};
        }
    }
    /* A picture, or the white between columns. */
    for (size_t i = 0; spot->part < 0 && i < issue->part_count; i++)
        if (issue->parts[i].page == page_index && distance(issue->parts[i].box, anchor->point) <= 0)
            *spot = (struct st_spot){(int)i, -1};
    if (spot->part < 0)
        *why = bi_arena_printf(issue->arena, "no article is at %d,%d on page %d", anchor->point.x,
                               anchor->point.y, anchor->page_number);
    return spot->part < 0 ? -1 : 0;
}

static int find_box(struct st_issue *issue, const struct bi_anchor *anchor, int page, struct st_spot *spot,
                    const char **why)
{
    double most = LEAST_BOX_IOU;
    *spot = (struct st_spot){-1, -1};
    for (size_t i = 0; i < issue->part_count; i++) {
        double alike = bi_box_iou(issue->parts[i].box, anchor->box);
        if (issue->parts[i].page == page && alike >= most) {
            most = alike;
            *spot = (struct st_spot){(int)i, -1};
        }
    }
    if (spot->part < 0)
        *why =
            bi_arena_printf(issue->arena, "no article on page %d fills the box %d,%d,%d,%d",
                            anchor->page_number, anchor->box.x, anchor->box.y, anchor->box.w, anchor->box.h);
    return spot->part < 0 ? -1 : 0;
}

/* Of several that print the same, those that the anchor points to. */
static bool is_there(const struct st_issue *issue, const struct bi_anchor *anchor, int part)
{
    struct bi_box box = issue->parts[part].box;
    return (!anchor->pointed || distance(box, anchor->point) <= 0) &&
           (bi_box_empty(anchor->box) || bi_box_iou(box, anchor->box) >= LEAST_BOX_IOU);
}

int st_anchor_find(struct st_issue *issue, const struct bi_anchor *anchor, struct st_spot *spot,
                   const char **why)
{
    int page = -1;
    for (size_t i = 0; i < issue->page_count; i++)
        if (issue->pages[i].page_number == anchor->page_number)
            page = (int)i;
    if (page < 0) {
        *why = bi_arena_printf(issue->arena, "page %d is not in this issue", anchor->page_number);
        return -1;
    }
    /* What is printed holds longer than where: a scan made anew lies otherwise. */
    const char *text_why = NULL;
    if (anchor->text && find_text(issue, anchor, page, NULL, spot, &text_why) == 0)
        return 0;
    if (anchor->text && (anchor->pointed || !bi_box_empty(anchor->box)) &&
        find_text(issue, anchor, page, is_there, spot, why) == 0)
        return 0;
    if (anchor->text) {
        *why = text_why;
        return -1;
    }
    return anchor->pointed ? find_point(issue, anchor, page, spot, why)
                           : find_box(issue, anchor, page, spot, why);
}
