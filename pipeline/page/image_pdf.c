/* PDF: the pages of a file as images.
 *
 * A page that is one scan is that scan's own pixels, taken out of the file as they are. Whether it is one
 * cannot be told from the list of its images alone: text or drawings may lie over it. So the page is also
 * drawn small and compared with the image, which tells too how the image is turned. Every other page is
 * drawn: at the resolution of the scans on it if they fill it (strips, or the layers of a compressed scan),
 * else at one that suits print. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/process.h"
#include "page/image_formats.h"
#include "page/poppler.h"

enum {
    MAX_PAGES = 2000,      /* more than any issue or bound volume has */
    PROBE_SECONDS = 400,   /* for all pages of a file; those after that are not looked at */
    PRINT_DPI = 300,       /* for pages that are drawn and not scanned */
    MAX_DPI = 600,         /* finer than any scan of a newspaper */
    ENOUGH_PIXELS = 3500,  /* the longer side of a legible page: a tabloid at 200 dpi */
    COMPARED_PIXELS = 800, /* the longer side of the small drawing */
    COMPARED_SQUARE = 16,  /* a square of it, in which the mean tones are compared */
    SAME_TONES = 24,       /* of 255: more is a difference. A pixel's shift at the edge of black is 16 */
};
/* How far the sides of a scan may be from those of its page, and its pixels from being square. */
#define SAME_SIZE 0.02
#define SAME_ASPECT 0.05
/* Of the page's area: that scans fill it; that an image counts. */
#define FILLED 0.8
#define COUNTING 0.01

/* How a page becomes an image. */
struct plan {
    int width, height, dpi;
    bool scan;   /* one image as large as the page */
    bool turned; /* … which lies on its side */
    bool filled; /* by images */
    int image_width, image_height;
};

static int to_pixels(double points, double dpi)
{
    double pixels = points / 72 * dpi + 0.5;
    return pixels >= 0 && pixels < INT32_MAX ? (int)pixels : pixels > 0 ? INT32_MAX : 0;
}

static void plan_drawn(const struct bi_pdf_sheet *sheet, int dpi, struct plan *plan)
{
    plan->scan = false;
    plan->dpi = dpi;
    plan->width = to_pixels(sheet->width, dpi);
    plan->height = to_pixels(sheet->height, dpi);
}

/* One image over the whole page? */
static bool plan_scan(const struct bi_pdf_sheet *sheet, const struct bi_pdf_image *image, struct plan *plan)
{
    if (!image->plain || image->dpi_x < 1 || image->dpi_y < 1)
        return false;
    double across = 72.0 * image->width / image->dpi_x, down = 72.0 * image->height / image->dpi_y;
    double upright = fmax(fabs(across / sheet->width - 1), fabs(down / sheet->height - 1));
    double turned = fmax(fabs(across / sheet->height - 1), fabs(down / sheet->width - 1));
    int dpi = image->dpi_x < image->dpi_y ? image->dpi_x : image->dpi_y;
    /* The list has whole numbers. */
    if (fmin(upright, turned) > SAME_SIZE + 0.5 / dpi ||
        fabs((double)image->dpi_x / image->dpi_y - 1) > SAME_ASPECT + 1.0 / dpi)
        return false;
    *plan = (struct plan){.scan = true,
                          .filled = true,
                          .turned = turned < upright,
                          .image_width = image->width,
                          .image_height = image->height};
    plan->width = plan->turned ? image->height : image->width;
    plan->height = plan->turned ? image->width : image->height;
    plan->dpi = (int)(72 * plan->width / sheet->width + 0.5);
    return true;
}

