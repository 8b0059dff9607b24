#include "components.h"

#include <stdlib.h>

#include "base/arena.h"

void components_release(struct components *components)
{
    free(components->runs);
    free(components->items);
    *components = (struct components){0};
}

static struct run *add_run(struct components *components, size_t *capacity)
{
    if (components->run_count == *capacity) {
        *capacity = *capacity ? *capacity * 2 : 65536;
        components->runs = bi_xrealloc(components->runs, *capacity * sizeof *components->runs);
    }
    return &components->runs[components->run_count++];
}

/* The runs of one row; words without a black pixel, which are most, are passed over whole. */
static void scan_row(struct components *components, size_t *capacity, const l_uint32 *line, int width, int y)
{
    int x = 0;
    while (x < width) {
        l_uint32 word = line[x >> 5] << (x & 31);
        if (!word) {
            x = (x | 31) + 1;
            continue;
        }
        x += __builtin_clz(word);
        if (x >= width)
            break;
        int start = x;
        for (;;) {
            l_uint32 white = ~line[x >> 5] << (x & 31);
            if (white) {
                x += __builtin_clz(white);
                break;
            }
            x = (x | 31) + 1;
            if (x >= width)
                break;
        }
        if (x > width)
            x = width;
        uint32_t own = (uint32_t)components->run_count;
        *add_run(components, capacity) = (struct run){start, x, y, own};
    }
}

/* While joining, a run's `component` is the index of its parent run; roots point at themselves. */
static uint32_t find_root(struct run *runs, uint32_t i)
{
    while (runs[i].component != i) {
        runs[i].component = runs[runs[i].component].component;
        i = runs[i].component;
    }
    return i;
}

static void join_rows(struct run *runs, size_t above, size_t row, size_t end)
{
    size_t a = above;
    for (size_t i = row; i < end; i++) {
        while (a < row && runs[a].x1 < runs[i].x0)
            a++;
        for (size_t k = a; k < row && runs[k].x0 <= runs[i].x1; k++) {
            uint32_t p = find_root(runs, (uint32_t)k), q = find_root(runs, (uint32_t)i);
            if (p < q)
                runs[q].component = p;
            else
                runs[p].component = q;
        }
    }
}

/* Roots are always the first run of their component, so one pass in order numbers them. */
static void number_components(struct components *components)
{
    struct run *runs = components->runs;
    size_t roots = 0;
    for (size_t i = 0; i < components->run_count; i++)
        roots += runs[i].component == i;
    components->items = bi_xcalloc(roots ? roots : 1, sizeof *components->items);
    uint32_t *number = bi_xcalloc(components->run_count ? components->run_count : 1, sizeof *number);
    for (size_t i = 0; i < components->run_count; i++) {
        struct run *run = &runs[i];
        uint32_t parent = run->component;
        if (parent == i) {
            number[i] = (uint32_t)components->count++;
            components->items[number[i]] = (struct component){run->x0, run->y, run->x1, run->y + 1, 0};
        } else {
            number[i] = number[parent];
        }
        struct component *item = &components->items[number[i]];
        item->x0 = run->x0 < item->x0 ? run->x0 : item->x0;
        item->x1 = run->x1 > item->x1 ? run->x1 : item->x1;
        item->y1 = run->y + 1;
        item->area += run->x1 - run->x0;
    }
    for (size_t i = 0; i < components->run_count; i++)
        runs[i].component = number[i];
    free(number);
}

void components_find(PIX *bitonal, struct components *components)
{
    *components = (struct components){0};
    int width = pixGetWidth(bitonal), height = pixGetHeight(bitonal), words = pixGetWpl(bitonal);
    const l_uint32 *data = pixGetData(bitonal);
    size_t capacity = 0, above = 0;
    for (int y = 0; y < height; y++) {
        size_t row = components->run_count;
        scan_row(components, &capacity, data + (size_t)words * (size_t)y, width, y);
        join_rows(components->runs, above, row, components->run_count);
        above = row;
    }
    number_components(components);
}
