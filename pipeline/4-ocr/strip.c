#include "strip.h"

#include <math.h>
#include <string.h>

#include "base/cleanup.h"
#include "profile.h"
#include "vertical.h"

/* A line whose ink is at least this high, in ems, has a full character in it and is centred by its ink;
 * another, such as one of digits or dashes, by its outline. */
#define FULL_INK_EMS 0.75
/* The ink of a full character of usual type is this high, in ems. */
#define INK_PER_EM 0.92
/* Ink shall stay this far from the upper and lower edge … */
#define MIN_MARGIN_PIXELS 3
/* … and small print shall not be blown up more than this. */
#define MAX_SCALE 2.5
/* A line too wide is divided in its widest gap within this many ems before the limit. */
#define DIVIDE_EMS 4.0
/* Between two characters laid side by side, strip pixels. */
#define VERTICAL_GAP_PIXELS 3

void strip_release(struct strip *strip)
{
    plane_release(&strip->plane);
}

static void copy_into(struct plane *to, int x, int y, const struct plane *from)
{
    for (int i = 0; i < from->height; i++)
        if (y + i >= 0 && y + i < to->height)
            memcpy(plane_row(to, y + i) + x, plane_row(from, i), (size_t)from->width);
}

static struct plane part_of(const struct plane *plane, struct bi_box box)
{
    struct plane part = plane_new(box.w, box.h);
    for (int y = 0; y < box.h; y++)
        memcpy(plane_row(&part, y), plane_row(plane, box.y + y) + box.x, (size_t)box.w);
    return part;
}

/* Strip pixels for a pixel of the line. */
static double choose_scale(double em, int ink_height, struct strip_style style)
{
    if (em <= 0)
        em = ink_height / INK_PER_EM;
    double scale = style.em / em;
    double most = (double)(STRIP_HEIGHT - 2 * MIN_MARGIN_PIXELS) / ink_height;
    scale = scale > most ? most : scale;
    return scale > MAX_SCALE ? MAX_SCALE : scale;
}

static int scaled(double length, double scale)
{
    long pixels = lround(length * scale);
    return pixels < 1 ? 1 : (int)pixels;
}

/* One strip of a part of the line that is all as wide as it may be. */
static struct strip make_one(struct bi_arena *arena, const struct plane *line, struct bi_box part, int middle,
                             struct bi_point origin, double scale, int edge)
{
    int half = (int)ceil(STRIP_HEIGHT / 2.0 / scale);
    struct plane framed = plane_new(part.w, 2 * half);
    BI_CLEANUP(plane_release)
    struct plane ink = part_of(line, (struct bi_box){part.x, 0, part.w, line->height});
    copy_into(&framed, 0, half - middle, &ink);
    int width = scaled(part.w, scale);
    struct plane small = plane_scale(&framed, width, STRIP_HEIGHT);
    plane_release(&framed);

    struct strip strip = {.plane = plane_new(width + 2 * edge, STRIP_HEIGHT),
                          .pieces = bi_arena_array(arena, 1, sizeof *strip.pieces),
                          .piece_count = 1};
    copy_into(&strip.plane, edge, 0, &small);
    plane_release(&small);
    strip.pieces[0] =
        (struct strip_piece){edge, width, {origin.x + part.x, origin.y + middle - half, part.w, 2 * half}};
    return strip;
}

/* Where to end a strip that begins at column `begin` and must not reach `limit`: in the middle of the widest
 * run of columns with the least ink. */
static int divide_at(const int *columns, int limit, int reach)
{
    int best = limit, best_ink = INT32_MAX, best_run = 0;
    for (int x = limit - reach; x < limit;) {
        int run = 1;
        while (x + run < limit && columns[x + run] == columns[x])
            run++;
        if (columns[x] < best_ink || (columns[x] == best_ink && run > best_run)) {
            best_ink = columns[x];
            best_run = run;
            best = x + run / 2;
        }
        x += run;
    }
    return best;
}

