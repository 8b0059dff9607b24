#include "flow.h"

#include <math.h>
#include <string.h>

#include "frame.h"

/* Calls `take` for every stretch from top to bottom of a box that no hole covers any part of; the box may be
 * as narrow as a rule. */
static void free_stretches(struct box box, const struct box *holes, int hole_count, double least_height,
                           void (*take)(void *where, struct box stretch), void *where)
{
    double y = box.y, bottom = box.y + box.h;
    while (y < bottom) {
        double end = bottom, next = bottom;
        for (int h = 0; h < hole_count; h++) {
            const struct box *hole = &holes[h];
            bool beside = hole->x + hole->w <= box.x + 1 || hole->x >= box.x + box.w - 1;
            if (beside || hole->y + hole->h <= y || hole->y >= end)
                continue;
            end = fmax(hole->y, y);
            next = hole->y + hole->h;
        }
        if (end - y >= least_height)
            take(where, (struct box){box.x, y, box.w, end - y});
        y = next;
    }
}

static void take_piece(void *where, struct box stretch)
{
    struct flow *flow = where;
    if (flow->count < FLOW_MOST_PIECES)
        flow->pieces[flow->count++] = stretch;
}

static void take_rule(void *where, struct box stretch)
{
    frame_rule(where, FRAME_THIN, stretch.x + stretch.w / 2, stretch.y, stretch.x + stretch.w / 2,
               stretch.y + stretch.h);
}

void flow_columns(struct flow *flow, struct box box, int columns, double gutter, const struct box *holes,
                  int hole_count, double least_height)
{
    double width = (box.w - (columns - 1) * gutter) / columns;
    for (int i = 0; i < columns; i++)
        free_stretches((struct box){box.x + i * (width + gutter), box.y, width, box.h}, holes, hole_count,
                       least_height, take_piece, flow);
}

void flow_rules(struct sheet *sheet, struct box box, int columns, double gutter, const struct box *holes,
                int hole_count)
{
    double width = (box.w - (columns - 1) * gutter) / columns;
    for (int i = 1; i < columns; i++)
        free_stretches((struct box){box.x + i * (width + gutter) - gutter + 2, box.y, gutter - 4, box.h},
                       holes, hole_count, gutter, take_rule, sheet);
}

/* ---- printing */

struct printer {
    struct sheet *sheet;
    const struct paper *paper;
    struct story *story;
    struct setting setting;
    double em, pitch;
    int lines_left; /* in all pieces, about */
    struct record_block *block;
    /* a drop cap, and how many lines stand beside it */
    double cap_width;
    int cap_lines;
};

static int lines_of(const struct printer *p, double height)
{
    return height < p->em ? 0 : (int)floor((height - p->em) / p->pitch + 1e-6) + 1;
}

static void open_block(struct printer *p)
{
    p->block = record_add_block(p->sheet->record, p->sheet->page, "body");
    p->block->article = p->story->article->id;
    p->block->part = p->story->part;
    p->block->paragraph = p->story->paragraph;
}

/* A crosshead across the column, on one line, or on a bar of two. Returns the height it took. */
static double crosshead(struct printer *p, const struct box *piece, double y)
{
    struct chance *chance = p->sheet->chance;
    int room = (int)(piece->w / p->em) - 2;
    if (p->paper->latin)
        room *= 2;
    if (room < 4)
        return 0;
    const char *words = story_crosshead(p->story, room < 12 || p->paper->latin ? room : 12);
    struct setting setting = p->setting;
    setting.face = p->paper->bold;
    setting.size = (chance_is(chance, 0.5) ? 1 : 1.12) * p->em;
    double width = setting_width(&setting, words);
    bool framed = chance_is(chance, 0.25), centred = framed || chance_is(chance, 0.7);
    double height = framed ? 2 * p->pitch : p->pitch,
           x = centred ? piece->x + (piece->w - width) / 2 : piece->x;
    p->story->paragraph++;
    open_block(p);
    p->block->feature = framed ? "boxed crosshead" : "crosshead";
    if (framed)
        frame_draw(p->sheet,
                   (struct box){x - 0.7 * p->em, y + 0.1 * p->em, width + 1.4 * p->em, height - 0.4 * p->em},
                   FRAME_THIN, p->em);
    sheet_ink(p->sheet, 1);
    setting_label(p->sheet, &setting, words, x, y + (framed ? (height - p->em) / 2 - 0.1 * p->em : 0), 0,
                  p->block);
    return height;
}

static void drop_cap(struct printer *p, const struct box *piece, double y)
{
    struct copy *copy = &p->story->copy;
    p->cap_lines = chance_between(p->sheet->chance, 2, 3);
    struct setting setting = p->setting;
    setting.face = p->paper->bold;
    setting.size = (p->cap_lines - 1) * p->pitch + p->em;
    if (p->paper->latin)
        setting.size *= 1.15;
    uint32_t rune = copy->runes[0];
    p->cap_width = setting.size * type_advance(setting.type, setting.face, rune) + 0.25 * p->em;
    double top = p->paper->latin ? y - 0.1 * setting.size : y;
    type_print(setting.type, p->sheet->cr, setting.face, setting.size, rune, piece->x,
               top + TYPE_ABOVE_BASELINE * setting.size);
    p->story->at = 1;
}

