#include "layout.h"

#include <string.h>

void seg_layout_init(struct seg_layout *layout)
{
    memset(layout, 0, sizeof *layout);
    bi_arena_init(&layout->arena);
}

void seg_layout_release(struct seg_layout *layout)
{
    pixDestroy(&layout->ink);
    pixDestroy(&layout->pale);
    pixDestroy(&layout->text);
    bi_arena_release(&layout->arena);
    memset(layout, 0, sizeof *layout);
}

/* Makes room in one of the layout's arrays and returns its next element, zeroed. */
#define ADD(layout, array, count, capacity)                                                                  \
    ((layout)->array = bi_arena_grow(&(layout)->arena, (layout)->array, (layout)->count,                     \
                                     &(layout)->capacity, sizeof *(layout)->array),                          \
     memset(&(layout)->array[(layout)->count], 0, sizeof *(layout)->array),                                  \
     &(layout)->array[(layout)->count++])

struct seg_rule *seg_add_rule(struct seg_layout *layout)
{
    return ADD(layout, rules, rule_count, rule_capacity);
}

struct seg_frame *seg_add_frame(struct seg_layout *layout)
{
    return ADD(layout, frames, frame_count, frame_capacity);
}

struct bi_box *seg_add_picture(struct seg_layout *layout)
{
    return ADD(layout, pictures, picture_count, picture_capacity);
}

struct seg_band *seg_add_band(struct seg_layout *layout)
{
    return ADD(layout, bands, band_count, band_capacity);
}

struct bi_box *seg_add_tint(struct seg_layout *layout)
{
    return ADD(layout, tints, tint_count, tint_capacity);
}

struct bi_box *seg_add_label(struct seg_layout *layout)
{
    return ADD(layout, labels, label_count, label_capacity);
}

struct seg_glyph *seg_add_glyph(struct seg_layout *layout)
{
    struct seg_glyph *glyph = ADD(layout, glyphs, glyph_count, glyph_capacity);
    glyph->line = glyph->column = -1;
    return glyph;
}

struct seg_line *seg_add_line(struct seg_layout *layout)
{
    struct seg_line *line = ADD(layout, lines, line_count, line_capacity);
    line->block = -1;
    return line;
}

struct seg_block *seg_add_block(struct seg_layout *layout)
{
    struct seg_block *block = ADD(layout, blocks, block_count, block_capacity);
    block->frame = -1;
    return block;
}

void seg_block_add_line(struct seg_layout *layout, int block, int line)
{
    struct seg_block *b = &layout->blocks[block];
    b->lines = bi_arena_grow(&layout->arena, b->lines, b->count, &b->capacity, sizeof *b->lines);
    b->lines[b->count++] = line;
    b->box = bi_box_union(b->box, layout->lines[line].box);
    layout->lines[line].block = block;
}

int seg_frame_of(const struct seg_layout *layout, struct bi_box box)
{
    int best = -1;
    for (size_t i = 0; i < layout->frame_count; i++) {
        const struct seg_frame *frame = &layout->frames[i];
        if (!frame->picture && bi_box_inside(box, frame->box, 0.9) &&
            (best < 0 || bi_box_area(frame->box) < bi_box_area(layout->frames[best].box)))
            best = (int)i;
    }
    return best;
}

struct bi_box seg_box_grow(const struct seg_layout *layout, struct bi_box box, int x, int y)
{
    struct bi_box page = {0, 0, layout->width, layout->height};
    struct bi_box grown = {box.x - x, box.y - y, box.w + 2 * x, box.h + 2 * y};
    return bi_box_intersection(grown, page);
}

BOXA *seg_components(PIX *pix)
{
    int empty = 1;
    if (!pix || pixZero(pix, &empty) || empty)
        return NULL;
    return pixConnCompBB(pix, 8);
}

struct bi_box seg_box_at(BOXA *boxes, int index)
{
    l_int32 x = 0, y = 0, w = 0, h = 0;
    boxaGetBoxGeometry(boxes, index, &x, &y, &w, &h);
    return (struct bi_box){x, y, w, h};
}

int seg_ink_in(PIX *pix, struct bi_box box)
{
    box = bi_box_intersection(box, (struct bi_box){0, 0, pixGetWidth(pix), pixGetHeight(pix)});
    if (bi_box_empty(box))
        return 0;
    const l_uint32 *data = pixGetData(pix);
    const int stride = pixGetWpl(pix);
    const int first = box.x / 32, last = (box.x + box.w - 1) / 32;
    const l_uint32 head = 0xffffffffu >> (box.x % 32);
    const l_uint32 tail = 0xffffffffu << (31 - (box.x + box.w - 1) % 32);
    int ink = 0;
    for (int y = box.y; y < box.y + box.h; y++) {
        const l_uint32 *row = data + (size_t)y * (size_t)stride;
        for (int word = first; word <= last; word++) {
            l_uint32 bits = row[word];
            if (word == first)
                bits &= head;
            if (word == last)
                bits &= tail;
            ink += __builtin_popcount(bits);
        }
    }
    return ink;
}
