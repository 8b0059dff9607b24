#include "page/pagexml_edit.h"

#include <libxml/parser.h>
#include <string.h>

#include "base/cleanup.h"
#include "page/pagexml.h"
#include "page/xml.h"

static void context_freep(xmlParserCtxtPtr *context)
{
    xmlFreeParserCtxt(*context);
}

static void document_freep(xmlDocPtr *document)
{
    xmlFreeDoc(*document);
}

/* The node after this one in document order, within `root`. */
static xmlNode *following(const xmlNode *root, xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static bool has_id(const xmlNode *node, const char *id)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, BAD_CAST "id");
    bool same = value && strcmp((const char *)value, id) == 0;
    xmlFree(value);
    return same;
}

/* How many lines have the id; *found is the first. */
static size_t find_line(xmlNode *root, const char *id, xmlNode **found)
{
    size_t count = 0;
    for (xmlNode *node = root; node; node = following(root, node))
        if (bi_xml_named(node, "TextLine") && has_id(node, id) && count++ == 0)
            *found = node;
    return count;
}

static void remove_children(xmlNode *node, bool (*goes)(const xmlNode *child))
{
    for (xmlNode *child = node->children, *next; child; child = next) {
        next = child->next;
        if (goes(child)) {
            xmlUnlinkNode(child);
            xmlFreeNode(child);
        }
    }
}

static bool is_text(const xmlNode *node)
{
    return bi_xml_named(node, "TextEquiv");
}

static bool is_text_or_word(const xmlNode *node)
{
    return is_text(node) || bi_xml_named(node, "Word");
}

/* In the place that the schema has for it. */
static void add_text(xmlNode *line, const char *text)
{
    static const char *const behind[] = {"TextStyle", "UserDefined", "Labels"};
    xmlNode *equiv = xmlNewDocNode(line->doc, line->ns, BAD_CAST "TextEquiv", NULL), *before = NULL;
    for (xmlNode *child = line->children; child && !before; child = child->next)
        for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
            if (bi_xml_named(child, behind[i]))
                before = child;
    xmlNewProp(equiv, BAD_CAST "conf", BAD_CAST "1");
    xmlNewTextChild(equiv, line->ns, BAD_CAST "Unicode", BAD_CAST text);
    if (before)
        xmlAddPrevSibling(before, equiv);
    else
        xmlAddChild(line, equiv);
}

static void change_line(xmlNode *line, const char *text)
{
    remove_children(line, is_text_or_word);
    add_text(line, text);
    for (xmlNode *above = line->parent; above && above->type == XML_ELEMENT_NODE; above = above->parent)
        remove_children(above, is_text);
}

int bi_pagexml_change(const char *name, const char *data, size_t size, const struct bi_line_change *changes,
                      size_t count, struct bi_text *out, struct bi_error *err)
{
    if (size > BI_PAGEXML_MAX_BYTES)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is too large for PAGE-XML", name);
    BI_CLEANUP(context_freep) xmlParserCtxtPtr context = xmlNewParserCtxt();
    BI_CLEANUP(document_freep) xmlDocPtr document = NULL;
    if (context)
        document = xmlCtxtReadMemory(context, data, (int)size, NULL, NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    if (!root)
        return bi_error_set(err, BI_EXIT_INPUT, "%s: is not well-formed XML", name);
    for (size_t i = 0; i < count; i++) {
        xmlNode *line = NULL;
        size_t found = find_line(root, changes[i].line_id, &line);
        if (found != 1)
            return bi_error_set(err, BI_EXIT_INPUT, "%s: has %s line of the id %s", name,
                                found ? "more than one" : "no", changes[i].line_id);
        change_line(line, changes[i].text);
    }
    xmlChar *text = NULL;
    int length = 0;
    xmlDocDumpMemoryEnc(document, &text, &length, "UTF-8");
    if (!text)
        return bi_error_set(err, BI_EXIT_INTERNAL, "%s: no memory to write it", name);
    bi_text_add_bytes(out, (const char *)text, (size_t)length);
    xmlFree(text);
    return 0;
}
