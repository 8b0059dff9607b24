#include "article.h"

#include <math.h>
#include <stddef.h>

#include "flow.h"
#include "frame.h"
#include "head.h"
#include "picture.h"

enum { MOST_HOLES = 8 };
#define NARROWEST_EMS 8
#define WIDEST_EMS 20
#define LATIN_NARROWEST_EMS 11

/* What the columns of a slot are laid out in. */
struct area {
    struct sheet *sheet;
    const struct paper *paper;
    const struct slot *slot;
    struct box box;
    double em, gutter;
    int columns;
    struct box holes[MOST_HOLES];
    int hole_count;
    double head_at; /* a vertical head between columns: its place, 0 for none */
    double head_width;
};

int article_columns(const struct paper *paper, double em, double width, int wanted)
{
    double gutter = paper->gutter * em, least = (paper->latin ? LATIN_NARROWEST_EMS : NARROWEST_EMS) * em;
    int n = wanted < 1 ? 1 : wanted;
    while ((width - (n - 1) * gutter) / n > WIDEST_EMS * em)
        n++;
    while (n > 1 && (width - (n - 1) * gutter) / n < least)
        n--;
    return n;
}

static double column_width(const struct area *area)
{
    return (area->box.w - (area->columns - 1) * area->gutter) / area->columns;
}

static double column_left(const struct area *area, int i)
{
    return area->box.x + i * (column_width(area) + area->gutter);
}

static void add_hole(struct area *area, struct box hole)
{
    if (area->hole_count < MOST_HOLES)
        area->holes[area->hole_count++] = hole;
}

/* ---- pictures */

static double caption_height(const struct area *area, int lines)
{
    return (1.25 * lines + 0.3) * 0.86 * area->em;
}

/* The caption's lines in the box, at most `most`; centred if there is one. */
static void print_caption(struct sheet *sheet, const struct paper *paper, struct story *story, struct box box,
                          int most, const char *feature)
{
    double size = 0.86 * paper->body_size * sheet->point, y = box.y;
    struct setting setting = {sheet->type, chance_is(sheet->chance, 0.5) ? paper->script : paper->label,
                              paper->bold, size, paper->latin};
    struct bi_arena arena = {0};
    struct copy copy = setting_copy(&arena, story_caption(story));
    struct record_block *block = record_add_block(sheet->record, sheet->page, "caption");
    block->article = story->article->id;
    block->part = story->part;
    block->feature = feature;
    sheet_ink(sheet, 1);
    for (size_t at = 0; at < copy.count && most > 0; most--, y += 1.25 * size) {
        struct setting_line line;
        struct bi_text text = {0};
        setting_line(&setting, &copy, at, box.w, 0, &line);
        if (most == 1 && !line.ends) { /* no room for the rest: it is a shorter caption */
            copy.runes[line.to - 1] = paper->latin ? '.' : 0x3002;
            copy.count = line.to;
            setting_line(&setting, &copy, at, box.w, 0, &line);
        }
        double x = line.ends && at == 0 ? box.x + (box.w - line.right) / 2 : box.x;
        setting_print(sheet, &setting, &copy, &line, x, y, &text);
        record_add_line(sheet->record, block, bi_text_get(&text), x, y, x + line.right, y + size);
        bi_text_release(&text);
        at = line.to;
    }
    bi_arena_release(&arena);
}

