#include "lines.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/arena.h"

/* Neighbours in a line are no further apart than this share of the type's height; column gaps are wider than
 * that … */
#define GAP_SHARE 0.6
/* … and share this much of the smaller one's height. */
#define OVERLAP_SHARE 0.5
/* A line is no taller than this many times its tallest component (or the common type), and longer than so
 * many times the common type. */
#define MAX_HEIGHT_SHARE 1.5
#define MIN_LENGTH_SHARE 4.0
#define MIN_ITEMS 4
/* One that bends has so many, and is at no end steeper than that. */
#define MIN_BENT_ITEMS 8
#define MAX_BENT_SLOPE 0.2

/* A component of type in sheared coordinates. */
struct item {
    int x0, x1;
    float v0, v1;
    uint32_t parent, component;
    int32_t next; /* in its bucket, the one before it from the left */
};

bool type_is(const struct component *item, struct type_size type)
{
    int w = item->x1 - item->x0, h = item->y1 - item->y0;
    return (w >= type.min_pixels || h >= type.min_pixels) && w <= type.max_pixels && h <= type.max_pixels;
}

void text_lines_release(struct text_lines *lines)
{
    free(lines->lines);
    free(lines->line_of);
    *lines = (struct text_lines){0};
}

static int compare_items(const void *a, const void *b)
{
    const struct item *p = a, *q = b;
    if (p->x0 != q->x0)
        return p->x0 - q->x0;
    return (p->v0 > q->v0) - (p->v0 < q->v0);
}

static uint32_t find_root(struct item *items, uint32_t i)
{
    while (items[i].parent != i) {
        items[i].parent = items[items[i].parent].parent;
        i = items[i].parent;
    }
    return i;
}

/* The median size of components of type, each counted by its size: strokes and dots, which are many, weigh
 * little, and so do headlines, which are few. */
static double common_type(const struct components *components, struct type_size type)
{
    double *weight = bi_xcalloc((size_t)type.max_pixels + 1, sizeof *weight), total = 0, sum = 0;
    for (size_t i = 0; i < components->count; i++) {
        const struct component *item = &components->items[i];
        if (!type_is(item, type))
            continue;
        int w = item->x1 - item->x0, h = item->y1 - item->y0;
        int larger = w > h ? w : h;
        weight[larger] += larger;
        total += larger;
    }
    int size = 0;
    while (size < type.max_pixels && sum < 0.5 * total)
        sum += weight[size++];
    free(weight);
    return total > 0 ? size : 0;
}

static bool chains(const struct item *left, const struct item *right, double type_pixels)
{
    double height_left = left->v1 - left->v0, height_right = right->v1 - right->v0;
    double smaller = fmin(height_left, height_right);
    double overlap = fmin(left->v1, right->v1) - fmax(left->v0, right->v0);
    return overlap >= OVERLAP_SHARE * smaller &&
           right->x0 - left->x1 <= GAP_SHARE * fmax(type_pixels, smaller);
}

/* Items in order from the left; each looks back into the buckets of its height (rows of sheared coordinates).
 */
static void chain_items(struct item *items, size_t count, double type_pixels, int reach)
{
    float lowest = INFINITY, highest = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        lowest = fminf(lowest, items[i].v0);
        highest = fmaxf(highest, items[i].v1);
    }
    float bucket_pixels = (float)fmax(type_pixels, 4);
    int buckets = (int)((highest - lowest) / bucket_pixels) + 1;
    int32_t *last = bi_xcalloc((size_t)buckets, sizeof *last);
    for (int b = 0; b < buckets; b++)
        last[b] = -1;
    for (size_t i = 0; i < count; i++) {
        struct item *own = &items[i];
        int first = (int)((own->v0 - lowest) / bucket_pixels) - 1,
            end = (int)((own->v1 - lowest) / bucket_pixels) + 1;
        for (int b = first < 0 ? 0 : first; b <= end && b < buckets; b++) {
            for (int32_t k = last[b]; k >= 0 && own->x0 - items[k].x0 <= reach; k = items[k].next) {
                if (!chains(&items[k], own, type_pixels))
                    continue;
                uint32_t p = find_root(items, (uint32_t)k), q = find_root(items, (uint32_t)i);
                items[p > q ? p : q].parent = p > q ? q : p;
            }
        }
        int middle = (int)((0.5f * (own->v0 + own->v1) - lowest) / bucket_pixels);
        own->next = last[middle];
        last[middle] = (int32_t)i;
    }
    free(last);
}

static struct item *collect_items(const struct components *components, struct type_size type, double tangent,
                                  size_t *count)
{
    struct item *items = bi_xcalloc(components->count ? components->count : 1, sizeof *items);
    *count = 0;
    for (size_t i = 0; i < components->count; i++) {
        const struct component *c = &components->items[i];
        if (!type_is(c, type))
            continue;
        double shear = tangent * 0.5 * (c->x0 + c->x1);
        items[(*count)++] = (struct item){.x0 = c->x0,
                                          .x1 = c->x1,
                                          .v0 = (float)(c->y0 + shear),
                                          .v1 = (float)(c->y1 + shear),
                                          .component = (uint32_t)i};
    }
    qsort(items, *count, sizeof *items, compare_items);
    for (size_t i = 0; i < *count; i++)
        items[i].parent = (uint32_t)i;
    return items;
}

/* Sums for the parabola through the middles of a line's items, over t from -1 at its left end to 1. */
struct parabola {
    double t[5], v[3];          /* sums of powers of t, and of those times v */
    double height, slope, bend; /* height + slope · t + bend · t² */
};

