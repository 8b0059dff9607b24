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

void text_lines_find(const struct components *components, struct type_size type, double tangent,
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
    int32_t *number = bi_xcalloc(count, sizeof *number);
    for (size_t i = 0; i < count; i++) {
        struct text_line line = lines->lines[i];
        double height = fmax(tallest[i], lines->type_pixels);
        if (line.items >= MIN_ITEMS && line.v1 - line.v0 <= MAX_HEIGHT_SHARE * height &&
            line.x1 - line.x0 >= MIN_LENGTH_SHARE * lines->type_pixels) {
            lines->lines[lines->count++] = line;
            number[i] = (int32_t)lines->count; /* from 1 */
        }
    }
    for (size_t i = 0; i < count; i++)
        lines->line_of[items[i].component] = number[find_root(items, (uint32_t)i)] - 1;
    free(number);
    free(tallest);
    free(items);
}
