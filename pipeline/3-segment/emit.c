#include "segment.h"

#include <math.h>

/* Where the baseline of Chinese type lies above the bottom of its ink, in ems. */
#define BASELINE_EM 0.08
/* White left round a line, so that reduction cuts no edge off. */
#define MARGIN_PIXELS 1

struct scale {
    int factor, width, height;
};

static struct bi_box to_image(const struct scale *scale, struct bi_box box, int margin)
{
    const struct bi_box image = {0, 0, scale->width, scale->height};
    const struct bi_box grown = {box.x * scale->factor - margin, box.y * scale->factor - margin,
                                 box.w * scale->factor + 2 * margin, box.h * scale->factor + 2 * margin};
    return bi_box_intersection(grown, image);
}

static void set_baseline(struct bi_page *page, struct bi_line *line, struct bi_box box)
{
    line->baseline.points = bi_arena_array(&page->arena, 2, sizeof *line->baseline.points);
    line->baseline.count = 2;
    if (line->vertical) {
        const int x = box.x + box.w / 2;
        line->baseline.points[0] = (struct bi_point){x, box.y};
        line->baseline.points[1] = (struct bi_point){x, box.y + box.h - 1};
    } else {
        int y = box.y + box.h - 1 - (int)lround(BASELINE_EM * line->em);
        if (y < box.y)
            y = box.y;
        line->baseline.points[0] = (struct bi_point){box.x, y};
        line->baseline.points[1] = (struct bi_point){box.x + box.w - 1, y};
    }
}

static void emit_block(const struct seg_layout *layout, const struct scale *scale, int index,
                       struct bi_page *page)
{
    const struct seg_block *block = &layout->blocks[index];
    struct bi_region *region = bi_page_add_region(page, block->table > 0 ? BI_REGION_TABLE : BI_REGION_TEXT);
    struct bi_box whole = {0, 0, 0, 0};
    region->role = block->role;
    region->vertical = block->vertical;
    region->lines = bi_arena_array(&page->arena, block->count, sizeof *region->lines);
    for (size_t i = 0; i < block->count; i++) {
        const struct seg_line *from = &layout->lines[block->lines[i]];
        const struct bi_box box = to_image(scale, from->box, MARGIN_PIXELS);
        struct bi_line *line = &region->lines[region->line_count++];
        line->id = bi_arena_printf(&page->arena, "%s-l%zu", region->id, i + 1);
        line->role = from->role;
        line->vertical = from->vertical;
        line->reversed = from->reversed;
        line->em = from->em * scale->factor;
        bi_polygon_from_box(&page->arena, &line->outline, box);
        set_baseline(page, line, box);
        whole = bi_box_union(whole, box);
    }
    bi_polygon_from_box(&page->arena, &region->outline, whole);
}

static void emit_box(const struct scale *scale, struct bi_box box, enum bi_region_kind kind,
                     struct bi_page *page)
{
    struct bi_region *region = bi_page_add_region(page, kind);
    bi_polygon_from_box(&page->arena, &region->outline, to_image(scale, box, 0));
}

void seg_emit(const struct seg_layout *layout, int width, int height, struct bi_page *page)
{
    const struct scale scale = {layout->reduction, width, height};
    page->width = width;
    page->height = height;
    for (size_t i = 0; i < layout->block_count; i++)
        emit_block(layout, &scale, layout->order[i], page);
    for (size_t i = 0; i < layout->picture_count; i++)
        emit_box(&scale, layout->pictures[i], BI_REGION_IMAGE, page);
    for (size_t i = 0; i < layout->frame_count; i++)
        if (!layout->frames[i].picture)
            emit_box(&scale, layout->frames[i].box, BI_REGION_FRAME, page);
    for (size_t i = 0; i < layout->rule_count; i++)
        if (!layout->rules[i].of_frame)
            emit_box(&scale, layout->rules[i].box, BI_REGION_SEPARATOR, page);
}
