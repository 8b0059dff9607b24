/* What a line is, by its text and its place. Segment knows sizes and places; only the words tell a pointer
 * from a paragraph, a signature from a short line, and the line with date and number from a subhead. */
#include <string.h>

#include "roles.h"
#include "stitch.h"
#include "words.h"

/* Sizes relative to body text. */
#define HEADLINE_SIZE 1.5
/* … where nothing but the size tells. */
#define GUESSED_HEADLINE_SIZE 1.27
#define MAX_HEADLINE_RUNES 30
#define BODY_SIZE_MAX 1.3
#define BODY_SIZE_MIN 0.7
/* A framed region with fewer lines in columns, and with a line of display size, is an advertisement. */
#define AD_MAX_COLUMN_LINES 4
/* Lower than this is no line of type. */
#define MIN_HEIGHT_EM 0.3
#define SCRAP_CONFIDENCE 0.5
#define MAX_CAPTION_LINES 3

/* ---- pages without roles */

static void guess_roles(struct st_page *page)
{
    bool any = false;
    size_t vertical_lines = 0;
    for (size_t i = 0; i < page->line_count; i++) {
        any = any || page->lines[i].role != BI_ROLE_OTHER;
        vertical_lines += page->lines[i].vertical;
    }
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        if (line->role != BI_ROLE_OTHER || line->scrap || line->region->kind == BI_REGION_TABLE)
            continue;
        bool upright =
            line->vertical && line->length <= MAX_HEADLINE_RUNES && vertical_lines * 4 < page->line_count;
        if (line->em >= (any ? HEADLINE_SIZE : GUESSED_HEADLINE_SIZE) * page->em || (!any && upright))
            line->role = BI_ROLE_HEADLINE;
        else if (!any || (line->em >= BODY_SIZE_MIN * page->em && line->length > 1))
            line->role = BI_ROLE_BODY;
    }
}

/* ---- captions */

static bool is_credit(struct bi_arena *arena, const char *text)
{
    static const char *const endings[] = {"摄",       "供图", "资料图片", "资料", "资料图",
                                          "摄影报道", "制图", "图",       "绘",   "拍摄"};
    const char *s = st_folded(arena, text);
    for (size_t i = 0; i < ST_COUNT(endings); i++)
        if (st_ends_with(s, endings[i]))
            return true;
    return false;
}

static bool beneath_image(const struct st_page *page, const struct st_line *line)
{
    for (size_t i = 0; i < page->image_count; i++) {
        struct bi_box image = page->images[i];
        int gap = line->box.y - (image.y + image.h);
        if (gap > -page->em && gap < 2.5 * page->em && bi_box_overlap_x(line->box, image) > 0.8 * line->box.w)
            return true;
    }
    return false;
}

size_t st_region_lines(const struct st_page *page, const struct bi_region *region)
{
    size_t count = 0;
    for (size_t i = 0; i < page->line_count; i++)
        count += page->lines[i].region == region;
    return count;
}

static void find_captions(struct bi_arena *arena, struct st_page *page)
{
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        size_t lines = st_region_lines(page, line->region);
        if (line->role == BI_ROLE_CAPTION && lines > MAX_CAPTION_LINES && line->em > 0.95 * page->em)
            line->role = BI_ROLE_BODY;
        if (line->role == BI_ROLE_BODY && lines <= MAX_CAPTION_LINES && line->length <= 40 &&
            (beneath_image(page, line)
                 ? is_credit(arena, line->text) || line->em < 0.85 * page->em
                 : lines == 1 && is_credit(arena, line->text) && line->em < 0.95 * page->em))
            line->role = BI_ROLE_CAPTION;
    }
}

/* ---- advertisements */

static bool in_column(const struct st_page *page, const struct st_line *line)
{
    if (line->em > BODY_SIZE_MAX * page->em || line->em < BODY_SIZE_MIN * page->em)
        return false;
    for (size_t i = 0; i < page->line_count; i++) {
        const struct st_line *other = &page->lines[i];
        int step = other->flow.y - line->flow.y;
        step = step < 0 ? -step : step;
        if (other != line && other->frame == line->frame && other->vertical == line->vertical && step > 0 &&
            step < 2.2 * line->em && other->em < 1.2 * line->em && line->em < 1.2 * other->em &&
            bi_box_overlap_x(other->flow, line->flow) > 0)
            return true;
    }
    return false;
}

static void find_ads(struct st_page *page)
{
    for (size_t f = 0; f < page->frame_count; f++) {
        size_t columns = 0, captions = 0, lines = 0;
        bool display = false;
        for (size_t i = 0; i < page->line_count; i++) {
            const struct st_line *line = &page->lines[i];
            if (line->frame != (int)f)
                continue;
            lines++;
            columns += line->role != BI_ROLE_CAPTION && in_column(page, line);
            captions += line->role == BI_ROLE_CAPTION;
            display = display || line->em >= ST_DISPLAY_SIZE * page->em;
        }
        static const char *const notices[] = {"遗失", "声明", "挂失", "作废"};
        bool notice = false;
        for (size_t i = 0; i < page->line_count; i++)
            notice = notice || (page->lines[i].frame == (int)f &&
                                st_has_word(page->lines[i].text, notices, ST_COUNT(notices)));
        /* A notice may fill its box with small type. */
        bool small_notice = notice && lines <= 12 && columns <= 8;
        if (lines == captions || !(small_notice || (display && columns < AD_MAX_COLUMN_LINES)))
            continue;
        for (size_t i = 0; i < page->line_count; i++)
            if (page->lines[i].frame == (int)f)
                page->lines[i].role = BI_ROLE_AD;
    }
}

static void find_bylines(struct bi_arena *arena, struct st_page *page)
{
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        if ((line->role == BI_ROLE_BODY || line->role == BI_ROLE_CROSSHEAD || line->role == BI_ROLE_SUBHEAD ||
             line->role == BI_ROLE_KICKER || line->role == BI_ROLE_OTHER) &&
            line->em < HEADLINE_SIZE * page->em && st_is_byline(arena, line->text))
            line->role = BI_ROLE_BYLINE;
    }
}

/* A character or two seen in dirt, strokes of a rule or of a picture's edge, and whatever was read inside a
 * picture. */
static void find_scraps(struct st_page *page)
{
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        double confidence = line->source->confidence;
        bool flat = line->flow.h < MIN_HEIGHT_EM * page->em;
        bool doubtful = line->length <= 2 && confidence > 0 && confidence < SCRAP_CONFIDENCE;
        bool thin = line->length <= 2 && line->flow.w < 0.3 * page->em && line->role != BI_ROLE_HEADER;
        for (size_t j = 0; j < page->image_count && !line->scrap; j++)
            line->scrap = line->role != BI_ROLE_CAPTION && line->role != BI_ROLE_TEASER &&
                          line->role != BI_ROLE_MASTHEAD && bi_box_inside(line->box, page->images[j], 0.9);
        line->scrap = line->scrap || flat || thin || (doubtful && line->role != BI_ROLE_HEADER);
        if (line->scrap)
            line->role = BI_ROLE_OTHER;
    }
}

void st_roles_refine(struct bi_arena *arena, const struct st_wordings *wordings, struct st_page *page,
                     bool first_page)
{
    find_scraps(page);
    guess_roles(page);
    st_headers_find(arena, wordings, page, first_page);
    find_captions(arena, page);
    find_ads(page);
    st_pointers_find(arena, wordings, page, first_page);
    if (first_page)
        st_digest_find(arena, page);
    st_announcements_find(page);
    find_bylines(arena, page);
}
