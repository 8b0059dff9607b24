/* From successions to parts: what each article has on one page, with its pictures and captions, and what is
 * no article: advertisements, notices, pictures that stand alone. */
#include <stdlib.h>
#include <string.h>

#include "flow.h"
#include "stitch.h"

/* Headless text of fewer characters than this, without a pointer, is a scrap. */
#define SCRAP_RUNES 25
/* A pointer on its own belongs to a part no farther away than this, in pitches. */
#define POINTER_REACH_PITCHES 4.0
#define CAPTION_REACH_EM 3.0
#define SIGNATURE_MARGIN_EM 2.5
#define MAX_SIGNATURE_RUNES 10
/* What growing a part's box over empty paper costs, against growing it over another part. */
#define GROWTH_WEIGHT 0.05

static struct st_part *add_part(struct st_issue *issue, int page, int head, const char *kind)
{
    issue->parts = bi_arena_grow(issue->arena, issue->parts, issue->part_count, &issue->part_capacity,
                                 sizeof *issue->parts);
    struct st_part *part = &issue->parts[issue->part_count++];
    const struct st_page *on = &issue->pages[page];
    *part =
        (struct st_part){.page = page, .head = head, .kind = kind, .next = -1, .previous = -1, .article = -1};
    part->blocks = bi_arena_array(issue->arena, on->block_count + 1, sizeof *part->blocks);
    part->others = bi_arena_array(issue->arena, on->line_count + 1, sizeof *part->others);
    part->images = bi_arena_array(issue->arena, on->image_count + 1, sizeof *part->images);
    return part;
}

static size_t part_runes(const struct st_page *page, const struct st_part *part)
{
    size_t runes = 0;
    for (size_t i = 0; i < part->block_count; i++) {
        const struct st_block *block = &page->blocks[part->blocks[i]];
        for (size_t j = 0; j < block->count; j++)
            if (page->lines[block->lines[j]].role != BI_ROLE_JUMP)
                runes += page->lines[block->lines[j]].length;
    }
    return runes;
}

static void take_chain(struct st_page *page, struct st_part *part, const int *next, int block)
{
    for (; block >= 0; block = next[block]) {
        struct st_block *b = &page->blocks[block];
        part->blocks[part->block_count++] = (size_t)block;
        part->box = bi_box_union(part->box, b->box);
        for (size_t i = 0; i < b->count; i++) {
            struct st_line *line = &page->lines[b->lines[i]];
            if (line->marker.kind == ST_MARKER_FROM && !part->from)
                part->from = &line->marker;
            if (line->marker.kind == ST_MARKER_TO)
                part->to = &line->marker;
        }
    }
}

/* ---- signatures */

/* A short line in the middle of the first column, between headline and first paragraph, is a signature even
 * if its □ or 本报记者 was not read. */
static void find_signature(struct st_page *page, const struct st_part *part)
{
    if (part->head < 0 || !part->block_count)
        return;
    struct st_block *block = &page->blocks[part->blocks[0]];
    if (block->count < 3 || block->from)
        return;
    struct st_line *line = &page->lines[block->lines[0]];
    const struct st_line *next = &page->lines[block->lines[1]];
    double left = (line->flow.x - block->left) / block->em;
    double right = (block->right - line->flow.x - line->flow.w) / block->em;
    double indent = (next->flow.x - block->left) / block->em;
    bool centred =
        left > SIGNATURE_MARGIN_EM && right > SIGNATURE_MARGIN_EM && left - right < 1.5 && right - left < 1.5;
    if (line->role == BI_ROLE_BODY && centred && line->length <= MAX_SIGNATURE_RUNES &&
        !st_ends_sentence(line->text) && indent > 1.2 && indent < 3.0 && line->em < 1.1 * block->em)
        line->role = BI_ROLE_BYLINE;
}

/* ---- pointers on their own */

static bool only_pointers(const struct st_page *page, const struct st_part *part)
{
    return part->head < 0 && part->block_count > 0 && (part->from || part->to) && part_runes(page, part) == 0;
}

static double distance(struct bi_box a, struct bi_box b)
{
    int dx = (a.x > b.x ? a.x : b.x) - (a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w);
    int dy = (a.y > b.y ? a.y : b.y) - (a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h);
    return (double)(dx > 0 ? dx : 0) + (dy > 0 ? dy : 0);
}

/* 上接第1版 over a repeated headline, or 下转第3版 beside the foot of the text: given to the nearest part
 * that has none. */
