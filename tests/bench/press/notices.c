#include "notices.h"

#include <math.h>
#include <stdio.h>

#include "bench/prose_latin.h"
#include "frame.h"

#define SMALLEST_POINTS 6.0
#define LARGEST_POINTS 7.0

static const char *const LEADS[] = {"遗失声明", "公告", "注销公告", "招租",
                                    "转让",     "招聘", "寻人启事", "更正"};
static const char *const LATIN_LEADS[] = {"LOST", "TO LET", "FOR SALE", "WANTED", "NOTICE", "SITUATIONS"};

/* A notice: a bold word, and a sentence or two with a number. */
static struct copy notice(struct sheet *sheet, const struct paper *paper, struct bi_arena *arena)
{
    struct bi_text text = {0};
    struct chance *chance = sheet->chance;
    bi_text_add(&text, paper->latin ? LATIN_LEADS[chance_below(chance, 6)] : LEADS[chance_below(chance, 8)]);
    size_t bold = bi_rune_count(bi_text_get(&text));
    bi_text_add(&text, paper->latin ? " " : "　");
    struct prose_topic topic;
    prose_topic(chance, &topic);
    for (int sentences = chance_between(chance, 1, 2); sentences > 0; sentences--) {
        if (paper->latin)
            latin_sentence(chance, &text);
        else
            prose_sentence(chance, &topic, &text);
    }
    bi_text_printf(&text, paper->latin ? " Box %d%04d." : "电话：%d%04d", chance_between(chance, 100, 899),
                   chance_below(chance, 10000));
    struct copy copy = setting_copy(arena, bi_text_get(&text));
    copy.bold = bold;
    bi_text_release(&text);
    return copy;
}

/* Notices in one column until it is full. */
static void print_column(struct sheet *sheet, const struct paper *paper, const struct setting *setting,
                         struct box column, bool ruled)
{
    double pitch = 1.25 * setting->size, bottom = column.y + column.h - setting->size;
    for (double y = column.y; y + 2 * pitch < bottom;) {
        struct bi_arena arena = {0};
        struct copy copy = notice(sheet, paper, &arena);
        struct record_block *block = record_add_block(sheet->record, sheet->page, "ad");
        block->feature = "notice";
        sheet_ink(sheet, 1);
        for (size_t at = 0; at < copy.count && y <= bottom; y += pitch) {
            struct setting_line line;
            struct bi_text text = {0};
            setting_line(setting, &copy, at, column.w, 0, &line);
            setting_print(sheet, setting, &copy, &line, column.x, y, &text);
            record_add_line(sheet->record, block, bi_text_get(&text), column.x, y, column.x + line.right,
                            y + setting->size);
            bi_text_release(&text);
            at = line.to;
        }
        if (ruled)
            frame_rule(sheet, FRAME_THIN, column.x, y + 0.15 * pitch, column.x + column.w, y + 0.15 * pitch);
        y += 0.5 * pitch;
        bi_arena_release(&arena);
    }
}

/* A title in the middle of the box's top. Returns the height it took. */
static double print_title(struct sheet *sheet, const struct paper *paper, struct box box, const char *title,
                          const char *role)
{
    struct setting setting = {sheet->type, paper->headline, paper->headline,
                              1.6 * paper->body_size * sheet->point, paper->latin};
    setting.size = fmin(setting.size, setting.size * 0.95 * box.w / setting_width(&setting, title));
    sheet_ink(sheet, 1);
    setting_label(sheet, &setting, title, box.x + (box.w - setting_width(&setting, title)) / 2, box.y, 0,
                  record_add_block(sheet->record, sheet->page, role));
    return 1.5 * setting.size;
}