static void plan_page(const struct bi_pdf_sheet *sheet, const struct bi_pdf_image *images, size_t count,
                      struct plan *plan)
{
    *plan = (struct plan){0};
    if (count == 1 && plan_scan(sheet, images, plan))
        return;
    double area = sheet->width * sheet->height, covered = 0;
    int finest = 0;
    for (size_t i = 0; i < count; i++) {
        if (images[i].dpi_x < 1 || images[i].dpi_y < 1)
            continue;
        double part =
            72.0 * images[i].width / images[i].dpi_x * 72.0 * images[i].height / images[i].dpi_y / area;
        covered += part < 1 ? part : 1;
        int dpi = images[i].dpi_x > images[i].dpi_y ? images[i].dpi_x : images[i].dpi_y;
        if (part >= COUNTING && dpi > finest)
            finest = dpi;
    }
    double longer = sheet->width > sheet->height ? sheet->width : sheet->height;
    plan->filled = covered >= FILLED;
    bool fine = plan->filled && to_pixels(longer, finest) >= ENOUGH_PIXELS;
    plan_drawn(sheet, !fine ? PRINT_DPI : finest < MAX_DPI ? finest : MAX_DPI, plan);
}

/* Reads what pdftoppm writes: "P5" or "P6", width, height, 255, and the rows. */
static PIX *read_pnm(FILE *in, int width, int height, bool grey)
{
    int got_width = 0, got_height = 0, most = 0;
    char kind = 0;
    if (fscanf(in, "P%c %d %d %d", &kind, &got_width, &got_height, &most) != 4 || fgetc(in) == EOF ||
        kind != (grey ? '5' : '6') || got_width != width || got_height != height || most != 255)
        return NULL;
    size_t stride = (size_t)width * (grey ? 1 : 3);
    BI_CLEANUP(bi_freep) unsigned char *row = malloc(stride);
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = row ? pixCreate(width, height, grey ? 8 : 32) : NULL;
    for (int y = 0; pix && y < height; y++) {
        if (fread(row, 1, stride, in) != stride)
            return NULL;
        if (grey)
            bi_put_grey_row(pix, y, row, width);
        else
            bi_put_colour_row(pix, y, row, width);
    }
    PIX *done = pix;
    pix = NULL;
    return done;
}

static int draw(struct bi_arena *arena, const char *path, int page, int width, int height, bool grey,
                bool strict, PIX **pix, struct bi_error *err)
{
    BI_CLEANUP(bi_file_closep) FILE *drawn = NULL;
    if (bi_poppler_draw(arena, path, page, width, height, grey, strict, &drawn, err) < 0)
        return -1;
    *pix = read_pnm(drawn, width, height, grey);
    if (!*pix)
        return bi_error_set(err, BI_EXIT_INPUT,
                            "%s: page %d: is a bad PDF: pdftoppm draws it otherwise than asked", path, page);
    return 0;
}

/* The greatest difference of mean tones in a square, 0 to 255. */
static int compare_tones(PIX *a, PIX *b)
{
    int width = pixGetWidth(a) < pixGetWidth(b) ? pixGetWidth(a) : pixGetWidth(b);
    int height = pixGetHeight(a) < pixGetHeight(b) ? pixGetHeight(a) : pixGetHeight(b);
    int worst = 0;
    for (int top = 0; top < height; top += COMPARED_SQUARE)
        for (int left = 0; left < width; left += COMPARED_SQUARE) {
            long sum = 0;
            int count = 0;
            for (int y = top; y < top + COMPARED_SQUARE && y < height; y++)
                for (int x = left; x < left + COMPARED_SQUARE && x < width; x++, count++)
                    sum += GET_DATA_BYTE(pixGetData(a) + (size_t)y * (size_t)pixGetWpl(a), x) -
                           GET_DATA_BYTE(pixGetData(b) + (size_t)y * (size_t)pixGetWpl(b), x);
            /* The last squares may be slivers, where a pixel more or less weighs much. */
            int difference = (int)(labs(sum) / (count > 64 ? count : 64));
            if (difference > worst)
                worst = difference;
        }
    return worst;
}

/* The image as small as the drawing of the page, grey. */
static PIX *reduce(PIX *pix, int width, int height)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *grey = pixConvertTo8(pix, FALSE);
    if (!grey)
        return NULL;
    if (pixGetWidth(grey) <= width)
        return pixScaleToSize(grey, width, height);
    return pixScaleAreaMapToSize(grey, width, height);
}

