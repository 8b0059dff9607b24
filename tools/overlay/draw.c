#include "overlay/draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "overlay/colour.h"
#include "page/image.h"

#define INK_SHARE 0.55 /* of the page's own darkness that is kept, so that colours stand out */
#define LINE_WASH 0.25 /* how strongly a line is laid over with colour */
/* Leptonica's bitmap fonts are drawn for 300 dpi: 4 points are 17 pixels. */
#define SMALL_FONT_POINTS 4
#define LARGE_FONT_POINTS 8
#define LARGE_FONT_FROM_SCALE 0.5
/* Part of a marker counts as it only from here on: two characters of three bytes. */
#define SHORTEST_MARKER_BYTES 6
#define LIGHT_PLATE 150 /* luminance, 0 to 255 */
#define LABEL_MARGIN_PIXELS 4
#define KEY_GAP_PIXELS 6

/* What the drawing works with; coordinates of the page are scaled on the way. */
struct canvas {
    PIX *pix;
    L_BMF *font;
    double scale;
};

static void bmf_destroyp(L_BMF **font)
{
    bmfDestroy(font);
}

static void pta_destroyp(PTA **points)
{
    ptaDestroy(points);
}

static int scaled(const struct canvas *canvas, int v)
{
    return (int)lround(v * canvas->scale);
}

static void split(uint32_t colour, l_uint8 rgb[3])
{
    rgb[0] = (l_uint8)(colour >> 24);
    rgb[1] = (l_uint8)(colour >> 16);
    rgb[2] = (l_uint8)(colour >> 8);
}

static void outline(struct canvas *canvas, const struct bi_polygon *polygon, uint32_t colour, int width)
{
    BI_CLEANUP(pta_destroyp) PTA *points = ptaCreate((l_int32)polygon->count);
    for (size_t i = 0; i < polygon->count; i++)
        ptaAddPt(points, (l_float32)scaled(canvas, polygon->points[i].x),
                 (l_float32)scaled(canvas, polygon->points[i].y));
    l_uint8 rgb[3];
    split(colour, rgb);
    if (polygon->count > 1)
        pixRenderPolylineArb(canvas->pix, points, width, rgb[0], rgb[1], rgb[2], 1);
}

static void wash(struct canvas *canvas, const struct bi_polygon *polygon, uint32_t colour)
{
    struct bi_box box = bi_polygon_box(polygon);
    BOX *area = boxCreate(scaled(canvas, box.x), scaled(canvas, box.y), scaled(canvas, box.w) + 1,
                          scaled(canvas, box.h) + 1);
    pixBlendInRect(canvas->pix, area, colour, (l_float32)LINE_WASH);
    boxDestroy(&area);
}

static int text_width(const struct canvas *canvas, const char *text)
{
    l_int32 width = 0;
    bmfGetStringWidth(canvas->font, text, &width);
    return width;
}

/* Text in white, or black where that reads better, on a plate of the colour, its top left corner at a point
 * of the scaled image, kept inside of it. */
static void label(struct canvas *canvas, int x, int y, uint32_t colour, const char *text)
{
    l_int32 width = text_width(canvas, text), height = canvas->font->lineheight;
    int right = pixGetWidth(canvas->pix) - width - LABEL_MARGIN_PIXELS,
        bottom = pixGetHeight(canvas->pix) - height;
    x = x > right ? right : x;
    y = y > bottom ? bottom : y;
    x = x < 0 ? 0 : x;
    y = y < 0 ? 0 : y;
    BOX *plate = boxCreate(x, y, width + LABEL_MARGIN_PIXELS, height);
    pixBlendInRect(canvas->pix, plate, colour, 1);
    boxDestroy(&plate);
    l_uint8 rgb[3];
    split(colour, rgb);
    bool light = 299 * rgb[0] + 587 * rgb[1] + 114 * rgb[2] > 1000 * LIGHT_PLATE;
    pixSetTextline(canvas->pix, canvas->font, text, light ? 0 : 0xffffff00, x + 2,
                   y + 1 + canvas->font->baselinetab['A' - 32], NULL, NULL);
}

static const struct bi_line_verdict *verdict_of(const struct bi_page_verdict *page,
                                                const struct bi_line *line)
{
    for (size_t i = 0; page && i < page->line_count; i++)
        if (strcmp(page->lines[i].line_id, line->id) == 0)
            return &page->lines[i];
    return NULL;
}