/* The next line of the paragraph at y. */
static void body_line(struct printer *p, const struct box *piece, double y)
{
    struct story *story = p->story;
    double indent = story->at == 0 ? p->paper->indent * p->em : 0;
    bool capped = p->cap_lines > 0;
    if (capped)
        indent = p->cap_width;
    struct setting_line line;
    setting_line(&p->setting, &story->copy, story->at, piece->w, indent, &line);
    if (p->lines_left <= 1 && !line.ends) {
        /* The last line there is: the story ends in it. */
        size_t length = line.to - line.from;
        story_cut(story,
                  line.from + length / 2 + (size_t)chance_below(story->chance, (int)(length / 2) + 1) - 1);
        setting_line(&p->setting, &story->copy, line.from, piece->w, indent, &line);
    }
    struct bi_text text = {0};
    double left = piece->x + line.x[0];
    if (capped && story->at == 1) {
        bi_text_add_rune(&text, story->copy.runes[0]);
        left = piece->x;
        p->block->feature = "drop cap";
    }
    setting_print(p->sheet, &p->setting, &story->copy, &line, piece->x, y, &text);
    double right = piece->x + line.right;
    if (line.hyphen)
        right += p->em * type_advance(p->sheet->type, p->setting.face, '-');
    record_add_line(p->sheet->record, p->block, bi_text_get(&text), left, y, right, y + p->em);
    bi_text_release(&text);
    story->at = line.to;
    p->lines_left--;
    if (capped)
        p->cap_lines--;
    if (line.ends) {
        story_close(story);
        p->block = NULL;
        p->cap_lines = 0;
    }
}

static void print_piece(struct printer *p, const struct box *piece, bool last)
{
    struct story *story = p->story;
    double y = piece->y;
    p->block = NULL;
    for (int line = 0, lines = lines_of(p, piece->h); line < lines && !story->done;) {
        if (story->at == 0 && story->copy.count == 0) {
            if (last && p->lines_left <= 2 && story->paragraph > 0) {
                story->done = true;
                return;
            }
            if (story->paragraph > 0 && line > 2 && line < lines - 5 &&
                chance_is(p->sheet->chance, 0.25 * p->paper->crossheads)) {
                double height = crosshead(p, piece, y);
                int taken = (int)lround(height / p->pitch);
                line += taken;
                p->lines_left -= taken;
                y += height;
            }
            story_next(story);
            sheet_ink(p->sheet, 1);
            if (story->paragraph == 0 && story->copy.bold == 0 && story->copy.runes[0] != 0x201C &&
                lines - line > 4 && chance_is(p->sheet->chance, p->paper->drop_caps))
                drop_cap(p, piece, y);
            p->block = NULL;
        }
        if (!p->block)
            open_block(p);
        body_line(p, piece, y);
        y += p->pitch;
        line++;
    }
}

static void pointer(struct printer *p, const char *wording, int page, const struct box *piece, double y,
                    const char *role)
{
    const char *words = paper_pointer(&p->sheet->record->arena, wording, page);
    struct setting setting = p->setting;
    if (chance_is(p->sheet->chance, 0.4))
        setting.face = p->paper->bold;
    double x = piece->x;
    if (strcmp(role, "jump-to") == 0)
        x += piece->w - setting_width(&setting, words);
    struct record_block *block = record_add_block(p->sheet->record, p->sheet->page, role);
    block->article = p->story->article->id;
    block->part = p->story->part;
    setting_label(p->sheet, &setting, words, x, y, 0, block);
}

void flow_print(struct sheet *sheet, const struct paper *paper, const struct slot *slot,
                const struct flow *flow)
{
    struct printer p = {.sheet = sheet, .paper = paper, .story = slot->story};
    p.em = paper->body_size * sheet->point;
    p.pitch = paper->leading * p.em;
    p.setting = (struct setting){sheet->type, paper->body, paper->bold, p.em, paper->latin};
    if (!flow->count)
        return;
    struct box pieces[FLOW_MOST_PIECES];
    memcpy(pieces, flow->pieces, sizeof pieces);
    struct box *first = &pieces[0], *end = &pieces[flow->count - 1];
    sheet_ink(sheet, 1);
    if (slot->from_page) {
        pointer(&p, paper->jump_from, slot->from_page, first, first->y, "jump-from");
        first->y += p.pitch;
        first->h -= p.pitch;
    }
    double foot = 0;
    if (slot->to_page) {
        end->h -= p.pitch;
        foot = end->y + (lines_of(&p, end->h)) * p.pitch;
    }
    for (int i = 0; i < flow->count; i++)
        p.lines_left += lines_of(&p, pieces[i].h);
    if (slot->to_page)
        p.lines_left += 1000; /* it goes on */
    for (int i = 0; i < flow->count && !p.story->done; i++)
        print_piece(&p, &pieces[i], i == flow->count - 1);
    if (slot->to_page)
        pointer(&p, paper->jump_to, slot->to_page, end, foot, "jump-to");
}