static void place_lone_pointers(struct st_issue *issue, size_t first)
{
    for (size_t i = first; i < issue->part_count; i++) {
        struct st_part *pointer = &issue->parts[i];
        struct st_page *page = &issue->pages[pointer->page];
        if (!only_pointers(page, pointer))
            continue;
        struct st_part *best = NULL;
        double least = POINTER_REACH_PITCHES * page->pitch;
        for (size_t j = first; j < issue->part_count; j++) {
            struct st_part *part = &issue->parts[j];
            if (j == i || part->block_count == 0 || only_pointers(page, part) ||
                (pointer->from && part->from) || (pointer->to && part->to))
                continue;
            double away = distance(part->box, pointer->box);
            if (away < least) {
                least = away;
                best = part;
            }
        }
        if (!best)
            continue;
        if (pointer->from) {
            best->from = pointer->from;
            memmove(best->blocks + pointer->block_count, best->blocks,
                    best->block_count * sizeof *best->blocks);
            memcpy(best->blocks, pointer->blocks, pointer->block_count * sizeof *best->blocks);
        } else {
            best->to = pointer->to;
            memcpy(best->blocks + best->block_count, pointer->blocks,
                   pointer->block_count * sizeof *best->blocks);
        }
        best->block_count += pointer->block_count;
        best->box = bi_box_union(best->box, pointer->box);
        pointer->kind = NULL; /* gone */
    }
    size_t kept = first;
    for (size_t i = first; i < issue->part_count; i++)
        if (issue->parts[i].kind)
            issue->parts[kept++] = issue->parts[i];
    issue->part_count = kept;
}

/* ---- pictures */

static int frame_of_part(const struct st_page *page, const struct st_part *part)
{
    if (part->head >= 0)
        return page->heads[part->head].frame;
    if (part->block_count)
        return page->blocks[part->blocks[0]].frame;
    return part->other_count ? page->lines[part->others[0]].frame : -1;
}

static struct st_part *part_for(struct st_issue *issue, size_t first, struct bi_box box, int frame)
{
    struct st_part *best = NULL;
    double least = 0;
    for (size_t i = first; i < issue->part_count; i++) {
        struct st_part *part = &issue->parts[i];
        const struct st_page *page = &issue->pages[part->page];
        if (frame_of_part(page, part) != frame || strcmp(part->kind, "ad") == 0 ||
            strcmp(part->kind, "notice") == 0)
            continue;
        struct bi_box grown = bi_box_union(part->box, box);
        double cost = GROWTH_WEIGHT * (double)(bi_box_area(grown) - bi_box_area(part->box));
        for (size_t j = first; j < issue->part_count; j++)
            if (j != i)
                cost += (double)(bi_box_area(bi_box_intersection(grown, issue->parts[j].box)) -
                                 bi_box_area(bi_box_intersection(part->box, issue->parts[j].box)));
        if (!best || cost < least) {
            best = part;
            least = cost;
        }
    }
    return best;
}

static void give_line(struct st_page *page, struct st_part *part, size_t index)
{
    struct st_line *line = &page->lines[index];
    line->part = -2; /* taken; the part's number is set when all parts are known */
    part->others[part->other_count++] = index;
    part->box = bi_box_union(part->box, line->box);
}

static void place_pictures(struct st_issue *issue, int page_index, size_t first)
{
    struct st_page *page = &issue->pages[page_index];
    size_t text_parts = issue->part_count - first;
    struct st_part **owner = bi_arena_array(issue->arena, page->image_count + 1, sizeof(struct st_part *));
    struct bi_box *grown = bi_arena_array(issue->arena, text_parts + 1, sizeof *grown);
    for (size_t i = 0; i < page->image_count; i++)
        owner[i] = part_for(issue, first, page->images[i], st_page_frame_of(page, page->images[i]));
    for (size_t i = 0; i < text_parts; i++)
        grown[i] = issue->parts[first + i].box;
    for (size_t i = 0; i < page->image_count; i++) {
        if (!owner[i])
            continue;
        owner[i]->images[owner[i]->image_count++] = i;
        size_t index = (size_t)(owner[i] - issue->parts) - first;
        grown[index] = bi_box_union(grown[index], page->images[i]);
    }
    for (size_t j = 0; j < page->line_count; j++) {
        const struct st_line *line = &page->lines[j];
        if (line->role != BI_ROLE_CAPTION)
            continue;
        struct st_part *part = NULL;
        double least = CAPTION_REACH_EM * page->em;
        for (size_t i = 0; i < page->image_count; i++) {
            double away = distance(line->box, page->images[i]);
            if (owner[i] && away < least) {
                least = away;
                part = owner[i];
            }
        }
        if (!part)
            part = part_for(issue, first, line->box, line->frame);
        if (part)
            give_line(page, part, j);
    }
    /* Cells of tables belong to the article whose area the table is in, though not to its text. */
    for (size_t j = 0; j < page->line_count; j++) {
        const struct st_line *line = &page->lines[j];
        if (line->region->kind != BI_REGION_TABLE || line->role != BI_ROLE_OTHER || line->scrap)
            continue;
        const struct bi_box table = bi_polygon_box(&line->region->outline);
        struct st_part *part = part_for(issue, first, table, line->frame);
        if (part)
            give_line(page, part, j);
    }
    for (size_t i = 0; i < text_parts; i++)
        issue->parts[first + i].box = bi_box_union(issue->parts[first + i].box, grown[i]);
}