/* Turns the image as the page shows it. 0; 1 if the page shows something else; -1 out of memory. */
static int turn_as_drawn(PIX **pix, PIX *drawn, bool turned)
{
    int width = pixGetWidth(drawn), height = pixGetHeight(drawn);
    BI_CLEANUP(bi_pix_destroyp)
    PIX *small = turned ? reduce(*pix, height, width) : reduce(*pix, width, height);
    int best = -1, least = SAME_TONES + 1;
    for (int quarters = turned ? 1 : 0; small && quarters < 4; quarters += 2) {
        BI_CLEANUP(bi_pix_destroyp) PIX *way = pixRotateOrth(small, quarters);
        int difference = way ? compare_tones(way, drawn) : 255;
        if (difference < least) {
            least = difference;
            best = quarters;
        }
    }
    if (!small)
        return -1;
    if (best < 0)
        return 1;
    PIX *right = pixRotateOrth(*pix, best);
    if (!right)
        return -1;
    pixCopyResolution(right, *pix);
    pixDestroy(pix);
    *pix = right;
    return 0;
}

/* 0: *pix is the page's scan, upright; 1: the page is more than its image, or not it. */
static int take_scan(struct bi_arena *arena, const char *path, int page, const struct plan *plan, bool grey,
                     PIX **pix, struct bi_error *err)
{
    BI_CLEANUP(bi_scratch_close) struct bi_scratch scratch = {0};
    const char *file;
    struct stat status;
    uint64_t file_size = stat(path, &status) == 0 ? (uint64_t)status.st_size : 0;
    uint64_t pixels = (uint64_t)plan->width * (uint64_t)plan->height;
    if (bi_poppler_extract(arena, path, page, pixels * 8 + file_size + (1 << 20), &scratch, &file, err) < 0)
        return -1;
    struct bi_error why = {0};
    BI_CLEANUP(bi_pix_destroyp) PIX *scan = NULL;
    if (bi_image_read_plain(file, 0, grey, &scan, &why) < 0) {
        return bi_error_set(err, why.kind, "%s: page %d: %s", path, page,
                            bi_image_problem(arena, file, &why));
    }
    if (pixGetWidth(scan) != plan->image_width || pixGetHeight(scan) != plan->image_height)
        return 1;
    double scale = (double)COMPARED_PIXELS / (plan->width > plan->height ? plan->width : plan->height);
    if (scale > 1)
        scale = 1;
    BI_CLEANUP(bi_pix_destroyp) PIX *drawn = NULL;
    if (draw(arena, path, page, (int)ceil(plan->width * scale), (int)ceil(plan->height * scale), true, true,
             &drawn, err) < 0)
        return -1;
    int turned = turn_as_drawn(&scan, drawn, plan->turned);
    if (turned < 0)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: page %d: out of memory", path, page);
    if (turned == 0) {
        *pix = scan;
        scan = NULL;
    }
    return turned;
}

/* Plans a page, and for a small scan finds out by taking it whether it is all of the page; then *scan is it.
 */
static int settle(struct bi_arena *arena, const char *path, int page, const struct bi_pdf_sheet *sheet,
                  bool grey, struct plan *plan, PIX **scan, struct bi_error *err)
{
    struct bi_pdf_image *images;
    size_t count;
    *scan = NULL;
    if (!(sheet->width > 0 && sheet->height > 0))
        return bi_error_set(err, BI_EXIT_INPUT, "%s: page %d: cannot be found in the PDF", path, page);
    if (bi_poppler_images(arena, path, page, &images, &count, err) < 0)
        return -1;
    plan_page(sheet, images, count, plan);
    const char *label = bi_arena_printf(arena, "%s: page %d", path, page);
    struct bi_image_info info = {.width = plan->width, .height = plan->height};
    if (bi_image_check_limits(label, &info, err) < 0)
        return -1;
    int longer = plan->width > plan->height ? plan->width : plan->height;
    if (!plan->scan || longer >= ENOUGH_PIXELS)
        return 0;
    int taken = take_scan(arena, path, page, plan, grey, scan, err);
    if (taken <= 0)
        return taken;
    plan_drawn(sheet, PRINT_DPI, plan);
    info = (struct bi_image_info){.width = plan->width, .height = plan->height};
    return bi_image_check_limits(label, &info, err);
}

