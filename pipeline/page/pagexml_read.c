#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "page/pagexml.h"

/* Coordinates past this are taken for garbage and bounded. */
enum { MAX_COORDINATE = 1000000 };
/* Regions nested deeper than this are not looked into. */
enum { MAX_NESTING = 32 };

struct order {
    char **ids;
    size_t count, capacity;
};

static bool named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static const xmlNode *child(const xmlNode *node, const char *name)
{
    for (const xmlNode *n = node->children; n; n = n->next)
        if (named(n, name))
            return n;
    return NULL;
}

/* A copy of an attribute's value in the arena, NULL where there is none. */
static char *attribute(struct bi_arena *arena, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, BAD_CAST name);
    char *copy = bi_arena_strdup(arena, (const char *)value);
    xmlFree(value);
    return copy;
}

static int attribute_int(const xmlNode *node, const char *name, int fallback)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, BAD_CAST name);
    double number = value ? strtod((const char *)value, NULL) : fallback;
    xmlFree(value);
    return isfinite(number) && fabs(number) <= INT32_MAX ? (int)number : fallback;
}

static int coordinate(double value)
{
    if (!isfinite(value))
        return 0;
    return (int)lround(fmin(MAX_COORDINATE, fmax(-MAX_COORDINATE, value)));
}

/* "x,y x,y …"; older PAGE versions have <Point x="" y=""/> elements instead. */
static struct bi_polygon read_points(struct bi_arena *arena, const xmlNode *coords)
{
    struct bi_polygon polygon = {0};
    if (!coords)
        return polygon;
    size_t capacity = 0;
    const char *text = attribute(arena, coords, "points");
    if (text) {
        for (;;) {
            char *after;
            double x = strtod(text, &after);
            if (after == text || *after != ',')
                break;
            text = after + 1;
            double y = strtod(text, &after);
            if (after == text)
                break;
            text = after;
            polygon.points =
                bi_arena_grow(arena, polygon.points, polygon.count, &capacity, sizeof *polygon.points);
            polygon.points[polygon.count++] = (struct bi_point){coordinate(x), coordinate(y)};
        }
        return polygon;
    }
    for (const xmlNode *n = coords->children; n; n = n->next) {
        if (!named(n, "Point"))
            continue;
        polygon.points =
            bi_arena_grow(arena, polygon.points, polygon.count, &capacity, sizeof *polygon.points);
        polygon.points[polygon.count++] =
            (struct bi_point){coordinate(attribute_int(n, "x", 0)), coordinate(attribute_int(n, "y", 0))};
    }
    return polygon;
}

/* The value of `key` in a Transkribus custom string such as "structure {type:kicker;} backissue {em:38.5;}".
 */
static char *custom_value(struct bi_arena *arena, const char *custom, const char *group, const char *key)
{
    const char *at = custom;
    size_t group_length = strlen(group), key_length = strlen(key);
    while (at && (at = strstr(at, group)) != NULL) {
        const char *open = at + group_length;
        open += strspn(open, " ");
        if (*open != '{') {
            at = open;
            continue;
        }
        const char *close = strchr(open, '}');
        for (const char *p = open + 1; close && p < close;) {
            p += strspn(p, " ;");
            if (strncmp(p, key, key_length) == 0 && p[key_length] == ':') {
                p += key_length + 1;
                return bi_arena_strndup(arena, p, strcspn(p, ";}"));
            }
            p += strcspn(p, ";}");
            if (p >= close)
                break;
        }
        at = close;
    }
    return NULL;
}

static enum bi_role role_of(struct bi_arena *arena, const char *custom, const char *type)
{
    static const struct {
        const char *type;
        enum bi_role role;
    } standard[] = {
        {"paragraph", BI_ROLE_BODY},   {"heading", BI_ROLE_HEADLINE},   {"caption", BI_ROLE_CAPTION},
        {"header", BI_ROLE_HEADER},    {"page-number", BI_ROLE_HEADER}, {"credit", BI_ROLE_BYLINE},
        {"TOC-entry", BI_ROLE_TEASER}, {"drop-capital", BI_ROLE_BODY},  {"footer", BI_ROLE_HEADER},
    };
    const char *own = custom ? custom_value(arena, custom, "structure", "type") : NULL;
    if (own) {
        enum bi_role role = bi_role_from_name(own);
        if (role != BI_ROLE_OTHER || strcmp(own, "other") == 0)
            return role;
    }
    for (size_t i = 0; type && i < sizeof standard / sizeof *standard; i++)
        if (strcmp(type, standard[i].type) == 0)
            return standard[i].role;
    return BI_ROLE_OTHER;
}

