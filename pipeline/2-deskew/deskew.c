#include "deskew.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "background.h"
#include "base/cleanup.h"
#include "border.h"
#include "components.h"
#include "page/image.h"
#include "refine.h"
#include "rotate.h"
#include "skew.h"

/* Analysis is done on the scan reduced to about this many pixels on its long side (some 150 dpi for a
 * tabloid), the border's on a further reduction. */
#define WORK_SIDE_PIXELS 3300
#define SMALL_REDUCTION 4
/* On the reduced scan after flattening, type is darker than this … */
#define TYPE_THRESHOLD 150
/* … and its components are of this size. */
static const struct type_size TYPE_SIZE = {4, 100};

/* Resolutions outside of these are not believed, nor those that programs write when they know nothing. */
#define MIN_DPI 90
#define MAX_DPI 1300
#define DEFAULT_DPI 300

static bool believable(int dpi)
{
    return dpi >= MIN_DPI && dpi <= MAX_DPI && dpi != 96;
}

PIX *deskew_page(PIX **scan, int file_dpi, struct bi_transform *transform, struct bi_text *remarks)
{
    transform->bitonal = pixGetDepth(*scan) == 1;
    transform->scan_width = pixGetWidth(*scan);
    transform->scan_height = pixGetHeight(*scan);
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(scan);

    int longest = page.width > page.height ? page.width : page.height;
    int reduction = (int)lround((double)longest / WORK_SIDE_PIXELS);
    reduction = reduction < 1 ? 1 : reduction;
    BI_CLEANUP(grey_release) struct grey work = grey_reduce(&page, reduction);
    BI_CLEANUP(grey_release) struct grey small = grey_reduce(&work, SMALL_REDUCTION);

    BI_CLEANUP(border_release) struct border border = border_find(&small);
    BI_CLEANUP(background_release)
    struct background background = background_find(&work, reduction, &border.page);
    struct tone tone = background_tone(&background, &page);
    background_flatten(&background, tone, border.surround ? &border.page : NULL, &page);
    transform->noise = tone.noise;

    grey_release(&work);
    work = grey_reduce(&page, reduction);
    BI_CLEANUP(bi_pix_destroyp) PIX *ink = grey_threshold(&work, TYPE_THRESHOLD);
    BI_CLEANUP(components_release) struct components components;
    components_find(ink, &components);
    struct skew skew = skew_search(&components, work.width, work.height, TYPE_SIZE, false);
    BI_CLEANUP(text_lines_release) struct text_lines lines;
    text_lines_find(&components, TYPE_SIZE, tan(skew.degrees * M_PI / 180), &lines);
    struct refined refined = refine_skew(&work, &components, TYPE_SIZE, &lines);
    skew.degrees = refined.degrees;

    transform->orientation_degrees = 0;
    transform->skew_confidence = skew.confidence;
    transform->skew_degrees = skew.degrees;
    if (skew.confidence < MIN_SKEW_CONFIDENCE) {
        transform->skew_degrees = 0;
        bi_text_printf(remarks, "no lines of text to tell the skew from, left as it is\n");
    }
    transform->dpi = file_dpi;
    if (!believable(file_dpi)) {
        transform->dpi = DEFAULT_DPI;
        transform->dpi_estimated = true;
    }

    int width, height;
    rotate_matrix(transform->skew_degrees, &border.page, page.width, page.height, transform->to_scan, &width,
                  &height);
    struct grey upright = rotate_resample(&page, transform->to_scan, width, height);
    PIX *result = grey_to_pix(&upright);
    pixSetResolution(result, transform->dpi, transform->dpi);
    return result;
}
