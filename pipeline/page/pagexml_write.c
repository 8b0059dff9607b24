#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "page/pagexml.h"
#include "page/xml_write.h"

#define PAGE_NAMESPACE "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
#define PAGE_SCHEMA PAGE_NAMESPACE "/pagecontent.xsd"

static void points(struct bi_xml *xml, const char *element, const struct bi_polygon *polygon)
{
    struct bi_text list = {0};
    for (size_t i = 0; i < polygon->count; i++)
        bi_text_printf(&list, "%s%d,%d", i ? " " : "", polygon->points[i].x < 0 ? 0 : polygon->points[i].x,
                       polygon->points[i].y < 0 ? 0 : polygon->points[i].y);
    /* The schema wants at least two points even of what has no extent. */
    if (polygon->count < 2)
        bi_text_add(&list, polygon->count ? " 0,0" : "0,0 0,0");
    bi_xml_start(xml, element);
    bi_xml_attribute_text(xml, "points", bi_text_get(&list));
    bi_xml_end(xml);
    bi_text_release(&list);
}

static void text_equiv(struct bi_xml *xml, const char *text, double confidence, int index)
{
    bi_xml_start(xml, "TextEquiv");
    if (index >= 0)
        bi_xml_attribute_number(xml, "index", index);
    double bounded = isfinite(confidence) ? fmin(1.0, fmax(0.0, confidence)) : 0.0;
    bi_xml_attribute_format(xml, "conf", "%.4f", bounded);
    bi_xml_element(xml, "Unicode", text);
    bi_xml_end(xml);
}

static void write_glyph(struct bi_xml *xml, const struct bi_line *line, size_t number)
{
    const struct bi_glyph *glyph = &line->glyphs[number];
    struct bi_point corner[4];
    int right = glyph->box.x + (glyph->box.w > 0 ? glyph->box.w - 1 : 0);
    int bottom = glyph->box.y + (glyph->box.h > 0 ? glyph->box.h - 1 : 0);
    corner[0] = (struct bi_point){glyph->box.x, glyph->box.y};
    corner[1] = (struct bi_point){right, glyph->box.y};
    corner[2] = (struct bi_point){right, bottom};
    corner[3] = (struct bi_point){glyph->box.x, bottom};
    bi_xml_start(xml, "Glyph");
    bi_xml_attribute_format(xml, "id", "%sg%zu", line->id, number + 1);
    points(xml, "Coords", &(struct bi_polygon){corner, 4});
    for (size_t i = 0; i < glyph->reading_count; i++)
        text_equiv(xml, glyph->readings[i].text, glyph->readings[i].confidence, (int)i);
    bi_xml_end(xml);
}

/* How many glyphs from `first` on make the next word of the line's text, which *text moves past. Glyphs whose
 * chosen readings do not spell the text are one word to the end. */
static size_t word_length(const struct bi_line *line, size_t first, const char **text)
{
    const char *p = *text;
    while (*p == ' ')
        p++;
    size_t n = first;
    while (n < line->glyph_count && *p && *p != ' ') {
        const char *reading = line->glyphs[n].readings[0].text;
        size_t length = strlen(reading);
        if (length == 0 || strncmp(p, reading, length) != 0)
            return line->glyph_count - first;
        p += length;
        n++;
    }
    *text = p;
    return n > first && *p ? n - first : line->glyph_count - first;
}

static void write_words(struct bi_xml *xml, const struct bi_line *line)
{
    const char *text = line->text ? line->text : "";
    size_t number = 0;
    for (size_t first = 0; first < line->glyph_count;) {
        size_t count = word_length(line, first, &text);
        struct bi_box box = {0};
        struct bi_text spelled = {0};
        double sum = 0;
        for (size_t i = first; i < first + count; i++) {
            box = bi_box_union(box, line->glyphs[i].box);
            bi_text_add(&spelled, line->glyphs[i].readings[0].text);
            sum += line->glyphs[i].readings[0].confidence;
        }
        struct bi_arena arena = {0};
        struct bi_polygon outline;
        bi_polygon_from_box(&arena, &outline, box);
        bi_xml_start(xml, "Word");
        bi_xml_attribute_format(xml, "id", "%sw%zu", line->id, ++number);
        points(xml, "Coords", &outline);
        bi_arena_release(&arena);
        for (size_t i = first; i < first + count; i++)
            write_glyph(xml, line, i);
        text_equiv(xml, bi_text_get(&spelled), sum / (double)count, -1);
        bi_xml_end(xml);
        bi_text_release(&spelled);
        first += count;
    }
}

