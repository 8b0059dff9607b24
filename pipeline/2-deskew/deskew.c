#include "deskew.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "background.h"
#include "base/cleanup.h"
#include "border.h"
#include "components.h"
#include "crease.h"
#include "curl.h"
#include "negative.h"
#include "orientation.h"
#include "page/image.h"
#include "refine.h"
#include "resolution.h"
#include "rotate.h"
#include "skew.h"
#include "specks.h"
#include "through.h"

/* Analysis is done on the scan reduced to about this many pixels on its long side (some 150 dpi for a
 * tabloid), the border's on a further reduction. */
#define WORK_SIDE_PIXELS 3300
#define SMALL_REDUCTION 4
/* On the reduced scan after flattening, type is darker than this (thin strokes are light there) … */
#define TYPE_THRESHOLD 195
/* … and its components are of this size. */
static const struct type_size TYPE_SIZE = {4, 100};
/* Lines run down the page if its columns are so many times sharper than its rows. */
#define SIDEWAYS_SHARE 1.1
/* … unless its rows are blurred because they bend; by so much more than the first search may err. */
#define BLURRING_SLOPE 0.02
/* A page this many times as wide as high lies on its side if its lines do. */
#define LANDSCAPE_SHARE 1.05
/* Type is read as well at this resolution as at a finer one, which costs more; a finer scan is reduced by a
 * whole number so that it keeps at least this. */
#define ENOUGH_DPI 250
/* Body type of newspapers, by which the resolution was checked. */
#define BODY_POINTS 9.5
/* A page is blank if its scan is nearly all of one tone: standard deviation of the reduced scan. */
#define BLANK_DEVIATION 1.0

/* What the text of a page tells, whichever way it runs. */
struct reading {
    struct skew skew;
    struct line_pitch pitch; /* in pixels of the scan */
    bool sideways;           /* lines run down the scan */
    enum upside upside;      /* … after a turn by 90° clockwise, if sideways */
    struct curl curl;        /* … after that turn, in pixels of the reduced scan */
};

static PIX *find_ink(const struct grey *work, struct components *components)
{
    PIX *ink = grey_threshold(work, TYPE_THRESHOLD);
    components_find(ink, components);
    return ink;
}

/* work: flattened and reduced; it is turned if lines run down. wished_skew: NAN, or what is taken for the
 * skew. */
static struct reading read_text(struct grey *work, int reduction, double wished_skew)
{
    struct reading reading = {.upside = UPSIDE_UNKNOWN};
    BI_CLEANUP(components_release) struct components components;
    PIX *ink = find_ink(work, &components);
    pixDestroy(&ink);
    reading.skew = skew_search(&components, work->width, work->height, TYPE_SIZE, false);
    struct skew down = skew_search(&components, work->width, work->height, TYPE_SIZE, true);
    reading.sideways = down.energy > SIDEWAYS_SHARE * reading.skew.energy;
    if (reading.sideways && reading.skew.confidence >= MIN_SKEW_CONFIDENCE) {
        struct curl curl = curl_find(&components, TYPE_SIZE, reading.skew.degrees);
        reading.sideways = !curl.trusted || curl.slope < BLURRING_SLOPE;
    }
    if (reading.sideways) {
        components_release(&components);
        *work = rotate_quarters(work, 90);
        ink = find_ink(work, &components);
        pixDestroy(&ink);
        reading.skew = skew_search(&components, work->width, work->height, TYPE_SIZE, false);
    }
    if (!isnan(wished_skew)) {
        reading.skew.degrees = wished_skew;
        reading.skew.confidence = 1;
    }
    if (reading.skew.confidence < MIN_SKEW_CONFIDENCE)
        return reading;

    BI_CLEANUP(text_lines_release) struct text_lines lines;
    if (isnan(wished_skew)) {
        text_lines_find(&components, TYPE_SIZE, tan(reading.skew.degrees * M_PI / 180), &lines);
        reading.skew.degrees = refine_skew(work, &components, TYPE_SIZE, &lines).degrees;
        text_lines_release(&lines);
    }
    text_lines_find(&components, TYPE_SIZE, tan(reading.skew.degrees * M_PI / 180), &lines);
    reading.upside =
        orientation_upside(orientation_count_marks(&components, &lines), orientation_count_indents(&lines));
    reading.pitch = resolution_pitch(&lines);
    reading.pitch.pixels *= reduction;
    reading.curl = curl_find(&components, TYPE_SIZE, reading.skew.degrees);
    return reading;
}

