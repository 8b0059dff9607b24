#include "dropcaps.h"

#include <math.h>

#include "base/cleanup.h"

/* Size in ems of the body, and how narrow against its height a character may be. */
#define MIN_CAP_EM 1.5
#define MAX_CAP_EM 6.5
#define MIN_CAP_RATIO 0.3
#define MAX_CAP_RATIO 1.45
/* Lines beside it: size against the body, how far they begin from it, and how well they are aligned. */
#define MIN_TEXT_EM 0.7
#define MAX_TEXT_EM 1.3
#define MAX_GAP_EM 1.8
#define OVERLAP_EM 0.25
#define ALIGNED_EM 1.1
#define MIN_BESIDE 2
#define MAX_BESIDE 6
/* How far its head and foot are from the first and the last of them. */
#define LEVEL_EM 0.75
/* The line below: white above it, and where it begins. */
#define MAX_BELOW_EM 1.3
#define EDGE_EM 0.7
#define INDENT_EM 2.6
/* A character on a dark ground inks so much of its box, and its ground or frame so much along each edge. */
#define DARK_FILL 0.5
#define DARK_RIM 0.7
/* A frame round a character is no thicker than this share of it: the strokes round 国 are. */
#define FRAME_SHARE 0.045
/* Recognition looks this far beyond a line's box. */
#define CUT_IN_SHARE 0.07

struct seg_dropcap {
    int cap, first; /* lines; of cap only until it is taken out */
    int beside[MAX_BESIDE];
    int lefts[MAX_BESIDE]; /* where those begin */
    int count;
};

static bool is_text(const struct seg_layout *layout, const struct seg_line *line)
{
    return !line->vertical && !line->reversed && line->glyphs > 0 && line->em >= MIN_TEXT_EM * layout->em &&
           line->em <= MAX_TEXT_EM * layout->em;
}

static bool has_the_shape(const struct seg_layout *layout, const struct seg_line *line)
{
    const struct bi_box b = line->box;
    return b.h >= MIN_CAP_EM * layout->em && b.h <= MAX_CAP_EM * layout->em && b.w >= MIN_CAP_RATIO * b.h &&
           b.w <= MAX_CAP_RATIO * b.h;
}

/* Collects the lines beside a character, top to bottom; false if they are no paragraph's beginning. */
static bool find_beside(const struct seg_layout *layout, int cap, struct seg_dropcap *found)
{
    const struct bi_box b = layout->lines[cap].box;
    const double em = layout->em;
    int left = layout->width, right = 0;
    found->cap = cap;
    found->count = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct seg_line *line = &layout->lines[i];
        const int gap = line->box.x - seg_right(b);
        const double middle = seg_mid_y(line->box);
        if ((int)i == cap || !is_text(layout, line) || gap < -OVERLAP_EM * em || gap > MAX_GAP_EM * em ||
            middle < b.y || middle > seg_bottom(b))
            continue;
        if (found->count == MAX_BESIDE)
            return false;
        int at = found->count++;
        for (; at > 0 && layout->lines[found->beside[at - 1]].box.y > line->box.y; at--)
            found->beside[at] = found->beside[at - 1];
        found->beside[at] = (int)i;
        left = line->box.x < left ? line->box.x : left;
        right = line->box.x > right ? line->box.x : right;
    }
    if (found->count < MIN_BESIDE || right - left > ALIGNED_EM * em)
        return false;
    found->first = found->beside[0];
    const struct bi_box head = layout->lines[found->first].box,
                        foot = layout->lines[found->beside[found->count - 1]].box;
    return abs(head.y - b.y) <= LEVEL_EM * em && abs(seg_bottom(foot) - seg_bottom(b)) <= LEVEL_EM * em;
}

static bool goes_on_below(const struct seg_layout *layout, int cap)
{
    const struct bi_box b = layout->lines[cap].box;
    const double em = layout->em;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct seg_line *line = &layout->lines[i];
        const int gap = line->box.y - seg_bottom(b), in = line->box.x - b.x;
        if (is_text(layout, line) && gap > -0.5 * em && gap <= MAX_BELOW_EM * em && in >= -EDGE_EM * em &&
            in <= INDENT_EM * em && seg_right(line->box) > b.x + em)
            return true;
    }
    return false;
}

/* Share of a strip along the edge of a box, `in` pixels from it, that is ink. */
static double edge_fill(const struct seg_layout *layout, struct bi_box b, int side, int in)
{
    const struct bi_box strips[4] = {{b.x, b.y + in, b.w, 1},
                                     {b.x, seg_bottom(b) - 1 - in, b.w, 1},
                                     {b.x + in, b.y, 1, b.h},
                                     {seg_right(b) - 1 - in, b.y, 1, b.h}};
    return seg_ink_in(layout->ink, strips[side]) / (double)bi_box_area(strips[side]);
}

/* The ground of a white character where one piece of ink makes up the line, else the line's box. Parts of the
 * next character may have been taken for its punctuation. */