/* ---- advertisements */

static bool has_word(const struct st_page *page, const struct st_part *part, const char *word)
{
    for (size_t i = 0; i < part->other_count; i++)
        if (strstr(page->lines[part->others[i]].text, word))
            return true;
    return false;
}

static void collect_ads(struct st_issue *issue, int page_index)
{
    struct st_page *page = &issue->pages[page_index];
    for (size_t i = 0; i < page->line_count; i++) {
        if (page->lines[i].role != BI_ROLE_AD || page->lines[i].part != -1)
            continue;
        struct st_part *part = add_part(issue, page_index, -1, "ad");
        for (size_t j = i; j < page->line_count; j++) {
            struct st_line *line = &page->lines[j];
            bool together = line->frame >= 0 ? line->frame == page->lines[i].frame
                                             : line->region == page->lines[i].region;
            if (line->role == BI_ROLE_AD && line->part == -1 && together) {
                line->part = -2;
                part->others[part->other_count++] = j;
                part->box = bi_box_union(part->box, line->box);
            }
        }
        static const char *const notices[] = {"声明", "遗失", "公告", "启事", "公示", "通告", "挂失"};
        for (size_t j = 0; j < sizeof notices / sizeof *notices; j++)
            if (has_word(page, part, notices[j]))
                part->kind = "notice";
        if (page->lines[i].frame >= 0)
            part->box = page->frames[page->lines[i].frame];
    }
}

static void number_lines(struct st_issue *issue, size_t first)
{
    for (size_t i = first; i < issue->part_count; i++) {
        const struct st_part *part = &issue->parts[i];
        struct st_page *page = &issue->pages[part->page];
        for (size_t j = 0; j < part->block_count; j++)
            for (size_t k = 0; k < page->blocks[part->blocks[j]].count; k++)
                page->lines[page->blocks[part->blocks[j]].lines[k]].part = (int)i;
        for (size_t j = 0; part->head >= 0 && j < page->heads[part->head].count; j++)
            page->lines[page->heads[part->head].lines[j]].part = (int)i;
        for (size_t j = 0; j < part->other_count; j++)
            page->lines[part->others[j]].part = (int)i;
    }
}

void st_flow_parts(struct st_issue *issue, int page_index)
{
    struct st_page *page = &issue->pages[page_index];
    size_t first = issue->part_count, blocks = page->block_count;
    int *next = bi_arena_array(issue->arena, blocks + page->head_count + 1, sizeof *next);
    bool *follows = bi_arena_array(issue->arena, blocks + 1, sizeof *follows);
    st_flow_solve(issue->arena, &issue->continuity, page, next);
    for (size_t i = 0; i < blocks + page->head_count; i++)
        if (next[i] >= 0)
            follows[next[i]] = true;
    st_heads_join_halves(issue->arena, page, next);
    for (size_t i = 0; i < page->head_count; i++) {
        if (!page->heads[i].count)
            continue;
        struct st_part *part = add_part(issue, page_index, (int)i, "article");
        part->box = page->heads[i].box;
        take_chain(page, part, next, next[blocks + i]);
        find_signature(page, part);
    }
    for (size_t i = 0; i < blocks; i++)
        if (!follows[i])
            take_chain(page, add_part(issue, page_index, -1, "article"), next, (int)i);
    place_lone_pointers(issue, first);
    place_pictures(issue, page_index, first);
    for (size_t i = first; i < issue->part_count; i++) {
        struct st_part *part = &issue->parts[i];
        if (part->block_count == 0)
            part->kind = part->image_count ? "photo" : "other";
        else if (part->head < 0 && !part->from && !part->to && part_runes(page, part) < SCRAP_RUNES)
            part->kind = "other";
    }
    collect_ads(issue, page_index);
    number_lines(issue, first);
}
