#include "negative.h"

#include "base/cleanup.h"
#include "components.h"
#include "page/image.h"

/* Bright is what is nearer to the lightest than to the darkest pixels, these shares of all left out. */
#define OUTLIER_SHARE 0.02
/* A positive has more bright pixels than this. */
#define BRIGHT_SHARE 0.3
/* So many pieces are of the size of type, and have this share of what is bright. */
#define LEAST_TYPE 200
#define TYPE_SHARE 0.1
/* Less contrast than this many grey levels is a blank scan. */
#define LEAST_CONTRAST 30
/* Squares of so many pixels (an em or so of body type) are asked whether ink or paper is the darker; those
 * that deviate by less than this share of the contrast hold no type. */
#define SQUARE_PIXELS 24
#define TYPE_DEVIATION_SHARE 0.08

/* Where there is type, ink is the lesser part of a small square: light ink on dark paper leaves the grey
 * values a tail to the light side, also where a shadow or faded ink puts both on one side of any threshold
 * for the whole page. True if that is so in most squares with type. */
static bool ink_is_light(const struct grey *work, int contrast)
{
    const double least = TYPE_DEVIATION_SHARE * contrast, count = SQUARE_PIXELS * SQUARE_PIXELS;
    size_t light = 0, dark = 0;
    for (int top = 0; top + SQUARE_PIXELS <= work->height; top += SQUARE_PIXELS)
        for (int left = 0; left + SQUARE_PIXELS <= work->width; left += SQUARE_PIXELS) {
            double sum = 0, squares = 0, cubes = 0;
            for (int y = top; y < top + SQUARE_PIXELS; y++)
                for (int x = left; x < left + SQUARE_PIXELS; x++) {
                    double value = grey_row(work, y)[x];
                    sum += value;
                    squares += value * value;
                    cubes += value * value * value;
                }
            double mean = sum / count, variance = squares / count - mean * mean;
            if (variance < least * least)
                continue;
            double third = cubes / count - 3 * mean * squares / count + 2 * mean * mean * mean;
            light += third > 0;
            dark += third < 0;
        }
    return light > dark;
}

bool negative_is(const struct grey *work, struct type_size type)
{
    size_t histogram[256] = {0}, all = (size_t)work->width * (size_t)work->height, sum = 0;
    for (int y = 0; y < work->height; y++)
        for (int x = 0; x < work->width; x++)
            histogram[grey_row(work, y)[x]]++;
    int darkest = 0, lightest = 255;
    while (darkest < 255 && (sum += histogram[darkest]) <= (size_t)(OUTLIER_SHARE * (double)all))
        darkest++;
    sum = 0;
    while (lightest > 0 && (sum += histogram[lightest]) <= (size_t)(OUTLIER_SHARE * (double)all))
        lightest--;
    if (lightest - darkest < LEAST_CONTRAST)
        return false;
    int middle = (darkest + lightest) / 2;
    size_t bright = 0;
    for (int v = middle; v < 256; v++)
        bright += histogram[v];
    if ((double)bright > BRIGHT_SHARE * (double)all || !ink_is_light(work, lightest - darkest))
        return false;
    BI_CLEANUP(bi_pix_destroyp) PIX *dark = grey_threshold(work, (uint8_t)middle);
    BI_CLEANUP(bi_pix_destroyp) PIX *light = pixInvert(NULL, dark);
    BI_CLEANUP(components_release) struct components components = {0};
    components_find(light, &components);
    size_t pieces = 0, area = 0;
    for (size_t i = 0; i < components.count; i++) {
        if (!type_is(&components.items[i], type))
            continue;
        pieces++;
        area += (size_t)components.items[i].area;
    }
    return pieces >= LEAST_TYPE && (double)area >= TYPE_SHARE * (double)bright;
}

void negative_invert(struct grey *grey)
{
    for (int y = 0; y < grey->height; y++) {
        uint8_t *row = grey_row(grey, y);
        for (int x = 0; x < grey->width; x++)
            row[x] = (uint8_t)(255 - row[x]);
    }
}
