#include "scan.h"

#include <math.h>
#include <string.h>

#include "background.h"
#include "base/cleanup.h"
#include "border.h"
#include "rotate.h"

/* From this resolution backissue-deskew analyses a newspaper page at half its size. */
#define HALF_SIZE_DPI 300

static struct grey grey_of(const struct field *page, int quality)
{
    struct grey grey = grey_new(page->width, page->height);
    for (int y = 0; y < page->height; y++)
        for (int x = 0; x < page->width; x++) {
            float value = 255 * field_row(page, y)[x] + 0.5f;
            grey_row(&grey, y)[x] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
        }
    if (!quality)
        return grey;
    PIX *pix = grey_to_pix(&grey);
    l_uint8 *bytes = NULL;
    size_t size = 0;
    PIX *again = pixWriteMemJpeg(&bytes, &size, pix, quality, 0) == 0
                     ? pixReadMemJpeg(bytes, size, 0, 1, NULL, 0)
                     : NULL;
    lept_free(bytes);
    if (again)
        pixDestroy(&pix);
    else
        again = pix;
    return grey_from_pix(&again);
}

struct plane scan_upright(const struct field *page, int quality, int dpi, double degrees, double *noise)
{
    struct grey grey = grey_of(page, quality);
    int reduction = dpi >= HALF_SIZE_DPI ? 2 : 1;
    struct grey work = grey_reduce(&grey, reduction), mask = grey_new(work.width, work.height);
    for (int y = 0; y < mask.height; y++)
        memset(grey_row(&mask, y), BORDER_PAGE, (size_t)mask.width);
    struct background background = background_find(&work, reduction, &mask);
    struct tone tone = background_tone(&background, &grey);
    background_flatten(&background, tone, &mask, &grey);
    *noise = tone.noise;
    background_release(&background);
    grey_release(&work);
    grey_release(&mask);

    if (degrees != 0) { /* about the centre, where the block was turned */
        double c = cos(degrees * M_PI / 180), s = sin(degrees * M_PI / 180), x = grey.width / 2.0,
               y = grey.height / 2.0;
        double matrix[6] = {c, -s, x - c * x + s * y, s, c, y - s * x - c * y};
        struct grey level = rotate_resample(&grey, &(struct bi_bend){0}, matrix, grey.width, grey.height);
        grey_release(&grey);
        grey = level;
    }
    struct plane plane = plane_new(grey.width, grey.height);
    for (int y = 0; y < grey.height; y++)
        memcpy(plane_row(&plane, y), grey_row(&grey, y), (size_t)grey.width);
    grey_release(&grey);
    return plane;
}
