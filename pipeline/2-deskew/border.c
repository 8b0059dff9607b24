#include "border.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

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

/* Bright surround is within so many grey levels of what is commonest at the edge of the scan, and paper is
 * darker than that by more. */
#define BRIGHT_TOLERANCE 3
#define BRIGHT_DIFFERENCE 5
/* Dust on it is no wider than this, and does not cut a narrow strip of it. */
#define BRIDGED_PIXELS 3
/* What is bright is such a strip, and not paper in strong light, up to this share of the scan. */
#define MAX_STRIP_SHARE 0.05
/* What is smaller than this on bright surround is dust. */
#define DUST_PIXELS 16

static int histogram_percentile(const size_t *histogram, double share)
{
    size_t total = 0, sum = 0;
    for (int v = 0; v < 256; v++)
        total += histogram[v];
    for (int v = 0; v < 256; v++) {
        sum += histogram[v];
        if ((double)sum > share * (double)total)
            return v;
    }
    return 255;
}

/* Over the pixels that count as page so far. */
static int page_percentile(const struct grey *small, const struct grey *page, double share)
{
    size_t histogram[256] = {0};
    for (int y = 0; y < small->height; y++)
        for (int x = 0; x < small->width; x++)
            if (grey_row(page, y)[x] == BORDER_PAGE)
                histogram[grey_row(small, y)[x]]++;
    return histogram_percentile(histogram, share);
}

/* What the runs of one dark component tell. */
struct contact {
    int top, bottom, left, right; /* pixels on each side of the scan */
    double sum, squares;
};