static void write_line(struct bi_xml *xml, const struct bi_line *line)
{
    bi_xml_start(xml, "TextLine");
    bi_xml_attribute_text(xml, "id", line->id);
    if (line->vertical)
        bi_xml_attribute_text(xml, "readingDirection", "top-to-bottom");
    bi_xml_attribute_format(xml, "custom", "structure {type:%s;} backissue {em:%.1f;%s}",
                            bi_role_name(line->role), line->em, line->reversed ? " reversed:true;" : "");
    points(xml, "Coords", &line->outline);
    if (line->baseline.count >= 2)
        points(xml, "Baseline", &line->baseline);
    write_words(xml, line);
    if (line->text)
        text_equiv(xml, line->text, line->confidence, -1);
    bi_xml_end(xml);
}

static const char *text_type(enum bi_role role)
{
    switch (role) {
    case BI_ROLE_HEADLINE:
    case BI_ROLE_KICKER:
    case BI_ROLE_SUBHEAD:
    case BI_ROLE_CROSSHEAD:
    case BI_ROLE_MASTHEAD:
        return "heading";
    case BI_ROLE_BYLINE:
        return "credit";
    case BI_ROLE_BODY:
        return "paragraph";
    case BI_ROLE_CAPTION:
        return "caption";
    case BI_ROLE_HEADER:
        return "header";
    case BI_ROLE_TEASER:
        return "TOC-entry";
    case BI_ROLE_JUMP:
    case BI_ROLE_AD:
    case BI_ROLE_OTHER:
        break;
    }
    return "other";
}

static void write_text_region(struct bi_xml *xml, const struct bi_region *region, const char *suffix)
{
    bi_xml_start(xml, "TextRegion");
    bi_xml_attribute_format(xml, "id", "%s%s", region->id, suffix);
    bi_xml_attribute_format(xml, "custom", "structure {type:%s;}", bi_role_name(region->role));
    bi_xml_attribute_text(xml, "type", text_type(region->role));
    if (region->vertical) {
        bi_xml_attribute_text(xml, "readingDirection", "top-to-bottom");
        bi_xml_attribute_text(xml, "textLineOrder", "right-to-left");
    }
    points(xml, "Coords", &region->outline);
    for (size_t i = 0; i < region->line_count; i++)
        write_line(xml, &region->lines[i]);
    bi_xml_end(xml);
}

static void write_region(struct bi_xml *xml, const struct bi_region *region)
{
    static const char *const elements[] = {
        [BI_REGION_IMAGE] = "ImageRegion",
        [BI_REGION_SEPARATOR] = "SeparatorRegion",
        [BI_REGION_FRAME] = "GraphicRegion",
        [BI_REGION_TABLE] = "TableRegion",
    };
    if (region->kind == BI_REGION_TEXT) {
        write_text_region(xml, region, "");
        return;
    }
    bi_xml_start(xml, elements[region->kind]);
    bi_xml_attribute_text(xml, "id", region->id);
    if (region->kind == BI_REGION_FRAME)
        bi_xml_attribute_text(xml, "type", "frame");
    points(xml, "Coords", &region->outline);
    if (region->kind == BI_REGION_TABLE)
        write_text_region(xml, region, "t");
    bi_xml_end(xml);
}

