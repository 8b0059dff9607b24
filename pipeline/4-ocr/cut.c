#include "cut.h"

#include <string.h>

#include "base/cleanup.h"
#include "page/geometry.h"

#define PAPER_SHARE 0.75

struct span {
    int begin, end; /* columns begin … end-1; none if end <= begin */
};

struct cut_neighbours cut_neighbours_find(struct bi_arena *arena, const struct bi_page *page)
{
    size_t total = 0;
    for (size_t i = 0; i < page->region_count; i++)
        total += page->regions[i].line_count;
    struct cut_neighbours found = {
        .outlines = bi_arena_array(arena, total + 1, sizeof *found.outlines),
        .boxes = bi_arena_array(arena, total + 1, sizeof *found.boxes),
    };
    for (size_t i = 0; i < page->region_count; i++) {
        const struct bi_region *region = &page->regions[i];
        if (region->kind != BI_REGION_TEXT && region->kind != BI_REGION_TABLE)
            continue;
        for (size_t j = 0; j < region->line_count; j++) {
            found.outlines[found.count] = &region->lines[j].outline;
            found.boxes[found.count++] = bi_polygon_box(&region->lines[j].outline);
        }
    }
    return found;
}

/* The columns of row y from the leftmost to the rightmost crossing of the outline. Outlines of lines are
 * close to convex, so nothing is lost by not looking between. */
static struct span outline_span(const struct bi_polygon *outline, int y)
{
    struct span span = {0, 0};
    bool found = false;
    for (size_t i = 0; i < outline->count; i++) {
        struct bi_point a = outline->points[i], b = outline->points[(i + 1) % outline->count];
        if ((a.y < y && b.y < y) || (a.y > y && b.y > y))
            continue;
        int low = a.x < b.x ? a.x : b.x, high = a.x < b.x ? b.x : a.x;
        if (a.y != b.y) {
            double x = a.x + ((double)b.x - a.x) * ((double)y - a.y) / ((double)b.y - a.y);
            low = high = (int)x;
        }
        span.begin = !found || low < span.begin ? low : span.begin;
        span.end = !found || high + 1 > span.end ? high + 1 : span.end;
        found = true;
    }
    return span;
}

static struct span span_clip(struct span span, int begin, int end)
{
    span.begin = span.begin < begin ? begin : span.begin;
    span.end = span.end > end ? end : span.end;
    return span;
}

static void span_fill(uint8_t *row, struct span span, uint8_t value)
{
    if (span.end > span.begin)
        memset(row + span.begin, value, (size_t)(span.end - span.begin));
}

/* The grey that PAPER_SHARE of the pixels do not exceed: bold type may be more than half of its box. */
static uint8_t paper_of(const struct plane *plane)
{
    size_t counts[256] = {0}, total = (size_t)plane->width * (size_t)plane->height, sum = 0;
    for (size_t i = 0; i < total; i++)
        counts[plane->pixels[i]]++;
    for (int v = 0; v < 256; v++) {
        sum += counts[v];
        if ((double)sum >= PAPER_SHARE * (double)total)
            return (uint8_t)v;
    }
    return PLANE_WHITE;
}

/* Neighbours that reach into a cut. */
struct near {
    const struct bi_polygon **outlines;
    struct bi_box *boxes;
    size_t count;
};

static struct near near_find(const struct cut_neighbours *neighbours, const struct bi_polygon *outline,
                             struct bi_box cut)
{
    struct near near = {0};
    for (int pass = 0; pass < 2; pass++) {
        if (pass) {
            near.outlines = bi_xcalloc(near.count + 1, sizeof *near.outlines);
            near.boxes = bi_xcalloc(near.count + 1, sizeof *near.boxes);
        }
        near.count = 0;
        for (size_t i = 0; neighbours && i < neighbours->count; i++) {
            if (neighbours->outlines[i] == outline || !bi_box_overlap_x(neighbours->boxes[i], cut) ||
                !bi_box_overlap_y(neighbours->boxes[i], cut))
                continue;
            if (pass) {
                near.outlines[near.count] = neighbours->outlines[i];
                near.boxes[near.count] = neighbours->boxes[i];
            }
            near.count++;
        }
    }
    return near;
}

static void near_release(struct near *near)
{
    free(near->outlines);
    free(near->boxes);
}

/* Everything of row y that is not this line's becomes paper. */
static void clear_row(uint8_t *row, int y, struct bi_box cut, struct span own, int margin,
                      const struct bi_polygon *outline, const struct near *near, uint8_t paper)
{
    struct span wide =
        span_clip((struct span){own.begin - margin - cut.x, own.end + margin - cut.x}, 0, cut.w);
    if (wide.end <= wide.begin) {
        memset(row, paper, (size_t)cut.w);
        return;
    }
    span_fill(row, (struct span){0, wide.begin}, paper);
    span_fill(row, (struct span){wide.end, cut.w}, paper);
    struct span mine = outline_span(outline, y);
    for (size_t i = 0; i < near->count; i++) {
        if (y < near->boxes[i].y || y >= near->boxes[i].y + near->boxes[i].h)
            continue;
        struct span theirs = outline_span(near->outlines[i], y);
        if (mine.end <= mine.begin) {
            span_fill(row, span_clip((struct span){theirs.begin - cut.x, theirs.end - cut.x}, 0, cut.w),
                      paper);
            continue;
        }
        int left = theirs.end < mine.begin ? theirs.end : mine.begin;
        int right = theirs.begin > mine.end ? theirs.begin : mine.end;
        span_fill(row, span_clip((struct span){theirs.begin - cut.x, left - cut.x}, 0, cut.w), paper);
        span_fill(row, span_clip((struct span){right - cut.x, theirs.end - cut.x}, 0, cut.w), paper);
    }
}

struct plane cut_line(const struct plane *page, const struct bi_polygon *outline, int margin, bool reversed,
                      const struct cut_neighbours *neighbours, struct bi_point *origin)
{
    struct bi_box whole = {0, 0, page->width, page->height};
    struct bi_box box = bi_box_intersection(bi_polygon_box(outline), whole);
    *origin = (struct bi_point){box.x, box.y};
    if (bi_box_empty(box))
        return (struct plane){0};
    struct bi_box cut = bi_box_intersection(
        (struct bi_box){box.x - margin, box.y - margin, box.w + 2 * margin, box.h + 2 * margin}, whole);
    *origin = (struct bi_point){cut.x, cut.y};
    struct plane plane = plane_new(cut.w, cut.h);
    for (int y = 0; y < cut.h; y++)
        memcpy(plane_row(&plane, y), plane_row(page, cut.y + y) + cut.x, (size_t)cut.w);
    if (reversed)
        for (size_t i = 0, n = (size_t)cut.w * (size_t)cut.h; i < n; i++)
            plane.pixels[i] = (uint8_t)(255 - plane.pixels[i]);
    uint8_t paper = paper_of(&plane);
    BI_CLEANUP(near_release) struct near near = near_find(neighbours, outline, cut);
    for (int y = 0; y < cut.h; y++) {
        int inside = cut.y + y < box.y ? box.y : cut.y + y;
        inside = inside >= box.y + box.h ? box.y + box.h - 1 : inside;
        clear_row(plane_row(&plane, y), cut.y + y, cut, outline_span(outline, inside), margin, outline, &near,
                  paper);
    }
    return plane;
}
