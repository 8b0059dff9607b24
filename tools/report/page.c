/* A page of the report. */
#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/image.h"
#include "report/html.h"
#include "report/report.h"

/* As many of the least certain lines as a person looks through at once, and only such as are in doubt. */
#define DOUBTFUL_LINES 12
#define DOUBTFUL_BELOW 0.95
/* Confidence where a region is as red, and as green, as it gets. Hues of the colour circle in degrees. */
#define RED_BELOW 0.80
#define GREEN_FROM 0.99
#define GREEN_HUE 120

/* The expected share of right characters of a region; -1 if nothing of it was read. */
static double region_confidence(const struct bi_region *region)
{
    double sum = 0, count = 0;
    for (size_t i = 0; i < region->line_count; i++) {
        const struct bi_line *line = &region->lines[i];
        if (!line->text || !*line->text)
            continue;
        double weight = line->glyph_count > 0 ? (double)line->glyph_count : 1;
        sum += weight * line->confidence;
        count += weight;
    }
    return count > 0 ? sum / count : -1;
}

static int hue_of(double confidence)
{
    double share = (confidence - RED_BELOW) / (GREEN_FROM - RED_BELOW);
    return (int)lround(GREEN_HUE * fmin(fmax(share, 0), 1));
}

static void write_points(FILE *out, const struct bi_polygon *polygon)
{
    for (size_t i = 0; i < polygon->count; i++)
        fprintf(out, "%s%d,%d", i > 0 ? " " : "", polygon->points[i].x, polygon->points[i].y);
}

/* Words that a pointer over the region shows: its role, confidence, and beginning. */
static void write_region(FILE *out, const struct bi_region *region)
{
    double confidence = region_confidence(region);
    const char *first = "";
    for (size_t i = 0; i < region->line_count && !*first; i++)
        if (region->lines[i].text)
            first = region->lines[i].text;
    fputs("<polygon points=\"", out);
    write_points(out, &region->outline);
    if (confidence < 0)
        fputs("\" class=\"unread\"><title>", out);
    else
        fprintf(out, "\" fill=\"hsl(%d,100%%,45%%)\"><title>", hue_of(confidence));
    html_text(out, region->kind == BI_REGION_TEXT ? bi_role_name(region->role)
                                                  : bi_region_kind_name(region->kind));
    if (confidence >= 0)
        fprintf(out, ", %.1f %%: ", 100 * confidence);
    html_text(out, first);
    fputs("</title></polygon>\n", out);
}

/* The upright image at a width, grey; NULL if it is not there any more. */
static PIX *read_picture(const struct report_page *page, int width)
{
    struct bi_arena arena = {0};
    BI_CLEANUP(bi_pix_destroyp) PIX *image = NULL;
    char *path = bi_path_join(&arena, page->folder, run_stage_names(RUN_DESKEW)->output);
    int result = bi_image_read_grey(path, &image, NULL);
    bi_arena_release(&arena);
    if (result != 0)
        return NULL;
    return width < pixGetWidth(image) ? pixScaleToSize(image, width, 0) : pixClone(image);
}

static int write_picture(FILE *out, const struct report_page *page, int width, struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *picture = read_picture(page, width);
    int w = page->has_text ? page->page.width : picture ? pixGetWidth(picture) : 0;
    int h = page->has_text ? page->page.height : picture ? pixGetHeight(picture) : 0;
    if (w == 0 || h == 0)
        return 0;
    fprintf(out, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"page %d\">\n", w, h,
            page->frame->number);
    if (picture) {
        fprintf(out, "<image width=\"%d\" height=\"%d\" href=\"", w, h);
        if (html_image(out, picture, err) != 0)
            return -1;
        fputs("\"/>\n", out);
    } else {
        fprintf(out, "<rect width=\"%d\" height=\"%d\" class=\"gone\"/>\n", w, h);
    }
    fputs("<g class=\"heat\">\n", out);
    for (size_t i = 0; page->has_text && i < page->page.region_count; i++)
        if (page->page.regions[i].line_count > 0)
            write_region(out, &page->page.regions[i]);
    fputs("</g></svg>\n", out);
    if (!picture)
        fputs("<p>The page image is not in the work folder any more; a run makes it again.</p>\n", out);
    return 0;
}