static double parabola_place(const struct item *item, const struct text_line *line)
{
    double length = line->x1 - line->x0;
    return (item->x0 + item->x1 - 2 * line->x0) / length - 1;
}

static void parabola_solve(struct parabola *p)
{
    const double *t = p->t, *v = p->v;
    double a = t[2] * t[4] - t[3] * t[3], b = t[2] * t[3] - t[1] * t[4], c = t[1] * t[3] - t[2] * t[2];
    double d = t[0] * t[4] - t[2] * t[2], e = t[1] * t[2] - t[0] * t[3], f = t[0] * t[2] - t[1] * t[1];
    double det = t[0] * a + t[1] * b + t[2] * c;
    p->height = (a * v[0] + b * v[1] + c * v[2]) / det;
    p->slope = (b * v[0] + d * v[1] + e * v[2]) / det;
    p->bend = (c * v[0] + e * v[1] + f * v[2]) / det;
}

/* For each root the height of its items about their parabola, infinite if they are few or it is steep. */
static double *measure_bent(struct item *items, size_t count, const struct text_line *lines)
{
    struct parabola *parabolas = bi_xcalloc(count, sizeof *parabolas);
    double *above = bi_xcalloc(count, sizeof *above), *below = bi_xcalloc(count, sizeof *below);
    for (size_t i = 0; i < count; i++) {
        uint32_t root = find_root(items, (uint32_t)i);
        double t = parabola_place(&items[i], &lines[root]), v = 0.5 * (double)(items[i].v0 + items[i].v1);
        double power = 1;
        for (int k = 0; k < 5; k++, power *= t) {
            parabolas[root].t[k] += power;
            if (k < 3)
                parabolas[root].v[k] += power * v;
        }
    }
    for (size_t i = 0; i < count; i++)
        if (lines[i].items >= MIN_BENT_ITEMS)
            parabola_solve(&parabolas[i]);
    for (size_t i = 0; i < count; i++) {
        uint32_t root = find_root(items, (uint32_t)i);
        const struct parabola *p = &parabolas[root];
        double t = parabola_place(&items[i], &lines[root]), v = p->height + (p->slope + p->bend * t) * t;
        above[root] = fmax(above[root], v - (double)items[i].v0);
        below[root] = fmax(below[root], (double)items[i].v1 - v);
    }
    for (size_t i = 0; i < count; i++) {
        double rise = fabs(parabolas[i].slope) + 2 * fabs(parabolas[i].bend);
        bool gentle = 2 * rise <= MAX_BENT_SLOPE * (lines[i].x1 - lines[i].x0);
        above[i] = lines[i].items >= MIN_BENT_ITEMS && gentle ? above[i] + below[i] : INFINITY;
    }
    free(parabolas);
    free(below);
    return above;
}

static void find_lines(const struct components *components, struct type_size type, double tangent, bool bent,
                       struct text_lines *lines)
{
    *lines = (struct text_lines){.tangent = tangent, .type_pixels = common_type(components, type)};
    lines->line_of = bi_xcalloc(components->count + 1, sizeof *lines->line_of);
    for (size_t i = 0; i < components->count; i++)
        lines->line_of[i] = -1;
    size_t count;
    struct item *items = collect_items(components, type, tangent, &count);
    if (count == 0) {
        free(items);
        return;
    }
    chain_items(items, count, lines->type_pixels, 2 * type.max_pixels);

    lines->lines = bi_xcalloc(count, sizeof *lines->lines);
    float *tallest = bi_xcalloc(count, sizeof *tallest);
    for (size_t i = 0; i < count; i++) {
        uint32_t root = find_root(items, (uint32_t)i);
        struct text_line *line = &lines->lines[root];
        const struct item *item = &items[i];
        line->x0 = line->items && line->x0 < item->x0 ? line->x0 : item->x0;
        line->x1 = line->items && line->x1 > item->x1 ? line->x1 : item->x1;
        line->v0 = line->items ? fmin(line->v0, item->v0) : item->v0;
        line->v1 = line->items ? fmax(line->v1, item->v1) : item->v1;
        line->items++;
        tallest[root] = fmaxf(tallest[root], item->v1 - item->v0);
    }
    double *about = bent ? measure_bent(items, count, lines->lines) : NULL;
    int32_t *number = bi_xcalloc(count, sizeof *number);
    for (size_t i = 0; i < count; i++) {
        struct text_line line = lines->lines[i];
        double height = fmax(tallest[i], lines->type_pixels);
        double rise = about ? fmin(line.v1 - line.v0, about[i]) : line.v1 - line.v0;
        if (line.items >= MIN_ITEMS && rise <= MAX_HEIGHT_SHARE * height &&
            line.x1 - line.x0 >= MIN_LENGTH_SHARE * lines->type_pixels) {
            lines->lines[lines->count++] = line;
            number[i] = (int32_t)lines->count; /* from 1 */
        }
    }
    for (size_t i = 0; i < count; i++)
        lines->line_of[items[i].component] = number[find_root(items, (uint32_t)i)] - 1;
    free(number);
    free(about);
    free(tallest);
    free(items);
}

void text_lines_find(const struct components *components, struct type_size type, double tangent,
                     struct text_lines *lines)
{
    find_lines(components, type, tangent, false, lines);
}

void text_lines_find_bent(const struct components *components, struct type_size type, double tangent,
                          struct text_lines *lines)
{
    find_lines(components, type, tangent, true, lines);
}
