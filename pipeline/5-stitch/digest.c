/* Lists of what stands inside: under 导读, lines of a headline and a page number, 小满时节……03版 or A2
 * 小满时节. No verb says that they point anywhere; the heading of the list does. */
#include <string.h>

#include "roles.h"
#include "words.h"

/* From line to line of the list, in pitches of body text or sizes of its own type. */
#define MAX_STEP_PITCHES 2.6
#define MAX_STEP_EM 3.2
#define MAX_HEADING_RUNES 8
#define MAX_ENTRY_RUNES 60
/* The shortest headline that is one. */
#define LEAST_TITLE_RUNES 3
#define MAX_TITLE_LINES 2

static bool is_heading(struct bi_arena *arena, const struct st_line *line)
{
    static const char *const words[] = {"导读", "导览", "看点", "提要", "要目", "目录", "索引"};
    return line->length <= MAX_HEADING_RUNES &&
           st_has_word(st_folded(arena, line->text), words, ST_COUNT(words));
}

static bool is_page_word(uint32_t rune)
{
    return rune == 0x7248 || rune == 0x9875; /* 版页 */
}

static bool is_filler(uint32_t rune)
{
    return st_rune_is_mark(rune) || rune == ST_ORDINAL || bi_rune_is_space(rune);
}

/* Reads the folio among the runes first … last-1: 3版, 第三版, A3, P4. Without 版 only figures, no numerals:
 * 十三 may be the headline's. */
static bool read_folio(const struct st_runes *runes, size_t first, size_t last, struct st_folio *folio)
{
    bool worded = last > first && is_page_word(runes->data[last - 1]);
    size_t end = worded ? last - 1 : last;
    while (first < end && is_filler(runes->data[first]))
        first++;
    bool figures = end > first;
    for (size_t i = first; i < end; i++)
        figures = figures && runes->data[i] < 0x80;
    double doubt = st_folio_parse(runes->data + first, end - first, folio);
    return doubt >= 0 && (worded ? doubt < 1 : figures && doubt <= 0);
}

/* The entry's page and, as printed, its headline ("" where the page stands alone). */
static bool read_entry(struct bi_arena *arena, const char *text, struct st_folio *folio, char **title)
{
    struct st_runes runes = st_runes_of(arena, text);
    struct st_runes folded = {bi_arena_array(arena, runes.count + 1, sizeof(uint32_t)), runes.count};
    for (size_t i = 0; i < runes.count; i++) {
        struct st_runes one = st_runes_folded(arena, st_runes_text(arena, runes.data + i, 1));
        folded.data[i] = one.count == 1 ? one.data[0] : ' ';
    }
    size_t first = 0, last = runes.count;
    while (first < last && is_filler(folded.data[first]))
        first++;
    while (last > first && is_filler(folded.data[last - 1]))
        last--;
    /* At the end, the longest that reads; then at the beginning. */
    for (size_t length = 5; length > 0; length--) {
        size_t at = last - length;
        if (length > last - first ||
            (at > first && !is_filler(folded.data[at - 1]) && !is_page_word(folded.data[last - 1])) ||
            !read_folio(&folded, at, last, folio))
            continue;
        while (at > first && is_filler(folded.data[at - 1]))
            at--;
        *title = st_runes_text(arena, runes.data + first, at - first);
        return true;
    }
    for (size_t length = 5; length > 0; length--) {
        size_t at = first + length;
        if (length >= last - first || (!is_filler(folded.data[at]) && !is_page_word(folded.data[at - 1])) ||
            !read_folio(&folded, first, at, folio))
            continue;
        while (at < last && is_filler(folded.data[at]))
            at++;
        *title = st_runes_text(arena, runes.data + at, last - at);
        return true;
    }
    return false;
}

/* The list's next line: the nearest below, with nothing but the list between. */
static struct st_line *line_below(struct st_page *page, const struct st_line *above, struct bi_box column)
{
    struct st_line *best = NULL;
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        if (line == above || line->vertical || line->scrap || line->frame != above->frame ||
            line->box.y + line->box.h / 2 <= above->box.y + above->box.h ||
            bi_box_overlap_x(line->box, column) <= 0)
            continue;
        if (!best || line->box.y < best->box.y)
            best = line;
    }
    if (!best)
        return NULL;
    double step = best->box.y - above->box.y - above->box.h, size = MAX_STEP_EM * best->em;
    return step < (size > MAX_STEP_PITCHES * page->pitch ? size : MAX_STEP_PITCHES * page->pitch) ? best
                                                                                                  : NULL;
}

void st_digest_find(struct bi_arena *arena, struct st_page *page)
{
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *heading = &page->lines[i];
        if (heading->scrap || heading->vertical || heading->marker.kind != ST_MARKER_NONE ||
            !is_heading(arena, heading))
            continue;
        struct bi_box column = heading->box;
        const struct st_line *above = heading;
        int without = 0;
        for (struct st_line *line; (line = line_below(page, above, column)); above = line) {
            struct st_folio folio;
            char *title;
            if (line->marker.kind == ST_MARKER_TEASER)
                continue;
            if (line->length > MAX_ENTRY_RUNES || !read_entry(arena, line->text, &folio, &title) ||
                (*title && bi_rune_count(title) < LEAST_TITLE_RUNES)) {
                /* A headline over its page number is taken with that (st_announcements_find). */
                if (++without > MAX_TITLE_LINES)
                    break;
                continue;
            }
            without = 0;
            heading->role = BI_ROLE_HEADER; /* of the list, and no part of its first entry */
            line->marker = (struct st_marker){
                .kind = ST_MARKER_TEASER, .page = folio, .text = line->text, .rest = *title ? title : NULL};
            line->role = BI_ROLE_TEASER;
            if (*title)
                line->text = title;
            column = bi_box_union(column, line->box);
        }
    }
}
