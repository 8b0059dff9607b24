/* Measures the layout that a work folder holds against what really stands on the pages.
 *
 *     issue-layout WORK_DIR TRUTH.json [--min-found SHARE] [--max-skew DEGREES] [--max-slope HUNDREDTHS]
 *                  [--page N=FRAME]…
 *
 * WORK_DIR is work/<title>/<date>; pages are matched to frames by their folio's place in the truth (--page
 * maps page numbers where frames are missing). Prints a row a page and one for all:
 *
 *   lines   printed lines of text, advertisements and the masthead's name included
 *   found   of them, those with a line of IoU over 0.5, in per cent
 *   merged  found lines that cover two or more printed ones
 *   split   printed lines that are covered by two or more found ones
 *   role    found lines whose role differs from the printed one (roles that only text can tell count as one)
 *   order   neighbouring body lines of one page that the reading order has the other way round
 *   skew    found less true, in degrees
 *   slope   of printed lines on the upright page, in pixels per hundred: all but a twentieth have less. What
 * is left of skew and curl
 *
 * Exits with 1 if a bound is not met.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/pagexml.h"
#include "truth.h"

/* Boxes of the truth have the line's full height; a found box is tight around the ink. */
#define FOUND_IOU 0.5
/* Lines of so many times their height tell what slope is left. */
#define SLOPE_LENGTH 4
#define SLOPE_SHARE 0.95
/* Share of a printed line that a found line must cover to be counted as covering it. */
#define COVERED 0.6
/* … and to be counted as a piece of it. */
#define PIECE 0.15

struct found_line {
    struct bi_box box;
    enum bi_role role;
};

struct counts {
    int lines, found, merged, split, role, pairs, order;
};

static int compare_doubles(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return (p > q) - (p < q);
}

/* In pixels per hundred; of a page without such lines 0. */
static double measure_slope(const struct bi_page *page, const struct truth *truth, int number)
{
    double *slopes = bi_xcalloc(truth->line_count, sizeof *slopes);
    size_t count = 0;
    for (size_t i = 0; i < truth->line_count; i++) {
        const struct truth_line *line = &truth->lines[i];
        double x[4], y[4];
        for (int k = 0; k < 4; k++) {
            x[k] = line->corners[k].x;
            y[k] = line->corners[k].y;
            bi_transform_unmap(&page->transform, &x[k], &y[k]);
        }
        double width = x[1] + x[2] - x[0] - x[3], rise = y[1] + y[2] - y[0] - y[3];
        if (line->page == number && width > SLOPE_LENGTH * (y[2] + y[3] - y[0] - y[1]) && width > 0)
            slopes[count++] = 100 * fabs(rise / width);
    }
    qsort(slopes, count, sizeof *slopes, compare_doubles);
    double slope = count ? slopes[(size_t)(SLOPE_SHARE * (double)(count - 1))] : 0;
    free(slopes);
    return slope;
}

static struct bi_box upright_box(const struct bi_transform *t, const struct truth_line *line)
{
    struct bi_point corners[4];
    for (int i = 0; i < 4; i++)
        corners[i] = bi_transform_to_upright(t, line->corners[i].x, line->corners[i].y);
    return bi_polygon_box(&(struct bi_polygon){corners, 4});
}

/* What geometry alone can tell: a subhead from a kicker it cannot, nor a byline or jump from a body line. */
static int geometric_class(const char *role)
{
    static const struct {
        const char *role;
        int class;
    } classes[] = {
        {"body", 1},          {"byline", 1},      {"jump-to", 1}, {"jump-from", 1},   {"jump", 1},
        {"crosshead", 1},     {"headline", 2},    {"subhead", 2}, {"kicker", 2},      {"caption", 3},
        {"header", 4},        {"page-number", 4}, {"section", 4}, {"page-header", 4}, {"masthead", 5},
        {"masthead-info", 5}, {"issue-line", 5},
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcmp(classes[i].role, role) == 0)
            return classes[i].class;
    return 0; /* advertisements, teasers: any role will do before the text is known */
}

static void measure_page(const struct bi_page *page, const struct truth *truth, int number,
                         struct counts *sum)
{
    size_t total = 0, n = 0;
    for (size_t i = 0; i < page->region_count; i++)
        total += page->regions[i].line_count;
    struct found_line *found = bi_xcalloc(total, sizeof *found);
    int *covers = bi_xcalloc(total, sizeof *covers);
    for (size_t i = 0; i < page->region_count; i++)
        for (size_t j = 0; j < page->regions[i].line_count; j++)
            found[n++] = (struct found_line){bi_polygon_box(&page->regions[i].lines[j].outline),
                                             page->regions[i].lines[j].role};

