#include "grey.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Out of memory ends the process, as everywhere below main (base/arena.h). */
static PIX *need(PIX *pix)
{
    if (!pix)
        abort();
    return pix;
}

static struct grey grey_wrap(PIX *pix)
{
    pixEndianByteSwap(pix);
    return (struct grey){pixGetWidth(pix), pixGetHeight(pix), (size_t)pixGetWpl(pix) * 4,
                         (uint8_t *)pixGetData(pix), pix};
}

struct grey grey_new(int width, int height)
{
    return grey_wrap(need(pixCreate(width, height, 8)));
}

struct grey grey_from_pix(PIX **pix)
{
    PIX *own = *pix;
    if (pixGetDepth(own) != 8 || pixGetColormap(own)) {
        own = need(pixConvertTo8(own, FALSE));
        pixDestroy(pix);
    }
    *pix = NULL;
    return grey_wrap(own);
}

PIX *grey_to_pix(struct grey *grey)
{
    PIX *pix = grey->pix;
    pixEndianByteSwap(pix);
    *grey = (struct grey){0};
    return pix;
}

void grey_release(struct grey *grey)
{
    pixDestroy(&grey->pix);
    *grey = (struct grey){0};
}

struct grey grey_reduce(const struct grey *grey, int factor)
{
    int width = (grey->width + factor - 1) / factor, height = (grey->height + factor - 1) / factor;
    struct grey reduced = grey_new(width, height);
    uint32_t *column = bi_xcalloc((size_t)grey->width, sizeof *column);
    for (int y = 0; y < height; y++) {
        int top = y * factor, bottom = top + factor < grey->height ? top + factor : grey->height;
        memset(column, 0, (size_t)grey->width * sizeof *column);
        for (int from = top; from < bottom; from++) {
            const uint8_t *row = grey_row(grey, from);
            for (int x = 0; x < grey->width; x++)
                column[x] += row[x];
        }
        uint8_t *out = grey_row(&reduced, y);
        for (int x = 0; x < width; x++) {
            int left = x * factor, right = left + factor < grey->width ? left + factor : grey->width;
            uint32_t sum = 0, count = (uint32_t)((right - left) * (bottom - top));
            for (int from = left; from < right; from++)
                sum += column[from];
            out[x] = (uint8_t)((sum + count / 2) / count);
        }
    }
    free(column);
    return reduced;
}

double grey_deviation(const struct grey *grey)
{
    int64_t sum = 0, squares = 0;
    for (int y = 0; y < grey->height; y++) {
        const uint8_t *row = grey_row(grey, y);
        for (int x = 0; x < grey->width; x++) {
            sum += row[x];
            squares += row[x] * row[x];
        }
    }
    double count = (double)grey->width * grey->height, mean = (double)sum / count;
    return sqrt(fmax((double)squares / count - mean * mean, 0));
}

PIX *grey_threshold(const struct grey *grey, uint8_t threshold)
{
    PIX *pix = need(pixCreate(grey->width, grey->height, 1));
    int words = pixGetWpl(pix);
    for (int y = 0; y < grey->height; y++) {
        const uint8_t *row = grey_row(grey, y);
        l_uint32 *line = pixGetData(pix) + (size_t)y * (size_t)words;
        for (int w = 0; w < words; w++) {
            l_uint32 bits = 0;
            int x = w * 32, end = x + 32 < grey->width ? 32 : grey->width - x;
            for (int i = 0; i < end; i++)
                bits |= (l_uint32)(row[x + i] < threshold) << (31 - i);
            line[w] = bits;
        }
    }
    return pix;
}
