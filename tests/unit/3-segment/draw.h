/* Synthetic pages for the segment tests: characters are drawn as figures of strokes, as large as a character
 * is, so that a page has columns, headlines and pictures and the truth about them is known. */
#ifndef TEST_SEGMENT_DRAW_H
#define TEST_SEGMENT_DRAW_H

#include <leptonica/allheaders.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment.h"

enum { EM = 40, PITCH = 56 };

static inline PIX *draw_page(int width, int height)
{
    PIX *pix = pixCreate(width, height, 8);
    assert_non_null(pix);
    pixSetAllArbitrary(pix, 255);
    return pix;
}

static inline void draw_box(PIX *pix, int x, int y, int w, int h, int value)
{
    for (int i = y; i < y + h; i++)
        for (int k = x; k < x + w; k++)
            pixSetPixel(pix, k, i, (l_uint32)value);
}

/* A figure like 田 with its corners open, em pixels wide with the white that type leaves round it. */
static inline void draw_character(PIX *pix, int x, int y, int em, int value)
{
    const int margin = em / 20 + 1, size = em - 2 * margin, stroke = em / 12 + 1;
    x += margin;
    y += margin;
    draw_box(pix, x, y, size, stroke, value);
    draw_box(pix, x, y + size - stroke, size, stroke, value);
    draw_box(pix, x + size / 2, y, stroke, size, value);
    draw_box(pix, x, y + size / 2, size, stroke, value);
    draw_box(pix, x, y, stroke, size, value);
}

static inline void draw_line(PIX *pix, int x, int y, int em, int count)
{
    for (int i = 0; i < count; i++)
        draw_character(pix, x + i * em, y, em, 0);
}

/* Lines of body type; every sixth is a paragraph's short last one, and the next is indented. */
static inline void draw_column(PIX *pix, int x, int y, int characters, int lines)
{
    for (int i = 0; i < lines; i++) {
        const int indent = i % 6 == 0 ? 2 : 0, cut = i % 6 == 5 ? characters / 2 : 0;
        draw_line(pix, x + indent * EM, y + i * PITCH, EM, characters - indent - cut);
    }
}

static inline void draw_frame(PIX *pix, int x, int y, int w, int h)
{
    draw_box(pix, x, y, w, 4, 0);
    draw_box(pix, x, y + h - 4, w, 4, 0);
    draw_box(pix, x, y, 4, h, 0);
    draw_box(pix, x + w - 4, y, 4, h, 0);
}

/* Grey that varies, as a photograph. */
static inline void draw_picture(PIX *pix, int x, int y, int w, int h)
{
    for (int i = 0; i < h; i++)
        for (int k = 0; k < w; k++)
            pixSetPixel(pix, x + k, y + i, (l_uint32)(90 + (k / 7 + i / 5) % 60));
}

/* Analyses a page with grain of the given strength and destroys the image; the page is emitted too. */
static inline void analyse_wished(PIX *pix, double noise, struct seg_wishes wishes, struct seg_layout *layout,
                                  struct bi_page *page)
{
    struct bi_error err = {0};
    assert_int_equal(seg_analyse(pix, noise, &wishes, layout, &err), 0);
    bi_page_init(page);
    seg_emit(layout, pixGetWidth(pix), pixGetHeight(pix), page);
    pixDestroy(&pix);
}

/* The same with nothing said of it. */
static inline void analyse_grainy(PIX *pix, double noise, struct seg_layout *layout, struct bi_page *page)
{
    analyse_wished(pix, noise, (struct seg_wishes){0}, layout, page);
}

/* The same for a clean page. */
static inline void analyse(PIX *pix, struct seg_layout *layout, struct bi_page *page)
{
    analyse_grainy(pix, 0, layout, page);
}

static inline struct bi_box region_box(const struct bi_page *page, size_t region)
{
    return bi_polygon_box(&page->regions[region].outline);
}

/* Index of the text region whose box matches, -1 if there is none: found means IoU over 0.6. */
static inline int find_text(const struct bi_page *page, int x, int y, int w, int h)
{
    const struct bi_box wanted = {x, y, w, h};
    for (size_t i = 0; i < page->region_count; i++)
        if (page->regions[i].kind == BI_REGION_TEXT && bi_box_iou(region_box(page, i), wanted) > 0.6)
            return (int)i;
    return -1;
}

static inline int count_kind(const struct bi_page *page, enum bi_region_kind kind)
{
    int count = 0;
    for (size_t i = 0; i < page->region_count; i++)
        count += page->regions[i].kind == kind;
    return count;
}

#endif