void article_picture(struct sheet *sheet, const struct paper *paper, struct story *story, struct box box)
{
    struct chance *chance = sheet->chance;
    struct area area = {.em = paper->body_size * sheet->point};
    int lines = chance_between(chance, 1, 2), where = chance_below(chance, 10);
    double caption = caption_height(&area, lines), side = 9 * area.em;
    struct box picture = box;
    enum picture_kind kind = chance_is(chance, 0.12) && box.h > 0.3 * box.w && box.h > 12 * area.em
                                 ? PICTURE_CHART
                             : chance_is(chance, 0.1) ? PICTURE_CUT_OUT
                             : chance_is(chance, 0.5) ? PICTURE_HALFTONE
                                                      : PICTURE_GREY;
    if (where == 0 && box.w > 3 * side) { /* beside */
        picture.w -= side;
        picture_print(sheet, paper, story, picture, kind);
        print_caption(sheet, paper, story,
                      (struct box){box.x + picture.w + 0.6 * area.em,
                                   box.y + box.h - caption_height(&area, 4), side - 0.6 * area.em, 0},
                      4, "beside");
        return;
    }
    picture.h -= caption;
    if (where == 1) { /* over */
        picture.y += caption;
        print_caption(sheet, paper, story, (struct box){box.x, box.y, box.w, 0}, lines, "over");
        picture_print(sheet, paper, story, picture, kind);
        return;
    }
    picture_print(sheet, paper, story, picture, kind);
    print_caption(sheet, paper, story, (struct box){box.x, box.y + picture.h + 0.3 * area.em, box.w, 0},
                  lines, NULL);
}

/* A place for a picture over some columns that no other hole takes: at the foot or the top, seldom amid them.
 */
static bool place_picture(struct area *area, struct box *hole)
{
    struct chance *chance = area->sheet->chance;
    for (int tries = 0; tries < 12; tries++) {
        int span = chance_between(chance, 1, area->columns > 2 ? area->columns - 1 : area->columns);
        int first = chance_between(chance, 0, area->columns - span);
        double width = span * column_width(area) + (span - 1) * area->gutter;
        double height = fmin(width * (0.55 + 0.6 * chance_share(chance)), 0.55 * area->box.h);
        if (height < 6 * area->em || (area->columns == 1 && height > 0.5 * area->box.h))
            continue;
        int where = chance_below(chance, 5);
        double y = where < 2   ? area->box.y + area->box.h - height
                   : where < 4 ? area->box.y
                               : area->box.y + (area->box.h - height) * 0.5;
        if (where == 4 && span == area->columns)
            continue;
        *hole = (struct box){column_left(area, first), y, width, height};
        bool clear = true;
        for (int i = 0; i < area->hole_count; i++) {
            const struct box *other = &area->holes[i];
            clear &= hole->x >= other->x + other->w || other->x >= hole->x + hole->w ||
                     hole->y >= other->y + other->h + 4 * area->em ||
                     other->y >= hole->y + hole->h + 4 * area->em;
        }
        if (clear && !(area->head_at > 0 && hole->x < area->head_at && hole->x + hole->w > area->head_at))
            return true;
    }
    return false;
}

static void put_pictures(struct area *area)
{
    for (int i = 0; i < area->slot->pictures; i++) {
        struct box hole;
        if (!place_picture(area, &hole))
            return;
        bool at_top = hole.y <= area->box.y + 1;
        double gap = 0.8 * area->em;
        article_picture(area->sheet, area->paper, area->slot->story,
                        (struct box){hole.x, at_top ? hole.y : hole.y + gap, hole.w, hole.h - gap});
        add_hole(area, hole);
    }
}

/* ---- the head */

static void take_off_left(struct area *area, double width)
{
    area->box.x += width;
    area->box.w -= width;
}

