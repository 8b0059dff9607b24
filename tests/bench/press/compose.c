#include "compose.h"

#include <math.h>

#include "advert.h"
#include "article.h"
#include "frame.h"
#include "notices.h"
#include "picture.h"
#include "upright.h"

#define LEAST_LINES 15 /* of type that a place is high */
#define SMALL_AREA 50  /* columns × lines of the smallest and largest places */
#define LARGE_AREA 130
#define MOST_SPAN 4 /* columns */

static const char *const SECTIONS[] = {"要闻", "综合", "经济", "社会", "文化", "体育", "国际", "副刊"};
static const char *const LATIN_SECTIONS[] = {"News", "General", "Business", "City",
                                             "Arts", "Sport",   "World",    "Letters"};

struct composer {
    const struct paper *paper;
    struct chance *chance;
    double em, pitch, gutter;
    struct composed_page *page;
};

static double column_width(const struct composer *c)
{
    return (c->page->box.w - (c->paper->columns - 1) * c->gutter) / c->paper->columns;
}

static void add_slot(struct composer *c, struct box box, int columns)
{
    if (c->page->slot_count < COMPOSE_MOST_SLOTS)
        c->page->slots[c->page->slot_count++] = (struct slot){.box = box, .columns = columns};
}

/* Cuts a box of some columns of the grid in two, across or along, until the places are small enough. */
static void cut(struct composer *c, struct box box, int columns)
{
    struct chance *chance = c->chance;
    double lines = box.h / c->pitch, gap = (1.2 + 0.8 * chance_share(chance)) * c->em;
    bool across = lines >= 2 * LEAST_LINES + 3, along = columns > 1;
    bool small = columns <= MOST_SPAN && columns * lines < chance_between(chance, SMALL_AREA, LARGE_AREA);
    if (small || (!across && !along)) {
        add_slot(c, box, columns);
        return;
    }
    if (across && along)
        across = chance_is(chance, box.h > 0.8 * box.w ? 0.75 : 0.3);
    if (across) {
        double first = (LEAST_LINES + (lines - 2 * LEAST_LINES - 2) * chance_share(chance)) * c->pitch;
        if (chance_is(chance, c->paper->open_rules))
            frame_rule(&c->page->sheet,
                       chance_is(chance, 0.7)
                           ? FRAME_THIN
                           : (enum slot_frame)chance_between(chance, FRAME_THIN, FRAME_DECORATED),
                       box.x, box.y + first + gap / 2, box.x + box.w, box.y + first + gap / 2);
        cut(c, (struct box){box.x, box.y, box.w, first}, columns);
        cut(c, (struct box){box.x, box.y + first + gap, box.w, box.h - first - gap}, columns);
        return;
    }
    int first = chance_between(chance, 1, columns - 1);
    double width = first * column_width(c) + (first - 1) * c->gutter, x = box.x + width + c->gutter;
    if (c->paper->column_rules || chance_is(chance, 0.3 * c->paper->open_rules))
        frame_rule(&c->page->sheet, FRAME_THIN, x - c->gutter / 2, box.y, x - c->gutter / 2, box.y + box.h);
    cut(c, (struct box){box.x, box.y, width, box.h}, first);
    cut(c, (struct box){x, box.y, box.w - width - c->gutter, box.h}, columns - first);
}

static void cut_page(struct composer *c)
{
    struct box box = c->page->box;
    if (c->page->corner <= 0) {
        cut(c, box, c->paper->columns);
        return;
    }
    double top = c->page->corner + 1.5 * c->em, x = box.x + column_width(c) + c->gutter;
    if (box.h - top > LEAST_LINES * c->pitch)
        cut(c, (struct box){box.x, box.y + top, column_width(c), box.h - top}, 1);
    cut(c, (struct box){x, box.y, box.x + box.w - x, box.h}, c->paper->columns - 1);
}

/* ---- what stands where */

static enum slot_head choose_head(struct composer *c, const struct slot *slot)
{
    const struct paper *paper = c->paper;
    struct chance *chance = c->chance;
    if (chance_is(chance, paper->dark_headlines))
        return chance_is(chance, 0.65) ? HEAD_DARK : HEAD_TINT;
    if (slot->columns > 1 && chance_is(chance, paper->vertical_headlines)) {
        static const enum slot_head kinds[] = {HEAD_LEFT, HEAD_RIGHT, HEAD_OVER_LAST, HEAD_BETWEEN};
        return kinds[chance_below(chance, slot->columns > 2 ? 4 : 3)];
    }
    if (slot->columns > 2 && chance_is(chance, 0.25))
        return HEAD_PART;
    return HEAD_TOP;
}

