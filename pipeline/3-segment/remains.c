#include "remains.h"

#include <math.h>

#include "base/cleanup.h"
#include "page/image.h"
#include "roles.h"

/* Squares of this size, in the line's own height, lie in no stroke of type; so much of the ink is in such
 * squares. Of the heaviest headlines it is a quarter. */
#define THICK_SHARE 0.25
#define MIN_THICK_INK 0.45
/* A longer line, in its height, may be of characters whose strokes have run together. */
#define MAX_SOLID_LENGTH 3.0
/* More pieces than this for each square that the line is long are dots, if there are so many. Characters have
 * three to six. */
#define MIN_DOTS_A_SQUARE 9
#define MIN_DOTS 30
/* A picture is this near; a line without one is no smaller than the other. */
#define MAX_PICTURE_GAP_EM 1.0
#define MIN_PICTURE_EM 2.0

static int across(struct bi_box b)
{
    return b.w < b.h ? b.w : b.h;
}

static bool is_solid(const struct seg_layout *layout, struct bi_box b)
{
    if (seg_longer(b) > MAX_SOLID_LENGTH * across(b))
        return false;
    BI_CLEANUP(boxDestroy) BOX *area = boxCreate(b.x, b.y, b.w, b.h);
    BI_CLEANUP(bi_pix_destroyp) PIX *clip = area ? pixClipRectangle(layout->text, area, NULL) : NULL;
    const int thick = (int)lround(THICK_SHARE * across(b)) + 1;
    BI_CLEANUP(bi_pix_destroyp) PIX *solid = clip ? pixOpenBrick(NULL, clip, thick, thick) : NULL;
    const struct bi_box all = {0, 0, b.w, b.h};
    return solid && seg_ink_in(solid, all) > MIN_THICK_INK * seg_ink_in(clip, all);
}

static bool is_screen(const struct seg_line *line)
{
    return line->glyphs >= MIN_DOTS &&
           line->glyphs * (double)across(line->box) > MIN_DOTS_A_SQUARE * (double)seg_longer(line->box);
}

/* The first picture that is hard by a box, -1 if there is none. */
static int picture_near(const struct seg_layout *layout, struct bi_box b)
{
    const double near = MAX_PICTURE_GAP_EM * layout->em;
    for (size_t i = 0; i < layout->picture_count; i++)
        if (seg_gap_x(b, layout->pictures[i]) <= near && seg_gap_y(b, layout->pictures[i]) <= near)
            return (int)i;
    return -1;
}

/* True if a line other than the given one that is not dropped yet reaches into a box. */
static bool holds_line(const struct seg_layout *layout, struct bi_box box, size_t but)
{
    for (size_t i = 0; i < layout->line_count; i++)
        if (i != but && layout->lines[i].glyphs > 0 &&
            !bi_box_empty(bi_box_intersection(box, layout->lines[i].box)))
            return true;
    return false;
}

void seg_remains_take(struct seg_layout *layout)
{
    for (size_t i = 0; i < layout->line_count; i++) {
        struct seg_line *line = &layout->lines[i];
        if (line->glyphs == 0 || line->table > 0 || line->strip > 0 ||
            (line->em < SEG_HEADLINE_EM * layout->em && !line->reversed))
            continue;
        const int picture = picture_near(layout, line->box);
        if (!(picture >= 0 && is_screen(line)) &&
            !((picture >= 0 || across(line->box) >= MIN_PICTURE_EM * layout->em) &&
              is_solid(layout, line->box)))
            continue;
        const struct bi_box whole =
            picture >= 0 ? bi_box_union(layout->pictures[picture], line->box) : line->box;
        if (picture >= 0 && !holds_line(layout, whole, i))
            layout->pictures[picture] = whole;
        else
            *seg_add_picture(layout) = line->box;
        line->glyphs = 0;
    }
}
