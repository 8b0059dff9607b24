#include "furniture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "frame.h"

static const char *const WEEKDAYS[] = {"日", "一", "二", "三", "四", "五", "六"};
static const char *const DAYS[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};
static const char *const MONTHS[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

/* Sakamoto's method; 0 is Sunday. */
static int weekday(const struct issue_day *day)
{
    static const int offsets[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    int y = day->month < 3 ? day->year - 1 : day->year;
    return (y + y / 4 - y / 100 + y / 400 + offsets[day->month - 1] + day->day) % 7;
}

static const char *date_words(struct sheet *sheet, const struct paper *paper, const struct issue_day *day)
{
    struct bi_arena *arena = &sheet->record->arena;
    if (paper->latin)
        return bi_arena_printf(arena, "%s, %s %d, %d", DAYS[weekday(day)], MONTHS[day->month - 1], day->day,
                               day->year);
    return bi_arena_printf(arena, "%d年%d月%d日 星期%s", day->year, day->month, day->day,
                           WEEKDAYS[weekday(day)]);
}

static const char *number_words(struct sheet *sheet, const struct paper *paper, const struct issue_day *day)
{
    struct bi_arena *arena = &sheet->record->arena;
    if (paper->latin)
        return bi_arena_printf(arena, "No. %d (whole number %d) %d pages", day->number, day->total,
                               day->pages);
    return bi_arena_printf(arena, "第%d期（总第%d期） 本期%d版", day->number, day->total, day->pages);
}

enum align { LEFT, CENTRE, RIGHT };

/* A label at x, which is its left end, middle or right end. */
static void label(struct sheet *sheet, const struct paper *paper, struct type_face face, double size,
                  const char *text, double x, double y, enum align align, const char *role)
{
    struct setting setting = {sheet->type, face, face, size, paper->latin};
    double width = setting_width(&setting, text);
    x -= align == LEFT ? 0 : align == CENTRE ? width / 2 : width;
    sheet_ink(sheet, 1);
    setting_label(sheet, &setting, text, x, y, 0, record_add_block(sheet->record, sheet->page, role));
}

static struct box type_area(const struct sheet *sheet, const struct paper *paper)
{
    double side = paper->side * sheet->point, top = paper->top * sheet->point,
           foot = paper->foot * sheet->point;
    return (struct box){side, top, sheet->width - 2 * side, sheet->height - top - foot};
}

/* ---- the front page */

/* A small box beside the title: the weather. */
static void ear(struct sheet *sheet, const struct paper *paper, struct box box)
{
    double em = paper->body_size * sheet->point;
    int low = chance_between(sheet->chance, -5, 20);
    const char *words[] = {
        paper->latin ? "The Weather" : "今日天气", paper->latin ? "Fair, light winds" : "多云转阴 东风三级",
        bi_arena_printf(&sheet->record->arena, "%d℃~%d℃", low, low + chance_between(sheet->chance, 4, 11))};
    frame_draw(sheet, box, FRAME_THIN, em);
    for (int i = 0; i < 3; i++)
        label(sheet, paper, i ? paper->label : paper->bold, i ? em : 1.3 * em, words[i], box.x + box.w / 2,
              box.y + box.h / 2 + (1.8 * i - 2.5) * em, CENTRE, "ear");
}

static struct box masthead_across(struct sheet *sheet, const struct paper *paper, const struct issue_day *day)
{
    struct box box = type_area(sheet, paper);
    double em = paper->body_size * sheet->point,
           width = (paper->masthead == MASTHEAD_CENTRE ? 0.5 : 0.42) * box.w;
    struct setting unit = {sheet->type, paper->script, paper->script, 1, paper->latin};
    struct type_face face = paper->latin ? paper->headline : paper->script;
    unit.face = face;
    const char *permit = paper->latin ? "Founded 1902. Price 2d." : "国内统一连续出版物号 CN 00-0000";
    if (paper->masthead == MASTHEAD_CENTRE) { /* what stands beside the title needs room */
        struct setting label_setting = {sheet->type, paper->label, paper->label, em, paper->latin};
        double beside = fmax(setting_width(&label_setting, permit),
                             setting_width(&label_setting, number_words(sheet, paper, day)));
        width = fmin(width, box.w - 2 * beside - 3 * em);
    }
    double size = fmin(width / setting_width(&unit, paper->title), 9 * em), bottom = box.y + size + 0.8 * em;
    if (paper->masthead == MASTHEAD_CENTRE) {
        double middle = box.x + box.w / 2;
        label(sheet, paper, face, size, paper->title, middle, box.y, CENTRE, "masthead");
        if (paper->ears)
            ear(sheet, paper, (struct box){box.x, box.y, (box.w - width) / 2 - 2 * em, size});
        else
            label(sheet, paper, paper->label, em, permit, box.x, box.y + 0.4 * size, LEFT, "masthead-info");
        label(sheet, paper, paper->label, em, date_words(sheet, paper, day), box.x + box.w,
              box.y + 0.4 * size, RIGHT, "issue-line");
        label(sheet, paper, paper->label, em, number_words(sheet, paper, day), box.x + box.w,
              box.y + 0.4 * size + 1.5 * em, RIGHT, "issue-line");
    } else {
        label(sheet, paper, face, size, paper->title, box.x, box.y, LEFT, "masthead");
        double x = box.x + width + 4 * em;
        label(sheet, paper, paper->label, 1.1 * em, permit, x, box.y + 0.25 * size, LEFT, "masthead-info");
        label(sheet, paper, paper->label, 1.1 * em, date_words(sheet, paper, day), x,
              box.y + 0.25 * size + 1.8 * em, LEFT, "issue-line");
        label(sheet, paper, paper->label, 1.1 * em, number_words(sheet, paper, day), x,
              box.y + 0.25 * size + 3.6 * em, LEFT, "issue-line");
        bottom = fmax(bottom, box.y + 0.25 * size + 5.2 * em);
    }
    frame_rule(sheet, chance_is(sheet->chance, 0.5) ? FRAME_THICK : FRAME_DOUBLE, box.x, bottom,
               box.x + box.w, bottom);
    bottom += 1.2 * em;
    return (struct box){box.x, bottom, box.w, box.y + box.h - bottom};
}

/* The title from top to bottom over the first column of the grid, the day beneath it; stories beside both. */
static struct box masthead_upright(struct sheet *sheet, const struct paper *paper,
                                   const struct issue_day *day, double *corner)
{
    struct box box = type_area(sheet, paper);
    double em = paper->body_size * sheet->point, gutter = paper->gutter * em,
           width = (box.w - (paper->columns - 1) * gutter) / paper->columns, size = fmin(0.7 * width, 8 * em),
           x = box.x + (width - size) / 2, y = box.y + em;
    struct setting setting = {sheet->type, paper->script, paper->script, size, paper->latin};
    sheet_ink(sheet, 1);
    y += setting_upright(sheet, &setting, paper->title, x, y, 1.1 * size,
                         record_add_block(sheet->record, sheet->page, "masthead"));
    y += em;
    double middle = box.x + width / 2;
    char words[32];
    snprintf(words, sizeof words, "%d年%d月%d日", day->year, day->month, day->day);
    label(sheet, paper, paper->label, 0.9 * em, words, middle, y, CENTRE, "issue-line");
    snprintf(words, sizeof words, "星期%s", WEEKDAYS[weekday(day)]);
    label(sheet, paper, paper->label, 0.9 * em, words, middle, y + 1.5 * em, CENTRE, "issue-line");
    snprintf(words, sizeof words, "第%d期", day->number);
    label(sheet, paper, paper->label, 0.9 * em, words, middle, y + 3 * em, CENTRE, "issue-line");
    snprintf(words, sizeof words, "总第%d期", day->total);
    label(sheet, paper, paper->label, 0.9 * em, words, middle, y + 4.5 * em, CENTRE, "issue-line");
    snprintf(words, sizeof words, "本期%d版", day->pages);
    label(sheet, paper, paper->label, 0.9 * em, words, middle, y + 6 * em, CENTRE, "issue-line");
    *corner = y + 8 * em - box.y;
    frame_draw(sheet, (struct box){box.x, box.y, width, *corner}, FRAME_DOUBLE, em);
    return box;
}

/* ---- the others */

static struct box running_head(struct sheet *sheet, const struct paper *paper, const struct issue_day *day,
                               const char *section)
{
    struct box box = type_area(sheet, paper);
    double em = paper->body_size * sheet->point, size = 2.2 * em, right = box.x + box.w,
           middle = box.x + box.w / 2;
    char folio[16];
    snprintf(folio, sizeof folio, "%d", sheet->page);
    const char *date = date_words(sheet, paper, day);
    enum paper_folio where = paper->folio;
    if (where == FOLIO_OUTER)
        where = sheet->page % 2 ? FOLIO_RIGHT : FOLIO_LEFT;
    if (where == FOLIO_FOOT) {
        double y = box.y + box.h - 1.1 * em;
        label(sheet, paper, paper->label, em, folio, middle, y, CENTRE, "page-number");
        label(sheet, paper, paper->label, 0.9 * em, paper->title, box.x, box.y, LEFT, "page-header");
        label(sheet, paper, paper->label, 0.9 * em, section, middle, box.y, CENTRE, "section");
        label(sheet, paper, paper->label, 0.9 * em, date, right, box.y, RIGHT, "page-header");
        frame_rule(sheet, FRAME_THIN, box.x, box.y + 1.5 * em, right, box.y + 1.5 * em);
        return (struct box){box.x, box.y + 2.5 * em, box.w, box.h - 5 * em};
    }
    double low = box.y + size - em;
    const char *line = bi_arena_printf(&sheet->record->arena, paper->latin ? "%s  %s" : "%s　责任编辑 %s",
                                       date, paper->latin ? paper->title : "方小舟");
    if (where == FOLIO_LEFT) {
        label(sheet, paper, paper->bold, size, folio, box.x, box.y, LEFT, "page-number");
        label(sheet, paper, paper->bold, 1.6 * em, section, box.x + 3.2 * em, box.y + 0.5 * em, LEFT,
              "section");
        label(sheet, paper, paper->label, 0.95 * em, line, right, low, RIGHT, "page-header");
    } else if (where == FOLIO_RIGHT) {
        label(sheet, paper, paper->bold, size, folio, right, box.y, RIGHT, "page-number");
        label(sheet, paper, paper->bold, 1.6 * em, section, right - 3.2 * em, box.y + 0.5 * em, RIGHT,
              "section");
        label(sheet, paper, paper->label, 0.95 * em, line, box.x, low, LEFT, "page-header");
    } else {
        label(sheet, paper, paper->bold, size, folio, middle, box.y, CENTRE, "page-number");
        label(sheet, paper, paper->bold, 1.5 * em, section, box.x, box.y + 0.6 * em, LEFT, "section");
        label(sheet, paper, paper->label, 0.95 * em, line, right, low, RIGHT, "page-header");
    }
    double rule = box.y + size + 0.6 * em;
    frame_rule(sheet, sheet->page % 2 ? FRAME_THIN : FRAME_DOUBLE, box.x, rule, right, rule);
    rule += 1.2 * em;
    return (struct box){box.x, rule, box.w, box.y + box.h - rule};
}

struct box furniture_print(struct sheet *sheet, const struct paper *paper, const struct issue_day *day,
                           const char *section, double *corner)
{
    *corner = 0;
    if (sheet->page > 1)
        return running_head(sheet, paper, day, section);
    return paper->masthead == MASTHEAD_VERTICAL ? masthead_upright(sheet, paper, day, corner)
                                                : masthead_across(sheet, paper, day);
}

struct box furniture_teasers(struct sheet *sheet, const struct paper *paper, struct box box,
                             struct story *const *stories, const int *pages, int count)
{
    double em = paper->body_size * sheet->point, height = 3.6 * em, y = box.y + box.h - height,
           step = box.w / count;
    frame_rule(sheet, FRAME_THIN, box.x, y, box.x + box.w, y);
    struct setting big = {sheet->type, paper->second, paper->second, 1.25 * em, paper->latin},
                   small = {sheet->type, paper->label, paper->label, em, paper->latin};
    for (int i = 0; i < count; i++) {
        double x = box.x + i * step;
        struct setting setting = big;
        const char *headline = stories[i]->article->headline;
        double width = setting_width(&setting, headline), room = step - 1.5 * em;
        if (width > room)
            setting.size *= room / width;
        sheet_ink(sheet, 1);
        struct record_block *block = record_add_block(sheet->record, sheet->page, "teaser");
        block->target = stories[i]->article->id;
        setting_label(sheet, &setting, headline, x, y + 0.6 * em, 0, block);
        const char *words = paper_pointer(&sheet->record->arena, paper->teaser, pages[i]);
        block = record_add_block(sheet->record, sheet->page, "teaser-ref");
        block->target = stories[i]->article->id;
        setting_label(sheet, &small, words, x, y + 2.3 * em, 0, block);
    }
    return (struct box){box.x, box.y, box.w, box.h - height - em};
}

void furniture_contents(struct sheet *sheet, const struct paper *paper, struct box box,
                        struct story *const *stories, const int *pages, int count)
{
    double em = paper->body_size * sheet->point;
    struct box inner = frame_draw(sheet, box, FRAME_DOUBLE, em);
    label(sheet, paper, paper->bold, 1.8 * em, paper->latin ? "Inside" : "今日导读", inner.x + inner.w / 2,
          inner.y, CENTRE, "teaser");
    double y = inner.y + 3.2 * em, step = fmin((inner.h - 4 * em) / count, 4 * em);
    for (int i = 0; i < count; i++, y += step) {
        struct setting setting = {sheet->type, paper->label, paper->label, 1.1 * em, paper->latin};
        const char *page = paper_pointer(&sheet->record->arena, paper->teaser, pages[i]);
        const char *headline = stories[i]->article->headline;
        double right = inner.x + inner.w - setting_width(&setting, page), room = right - inner.x - em;
        struct setting small = setting;
        double width = setting_width(&setting, headline), below = 0;
        if (width > room) { /* the page on a line of its own */
            below = 1.5 * em;
            small.size *= fmin(1, inner.w / width);
        }
        sheet_ink(sheet, 1);
        struct record_block *block = record_add_block(sheet->record, sheet->page, "teaser");
        block->target = stories[i]->article->id;
        block->feature = "contents box";
        setting_label(sheet, &small, headline, inner.x, y, 0, block);
        block = record_add_block(sheet->record, sheet->page, "teaser-ref");
        block->target = stories[i]->article->id;
        block->feature = "contents box";
        setting_label(sheet, &setting, page, right, y + below, 0, block);
    }
}
