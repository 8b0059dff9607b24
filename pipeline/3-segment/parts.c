#include "parts.h"

#include "base/cleanup.h"

/* Share of a part that lies in the box of its line, and its greatest length against the size of the line. */
#define INNER_SHARE 0.8
#define INNER_LENGTH 1.1
/* Two lines whose boxes share so much of the narrower one's height, and of the longer one's width, are the
 * halves of one row, which is no higher than this. */
#define HALVES_HEIGHT 0.25
#define HALVES_WIDTH 0.8
#define MAX_HALVES_EM 2.8
/* … and of few characters: longer rows of type that size hold together. */
#define MAX_HALVES_LENGTH 3.0

static int across(const struct seg_line *line)
{
    return line->vertical ? line->box.w : line->box.h;
}

static int gap_along(const struct seg_line *line, struct bi_box a, struct bi_box b)
{
    return line->vertical ? seg_gap_y(a, b) : seg_gap_x(a, b);
}

/* True if nothing else in the host's box shares the part's place along it: small type two deep does. */
static bool stands_alone(const struct seg_layout *layout, size_t part, size_t host)
{
    const struct seg_line *line = &layout->lines[host];
    for (size_t i = 0; i < layout->line_count; i++)
        if (i != part && i != host && !bi_box_empty(layout->lines[i].box) &&
            gap_along(line, layout->lines[i].box, layout->lines[part].box) < 0 &&
            bi_box_inside(layout->lines[i].box, line->box, INNER_SHARE))
            return false;
    return true;
}

static bool is_inner(const struct seg_layout *layout, size_t part, size_t host)
{
    const struct seg_line *line = &layout->lines[host];
    const struct bi_box box = layout->lines[part].box;
    return bi_box_area(line->box) > bi_box_area(box) && bi_box_inside(box, line->box, INNER_SHARE) &&
           (line->vertical ? box.h : box.w) <= INNER_LENGTH * across(line) &&
           stands_alone(layout, part, host);
}

static bool are_halves(const struct seg_layout *layout, const struct seg_line *a, const struct seg_line *b)
{
    const int lower = a->box.h < b->box.h ? a->box.h : b->box.h,
              wider = a->box.w > b->box.w ? a->box.w : b->box.w;
    return !a->vertical && !b->vertical && a->reversed == b->reversed &&
           bi_box_union(a->box, b->box).h <= MAX_HALVES_EM * layout->em &&
           wider <= MAX_HALVES_LENGTH * bi_box_union(a->box, b->box).h &&
           bi_box_overlap_y(a->box, b->box) >= HALVES_HEIGHT * lower &&
           bi_box_overlap_x(a->box, b->box) >= HALVES_WIDTH * wider;
}

void seg_parts_unite(struct seg_layout *layout)
{
    BI_CLEANUP(bi_freep) int *owners = bi_xcalloc(layout->line_count + 1, sizeof *owners);
    for (size_t i = 0; i < layout->line_count; i++)
        owners[i] = (int)i;
    for (size_t i = 0; i < layout->line_count; i++)
        for (size_t k = 0; k < layout->line_count && owners[i] == (int)i; k++) {
            struct seg_line *part = &layout->lines[i], *line = &layout->lines[k];
            if (i == k || owners[k] != (int)k || part->table || line->table ||
                seg_gap_x(part->box, line->box) >= 0 || seg_gap_y(part->box, line->box) >= 0 ||
                (!is_inner(layout, i, k) && !are_halves(layout, part, line)))
                continue;
            owners[i] = (int)k;
            line->box = bi_box_union(line->box, part->box);
            part->box = (struct bi_box){0, 0, 0, 0};
        }
    BI_CLEANUP(bi_freep) int *renamed = bi_xcalloc(layout->line_count + 1, sizeof *renamed);
    size_t kept = 0;
    for (size_t i = 0; i < layout->line_count; i++)
        if (owners[i] == (int)i) {
            renamed[i] = (int)kept;
            layout->lines[kept++] = layout->lines[i];
        }
    for (size_t i = 0; i < layout->glyph_count; i++) {
        struct seg_glyph *glyph = &layout->glyphs[i];
        int line = glyph->line;
        while (line >= 0 && owners[line] != line)
            line = owners[line];
        glyph->line = line >= 0 ? renamed[line] : -1;
        if (glyph->column >= 0)
            glyph->column = glyph->line;
    }
    layout->line_count = kept;
}