/* The file's end, where a truncated one has none; it may be filled up with zeros or blanks. */
static int check_end(const char *path, struct bi_error *err)
{
    BI_CLEANUP(bi_file_closep) FILE *in = fopen(path, "rbe");
    if (!in)
        return bi_error_errno(err, BI_EXIT_INPUT, "%s", path);
    char tail[4097] = {0};
    long size = fseek(in, 0, SEEK_END) == 0 ? ftell(in) : -1;
    while (size > 0) {
        long from = size > (long)sizeof tail - 1 ? size - (long)sizeof tail + 1 : 0;
        size_t n = fseek(in, from, SEEK_SET) == 0 ? fread(tail, 1, (size_t)(size - from), in) : 0;
        if (memmem(tail, n, "%%EOF", 5) || memmem(tail, n, "startxref", 9))
            return 0;
        while (n > 0 && (tail[n - 1] == 0 || strchr(" \r\n\t", tail[n - 1])))
            n--;
        if (n > 0)
            break;
        size = from;
    }
    return bi_error_set(err, BI_EXIT_INPUT, "%s: is a truncated PDF: its end is missing", path);
}

static int check_count(const char *path, int pages, struct bi_error *err)
{
    if (pages <= MAX_PAGES)
        return 0;
    return bi_error_set(err, BI_EXIT_INPUT, "%s: is a PDF of %d pages; at most %d are read", path, pages,
                        MAX_PAGES);
}

int bi_pdf_probe(struct bi_arena *arena, const char *path, struct bi_image_info **images, size_t *count,
                 struct bi_error *err)
{
    struct bi_pdf_sheet *sheets;
    int pages;
    if (check_end(path, err) < 0 || bi_poppler_sheets(arena, path, MAX_PAGES, &sheets, &pages, err) < 0 ||
        check_count(path, pages, err) < 0)
        return -1;
    double deadline = bi_process_clock() + PROBE_SECONDS;
    struct bi_image_info *list = bi_arena_array(arena, (size_t)pages, sizeof *list);
    for (int page = 1; page <= pages; page++) {
        struct plan plan = {0};
        struct bi_error why = {0};
        BI_CLEANUP(bi_pix_destroyp) PIX *scan = NULL;
        struct bi_image_info *info = &list[page - 1];
        *info = (struct bi_image_info){.format = "pdf", .index = page - 1};
        int status = bi_process_clock() < deadline
                         ? settle(arena, path, page, &sheets[page - 1], true, &plan, &scan, &why)
                         : bi_error_set(&why, BI_EXIT_INPUT,
                                        "%s: page %d: not looked at: the pages before it "
                                        "took %d seconds",
                                        path, page, PROBE_SECONDS);
        if (status < 0 && why.kind != BI_EXIT_INPUT) {
            if (err)
                *err = why;
            return -1;
        }
        if (status < 0) {
            info->problem = bi_image_problem(arena, path, &why);
            continue;
        }
        info->width = plan.width;
        info->height = plan.height;
        info->bits = scan ? pixGetDepth(scan) : 8;
        info->dpi = plan.dpi;
    }
    *images = list;
    *count = (size_t)pages;
    return 0;
}

int bi_pdf_read(const char *path, int index, bool grey, PIX **result, struct bi_error *err)
{
    BI_CLEANUP(bi_arena_release) struct bi_arena arena = {0};
    struct bi_pdf_sheet *sheets;
    int pages, page = index + 1;
    if (index < 0 || page > MAX_PAGES)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: at most %d pages of a PDF are read, not number %d", path,
                            MAX_PAGES, page);
    if (check_end(path, err) < 0 || bi_poppler_sheets(&arena, path, page, &sheets, &pages, err) < 0 ||
        check_count(path, pages, err) < 0)
        return -1;
    if (page > pages)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: has %d pages, no number %d", path, pages, page);
    struct plan plan;
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = NULL;
    if (settle(&arena, path, page, &sheets[index], grey, &plan, &pix, err) < 0)
        return -1;
    if (!pix && plan.scan && take_scan(&arena, path, page, &plan, grey, &pix, err) < 0)
        return -1;
    if (!pix && draw(&arena, path, page, plan.width, plan.height, grey, plan.filled, &pix, err) < 0)
        return -1;
    pixSetResolution(pix, plan.dpi, plan.dpi);
    *result = pix;
    pix = NULL;
    return 0;
}