static int by_confidence(const void *a, const void *b)
{
    const struct bi_line *const *x = a, *const *y = b;
    double difference = (*x)->confidence - (*y)->confidence;
    return difference < 0 ? -1 : difference > 0 ? 1 : strcmp((*x)->id, (*y)->id);
}

static void write_doubtful_lines(FILE *out, const struct bi_page *page)
{
    struct bi_arena arena = {0};
    const struct bi_line **lines = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < page->region_count; i++)
        for (size_t j = 0; j < page->regions[i].line_count; j++) {
            const struct bi_line *line = &page->regions[i].lines[j];
            if (!line->text || !*line->text || line->confidence >= DOUBTFUL_BELOW)
                continue;
            lines = bi_arena_grow(&arena, lines, count, &capacity, sizeof *lines);
            lines[count++] = line;
        }
    if (count > 0) {
        qsort(lines, count, sizeof *lines, by_confidence);
        fprintf(out, "<details><summary>%zu line%s in doubt</summary><table>\n", count,
                count == 1 ? "" : "s");
        html_headings(out, "confidence", "line", "role", "text", NULL);
        for (size_t i = 0; i < count && i < DOUBTFUL_LINES; i++) {
            fprintf(out, "<tr><td class=\"n\">%.0f %%</td><td>", 100 * lines[i]->confidence);
            html_text(out, lines[i]->id);
            fprintf(out, "</td><td>%s</td><td>", bi_role_name(lines[i]->role));
            html_print(out, lines[i]->text);
            fputs("</td></tr>\n", out);
        }
        fputs("</table></details>\n", out);
    }
    bi_arena_release(&arena);
}

static void write_failures(FILE *out, const struct report_page *page)
{
    if (page->frame->problem) {
        fputs("<p class=\"error\">1-intake: ", out);
        html_text(out, page->frame->problem);
        fputs("</p>\n", out);
    }
    for (enum run_stage stage = RUN_DESKEW; stage <= RUN_OCR; stage++) {
        const struct run_record *record = &page->records[stage];
        if (!record->stage || record->exit_code == 0)
            continue;
        fprintf(out, "<p class=\"error\">%s failed: ", run_stage_names(stage)->name);
        html_text(out, record->message);
        fputs("</p>\n", out);
    }
}

static void write_facts(FILE *out, const struct report_page *page)
{
    const struct bi_frame *frame = page->frame;
    fputs("<p>Scan ", out);
    html_text(out, frame->scan);
    if (frame->index > 0)
        fprintf(out, ", image %d of it", frame->index + 1);
    if (frame->width > 0)
        fprintf(out, ", %d × %d pixels, %d bit%s", frame->width, frame->height, frame->bits,
                frame->bits == 1 ? "" : "s");
    if (page->has_text && page->page.transform.scan) {
        const struct bi_transform *transform = &page->page.transform;
        fprintf(out, ", %d dpi%s; turned by %d°%s, skew %.2f° (confidence %.2f)%s", transform->dpi,
                transform->dpi_estimated ? " (estimated)" : "", transform->orientation_degrees,
                transform->orientation_unsure ? " (unsure)" : "", transform->skew_degrees,
                transform->skew_confidence, transform->inverted ? ", a negative" : "");
        if (transform->bend.rows > 0)
            fprintf(out, ", bent lines straightened (%.0f pixels)", transform->curl_pixels);
    }
    if (page->verdict)
        fprintf(out, "; characters right by their confidence: %.2f %%", 100 * page->verdict->confidence);
    fputs(page->corrected ? "; corrected by hand.</p>\n" : ".</p>\n", out);
}

int report_write_page(FILE *out, const struct report *report, const struct report_page *page, int width,
                      struct bi_error *err)
{
    int number = page->verdict ? page->verdict->page_number : page->frame->number;
    fprintf(out, "<section class=\"page\" id=\"page-%d\"><h3>Page %d", page->frame->number, number);
    if (page->verdict && page->verdict->section) {
        fputs(" ", out);
        html_print(out, page->verdict->section);
    }
    fprintf(out, " <small>(frame %d of %zu)</small></h3>\n", page->frame->number, report->page_count);
    write_facts(out, page);
    write_failures(out, page);
    if (write_picture(out, page, width, err) != 0)
        return -1;
    if (page->has_text)
        write_doubtful_lines(out, &page->page);
    fputs("</section>\n", out);
    return 0;
}