size_t strip_horizontal(struct bi_arena *arena, const struct plane *line, struct bi_point origin, double em,
                        struct strip_style style, struct strip **strips)
{
    struct bi_box ink = profile_ink_box(line);
    if (bi_box_empty(ink))
        return 0;
    double scale = choose_scale(em, ink.h, style);
    int middle = em <= 0 || ink.h >= FULL_INK_EMS * em ? ink.y + ink.h / 2 : line->height / 2;
    int most = (int)((STRIP_MAX_PIXELS - 2 * style.edge) / scale);
    int reach = (int)(DIVIDE_EMS * style.em / scale);
    BI_CLEANUP(bi_freep) int *columns = profile_columns(line, ink.y, ink.h);
    struct strip *made = bi_arena_array(arena, (size_t)(ink.w / (most - reach)) + 1, sizeof *made);
    size_t count = 0;
    for (int x = ink.x, end = ink.x + ink.w; x < end;) {
        int stop = end - x <= most ? end : divide_at(columns, x + most, reach);
        made[count] = make_one(arena, line, (struct bi_box){x, ink.y, stop - x, ink.h}, middle, origin, scale,
                               style.edge);
        made[count++].em = em > 0 ? em * scale : style.em;
        x = stop;
    }
    *strips = made;
    return count;
}

size_t strip_vertical(struct bi_arena *arena, const struct plane *line, struct bi_point origin, double em,
                      struct strip_style style, struct strip **strips)
{
    struct bi_box ink = profile_ink_box(line);
    if (bi_box_empty(ink))
        return 0;
    if (em <= 0)
        em = ink.w / INK_PER_EM;
    double scale = choose_scale(em, em > ink.w ? (int)em : ink.w, style);
    struct bi_box *cells;
    size_t cell_count = vertical_cells(arena, line, ink, em, &cells);
    size_t per_strip = (size_t)(STRIP_MAX_PIXELS / (scaled(ink.w, scale) + VERTICAL_GAP_PIXELS));
    size_t count = 0;
    struct strip *made = bi_arena_array(arena, cell_count / per_strip + 1, sizeof *made);
    for (size_t first = 0; first < cell_count; first += per_strip) {
        size_t n = cell_count - first < per_strip ? cell_count - first : per_strip;
        int cell_width = scaled(ink.w, scale), pitch = cell_width + VERTICAL_GAP_PIXELS;
        struct strip *strip = &made[count++];
        *strip = (struct strip){
            .plane = plane_new((int)n * pitch - VERTICAL_GAP_PIXELS + 2 * style.edge, STRIP_HEIGHT),
            .pieces = bi_arena_array(arena, n, sizeof *strip->pieces),
            .piece_count = n,
            .em = em * scale};
        for (size_t i = 0; i < n; i++) {
            struct bi_box cell = cells[first + i];
            int x = style.edge + (int)i * pitch, height = scaled(cell.h, scale);
            BI_CLEANUP(plane_release) struct plane part = part_of(line, cell);
            BI_CLEANUP(plane_release) struct plane small = plane_scale(&part, cell_width, height);
            copy_into(&strip->plane, x, (STRIP_HEIGHT - height) / 2, &small);
            strip->pieces[i] =
                (struct strip_piece){x, cell_width, {origin.x + cell.x, origin.y + cell.y, cell.w, cell.h}};
        }
    }
    *strips = made;
    return count;
}

struct bi_box strip_box_on_page(const struct strip *strip, int x, int w)
{
    const struct strip_piece *piece = strip->pieces;
    for (size_t i = 1; i < strip->piece_count; i++)
        if (x + w / 2 >= strip->pieces[i].x)
            piece = &strip->pieces[i];
    if (strip->piece_count > 1) /* a character laid anew: its whole cell */
        return piece->on_page;
    int begin = x < piece->x ? piece->x : x, end = x + w > piece->x + piece->w ? piece->x + piece->w : x + w;
    begin = begin > piece->x + piece->w - 1 ? piece->x + piece->w - 1 : begin;
    end = end <= begin ? begin + 1 : end;
    BI_CLEANUP(bi_freep) int *rows = profile_rows(&strip->plane, begin, end - begin);
    int top = 0, bottom = strip->plane.height;
    while (top < bottom && rows[top] == 0)
        top++;
    while (bottom > top && rows[bottom - 1] == 0)
        bottom--;
    if (bottom <= top) {
        top = 0;
        bottom = strip->plane.height;
    }
    double across = (double)piece->on_page.w / piece->w,
           down = (double)piece->on_page.h / strip->plane.height;
    int left = piece->on_page.x + (int)((begin - piece->x) * across);
    int right = piece->on_page.x + (int)ceil((end - piece->x) * across);
    int upper = piece->on_page.y + (int)(top * down), lower = piece->on_page.y + (int)ceil(bottom * down);
    return (struct bi_box){left, upper, right - left, lower - upper};
}
