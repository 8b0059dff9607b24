#include "fiction.h"

#include <string.h>

#include "fiction_print.h"

/* A place for one part of an article. */
struct place {
    int page;
    struct fiction_slot slot;
    bool taken;
};

struct places {
    struct place *list;
    size_t count, capacity;
};

#define LEAST_ROWS 14 /* lines of type a place is high */
#define MOST_ROWS 34
#define MAX_PARTS 5

/* Cuts a page into bands, and each band into places of one column or more. */
static void cut_page(struct fiction *fiction, int page, struct places *places)
{
    int y = page == 0 ? FICTION_FIRST_TOP : FICTION_TOP;
    for (;;) {
        int rows = chance_between(&fiction->chance, LEAST_ROWS, MOST_ROWS);
        int left = (FICTION_BOTTOM - y) / FICTION_PITCH;
        if (left < LEAST_ROWS)
            return;
        if (left < rows + LEAST_ROWS)
            rows = left;
        for (int column = 0, span; column < FICTION_COLUMNS; column += span) {
            span = chance_between(&fiction->chance, 1, 3);
            if (span > FICTION_COLUMNS - column)
                span = FICTION_COLUMNS - column;
            places->list = bi_arena_grow(&fiction->arena, places->list, places->count, &places->capacity,
                                         sizeof *places->list);
            places->list[places->count++] = (struct place){page, {column, span, y, rows - 2}, false};
        }
        y += rows * FICTION_PITCH;
    }
}

/* A free place on the page, or on any where page is negative; -1 if there is none left. */
static int take_place(struct fiction *fiction, struct places *places, int page)
{
    for (int tries = 0; tries < 200; tries++) {
        int i = chance_below(&fiction->chance, (int)places->count);
        if (places->list[i].taken || (page >= 0 && places->list[i].page != page))
            continue;
        places->list[i].taken = true;
        return i;
    }
    return -1;
}

static size_t add_part(struct fiction *fiction, int page)
{
    fiction->parts = bi_arena_grow(&fiction->arena, fiction->parts, fiction->part_count,
                                   &fiction->part_capacity, sizeof *fiction->parts);
    fiction->parts[fiction->part_count] = (struct fiction_part){page, -1, "", false};
    return fiction->part_count++;
}

/* Prints an article into places that were found for it. */
static void put_article(struct fiction *fiction, const struct fiction_style *style,
                        const struct places *places, const int *at, int parts)
{
    struct fiction_story story;
    fiction_story(fiction, style, &story);
    for (int i = 0; i < parts; i++) {
        const struct place *place = &places->list[at[i]];
        size_t part = add_part(fiction, place->page);
        if (i > 0)
            fiction->parts[part - 1].next = (int)part;
        fiction_print(fiction, &story, place->page, &place->slot, (int)part,
                      i > 0 ? places->list[at[i - 1]].page + 1 : 0,
                      i < parts - 1 ? places->list[at[i + 1]].page + 1 : 0);
    }
    fiction_story_release(&story);
}

/* A jumping article: mostly to a later page. Returns the number of its jumps. */
static int put_jumping(struct fiction *fiction, const struct fiction_style *style, struct places *places,
                       int from, int to)
{
    int at[MAX_PARTS], count = 0, page = from;
    int parts = from < 0 && chance_is(&fiction->chance, fiction->shape.chains)
                    ? chance_between(&fiction->chance, 3, MAX_PARTS)
                    : 2;
    while (count < parts && (at[count] = take_place(fiction, places, page)) >= 0) {
        int here = places->list[at[count++]].page;
        page = to;
        if (page < 0) {
            bool onward = here < fiction->page_count - 1 && chance_is(&fiction->chance, 0.9);
            page = onward ? chance_between(&fiction->chance, here + 1, fiction->page_count - 1)
                          : (here + chance_between(&fiction->chance, 1, fiction->page_count - 1)) %
                                fiction->page_count;
        }
    }
    if (count < 2) {
        if (count)
            places->list[at[0]].taken = false;
        return 0;
    }
    put_article(fiction, style, places, at, count);
    if (from < 0 && chance_is(&fiction->chance, fiction->shape.twins))
        return count - 1 +
               put_jumping(fiction, style, places, places->list[at[0]].page, places->list[at[1]].page);
    return count - 1;
}

static void lose_pages(struct fiction *fiction)
{
    for (int i = 1; i < fiction->page_count; i++) {
        fiction->absent[i] = chance_is(&fiction->reading, fiction->faults.absent);
        fiction->failed[i] = !fiction->absent[i] && chance_is(&fiction->reading, fiction->faults.failed);
    }
}

static void make_frames(struct fiction *fiction)
{
    struct bi_issue *issue = &fiction->issue;
    issue->folder = bi_arena_strdup(&issue->arena, "scans/x");
    issue->title = bi_arena_strdup(&issue->arena, "x");
    issue->date = bi_arena_strdup(&issue->arena, "2025-07-04");
    issue->frames = bi_arena_array(&issue->arena, (size_t)fiction->page_count, sizeof *issue->frames);
    for (int i = 0; i < fiction->page_count; i++) {
        if (fiction->absent[i])
            continue;
        int number = (int)++issue->frame_count;
        fiction->pages[i].transform.frame = number;
        issue->frames[number - 1] = (struct bi_frame){
            .number = number,
            .scan = bi_arena_printf(&issue->arena, "p%02d.jpg", i + 1),
            .sha256 = bi_arena_strdup(&issue->arena, ""),
            .format = bi_arena_strdup(&issue->arena, "jpeg"),
        };
    }
}

void fiction_make(struct fiction *fiction, uint64_t seed, struct fiction_shape shape,
                  struct fiction_faults faults)
{
    *fiction = (struct fiction){.chance = {seed}, .reading = {~seed}, .faults = faults, .shape = shape};
    struct chance *chance = &fiction->chance;
    fiction->page_count = chance_between(chance, shape.least_pages, shape.most_pages);
    size_t pages = (size_t)fiction->page_count;
    fiction->pages = bi_arena_array(&fiction->arena, pages, sizeof *fiction->pages);
    fiction->failed = bi_arena_array(&fiction->arena, pages, sizeof *fiction->failed);
    fiction->absent = bi_arena_array(&fiction->arena, pages, sizeof *fiction->absent);
    fiction->owners = bi_arena_array(&fiction->arena, pages, sizeof *fiction->owners);
    struct fiction_style style = fiction_style(chance);
    struct places places = {0};
    for (int i = 0; i < fiction->page_count; i++) {
        fiction_begin_page(fiction, i);
        cut_page(fiction, i, &places);
    }
    int jumps = chance_between(chance, shape.least_jumps, shape.most_jumps);
    for (int tries = 0; jumps > 0 && tries < 2 * shape.most_jumps; tries++)
        jumps -= put_jumping(fiction, &style, &places, -1, -1);
    for (size_t i = 0; i < places.count; i++) {
        int at = (int)i;
        if (!places.list[i].taken)
            put_article(fiction, &style, &places, &at, 1);
    }
    lose_pages(fiction);
    make_frames(fiction);
}

bool fiction_visible(const struct fiction *fiction, const struct fiction_part *part)
{
    return !fiction->failed[part->page] && !fiction->absent[part->page];
}

void fiction_release(struct fiction *fiction)
{
    for (int i = 0; i < fiction->page_count; i++)
        bi_page_release(&fiction->pages[i]);
    bi_issue_release(&fiction->issue);
    bi_arena_release(&fiction->arena);
}
