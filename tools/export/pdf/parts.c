#include "export/pdf/parts.h"

#include "export/pdf/sheet.h"

/* Around a part: an eighth of an inch, about a line. */
#define MARGINS_PER_INCH 8

static struct bi_point middle(struct bi_box box)
{
    return (struct bi_point){box.x + box.w / 2, box.y + box.h / 2};
}

static bool contains(struct bi_box box, struct bi_point point)
{
    return point.x >= box.x && point.x < box.x + box.w && point.y >= box.y && point.y < box.y + box.h;
}

/* The part that a line is in, else the first on its page, else parts->count. */
static size_t part_of(const struct pdf_parts *parts, const struct export_line *line)
{
    size_t first = parts->count;
    for (size_t i = parts->count; i-- > 0;)
        if (parts->list[i].page == line->page)
            first = i;
    for (size_t i = first; i < parts->count; i++)
        if (parts->list[i].page == line->page && contains(parts->list[i].box, middle(line->box)))
            return i;
    return first;
}

int pdf_part_margin(const struct pdf_part *part)
{
    return (part->page->dpi > 0 ? part->page->dpi : PDF_USUAL_DPI) / MARGINS_PER_INCH;
}

static void add_margin(struct pdf_part *part)
{
    int margin = pdf_part_margin(part);
    struct bi_box page = {0, 0, part->page->width, part->page->height};
    struct bi_box wide = {part->box.x - margin, part->box.y - margin, part->box.w + 2 * margin,
                          part->box.h + 2 * margin};
    part->box = bi_box_empty(page) ? wide : bi_box_intersection(wide, page);
}

struct pdf_parts pdf_parts_of(struct bi_arena *arena, const struct export_article *article)
{
    struct pdf_parts parts = {.article = article};
    parts.list = bi_arena_array(arena, article->part_count + article->line_count, sizeof *parts.list);
    parts.of_line = bi_arena_array(arena, article->line_count, sizeof *parts.of_line);
    for (; parts.count < article->part_count; parts.count++)
        parts.list[parts.count] = (struct pdf_part){.page = article->parts[parts.count].page,
                                                    .box = article->parts[parts.count].box};
    for (size_t i = 0; i < article->line_count; i++) {
        const struct export_line *line = article->lines[i];
        parts.of_line[i] = part_of(&parts, line);
        struct pdf_part *part = &parts.list[parts.of_line[i]];
        if (parts.of_line[i] == parts.count) {
            part->page = line->page;
            parts.count++;
        }
        part->box = bi_box_union(part->box, line->box);
    }
    for (size_t i = 0; i < parts.count; i++)
        add_margin(&parts.list[i]);
    return parts;
}
