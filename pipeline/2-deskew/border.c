#include "border.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "components.h"
#include "page/image.h"

/* Surround is darker than this share of the paper. */
#define DARK_SHARE 0.5
/* What is thinner than this (pixels of the reduced scan) is no surround: rules and type at the edge of a
 * scan. */
#define OPENING_PIXELS 5
/* Surround covers this share of one side of the scan … */
#define SIDE_SHARE 0.6
/* … or it lies in a corner, is darker than this share of the paper, and as even as that (standard deviation).
 */
#define CORNER_DARK_SHARE 0.35
#define CORNER_DEVIATION 12.0
/* The surround is widened by so much, over the blurred edge of the page. */
#define GROW_PIXELS 2

static int percentile(const struct grey *grey, double share)
{
    size_t histogram[256] = {0};
    for (int y = 0; y < grey->height; y++)
        for (int x = 0; x < grey->width; x++)
            histogram[grey_row(grey, y)[x]]++;
    size_t want = (size_t)(share * (double)grey->width * (double)grey->height), sum = 0;
    for (int v = 0; v < 256; v++) {
        sum += histogram[v];
        if (sum > want)
            return v;
    }
    return 255;
}

/* What the runs of one dark component tell. */
struct contact {
    int top, bottom, left, right; /* pixels on each side of the scan */
    double sum, squares;
};

static bool is_surround(const struct component *item, const struct contact *contact, const struct grey *small,
                        int paper)
{
    double width = small->width, height = small->height;
    if (contact->top >= SIDE_SHARE * width || contact->bottom >= SIDE_SHARE * width ||
        contact->left >= SIDE_SHARE * height || contact->right >= SIDE_SHARE * height)
        return true;
    bool corner = (contact->top || contact->bottom) && (contact->left || contact->right);
    double mean = contact->sum / (double)item->area;
    double variance = contact->squares / (double)item->area - mean * mean;
    return corner && mean < CORNER_DARK_SHARE * paper && variance < CORNER_DEVIATION * CORNER_DEVIATION;
}

static struct contact *measure_contacts(const struct components *dark, const struct grey *small)
{
    struct contact *contacts = bi_xcalloc(dark->count ? dark->count : 1, sizeof *contacts);
    for (size_t i = 0; i < dark->run_count; i++) {
        const struct run *run = &dark->runs[i];
        struct contact *contact = &contacts[run->component];
        contact->top += run->y == 0 ? run->x1 - run->x0 : 0;
        contact->bottom += run->y == small->height - 1 ? run->x1 - run->x0 : 0;
        contact->left += run->x0 == 0;
        contact->right += run->x1 == small->width;
        const uint8_t *row = grey_row(small, run->y);
        for (int x = run->x0; x < run->x1; x++) {
            contact->sum += row[x];
            contact->squares += (double)row[x] * row[x];
        }
    }
    return contacts;
}

struct border border_find(const struct grey *small)
{
    struct border border = {.page = grey_new(small->width, small->height)};
    for (int y = 0; y < small->height; y++)
        for (int x = 0; x < small->width; x++)
            grey_row(&border.page, y)[x] = 255;

    int paper = percentile(small, 0.9);
    BI_CLEANUP(bi_pix_destroyp) PIX *dark = grey_threshold(small, (uint8_t)(DARK_SHARE * paper));
    /* Beyond the edge counts as dark, so that a narrow strip of surround survives the opening. */
    BI_CLEANUP(bi_pix_destroyp) PIX *framed = pixAddBorder(dark, OPENING_PIXELS, 1);
    BI_CLEANUP(bi_pix_destroyp) PIX *opened = pixOpenBrick(NULL, framed, OPENING_PIXELS, OPENING_PIXELS);
    BI_CLEANUP(bi_pix_destroyp) PIX *cut = pixRemoveBorder(opened, OPENING_PIXELS);
    struct components components;
    components_find(cut, &components);
    BI_CLEANUP(bi_freep) struct contact *contacts = measure_contacts(&components, small);

    for (size_t i = 0; i < components.run_count; i++) {
        const struct run *run = &components.runs[i];
        if (!is_surround(&components.items[run->component], &contacts[run->component], small, paper))
            continue;
        border.surround = true;
        for (int y = run->y - GROW_PIXELS; y <= run->y + GROW_PIXELS; y++) {
            if (y < 0 || y >= small->height)
                continue;
            for (int x = run->x0 - GROW_PIXELS; x < run->x1 + GROW_PIXELS; x++)
                if (x >= 0 && x < small->width)
                    grey_row(&border.page, y)[x] = 0;
        }
    }
    components_release(&components);
    return border;
}

void border_release(struct border *border)
{
    grey_release(&border->page);
}
