#include "page/geometry.h"

static int min(int a, int b)
{
    return a < b ? a : b;
}

static int max(int a, int b)
{
    return a > b ? a : b;
}

bool bi_box_empty(struct bi_box box)
{
    return box.w <= 0 || box.h <= 0;
}

struct bi_box bi_box_union(struct bi_box a, struct bi_box b)
{
    if (bi_box_empty(a))
        return b;
    if (bi_box_empty(b))
        return a;
    int x = min(a.x, b.x), y = min(a.y, b.y);
    return (struct bi_box){x, y, max(a.x + a.w, b.x + b.w) - x, max(a.y + a.h, b.y + b.h) - y};
}

struct bi_box bi_box_intersection(struct bi_box a, struct bi_box b)
{
    int x = max(a.x, b.x), y = max(a.y, b.y);
    int right = min(a.x + a.w, b.x + b.w), bottom = min(a.y + a.h, b.y + b.h);
    if (right <= x || bottom <= y)
        return (struct bi_box){x, y, 0, 0};
    return (struct bi_box){x, y, right - x, bottom - y};
}

long bi_box_area(struct bi_box box)
{
    return bi_box_empty(box) ? 0 : (long)box.w * box.h;
}

double bi_box_iou(struct bi_box a, struct bi_box b)
{
    long common = bi_box_area(bi_box_intersection(a, b));
    long whole = bi_box_area(a) + bi_box_area(b) - common;
    return whole > 0 ? (double)common / (double)whole : 0.0;
}

int bi_box_overlap_x(struct bi_box a, struct bi_box b)
{
    return max(0, min(a.x + a.w, b.x + b.w) - max(a.x, b.x));
}

int bi_box_overlap_y(struct bi_box a, struct bi_box b)
{
    return max(0, min(a.y + a.h, b.y + b.h) - max(a.y, b.y));
}

bool bi_box_inside(struct bi_box inner, struct bi_box outer, double share)
{
    long area = bi_box_area(inner);
    return area > 0 && (double)bi_box_area(bi_box_intersection(inner, outer)) >= share * (double)area;
}

struct bi_box bi_polygon_box(const struct bi_polygon *polygon)
{
    if (polygon->count == 0)
        return (struct bi_box){0, 0, 0, 0};
    int left = polygon->points[0].x, right = left, top = polygon->points[0].y, bottom = top;
    for (size_t i = 1; i < polygon->count; i++) {
        left = min(left, polygon->points[i].x);
        right = max(right, polygon->points[i].x);
        top = min(top, polygon->points[i].y);
        bottom = max(bottom, polygon->points[i].y);
    }
    return (struct bi_box){left, top, right - left + 1, bottom - top + 1};
}
