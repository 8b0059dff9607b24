#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "page/pagexml_parts.h"
#include "page/xml.h"

/* Type of more pixels than this is garbage. */
#define MAX_EM 1e6

static char *unicode(struct bi_arena *arena, const xmlNode *text_equiv)
{
    const xmlNode *node = bi_xml_child(text_equiv, "Unicode");
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
        if (!bi_xml_named(n, "TextEquiv"))
            continue;
        int index = bi_xml_attribute_int(n, "index", 0);
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
        if (!bi_xml_named(n, "Glyph"))
            continue;
        struct bi_polygon outline = bi_pagexml_points(arena, bi_xml_child(n, "Coords"));
        struct bi_glyph glyph = {.box = bi_polygon_box(&outline)};
        size_t room = 0;
        for (const xmlNode *t = n->children; t; t = t->next) {
            char *text = bi_xml_named(t, "TextEquiv") ? unicode(arena, t) : NULL;
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

/* A line's role where it has its own; direction and what else is the region's are filled in with the region.
 */
static void read_line(struct bi_arena *arena, const xmlNode *node, struct bi_line *line)
{
    const char *custom = bi_xml_attribute(arena, node, "custom");
    const char *em = custom ? bi_pagexml_custom(arena, custom, "backissue", "em") : NULL;
    const char *reversed = custom ? bi_pagexml_custom(arena, custom, "backissue", "reversed") : NULL;
    double size = em ? strtod(em, NULL) : 0;
    *line = (struct bi_line){
        .id = bi_xml_attribute(arena, node, "id"),
        .outline = bi_pagexml_points(arena, bi_xml_child(node, "Coords")),
        .baseline = bi_pagexml_points(arena, bi_xml_child(node, "Baseline")),
        .role = bi_pagexml_role(arena, custom, NULL),
        .reversed = reversed && strcmp(reversed, "true") == 0,
        .em = isfinite(size) && size > 0 && size < MAX_EM ? size : 0,
    };

    struct bi_text words = {0};
    size_t capacity = 0, word_count = 0;
    double word_confidence = 0;
    for (const xmlNode *n = node->children; n; n = n->next) {
        if (!bi_xml_named(n, "Word"))
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

void bi_pagexml_line_ended(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    xmlParserCtxtPtr context = user;
    xmlNode *node = context->node;
    xmlSAX2EndElementNs(context, name, prefix, uri);
    if (!node || !bi_xml_named(node, "TextLine"))
        return;
    struct bi_arena *arena = context->_private;
    struct bi_line *line = bi_arena_alloc(arena, sizeof *line);
    read_line(arena, node, line);
    xmlFreeNodeList(node->children);
    node->children = node->last = NULL;
    node->_private = line;
}