static void put_head(struct area *area)
{
    struct sheet *sheet = area->sheet;
    const struct paper *paper = area->paper;
    const struct story *story = area->slot->story;
    struct box box = area->box;
    double height, width;
    enum slot_head head = area->slot->head;
    if ((head == HEAD_PART || head == HEAD_OVER_LAST) && area->columns < 2)
        head = HEAD_TOP;
    if (head == HEAD_BETWEEN && area->columns < 2)
        head = HEAD_LEFT;
    switch (head) {
    case HEAD_NONE:
    case HEAD_COUNT:
        return;
    case HEAD_TOP:
    case HEAD_DARK:
    case HEAD_TINT:
        height = head_across(sheet, paper, story, box, head);
        area->box.y += height;
        area->box.h -= height;
        return;
    case HEAD_PART:
        box.w = column_left(area, area->columns - 1) - area->gutter - box.x;
        box.h = head_across(sheet, paper, story, box, head);
        add_hole(area, box);
        return;
    case HEAD_LEFT:
    case HEAD_RIGHT:
        width = fmin(head_upright_width(sheet, paper, story, box.h), 0.4 * box.w);
        box.w = width;
        if (head == HEAD_RIGHT)
            box.x = area->box.x + area->box.w - width;
        head_upright(sheet, paper, story, box);
        if (head == HEAD_LEFT)
            take_off_left(area, width);
        else
            area->box.w -= width;
        break;
    case HEAD_OVER_LAST:
        box.x = column_left(area, area->columns - 1);
        box.w = column_width(area);
        box.h = 0.6 * box.h;
        box.h = head_upright(sheet, paper, story, box);
        add_hole(area, box);
        return;
    case HEAD_BETWEEN:
        width = head_upright_width(sheet, paper, story, box.h);
        box.x += (box.w - width) / 2;
        box.w = width;
        head_upright(sheet, paper, story, box);
        area->head_at = box.x + width / 2;
        area->head_width = width;
        return;
    }
    area->columns = article_columns(paper, area->em, area->box.w, area->columns);
}

/* The byline on a line of its own, over the first column's text. */
static void put_byline(struct area *area, struct flow *flow)
{
    const struct story *story = area->slot->story;
    if (!story->article->byline || area->slot->from_page || !flow->count)
        return;
    struct box *first = &flow->pieces[0];
    struct setting setting = {area->sheet->type, area->paper->script, area->paper->script, area->em,
                              area->paper->latin};
    double width = setting_width(&setting, story->article->byline), pitch = area->paper->leading * area->em;
    struct record_block *block = record_add_block(area->sheet->record, area->sheet->page, "byline");
    block->article = story->article->id;
    block->part = story->part;
    sheet_ink(area->sheet, 1);
    setting_label(area->sheet, &setting, story->article->byline,
                  first->x + (chance_is(area->sheet->chance, 0.7) ? (first->w - width) / 2 : 2 * area->em),
                  first->y, 0, block);
    first->y += pitch;
    first->h -= pitch;
}

static void flow_into(struct area *area, struct flow *flow)
{
    double least = 2.5 * area->paper->leading * area->em;
    int columns = area->columns;
    struct box boxes[2] = {area->box, area->box};
    int count = 1, of[2] = {columns, 0};
    if (area->head_at > 0) {
        boxes[0].w = area->head_at - area->head_width / 2 - boxes[0].x;
        boxes[1].x = area->head_at + area->head_width / 2;
        boxes[1].w = area->box.x + area->box.w - boxes[1].x;
        count = 2;
        of[0] = of[1] = article_columns(area->paper, area->em, boxes[0].w, columns / 2);
    }
    for (int i = 0; i < count; i++) {
        flow_columns(flow, boxes[i], of[i], area->gutter, area->holes, area->hole_count, least);
        if (area->paper->column_rules)
            flow_rules(area->sheet, boxes[i], of[i], area->gutter, area->holes, area->hole_count);
    }
}

void article_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot)
{
    struct area area = {.sheet = sheet, .paper = paper, .slot = slot};
    struct record_article *article = slot->story->article;
    if (article->page_count < (int)(sizeof article->pages / sizeof *article->pages))
        article->pages[article->page_count++] = sheet->page;
    if (slot->from_page)
        slot->story->part++;
    area.em = paper->body_size * sheet->point;
    area.gutter = paper->gutter * area.em;
    area.box = frame_draw(sheet, slot->box, slot->frame, area.em);
    int wanted = slot->columns;
    if (wanted > 1 && chance_is(sheet->chance, 0.25))
        wanted += chance_is(sheet->chance, 0.5) ? 1 : -1;
    area.columns = article_columns(paper, area.em, area.box.w, wanted);
    put_head(&area);
    if (area.head_at <= 0)
        put_pictures(&area);
    struct flow flow = {0};
    flow_into(&area, &flow);
    put_byline(&area, &flow);
    flow_print(sheet, paper, slot, &flow);
}
