/* Drop caps: a first character two to four lines high, which the text of the paragraph runs beside. It is a
 * line of its own on the page; in the text it is the first character of the first line beside it. */
#include <string.h>

#include "stitch.h"

/* Size against the text, and how many characters: an opening quotation mark may be set with it. */
#define MIN_SIZE 1.5
#define MAX_SIZE 7.0
#define MAX_RUNES 2
/* The lines beside it begin this near to it, and are level with it at its head and foot by this much. */
#define MAX_GAP_EM 2.0
#define LEVEL_EM 0.9
#define MIN_LINES 2

/* The text goes on below it, from its left edge or indented. */
#define MAX_BELOW_EM 1.6
#define INDENT_EM 2.6
/* Lines of running text are no shorter; a figure beside two names is no drop cap. */
#define MIN_TEXT_RUNES 4

static bool is_text(const struct st_line *line)
{
    return line->length >= MIN_TEXT_RUNES &&
           (line->role == BI_ROLE_BODY || line->role == BI_ROLE_OTHER || line->role == BI_ROLE_BYLINE);
}

/* A line of text that runs beside the character. */
static bool runs_beside(const struct st_line *cap, const struct st_line *line)
{
    const double em = line->em, size = cap->flow.h;
    const int gap = line->flow.x - cap->flow.x - cap->flow.w;
    const int middle = line->flow.y + line->flow.h / 2;
    return is_text(line) && line->vertical == cap->vertical && size >= MIN_SIZE * em &&
           size <= MAX_SIZE * em && gap > -0.3 * em && gap < MAX_GAP_EM * em && middle > cap->flow.y &&
           middle < cap->flow.y + cap->flow.h;
}

/* The column goes on below the character. */
static bool goes_on_below(const struct st_page *page, const struct st_line *cap, double em)
{
    for (size_t i = 0; i < page->line_count; i++) {
        const struct st_line *line = &page->lines[i];
        const int gap = line->flow.y - cap->flow.y - cap->flow.h, in = line->flow.x - cap->flow.x;
        if (line != cap && line->vertical == cap->vertical && is_text(line) && gap > -0.5 * em &&
            gap < MAX_BELOW_EM * em && in > -0.6 * em && in < INDENT_EM * em)
            return true;
    }
    return false;
}

/* The first line beside a character, -1 if it is no drop cap. */
static int first_beside(const struct st_page *page, const struct st_line *cap)
{
    int first = -1, last = -1, count = 0;
    for (size_t i = 0; i < page->line_count; i++) {
        const struct st_line *line = &page->lines[i];
        if (line == cap || !runs_beside(cap, line))
            continue;
        count++;
        if (first < 0 || line->flow.y < page->lines[first].flow.y)
            first = (int)i;
        if (last < 0 || line->flow.y > page->lines[last].flow.y)
            last = (int)i;
    }
    if (count < MIN_LINES)
        return -1;
    const double em = page->lines[first].em;
    const int head = page->lines[first].flow.y - cap->flow.y;
    const int foot = cap->flow.y + cap->flow.h - page->lines[last].flow.y - page->lines[last].flow.h;
    const bool level =
        head > -LEVEL_EM * em && head < LEVEL_EM * em && foot > -LEVEL_EM * em && foot < LEVEL_EM * em;
    return level && goes_on_below(page, cap, em) ? first : -1;
}

void st_dropcaps_join(struct bi_arena *arena, struct st_page *page)
{
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *cap = &page->lines[i];
        const bool role =
            cap->role == BI_ROLE_BODY || cap->role == BI_ROLE_OTHER || cap->role == BI_ROLE_HEADLINE;
        const int first = role && cap->length <= MAX_RUNES ? first_beside(page, cap) : -1;
        if (first < 0 || page->lines[first].cap_of >= 0)
            continue;
        struct st_line *host = &page->lines[first];
        /* The first line keeps its place, and so begins a paragraph; the others go on with it. */
        for (size_t j = 0; j < page->line_count; j++) {
            struct st_line *line = &page->lines[j];
            if (line == cap || line == host || !runs_beside(cap, line))
                continue;
            line->flow.w += line->flow.x - cap->flow.x;
            line->flow.x = cap->flow.x;
        }
        host->text = bi_arena_printf(arena, "%s%s", cap->text, host->text);
        host->length += cap->length;
        cap->cap_of = first;
        cap->role = host->role;
        cap->em = host->em;
    }
}

void st_dropcaps_place(struct bi_arena *arena, struct st_page *page)
{
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *cap = &page->lines[i];
        const int number = cap->cap_of >= 0 ? page->lines[cap->cap_of].block : -1;
        if (number < 0)
            continue;
        struct st_block *block = &page->blocks[number];
        size_t *lines = bi_arena_array(arena, block->count + 1, sizeof *lines), n = 0;
        for (size_t j = 0; j < block->count; j++) {
            if (block->lines[j] == (size_t)cap->cap_of)
                lines[n++] = i;
            lines[n++] = block->lines[j];
        }
        block->lines = lines;
        block->count = n;
        block->box = bi_box_union(block->box, cap->box);
        cap->block = number;
    }
}
