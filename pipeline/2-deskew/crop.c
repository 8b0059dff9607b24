#include "crop.h"

#include <math.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "page/image.h"

static struct bi_box crop_box(const struct crop *crop)
{
    struct bi_point points[4] = {crop->corners[0], crop->corners[1], crop->corners[2], crop->corners[3]};
    return bi_polygon_box(&(struct bi_polygon){points, 4});
}

bool crop_parse(const char *text, struct crop *crop)
{
    struct bi_point *c = crop->corners;
    int end = -1;
    if (sscanf(text, "%7d,%7d %7d,%7d %7d,%7d %7d,%7d%n", &c[0].x, &c[0].y, &c[1].x, &c[1].y, &c[2].x,
               &c[2].y, &c[3].x, &c[3].y, &end) != 8 ||
        end < 0 || text[end])
        return false;
    /* The left side is left of the right one, the top above the bottom. */
    return c[0].x < c[1].x && c[3].x < c[2].x && c[0].y < c[3].y && c[1].y < c[2].y;
}

/* x of the side from one corner to another in row y; beyond its ends, that of the end. */
static int side_at(struct bi_point top, struct bi_point bottom, int y)
{
    y = y < top.y ? top.y : y > bottom.y ? bottom.y : y;
    return (int)lround(top.x + (double)(bottom.x - top.x) * (y - top.y) / (bottom.y - top.y));
}

/* The mean of every channel along a side. */
static l_uint32 side_colour(PIX *pix, struct bi_point top, struct bi_point bottom)
{
    double sums[4] = {0};
    int depth = pixGetDepth(pix), rows = 0;
    for (int y = top.y; y <= bottom.y; y++, rows++) {
        l_uint32 value = 0;
        pixGetPixel(pix, side_at(top, bottom, y), y, &value);
        for (int k = 0; k < 4; k++)
            sums[k] += value >> (8 * k) & 0xff;
    }
    l_uint32 colour = 0;
    for (int k = 0; k < 4; k++)
        colour |= (l_uint32)lround(sums[k] / rows) << (8 * k);
    return depth == 1 ? colour & 1 : depth == 8 ? colour & 0xff : colour;
}

/* Paints what lies left of the left side or right of the right one. */
static void paint_beyond(PIX *pix, struct bi_point top, struct bi_point bottom, bool left)
{
    l_uint32 colour = side_colour(pix, top, bottom);
    for (int y = 0; y < pixGetHeight(pix); y++) {
        int side = side_at(top, bottom, y);
        for (int x = left ? 0 : side + 1; x < (left ? side : pixGetWidth(pix)); x++)
            pixSetPixel(pix, x, y, colour);
    }
}

int crop_cut(PIX **scan, const struct crop *crop, const char *name, struct bi_error *err)
{
    struct bi_box box = crop_box(crop);
    int width = pixGetWidth(*scan), height = pixGetHeight(*scan);
    if (box.x < 0 || box.y < 0 || box.x + box.w > width || box.y + box.h > height)
        return bi_error_set(err, BI_EXIT_INPUT,
                            "%s: has %d x %d pixels, and its page is said to reach beyond", name, width,
                            height);
    BOX *cut = boxCreate(box.x, box.y, box.w, box.h);
    PIX *page = cut ? pixClipRectangle(*scan, cut, NULL) : NULL;
    boxDestroy(&cut);
    if (!page)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", name);
    pixDestroy(scan);
    struct bi_point c[4];
    for (int i = 0; i < 4; i++)
        c[i] = (struct bi_point){crop->corners[i].x - box.x, crop->corners[i].y - box.y};
    paint_beyond(page, c[0], c[3], true);
    paint_beyond(page, c[1], c[2], false);
    *scan = page;
    return 0;
}

void crop_restore(const struct crop *crop, int width, int height, struct bi_transform *transform)
{
    struct bi_box box = crop_box(crop);
    transform->scan_width = width;
    transform->scan_height = height;
    transform->to_scan[2] += box.x;
    transform->to_scan[5] += box.y;
}