static void draw_lines(struct canvas *canvas, const struct bi_region *region,
                       const struct bi_page_verdict *verdicts)
{
    for (size_t i = 0; i < region->line_count; i++) {
        const struct bi_line *line = &region->lines[i];
        const struct bi_line_verdict *verdict = verdict_of(verdicts, line);
        uint32_t role = overlay_role_colour(verdict ? verdict->role : line->role);
        if (!verdicts)
            wash(canvas, &line->outline, role);
        else if (verdict && verdict->article >= 0)
            wash(canvas, &line->outline, overlay_article_colour(verdict->article));
        outline(canvas, &line->outline, role, 1);
    }
}

static void draw_regions(struct canvas *canvas, const struct bi_page *page,
                         const struct bi_page_verdict *verdicts)
{
    for (size_t i = 0; i < page->region_count; i++) {
        const struct bi_region *region = &page->regions[i];
        if (region->kind == BI_REGION_TEXT || region->kind == BI_REGION_TABLE)
            draw_lines(canvas, region, verdicts);
        bool text = region->kind == BI_REGION_TEXT;
        outline(canvas, &region->outline,
                text ? overlay_role_colour(region->role) : overlay_kind_colour(region->kind),
                region->kind == BI_REGION_SEPARATOR ? 1
                : text                              ? 2
                                                    : 3);
    }
}

static void number_regions(struct canvas *canvas, const struct bi_page *page)
{
    int number = 0;
    for (size_t i = 0; i < page->region_count; i++) {
        const struct bi_region *region = &page->regions[i];
        if (region->kind != BI_REGION_TEXT && region->kind != BI_REGION_TABLE)
            continue;
        char text[16];
        snprintf(text, sizeof text, "%d", ++number);
        struct bi_box box = bi_polygon_box(&region->outline);
        /* Left of its corner, where the gutter is. */
        label(canvas, scaled(canvas, box.x) - text_width(canvas, text) - LABEL_MARGIN_PIXELS,
              scaled(canvas, box.y), overlay_role_colour(region->role), text);
    }
}

/* Each part of an article on this page by the article's id, in the middle of its first line, so that it does
 * not cover the number of the region. */
static void name_parts(struct canvas *canvas, const struct bi_articles *articles, int page_number)
{
    for (size_t i = 0; i < articles->article_count; i++) {
        const struct bi_article *article = &articles->articles[i];
        for (size_t j = 0; j < article->part_count; j++) {
            const struct bi_part *part = &article->parts[j];
            if (part->page_number != page_number)
                continue;
            char text[80];
            snprintf(text, sizeof text, article->part_count > 1 ? "%s part %zu" : "%s", article->id, j);
            label(canvas, scaled(canvas, part->box.x + part->box.w / 2), scaled(canvas, part->box.y),
                  overlay_article_colour((int)i), text);
        }
    }
}

/* True if a marker was read from the line: one text holds the other. */
static bool holds_marker(const struct bi_line *line, const struct bi_text *marker)
{
    struct bi_text text = {0};
    bi_text_fold(&text, line->text ? line->text : "");
    bool holds = text.length > 0 && marker->length > 0 &&
                 (strstr(text.data, marker->data) ||
                  (text.length >= SHORTEST_MARKER_BYTES && strstr(marker->data, text.data)));
    bi_text_release(&text);
    return holds;
}

/* The line that a pointer was read from: the one after `skipped` others that hold its marker and, if `own`,
 * belong to its article. */
static const struct bi_line *line_of_link(const struct bi_page *page, const struct bi_page_verdict *verdicts,
                                          const struct bi_link *link, bool own, size_t skipped)
{
    const struct bi_line *found = NULL;
    struct bi_text marker = {0};
    bi_text_fold(&marker, link->marker);
    for (size_t i = 0; i < page->region_count && !found; i++)
        for (size_t j = 0; j < page->regions[i].line_count && !found; j++) {
            const struct bi_line *line = &page->regions[i].lines[j];
            const struct bi_line_verdict *verdict = verdict_of(verdicts, line);
            if (holds_marker(line, &marker) &&
                (!own || (verdict && verdict->article == link->source_article)) && skipped-- == 0)
                found = line;
        }
    bi_text_release(&marker);
    return found;
}

/* Earlier links of the same page and wording, and of the same article if `own`: theirs are the first lines.
 */
static size_t links_before(const struct bi_articles *articles, size_t index, bool own)
{
    const struct bi_link *link = &articles->links[index];
    size_t count = 0;
    for (size_t i = 0; i < index; i++) {
        const struct bi_link *other = &articles->links[i];
        count += other->source_page == link->source_page && strcmp(other->marker, link->marker) == 0 &&
                 (!own || other->source_article == link->source_article);
    }
    return count;
}