static int headline_room(const struct composer *c, const struct slot *slot)
{
    bool upright = slot->head >= HEAD_LEFT;
    double length = upright ? fmin(slot->box.h, 40 * c->em) : slot->box.w;
    int room = (int)(length / c->em / (upright ? 3.2 : 2.1));
    if (c->paper->latin)
        return room < 10 ? 24 : 2 * room + 6;
    return room < 6 ? 8 : room > 18 ? 18 : room;
}

static void fill_slot(struct composer *c, struct slot *slot)
{
    const struct paper *paper = c->paper;
    struct chance *chance = c->chance;
    double lines = slot->box.h / c->pitch;
    if (chance_is(chance, paper->framed))
        slot->frame = (enum slot_frame)chance_between(chance, FRAME_THIN, FRAME_COUNT - 1);
    if (chance_is(chance, paper->adverts)) {
        slot->content = SLOT_ADVERT;
        return;
    }
    if (chance_is(chance, paper->notices)) {
        slot->content = SLOT_NOTICES;
        return;
    }
    if (slot->columns > 1 && chance_is(chance, paper->tables)) {
        slot->content = SLOT_TABLE;
        return;
    }
    if (slot->columns > 1 && chance_is(chance, paper->upright_text)) {
        slot->content = SLOT_UPRIGHT;
        slot->head = HEAD_RIGHT;
        return;
    }
    slot->content = SLOT_STORY;
    slot->head = choose_head(c, slot);
    if (slot->columns * lines > 45 && chance_is(chance, paper->pictures * 2))
        slot->pictures = slot->columns * lines > 90 && chance_is(chance, 0.4) ? 2 : 1;
}

/* The smallest place of the front page becomes the contents box. */
static void place_contents(struct composed_page *page)
{
    struct slot *smallest = NULL;
    for (int i = 0; i < page->slot_count; i++) {
        struct slot *slot = &page->slots[i];
        if (!smallest || slot->box.w * slot->box.h < smallest->box.w * smallest->box.h)
            smallest = slot;
    }
    if (smallest)
        *smallest =
            (struct slot){.box = smallest->box, .columns = smallest->columns, .content = SLOT_CONTENTS};
}

/* A page with nothing but a picture, nothing but advertisements, or one short story at its top. */
static void make_special(struct composer *c)
{
    struct composed_page *page = c->page;
    switch (chance_below(c->chance, 3)) {
    case 0:
        add_slot(c, page->box, c->paper->columns);
        page->slots[0].content = SLOT_PICTURE;
        break;
    case 1:
        cut_page(c);
        for (int i = 0; i < page->slot_count; i++)
            page->slots[i].content = chance_is(c->chance, 0.3) ? SLOT_NOTICES : SLOT_ADVERT;
        break;
    default:
        add_slot(c, (struct box){page->box.x, page->box.y, page->box.w, LEAST_LINES * c->pitch},
                 c->paper->columns);
        page->slots[0].content = SLOT_STORY;
        page->slots[0].head = HEAD_TOP;
        break;
    }
}

static bool may_jump(const struct slot *slot)
{
    return slot->content == SLOT_STORY && !slot->from_page && !slot->to_page && slot->columns > 1;
}

/* Takes a story slot of the page that nothing continues in or from; NULL if none is left. */
static struct slot *take_slot(struct composed_page *page, struct chance *chance)
{
    for (int tries = 0; tries < 30; tries++) {
        struct slot *slot = &page->slots[chance_below(chance, page->slot_count)];
        if (page->slot_count && may_jump(slot))
            return slot;
    }
    return NULL;
}

static void link_jumps(struct composed_page *pages, int count, struct chance *chance)
{
    for (int i = 0; count > 1 && i < count; i++) {
        int from = chance_below(chance, count - 1), to = chance_between(chance, from + 1, count - 1);
        struct slot *first = take_slot(&pages[from], chance), *second = take_slot(&pages[to], chance);
        if (!first || !second)
            continue;
        first->to_page = to + 1;
        second->from_page = from + 1;
        if (chance_is(chance, 0.6))
            second->head = HEAD_NONE;
        second->pictures = 0;
    }
}