static struct bi_box solid_box(const struct seg_layout *layout, const struct seg_line *line)
{
    const long number = line - layout->lines;
    for (size_t i = 0; i < layout->glyph_count; i++) {
        const struct seg_glyph *glyph = &layout->glyphs[i];
        if (glyph->line == number && glyph->box.h >= 0.9 * line->box.h &&
            glyph->ink >= DARK_FILL * (double)bi_box_area(glyph->box))
            return glyph->box;
    }
    return line->box;
}

/* Marks a character that is light on a dark ground. Of it, and of one in a thin frame, the box is drawn in so
 * far that nothing outside the ground or of the frame is near: it would be read as a part of the character.
 */
static void look_at(const struct seg_layout *layout, struct seg_line *line)
{
    const struct bi_box b = line->box = solid_box(layout, line);
    const int thickest = (int)lround(FRAME_SHARE * b.h) + 1;
    line->reversed = seg_ink_in(layout->ink, b) >= DARK_FILL * (double)bi_box_area(b);
    int frame = 0;
    for (int side = 0; side < 4; side++) {
        int in = 0, drawn = 0;
        for (; in <= thickest + 1; in++)
            if (edge_fill(layout, b, side, in) >= DARK_RIM)
                drawn = in + 1;
        if (drawn == 0 || (drawn > thickest && !line->reversed)) {
            line->reversed = false;
            return;
        }
        frame = drawn > frame ? drawn : frame;
    }
    const int cut = (line->reversed ? 0 : frame) + (int)ceil(CUT_IN_SHARE * line->em);
    line->box = (struct bi_box){b.x + cut, b.y + cut, b.w - 2 * cut, b.h - 2 * cut};
}

/* Moves the drop caps to the end of the lines and past it. */
static void move_out(struct seg_layout *layout, struct seg_dropcaps *caps)
{
    const size_t n = layout->line_count;
    BI_CLEANUP(bi_freep) int *renamed = bi_xcalloc(n + 1, sizeof *renamed);
    BI_CLEANUP(bi_freep) struct seg_line *lines = bi_xcalloc(n + 1, sizeof *lines);
    size_t kept = 0, last = n - caps->count;
    for (size_t c = 0; c < caps->count; c++)
        renamed[caps->items[c].cap] = -1;
    for (size_t i = 0; i < n; i++)
        renamed[i] = renamed[i] < 0 ? (int)last++ : (int)kept++;
    for (size_t i = 0; i < n; i++)
        lines[renamed[i]] = layout->lines[i];
    for (size_t i = 0; i < n; i++)
        layout->lines[i] = lines[i];
    for (size_t i = 0; i < layout->glyph_count; i++)
        if (layout->glyphs[i].line >= 0)
            layout->glyphs[i].line = renamed[layout->glyphs[i].line];
    for (size_t c = 0; c < caps->count; c++) {
        struct seg_dropcap *item = &caps->items[c];
        item->cap = renamed[item->cap];
        item->first = renamed[item->first];
        for (int k = 0; k < item->count; k++)
            item->beside[k] = renamed[item->beside[k]];
    }
    layout->line_count = kept;
}

void seg_dropcaps_take(struct seg_layout *layout, struct seg_dropcaps *caps)
{
    for (size_t i = 0; i < layout->line_count; i++) {
        struct seg_dropcap found;
        if (!has_the_shape(layout, &layout->lines[i]) || !find_beside(layout, (int)i, &found) ||
            !goes_on_below(layout, (int)i))
            continue;
        caps->items =
            bi_arena_grow(&layout->arena, caps->items, caps->count, &caps->capacity, sizeof *caps->items);
        caps->items[caps->count++] = found;
    }
    if (caps->count == 0)
        return;
    move_out(layout, caps);
    for (size_t c = 0; c < caps->count; c++) {
        struct seg_dropcap *item = &caps->items[c];
        const int left = layout->lines[item->cap].box.x;
        for (int k = 0; k < item->count; k++) {
            struct bi_box *box = &layout->lines[item->beside[k]].box;
            item->lefts[k] = box->x;
            box->w += box->x - left;
            box->x = left;
        }
    }
}

void seg_dropcaps_put(struct seg_layout *layout, const struct seg_dropcaps *caps)
{
    layout->line_count += caps->count;
    for (size_t c = 0; c < caps->count; c++) {
        const struct seg_dropcap *item = &caps->items[c];
        for (int k = 0; k < item->count; k++) {
            struct bi_box *box = &layout->lines[item->beside[k]].box;
            box->w -= item->lefts[k] - box->x;
            box->x = item->lefts[k];
        }
        look_at(layout, &layout->lines[item->cap]);
        const int number = layout->lines[item->first].block;
        seg_block_add_line(layout, number, item->cap);
        struct seg_block *block = &layout->blocks[number];
        for (size_t i = block->count - 1; i > 0 && block->lines[i] != item->first; i--) {
            block->lines[i] = block->lines[i - 1];
            block->lines[i - 1] = item->cap;
        }
    }
}
