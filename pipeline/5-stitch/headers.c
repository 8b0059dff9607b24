/* Masthead and running heads: what stands at the edge of the page and belongs to no article. */
#include <string.h>

#include "facts.h"
#include "roles.h"
#include "words.h"

/* Shares of the page's height in which running heads and the masthead stand. */
#define TOP_ZONE 0.09
#define MASTHEAD_ZONE 0.16
#define FOOT_ZONE 0.97
#define MAX_MASTHEAD_LINES 3

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
    const char *s = st_folded(arena, text);
    int found = st_count_words(s, words, ST_COUNT(words));
    bool dated = st_count_words(s, date, ST_COUNT(date)) == 3 && bi_rune_count(s) < 60;
    return found >= 2 || (found >= 1 && dated) || (dated && bi_rune_count(s) <= 24) ||
           is_folio_line(arena, s);
}

static bool looks_like_issue_line(struct bi_arena *arena, const char *text)
{
    static const char *const words[] = {"总第", "本期",     "今日",     "准印证", "国内统一", "邮发代号",
                                        "刊号", "内部资料", "免费交流", "主办",   "主管",     "出版",
                                        "零售", "星期",     "http",     "www"};
    const char *s = st_folded(arena, text);
    return st_count_words(s, words, ST_COUNT(words)) >= 2 ||
           (strstr(s, "年") && strstr(s, "月") && strstr(s, "日"));
}

/* A line with the issue's date or numbers, not a sentence that tells of a day. */
static bool tells_the_issue(struct bi_arena *arena, const struct st_page *page, const struct st_line *line)
{
    struct st_head_facts facts;
    st_facts_parse(arena, line->text, &facts);
    if (facts.total || (facts.number && facts.weekday) || (facts.year && facts.weekday))
        return true;
    return (facts.year || looks_like_issue_line(arena, line->text)) &&
           st_region_lines(page, line->region) <= MAX_MASTHEAD_LINES && !st_ends_sentence(line->text);
}

/* Whatever stands in the row of a running head, as the name of the section does, is part of it. */
static void widen_row(struct st_page *page, int top, int bottom)
{
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        int middle = line->box.y + line->box.h / 2;
        if (line->role != BI_ROLE_HEADER && line->role != BI_ROLE_MASTHEAD && !line->scrap && middle > top &&
            middle < bottom && line->length <= 12)
            line->role = BI_ROLE_HEADER;
    }
}

/* On the first page the paper's name is what stands highest and largest, beside the line with date and
 * number. */
static void widen_masthead(struct st_page *page)
{
    int bottom = 0;
    for (size_t i = 0; i < page->line_count; i++)
        if (page->lines[i].role == BI_ROLE_MASTHEAD && page->lines[i].box.y + page->lines[i].box.h > bottom)
            bottom = page->lines[i].box.y + page->lines[i].box.h;
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        if (line->role != BI_ROLE_MASTHEAD && line->role != BI_ROLE_HEADER && !line->scrap &&
            line->box.y + line->box.h / 2 < bottom && line->length <= 16 &&
            line->box.y + line->box.h < (int)(page->height * MASTHEAD_ZONE))
            line->role = BI_ROLE_MASTHEAD;
    }
}

void st_headers_find(struct bi_arena *arena, const struct st_wordings *wordings, struct st_page *page,
                     bool first_page)
{
    int top_row = page->height, bottom_row = 0;
    for (size_t i = 0; i < page->line_count; i++) {
        struct st_line *line = &page->lines[i];
        struct st_marker pointer;
        int end = line->box.y + line->box.h;
        bool top = end<(int)(page->height * TOP_ZONE), foot = line->box.y>(int)(page->height * FOOT_ZONE);
        bool high = end < (int)(page->height * MASTHEAD_ZONE);
        bool known = line->role == BI_ROLE_HEADER || line->role == BI_ROLE_MASTHEAD;
        if (line->scrap)
            continue;
        if (known && !high && !foot && line->length > 60)
            line->role = BI_ROLE_BODY;
        else if (!known && first_page && high && tells_the_issue(arena, page, line))
            line->role = BI_ROLE_MASTHEAD;
        else if (!known && foot && st_marker_whole(arena, wordings, line->text, &pointer))
            continue; /* →2版 at the foot is no folio */
        else if (!known && !first_page && (top || foot) && looks_like_header(arena, line->text))
            line->role = BI_ROLE_HEADER;
        if (line->role == BI_ROLE_HEADER && top) {
            top_row = line->box.y < top_row ? line->box.y : top_row;
            bottom_row = end > bottom_row ? end : bottom_row;
        }
    }
    if (!first_page)
        widen_row(page, top_row - (int)page->em, bottom_row);
    else
        widen_masthead(page);
}