static char *unicode(struct bi_arena *arena, const xmlNode *text_equiv)
{
    const xmlNode *node = child(text_equiv, "Unicode");
    if (!node)
        return NULL;
    xmlChar *content = xmlNodeGetContent(node);
    char *copy = bi_arena_strdup(arena, content ? (const char *)content : "");
    xmlFree(content);
    return copy;
}

static double confidence_of(const xmlNode *text_equiv)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)text_equiv, BAD_CAST "conf");
    double conf = value ? strtod((const char *)value, NULL) : 1.0;
    xmlFree(value);
    return isfinite(conf) ? fmin(1.0, fmax(0.0, conf)) : 0.0;
}

/* The TextEquiv with the lowest index, the first where none has one. */
static const xmlNode *best_text(const xmlNode *node)
{
    const xmlNode *best = NULL;
    int lowest = 0;
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (!named(n, "TextEquiv"))
            continue;
        int index = attribute_int(n, "index", 0);
        if (!best || index < lowest) {
            best = n;
            lowest = index;
        }
    }
    return best;
}

static void read_glyphs(struct bi_arena *arena, const xmlNode *word, struct bi_line *line, size_t *capacity)
{
    for (const xmlNode *n = word->children; n; n = n->next) {
        if (!named(n, "Glyph"))
            continue;
        struct bi_polygon outline = read_points(arena, child(n, "Coords"));
        struct bi_glyph glyph = {.box = bi_polygon_box(&outline)};
        size_t room = 0;
        for (const xmlNode *t = n->children; t; t = t->next) {
            char *text = named(t, "TextEquiv") ? unicode(arena, t) : NULL;
            if (!text)
                continue;
            glyph.readings =
                bi_arena_grow(arena, glyph.readings, glyph.reading_count, &room, sizeof *glyph.readings);
            glyph.readings[glyph.reading_count++] = (struct bi_reading){text, confidence_of(t)};
        }
        if (glyph.reading_count == 0)
            continue;
        line->glyphs = bi_arena_grow(arena, line->glyphs, line->glyph_count, capacity, sizeof *line->glyphs);
        line->glyphs[line->glyph_count++] = glyph;
    }
}

/* A line's role and direction where it has its own; read_lines fills in the region's. */
static void read_line(struct bi_arena *arena, const xmlNode *node, struct bi_line *line)
{
    const char *custom = attribute(arena, node, "custom");
    const char *em = custom ? custom_value(arena, custom, "backissue", "em") : NULL;
    const char *reversed = custom ? custom_value(arena, custom, "backissue", "reversed") : NULL;
    double size = em ? strtod(em, NULL) : 0;
    *line = (struct bi_line){
        .id = attribute(arena, node, "id"),
        .outline = read_points(arena, child(node, "Coords")),
        .baseline = read_points(arena, child(node, "Baseline")),
        .role = role_of(arena, custom, NULL),
        .reversed = reversed && strcmp(reversed, "true") == 0,
        .em = isfinite(size) && size > 0 && size < MAX_COORDINATE ? size : 0,
    };

    struct bi_text words = {0};
    size_t capacity = 0, word_count = 0;
    double word_confidence = 0;
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (!named(n, "Word"))
            continue;
        read_glyphs(arena, n, line, &capacity);
        const xmlNode *equiv = best_text(n);
        const char *text = equiv ? unicode(arena, equiv) : NULL;
        if (!text)
            continue;
        if (word_count++)
            bi_text_add(&words, " ");
        bi_text_add(&words, text);
        word_confidence += confidence_of(equiv);
    }
    const xmlNode *equiv = best_text(node);
    line->text = equiv ? unicode(arena, equiv) : NULL;
    if (line->text) {
        line->confidence = confidence_of(equiv);
    } else if (word_count) {
        line->text = bi_arena_strdup(arena, bi_text_get(&words));
        line->confidence = word_confidence / (double)word_count;
    }
    bi_text_release(&words);
}

