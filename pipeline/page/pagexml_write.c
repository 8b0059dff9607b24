#include <libxml/xmlwriter.h>
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "page/pagexml.h"

#define PAGE_NAMESPACE "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
#define PAGE_SCHEMA PAGE_NAMESPACE "/pagecontent.xsd"

/* What one call of bi_pagexml_write works with. A failed call of libxml2 is remembered, and asked for once at
 * the end: its writer only fails for lack of memory. */
struct sink {
    xmlTextWriterPtr writer;
    struct bi_text scratch;
    bool failed;
};

static void check(struct sink *s, int status)
{
    if (status < 0)
        s->failed = true;
}

static void start(struct sink *s, const char *name)
{
    check(s, xmlTextWriterStartElement(s->writer, BAD_CAST name));
}

static void end(struct sink *s)
{
    check(s, xmlTextWriterEndElement(s->writer));
}

/* The characters of a string that XML 1.0 allows. */
static const char *clean(struct sink *s, const char *text)
{
    bi_text_clear(&s->scratch);
    for (uint32_t r; (r = bi_rune_next(&text)) != 0;)
        if ((r >= 0x20 && r != 0xFFFE && r != 0xFFFF) || r == '\t' || r == '\n')
            bi_text_add_rune(&s->scratch, r);
    return bi_text_get(&s->scratch);
}

static void attribute(struct sink *s, const char *name, const char *value)
{
    check(s, xmlTextWriterWriteAttribute(s->writer, BAD_CAST name, BAD_CAST clean(s, value)));
}

static void attribute_int(struct sink *s, const char *name, int value)
{
    check(s, xmlTextWriterWriteFormatAttribute(s->writer, BAD_CAST name, "%d", value));
}

static void points(struct sink *s, const char *element, const struct bi_polygon *polygon)
{
    start(s, element);
    bi_text_clear(&s->scratch);
    for (size_t i = 0; i < polygon->count; i++)
        bi_text_printf(&s->scratch, "%s%d,%d", i ? " " : "",
                       polygon->points[i].x < 0 ? 0 : polygon->points[i].x,
                       polygon->points[i].y < 0 ? 0 : polygon->points[i].y);
    /* The schema wants at least two points even of what has no extent. */
    if (polygon->count < 2)
        bi_text_add(&s->scratch, polygon->count ? " 0,0" : "0,0 0,0");
    check(s, xmlTextWriterWriteAttribute(s->writer, BAD_CAST "points", BAD_CAST bi_text_get(&s->scratch)));
    end(s);
}

static void text_equiv(struct sink *s, const char *text, double confidence, int index)
{
    start(s, "TextEquiv");
    if (index >= 0)
        attribute_int(s, "index", index);
    double bounded = isfinite(confidence) ? fmin(1.0, fmax(0.0, confidence)) : 0.0;
    check(s, xmlTextWriterWriteFormatAttribute(s->writer, BAD_CAST "conf", "%.4f", bounded));
    check(s, xmlTextWriterWriteElement(s->writer, BAD_CAST "Unicode", BAD_CAST clean(s, text)));
    end(s);
}

static void write_glyph(struct sink *s, const struct bi_line *line, size_t number)
{
    const struct bi_glyph *glyph = &line->glyphs[number];
    struct bi_point corner[4];
    int right = glyph->box.x + (glyph->box.w > 0 ? glyph->box.w - 1 : 0);
    int bottom = glyph->box.y + (glyph->box.h > 0 ? glyph->box.h - 1 : 0);
    corner[0] = (struct bi_point){glyph->box.x, glyph->box.y};
    corner[1] = (struct bi_point){right, glyph->box.y};
    corner[2] = (struct bi_point){right, bottom};
    corner[3] = (struct bi_point){glyph->box.x, bottom};
    start(s, "Glyph");
    check(s, xmlTextWriterWriteFormatAttribute(s->writer, BAD_CAST "id", "%sg%zu", line->id, number + 1));
    points(s, "Coords", &(struct bi_polygon){corner, 4});
    for (size_t i = 0; i < glyph->reading_count; i++)
        text_equiv(s, glyph->readings[i].text, glyph->readings[i].confidence, (int)i);
    end(s);
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

static void write_words(struct sink *s, const struct bi_line *line)
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
        start(s, "Word");
        check(s, xmlTextWriterWriteFormatAttribute(s->writer, BAD_CAST "id", "%sw%zu", line->id, ++number));
        points(s, "Coords", &outline);
        bi_arena_release(&arena);
        for (size_t i = first; i < first + count; i++)
            write_glyph(s, line, i);
        text_equiv(s, bi_text_get(&spelled), sum / (double)count, -1);
        end(s);
        bi_text_release(&spelled);
        first += count;
    }
}

