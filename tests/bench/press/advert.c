#include "advert.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/prose_latin.h"
#include "frame.h"
#include "picture.h"

static const char *words(struct sheet *sheet, const struct paper *paper, int most)
{
    struct bi_text text = {0};
    if (paper->latin) {
        latin_headline(sheet->chance, most * 2, &text);
    } else {
        struct prose_topic topic;
        prose_topic(sheet->chance, &topic);
        prose_headline(sheet->chance, &topic, most, &text);
    }
    const char *kept = bi_arena_strdup(&sheet->record->arena, bi_text_get(&text));
    bi_text_release(&text);
    return kept;
}

/* A line in the middle of the box at y, no wider than it. Returns its size. */
static double line(struct sheet *sheet, const struct paper *paper, struct type_face face, const char *text,
                   struct box box, double y, double most, double ink)
{
    struct setting setting = {sheet->type, face, face, 1, paper->latin};
    setting.size = fmin(most, 0.92 * box.w / setting_width(&setting, text));
    double x = box.x + (box.w - setting_width(&setting, text)) / 2;
    sheet_ink(sheet, ink);
    setting_label(sheet, &setting, text, x, y, 0, record_add_block(sheet->record, sheet->page, "ad"));
    return setting.size;
}

void advert_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot)
{
    struct chance *chance = sheet->chance;
    double em = paper->body_size * sheet->point, ink = 1;
    struct box box = frame_draw(sheet, slot->box, slot->frame ? slot->frame : FRAME_THICK, em);
    if (chance_is(chance, 0.2)) { /* white on black */
        sheet_fill(sheet, slot->box, 1);
        ink = 0;
    } else if (chance_is(chance, 0.5) && box.h > 14 * em) {
        struct box picture = {box.x, box.y + 0.5 * box.h, box.w, 0.5 * box.h};
        picture_print(sheet, paper, NULL, picture,
                      chance_is(chance, 0.5) ? PICTURE_HALFTONE : PICTURE_CUT_OUT);
        box.h *= 0.5;
    }
    double y = box.y + 0.08 * box.h;
    y += 1.4 *
         line(sheet, paper, paper->headline, words(sheet, paper, 6), box, y, fmin(0.4 * box.h, 6 * em), ink);
    while (y + 3 * em < box.y + box.h) {
        char phone[64];
        double size = (1 + 0.8 * chance_share(chance)) * em;
        snprintf(phone, sizeof phone, paper->latin ? "Telephone %d-%04d" : "电话：%d%04d",
                 chance_between(chance, 5000, 8999), chance_below(chance, 10000));
        bool last = y + 6 * em > box.y + box.h || chance_is(chance, 0.3);
        y += 1.5 * line(sheet, paper, chance_is(chance, 0.5) ? paper->script : paper->label,
                        last ? phone : words(sheet, paper, 14), box, y, size, ink);
        if (last)
            break;
    }
}