    long previous = -1;
    struct bi_box previous_box = {0};
    for (size_t i = 0; i < truth->line_count; i++) {
        const struct truth_line *line = &truth->lines[i];
        if (line->page != number || !*line->text || strcmp(line->role, "photo") == 0)
            continue;
        struct bi_box box = upright_box(&page->transform, line);
        int pieces = 0;
        long best = -1;
        double best_iou = 0;
        for (size_t j = 0; j < n; j++) {
            double iou = bi_box_iou(box, found[j].box);
            if (iou > best_iou) {
                best_iou = iou;
                best = (long)j;
            }
            long common = bi_box_area(bi_box_intersection(box, found[j].box)), area = bi_box_area(box);
            covers[j] += area && (double)common > COVERED * (double)area;
            pieces +=
                area && (double)common > PIECE * (double)area && bi_box_inside(found[j].box, box, COVERED);
        }
        sum->lines++;
        sum->split += pieces > 1;
        if (best_iou <= FOUND_IOU) {
            if (getenv("LAYOUT_VERBOSE"))
                printf("  page %d missed (IoU %.2f) %s %d,%d %dx%d: %s\n", number, best_iou, line->role,
                       box.x, box.y, box.w, box.h, line->text);
            previous = -1;
            continue;
        }
        sum->found++;
        int class = geometric_class(line->role);
        if (class && class != geometric_class(bi_role_name(found[best].role))) {
            sum->role++;
            if (getenv("LAYOUT_VERBOSE"))
                printf("  page %d %s taken for %s: %s\n", number, line->role, bi_role_name(found[best].role),
                       line->text);
        }
        /* Neighbours in the truth that stand one under the other in a column. */
        if (strcmp(line->role, "body") != 0) {
            previous = -1;
            continue;
        }
        bool below = previous >= 0 && box.y >= previous_box.y + previous_box.h / 2 &&
                     box.y < previous_box.y + 2 * previous_box.h && bi_box_overlap_x(box, previous_box) > 0;
        if (below) {
            sum->pairs++;
            sum->order += best < previous;
        }
        previous = best;
        previous_box = box;
    }
    for (size_t j = 0; j < n; j++) {
        sum->merged += covers[j] > 1;
        if (covers[j] > 1 && getenv("LAYOUT_VERBOSE"))
            printf("  page %d merged %d: %d,%d %dx%d\n", number, covers[j], found[j].box.x, found[j].box.y,
                   found[j].box.w, found[j].box.h);
    }
    free(found);
    free(covers);
}

static void print_row(const char *name, const struct counts *c, double skew, double slope)
{
    printf("%-6s %6d %7.2f %7d %6d %6d %6d %8.3f %7.2f\n", name, c->lines,
           c->lines ? 100.0 * c->found / c->lines : 0.0, c->merged, c->split, c->role, c->order, skew, slope);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: issue-layout WORK_DIR TRUTH.json [--min-found SHARE] [--max-skew DEGREES] "
                        "[--max-slope HUNDREDTHS] [--page N=FRAME]...\n");
        return 2;
    }
    double min_found = 0, max_skew = 180, worst_skew = 0, max_slope = INFINITY, worst_slope = 0;
    int frames[1000] = {0};
    for (int i = 3; i + 1 < argc; i += 2) {
        int page, frame;
        if (strcmp(argv[i], "--min-found") == 0)
            min_found = strtod(argv[i + 1], NULL);
        else if (strcmp(argv[i], "--max-skew") == 0)
            max_skew = strtod(argv[i + 1], NULL);
        else if (strcmp(argv[i], "--max-slope") == 0)
            max_slope = strtod(argv[i + 1], NULL);
        else if (sscanf(argv[i + 1], "%d=%d", &page, &frame) == 2 && page > 0 && page < 1000)
            frames[page] = frame;
    }
    struct truth truth;
    truth_read(argv[2], &truth);
    struct counts all = {0};
    printf("%-6s %6s %7s %7s %6s %6s %6s %8s %7s\n", "page", "lines", "found%", "merged", "split", "role",
           "order", "skew", "slope");
    for (size_t i = 0; i < truth.page_count; i++) {
        int number = truth.page[i].number, frame = frames[number % 1000] ? frames[number % 1000] : number;
        char *path = bi_arena_printf(&truth.arena, "%s/%04d/3-segment.page.xml", argv[1], frame);
        struct bi_page page;
        struct bi_error err;
        if (bi_pagexml_read(path, &page, &err) < 0) {
            fprintf(stderr, "%s\n", err.text);
            return 1;
        }
        struct counts counts = {0};
        measure_page(&page, &truth, number, &counts);
        double skew = page.transform.skew_degrees - truth.page[i].skew_degrees;
        worst_skew = fmax(worst_skew, fabs(skew));
        double slope = measure_slope(&page, &truth, number);
        worst_slope = fmax(worst_slope, slope);
        print_row(bi_arena_printf(&truth.arena, "%d", number), &counts, skew, slope);
        all = (struct counts){all.lines + counts.lines, all.found + counts.found, all.merged + counts.merged,
                              all.split + counts.split, all.role + counts.role,   all.pairs + counts.pairs,
                              all.order + counts.order};
        bi_page_release(&page);
    }
    print_row("all", &all, worst_skew, worst_slope);
    double found = all.lines ? (double)all.found / all.lines : 0;
    truth_release(&truth);
    if (found < min_found || worst_skew > max_skew || worst_slope > max_slope) {
        fprintf(stderr,
                "found %.4f of the lines (at least %.4f), worst skew error %.3f (at most %.3f), worst slope "
                "%.2f (at most %.2f)\n",
                found, min_found, worst_skew, max_skew, worst_slope, max_slope);
        return 1;
    }
    return 0;
}