static void write_metadata(struct bi_xml *xml, const struct bi_page *page)
{
    bi_xml_start(xml, "Metadata");
    bi_xml_element(xml, "Creator", "backissue " BI_VERSION);
    bi_xml_element(xml, "Created", "1970-01-01T00:00:00Z");
    bi_xml_element(xml, "LastChange", "1970-01-01T00:00:00Z");
    if (page->transform.scan) {
        struct bi_arena arena = {0};
        bi_xml_start(xml, "MetadataItem");
        bi_xml_attribute_text(xml, "type", "imageProperties");
        bi_xml_attribute_text(xml, "name", "backissue-transform");
        bi_xml_attribute_text(xml, "value", bi_transform_format(&arena, &page->transform));
        bi_xml_end(xml);
        bi_arena_release(&arena);
    }
    for (size_t i = 0; i < page->step_count; i++) {
        const struct bi_step *step = &page->steps[i];
        bi_xml_start(xml, "MetadataItem");
        bi_xml_attribute_text(xml, "type", "processingStep");
        bi_xml_attribute_text(xml, "name", step->stage);
        bi_xml_attribute_format(xml, "value", "backissue %s", step->version);
        bi_xml_start(xml, "Labels");
        bi_xml_start(xml, "Label");
        bi_xml_attribute_text(xml, "value", step->parameters);
        bi_xml_attribute_text(xml, "type", "parameters");
        bi_xml_end(xml);
        bi_xml_start(xml, "Label");
        bi_xml_attribute_text(xml, "value", step->models);
        bi_xml_attribute_text(xml, "type", "models");
        bi_xml_end(xml);
        bi_xml_end(xml);
        bi_xml_end(xml);
    }
    bi_xml_end(xml);
}

static void write_reading_order(struct bi_xml *xml, const struct bi_page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->region_count; i++)
        count += page->regions[i].kind == BI_REGION_TEXT || page->regions[i].kind == BI_REGION_TABLE;
    if (count == 0)
        return;
    bi_xml_start(xml, "ReadingOrder");
    bi_xml_start(xml, "OrderedGroup");
    bi_xml_attribute_text(xml, "id", "reading-order");
    int index = 0;
    for (size_t i = 0; i < page->region_count; i++) {
        if (page->regions[i].kind != BI_REGION_TEXT && page->regions[i].kind != BI_REGION_TABLE)
            continue;
        bi_xml_start(xml, "RegionRefIndexed");
        bi_xml_attribute_number(xml, "index", index++);
        bi_xml_attribute_text(xml, "regionRef", page->regions[i].id);
        bi_xml_end(xml);
    }
    bi_xml_end(xml);
    bi_xml_end(xml);
}

static void write_document(struct bi_xml *xml, const struct bi_page *page)
{
    bi_xml_start(xml, "PcGts");
    bi_xml_attribute_text(xml, "xmlns", PAGE_NAMESPACE);
    bi_xml_attribute_text(xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    bi_xml_attribute_text(xml, "xsi:schemaLocation", PAGE_NAMESPACE " " PAGE_SCHEMA);
    write_metadata(xml, page);
    bi_xml_start(xml, "Page");
    bi_xml_attribute_text(xml, "imageFilename", page->image ? page->image : "");
    bi_xml_attribute_number(xml, "imageWidth", page->width);
    bi_xml_attribute_number(xml, "imageHeight", page->height);
    if (page->transform.dpi > 0) {
        bi_xml_attribute_number(xml, "imageXResolution", page->transform.dpi);
        bi_xml_attribute_number(xml, "imageYResolution", page->transform.dpi);
        bi_xml_attribute_text(xml, "imageResolutionUnit", "PPI");
    }
    write_reading_order(xml, page);
    for (size_t i = 0; i < page->region_count; i++)
        write_region(xml, &page->regions[i]);
    bi_xml_end(xml);
    bi_xml_end(xml);
}

int bi_pagexml_write(const char *path, const struct bi_page *page, struct bi_error *err)
{
    xmlBufferPtr buffer = xmlBufferCreate();
    struct bi_xml xml;
    bi_xml_open_buffer(&xml, buffer, true);
    write_document(&xml, page);
    int status = bi_xml_close(&xml, path, err);
    if (status == 0)
        status = bi_file_write(path, xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer), err);
    if (buffer)
        xmlBufferFree(buffer);
    return status;
}