/* Runs along most of a side, or fills a corner evenly. */
static bool is_surround(const struct component *item, const struct contact *contact, const struct grey *small)
{
    double width = small->width, height = small->height;
    if (contact->top >= SIDE_SHARE * width || contact->bottom >= SIDE_SHARE * width ||
        contact->left >= SIDE_SHARE * height || contact->right >= SIDE_SHARE * height)
        return true;
    bool corner = (contact->top || contact->bottom) && (contact->left || contact->right);
    double mean = contact->sum / (double)item->area;
    double variance = contact->squares / (double)item->area - mean * mean;
    return corner && variance < CORNER_DEVIATION * CORNER_DEVIATION;
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

/* Marks what of `candidates` is surround with `value`, widened by `grow`. */
static void mark_surround(const struct grey *small, PIX *candidates, int grow, uint8_t value,
                          struct grey *page)
{
    /* Beyond the edge counts too, so that a narrow strip survives the opening. */
    BI_CLEANUP(bi_pix_destroyp) PIX *framed = pixAddBorder(candidates, OPENING_PIXELS, 1);
    BI_CLEANUP(bi_pix_destroyp) PIX *opened = pixOpenBrick(NULL, framed, OPENING_PIXELS, OPENING_PIXELS);
    BI_CLEANUP(bi_pix_destroyp) PIX *cut = pixRemoveBorder(opened, OPENING_PIXELS);
    BI_CLEANUP(components_release) struct components components = {0};
    if (!cut)
        return;
    components_find(cut, &components);
    BI_CLEANUP(bi_freep) struct contact *contacts = measure_contacts(&components, small);
    for (size_t i = 0; i < components.run_count; i++) {
        const struct run *run = &components.runs[i];
        if (!is_surround(&components.items[run->component], &contacts[run->component], small))
            continue;
        int y0 = run->y > grow ? run->y - grow : 0, y1 = run->y + grow;
        int x0 = run->x0 > grow ? run->x0 - grow : 0,
            x1 = run->x1 + grow < small->width ? run->x1 + grow : small->width;
        for (int y = y0; y <= y1 && y < small->height; y++)
            memset(grey_row(page, y) + x0, value, (size_t)(x1 - x0));
    }
}

static void find_dark(const struct grey *small, struct grey *page)
{
    int paper = page_percentile(small, page, 0.9);
    BI_CLEANUP(bi_pix_destroyp) PIX *dark = grey_threshold(small, (uint8_t)(DARK_SHARE * paper));
    mark_surround(small, dark, GROW_PIXELS, BORDER_DARK, page);
}

/* The lid of a scanner, whiter than newsprint and very even. */
static void find_bright(const struct grey *small, struct grey *page)
{
    size_t histogram[256] = {0};
    for (int x = 0; x < small->width; x++) {
        histogram[grey_row(small, 0)[x]]++;
        histogram[grey_row(small, small->height - 1)[x]]++;
    }
    for (int y = 0; y < small->height; y++) {
        histogram[grey_row(small, y)[0]]++;
        histogram[grey_row(small, y)[small->width - 1]]++;
    }
    int lid = 0;
    for (int v = 128; v < 256; v++)
        if (histogram[v] > histogram[lid] || lid < 128)
            lid = v;
    int threshold = lid - BRIGHT_TOLERANCE;
    BI_CLEANUP(bi_pix_destroyp) PIX *darker = grey_threshold(small, (uint8_t)threshold);
    BI_CLEANUP(bi_pix_destroyp) PIX *bright = pixInvert(NULL, darker);
    l_int32 pixels = 0;
    pixCountPixels(bright, &pixels, NULL);
    if (pixels <= MAX_STRIP_SHARE * small->width * small->height)
        pixCloseSafeBrick(bright, bright, BRIDGED_PIXELS, BRIDGED_PIXELS);
    BI_CLEANUP(grey_release) struct grey marked = grey_new(small->width, small->height);
    for (int y = 0; y < small->height; y++)
        memcpy(grey_row(&marked, y), grey_row(page, y), (size_t)small->width);
    mark_surround(small, bright, 0, BORDER_BRIGHT, &marked);
    /* Is what is left darker, so that there is an edge to be seen? */
    if (page_percentile(small, &marked, 0.9) > lid - BRIGHT_DIFFERENCE)
        return;
    for (int y = 0; y < small->height; y++)
        memcpy(grey_row(page, y), grey_row(&marked, y), (size_t)small->width);
}

/* Dust on the lid is not the page. */
static void drop_dust(struct grey *page)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *surround = grey_threshold(page, BORDER_PAGE);
    BI_CLEANUP(bi_pix_destroyp) PIX *inside = pixInvert(NULL, surround);
    BI_CLEANUP(components_release) struct components components = {0};
    components_find(inside, &components);
    for (size_t i = 0; i < components.run_count; i++) {
        const struct run *run = &components.runs[i];
        if (components.items[run->component].area < DUST_PIXELS)
            memset(grey_row(page, run->y) + run->x0, BORDER_BRIGHT, (size_t)(run->x1 - run->x0));
    }
}

static void measure_page(struct border *border)
{
    int left = border->page.width, right = 0, top = border->page.height, bottom = 0;
    for (int y = 0; y < border->page.height; y++) {
        const uint8_t *row = grey_row(&border->page, y);
        for (int x = 0; x < border->page.width; x++) {
            if (row[x] != BORDER_PAGE)
                continue;
            left = x < left ? x : left;
            right = x >= right ? x + 1 : right;
            top = y < top ? y : top;
            bottom = y + 1;
        }
    }
    border->width = right > left ? right - left : 0;
    border->height = bottom > top ? bottom - top : 0;
}

struct border border_find(const struct grey *small)
{
    struct border border = {.page = grey_new(small->width, small->height)};
    for (int y = 0; y < small->height; y++)
        memset(grey_row(&border.page, y), BORDER_PAGE, (size_t)small->width);
    find_dark(small, &border.page);
    find_bright(small, &border.page);
    drop_dust(&border.page);
    measure_page(&border);
    if (border.width == 0) /* no page at all: then everything is */
        for (int y = 0; y < small->height; y++)
            memset(grey_row(&border.page, y), BORDER_PAGE, (size_t)small->width);
    return border;
}

void border_release(struct border *border)
{
    grey_release(&border->page);
}