void notices_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot)
{
    struct chance *chance = sheet->chance;
    double em = paper->body_size * sheet->point,
           size =
               (SMALLEST_POINTS + (LARGEST_POINTS - SMALLEST_POINTS) * chance_share(chance)) * sheet->point;
    struct setting setting = {sheet->type, paper->body, paper->bold, size, paper->latin};
    struct box box = frame_draw(sheet, slot->box, slot->frame == FRAME_TINTED ? FRAME_THIN : slot->frame, em);
    double title = print_title(sheet, paper, box, paper->latin ? "Classified Notices" : "分类广告", "ad");
    box.y += title;
    box.h -= title;
    int columns = (int)fmax(1, floor(box.w / ((paper->latin ? 18 : 14) * size)));
    double gutter = 1.6 * size, width = (box.w - (columns - 1) * gutter) / columns;
    bool ruled = chance_is(chance, 0.5);
    for (int i = 0; i < columns; i++) {
        struct box column = {box.x + i * (width + gutter), box.y, width, box.h};
        if (i > 0 && (ruled || paper->column_rules))
            frame_rule(sheet, FRAME_THIN, column.x - gutter / 2, box.y, column.x - gutter / 2, box.y + box.h);
        print_column(sheet, paper, &setting, column, ruled);
    }
}

/* ---- tables */

enum ruling { RULED_CELLS, RULED_ROWS, UNRULED };

static const char *cell_words(struct sheet *sheet, const struct paper *paper, int row, int column)
{
    struct bi_arena *arena = &sheet->record->arena;
    struct chance *chance = sheet->chance;
    if (row > 0 && column > 0)
        return chance_is(chance, 0.6) ? bi_arena_printf(arena, "%d.%d", chance_between(chance, 1, 999),
                                                        chance_below(chance, 100) + 1)
                                      : bi_arena_printf(arena, "%d", chance_between(chance, 2, 9999));
    struct bi_text text = {0};
    if (paper->latin) {
        latin_headline(chance, 12, &text);
    } else {
        struct prose_topic topic;
        prose_topic(chance, &topic);
        bi_text_add(&text, column == 0 && row > 0 ? topic.nouns[0] : topic.nouns[1]);
        if (row == 0 && chance_is(chance, 0.3))
            bi_text_add(&text, "（元）");
    }
    const char *words = bi_arena_strdup(arena, text.length ? bi_text_get(&text) : "Town");
    bi_text_release(&text);
    return words;
}

void table_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot)
{
    struct chance *chance = sheet->chance;
    double em = paper->body_size * sheet->point, size = 0.9 * em,
           pitch = (1.7 + 0.3 * chance_share(chance)) * size;
    struct box box = frame_draw(sheet, slot->box, FRAME_NONE, em);
    struct bi_text title = {0};
    if (paper->latin) {
        latin_headline(chance, 36, &title);
    } else {
        struct prose_topic topic;
        prose_topic(chance, &topic);
        bi_text_printf(&title, "%s%s%s一览", topic.place, topic.nouns[0], topic.nouns[1]);
    }
    double taken = print_title(sheet, paper, box, bi_text_get(&title), "headline");
    bi_text_release(&title);
    box.y += taken;
    int columns = (int)fmin(fmax(box.w / (6.5 * em), 2), 7), rows = (int)fmin((box.h - taken) / pitch, 24);
    enum ruling ruling = (enum ruling)chance_below(chance, 3);
    double width = box.w / columns, bottom = box.y + rows * pitch;
    for (int row = 0; row <= rows && ruling != UNRULED; row++)
        frame_rule(sheet, FRAME_THIN, box.x, box.y + row * pitch, box.x + box.w, box.y + row * pitch);
    for (int column = 0; column <= columns && ruling == RULED_CELLS; column++)
        frame_rule(sheet, FRAME_THIN, box.x + column * width, box.y, box.x + column * width, bottom);
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++) {
            struct type_face face = row == 0 ? paper->bold : paper->body;
            struct setting setting = {sheet->type, face, face, size, paper->latin};
            const char *words = cell_words(sheet, paper, row, column);
            double natural = setting_width(&setting, words);
            if (natural > 0.9 * width) {
                setting.size *= 0.9 * width / natural;
                natural = 0.9 * width;
            }
            struct record_block *block = record_add_block(sheet->record, sheet->page, "table");
            block->feature = ruling == RULED_CELLS  ? "ruled cells"
                             : ruling == RULED_ROWS ? "ruled rows"
                                                    : "unruled";
            sheet_ink(sheet, 1);
            setting_label(sheet, &setting, words, box.x + column * width + (width - natural) / 2,
                          box.y + row * pitch + (pitch - setting.size) / 2, 0, block);
        }
}
