/* What a line is, by its text and its place. Segment knows sizes and places; only the words tell a pointer
 * from a paragraph, a signature from a short line, and the line with date and number from a subhead. */
#include <string.h>

#include "stitch.h"

/* Sizes relative to body text. */
#define HEADLINE_SIZE 1.5
/* … where nothing but the size tells. */
#define GUESSED_HEADLINE_SIZE 1.27
#define MAX_HEADLINE_RUNES 30
#define DISPLAY_SIZE 1.8
#define BODY_SIZE_MAX 1.3
#define BODY_SIZE_MIN 0.7
/* Share of the page's height in which running heads and the masthead stand. */
#define TOP_ZONE 0.09
#define MASTHEAD_ZONE 0.16
#define FOOT_ZONE 0.97
/* A framed region with fewer lines in columns, and with a line of display size, is an advertisement. */
#define AD_MAX_COLUMN_LINES 4
#define MAX_BYLINE_RUNES 18
/* Lower than this is no line of type. */
#define MIN_HEIGHT_EM 0.3
#define SCRAP_CONFIDENCE 0.5
#define MAX_CAPTION_LINES 3

static bool contains(const char *text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

static int count_of(const char *text, const char *const *words, size_t n)
{
    int found = 0;
    for (size_t i = 0; i < n; i++)
        found += strstr(text, words[i]) != NULL;
    return found;
}

static bool starts_with(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

static bool ends_with(const char *text, const char *word)
{
    size_t n = strlen(text), m = strlen(word);
    return n >= m && strcmp(text + n - m, word) == 0;
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *folded(struct bi_arena *arena, const char *text)
{
    struct bi_text out = {0};
    bi_text_fold(&out, text);
    char *copy = bi_arena_strdup(arena, bi_text_get(&out));
    bi_text_release(&out);
    return copy;
}

/* ---- bylines */

bool st_is_byline(struct bi_arena *arena, const char *text)
{
    static const char *const signs[] = {"□", "■", "◇", "◆", "○", "●", "☆", "★", "▢", "◻", "口"};
    static const char *const openings[] = {
        "本报记者", "本报通讯员", "本报评论员", "特约评论员", "本刊记者", "记者",  "通讯员", "特约记者",
        "实习记者", "见习记者",   "文/",        "文|",        "撰文",     "作者:", "整理:",  "编译:"};
    static const char *const endings[] = {"供稿", "评论员", "来稿", "编译", "综合报道", "整理", "撰稿"};
    const char *s = folded(arena, text);
    size_t length = bi_rune_count(s);
    if (length < 2 || length > MAX_BYLINE_RUNES || st_ends_sentence(s))
        return false;
    for (const char *p = s; *p;) {
        uint32_t rune = bi_rune_next(&p);
        if (rune == ',' || rune == 0x3001 || rune == ';' || rune == '"')
            return false;
    }
    uint32_t last = st_last_rune(s);
    if (last == ':')
        return false;
    for (size_t i = 0; i < COUNT(signs); i++)
        if (starts_with(s, signs[i]) && length <= 12) {
            /* 口 is what recognition makes of □; as a word it is not followed by a space. */
            const char *printed = text;
            bi_rune_next(&printed);
            if (strcmp(signs[i], "口") != 0 || bi_rune_is_space(bi_rune_next(&printed)))
                return true;
        }
    for (size_t i = 0; i < COUNT(openings); i++)
        if (starts_with(s, openings[i]) && length <= bi_rune_count(openings[i]) + 9)
            return !ends_with(s, "摄") && !strchr(s, '(');
    for (size_t i = 0; i < COUNT(endings); i++)
        if (ends_with(s, endings[i]))
            return true;
    return false;
}

char *st_dateline(struct bi_arena *arena, const char *text)
{
    static const char *const agencies[] = {"本报",     "新华社", "中新社",  "据新华社",
                                           "人民日报", "本刊",   "综合报道"};
    static const char *const plain[] = {"本报综合报道", "本报综合消息", "综合报道"};
    struct st_runes runes = st_runes_of(arena, text);
    bool agency = false;
    for (size_t i = 0; i < COUNT(agencies); i++)
        agency = agency || starts_with(text, agencies[i]);
    if (!agency)
        return NULL;
    size_t open = 0;
    for (size_t i = 2; i < runes.count && i < 40; i++) {
        if ((runes.data[i] == '(' || runes.data[i] == 0xFF08) && i <= 20)
            open = open ? open : i;
        if ((runes.data[i] == ')' || runes.data[i] == 0xFF09) && open)
            return st_runes_text(arena, runes.data, i + 1);
        if (!open && (st_rune_ends_sentence(runes.data[i]) || runes.data[i] == 0xFF0C))
            break;
    }
    for (size_t i = 0; i < COUNT(plain); i++)
        if (starts_with(text, plain[i]))
            return bi_arena_strdup(arena, plain[i]);
    if (starts_with(text, "本报讯"))
        return bi_arena_strdup(arena, "本报讯");
    return NULL;
}

/* ---- running heads and masthead */

static bool is_folio_line(struct bi_arena *arena, const char *text)
{
    struct st_runes runes = st_runes_folded(arena, text);
    size_t first = 0, last = runes.count;
    while (first < last && (st_rune_is_mark(runes.data[first]) || runes.data[first] == 0x7B2C))
        first++;
    while (last > first && (st_rune_is_mark(runes.data[last - 1]) || runes.data[last - 1] == 0x7248))
        last--;
    struct st_folio folio;
    return st_folio_parse(runes.data + first, last - first, &folio) >= 0;
}

static bool looks_like_header(struct bi_arena *arena, const char *text)
{
    static const char *const words[] = {"责任编辑", "责编", "版式", "美编", "校对", "编辑", "值班", "组版",
                                        "电话",     "邮箱", "星期", "主编", "设计", "热线", "视觉", "农历"};
    static const char *const date[] = {"年", "月", "日"};
    const char *s = folded(arena, text);
    int found = count_of(s, words, COUNT(words));
    bool dated = count_of(s, date, COUNT(date)) == 3 && bi_rune_count(s) < 60;
    return found >= 2 || (found >= 1 && dated) || (dated && bi_rune_count(s) <= 24) ||
           is_folio_line(arena, s);
}

static bool looks_like_issue_line(struct bi_arena *arena, const char *text)
{
    static const char *const words[] = {"总第", "本期",     "今日",     "准印证", "国内统一", "邮发代号",
                                        "刊号", "内部资料", "免费交流", "主办",   "主管",     "出版",
                                        "零售", "星期",     "http",     "www"};
    const char *s = folded(arena, text);
    return count_of(s, words, COUNT(words)) >= 2 || (strstr(s, "年") && strstr(s, "月") && strstr(s, "日"));
}

static void find_headers(struct bi_arena *arena, const struct st_wordings *wordings, struct st_page *page,
                         bool first_page)
{
    int rows = 0, bottom = 0;
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        int end = line->box.y + line->box.h;
        bool top = end < (int)(page->height * (first_page ? MASTHEAD_ZONE : TOP_ZONE));
        bool foot = line->box.y > (int)(page->height * FOOT_ZONE);
        struct st_marker pointer;
        bool known = line->role == BI_ROLE_HEADER || line->role == BI_ROLE_MASTHEAD;
        if (known && !top && !foot && line->length > 60)
            line->role = BI_ROLE_BODY;
        else if (!known && first_page && top && looks_like_issue_line(arena, line->text))
            line->role = BI_ROLE_MASTHEAD;
        else if (!known && foot && st_marker_whole(arena, wordings, line->text, &pointer))
            continue; /* →2版 at the foot is no folio */
        else if (!known && (top || foot) && looks_like_header(arena, line->text))
            line->role = BI_ROLE_HEADER;
        if (line->role == BI_ROLE_HEADER && top) {
            rows++;
            if (end > bottom)
                bottom = end;
        }
    }
    /* The name of the section stands in the same row as folio and date. */
    for (size_t i = 0; rows && i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        if (line->role != BI_ROLE_HEADER && line->role != BI_ROLE_MASTHEAD && !line->scrap &&
            line->box.y + line->box.h / 2 < bottom && line->length <= 12)
            line->role = BI_ROLE_HEADER;
    }
    /* On the first page the paper's name is what stands highest and largest, beside the line with date and
     * number. */
    if (!first_page)
        return;
    int masthead_bottom = 0;
    for (size_t i = 0; i < page->line_count; i++)
        if (page->lines[i].role == BI_ROLE_MASTHEAD &&
            page->lines[i].box.y + page->lines[i].box.h > masthead_bottom)
            masthead_bottom = page->lines[i].box.y + page->lines[i].box.h;
    for (size_t i = 0; masthead_bottom && i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        if (line->role != BI_ROLE_MASTHEAD && line->role != BI_ROLE_HEADER && !line->scrap &&
            line->box.y + line->box.h / 2 < masthead_bottom && line->length <= 16 &&
            line->box.y + line->box.h < (int)(page->height * MASTHEAD_ZONE))
            line->role = BI_ROLE_MASTHEAD;
    }
}

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
        if (line->role != BI_ROLE_OTHER || line->scrap)
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
    const char *s = folded(arena, text);
    for (size_t i = 0; i < COUNT(endings); i++)
        if (ends_with(s, endings[i]))
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

static size_t region_lines(const struct st_page *page, const struct bi_region *region)
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
        size_t lines = region_lines(page, line->region);
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
            display = display || line->em >= DISPLAY_SIZE * page->em;
        }
        static const char *const notices[] = {"遗失", "声明", "挂失", "作废"};
        bool notice = false;
        for (size_t i = 0; i < page->line_count; i++)
            notice = notice || (page->lines[i].frame == (int)f &&
                                contains(page->lines[i].text, notices, COUNT(notices)));
        /* A notice may fill its box with small type. */
        bool small_notice = notice && lines <= 12 && columns <= 8;
        if (lines == captions || !(small_notice || (display && columns < AD_MAX_COLUMN_LINES)))
            continue;
        for (size_t i = 0; i < page->line_count; i++)
            if (page->lines[i].frame == (int)f)
                page->lines[i].role = BI_ROLE_AD;
    }
}

/* ---- pointers */

static void find_markers(struct bi_arena *arena, const struct st_wordings *wordings, struct st_page *page,
                         bool first_page)
{
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        struct st_marker marker;
        if (line->role == BI_ROLE_HEADER || line->role == BI_ROLE_MASTHEAD || line->role == BI_ROLE_CAPTION ||
            line->role == BI_ROLE_AD || line->em > DISPLAY_SIZE * page->em)
            continue;
        if (st_marker_whole(arena, wordings, line->text, &marker)) {
            line->marker = marker;
            line->role = marker.kind == ST_MARKER_TEASER ? BI_ROLE_TEASER : BI_ROLE_JUMP;
        } else if (st_marker_at_end(arena, wordings, line->text, &marker) && marker.kind != ST_MARKER_FROM &&
                   (marker.kind == ST_MARKER_TO || first_page)) {
            line->marker = marker;
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
static void find_teaser_titles(struct st_page *page)
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
    find_headers(arena, wordings, page, first_page);
    find_captions(arena, page);
    find_ads(page);
    find_markers(arena, wordings, page, first_page);
    find_teaser_titles(page);
    find_bylines(arena, page);
}
