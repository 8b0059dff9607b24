#include "traces.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"

/* The height of a line's type is that of the component at this share of them, from the lowest … */
#define TYPE_RANK 0.8
/* … and those of at least this share of it trace the line. */
#define HIGH_SHARE 0.7
#define MIN_POINTS 4

struct member {
    uint32_t component;
    int32_t x, height;
};

static int compare_heights(const void *a, const void *b)
{
    const struct member *p = a, *q = b;
    return p->height != q->height ? p->height - q->height
                                  : (p->component > q->component) - (p->component < q->component);
}

static int compare_places(const void *a, const void *b)
{
    const struct member *p = a, *q = b;
    return p->x != q->x ? p->x - q->x : (p->component > q->component) - (p->component < q->component);
}

/* Members of line i are members[first[i]] … members[first[i + 1] - 1]. */
static struct member *sort_members(const struct components *components, const struct text_lines *lines,
                                   size_t *first)
{
    struct member *members = bi_xcalloc(components->count + 1, sizeof *members);
    for (size_t i = 0; i < components->count; i++)
        if (lines->line_of[i] >= 0)
            first[lines->line_of[i] + 2]++;
    for (size_t i = 2; i < lines->count + 2; i++)
        first[i] += first[i - 1];
    for (size_t i = 0; i < components->count; i++) {
        if (lines->line_of[i] < 0)
            continue;
        const struct component *c = &components->items[i];
        members[first[lines->line_of[i] + 1]++] = (struct member){(uint32_t)i, c->x0 + c->x1, c->y1 - c->y0};
    }
    return members;
}

static void add_trace(const struct components *components, const struct member *members, size_t count,
                      double size, double tangent, bool foot, size_t line, struct traces *traces)
{
    double cosine = 1 / sqrt(1 + tangent * tangent), sine = tangent * cosine;
    struct trace *trace = &traces->traces[traces->count++];
    *trace = (struct trace){.first = traces->point_count, .size = size, .line = line};
    for (size_t i = 0; i < count; i++) {
        if (members[i].height < HIGH_SHARE * size)
            continue;
        const struct component *c = &components->items[members[i].component];
        double x = 0.5 * (c->x0 + c->x1), y = foot ? c->y1 : c->y0;
        traces->points[traces->point_count++] =
            (struct trace_point){(float)(cosine * x - sine * y), (float)(sine * x + cosine * y)};
    }
    trace->count = traces->point_count - trace->first;
    for (size_t i = 0; i < trace->count; i++)
        trace->y += (double)traces->points[trace->first + i].y / (double)trace->count;
}

void traces_find(const struct components *components, const struct text_lines *lines, struct traces *traces)
{
    BI_CLEANUP(bi_freep) size_t *first = bi_xcalloc(lines->count + 2, sizeof *first);
    BI_CLEANUP(bi_freep) struct member *members = sort_members(components, lines, first);
    *traces = (struct traces){.points = bi_xcalloc(2 * components->count + 1, sizeof *traces->points),
                              .traces = bi_xcalloc(2 * lines->count + 1, sizeof *traces->traces)};
    for (size_t i = 0; i < lines->count; i++) {
        struct member *own = members + first[i];
        size_t count = first[i + 1] - first[i];
        qsort(own, count, sizeof *own, compare_heights);
        double size = own[(size_t)(TYPE_RANK * (double)(count - 1))].height;
        qsort(own, count, sizeof *own, compare_places);
        size_t high = 0;
        for (size_t k = 0; k < count; k++)
            high += own[k].height >= HIGH_SHARE * size;
        if (high < MIN_POINTS)
            continue;
        add_trace(components, own, count, size, lines->tangent, false, i, traces);
        add_trace(components, own, count, size, lines->tangent, true, i, traces);
    }
}
