#include "page/xml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool bi_xml_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const xmlNode *bi_xml_child(const xmlNode *node, const char *name)
{
    for (const xmlNode *n = node->children; n; n = n->next)
        if (bi_xml_named(n, name))
            return n;
    return NULL;
}

char *bi_xml_attribute(struct bi_arena *arena, const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, BAD_CAST name);
    char *copy = bi_arena_strdup(arena, (const char *)value);
    xmlFree(value);
    return copy;
}

int bi_xml_attribute_int(const xmlNode *node, const char *name, int fallback)
{
    xmlChar *value = xmlGetNoNsProp((xmlNode *)node, BAD_CAST name);
    double number = value ? strtod((const char *)value, NULL) : fallback;
    xmlFree(value);
    return isfinite(number) && fabs(number) <= INT32_MAX ? (int)number : fallback;
}
