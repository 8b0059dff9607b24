/* Which lines point to other pages, and which headline an announcement repeats. */
#include <string.h>

#include "base/text.h"
#include "roles.h"

/* Where announcements stand on a front page. */
#define ANNOUNCEMENT_ZONE 0.75
/* Lines of a region that is only a pointer after words of its headline. */
#define MAX_SLUG_LINES 2
/* Before or after a pointer. */
#define MAX_ARROWS 4

/* →2版 whose arrow was read as a stroke: 一2版. Only at the foot of the front page, and only as a whole line.
 */
static bool misread_arrow(struct bi_arena *arena, const struct st_wordings *wordings,
                          const struct st_page *page, const struct st_line *line, struct st_marker *marker)
{
    static const char strokes[] = "一-—–~=·一";
    const char *rest = line->text, *set = strokes;
    uint32_t first = bi_rune_next(&rest);
    if (line->box.y < ANNOUNCEMENT_ZONE * page->height || line->length > 6)
        return false;
    for (uint32_t one; (one = bi_rune_next(&set));)
        if (one == first && st_marker_whole(arena, wordings, bi_arena_printf(arena, "→%s", rest), marker)) {
            marker->text = line->text;
            return marker->kind == ST_MARKER_TEASER;
        }
    return false;
}

/* ▶▶▶下转第2版 whose arrows were read as characters: a line of its own, with no more before the pointer than
 * arrows there would be. */
static bool after_misread_arrows(const struct st_page *page, const struct st_line *line,
                                 const struct st_marker *marker)
{
    return marker->kind == ST_MARKER_TO && bi_rune_count(marker->rest) <= MAX_ARROWS &&
           !st_ends_sentence(marker->rest) && st_region_lines(page, line->region) == 1;
}

/* SCHOOLS, continued from Page 1: a line of its own that begins with words of the headline. */
static bool after_slug(struct bi_arena *arena, const struct st_page *page, const struct st_line *line,
                       struct st_marker *marker)
{
    size_t length = strlen(marker->rest);
    if (marker->kind != ST_MARKER_FROM || st_region_lines(page, line->region) > MAX_SLUG_LINES ||
        st_ends_sentence(marker->rest))
        return false;
    while (length && strchr(" ,:/-", marker->rest[length - 1]))
        length--;
    marker->slug = bi_arena_strndup(arena, marker->rest, length);
    marker->text = line->text;
    marker->rest = NULL;
    return length > 0;
}

void st_pointers_find(struct bi_arena *arena, const struct st_wordings *wordings, struct st_page *page,
                      bool first_page)
{
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        struct st_marker marker = {0};
        if (line->role == BI_ROLE_HEADER || line->role == BI_ROLE_MASTHEAD || line->role == BI_ROLE_CAPTION ||
            line->role == BI_ROLE_AD || line->em > ST_DISPLAY_SIZE * page->em)
            continue;
        if (st_marker_whole(arena, wordings, line->text, &marker) ||
            (first_page && misread_arrow(arena, wordings, page, line, &marker))) {
            line->marker = marker;
            line->role = marker.kind == ST_MARKER_TEASER ? BI_ROLE_TEASER : BI_ROLE_JUMP;
        } else if (st_marker_at_end(arena, wordings, line->text, &marker) &&
                   after_slug(arena, page, line, &marker)) {
            line->marker = marker;
            line->role = BI_ROLE_JUMP;
        } else if (marker.kind == ST_MARKER_TO || (marker.kind == ST_MARKER_TEASER && first_page)) {
            line->marker = marker;
            if (after_misread_arrows(page, line, &marker))
                line->role = BI_ROLE_JUMP;
            else
                line->text = marker.rest;
            if (marker.kind == ST_MARKER_TEASER)
                line->role = BI_ROLE_TEASER;
        } else if (st_marker_at_start(arena, wordings, line->text, &marker) &&
                   marker.kind == ST_MARKER_FROM) {
            line->marker = marker;
            line->text = marker.rest;
        }
    }
}

static bool can_be_teaser_title(const struct st_page *page, const struct st_line *line)
{
    return (line->role == BI_ROLE_HEADLINE || line->role == BI_ROLE_SUBHEAD || line->role == BI_ROLE_KICKER ||
            line->role == BI_ROLE_BODY || line->role == BI_ROLE_OTHER || line->role == BI_ROLE_TEASER ||
            line->role == BI_ROLE_CROSSHEAD) &&
           line->marker.kind == ST_MARKER_NONE && line->em < 3 * page->em;
}

/* The announced headline stands above its >>>刊3版 or before it in the row. */
void st_announcements_find(struct st_page *page)
{
    for (size_t i = 0; i < page->line_count; i++) {
        const struct st_line *marker = &page->lines[i];
        if (marker->role != BI_ROLE_TEASER || marker->marker.kind != ST_MARKER_TEASER)
            continue;
        const struct st_line *below = marker;
        for (int taken = 0; taken < 3; taken++) {
            struct st_line *best = NULL;
            for (size_t j = 0; j < page->line_count; j++) {
                struct st_line *line = &page->lines[j];
                int gap = below->box.y - (line->box.y + line->box.h);
                bool above = gap > -0.5 * below->em && gap < (taken ? 0.8 : 1.8) * line->em &&
                             bi_box_overlap_x(line->box, below->box) > 0;
                bool beside = !taken && bi_box_overlap_y(line->box, marker->box) > 0.5 * marker->box.h &&
                              line->box.x < marker->box.x &&
                              marker->box.x - line->box.x - line->box.w < 3 * line->em;
                if (!can_be_teaser_title(page, line) || !(above || beside) || line->frame != marker->frame ||
                    (taken && (line->em > 1.15 * below->em || line->em < 0.87 * below->em)))
                    continue;
                if (!best || line->box.y > best->box.y)
                    best = line;
            }
            if (!best)
                break;
            best->role = BI_ROLE_TEASER;
            best->teaser = (int)i;
            below = best;
        }
    }
}
