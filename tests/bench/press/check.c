/* Checks what press made against itself: every printed line has ink in its polygon, and lines do not lie on
 * one another.
 *
 *     press-check DIR [--least SHARE]
 *
 * Exits with 1 at the first page where fewer than that share (0.995) of the lines hold.
 */
#include <leptonica/allheaders.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "issue/truth.h"

#define LEAST_INK 0.02    /* of a line's box: 一 has more */
#define LEAST_CONTRAST 50 /* grey levels between ink and paper */
#define MOST_COMMON                                                                                          \
    0.3 /* of the smaller of two lines' boxes: a drop cap's line and the next ones share some */

/* The pixel's grey level; white outside the page. */
static int level(PIX *page, int x, int y)
{
    l_uint32 value;
    return pixGetPixel(page, x, y, &value) == 0 ? (int)value : 255;
}

/* Both ink and paper are in the box, told apart halfway between its darkest and its lightest. */
static bool has_ink(PIX *page, const struct bi_box *box)
{
    int darkest = 255, lightest = 0;
    for (int y = box->y; y < box->y + box->h; y++)
        for (int x = box->x; x < box->x + box->w; x++) {
            int value = level(page, x, y);
            darkest = value < darkest ? value : darkest;
            lightest = value > lightest ? value : lightest;
        }
    if (lightest - darkest < LEAST_CONTRAST)
        return false;
    long dark = 0, area = bi_box_area(*box);
    for (int y = box->y; y < box->y + box->h; y++)
        for (int x = box->x; x < box->x + box->w; x++)
            dark += level(page, x, y) < (darkest + lightest) / 2;
    return (double)dark > LEAST_INK * (double)area && (double)(area - dark) > LEAST_INK * (double)area;
}

static bool is_clear(const struct truth *truth, size_t i, const struct bi_box *boxes)
{
    for (size_t j = 0; j < i; j++) {
        if (truth->lines[j].page != truth->lines[i].page)
            continue;
        long common = bi_box_area(bi_box_intersection(boxes[i], boxes[j])), a = bi_box_area(boxes[i]),
             b = bi_box_area(boxes[j]);
        if ((double)common > MOST_COMMON * (double)(a < b ? a : b))
            return false;
    }
    return true;
}

static double check_page(const struct truth *truth, int number, PIX *page, const struct bi_box *boxes)
{
    int lines = 0, right = 0;
    for (size_t i = 0; i < truth->line_count; i++) {
        const struct truth_line *line = &truth->lines[i];
        if (line->page != number)
            continue;
        bool holds = *line->text && has_ink(page, &boxes[i]) && is_clear(truth, i, boxes);
        if (!holds)
            printf("  page %d %s %d,%d %dx%d: %s\n", number, line->role, boxes[i].x, boxes[i].y, boxes[i].w,
                   boxes[i].h, line->text);
        lines++;
        right += holds;
    }
    printf("page %d: %d of %d lines hold\n", number, right, lines);
    return lines ? (double)right / lines : 0;
}

int main(int argc, char **argv)
{
    double least = 0.995;
    if (argc != 2 && !(argc == 4 && strcmp(argv[2], "--least") == 0)) {
        fprintf(stderr, "usage: press-check DIR [--least SHARE]\n");
        return 2;
    }
    if (argc == 4)
        least = strtod(argv[3], NULL);
    struct truth truth;
    struct bi_arena arena = {0};
    truth_read(bi_arena_printf(&arena, "%s/truth.json", argv[1]), &truth);
    struct bi_box *boxes = bi_arena_array(&arena, truth.line_count, sizeof *boxes);
    for (size_t i = 0; i < truth.line_count; i++)
        boxes[i] = bi_polygon_box(&(struct bi_polygon){truth.lines[i].corners, 4});
    int status = truth.line_count ? 0 : 1;
    for (size_t i = 0; i < truth.page_count; i++) {
        const char *path = bi_arena_printf(&arena, "%s/%s", argv[1], truth.page[i].image);
        PIX *read = pixRead(path), *page = read ? pixConvertTo8(read, 0) : NULL;
        if (!page) {
            fprintf(stderr, "press-check: %s: cannot be read\n", path);
            return 1;
        }
        if (check_page(&truth, truth.page[i].number, page, boxes) < least)
            status = 1;
        pixDestroy(&page);
        pixDestroy(&read);
    }
    truth_release(&truth);
    bi_arena_release(&arena);
    return status;
}
