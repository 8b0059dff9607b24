/* Pages and lines drawn of filled squares, which stand for characters. */
#ifndef SHAPES_H
#define SHAPES_H

#include <string.h>

#include "page/page.h"
#include "plane.h"

static inline void draw(struct plane *plane, int x, int y, int w, int h, uint8_t grey)
{
    for (int i = y; i < y + h; i++)
        memset(plane_row(plane, i) + x, grey, (size_t)w);
}

static inline struct bi_polygon outline_of(struct bi_point points[4], struct bi_box box)
{
    points[0] = (struct bi_point){box.x, box.y};
    points[1] = (struct bi_point){box.x + box.w - 1, box.y};
    points[2] = (struct bi_point){box.x + box.w - 1, box.y + box.h - 1};
    points[3] = (struct bi_point){box.x, box.y + box.h - 1};
    return (struct bi_polygon){points, 4};
}

#endif
