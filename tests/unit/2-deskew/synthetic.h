/* Pages to find angles on: columns of made-up characters, strokes across and standing in squares, with marks
 * of punctuation at the foot. Random, but the same every time. */
#ifndef TESTS_SYNTHETIC_H
#define TESTS_SYNTHETIC_H

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define RADIANS (M_PI / 180.0)

static inline int synthetic_random(uint32_t *seed, int below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (int)((*seed >> 8) % (uint32_t)below);
}

static inline void synthetic_box(PIX *page, int x, int y, int w, int h, int grey)
{
    BOX *box = boxCreate(x, y, w, h);
    pixSetInRectArbitrary(page, box, (l_uint32)grey);
    boxDestroy(&box);
}

/* A square of `size` pixels: strokes, joined by one that stands; or a mark at the foot, on the left. */
static inline void synthetic_character(PIX *page, int x, int y, int size, bool mark, uint32_t *seed)
{
    int thick = size / 12 + 1, inner = size - size / 8;
    if (mark) {
        synthetic_box(page, x + 2, y + inner - size / 4, size / 5, size / 4, 20);
        return;
    }
    int strokes = 2 + synthetic_random(seed, 3);
    for (int i = 0; i < strokes; i++) {
        int left = synthetic_random(seed, size / 4);
        synthetic_box(page, x + left, y + i * (inner - thick) / (strokes - 1),
                      inner - left - synthetic_random(seed, size / 4), thick, 20);
    }
    synthetic_box(page, x + size / 4 + synthetic_random(seed, size / 3), y, thick, inner, 20);
}

/* Type in columns of 14 characters, each beginning at a height of its own; every 12th character a mark. */
static inline void synthetic_text(PIX *page, int x0, int y0, int x1, int y1, int size, uint32_t seed)
{
    int pitch = size * 4 / 3, width = 14 * size;
    for (int x = x0; x + width <= x1; x += width + size) {
        for (int y = y0 + synthetic_random(&seed, pitch); y + size <= y1; y += pitch) {
            int count = synthetic_random(&seed, 6) ? 14 : 3 + synthetic_random(&seed, 8);
            for (int k = 0; k < count; k++)
                synthetic_character(page, x + k * size, y, size, synthetic_random(&seed, 12) == 0, &seed);
        }
    }
}

/* A portrait page of some 200 dpi, nothing but text on paper of grey 230. */
static inline PIX *synthetic_page(void)
{
    PIX *page = pixCreate(1400, 1900, 8);
    pixSetAllGray(page, 230);
    synthetic_text(page, 120, 150, 1300, 1780, 26, 7);
    pixSetResolution(page, 200, 200);
    return page;
}

/* Turned so that lines rise to the right by `degrees`; page is destroyed. */
static inline PIX *synthetic_skewed(PIX *page, double degrees, int surround)
{
    int reach = (int)(0.5 * 1900 * sin(fabs(degrees) * RADIANS)) + 60;
    PIX *framed = pixAddBorder(page, reach, (l_uint32)surround);
    PIX *turned = pixRotateAMGray(framed, (l_float32)(-degrees * RADIANS), (l_uint8)surround);
    pixSetResolution(turned, 200, 200);
    pixDestroy(&page);
    pixDestroy(&framed);
    return turned;
}

#endif
