#include "head.h"

#include <math.h>
#include <string.h>

#include "frame.h"

#define MOST_LINES 3

static struct setting set_in(const struct sheet *sheet, const struct paper *paper, struct type_face face,
                             double size)
{
    return (struct setting){sheet->type, face, face, size, paper->latin};
}

static struct record_block *block_of(struct sheet *sheet, const struct story *story, const char *role,
                                     const char *feature)
{
    struct record_block *block = record_add_block(sheet->record, sheet->page, role);
    block->article = story->article->id;
    block->part = story->part;
    block->feature = feature;
    return block;
}

/* Text in as few lines as the size allows, each in the middle of the box or at its left; nothing is printed
 * without a block. Returns the height. */
static double print_lines(struct sheet *sheet, const struct setting *setting, const char *text,
                          struct box box, bool centred, double ink, struct record_block *block)
{
    struct bi_arena arena = {0};
    struct copy copy = setting_copy(&arena, text);
    double pitch = 1.16 * setting->size, y = box.y, total = setting_width(setting, text);
    int lines = (int)ceil(total / box.w);
    /* Lines of like length, as a compositor breaks them. */
    double measure = lines > 1 && !setting->latin ? fmin(box.w, total / lines + 1.2 * setting->size) : box.w;
    sheet_ink(sheet, ink);
    for (size_t at = 0; at < copy.count; y += pitch) {
        struct setting_line line;
        struct bi_text printed = {0};
        setting_line(setting, &copy, at, measure, 0, &line);
        while (line.hyphen && line.to > line.from + 1 && copy.runes[line.to] != ' ')
            line.to--; /* nor is it hyphenated */
        at = line.to;
        struct copy one = {copy.runes, line.to, 0}; /* a headline is not justified: its lines end it */
        setting_line(setting, &one, line.from, 2 * box.w, 0, &line);
        double x = centred ? box.x + (box.w - line.right) / 2 : box.x;
        if (block) {
            setting_print(sheet, setting, &one, &line, x, y, &printed);
            record_add_line(sheet->record, block, bi_text_get(&printed), x, y, x + line.right,
                            y + setting->size);
        }
        bi_text_release(&printed);
    }
    bi_arena_release(&arena);
    return y - box.y - pitch + setting->size;
}

/* Width of the longest word of Latin text, in ems. */
static double longest_word(const struct setting *unit, const char *text)
{
    double longest = 0, width = 0;
    for (const char *s = text; *s;) {
        uint32_t rune = bi_rune_next(&s);
        width = rune == ' ' ? 0 : width + type_advance(unit->type, unit->face, rune);
        longest = fmax(longest, width);
    }
    return longest;
}

/* The largest size at which the text fills the width in that many lines; no word is wider than a line. */
static double size_for(const struct sheet *sheet, const struct paper *paper, struct type_face face,
                       const char *text, double width, int lines)
{
    struct setting unit = set_in(sheet, paper, face, 1);
    double ems = setting_width(&unit, text);
    double size = lines == 1 ? width / ems : lines * width / (ems + 1.6 * lines);
    return paper->latin ? fmin(size, 0.9 * width / longest_word(&unit, text)) : size;
}

