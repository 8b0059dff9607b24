#include <libxml/parser.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "page/pagexml.h"
#include "page/pagexml_parts.h"
#include "page/xml.h"

static void read_lines(struct bi_page *page, const xmlNode *node, struct bi_region *region, size_t *capacity)
{
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (!bi_xml_named(n, "TextLine") || !n->_private)
            continue;
        region->lines =
            bi_arena_grow(&page->arena, region->lines, region->line_count, capacity, sizeof *region->lines);
        struct bi_line *line = &region->lines[region->line_count++];
        const char *direction = bi_xml_attribute(&page->arena, n, "readingDirection");
        *line = *(const struct bi_line *)n->_private;
        line->vertical = direction ? strcmp(direction, "top-to-bottom") == 0 : region->vertical;
        if (line->role == BI_ROLE_OTHER)
            line->role = region->role;
        if (!line->id)
            line->id = bi_arena_printf(&page->arena, "%sl%zu", region->id, region->line_count);
    }
}

/* The kind of region an element is; false if it is none that we keep. */
static bool region_kind(struct bi_arena *arena, const xmlNode *node, enum bi_region_kind *kind)
{
    static const char *const pictures[] = {"ImageRegion", "LineDrawingRegion", "ChartRegion", "MapRegion",
                                           "GraphicRegion"};
    if (bi_xml_named(node, "TextRegion")) {
        *kind = BI_REGION_TEXT;
        return true;
    }
    if (bi_xml_named(node, "SeparatorRegion")) {
        *kind = BI_REGION_SEPARATOR;
        return true;
    }
    if (bi_xml_named(node, "TableRegion")) {
        *kind = BI_REGION_TABLE;
        return true;
    }
    const char *type = bi_xml_attribute(arena, node, "type");
    if (bi_xml_named(node, "AdvertRegion") ||
        (bi_xml_named(node, "GraphicRegion") && type && strcmp(type, "frame") == 0)) {
        *kind = BI_REGION_FRAME;
        return true;
    }
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        if (bi_xml_named(node, pictures[i])) {
            *kind = BI_REGION_IMAGE;
            return true;
        }
    }
    return false;
}

static bool ends_with_region(const xmlNode *node)
{
    size_t n = strlen((const char *)node->name);
    return node->type == XML_ELEMENT_NODE && n > 6 && strcmp((const char *)node->name + n - 6, "Region") == 0;
}

static void read_regions(struct bi_page *page, const xmlNode *parent, bool in_advert, int depth)
{
    for (const xmlNode *n = parent->children; n && depth < BI_PAGEXML_MAX_NESTING; n = n->next) {
        if (!ends_with_region(n))
            continue;
        enum bi_region_kind kind;
        bool advert = in_advert || bi_xml_named(n, "AdvertRegion");
        if (region_kind(&page->arena, n, &kind)) {
            struct bi_region *region = bi_page_add_region(page, kind);
            const char *custom = bi_xml_attribute(&page->arena, n, "custom");
            const char *direction = bi_xml_attribute(&page->arena, n, "readingDirection");
            char *id = bi_xml_attribute(&page->arena, n, "id");
            if (id)
                region->id = id;
            region->outline = bi_pagexml_points(&page->arena, bi_xml_child(n, "Coords"));
            region->vertical = direction && strcmp(direction, "top-to-bottom") == 0;
            if (kind == BI_REGION_TEXT)
                region->role =
                    advert ? BI_ROLE_AD
                           : bi_pagexml_role(&page->arena, custom, bi_xml_attribute(&page->arena, n, "type"));
            size_t capacity = 0;
            read_lines(page, n, region, &capacity);
            if (kind == BI_REGION_TABLE) {
                /* A table's cells are one region to us, in document order. */
                for (const xmlNode *cell = n->children; cell; cell = cell->next)
                    if (bi_xml_named(cell, "TextRegion"))
                        read_lines(page, cell, region, &capacity);
                continue;
            }
        }
        read_regions(page, n, advert, depth + 1);
    }
}