/* A line is read as soon as it ends, and its words and glyphs are freed: they are nine tenths of a page, and
 * would be built up as one tree otherwise, only to be taken down again. */
static void line_ended(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    xmlParserCtxtPtr context = user;
    xmlNode *node = context->node;
    xmlSAX2EndElementNs(context, name, prefix, uri);
    if (!node || !named(node, "TextLine"))
        return;
    struct bi_arena *arena = context->_private;
    struct bi_line *line = bi_arena_alloc(arena, sizeof *line);
    read_line(arena, node, line);
    xmlFreeNodeList(node->children);
    node->children = node->last = NULL;
    node->_private = line;
}

static void read_lines(struct bi_page *page, const xmlNode *node, struct bi_region *region, size_t *capacity)
{
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (!named(n, "TextLine") || !n->_private)
            continue;
        region->lines =
            bi_arena_grow(&page->arena, region->lines, region->line_count, capacity, sizeof *region->lines);
        struct bi_line *line = &region->lines[region->line_count++];
        const char *direction = attribute(&page->arena, n, "readingDirection");
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
    if (named(node, "TextRegion")) {
        *kind = BI_REGION_TEXT;
        return true;
    }
    if (named(node, "SeparatorRegion")) {
        *kind = BI_REGION_SEPARATOR;
        return true;
    }
    if (named(node, "TableRegion")) {
        *kind = BI_REGION_TABLE;
        return true;
    }
    const char *type = attribute(arena, node, "type");
    if (named(node, "AdvertRegion") || (named(node, "GraphicRegion") && type && strcmp(type, "frame") == 0)) {
        *kind = BI_REGION_FRAME;
        return true;
    }
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        if (named(node, pictures[i])) {
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
    for (const xmlNode *n = parent->children; n && depth < MAX_NESTING; n = n->next) {
        if (!ends_with_region(n))
            continue;
        enum bi_region_kind kind;
        bool advert = in_advert || named(n, "AdvertRegion");
        if (region_kind(&page->arena, n, &kind)) {
            struct bi_region *region = bi_page_add_region(page, kind);
            const char *custom = attribute(&page->arena, n, "custom");
            const char *direction = attribute(&page->arena, n, "readingDirection");
            char *id = attribute(&page->arena, n, "id");
            if (id)
                region->id = id;
            region->outline = read_points(&page->arena, child(n, "Coords"));
            region->vertical = direction && strcmp(direction, "top-to-bottom") == 0;
            if (kind == BI_REGION_TEXT)
                region->role =
                    advert ? BI_ROLE_AD : role_of(&page->arena, custom, attribute(&page->arena, n, "type"));
            size_t capacity = 0;
            read_lines(page, n, region, &capacity);
            if (kind == BI_REGION_TABLE) {
                /* A table's cells are one region to us, in document order. */
                for (const xmlNode *cell = n->children; cell; cell = cell->next)
                    if (named(cell, "TextRegion"))
                        read_lines(page, cell, region, &capacity);
                continue;
            }
        }
        read_regions(page, n, advert, depth + 1);
    }
}

static void collect_order(struct bi_arena *arena, const xmlNode *group, struct order *order, int depth)
{
    /* Members come in the order of their index where they have one; equal or missing indexes keep document
     * order. */
    size_t count = 0, capacity = 0;
    struct member {
        const xmlNode *node;
        int index;
    } *members = NULL;
    for (const xmlNode *n = group->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        members = bi_arena_grow(arena, members, count, &capacity, sizeof *members);
        struct member member = {n, attribute_int(n, "index", INT32_MAX)};
        size_t at = count++;
        for (; at > 0 && members[at - 1].index > member.index; at--)
            members[at] = members[at - 1];
        members[at] = member;
    }
    for (size_t i = 0; i < count; i++) {
        char *id = attribute(arena, members[i].node, "regionRef");
        if (id) {
            order->ids = bi_arena_grow(arena, order->ids, order->count, &order->capacity, sizeof *order->ids);
            order->ids[order->count++] = id;
        }
        if (depth < MAX_NESTING)
            collect_order(arena, members[i].node, order, depth + 1);
    }
}

struct ranked {
    size_t rank, place;
    struct bi_region region;
};

static int by_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

struct ranked_id {
    const char *id;
    size_t rank;
};

static int by_id(const void *a, const void *b)
{
    const struct ranked_id *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    if (order)
        return order;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

/* Text and tables first, in reading order (what it leaves out follows in document order), then the rest. */
static void sort_regions(struct bi_page *page, const struct order *order)
{
    struct ranked_id *ids = bi_arena_array(&page->arena, order->count, sizeof *ids);
    for (size_t i = 0; i < order->count; i++)
        ids[i] = (struct ranked_id){order->ids[i], i};
    qsort(ids, order->count, sizeof *ids, by_id);

    struct ranked *ranked = bi_xcalloc(page->region_count, sizeof *ranked);
    for (size_t i = 0; i < page->region_count; i++) {
        const struct bi_region *region = &page->regions[i];
        struct ranked_id key = {region->id, 0};
        size_t low = 0, high = order->count;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (by_id(&ids[middle], &key) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        bool listed = low < order->count && strcmp(ids[low].id, region->id) == 0;
        bool text = region->kind == BI_REGION_TEXT || region->kind == BI_REGION_TABLE;
        size_t rank = !text ? SIZE_MAX : listed ? ids[low].rank : SIZE_MAX - 1;
        ranked[i] = (struct ranked){rank, i, *region};
    }
    if (page->region_count)
        qsort(ranked, page->region_count, sizeof *ranked, by_rank);
    for (size_t i = 0; i < page->region_count; i++)
        page->regions[i] = ranked[i].region;
    free(ranked);
}

static void read_step(struct bi_page *page, const xmlNode *item)
{
    struct bi_arena *arena = &page->arena;
    const char *value = attribute(arena, item, "value");
    const char *version = value && strncmp(value, "backissue ", 10) == 0 ? value + 10 : value;
    struct bi_step step = {.stage = attribute(arena, item, "name"),
                           .version = bi_arena_strdup(arena, version)};
    const xmlNode *labels = child(item, "Labels");
    for (const xmlNode *n = labels ? labels->children : NULL; n; n = n->next) {
        const char *type = named(n, "Label") ? attribute(arena, n, "type") : NULL;
        if (type && strcmp(type, "parameters") == 0)
            step.parameters = attribute(arena, n, "value");
        else if (type && strcmp(type, "models") == 0)
            step.models = attribute(arena, n, "value");
    }
    bi_page_add_step(page, step.stage ? step.stage : "", step.parameters, step.models);
    page->steps[page->step_count - 1].version = step.version ? step.version : bi_arena_strdup(arena, "");
}

static int read_metadata(const char *name, struct bi_page *page, const xmlNode *root, struct bi_error *err)
{
    const xmlNode *metadata = child(root, "Metadata");
    for (const xmlNode *n = metadata ? metadata->children : NULL; n; n = n->next) {
        if (!named(n, "MetadataItem"))
            continue;
        const char *type = attribute(&page->arena, n, "type"), *item = attribute(&page->arena, n, "name");
        if (type && strcmp(type, "processingStep") == 0) {
            read_step(page, n);
        } else if (item && strcmp(item, "backissue-transform") == 0) {
            const char *value = attribute(&page->arena, n, "value");
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
    const xmlNode *node = root && named(root, "PcGts") ? child(root, "Page") : NULL;
    if (!node)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is not PAGE-XML", name);
    if (read_metadata(name, page, root, err) < 0)
        return -1;
    page->image = attribute(&page->arena, node, "imageFilename");
    page->width = attribute_int(node, "imageWidth", 0);
    page->height = attribute_int(node, "imageHeight", 0);
    if (page->width < 1 || page->height < 1)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: its page has no width or height", name);
    if (page->transform.dpi == 0)
        page->transform.dpi = attribute_int(node, "imageXResolution", 0);
    read_regions(page, node, false, 0);
    struct order order = {0};
    const xmlNode *reading_order = child(node, "ReadingOrder");
    if (reading_order)
        collect_order(&page->arena, reading_order, &order, 0);
    sort_regions(page, &order);
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
    context->sax->endElementNs = line_ended;
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