double head_across(struct sheet *sheet, const struct paper *paper, const struct story *story, struct box box,
                   enum slot_head head)
{
    const struct record_article *article = story->article;
    struct chance *chance = sheet->chance;
    double em = paper->body_size * sheet->point, y = box.y, least = 1.5 * em;
    bool centred = chance_is(chance, 0.6), below = chance_is(chance, 0.25);
    struct type_face face = chance_is(chance, 0.75) ? paper->headline : paper->second;
    if (article->kicker && !below && head != HEAD_DARK) {
        struct setting setting = set_in(sheet, paper, paper->second, 1.25 * em);
        y += print_lines(sheet, &setting, article->kicker, (struct box){box.x, y, box.w, 0}, centred, 1,
                         block_of(sheet, story, "kicker", NULL));
        y += 0.45 * em;
    }
    int lines = 1;
    double most = paper->headline_most * sheet->point,
           size = size_for(sheet, paper, face, article->headline, 0.94 * box.w, 1);
    while (lines < MOST_LINES && (size < least || (size < 2.2 * em && chance_is(chance, 0.5))))
        size = size_for(sheet, paper, face, article->headline, 0.96 * box.w, ++lines);
    size = fmin(size, most);
    if (size > 2.4 * em)
        size *= 0.75 + 0.25 * chance_share(chance);
    struct setting setting = set_in(sheet, paper, face, size);
    struct box bar = {box.x, y, box.w, 0};
    double inset = head == HEAD_DARK || head == HEAD_TINT ? 0.3 * size : 0;
    struct box inner = {box.x + inset, y + inset, box.w - 2 * inset, 0};
    if (inset > 0) {
        bar.h = print_lines(sheet, &setting, article->headline, inner, centred, 0, NULL) + 2 * inset;
        sheet_fill(sheet, bar, head == HEAD_DARK ? 1 : 0.22);
    }
    double height = print_lines(sheet, &setting, article->headline, inner, centred, head == HEAD_DARK ? 0 : 1,
                                block_of(sheet, story, "headline",
                                         head == HEAD_DARK   ? "white on black"
                                         : head == HEAD_TINT ? "on a tint"
                                         : head == HEAD_PART ? "over some columns"
                                                             : NULL));
    y += fmax(height + inset, bar.h) + 0.4 * em;
    if (article->kicker && (below || head == HEAD_DARK)) {
        setting = set_in(sheet, paper, paper->second, 1.2 * em);
        y += print_lines(sheet, &setting, article->kicker, (struct box){box.x, y, box.w, 0}, centred, 1,
                         block_of(sheet, story, "kicker", "below"));
        y += 0.4 * em;
    }
    if (article->subhead) {
        setting = set_in(sheet, paper, chance_is(chance, 0.5) ? paper->second : paper->script, 1.3 * em);
        y += print_lines(sheet, &setting, article->subhead, (struct box){box.x, y, box.w, 0}, centred, 1,
                         block_of(sheet, story, "subhead", NULL));
        y += 0.4 * em;
    }
    return y - box.y + 0.3 * em;
}

static double upright_size(const struct sheet *sheet, const struct paper *paper, const struct story *story,
                           double height)
{
    double size = height / (1.08 * (double)bi_rune_count(story->article->headline) + 0.5);
    return fmin(size, 0.85 * paper->headline_most * sheet->point);
}

double head_upright_width(const struct sheet *sheet, const struct paper *paper, const struct story *story,
                          double height)
{
    double em = paper->body_size * sheet->point;
    return upright_size(sheet, paper, story, height) + 2.4 * em + (story->article->subhead ? 1.8 * em : 0);
}

double head_upright(struct sheet *sheet, const struct paper *paper, const struct story *story, struct box box)
{
    double em = paper->body_size * sheet->point, size = upright_size(sheet, paper, story, box.h),
           beside = story->article->subhead ? 1.8 * em : 0;
    size = fmin(size, box.w - beside - 0.4 * em);
    struct setting setting =
        set_in(sheet, paper, chance_is(sheet->chance, 0.7) ? paper->headline : paper->second, size);
    double x = box.x + (box.w - size - beside) / 2 + beside;
    sheet_ink(sheet, 1);
    double height = setting_upright(sheet, &setting, story->article->headline, x, box.y + 0.2 * em,
                                    1.08 * size, block_of(sheet, story, "headline", "vertical"));
    if (story->article->subhead) {
        setting = set_in(sheet, paper, paper->second, 1.2 * em);
        double pitch = fmin(1.3 * em, (box.h - em) / (double)bi_rune_count(story->article->subhead));
        setting.size = fmin(setting.size, pitch);
        double lower =
            setting_upright(sheet, &setting, story->article->subhead, x - 1.7 * em, box.y + 0.2 * em, pitch,
                            block_of(sheet, story, "subhead", "vertical"));
        height = fmax(height, lower);
    }
    return height + em;
}