/* The turn that sets the page upright. A portrait page whose lines run down is one of vertical setting. */
static int choose_turn(const struct reading *reading, const struct border *border, struct bi_text *remarks)
{
    if (reading->skew.confidence < MIN_SKEW_CONFIDENCE)
        return 0;
    bool landscape = border->width > LANDSCAPE_SHARE * border->height;
    if (reading->sideways && !landscape)
        return 0;
    if (reading->upside == UPSIDE_UNKNOWN)
        bi_text_printf(remarks, "too few marks to tell which way up the page is, %s\n",
                       reading->sideways ? "turned so that its lines lie level" : "left as it is");
    if (reading->sideways)
        return reading->upside == UPSIDE_DOWN ? 270 : 90;
    return reading->upside == UPSIDE_DOWN ? 180 : 0;
}

static void choose_resolution(int file_dpi, const struct deskew_wishes *wishes, const struct reading *reading,
                              struct bi_transform *transform, struct bi_text *remarks)
{
    if (wishes->dpi) {
        transform->dpi = wishes->dpi;
        return;
    }
    int longest =
        transform->scan_width > transform->scan_height ? transform->scan_width : transform->scan_height;
    struct resolution resolution = resolution_choose(file_dpi, reading->pitch, longest);
    transform->dpi = resolution.dpi;
    transform->dpi_estimated = resolution.estimated;
    if (resolution.contradicted)
        bi_text_printf(remarks, "says %d dpi, but by its type it has %d\n", file_dpi, resolution.dpi);
    else if (resolution.estimated)
        bi_text_printf(remarks, "no believable resolution (%d dpi), taken as %d dpi by %s\n", file_dpi,
                       resolution.dpi, reading->pitch.pairs ? "its type" : "its size");
}

/* How many times smaller the upright page is to be: fine scans are reduced to what reading needs, and any to
 * what the stages after this one take. */
static int choose_reduction(const struct bi_transform *transform, const struct grey *page,
                            const struct grey *mask)
{
    int factor = transform->dpi / ENOUGH_DPI > 1 ? transform->dpi / ENOUGH_DPI : 1;
    for (;; factor++) {
        double matrix[6];
        int width, height;
        rotate_matrix(transform->skew_degrees, mask, page->width / factor, page->height / factor, matrix,
                      &width, &height);
        if (width < BI_IMAGE_MAX_SIDE - 1 && height < BI_IMAGE_MAX_SIDE - 1 &&
            (long)(width + 1) * (height + 1) <= BI_IMAGE_MAX_PIXELS)
            return factor;
    }
}

/* Smaller by `factor`; the grain averages out by as much. */
static void reduce_page(struct grey *page, int factor, struct bi_transform *transform)
{
    if (factor == 1)
        return;
    struct grey smaller = grey_reduce(page, factor);
    grey_release(page);
    *page = smaller;
    transform->dpi = (int)lround((double)transform->dpi / factor);
    transform->noise /= factor;
}

/* The page with its paper divided out, in place; work is then the reduction of that. */
static struct border flatten(struct grey *page, struct grey *work, int reduction,
                             struct bi_transform *transform)
{
    BI_CLEANUP(grey_release) struct grey small = grey_reduce(work, SMALL_REDUCTION);
    struct border border = border_find(&small);
    if (crease_flatten(work, reduction, &border.page, transform->bitonal, page)) {
        grey_release(work);
        *work = grey_reduce(page, reduction);
        grey_release(&small);
        small = grey_reduce(work, SMALL_REDUCTION);
        border_release(&border);
        border = border_find(&small);
    }
    BI_CLEANUP(background_release)
    struct background background = background_find(work, reduction, &border.page);
    struct tone tone = background_tone(&background, page);
    background_flatten(&background, tone, &border.page, page);
    transform->noise = tone.noise;
    grey_release(work);
    *work = grey_reduce(page, reduction);
    return border;
}

/* Leads from pixels of the upright page to those of the reduced scan that its text was read on, given the map
 * to the page that was turned, which had width × height pixels, and then reduced by `factor`. */
static void find_way_to_work(const struct bi_transform *transform, const struct reading *reading, int width,
                             int height, int factor, int reduction, double matrix[6])
{
    memcpy(matrix, transform->to_scan, sizeof transform->to_scan);
    rotate_scale_matrix(matrix, factor);
    if (transform->orientation_degrees != (reading->sideways ? 90 : 0))
        rotate_quarters_matrix(matrix, 180, width, height);
    matrix[2] -= 0.5 * (reduction - 1);
    matrix[5] -= 0.5 * (reduction - 1);
    for (int k = 0; k < 6; k++)
        matrix[k] /= reduction;
}

/* Records how lines bend. If the model of it is to be believed, it goes into the transform, and the upright
 * page grows by what bends out of it. */
