#include "upright.h"

#include <math.h>

#include "frame.h"
#include "head.h"

#define TALLEST_TIER_EMS 24.0
#define TIER_GAP_EMS 1.6

/* One vertical line of the story in the tier, its right edge at `right`. */
static void print_line(struct sheet *sheet, const struct setting *setting, struct story *story, double x,
                       double y, int capacity, bool last, struct record_block *block)
{
    struct copy *copy = &story->copy;
    size_t indent = story->at == 0 ? 2 : 0, room = (size_t)capacity - indent, end = story->at + room;
    if (end < copy->count && setting_begins_no_line(copy->runes[end]))
        end++; /* a stop hangs below */
    if (end > copy->count)
        end = copy->count;
    if (last && end < copy->count) {
        story_cut(story, story->at + room / 2);
        end = copy->count;
    }
    struct bi_text text = {0};
    double top = y + (double)indent * setting->size, at = top;
    sheet_ink(sheet, 1);
    for (size_t i = story->at; i < end; i++, at += setting->size) {
        type_print_upright(setting->type, sheet->cr, setting->face, setting->size, copy->runes[i], x, at);
        bi_text_add_rune(&text, copy->runes[i]);
    }
    record_add_line(sheet->record, block, bi_text_get(&text), x, top, x + setting->size, at);
    bi_text_release(&text);
    story->at = end;
}

static void print_tiers(struct sheet *sheet, const struct paper *paper, struct story *story, struct box box)
{
    double em = paper->body_size * sheet->point, pitch = fmax(paper->leading, 1.5) * em;
    int tiers = (int)ceil(box.h / (TALLEST_TIER_EMS * em));
    double gap = TIER_GAP_EMS * em, height = (box.h - (tiers - 1) * gap) / tiers;
    int capacity = (int)(height / em) - 1, lines = (int)((box.w - em) / pitch) + 1;
    struct setting setting = {sheet->type, paper->body, paper->bold, em, paper->latin};
    struct record_block *block = NULL;
    for (int tier = 0; tier < tiers && !story->done; tier++, block = NULL) {
        double y = box.y + tier * (height + gap);
        if (tier > 0)
            frame_rule(sheet, FRAME_THIN, box.x, y - gap / 2, box.x + box.w, y - gap / 2);
        for (int i = 0; i < lines && !story->done; i++) {
            if (story->copy.count == 0) {
                story_next(story);
                block = NULL;
            }
            if (!block) {
                block = record_add_block(sheet->record, sheet->page, "body");
                block->article = story->article->id;
                block->part = story->part;
                block->paragraph = story->paragraph;
                block->vertical = true;
                block->feature = "vertical text";
            }
            print_line(sheet, &setting, story, box.x + box.w - em - i * pitch, y, capacity,
                       tier == tiers - 1 && i == lines - 1, block);
            if (story->at >= story->copy.count) {
                story_close(story);
                block = NULL;
            }
        }
    }
}

void upright_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot)
{
    double em = paper->body_size * sheet->point;
    struct story *story = slot->story;
    story->article->byline = NULL; /* there is no line for it */
    story->article->pages[story->article->page_count++] = sheet->page;
    struct box box = frame_draw(sheet, slot->box, slot->frame, em), head = box;
    head.w = fmin(head_upright_width(sheet, paper, story, box.h), 0.3 * box.w);
    head.x = box.x + box.w - head.w;
    head_upright(sheet, paper, story, head);
    box.w -= head.w + em;
    print_tiers(sheet, paper, story, box);
}