static void read_step(struct bi_page *page, const xmlNode *item)
{
    struct bi_arena *arena = &page->arena;
    const char *value = bi_xml_attribute(arena, item, "value");
    const char *version = value && strncmp(value, "backissue ", 10) == 0 ? value + 10 : value;
    struct bi_step step = {.stage = bi_xml_attribute(arena, item, "name"),
                           .version = bi_arena_strdup(arena, version)};
    const xmlNode *labels = bi_xml_child(item, "Labels");
    for (const xmlNode *n = labels ? labels->children : NULL; n; n = n->next) {
        const char *type = bi_xml_named(n, "Label") ? bi_xml_attribute(arena, n, "type") : NULL;
        if (type && strcmp(type, "parameters") == 0)
            step.parameters = bi_xml_attribute(arena, n, "value");
        else if (type && strcmp(type, "models") == 0)
            step.models = bi_xml_attribute(arena, n, "value");
    }
    bi_page_add_step(page, step.stage ? step.stage : "", step.parameters, step.models);
    page->steps[page->step_count - 1].version = step.version ? step.version : bi_arena_strdup(arena, "");
}

static int read_metadata(const char *name, struct bi_page *page, const xmlNode *root, struct bi_error *err)
{
    const xmlNode *metadata = bi_xml_child(root, "Metadata");
    for (const xmlNode *n = metadata ? metadata->children : NULL; n; n = n->next) {
        if (!bi_xml_named(n, "MetadataItem"))
            continue;
        const char *type = bi_xml_attribute(&page->arena, n, "type"),
                   *item = bi_xml_attribute(&page->arena, n, "name");
        if (type && strcmp(type, "processingStep") == 0) {
            read_step(page, n);
        } else if (item && strcmp(item, "backissue-transform") == 0) {
            const char *value = bi_xml_attribute(&page->arena, n, "value");
            struct bi_error inner;
            if (bi_transform_parse(&page->arena, value ? value : "", &page->transform, &inner) < 0)
                return bi_error_set(err, BI_EXIT_INPUT, "%s: %s", name, inner.text);
        }
    }
    return 0;
}

static void context_freep(xmlParserCtxtPtr *context)
{
    xmlFreeParserCtxt(*context);
}

static void document_freep(xmlDocPtr *document)
{
    xmlFreeDoc(*document);
}

static int read_document(const char *name, const xmlNode *root, struct bi_page *page, struct bi_error *err)
{
    const xmlNode *node = root && bi_xml_named(root, "PcGts") ? bi_xml_child(root, "Page") : NULL;
    if (!node)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is not PAGE-XML", name);
    if (read_metadata(name, page, root, err) < 0)
        return -1;
    page->image = bi_xml_attribute(&page->arena, node, "imageFilename");
    page->width = bi_xml_attribute_int(node, "imageWidth", 0);
    page->height = bi_xml_attribute_int(node, "imageHeight", 0);
    if (page->width < 1 || page->height < 1)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: its page has no width or height", name);
    if (page->transform.dpi == 0)
        page->transform.dpi = bi_xml_attribute_int(node, "imageXResolution", 0);
    read_regions(page, node, false, 0);
    bi_pagexml_order(page, bi_xml_child(node, "ReadingOrder"));
    return 0;
}

int bi_pagexml_parse(const char *name, const char *data, size_t size, struct bi_page *page,
                     struct bi_error *err)
{
    bi_page_init(page);
    if (size > BI_PAGEXML_MAX_BYTES)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is too large for PAGE-XML", name);
    BI_CLEANUP(context_freep) xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (!context)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: no memory to parse it", name);
    context->sax->endElementNs = bi_pagexml_line_ended;
    context->_private = &page->arena;
    BI_CLEANUP(document_freep)
    xmlDocPtr document = xmlCtxtReadMemory(context, data, (int)size, NULL, NULL,
                                           XML_PARSE_NONET | XML_PARSE_NOBLANKS | XML_PARSE_NOERROR |
                                               XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
    if (!document) {
        bi_page_release(page);
        const xmlError *fault = xmlCtxtGetLastError(context);
        return bi_error_set(err, BI_EXIT_INPUT, "%s:%d: is not well-formed XML: %.*s", name,
                            fault ? fault->line : 0,
                            fault && fault->message ? (int)strcspn(fault->message, "\n") : 0,
                            fault && fault->message ? fault->message : "");
    }
    if (read_document(name, xmlDocGetRootElement(document), page, err) < 0) {
        bi_page_release(page);
        return -1;
    }
    return 0;
}

int bi_pagexml_read(const char *path, struct bi_page *page, struct bi_error *err)
{
    BI_CLEANUP(bi_freep) char *data = NULL;
    size_t size;
    if (bi_file_read(path, BI_PAGEXML_MAX_BYTES, false, &data, &size, err) < 0)
        return -1;
    return bi_pagexml_parse(path, data, size, page, err);
}
