#include "gutters.h"

#include <math.h>
#include <stdlib.h>

/* Cells in an em. */
#define CELLS_AN_EM 8.0

static void cover(uint8_t *map, const struct seg_cells *cells, struct bi_box box)
{
    /* A cell is covered if the box holds its middle, so that boxes do not grow. */
    int x0 = (int)floor(box.x / cells->size + 0.5), x1 = (int)floor((box.x + box.w) / cells->size + 0.5);
    int y0 = (int)floor(box.y / cells->size + 0.5), y1 = (int)floor((box.y + box.h) / cells->size + 0.5);
    if (x1 <= x0)
        x1 = x0 + 1;
    if (y1 <= y0)
        y1 = y0 + 1;
    for (int y = y0 < 0 ? 0 : y0; y < y1 && y < cells->height; y++)
        for (int x = x0 < 0 ? 0 : x0; x < x1 && x < cells->width; x++)
            map[(size_t)y * (size_t)cells->width + (size_t)x] = 1;
}

void seg_cells_init(struct seg_cells *cells, const struct seg_layout *layout, const struct bi_box *boxes,
                    size_t count)
{
    cells->size = fmax(1, layout->em / CELLS_AN_EM);
    cells->width = (int)ceil(layout->width / cells->size);
    cells->height = (int)ceil(layout->height / cells->size);
    cells->page = (struct bi_box){0, 0, layout->width, layout->height};
    const size_t width = (size_t)cells->width, height = (size_t)cells->height;
    uint8_t *map = bi_xcalloc(width * height, 1);
    for (size_t i = 0; i < count; i++)
        cover(map, cells, boxes[i]);
    for (size_t i = 0; i < layout->picture_count; i++)
        cover(map, cells, layout->pictures[i]);
    for (size_t i = 0; i < layout->rule_count; i++)
        if (!layout->rules[i].vertical)
            cover(map, cells, layout->rules[i].box);
    cells->sums = bi_xcalloc((width + 1) * height, sizeof *cells->sums);
    for (size_t y = 0; y < height; y++)
        for (size_t x = 0; x < width; x++)
            cells->sums[y * (width + 1) + x + 1] = cells->sums[y * (width + 1) + x] + map[y * width + x];
    free(map);
}

void seg_cells_release(struct seg_cells *cells)
{
    free(cells->sums);
    cells->sums = NULL;
}

static bool white(const struct seg_cells *cells, int x0, int x1, int y)
{
    const int32_t *row = cells->sums + (size_t)y * (size_t)(cells->width + 1);
    return row[x1] == row[x0];
}

struct bi_box seg_cells_strip(const struct seg_cells *cells, int x0, int x1, int y0, int y1, double width,
                              int reach)
{
    const double size = cells->size;
    int left = (int)floor(x0 / size + 0.5), right = (int)floor(x1 / size + 0.5);
    const int wide = (int)fmax(1, round(width / size));
    /* Rows of the gap itself, a little less than they are, so that what touches them above does not close it.
     */
    int top = (int)floor((y0 + 0.25 * (y1 - y0)) / size), bottom = (int)ceil((y1 - 0.25 * (y1 - y0)) / size);
    left = left < 0 ? 0 : left;
    right = right > cells->width ? cells->width : right;
    top = top < 0 ? 0 : top;
    bottom = bottom > cells->height ? cells->height : bottom;
    if (bottom <= top)
        bottom = top + 1 <= cells->height ? top + 1 : cells->height;
    const int far = (int)(reach / size);
    struct bi_box best = {0, 0, 0, 0};
    for (int x = left; x + wide <= right; x++) {
        int y = top;
        while (y < bottom && white(cells, x, x + wide, y))
            y++;
        if (y < bottom)
            continue;
        int up = top, down = bottom;
        while (up > 0 && top - up < far && white(cells, x, x + wide, up - 1))
            up--;
        while (down < cells->height && down - bottom < far && white(cells, x, x + wide, down))
            down++;
        if (down - up > best.h) {
            best = (struct bi_box){x, up, wide, down - up};
        } else if (down - up == best.h && x == best.x + best.w - wide + 1) {
            best.w++; /* the same strip, wider */
        }
    }
    return (struct bi_box){(int)(best.x * size), (int)(best.y * size), (int)ceil(best.w * size),
                           (int)(best.h * size)};
}