static void give_stories(struct composer *c, struct composed_page *pages, int count, struct record *record)
{
    for (int i = 0; i < count; i++)
        for (int j = 0; j < pages[i].slot_count; j++) {
            struct slot *slot = &pages[i].slots[j];
            if ((slot->content != SLOT_STORY && slot->content != SLOT_UPRIGHT) || slot->from_page)
                continue;
            slot->story = bi_arena_alloc(&record->arena, sizeof *slot->story);
            story_init(slot->story, c->paper, c->chance, record, headline_room(c, slot));
            slot->story->article->section = pages[i].section;
            if (slot->to_page)
                for (int k = 0; k < pages[slot->to_page - 1].slot_count; k++) {
                    struct slot *other = &pages[slot->to_page - 1].slots[k];
                    if (other->from_page == i + 1 && !other->story) {
                        other->story = slot->story;
                        break;
                    }
                }
        }
}

/* Stories of later pages that the front page announces. */
static void tease(struct composed_page *pages, int count, struct chance *chance)
{
    struct composed_page *front = &pages[0];
    for (int tries = 0; count > 1 && tries < 12 && front->teased_count < 3; tries++) {
        int page = chance_between(chance, 1, count - 1);
        if (!pages[page].slot_count)
            continue;
        struct slot *slot = &pages[page].slots[chance_below(chance, pages[page].slot_count)];
        bool taken = slot->content != SLOT_STORY || slot->from_page;
        for (int i = 0; i < front->teased_count; i++)
            taken |= front->teased[i] == slot->story;
        if (taken)
            continue;
        front->teased[front->teased_count] = slot->story;
        front->teased_pages[front->teased_count++] = page + 1;
    }
}

static void print_slot(struct composer *c, struct composed_page *page, const struct slot *slot)
{
    struct sheet *sheet = &page->sheet;
    struct story loose;
    switch (slot->content) {
    case SLOT_ADVERT:
        advert_print(sheet, c->paper, slot);
        break;
    case SLOT_NOTICES:
        notices_print(sheet, c->paper, slot);
        break;
    case SLOT_TABLE:
        table_print(sheet, c->paper, slot);
        break;
    case SLOT_PICTURE:
        story_loose(&loose, c->paper, c->chance, sheet->record);
        article_picture(sheet, c->paper, &loose, slot->box);
        break;
    case SLOT_UPRIGHT:
        upright_print(sheet, c->paper, slot);
        break;
    case SLOT_CONTENTS:
        furniture_contents(sheet, c->paper, slot->box, page->teased, page->teased_pages, page->teased_count);
        break;
    case SLOT_STORY:
        article_print(sheet, c->paper, slot);
        break;
    }
}

static void print_slots(struct composer *c, struct composed_page *page)
{
    for (int i = 0; i < page->slot_count; i++) {
        const struct slot *slot = &page->slots[i];
        print_slot(c, page, slot);
    }
}

void compose_issue(struct composed_page *pages, int count, const struct paper *paper,
                   const struct issue_day *day, struct chance *chance, struct type *type,
                   struct record *record, double point)
{
    struct composer c = {.paper = paper, .chance = chance, .em = paper->body_size * point};
    c.pitch = paper->leading * c.em;
    c.gutter = paper->gutter * c.em;
    for (int i = 0; i < count; i++) {
        struct composed_page *page = &pages[i];
        *page = (struct composed_page){0};
        sheet_init(&page->sheet, (int)lround(paper->width * point), (int)lround(paper->height * point),
                   point);
        page->sheet.type = type;
        page->sheet.record = record;
        page->sheet.chance = chance;
        page->sheet.page = i + 1;
        page->section = (paper->latin ? LATIN_SECTIONS : SECTIONS)[i % 8];
        c.page = page;
        page->box = furniture_print(&page->sheet, paper, day, page->section, &page->corner);
        bool strip = count > 1 && paper->teasers == TEASERS_STRIP;
        if (i == 0 && strip)
            page->box.h -= 5 * c.em;
        if (i > 0 && chance_is(chance, paper->special)) {
            make_special(&c);
            continue;
        }
        cut_page(&c);
        for (int j = 0; j < page->slot_count; j++)
            fill_slot(&c, &page->slots[j]);
        if (i == 0 && count > 1 && paper->teasers == TEASERS_BOX)
            place_contents(page);
    }
    link_jumps(pages, count, chance);
    give_stories(&c, pages, count, record);
    tease(pages, count, chance);
    if (pages[0].teased_count && paper->teasers == TEASERS_STRIP) {
        struct box box = pages[0].box;
        box.h += 5 * c.em;
        furniture_teasers(&pages[0].sheet, paper, box, pages[0].teased, pages[0].teased_pages,
                          pages[0].teased_count);
    }
    for (int i = 0; i < count; i++)
        print_slots(&c, &pages[i]);
}
