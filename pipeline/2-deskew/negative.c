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
    if ((double)bright > BRIGHT_SHARE * (double)all)
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
