#include "plate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_RADIUS 24
#define EDGE_GAIN 2.2   /* how much harder than the blur an edge of ink is */
#define UNEVEN_INK 0.06 /* of the threshold, over the page */

void plate_init(struct plate *plate, int width, int height)
{
    *plate = (struct plate){width, height, bi_xcalloc((size_t)width, (size_t)height)};
}

void plate_from_sheet(struct plate *plate, const struct sheet *sheet)
{
    plate_init(plate, sheet->width, sheet->height);
    cairo_surface_flush(sheet->surface);
    const unsigned char *data = cairo_image_surface_get_data(sheet->surface);
    int stride = cairo_image_surface_get_stride(sheet->surface);
    for (int y = 0; y < sheet->height; y++)
        memcpy(plate->data + (long)y * plate->width, data + (long)y * stride, (size_t)plate->width);
}

void plate_release(struct plate *plate)
{
    free(plate->data);
    plate->data = NULL;
}

double plate_at(const struct plate *plate, double x, double y)
{
    int ix = (int)floor(x), iy = (int)floor(y);
    double fx = x - ix, fy = y - iy;
    if (ix < 0 || iy < 0 || ix + 1 >= plate->width || iy + 1 >= plate->height)
        return 0;
    const unsigned char *p = plate->data + (long)iy * plate->width + ix;
    return (p[0] * (1 - fx) + p[1] * fx) * (1 - fy) +
           (p[plate->width] * (1 - fx) + p[plate->width + 1] * fx) * fy;
}

void plate_blur(struct plate *plate, double sigma)
{
    int radius = (int)ceil(2.5 * sigma), weights[2 * MOST_RADIUS + 1], total = 0;
    if (radius < 1)
        return;
    if (radius > MOST_RADIUS)
        radius = MOST_RADIUS;
    for (int k = -radius; k <= radius; k++)
        total += weights[k + radius] = (int)lround(4096 * exp(-k * k / (2 * sigma * sigma)));
    long longer = plate->width > plate->height ? plate->width : plate->height;
    unsigned char *row = bi_xcalloc((size_t)longer, 1);
    for (int y = 0; y < plate->height; y++) {
        unsigned char *line = plate->data + (long)y * plate->width;
        memcpy(row, line, (size_t)plate->width);
        for (int x = 0; x < plate->width; x++) {
            int sum = total / 2;
            for (int k = -radius; k <= radius; k++) {
                int at = x + k < 0 ? 0 : x + k >= plate->width ? plate->width - 1 : x + k;
                sum += weights[k + radius] * row[at];
            }
            line[x] = (unsigned char)(sum / total);
        }
    }
    /* Down the page in strips of columns, so that the rows stay in the cache. */
    enum { STRIP = 64 };
    unsigned char *strip = bi_xcalloc((size_t)plate->height, STRIP);
    for (int x0 = 0; x0 < plate->width; x0 += STRIP) {
        int w = plate->width - x0 < STRIP ? plate->width - x0 : STRIP;
        for (int y = 0; y < plate->height; y++)
            memcpy(strip + (long)y * STRIP, plate->data + (long)y * plate->width + x0, (size_t)w);
        for (int y = 0; y < plate->height; y++) {
            int sums[STRIP];
            for (int x = 0; x < w; x++)
                sums[x] = total / 2;
            for (int k = -radius; k <= radius; k++) {
                int at = y + k < 0 ? 0 : y + k >= plate->height ? plate->height - 1 : y + k;
                for (int x = 0; x < w; x++)
                    sums[x] += weights[k + radius] * strip[(long)at * STRIP + x];
            }
            for (int x = 0; x < w; x++)
                plate->data[(long)y * plate->width + x0 + x] = (unsigned char)(sums[x] / total);
        }
    }
    free(strip);
    free(row);
}

void plate_threshold(struct plate *plate, double at, struct chance *chance)
{
    double phase = 6 * chance_share(chance);
    for (int y = 0; y < plate->height; y++)
        for (int x = 0; x < plate->width; x++) {
            unsigned char *p = &plate->data[(long)y * plate->width + x];
            if (*p == 0)
                continue;
            double uneven = UNEVEN_INK * sin(7.0 * x / plate->width + 9.0 * y / plate->height + phase);
            double ink = (*p / 255.0 - at - uneven) * EDGE_GAIN + 0.5;
            *p = (unsigned char)lround(255 * fmin(fmax(ink, 0), 1));
        }
}