static void name_jumps(struct canvas *canvas, const struct bi_page *page, const struct bi_articles *articles,
                       const struct bi_page_verdict *verdicts)
{
    for (size_t i = 0; i < articles->link_count; i++) {
        const struct bi_link *link = &articles->links[i];
        if (link->source_page != verdicts->page_number)
            continue;
        const struct bi_line *line =
            line_of_link(page, verdicts, link, true, links_before(articles, i, true));
        if (!line)
            line = line_of_link(page, verdicts, link, false, links_before(articles, i, false));
        if (!line)
            continue;
        char text[120];
        const char *target =
            link->target_article >= 0 ? articles->articles[link->target_article].id : link->status;
        snprintf(text, sizeof text, "%s: page %d, %s", link->kind, link->target_page, target);
        struct bi_box box = bi_polygon_box(&line->outline);
        label(canvas, scaled(canvas, box.x), scaled(canvas, box.y + box.h),
              overlay_role_colour(strcmp(link->kind, "teaser") == 0 ? BI_ROLE_TEASER : BI_ROLE_JUMP), text);
    }
}

/* The page's verdict in articles.json, NULL if there is none. */
static const struct bi_page_verdict *find_verdicts(const struct bi_articles *articles, int frame)
{
    for (size_t i = 0; articles && i < articles->page_count; i++)
        if (articles->pages[i].frame == frame)
            return &articles->pages[i];
    return NULL;
}

/* Swatches and names, in as many rows as the width needs, added below the page. */
static PIX *with_key(struct canvas *canvas)
{
    int width = pixGetWidth(canvas->pix), top = pixGetHeight(canvas->pix);
    int size = canvas->font->lineheight, row = size + KEY_GAP_PIXELS;
    int x[BI_ROLE_AD + 1], y[BI_ROLE_AD + 1], next = KEY_GAP_PIXELS, rows = 1;
    for (int role = 0; role <= BI_ROLE_AD; role++) {
        int needed = size + 3 * KEY_GAP_PIXELS + text_width(canvas, bi_role_name((enum bi_role)role));
        if (next > KEY_GAP_PIXELS && next + needed > width) {
            next = KEY_GAP_PIXELS;
            rows++;
        }
        x[role] = next;
        y[role] = top + (rows - 1) * row + KEY_GAP_PIXELS / 2;
        next += needed;
    }
    PIX *whole = pixCreate(width, top + rows * row, 32);
    if (!whole)
        return NULL;
    pixSetAll(whole);
    pixRasterop(whole, 0, 0, width, top, PIX_SRC, canvas->pix, 0, 0);
    for (int role = 0; role <= BI_ROLE_AD; role++) {
        BOX *swatch = boxCreate(x[role], y[role], size, size);
        pixBlendInRect(whole, swatch, overlay_role_colour((enum bi_role)role), 1);
        boxDestroy(&swatch);
        pixSetTextline(whole, canvas->font, bi_role_name((enum bi_role)role), 0,
                       x[role] + size + KEY_GAP_PIXELS, y[role] + canvas->font->baselinetab['A' - 32], NULL,
                       NULL);
    }
    return whole;
}

/* The page at its scale, 32 bits deep, its ink made paler. */
static PIX *pale_page(PIX *image, double scale)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *deep = pixConvertTo8Or32(image, L_CLONE, 1);
    BI_CLEANUP(bi_pix_destroyp)
    PIX *small = deep ? pixScaleAreaMap(deep, (l_float32)scale, (l_float32)scale) : NULL;
    PIX *colour = small ? pixConvertTo32(small) : NULL;
    if (colour)
        pixBlendInRect(colour, NULL, 0xffffff00, (l_float32)(1 - INK_SHARE));
    return colour;
}

int overlay_draw(PIX *image, const struct bi_page *page, const struct bi_articles *articles, int frame,
                 double scale, PIX **drawn, struct bi_error *err)
{
    BI_CLEANUP(bi_pix_destroyp) PIX *pix = pale_page(image, scale);
    BI_CLEANUP(bmf_destroyp)
    L_BMF *font = bmfCreate(NULL, scale < LARGE_FONT_FROM_SCALE ? SMALL_FONT_POINTS : LARGE_FONT_POINTS);
    if (!pix || !font)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be drawn", page->image);
    struct canvas canvas = {.pix = pix, .font = font, .scale = scale};
    const struct bi_page_verdict *verdicts = find_verdicts(articles, frame);
    draw_regions(&canvas, page, verdicts);
    number_regions(&canvas, page);
    if (verdicts) {
        name_parts(&canvas, articles, verdicts->page_number);
        name_jumps(&canvas, page, articles, verdicts);
    }
    PIX *whole = with_key(&canvas);
    if (!whole)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be drawn", page->image);
    *drawn = whole;
    return 0;
}