static void choose_bend(const struct curl *curl, const double to_work[6], struct bi_arena *arena,
                        struct bi_transform *transform, int width, int *height, struct bi_text *remarks)
{
    transform->curl_pixels = curl->pixels / hypot(to_work[0], to_work[3]);
    transform->curl_slope = curl->slope;
    transform->curl_confidence = curl->confidence;
    if (curl->bent && !curl->trusted)
        bi_text_printf(remarks,
                       "lines bend by up to %.0f pixels, in no way that can be told: left as they are\n",
                       transform->curl_pixels);
    if (!curl->trusted)
        return;
    int above;
    curl_bend(curl, to_work, width, height, &above, arena, &transform->bend);
    transform->to_scan[2] -= above * transform->to_scan[1];
    transform->to_scan[5] -= above * transform->to_scan[4];
}

static void clear_through(struct grey *page, int dpi, struct bi_text *remarks)
{
    if (through_remove(page, BODY_POINTS / 72 * dpi) == THROUGH_KEPT)
        bi_text_printf(remarks, "much grey that cannot be told from pale type, left as it is\n");
}

/* Nothing to be seen: passed through as it is. */
static PIX *pass_blank(struct grey *page, struct bi_transform *transform)
{
    static const double same[6] = {1, 0, 0, 0, 1, 0};
    for (int i = 0; i < 6; i++)
        transform->to_scan[i] = same[i];
    return grey_to_pix(page);
}

PIX *deskew_page(PIX **scan, int file_dpi, const struct deskew_wishes *wishes, struct bi_arena *arena,
                 struct bi_transform *transform, struct bi_text *remarks)
{
    transform->bitonal = pixGetDepth(*scan) == 1;
    transform->scan_width = pixGetWidth(*scan);
    transform->scan_height = pixGetHeight(*scan);
    BI_CLEANUP(grey_release) struct grey page = grey_from_pix(scan);

    int longest = page.width > page.height ? page.width : page.height;
    int reduction = (int)lround((double)longest / WORK_SIDE_PIXELS);
    reduction = reduction < 1 ? 1 : reduction;
    BI_CLEANUP(grey_release) struct grey work = grey_reduce(&page, reduction);
    struct reading reading = {.upside = UPSIDE_UNKNOWN};
    PIX *result;
    if (grey_deviation(&work) < BLANK_DEVIATION) {
        bi_text_printf(remarks, "is blank, left as it is\n");
        BI_CLEANUP(bi_text_release) struct bi_text unsaid = {0};
        choose_resolution(file_dpi, wishes, &reading, transform, &unsaid);
        result = pass_blank(&page, transform);
    } else {
        if (negative_is(&work, TYPE_SIZE)) {
            bi_text_printf(remarks, "is white on black, inverted\n");
            transform->inverted = true;
            negative_invert(&page);
            negative_invert(&work);
        }
        BI_CLEANUP(border_release) struct border border = flatten(&page, &work, reduction, transform);
        reading = read_text(&work, reduction, wishes->skew);
        grey_release(&work);
        if (reading.skew.confidence < MIN_SKEW_CONFIDENCE) {
            reading.skew.degrees = 0;
            bi_text_printf(remarks, "no lines of text to tell the skew from, left as it is\n");
        }
        transform->skew_degrees = reading.skew.degrees;
        transform->skew_confidence = reading.skew.confidence;
        bool turned = wishes->rotate >= 0;
        transform->orientation_degrees = turned ? wishes->rotate : choose_turn(&reading, &border, remarks);
        transform->orientation_unsure = !turned && reading.upside == UPSIDE_UNKNOWN;
        choose_resolution(file_dpi, wishes, &reading, transform, remarks);

        int factor = choose_reduction(transform, &page, &border.page);
        reduce_page(&page, factor, transform);
        if (!transform->bitonal)
            clear_through(&page, transform->dpi, remarks);
        specks_remove(&page, BODY_POINTS / 72 * transform->dpi);
        int page_width = page.width, page_height = page.height;
        bool side = transform->orientation_degrees % 180 != 0;
        int full_width = side ? transform->scan_height : transform->scan_width;
        int full_height = side ? transform->scan_width : transform->scan_height;
        page = rotate_quarters(&page, transform->orientation_degrees);
        border.page = rotate_quarters(&border.page, transform->orientation_degrees);
        int width, height;
        rotate_matrix(transform->skew_degrees, &border.page, page.width, page.height, transform->to_scan,
                      &width, &height);
        if (side == reading.sideways && !wishes->keep_bend) {
            double to_work[6];
            find_way_to_work(transform, &reading, full_width, full_height, factor, reduction, to_work);
            choose_bend(&reading.curl, to_work, arena, transform, width, &height, remarks);
        }
        struct grey upright = rotate_resample(&page, &transform->bend, transform->to_scan, width, height);
        rotate_quarters_matrix(transform->to_scan, transform->orientation_degrees, page_width, page_height);
        rotate_scale_matrix(transform->to_scan, factor);
        result = grey_to_pix(&upright);
    }
    pixSetResolution(result, transform->dpi, transform->dpi);
    return result;
}
