/* Lays two pages side by side, as a scanner that takes whole sheets delivers them.
 *
 *     issue-spread LEFT RIGHT OUT.tif [TILT]
 *
 * Two bitonal pages on one bitonal scan. With TILT, in degrees counter-clockwise: a grey scan of an open
 * newspaper that lies askew on the black bed of the scanner, with the fold's shadow in the gutter.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "page/image.h"

#define BED_PIXELS 150
#define BED_GREY 25
#define PAPER_GREY 232
#define INK_GREY 35
/* The fold is darkest in its middle, by this share, and so many pixels on it is almost over. */
#define SHADOW_SHARE 0.55
#define SHADOW_PIXELS 90.0

__attribute__((noreturn)) static void fail(const char *what, const char *why)
{
    fprintf(stderr, "issue-spread: %s: %s\n", what, why);
    exit(2);
}

static PIX *read_page(const char *path)
{
    struct bi_error err;
    PIX *page;
    if (bi_image_read(path, 0, &page, &err) != 0)
        fail("left or right page", err.text);
    if (pixGetDepth(page) != 1)
        fail(path, "is not bitonal");
    return page;
}

static PIX *lay_side_by_side(PIX *left, PIX *right)
{
    int width = pixGetWidth(left), height = pixGetHeight(left), other = pixGetHeight(right);
    PIX *sheet = pixCreate(width + pixGetWidth(right), height > other ? height : other, 1);
    pixRasterop(sheet, 0, 0, width, height, PIX_SRC, left, 0, 0);
    pixRasterop(sheet, width, 0, pixGetWidth(right), other, PIX_SRC, right, 0, 0);
    pixCopyResolution(sheet, left);
    return sheet;
}

static PIX *lay_on_bed(PIX *sheet, int fold, double tilt)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *grey = pixConvert1To8(NULL, sheet, PAPER_GREY, INK_GREY);
    for (int x = 0; x < pixGetWidth(grey); x++) {
        double distance = (x - fold) / SHADOW_PIXELS, light = 1 - SHADOW_SHARE * exp(-distance * distance);
        if (light > 0.99)
            continue;
        for (int y = 0; y < pixGetHeight(grey); y++) {
            l_uint32 value;
            pixGetPixel(grey, x, y, &value);
            pixSetPixel(grey, x, y, (l_uint32)(value * light));
        }
    }
    BI_CLEANUP(bi_pix_destroyp) PIX *bed = pixAddBorder(grey, BED_PIXELS, BED_GREY);
    PIX *turned = pixRotateAMGray(bed, (l_float32)(-tilt * M_PI / 180), BED_GREY);
    pixCopyResolution(turned, sheet);
    return turned;
}

int main(int argc, char **argv)
{
    if (argc != 4 && argc != 5) {
        fprintf(stderr, "usage: issue-spread LEFT RIGHT OUT.tif [TILT]\n");
        return 2;
    }
    BI_CLEANUP(bi_pix_destroyp) PIX *left = read_page(argv[1]);
    BI_CLEANUP(bi_pix_destroyp) PIX *right = read_page(argv[2]);
    PIX *sheet = lay_side_by_side(left, right);
    if (argc == 5) {
        PIX *scan = lay_on_bed(sheet, pixGetWidth(left), strtod(argv[4], NULL));
        pixDestroy(&sheet);
        sheet = scan;
    }
    struct bi_error err;
    int written = bi_image_write_tiff(argv[3], sheet, &err);
    pixDestroy(&sheet);
    if (written != 0)
        fail("output", err.text);
    return 0;
}