static void write_line(struct sink *s, const struct bi_line *line)
{
    start(s, "TextLine");
    attribute(s, "id", line->id);
    if (line->vertical)
        attribute(s, "readingDirection", "top-to-bottom");
    check(s, xmlTextWriterWriteFormatAttribute(
                 s->writer, BAD_CAST "custom", "structure {type:%s;} backissue {em:%.1f;%s}",
                 bi_role_name(line->role), line->em, line->reversed ? " reversed:true;" : ""));
    points(s, "Coords", &line->outline);
    if (line->baseline.count >= 2)
        points(s, "Baseline", &line->baseline);
    write_words(s, line);
    if (line->text)
        text_equiv(s, line->text, line->confidence, -1);
    end(s);
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

static void write_text_region(struct sink *s, const struct bi_region *region, const char *suffix)
{
    start(s, "TextRegion");
    check(s, xmlTextWriterWriteFormatAttribute(s->writer, BAD_CAST "id", "%s%s", region->id, suffix));
    check(s, xmlTextWriterWriteFormatAttribute(s->writer, BAD_CAST "custom", "structure {type:%s;}",
                                               bi_role_name(region->role)));
    attribute(s, "type", text_type(region->role));
    if (region->vertical) {
        attribute(s, "readingDirection", "top-to-bottom");
        attribute(s, "textLineOrder", "right-to-left");
    }
    points(s, "Coords", &region->outline);
    for (size_t i = 0; i < region->line_count; i++)
        write_line(s, &region->lines[i]);
    end(s);
}

static void write_region(struct sink *s, const struct bi_region *region)
{
    static const char *const elements[] = {
        [BI_REGION_IMAGE] = "ImageRegion",
        [BI_REGION_SEPARATOR] = "SeparatorRegion",
        [BI_REGION_FRAME] = "GraphicRegion",
        [BI_REGION_TABLE] = "TableRegion",
    };
    if (region->kind == BI_REGION_TEXT) {
        write_text_region(s, region, "");
        return;
    }
    start(s, elements[region->kind]);
    attribute(s, "id", region->id);
    if (region->kind == BI_REGION_FRAME)
        attribute(s, "type", "frame");
    points(s, "Coords", &region->outline);
    if (region->kind == BI_REGION_TABLE)
        write_text_region(s, region, "t");
    end(s);
}

static void write_metadata(struct sink *s, const struct bi_page *page)
{
    start(s, "Metadata");
    check(s, xmlTextWriterWriteElement(s->writer, BAD_CAST "Creator", BAD_CAST "backissue " BI_VERSION));
    check(s, xmlTextWriterWriteElement(s->writer, BAD_CAST "Created", BAD_CAST "1970-01-01T00:00:00Z"));
    check(s, xmlTextWriterWriteElement(s->writer, BAD_CAST "LastChange", BAD_CAST "1970-01-01T00:00:00Z"));
    if (page->transform.scan) {
        struct bi_arena arena = {0};
        start(s, "MetadataItem");
        attribute(s, "type", "imageProperties");
        attribute(s, "name", "backissue-transform");
        attribute(s, "value", bi_transform_format(&arena, &page->transform));
        end(s);
        bi_arena_release(&arena);
    }
    for (size_t i = 0; i < page->step_count; i++) {
        const struct bi_step *step = &page->steps[i];
        start(s, "MetadataItem");
        attribute(s, "type", "processingStep");
        attribute(s, "name", step->stage);
        check(s,
              xmlTextWriterWriteFormatAttribute(s->writer, BAD_CAST "value", "backissue %s", step->version));
        start(s, "Labels");
        start(s, "Label");
        attribute(s, "value", step->parameters);
        attribute(s, "type", "parameters");
        end(s);
        start(s, "Label");
        attribute(s, "value", step->models);
        attribute(s, "type", "models");
        end(s);
        end(s);
        end(s);
    }
    end(s);
}

static void write_reading_order(struct sink *s, const struct bi_page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->region_count; i++)
        count += page->regions[i].kind == BI_REGION_TEXT || page->regions[i].kind == BI_REGION_TABLE;
    if (count == 0)
        return;
    start(s, "ReadingOrder");
    start(s, "OrderedGroup");
    attribute(s, "id", "reading-order");
    int index = 0;
    for (size_t i = 0; i < page->region_count; i++) {
        if (page->regions[i].kind != BI_REGION_TEXT && page->regions[i].kind != BI_REGION_TABLE)
            continue;
        start(s, "RegionRefIndexed");
        attribute_int(s, "index", index++);
        attribute(s, "regionRef", page->regions[i].id);
        end(s);
    }
    end(s);
    end(s);
}

static void write_document(struct sink *s, const struct bi_page *page)
{
    check(s, xmlTextWriterSetIndent(s->writer, 1));
    check(s, xmlTextWriterSetIndentString(s->writer, BAD_CAST " "));
    check(s, xmlTextWriterStartDocument(s->writer, "1.0", "UTF-8", NULL));
    start(s, "PcGts");
    attribute(s, "xmlns", PAGE_NAMESPACE);
    attribute(s, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    attribute(s, "xsi:schemaLocation", PAGE_NAMESPACE " " PAGE_SCHEMA);
    write_metadata(s, page);
    start(s, "Page");
    attribute(s, "imageFilename", page->image ? page->image : "");
    attribute_int(s, "imageWidth", page->width);
    attribute_int(s, "imageHeight", page->height);
    if (page->transform.dpi > 0) {
        attribute_int(s, "imageXResolution", page->transform.dpi);
        attribute_int(s, "imageYResolution", page->transform.dpi);
        attribute(s, "imageResolutionUnit", "PPI");
    }
    write_reading_order(s, page);
    for (size_t i = 0; i < page->region_count; i++)
        write_region(s, &page->regions[i]);
    end(s);
    end(s);
    check(s, xmlTextWriterEndDocument(s->writer));
}

int bi_pagexml_write(const char *path, const struct bi_page *page, struct bi_error *err)
{
    xmlBufferPtr buffer = xmlBufferCreate();
    struct sink s = {.writer = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL};
    int status;
    if (!s.writer) {
        status = bi_error_set(err, BI_EXIT_INTERNAL, "%s: out of memory", path);
    } else {
        write_document(&s, page);
        xmlFreeTextWriter(s.writer);
        if (s.failed)
            status = bi_error_set(err, BI_EXIT_INTERNAL, "%s: cannot be written as XML", path);
        else
            status = bi_file_write(path, xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer), err);
    }
    bi_text_release(&s.scratch);
    if (buffer)
        xmlBufferFree(buffer);
    return status;
}
